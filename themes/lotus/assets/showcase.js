// The showcase: links to terms become choices that filter the model sites. What
// is chosen is in the address, so that it can be sent to others and that "back"
// returns to it. The page works without.
(function () {
  const finder = document.querySelector(".finder");
  const found = finder.querySelector(".finder-found");
  const tools = finder.querySelector(".finder-tools");
  const all = (within, selector) => Array.from(within.querySelectorAll(selector));
  const make = (tag, attributes, ...children) => {
    const e = document.createElement(tag);
    Object.keys(attributes).forEach(k => e.setAttribute(k, attributes[k]));
    e.append(...children);
    return e;
  };

  const sites = all(found, ".site").map((item, place) => {
    const link = item.querySelector(".card-title a");
    const facts = {};
    all(item, ".fact").forEach(f => { facts[f.querySelector("dt").textContent] = all(f, "dd"); });
    return {
      item, place, link, facts, home: item.parentNode, title: link.textContent,
      id: link.getAttribute("href").replace(/\.html$/, ""), text: item.textContent.toLowerCase(),
      value: key => item.getAttribute("data-" + key) || "",
    };
  });
  const groups = all(found, ".sites-group");

  // What is chosen. A facet's choices are joined by commas in the address.
  const facets = all(finder, ".facet").map(box => {
    const facet = { key: box.dataset.key, chosen: new Set(), choices: [] };
    all(box, "li").forEach(li => {
      const old = li.firstElementChild;
      const input = make("input", { type: "checkbox" });
      const label = make("label", { class: "choice" }, input, ...Array.from(old.childNodes));
      li.replaceChild(label, old);
      facet.choices.push({ value: li.dataset.value, input, label, count: label.querySelector(".count") });
      input.addEventListener("change", () => {
        if (input.checked) facet.chosen.add(li.dataset.value);
        else facet.chosen.delete(li.dataset.value);
        changed();
      });
    });
    return facet;
  });
  let compared = [];
  const picked = new Set();

  const words = make("input", { type: "search", id: "finder-words", placeholder: "名称、品牌、单位……", autocomplete: "off" });
  const sort = make("select", { id: "finder-sort" },
    ...[["", "按类别"], ["year", "最近命名在前"], ["stars", "星级高的在前"], ["title", "按名称"]].map(o => make("option", { value: o[0] }, o[1])));
  const button = (text, act) => {
    const b = make("button", { type: "button", class: "button" }, text);
    b.addEventListener("click", act);
    return b;
  };
  const view = button("看表格", () => { asTable = !asTable; changed(); });
  const clear = button("清除条件", () => { facets.forEach(f => f.chosen.clear()); words.value = ""; changed(); words.focus(); });
  let asTable = false;
  tools.textContent = "";
  tools.append(
    make("p", { class: "finder-field wide" }, make("label", { for: "finder-words" }, "找"), words),
    make("p", { class: "finder-field" }, make("label", { for: "finder-sort" }, "排列"), sort),
    view);
  const said = found.querySelector(".finder-said");
  const status = said.firstElementChild;
  said.append(clear);
  const flat = make("ul", { class: "sites" });
  const table = make("table", {});
  const tableBox = make("div", { class: "figures finder-table", tabindex: "0", role: "region", "aria-label": "示范点表格" }, table);
  const nothing = make("p", { class: "empty" }, "没有符合的示范点。去掉一两个条件再看。");
  const comparison = make("section", { class: "comparison", "aria-labelledby": "comparison-title" });
  found.insertBefore(comparison, said);
  found.append(flat, tableBox, nothing);

  // Two or three sites beside each other.
  const bar = make("div", { class: "compare-bar", role: "region", "aria-label": "对比" });
  const picks = make("p", { role: "status" });
  const compare = button("对比", () => { compared = Array.from(picked); changed(); comparison.querySelector("h2").focus(); });
  bar.append(picks, compare, button("不比了", () => { picked.clear(); compared = []; changed(); }));
  found.append(bar);
  sites.forEach(s => {
    s.pick = make("input", { type: "checkbox" });
    s.item.append(make("p", { class: "pick" }, make("label", {}, s.pick, " 加入对比", make("span", { class: "sr" }, "：" + s.title))));
    s.pick.addEventListener("change", () => {
      if (s.pick.checked) picked.add(s.id);
      else picked.delete(s.id);
      showPicks();
    });
  });

  function matches(s, without) {
    const typed = words.value.toLowerCase().split(/\s+/);
    return typed.every(w => s.text.includes(w)) &&
      facets.every(f => f === without || f.chosen.size === 0 || f.chosen.has(s.value(f.key)));
  }

  const orders = {
    year: (a, b) => b.value("year").localeCompare(a.value("year")),
    stars: (a, b) => Number(b.value("stars")) - Number(a.value("stars")),
    title: (a, b) => a.title.localeCompare(b.title, "zh-CN"),
  };

  function show() {
    const order = orders[sort.value];
    const shown = sites.filter(s => {
      s.item.hidden = !matches(s);
      return !s.item.hidden;
    });
    const ordered = sites.slice().sort((a, b) => (order ? order(a, b) : 0) || a.place - b.place);
    ordered.forEach(s => (order ? flat : s.home).append(s.item));
    groups.forEach(g => { g.hidden = asTable || order !== undefined || !g.querySelector(".site:not([hidden])"); });
    flat.hidden = asTable || !order;
    tableBox.hidden = !asTable || !shown.length;
    if (asTable) showTable(ordered.filter(s => !s.item.hidden));
    nothing.hidden = shown.length > 0;
    let some = words.value.trim() !== "";
    facets.forEach(f => {
      some = some || f.chosen.size > 0;
      f.choices.forEach(c => {
        const count = sites.filter(s => s.value(f.key) === c.value && matches(s, f)).length;
        c.count.textContent = count;
        c.input.checked = f.chosen.has(c.value);
        c.label.classList.toggle("on", c.input.checked);
        c.label.classList.toggle("none", count === 0);
      });
    });
    status.textContent = some ? "符合条件的 " + shown.length + " 个，共 " + sites.length + " 个" : "共 " + sites.length + " 个";
    clear.hidden = !some;
    view.textContent = asTable ? "看卡片" : "看表格";
    showPicks();
    showComparison();
  }

  function showPicks() {
    sites.forEach(s => {
      s.pick.checked = picked.has(s.id);
      s.pick.disabled = picked.size > 2 && !s.pick.checked;
    });
    picks.textContent = picked.size === 3 ? "已选 3 个，最多 3 个" : picked.size === 1 ? "已选 1 个，再选一两个" : "已选 " + picked.size + " 个";
    compare.disabled = picked.size < 2;
    bar.hidden = picked.size === 0 || compared.length > 1 && compared.length === picked.size && compared.every(id => picked.has(id));
  }

  const linkTo = s => make("a", { href: s.link.getAttribute("href") }, s.title);
  const headed = names => make("thead", {}, make("tr", {}, ...names.map(n => make("th", { scope: "col" }, n))));
  // Cells are copied: a telephone number stays one that can be called.
  const cell = (s, label) => {
    const td = make("td", {});
    (s.facts[label] || []).forEach((dd, i) => td.append(i ? "、" : "", ...Array.from(dd.cloneNode(true).childNodes)));
    if (!td.firstChild) td.append("—");
    if (td.textContent === "摘牌") td.className = "withdrawn";
    return td;
  };

  function showTable(shown) {
    const labels = ["类别", "地区", "级别", "命名日期", "状态"];
    const stars = s => make("td", {}, s.value("stars") ? s.value("stars") + " 星" : "—");
    table.textContent = "";
    table.append(headed(["示范点"].concat(labels, "星级")), make("tbody", {}, ...shown.map(s =>
      make("tr", {}, make("th", { scope: "row" }, linkTo(s)), ...labels.map(l => cell(s, l)), stars(s)))));
  }

  function showComparison() {
    const chosen = compared.map(id => sites.find(s => s.id === id)).filter(Boolean);
    comparison.hidden = chosen.length < 2;
    comparison.textContent = "";
    if (comparison.hidden) return;
    const labels = [];
    chosen.forEach(s => Object.keys(s.facts).forEach(l => { if (!labels.includes(l)) labels.push(l); }));
    const summary = s => make("td", {}, (s.item.querySelector(".card-summary") || {}).textContent || "—");
    const row = (label, of) => make("tr", {}, make("th", { scope: "row" }, label), ...chosen.map(of));
    comparison.append(
      make("h2", { id: "comparison-title", tabindex: "-1" }, "放在一起看"),
      make("div", { class: "figures", tabindex: "0", role: "region", "aria-labelledby": "comparison-title" }, make("table", {},
        headed(["", ...chosen.map(linkTo)]),
        make("tbody", {}, row("摘要", summary), row("星级", s => make("td", {}, s.value("stars") ? s.value("stars") + " 星" : "—")),
          ...labels.map(l => row(l, s => cell(s, l)))))),
      button("收起对比", () => { compared = []; changed(); words.focus(); }));
  }

  // The address keeps what it had of others, such as the reading mode.
  function address() {
    const q = new URLSearchParams(location.search);
    const set = (key, value) => value ? q.set(key, value) : q.delete(key);
    facets.forEach(f => set(f.key, Array.from(f.chosen, v => v || "-").join(",")));
    set("q", words.value.trim());
    set("sort", sort.value);
    set("view", asTable ? "table" : "");
    set("compare", compared.join(","));
    const text = q.toString().replace(/%2C/g, ",").replace(/%2F/g, "/");
    return location.pathname + (text ? "?" + text : "");
  }

  function read() {
    const q = new URLSearchParams(location.search);
    const list = key => (q.get(key) || "").split(",").filter(Boolean);
    facets.forEach(f => { f.chosen = new Set(list(f.key).map(v => v === "-" ? "" : v)); });
    words.value = q.get("q") || "";
    sort.value = orders[q.get("sort")] ? q.get("sort") : "";
    asTable = q.get("view") === "table";
    compared = list("compare").slice(0, 3);
    if (compared.length) {
      picked.clear();
      compared.forEach(id => picked.add(id));
    }
    if (facets.slice(1).some(f => f.chosen.size)) finder.querySelector(".more-facets").checked = true;
    show();
  }

  function changed(typing) {
    try { // some viewers of files keep no history
      history[typing ? "replaceState" : "pushState"](null, "", address());
    } catch (e) {}
    show();
  }

  words.addEventListener("input", () => changed(true));
  sort.addEventListener("change", () => changed());
  window.addEventListener("popstate", read);
  read();
})();
