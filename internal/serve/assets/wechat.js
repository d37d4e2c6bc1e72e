// The page of WeChat: copies the article as HTML, with its pictures in it, and
// follows each save.
(function () {
  var page = document.body.getAttribute("data-page");
  var button = document.querySelector(".copy");
  var said = document.querySelector(".said");
  var query = "page=" + encodeURIComponent(page);

  function say(what) {
    said.textContent = button.getAttribute("data-" + what);
  }

  // png draws a picture that WeChat does not take; two pixels for one of the column.
  function png(address) {
    return new Promise(function (done, failed) {
      var img = new Image();
      img.onload = function () {
        var canvas = document.createElement("canvas");
        canvas.width = 1354;
        canvas.height = Math.round((1354 * (img.naturalHeight || 1000)) / (img.naturalWidth || 1354));
        canvas.getContext("2d").drawImage(img, 0, 0, canvas.width, canvas.height);
        done(canvas.toDataURL("image/png"));
      };
      img.onerror = failed;
      img.src = address;
    });
  }

  function data(blob) {
    return new Promise(function (done, failed) {
      var reader = new FileReader();
      reader.onload = function () {
        done(/svg/.test(blob.type) ? png(reader.result) : reader.result);
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
      var picture = await fetch("wechat/picture?" + query + "&name=" + encodeURIComponent(img.getAttribute("src")));
      if (!picture.ok) throw new Error(picture.statusText);
      img.src = await data(await picture.blob());
    }
    return box;
  }

  // Older browsers, and pages that are not secure, copy what is selected: the copy
  // event is given the HTML. Plain text alone is never copied.
  function byEvent(html, text) {
    var given = false;
    function give(e) {
      e.clipboardData.setData("text/html", html);
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

  var build = Number(document.body.getAttribute("data-build"));
  new EventSource("events?" + query).onmessage = function (e) {
    if (JSON.parse(e.data).build !== build) location.reload();
  };
})();
