// What the pages do beyond being read: the reader's modes, reading aloud, a word
// before leaving the site, how far off deadlines are, tables for the keyboard.
(function () {
  var lotus = window.lotus;

  function all(selector, within) {
    return [].slice.call((within || document).querySelectorAll(selector));
  }

  // make is an element with a class, a text and a parent.
  function make(name, className, text, parent) {
    var e = document.createElement(name);
    e.className = className;
    e.textContent = text;
    parent.appendChild(e);
    return e;
  }

  // name has an element refer to another by an id that no anchor of the text has.
  function name(e, attribute, other, id) {
    while (document.getElementById(id)) id += "-";
    other.id = id;
    e.setAttribute(attribute, id);
  }

  // Modes

  var buttons = all(".modes [data-mode]");

  function isOn(word) {
    return word === "dark" ? lotus.dark() : lotus.mode.indexOf(word) >= 0;
  }

  function show() {
    buttons.forEach(function (b) {
      b.setAttribute("aria-pressed", String(isOn(b.getAttribute("data-mode"))));
    });
    // What is too wide for the screen can be scrolled from the keyboard.
    all(".prose .table, .prose pre, .figures").forEach(function (box) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    });
  }

  // On paper nothing can be unfolded. Newer browsers know it from the style sheet.
  var folded = [];

  window.addEventListener("beforeprint", function () {
    folded = all(".prose details:not([open])");
    folded.forEach(function (d) { d.open = true; });
  });
  window.addEventListener("afterprint", function () {
    folded.forEach(function (d) { d.open = false; });
  });

  function toggle(word) {
    var colours = ["contrast", "dark", "light"];
    var on = isOn(word);
    var mode = lotus.mode.filter(function (w) {
      return w !== word && (word === "large" || colours.indexOf(w) < 0);
    });
    if (!on) mode.push(word);
    lotus.set(mode.join(" "));
    if (word === "dark" && on && lotus.dark()) lotus.set(mode.join(" ") + " light"); // the system is dark
    // The address that asked for a mode would ask for it again.
    try {
      history.replaceState(history.state, "", lotus.in(location.href));
    } catch (e) {} // older browsers, of a file
  }

  buttons.forEach(function (b) {
    b.addEventListener("click", function () {
      toggle(b.getAttribute("data-mode"));
    });
  });
  // The other modes go back behind 更多 when the reader turns to something else.
  var more = document.querySelector(".more-modes");
  if (more) {
    ["click", "focusin"].forEach(function (kind) {
      document.addEventListener(kind, function (e) {
        if (!more.contains(e.target)) more.open = false;
      });
    });
    more.addEventListener("keydown", function (e) {
      if (e.key !== "Escape") return;
      more.open = false;
      more.firstElementChild.focus();
    });
  }

  // Browsers that do not snap when a page opens show the menu from its beginning.
  var here = document.querySelector(".site-nav [aria-current]");
  if (here) {
    var row = here.parentNode.parentNode;
    if (here.offsetLeft + here.offsetWidth > row.scrollLeft + row.clientWidth) row.scrollLeft = here.offsetLeft - 16;
  }

  lotus.changed = show;
  window.addEventListener("resize", show);
  show();

  // Links

  function anchor(e) {
    for (var n = e.target; n && n !== document; n = n.parentNode) {
      if (n.tagName === "A" && n.href && /^(https?|file):$/.test(n.protocol)) return n;
    }
    return null;
  }

  function outside(a) {
    return a.protocol !== "file:" && a.host !== location.host;
  }

  ["click", "auxclick", "contextmenu"].forEach(function (kind) {
    document.addEventListener(kind, function (e) {
      var a = anchor(e);
      if (!a) return;
      if (!outside(a)) {
        if (/\.html$|\/$/.test(a.pathname)) {
          var to = lotus.in(a.href);
          if (to !== a.href) a.href = to;
        }
        return;
      }
      if (kind !== "click" || e.defaultPrevented || e.ctrlKey || e.metaKey || e.shiftKey || a.hasAttribute("data-leave")) return;
      e.preventDefault();
      ask(a);
    }, true);
  });

  // ask tells the reader of a link where it leads, and lets them stay.
  function ask(a) {
    var cover = make("div", "leaving", "", document.body);
    var box = make("div", "", "", cover);
    box.setAttribute("role", "alertdialog");
    box.setAttribute("aria-modal", "true");
    name(box, "aria-labelledby", make("h2", "", "即将离开本站", box), "leaving-title");
    var text = make("p", "", "您要打开的是别的网站：", box);
    name(box, "aria-describedby", text, "leaving-text");
    make("strong", "", a.host, text);
    text.appendChild(document.createTextNode("。那里的内容不由本站负责。"));
    var ways = make("p", "ways", "", box);
    var stay = make("button", "stay", "留在本站", ways);
    stay.type = "button";
    var go = make("a", "", "继续前往", ways);
    go.href = a.href;
    go.rel = "external noopener noreferrer";
    go.setAttribute("data-leave", "");

    function close() {
      document.body.removeChild(cover);
      a.focus();
    }
    stay.addEventListener("click", close);
    go.addEventListener("click", function () {
      setTimeout(close, 0);
    });
    cover.addEventListener("click", function (e) {
      if (e.target === cover) close();
    });
    cover.addEventListener("keydown", function (e) {
      if (e.key === "Escape") close();
      if (e.key === "Tab") {
        e.preventDefault();
        (document.activeElement === stay ? go : stay).focus();
      }
    });
    stay.focus();
  }

  // Reading aloud: the article's own recording, else the browser's voice.

  var aloud = document.querySelector(".read-aloud");
  var recording = document.querySelector("article audio.recording");
  var speech = window.speechSynthesis;
  var turn = 0; // which reading is on

  function reading(on) {
    aloud.setAttribute("aria-pressed", String(on));
    aloud.textContent = on ? "停止" : "朗读";
  }

  // passages are what is read, in pieces: engines give up on long ones.
  function passages() {
    var out = [];
    all("article h1, .standfirst, .prose").forEach(function (part) {
      var text = part.innerText.replace(/\[\d+\]/g, "");
      (text.match(/[^。！？；\n]+[。！？；]?/g) || []).forEach(function (sentence) {
        if (sentence.trim()) out.push(sentence.trim());
      });
    });
    return out;
  }

  function speak() {
    var mine = ++turn;
    var rest = passages();
    reading(true);
    (function next() {
      if (mine !== turn) return;
      if (!rest.length) return reading(false);
      var said = new SpeechSynthesisUtterance(rest.shift());
      said.lang = document.documentElement.lang;
      said.onend = next;
      said.onerror = function () {
        if (mine === turn) hush();
      };
      speech.speak(said);
    })();
  }

  function hush() {
    turn++;
    speech.cancel();
    reading(false);
  }

  if (aloud && recording) {
    document.documentElement.classList.add("aloud");
    ["play", "pause", "ended"].forEach(function (kind) {
      recording.addEventListener(kind, function () {
        reading(!recording.paused && !recording.ended);
      });
    });
    aloud.addEventListener("click", function () {
      if (!recording.paused) return recording.pause();
      var started = recording.play();
      if (started) started.catch(function () {}); // the player beside it says why
    });
  } else if (aloud && speech) {
    aloud.addEventListener("click", function () {
      if (aloud.getAttribute("aria-pressed") === "true") hush();
      else speak();
    });
    window.addEventListener("pagehide", function () {
      speech.cancel(); // else the voice goes on over the next page
    });
  }

  // The page says when a task is due; only the reader's clock knows today. The
  // style sheet shows it, and keeps its place until it is known.
  all("time.deadline").forEach(function (time) {
    var days = Math.ceil((Date.parse(time.getAttribute("datetime")) - Date.now()) / 864e5);
    if (isNaN(days) || days > 60) return;
    time.setAttribute("data-due", days > 0 ? "还有 " + days + " 天" : days === 0 ? "今天到期" : "已超期 " + -days + " 天");
  });

  // Searching: / goes to the box, and who comes from a result sees the words.

  document.addEventListener("keydown", function (e) {
    var at = document.activeElement;
    if (e.key !== "/" || e.isComposing || e.ctrlKey || e.metaKey || e.altKey || (at && /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName))) return;
    var box = all("input[type=search]").filter(function (b) { return b.getClientRects().length; })[0];
    var page = document.querySelector(".find-link");
    if (!box && !page) return;
    e.preventDefault();
    if (box) box.focus();
    else page.click();
  });

  function highlight(words) {
    var first = null;
    all("[data-search]").forEach(function (box) {
      var walker = document.createTreeWalker(box, 4);
      var texts = [];
      while (walker.nextNode()) texts.push(walker.currentNode);
      texts.forEach(function (node) {
        words.forEach(function (w) {
          for (var at; node && (at = node.data.toLowerCase().indexOf(w)) >= 0; ) {
            var found = node.splitText(at);
            node = found.splitText(w.length);
            var mark = document.createElement("mark");
            found.parentNode.replaceChild(mark, found);
            mark.appendChild(found);
            first = first || mark;
          }
        });
      });
    });
    if (first && !location.hash) first.scrollIntoView({ block: "center" });
  }

  var find = /[?&]find=([^&]*)/.exec(location.search);
  if (find) {
    try {
      highlight(decodeURIComponent(find[1]).toLowerCase().split(" ").filter(Boolean));
    } catch (e) {} // an address that was cut off
  }
})();
