// Shows how far a delivery is: what the preview says of it takes the place of what was
// shown. While it runs only the numbers change, so that the button keeps its focus.
(function () {
  "use strict";
  setInterval(function () {
    var shown = document.querySelector("[data-carrying]");
    if (!shown || shown.dataset.asking) return;
    shown.dataset.asking = "1";
    fetch("delivery").then(function (r) { return r.text(); }).then(function (text) {
      var page = new DOMParser().parseFromString(text, "text/html");
      if (!shown.isConnected) return;
      if (page.querySelector("[data-carrying]")) document.getElementById("carried").innerHTML = page.getElementById("carried").innerHTML;
      else document.querySelector("main").replaceWith(page.querySelector("main"));
      delete shown.dataset.asking;
    }).catch(function () { document.getElementById("carried").textContent = shown.dataset.carrying; delete shown.dataset.asking; });
  }, 700);
})();
