// Sends a form with the token of this run, which only a page of the preview's own
// is given, and shows what comes of it. It runs before there is a form to be sent.
(function () {
  "use strict";
  var token = document.querySelector("meta[name=qinglian-token]").content;
  document.addEventListener("submit", function (e) {
    var form = e.target, button = form.querySelector("button");
    e.preventDefault();
    var says = button.textContent;
    button.disabled = true;
    if (form.dataset.busy) button.textContent = form.dataset.busy;
    fetch(form.getAttribute("action"), { method: "POST", headers: { "X-Qinglian-Token": token }, body: new URLSearchParams(new FormData(form)) }).then(function (r) {
      if (r.headers.get("Location")) return location.assign(r.headers.get("Location"));
      return r.text().then(function (text) {
        var main = new DOMParser().parseFromString(text, "text/html").querySelector("main");
        if (!main) return r.ok || alert(text);
        document.querySelector("main").replaceWith(main);
        scrollTo(0, 0);
      });
    }).catch(function () { alert(form.dataset.failed); }).then(function () { button.disabled = false; button.textContent = says; });
  });
})();
