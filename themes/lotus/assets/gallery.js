// Galleries: a picture opens large over the page, and its neighbours follow with
// the arrow keys, with a swipe, or with the buttons. Without this the pictures
// stand on the page as they are.
(function () {
  function make(name, className, text, parent) {
    var e = document.createElement(name);
    e.className = className;
    e.textContent = text;
    parent.appendChild(e);
    return e;
  }

  function button(className, text, label, parent, act) {
    var b = make("button", className, text, parent);
    b.type = "button";
    b.setAttribute("aria-label", label);
    b.addEventListener("click", act);
    return b;
  }

  // open shows the pictures of a gallery from one on. The way back of the
  // browser, or of the phone, closes them too.
  function open(pictures, at) {
    var from = document.activeElement;
    var cover = make("div", "viewer", "", document.body);
    cover.setAttribute("role", "dialog");
    cover.setAttribute("aria-modal", "true");
    cover.setAttribute("aria-label", "看大图");
    var img = make("img", "", "", cover);
    var said = make("p", "viewer-said", "", cover);
    said.setAttribute("role", "status");
    var bar = make("p", "viewer-bar", "", cover);
    var several = pictures.length > 1;
    var before = several && button("", "‹", "上一张", bar, function () { show(at - 1); });
    var after = several && button("", "›", "下一张", bar, function () { show(at + 1); });
    var shut = button("shut", "关闭", "关闭大图", bar, close);

    function show(n) {
      at = (n + pictures.length) % pictures.length;
      var p = pictures[at];
      img.removeAttribute("srcset");
      img.alt = p.alt;
      img.sizes = "100vw";
      if (p.getAttribute("srcset")) img.srcset = p.getAttribute("srcset");
      img.src = p.src;
      said.textContent = (several ? at + 1 + " / " + pictures.length + "　" : "") + p.alt;
    }

    function close() {
      if (history.state === opened) history.back();
      else gone();
    }

    function gone() {
      if (!cover.parentNode) return;
      window.removeEventListener("popstate", gone);
      document.body.removeChild(cover);
      document.documentElement.classList.remove("viewing");
      from.focus();
    }

    cover.addEventListener("keydown", function (e) {
      var n = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: pictures.length - 1 }[e.key];
      if (n !== undefined) show(n);
      else if (e.key === "Escape") close();
      else if (e.key === "Tab") {
        var stops = [before, after, shut].filter(Boolean);
        var next = stops.indexOf(document.activeElement) + (e.shiftKey ? -1 : 1);
        stops[(next + stops.length) % stops.length].focus();
      } else return;
      e.preventDefault();
    });
    cover.addEventListener("click", function (e) {
      if (e.target === cover) close();
    });

    // One finger swipes; two are for the browser's own zoom.
    var start = null;
    cover.addEventListener("touchstart", function (e) {
      start = e.touches.length === 1 ? e.touches[0] : null;
    });
    cover.addEventListener("touchend", function (e) {
      if (!start || e.touches.length) return;
      var x = e.changedTouches[0].clientX - start.clientX;
      var y = e.changedTouches[0].clientY - start.clientY;
      if (several && Math.abs(x) > 40 && Math.abs(x) > 2 * Math.abs(y)) show(x < 0 ? at + 1 : at - 1);
    });

    var opened = "lotus-viewer";
    try {
      history.pushState(opened, "");
    } catch (e) {} // a page of a file, in older browsers
    window.addEventListener("popstate", gone);
    document.documentElement.classList.add("viewing");
    show(at);
    shut.focus();
  }

  [].forEach.call(document.querySelectorAll(".gallery:not(.ready)"), function (gallery) {
    gallery.classList.add("ready");
    var pictures = [].slice.call(gallery.querySelectorAll(".pictures img"));
    pictures.forEach(function (img, n) {
      if (img.parentNode.tagName === "A") return; // its writer says where it leads
      var b = document.createElement("button");
      b.type = "button";
      b.className = "open-picture";
      b.setAttribute("aria-label", "看大图：" + (img.alt || "第 " + (n + 1) + " 张"));
      img.parentNode.insertBefore(b, img);
      b.appendChild(img);
      b.addEventListener("click", function () {
        open(pictures, n);
      });
    });
  });
})();
