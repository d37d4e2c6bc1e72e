// The page search.html: the titles of what finder.js finds, twenty at a time.
(function () {
  var form = document.querySelector("form#finding"); // no text of an article can be one
  var list = form.parentNode.querySelector("#found");
  var status = form.parentNode.querySelector("#found-status");
  var more = form.parentNode.querySelector("#more-found");
  var finder = qinglianFinder.open(form.getAttribute("data-index"));
  var typed = /[?&]q=([^&]*)/.exec(location.search);

  function item(doc) {
    var li = document.createElement("li");
    var a = document.createElement("a");
    a.href = encodeURI(doc.path);
    a.textContent = doc.title;
    li.setAttribute("data-result", doc.path);
    li.appendChild(a);
    if (doc.day) li.appendChild(document.createTextNode(" " + doc.day));
    list.appendChild(li);
  }

  function run() { return look(form.elements.q.value, ""); }

  // look finds a text, in place of another that nothing has.
  function look(text, instead) {
    return finder.find(text).then(function (found) {
      var at = 0;
      function next() {
        var batch = found.hits.slice(at, at + 20);
        at += batch.length;
        return (found.sure ? Promise.resolve(batch) : finder.verified(batch, found.query)).then(function (hits) {
          return Promise.all(hits.map(function (h) { return finder.doc(h.id); }));
        }).then(function (docs) {
          docs.forEach(item);
          more.hidden = at >= found.hits.length;
          var total = list.children.length + found.hits.length - at;
          var sure = found.sure || more.hidden;
          return (total || instead || !found.query.must.length ? Promise.resolve("") : finder.alike(found.query)).then(function (alike) {
            if (alike) return look(alike, text);
            status.textContent = !found.query.must.length ? "" : !total ? "没有找到" :
              (instead ? "没有找到“" + instead + "”，找的是“" + text + "”，" : "") + (sure ? "共 " : "约 ") + total + " 篇";
            list.setAttribute("data-total", total);
            list.setAttribute("data-state", "done");
          });
        });
      }
      more.onclick = function () { next().catch(broken); };
      return next();
    });
  }

  function broken() {
    if (finder.again()) {
      list.textContent = "";
      return run().catch(broken);
    }
    status.textContent = "搜索没有成功，请检查网络后再试一次。";
    list.setAttribute("data-state", "failed");
  }

  try {
    if (typed) form.elements.q.value = decodeURIComponent(typed[1].replace(/\+/g, " "));
  } catch (e) {} // not an address that this page wrote
  run().catch(broken);
})();
