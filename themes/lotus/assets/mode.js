// The reader's mode, known before anything is painted: it comes from the address
// (?mode=large, contrast, dark, light, several with a +, or plain for none), else
// it is the last one. Each word is a class of the root.
(function () {
  var root = document.documentElement;
  var words = ["large", "contrast", "dark", "light"];
  var key = "lotus-mode";
  var address = /[?&]mode=([\w+-]*)/;
  var asked = address.exec(location.search);
  var dark = document.querySelector("link#dark");
  var system = dark.media;
  var kept = false;

  function stored() {
    try {
      return localStorage.getItem(key) || "";
    } catch (e) {
      return ""; // storage may be blocked: addresses keep the mode then
    }
  }

  function set(mode) {
    var has = {};
    words.forEach(function (word) {
      has[word] = (" " + mode + " ").indexOf(" " + word + " ") >= 0;
      root.classList[has[word] ? "add" : "remove"](word);
    });
    dark.media = has.contrast || has.light ? "not all" : has.dark ? "screen" : system;
    lotus.mode = words.filter(function (word) { return has[word]; });
    if (lotus.changed) lotus.changed();
    mode = lotus.mode.join(" ");
    kept = stored() === mode;
    if (kept) return;
    try {
      localStorage.setItem(key, mode);
      kept = true;
    } catch (e) {}
  }

  var lotus = (window.lotus = {
    mode: [],
    set: set,
    // in is an address that leads to this site with the mode in it, if it has
    // to be there: where the reader's own has it, and where nothing is stored.
    in: function (href) {
      if (!asked && (kept || !lotus.mode.length)) return href;
      var part = href.split("#");
      var rest = part[0].replace(address, "").replace(/\?&|\?$/, "");
      rest += (rest.indexOf("?") < 0 ? "?" : "&") + "mode=" + (lotus.mode.join("+") || "plain");
      return rest + (part.length > 1 ? "#" + part.slice(1).join("#") : "");
    },
    dark: function () {
      return window.matchMedia(dark.media).matches;
    },
  });

  root.classList.add("script");
  if (window.speechSynthesis) root.classList.add("aloud");
  set(asked ? asked[1].replace(/[+-]/g, " ") : stored());

  // A page that comes back as it was left may be older than the choice.
  window.addEventListener("pageshow", function (e) {
    if (e.persisted && !asked) set(stored());
  });
})();
