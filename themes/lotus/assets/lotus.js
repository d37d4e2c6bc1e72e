// 大字: a button that makes all text larger and remembers the choice; how far
// off deadlines are; tables for the keyboard.
(function () {
  var root = document.documentElement;
  var key = "lotus-large";
  var row = document.querySelector(".brand-row");
  if (!row) return;

  var button = document.createElement("button");
  button.type = "button";
  button.className = "large-toggle";
  button.textContent = "大字";

  function show(large) {
    if (large) root.classList.add("large");
    else root.classList.remove("large");
    button.setAttribute("aria-pressed", String(large));
  }

  var large = false;
  try {
    large = localStorage.getItem(key) === "1";
  } catch (e) {} // storage may be blocked: the button still works
  show(large);

  button.addEventListener("click", function () {
    large = !large;
    show(large);
    try {
      localStorage.setItem(key, large ? "1" : "0");
    } catch (e) {}
  });
  row.appendChild(button);

  // The page says when a task is due; only the reader's clock knows today.
  [].forEach.call(document.querySelectorAll("time.deadline"), function (time) {
    var days = Math.ceil((Date.parse(time.getAttribute("datetime")) - Date.now()) / 864e5);
    if (isNaN(days) || days > 60) return;
    var note = document.createElement("span");
    note.className = "due";
    note.textContent = days > 0 ? "还有 " + days + " 天" : days === 0 ? "今天到期" : "已超期 " + -days + " 天";
    time.parentNode.insertBefore(note, time.nextSibling);
  });

  // Tables too wide for the screen can be scrolled from the keyboard.
  [].forEach.call(document.querySelectorAll(".prose .table, .figures"), function (box) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  });
})();
