// Contents are folded where they stand before the text; beside it they are open, and
// say where the reader is.
(function () {
  var contents = document.querySelector(".contents details");
  var beside = window.matchMedia("(min-width: 66em)");
  var entries = [].slice.call(contents.querySelectorAll("a"));
  var headings = entries.map(function (a) {
    return document.getElementById(decodeURIComponent(a.hash.slice(1)));
  });

  function unfold() {
    contents.open = beside.matches && window.lotus.mode.indexOf("large") < 0;
    mark();
  }

  function mark() {
    if (!contents.open) return;
    var present = -1;
    headings.forEach(function (h, i) {
      if (h && h.getBoundingClientRect().top < window.innerHeight / 3) present = i;
    });
    entries.forEach(function (a, i) {
      if (i === present) a.setAttribute("aria-current", "true");
      else a.removeAttribute("aria-current");
    });
  }

  unfold();
  beside.addListener(unfold); // the name that older browsers have
  window.addEventListener("scroll", mark, { passive: true });
})();
