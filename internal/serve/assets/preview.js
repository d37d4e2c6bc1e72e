// Keeps a page of the preview current: what changed is changed in place, so
// that the reader's place, what is unfolded and what was typed stay.
(function () {
  "use strict";
  var made = new WeakSet(); // nodes that the page's own scripts added
  var set = new WeakMap(); // attributes that they set, by element

  // An article can give its text any id: the bar is the element that this script
  // stands in, and later the one that took its place.
  var aside = document.currentScript.parentNode;
  function bar() { return aside; }
  var token = aside.dataset.token; // of this run, for what is opened and written; "" on a phone
  delete aside.dataset.token;
  var page = bar().dataset.page, own = bar().dataset.own, root = bar().dataset.root;

  // This script runs before those of the page, which are deferred: what is
  // added from now on no server sent.
  var quiet = false;
  var observer = new MutationObserver(observed);
  function observed(records) {
    records.forEach(function (r) {
      r.addedNodes.forEach(function (n) { made.add(n); });
      if (r.type === "attributes") {
        var names = set.get(r.target) || set.set(r.target, {}).get(r.target);
        names[r.attributeName] = true;
      }
    });
  }
  function observe() { observer.observe(document.documentElement, { childList: true, attributes: true, subtree: true }); }
  function unobserved(change) {
    observed(observer.takeRecords());
    observer.disconnect();
    change();
    observe();
  }
  // What the parser itself is still to add is its own.
  document.addEventListener("readystatechange", function start() {
    document.removeEventListener("readystatechange", start);
    observe();
    unobserved(mark);
  });

  // Marks links to what the public does not see yet.
  var notes = [];
  function unmark() {
    notes.forEach(function (n) { n.remove(); });
    notes = [];
  }
  function mark() {
    unmark();
    var marks = {};
    bar().querySelector(".marks").content.querySelectorAll("i").forEach(function (m) {
      marks[new URL(root + m.dataset.path, location.href).pathname] = m.textContent;
    });
    document.querySelectorAll("a[href]").forEach(function (a) {
      var why = marks[a.pathname];
      if (!why || a.pathname === location.pathname || bar().contains(a) || !a.textContent.trim()) return; // the bar says it of this page
      var note = document.createElement("span");
      note.className = "qinglian-unseen";
      note.textContent = why;
      a.appendChild(note);
      notes.push(note);
    });
  }

  var morphing = {
    beforeNodeRemoved: function (n) { return !made.has(n); },
    beforeNodeMorphed: function (from, to) { return !made.has(from) && from.nodeName !== "SCRIPT" && !from.isEqualNode(to); },
    beforeAttributeUpdated: function (name, node, how) {
      if (name === "open" && node.nodeName === "DETAILS") return false;
      if ((name === "value" || name === "checked") && typed(node)) return false;
      return !(set.get(node) || {})[name];
    }
  };
  function typed(node) {
    return node.value !== node.defaultValue || node.checked !== node.defaultChecked;
  }

  // Loads the style sheets that are new, and takes the old ones out once the
  // new ones are there: the page is never without. One with an id stays the
  // element that scripts know, with the media that they gave it.
  function restyle(next) {
    var kept = {};
    next.head.querySelectorAll("link[rel=stylesheet]").forEach(function (l) {
      var here = l.id && document.getElementById(l.id);
      if (here && here.getAttribute("href") !== l.getAttribute("href")) here.setAttribute("href", l.getAttribute("href"));
      kept[l.getAttribute("href")] = l;
    });
    var old = [].filter.call(document.head.querySelectorAll("link[rel=stylesheet]"), function (l) {
      var stays = l.getAttribute("href") in kept;
      delete kept[l.getAttribute("href")];
      return !stays;
    });
    var waiting = Object.keys(kept).map(function (href) {
      return new Promise(function (done) {
        var l = document.importNode(kept[href]);
        l.onload = l.onerror = done;
        document.head.appendChild(l);
      });
    });
    return Promise.all(waiting).then(function () { old.forEach(function (l) { l.remove(); }); });
  }

  // Pictures and style sheets that are others under their old addresses get new
  // ones, also in what is fetched later: a browser keeps what it has loaded.
  var renewed = {}, all = "";
  function renew(doc) {
    doc.querySelectorAll("img[src], link[rel=stylesheet]").forEach(function (n) {
      var name = n.src ? "src" : "href", to = new URL(n.getAttribute(name), location.href);
      var version = renewed[to.pathname] || all;
      if (!version || to.origin !== location.origin || bar().contains(n)) return;
      var address = n.getAttribute(name).split("?")[0] + "?" + version;
      if (n.getAttribute(name) !== address) n.setAttribute(name, address);
    });
  }

  function scripts(doc) {
    return [].map.call(doc.querySelectorAll("head script[src]"), function (s) { return s.getAttribute("src"); }).join(" ");
  }

  var busy = false, again = false;
  function refresh() {
    if (busy) { again = true; return; }
    busy = true;
    fetch(location.href, { cache: "no-store" }).then(function (r) { return r.text(); }).then(function (text) {
      var next = new DOMParser().parseFromString(text, "text/html");
      var fresh = next.querySelector("aside[data-qinglian-preview]");
      if (!fresh || scripts(next) !== scripts(document)) return location.reload();
      renew(next);
      var moved = fresh.dataset.key !== bar().dataset.key;
      return restyle(next).then(function () {
        unobserved(function () {
          unmark();
          if (moved) {
            document.title = next.title;
            document.body.className = next.body.className;
            fresh.remove();
            var mine = bar();
            mine.remove();
            Idiomorph.morph(document.body, next.body.childNodes, { morphStyle: "innerHTML", callbacks: morphing, head: { style: "none" } });
            document.body.appendChild(mine);
          }
          replace(fresh);
          document.querySelectorAll("main").forEach(renew);
          mark();
        });
      });
    }).catch(function () { /* the server ended; its next event says that it is back */ }).then(function () {
      busy = false;
      if (again) { again = false; refresh(); }
    });
  }

  // The bar is replaced but for what is unfolded in it.
  function replace(fresh) {
    var open = [].map.call(bar().querySelectorAll("details[open] > summary"), function (s) { return s.className + s.textContent.replace(/\d+/, ""); });
    fresh.querySelectorAll("script").forEach(function (s) { s.remove(); });
    fresh.querySelectorAll("summary").forEach(function (s) {
      if (open.indexOf(s.className + s.textContent.replace(/\d+/, "")) >= 0) s.parentNode.open = true;
    });
    delete fresh.dataset.token;
    fresh = document.importNode(fresh, true);
    aside.replaceWith(fresh);
    aside = fresh;
  }

  // A browser has few connections for one server: a page that nobody sees
  // gives its own back.
  var events;
  function listen() {
    if (document.hidden || events) return;
    events = new EventSource(own + "events?page=" + encodeURIComponent(page));
    var first = true;
    events.onmessage = function (e) {
      var sent = JSON.parse(e.data), current = String(sent.build) === bar().dataset.build;
      (sent.files || []).forEach(function (f) { renewed[new URL(root + f, location.href).pathname] = sent.build; });
      if (first && !current) { renewed = {}; all = sent.build; } // what else moved meanwhile is not known
      first = false;
      if (sent.go && sent.go !== page) location.href = root + sent.go;
      else if (!current) refresh();
    };
  }
  document.addEventListener("visibilitychange", function () {
    if (document.hidden && events) { events.close(); events = null; }
    listen();
  });
  listen();

  document.addEventListener("click", function (e) {
    if (bar().contains(e.target) && e.target.closest(".over-hide")) e.target.closest(".over").classList.add("hidden");
  });
  document.addEventListener("submit", function (e) {
    if (!bar().contains(e.target)) return;
    e.preventDefault();
    fetch(e.target.action, { method: "POST", headers: { "X-Qinglian-Token": token }, body: new URLSearchParams(new FormData(e.target)) }).then(function (r) {
      if (!r.ok) return r.text().then(alert);
    });
  });

  // The line that is being read, for the editor.
  var timer;
  function place() {
    var file = bar().querySelector(".bar .line");
    if (!file) return;
    var at = [].filter.call(document.querySelectorAll("main p, main h2, main h3, main li, main td"), function (n) {
      return n.getBoundingClientRect().top >= 0 && n.textContent.trim().length > 1;
    })[0];
    if (!at) return;
    fetch(own + "line?page=" + encodeURIComponent(page) + "&near=" + encodeURIComponent(at.textContent.trim().slice(0, 16))).then(function (r) { return r.text(); }).then(function (line) {
      unobserved(function () {
        file = bar().querySelector(".bar .line");
        if (!file) return;
        file.textContent = ":" + line;
      });
    });
  }
  addEventListener("scroll", function () { clearTimeout(timer); timer = setTimeout(place, 300); }, { passive: true });
})();
