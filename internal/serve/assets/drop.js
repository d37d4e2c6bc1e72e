// Sends documents that are dropped onto a page, or chosen, to be imported, and goes to
// the page that says what became of them. The element that this script stands in has the
// token of the run; without one, on a telephone, nothing is taken.
(function () {
  "use strict";
  var holder = document.currentScript.parentNode, token = holder.dataset.token, own = holder.dataset.own, busy = false;
  if (!token) return;

  // The preview's bar is made anew with each build, and this panel with it.
  function panel() { return document.querySelector("[data-qinglian-drop]"); }
  function show(when, text) {
    var p = panel();
    p.hidden = !when;
    p.querySelectorAll("[data-when]").forEach(function (n) { n.hidden = n.dataset.when !== when; });
    p.querySelector("[data-when=said]").textContent = text || "";
    p.querySelector("button").hidden = when === "over" || when === "busy";
    if (when && !p.querySelector("button").hidden) p.querySelector("button").focus();
  }
  function follow(r) {
    var to = r.headers.get("Location");
    return r.text().then(function (text) {
      if (to) location.href = new URL(to, r.url);
      else if (!r.ok) show("said", text);
    });
  }
  function send(files) {
    var chosen = holder.querySelector("select[name=section]"), size = 0, body = new FormData();
    files.forEach(function (f) { size += f.size; });
    if (files.length > panel().dataset.files) return show("many");
    if (size > panel().dataset.most) return show("large");
    if (busy) return;
    busy = true;
    show("busy");
    body.append("section", chosen ? chosen.value : panel().dataset.section);
    files.forEach(function (f) { body.append("files", f, f.name); });
    fetch(own + "import", { method: "POST", headers: { "X-Qinglian-Token": token }, body: body }).then(follow).catch(function () { show("failed"); }).then(function () { busy = false; });
  }

  // A picture that is dragged about on the page itself looks like a file, too.
  var inside = false;
  document.addEventListener("dragstart", function () { inside = true; });
  document.addEventListener("dragend", function () { inside = false; });
  function dragged(e) { return !inside && e.dataTransfer && [].indexOf.call(e.dataTransfer.types, "Files") >= 0; }
  document.addEventListener("dragover", function (e) {
    if (!dragged(e)) return;
    e.preventDefault();
    e.dataTransfer.dropEffect = "copy";
    if (!busy && panel().hidden) show("over");
  });
  document.addEventListener("dragleave", function (e) {
    if (dragged(e) && !e.relatedTarget && !busy) show();
  });
  document.addEventListener("drop", function (e) {
    if (!dragged(e)) return;
    e.preventDefault();
    if (busy) return;
    show();
    var folder = [].some.call(e.dataTransfer.items || [], function (i) {
      var entry = i.webkitGetAsEntry && i.webkitGetAsEntry();
      return entry && entry.isDirectory;
    });
    if (folder) return show("folder");
    send([].slice.call(e.dataTransfer.files));
  });
  document.addEventListener("click", function (e) {
    if (panel().contains(e.target) && e.target.nodeName === "BUTTON") show();
  });

  if (holder.nodeName !== "MAIN") return; // the bar has a script for its forms
  document.addEventListener("submit", function (e) {
    var form = e.target;
    e.preventDefault();
    if (form.className === "upload") return send([].slice.call(form.elements.files.files));
    fetch(form.action, { method: "POST", headers: { "X-Qinglian-Token": token }, body: new URLSearchParams(new FormData(form)) }).then(follow).catch(function () { show("failed"); });
  });
})();
