// Self-tests: choices become fields, and handing in shows what was right and
// why. The score stays on the device. Without this the answers stand behind the
// questions, folded.
(function () {
  const make = (tag, attributes, ...children) => {
    const e = document.createElement(tag);
    Object.keys(attributes).forEach(k => e.setAttribute(k, attributes[k]));
    e.append(...children);
    return e;
  };
  const button = (text, act) => {
    const b = make("button", { type: "button", class: "button" }, text);
    b.addEventListener("click", act);
    return b;
  };
  const letter = i => String.fromCharCode(65 + i);

  // An article may give its own text any id and class, but no data of these names.
  document.querySelectorAll(".quiz[data-pass]:not(.ready)").forEach((quiz, number) => {
    quiz.classList.add("ready");
    const answers = quiz.querySelector(":scope > .answers");
    const items = Array.from(quiz.querySelectorAll(".question[data-right]"));
    const asked = items.filter(item => item.querySelector(":scope > .ask") && item.querySelector(":scope > .choices > li"));
    if (!answers || !asked.length) return; // it is read as it stands
    answers.open = true; // seen on paper only
    const id = "quiz" + number + "-" + items.length;
    const key = "lotus-quiz " + location.pathname + " " + id;
    const whys = answers.querySelectorAll(":scope > ol > li");

    const questions = asked.map(item => {
      const n = items.indexOf(item);
      const several = item.classList.contains("multiple");
      const ask = item.querySelector(":scope > .ask");
      const choices = item.querySelector(":scope > .choices");
      ask.id = id + "-" + n;
      while (document.getElementById(ask.id) !== ask) ask.id += "-"; // an anchor of the text
      item.append(make("div", { role: "group", "aria-labelledby": ask.id }, ...Array.from(item.childNodes))); // the item stays one of its list
      const inputs = Array.from(choices.children, (choice, i) => {
        const input = make("input", { type: several ? "checkbox" : "radio", name: id + "-q" + n });
        const label = make("label", {}, input, make("span", { class: "letter" }, letter(i)), make("span", {}, ...Array.from(choice.childNodes)));
        choice.append(label);
        input.addEventListener("change", () => { item.querySelector(".verdict").hidden = true; });
        return input;
      });
      const verdict = make("div", { class: "verdict" });
      verdict.hidden = true;
      item.append(verdict);
      return {
        item, inputs, verdict, right: item.dataset.right, why: whys[n],
        given: () => inputs.map((input, i) => input.checked ? letter(i) : "").join(""),
      };
    });

    const said = make("p", { class: "quiz-said", role: "status", tabindex: "-1" });
    const best = make("p", { class: "quiz-best" });
    const handIn = button("交卷", grade);
    const again = button("再做一次", start);
    const certify = button("做一张证书", certificate);
    const actions = make("p", { class: "quiz-actions" }, handIn, again, certify);
    const paper = make("div", { class: "quiz-paper" });
    answers.before(said, actions, paper, best);

    function remembered() {
      try {
        return JSON.parse(localStorage.getItem(key)) || {};
      } catch (e) {
        return {}; // storage may be blocked, or hold what is not ours
      }
    }

    function showBest() {
      const b = remembered();
      best.textContent = (b.total === questions.length ? "这台设备上的最好成绩：" + b.right + " / " + b.total + "，" + b.day + "。" : "") + "成绩只留在这台设备上，不会上传。";
    }

    function start(event) {
      questions.forEach(q => {
        q.inputs.forEach(i => { i.checked = i.disabled = false; });
        q.item.classList.remove("good", "bad");
        q.verdict.hidden = true;
      });
      said.textContent = "";
      paper.textContent = "";
      handIn.hidden = false;
      again.hidden = certify.hidden = true;
      showBest();
      if (event) questions[0].inputs[0].focus();
    }

    function grade() {
      const open = questions.filter(q => q.given() === "");
      if (open.length) {
        said.textContent = "还有 " + open.length + " 题没有答。";
        open.forEach(q => {
          q.verdict.textContent = "这一题还没有答。";
          q.verdict.hidden = false;
        });
        open[0].item.scrollIntoView({ block: "center" });
        open[0].inputs[0].focus({ preventScroll: true });
        return;
      }
      let right = 0;
      questions.forEach(q => {
        const good = q.given() === q.right;
        if (good) right++;
        q.item.classList.add(good ? "good" : "bad");
        q.inputs.forEach(i => { i.disabled = true; });
        q.verdict.textContent = "";
        q.verdict.append(make("p", { class: "verdict-said" }, good ? "✓ 答对了" : "✗ 答错了，正确的是 " + q.right.split("").join("、")),
          ...Array.from(q.why ? q.why.children : []).slice(1).map(e => e.cloneNode(true)));
        q.verdict.hidden = false;
      });
      const passed = right * 100 >= Number(quiz.dataset.pass) * questions.length;
      said.textContent = "答对 " + right + " 题，共 " + questions.length + " 题" + (passed ? "，合格。" : "。合格要答对 " + Math.ceil(quiz.dataset.pass * questions.length / 100) + " 题，看看解析再做一次。");
      const old = remembered();
      if (!(old.total === questions.length && old.right >= right)) {
        try {
          localStorage.setItem(key, JSON.stringify({ right, total: questions.length, day: today() }));
        } catch (e) {}
      }
      handIn.hidden = true;
      again.hidden = false;
      certify.hidden = !passed;
      showBest();
      said.focus();
    }

    function today() {
      const d = new Date();
      return d.getFullYear() + "年" + (d.getMonth() + 1) + "月" + d.getDate() + "日";
    }

    function certificate() {
      const score = said.textContent.split("，合格")[0];
      const mark = document.querySelector(".mark");
      const site = document.querySelector(".brand");
      const name = make("input", { type: "text", class: "field-text", id: id + "-name", autocomplete: "name" });
      const shown = make("span", { class: "certified" }, "　　　　");
      name.addEventListener("input", () => { shown.textContent = name.value || "　　　　"; });
      const sheet = make("div", { class: "certificate" },
        mark ? mark.cloneNode(true) : "",
        make("p", { class: "certificate-title" }, quiz.dataset.certificate || "合格证书"),
        make("p", {}, shown, " 完成了" + (quiz.dataset.title ? "“" + quiz.dataset.title + "”" : "自测") + "，" + score + "。"),
        make("p", { class: "certificate-foot" }, (site ? site.textContent.trim() : ""), make("br", {}), today()));
      paper.textContent = "";
      paper.append(make("p", { class: "finder-field" }, make("label", { for: name.id }, "姓名"), name), sheet,
        window.print ? button("打印证书", () => print(sheet)) : "");
      name.focus();
    }

    // Only the certificate: a copy of it beside all else, which the style sheet
    // hides on paper.
    function print(sheet) {
      const copy = sheet.cloneNode(true);
      document.body.append(copy);
      document.documentElement.classList.add("certifying");
      const done = () => {
        copy.remove();
        document.documentElement.classList.remove("certifying");
        window.removeEventListener("afterprint", done);
      };
      window.addEventListener("afterprint", done);
      window.print();
    }

    start();
  });
})();
