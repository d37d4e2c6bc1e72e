// The page of WeChat: copies the article as HTML, with its pictures in it, and
// follows each save.
(function () {
  var page = document.body.getAttribute("data-page");
  var button = document.querySelector(".copy");
  var said = document.querySelector(".said");
  var query = document.body.getAttribute("data-query");

  function say(what) {
    said.textContent = button.getAttribute("data-" + what);
  }

  // fits reports whether WeChat takes what a data: address has: it is less than 1 MB,
  // and the browser could draw it.
  function fits(address) {
    var size = ((address.length - address.indexOf(",") - 1) * 3) / 4;
    return size > 0 && size < 1 << 20;
  }

  function draw(img, width, ground) {
    var canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = Math.max(1, Math.round((width * (img.naturalHeight || 1000)) / (img.naturalWidth || width)));
    var to = canvas.getContext("2d");
    if (ground) {
      to.fillStyle = ground;
      to.fillRect(0, 0, canvas.width, canvas.height);
    }
    to.drawImage(img, 0, 0, canvas.width, canvas.height);
    return canvas;
  }

  // drawn is a drawing, which WeChat does not take, as a picture that it does: two
  // pixels for one that is shown, as a PNG, or if that is too large as a JPEG, which
  // has no transparency, or else smaller.
  function drawn(img, width) {
    for (; ; width = Math.round(width * 0.75)) {
      var png = draw(img, width).toDataURL("image/png");
      if (fits(png)) return png;
      var jpeg = draw(img, width, "#fff").toDataURL("image/jpeg", 0.9);
      if (fits(jpeg) || width < 100) return jpeg;
    }
  }

  function picture(address, width) {
    return new Promise(function (done, failed) {
      var img = new Image();
      img.onload = function () {
        done(drawn(img, width));
      };
      img.onerror = failed;
      img.src = address;
    });
  }

  // wanted is how many pixels wide an element's drawing is to be: the column has 677.
  function wanted(element) {
    var shown = /px$/.test(element.style.width) ? parseFloat(element.style.width) : 677;
    return Math.round(2 * shown);
  }

  function data(blob, width) {
    return new Promise(function (done, failed) {
      var reader = new FileReader();
      reader.onload = function () {
        done(/svg/.test(blob.type) ? picture(reader.result, width) : reader.result);
      };
      reader.onerror = failed;
      reader.readAsDataURL(blob);
    });
  }

  async function article() {
    var response = await fetch("wechat/fragment?" + query);
    if (!response.ok) throw new Error(response.statusText);
    var box = new DOMParser().parseFromString(await response.text(), "text/html").body;
    for (var img of box.querySelectorAll("img")) {
      var file = await fetch("wechat/picture?" + query + "&name=" + encodeURIComponent(img.getAttribute("src")));
      if (!file.ok) throw new Error(file.statusText);
      img.src = await data(await file.blob(), wanted(img));
    }
    return box;
  }

  // Older browsers, and pages that are not secure, copy what is selected: the copy
  // event is given the HTML. Of the article plain text alone is never copied.
  function byEvent(html, text) {
    var given = false;
    function give(e) {
      if (html) e.clipboardData.setData("text/html", html);
      e.clipboardData.setData("text/plain", text);
      e.preventDefault();
      given = true;
    }
    document.addEventListener("copy", give);
    document.execCommand("copy");
    document.removeEventListener("copy", give);
    if (!given) throw new Error("not copied");
  }

  button.addEventListener("click", async function () {
    say("busy");
    try {
      var box = await article();
      var html = box.innerHTML;
      var text = box.innerText;
      try {
        await navigator.clipboard.write([new ClipboardItem({
          "text/html": new Blob([html], { type: "text/html" }),
          "text/plain": new Blob([text], { type: "text/plain" }),
        })]);
      } catch (e) {
        byEvent(html, text);
      }
      say("done");
    } catch (e) {
      say("failed");
    }
  });

  // What is typed into the editor's fields is copied one by one.
  async function copyText(button) {
    if (button.textContent === button.getAttribute("data-done")) return;
    var shown = button.innerHTML;
    var text = button.previousElementSibling.textContent;
    var how = "data-done";
    try {
      try {
        await navigator.clipboard.writeText(text);
      } catch (e) {
        byEvent("", text);
      }
    } catch (e) {
      how = "data-failed";
    }
    button.textContent = button.getAttribute(how);
    setTimeout(function () {
      button.innerHTML = shown;
    }, 2000);
  }
  document.addEventListener("click", function (e) {
    var button = e.target.closest(".copy-text");
    if (button) copyText(button);
  });

  // cut makes a cover of a drawing: the part that data-crop names, as a JPEG.
  function cut(shown) {
    var part = shown.getAttribute("data-crop").split("_").map(Number);
    shown.removeAttribute("data-crop");
    var img = new Image();
    img.onload = function () {
      var canvas = document.createElement("canvas");
      var width = (canvas.width = Number(shown.getAttribute("width")));
      var height = (canvas.height = Number(shown.getAttribute("height")));
      var acrossAll = width / (part[2] - part[0]);
      var downAll = height / (part[3] - part[1]);
      var to = canvas.getContext("2d");
      to.fillStyle = "#fff"; // a JPEG has no transparency
      to.fillRect(0, 0, width, height);
      to.drawImage(img, -part[0] * acrossAll, -part[1] * downAll, acrossAll, downAll);
      shown.src = shown.parentNode.href = canvas.toDataURL("image/jpeg", 0.9);
    };
    img.src = shown.src;
  }
  document.querySelectorAll("img[data-crop]").forEach(cut);

  // The look is chosen in place: all that shows it is asked for anew, and so are its
  // figures. It is kept where this machine's browser asks; elsewhere the address has it.
  var looks = document.querySelector(".looks");
  var token = document.querySelector("meta[name=qinglian-token]").content;
  var own = looks.querySelector("[type=color]");

  function chosen(name) {
    var radio = looks.querySelector("[name=" + name + "]:checked");
    return radio ? radio.value : "";
  }

  function mark() {
    looks.querySelectorAll(".style").forEach(function (style) {
      style.classList.toggle("chosen", style.querySelector("input").checked);
    });
  }

  async function keep(look) {
    var kept = await fetch("wechat/look", { method: "POST", headers: { "X-Qinglian-Token": token }, body: look });
    var why = await kept.text();
    if (!kept.ok) alert(why);
  }

  async function restyle() {
    var look = new URLSearchParams({ style: chosen("style"), color: chosen("color") === "own" ? own.value : chosen("color") });
    var asked = (query = "page=" + encodeURIComponent(page) + "&" + look);
    mark();
    history.replaceState(null, "", "wechat?" + query);
    document.querySelector("[data-to]").href = "wechat/kit?" + query;
    document.querySelectorAll("[data-more]").forEach(function (frame) {
      frame.contentWindow.location.replace("wechat/frame?" + query + frame.getAttribute("data-more"));
    });
    looks.querySelectorAll(".style").forEach(function (style) {
      var one = new URLSearchParams({ page: page, style: style.querySelector("input").value, color: look.get("color"), small: 1 });
      style.querySelector("iframe").contentWindow.location.replace("wechat/frame?" + one);
    });
    if (token) await keep(look);
    var response = await fetch("wechat?" + query);
    if (!response.ok || asked !== query) return;
    var fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    [".facts", ".lines"].forEach(function (part) {
      document.querySelector(part).replaceWith(fresh.querySelector(part));
    });
    document.querySelectorAll("img[data-crop]").forEach(cut);
  }

  looks.addEventListener("change", function (e) {
    if (e.target === own) looks.querySelector("[value=own]").checked = true;
    restyle();
  });
  mark();

  var build = Number(document.body.getAttribute("data-build"));
  new EventSource("events?page=" + encodeURIComponent(page)).onmessage = function (e) {
    if (JSON.parse(e.data).build !== build) location.reload();
  };
})();
