// The page search.html: what was typed, what finder.js finds, what is shown of it.
(function () {
  var form = document.querySelector("form#finding"); // no text of an article can be one
  var input = form.elements.q;
  var list = form.parentNode.querySelector("#found");
  var status = form.parentNode.querySelector("#found-status");
  var near = form.parentNode.querySelector("#near");
  var filters = form.parentNode.querySelector("#filters");
  var more = form.parentNode.querySelector("#more-found");
  var columns = form.parentNode.querySelector("#columns");
  var names = ["section", "category", "region", "year"];
  var finder = qinglianFinder.open(form.getAttribute("data-index"));
  // How many hits are shown at once, and then at a time; and how many without being
  // asked for, where each has to be looked at on its page and where not.
  var first = 10, step = 50, looked = 100, known = 1000;
  var round = 0;

  function make(name, text, parent) {
    var e = document.createElement(name);
    if (text) e.textContent = text;
    if (parent) parent.appendChild(e);
    return e;
  }

  function pieces(to, parts) {
    to.textContent = "";
    parts.forEach(function (p) {
      if (p[1]) make("mark", p[0], to);
      else to.appendChild(document.createTextNode(p[0]));
    });
  }

  // onScreen calls back when an element is about to be seen.
  var seen = typeof IntersectionObserver === "function" && new IntersectionObserver(function (all) {
    all.forEach(function (e) {
      if (!e.isIntersecting) return;
      seen.unobserve(e.target);
      e.target.show();
    });
  }, { rootMargin: "200px" });

  function show(hit, query) {
    return finder.doc(hit.id).then(function (d) {
      var li = make("li");
      li.setAttribute("data-result", d.path);
      var h = make("h2", "", li);
      var a = make("a", "", h);
      pieces(a, qinglianFinder.marked(d.title, query.must));
      a.href = encodeURI(d.path) + "?find=" + encodeURIComponent(query.must.join(" "));
      var p = make("p", "", li);
      p.className = "snippet";
      var about = make("p", d.day, li);
      about.className = "meta";
      li.show = function () {
        finder.page(d.path).then(function (texts) {
          pieces(p, qinglianFinder.snippet(texts, query.must));
        }).catch(function () {}); // the title is there
      };
      return li;
    });
  }

  function chosen() {
    return names.map(function (n) { return form.elements[n].value; });
  }

  // choose fills the filters with what the hits have, and takes out those not chosen.
  function choose(hits) {
    var want = chosen();
    if (!filters.open && !want.join("")) return Promise.resolve(hits);
    return finder.facets().then(function (of) {
      function fits(h, but) {
        return want.every(function (v, f) { return f === but || !v || of(h.id, f) === v; });
      }
      names.forEach(function (n, f) {
        var counts = {};
        hits.forEach(function (h) {
          var v = of(h.id, f);
          if (v && fits(h, f)) counts[v] = (counts[v] || 0) + 1;
        });
        if (want[f] && !counts[want[f]]) counts[want[f]] = 0;
        var select = form.elements[n];
        var first = select.options[0];
        select.textContent = "";
        select.appendChild(first);
        Object.keys(counts).sort(function (a, b) { return n === "year" ? b - a : counts[b] - counts[a] || (a < b ? -1 : 1); }).forEach(function (v) {
          var o = make("option", v + "（" + counts[v] + "）", select);
          o.value = v;
        });
        select.value = want[f];
        select.disabled = select.options.length < 2;
      });
      return hits.filter(function (h) { return fits(h, -1); });
    });
  }

  function say(text) {
    status.textContent = text;
  }

  function finish(total, about) {
    list.setAttribute("data-total", total);
    if (about) list.setAttribute("data-about", "");
    else list.removeAttribute("data-about");
    list.setAttribute("data-state", "done");
  }

  function clear() {
    list.textContent = near.textContent = "";
    more.hidden = true;
  }

  function links(title, texts, parent) {
    if (!texts.length) return;
    make("p", title, parent);
    var ul = make("ul", "", parent);
    ul.className = "terms";
    texts.forEach(function (t) {
      make("a", t[0], make("li", "", ul)).href = t[1];
    });
  }

  function offer(words) {
    links("大家常找：", words.map(function (w) { return [w, "search.html?q=" + encodeURIComponent(w)]; }), near);
  }

  // frugal: the reader pays for what is fetched, or waits for it.
  function frugal() {
    var c = navigator.connection;
    return !!c && (c.saveData || c.type === "cellular" || /2g|3g/.test(c.effectiveType || ""));
  }

  function run() {
    var text = input.value.trim();
    address(text);
    return look(text, "");
  }

  // look finds a text; instead is what was typed if the text was asked for in its place.
  function look(text, instead) {
    var mine = ++round;
    function current() { return mine === round; }
    list.setAttribute("data-state", "busy");
    columns.hidden = true;
    return finder.find(text).then(function (found) {
      if (!current()) return;
      found.instead = instead;
      found.text = text;
      if (!found.query.must.length) {
        clear();
        say("");
        return finder.offered().then(function (words) {
          if (!current()) return;
          offer(words);
          finish(0, false);
        });
      }
      return choose(found.hits).then(function (hits) {
        if (!current()) return;
        if (form.elements.sort.value === "date") hits.sort(function (a, b) { return b.id - a.id; });
        return tell(hits, found, current);
      });
    }).catch(broken);
  }

  // tell shows hits, those that have the words: some at once, more of them by and by
  // unless that is dear, and the rest when the reader asks for them.
  function tell(hits, found, current) {
    var at = 0, shown = 0;

    // fill promises the next hits, of which there are more behind while at says so.
    function fill(size, some) {
      if (some.length >= size || at >= hits.length) return Promise.resolve(some);
      var batch = hits.slice(at, at + size - some.length);
      at += batch.length;
      return (found.sure ? Promise.resolve(batch) : finder.verified(batch, found.query)).then(function (ok) {
        return fill(size, some.concat(ok));
      });
    }

    function next() {
      more.hidden = true;
      return fill(shown ? step : first, []).then(function (some) {
        return Promise.all(some.map(function (h) { return show(h, found.query); }));
      }).then(function (items) {
        if (!current()) return;
        if (!shown) clear();
        shown += items.length;
        items.forEach(function (li) {
          list.appendChild(li);
          if (seen) seen.observe(li);
          else li.show();
        });
        // What was looked at and has not the words is known; what was not may have them.
        var total = hits.length - (at - shown);
        var about = !found.sure && at < hits.length;
        var goes = at < hits.length && shown < (found.sure ? known : looked) && !frugal();
        if (shown === items.length || !goes) say(total ? number(total, about) : "没有找到“" + (found.instead || found.text) + "”");
        if (goes) return next();
        more.hidden = at >= hits.length;
        return total ? finish(total, about) : other();
      });
    }

    function number(total, about) {
      var said = (about ? "约 " : "共 ") + total + " 篇";
      return found.instead ? "没有找到“" + found.instead + "”，找的是“" + found.text + "”，" + said : said;
    }

    // other shows what there is in place of nothing: what sounds alike, else what is
    // nearest, what others look for, and the columns.
    function other() {
      return (found.instead || chosen().join("") ? Promise.resolve("") : finder.alike(found.query)).then(function (text) {
        if (!current()) return;
        if (text) return look(text, found.text);
        return Promise.all([finder.near(found.query), finder.offered()]).then(function (some) {
          if (!current()) return;
          links("您是不是要找：", some[0].map(function (d) { return [d.title, encodeURI(d.path)]; }), near);
          offer(some[1]);
          columns.hidden = false;
          finish(0, false);
        });
      });
    }

    more.onclick = function () { next().catch(broken); };
    return next();
  }

  // broken: an index that was kept may name files that are gone since. It is asked
  // for once more before anything is said.
  function broken() {
    if (finder.again()) return run();
    say("搜索没有成功，请检查网络后再试一次。");
    list.setAttribute("data-state", "failed");
  }

  function address(text) {
    var parts = [];
    if (text) parts.push("q=" + encodeURIComponent(text));
    names.concat("sort").forEach(function (n) {
      if (form.elements[n].value) parts.push(n + "=" + encodeURIComponent(form.elements[n].value));
    });
    var mode = /[?&](mode=[\w+-]*)/.exec(location.search);
    if (mode) parts.push(mode[1]);
    try {
      history.replaceState(history.state, "", location.pathname + (parts.length ? "?" + parts.join("&") : ""));
    } catch (e) {} // of a file, in older browsers
  }

  // Nothing is asked for while an input method composes.
  var composing = false;
  var timer = 0;
  input.addEventListener("compositionstart", function () { composing = true; });
  input.addEventListener("compositionend", function () {
    composing = false;
    soon();
  });
  input.addEventListener("input", function (e) {
    if (!composing && !e.isComposing) soon();
  });
  function soon() {
    clearTimeout(timer);
    timer = setTimeout(run, 150);
  }
  form.addEventListener("submit", function (e) {
    e.preventDefault();
    clearTimeout(timer);
    if (!composing) run();
  });
  names.concat("sort").forEach(function (n) { form.elements[n].addEventListener("change", run); });
  filters.addEventListener("toggle", function () { if (filters.open) run(); });

  // The arrows go from the box to the results and between them.
  document.addEventListener("keydown", function (e) {
    var down = e.key === "ArrowDown";
    if (composing || e.isComposing || (!down && e.key !== "ArrowUp")) return;
    var all = [].slice.call(list.querySelectorAll("h2 a"));
    var at = all.indexOf(document.activeElement);
    if (at < 0 && document.activeElement !== input) return;
    var to = at + (down ? 1 : -1);
    if (to >= all.length || to < -1) return;
    e.preventDefault();
    (to < 0 ? input : all[to]).focus();
  });

  location.search.slice(1).split("&").forEach(function (pair) {
    var at = pair.indexOf("=");
    var name = pair.slice(0, at);
    var v;
    try {
      v = decodeURIComponent(pair.slice(at + 1).replace(/\+/g, " "));
    } catch (e) {
      return;
    }
    if (name === "q") input.value = v;
    if (names.indexOf(name) >= 0 && v) {
      make("option", v, form.elements[name]).value = v;
      form.elements[name].value = v;
      filters.open = true;
    }
    if (name === "sort" && v === "date") form.elements.sort.value = v;
  });
  form.hidden = false;
  run();
})();
