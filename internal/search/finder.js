// Finds articles by their words in the index of the folder search/, whose form is
// told in qinglian's package search. For themes:
//
//   var finder = qinglianFinder.open("search/");
//   finder.find(text).then(function (found) {
//     // found.query.must   the words looked for
//     // found.hits         [{id, weight}, …], the best first, of the same weight the newest
//     // found.sure         they have the words; if not, they may have
//     finder.verified(found.hits.slice(0, 10), found.query)   // promises those that have
//     finder.doc(found.hits[0].id)    // promises {path, title, day}, path from the site's root
//     finder.alike(found.query)       // where nothing is found, promises what sounds alike and is: a text, or ""
//   });
//
// The rest of what a finder can do stands where it is made, in engine.
(function (global) {
  var reading = global.qinglianText;
  var order = reading.order;
  var digits = " !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{}";
  var value = {};
  for (var d = 0; d < 90; d++) value[digits.charAt(d)] = d;

  // setOf reads ascending numbers: gaps, or bits, six in a digit.
  function setOf(text, bits) {
    var out = [], i, n;
    if (bits) {
      for (i = 0; i < text.length; i++) {
        for (n = value[text.charAt(i)]; n; n &= n - 1) out.push(6 * i + 31 - Math.clz32(n & -n));
      }
      return out;
    }
    var at = -1;
    for (i = 0; i < text.length; i++) {
      n = value[text.charAt(i)];
      if (n >= 89) n = 18156 + (((n - 89) * 90 + value[text.charAt(++i)]) * 90 + value[text.charAt(++i)]) * 90 + value[text.charAt(++i)];
      else if (n >= 87) n = 1956 + ((n - 87) * 90 + value[text.charAt(++i)]) * 90 + value[text.charAt(++i)];
      else if (n >= 66) n = 66 + (n - 66) * 90 + value[text.charAt(++i)];
      at += n + 1;
      out.push(at);
    }
    return out;
  }

  function entriesOf(shard) {
    var out = [], before = "";
    for (var i = 0; i < shard.length; ) {
      var head = value[shard.charAt(i++)];
      var c = String.fromCodePoint(shard.codePointAt(i));
      i += c.length;
      var key = head % 3 === 2 ? before + c : c;
      if (head % 3 !== 2) before = c;
      if (head % 3 === 1) {
        c = String.fromCodePoint(shard.codePointAt(i));
        i += c.length;
        key += c;
      }
      var end = shard.indexOf("~", i);
      out.push({ key: key, form: Math.floor(head / 3), sets: shard.slice(i, end) });
      i = end + 1;
    }
    return out;
  }

  // listOf is the documents of an entry, and which have the key in the title, often, and
  // beside the text only.
  function listOf(entry) {
    var parts = /^([^|`]*)\|?([^`]*)(?:`(?!`)([^`]*))?(?:``(.*))?$/.exec(entry.sets);
    var docs = setOf(parts[1], entry.form & 1);
    function some(set, bit) { return setOf(set || "", entry.form & bit).map(function (i) { return docs[i]; }); }
    return { docs: docs, title: some(parts[2], 2), many: some(parts[3], 4), beside: some(parts[4], 8) };
  }

  // nameAt is a name of those one behind the other.
  function nameAt(names, i) { return names.substr(7 * i, 7); }

  function namesIn(names) {
    var out = [];
    for (var i = 0; i < names.length / 7; i++) out.push(nameAt(names, i));
    return out;
  }

  // parted is a parting as [key, name, …].
  function parted(text) {
    var out = [];
    for (var i = 0; i < text.length; i += 7) {
      var length = +text.charAt(i++);
      var key = "";
      while (length--) key += String.fromCodePoint(text.codePointAt(i + key.length));
      i += key.length;
      out.push(key, text.substr(i, 7));
    }
    return out;
  }

  function both(a, b) {
    var out = [];
    for (var i = 0, j = 0; i < a.length && j < b.length; ) {
      if (a[i] === b[j]) {
        out.push(a[i++]);
        j++;
      } else if (a[i] < b[j]) i++;
      else j++;
    }
    return out;
  }

  // union is the numbers below size that are in one of the lists.
  function union(lists, size) {
    var seen = new Uint8Array(size), out = [];
    lists.forEach(function (l) {
      for (var i = 0; i < l.length; i++) seen[l[i]] = 1;
    });
    for (var i = 0; i < size; i++) if (seen[i]) out.push(i);
    return out;
  }

  // engine searches with what it is given: load(name) promises a file of the index,
  // read(path) the HTML of a page. part(name, from, size), if it is given, promises a piece
  // of a file of texts, so that not all of the file is fetched for it.
  function engine(load, read, part) {
    var shards = {};
    var texts = {};
    var ids = {}; // by path

    function shard(name) {
      if (!shards[name]) shards[name] = load(name).then(entriesOf);
      return shards[name];
    }

    // place is the last in [key, name, …] that begins at or before a key.
    function place(list, at) {
      var low = 0, high = list.length / 2;
      while (low < high) {
        var mid = (low + high) >> 1;
        if (order(list[2 * mid]) <= at) low = mid + 1;
        else high = mid;
      }
      return low - 1;
    }

    // inRange promises the entries of a segment from one key to another.
    function inRange(list, first, last, get) {
      list = parted(list);
      var from = Math.max(0, place(list, first)), to = place(list, last);
      var all = [];
      for (var i = from; i <= to; i++) all.push(get(list[2 * i + 1]));
      return Promise.all(all).then(function (parts) { return [].concat.apply([], parts); });
    }

    function entries(segment, first, last) {
      return inRange(segment.groups, first, last, function (group) {
        return load(group).then(function (list) { return inRange(list, first, last, shard); });
      }).then(function (all) {
        return all.filter(function (e) {
          var o = order(e.key);
          return first <= o && o <= last;
        });
      });
    }

    function listFor(segment, key, begins) {
      var first = order(key);
      return entries(segment, first, begins ? first + 0x1fffff : first).then(function (found) {
        var lists = found.map(listOf);
        if (lists.length === 1) return lists[0];
        function all(name) { return union(lists.map(function (l) { return l[name]; }), segment.size); }
        return { docs: all("docs"), title: all("title"), many: all("many"), beside: all("beside") };
      });
    }

    // hits of a segment for the keys of all words, with a weight each.
    function inSegment(segment, words) {
      var wanted = [];
      words.forEach(function (w) {
        w.whole.forEach(function (k) { wanted.push(listFor(segment, k, false)); });
        if (w.begin) wanted.push(listFor(segment, w.begin, true));
      });
      return Promise.all(wanted).then(function (lists) {
        var docs = lists.map(function (l) { return l.docs; }).sort(function (a, b) { return a.length - b.length; }).reduce(both);
        var weight = {};
        lists.forEach(function (l) {
          both(docs, l.title).forEach(function (n) { weight[n] = (weight[n] || 0) + 10; });
          both(docs, l.many).forEach(function (n) { weight[n] = (weight[n] || 0) + 1; });
          both(docs, l.beside).forEach(function (n) { weight[n] = (weight[n] || 0) - 1; });
        });
        return docs.map(function (n) { return { id: segment.base + n, weight: (weight[n] || 0) / lists.length }; });
      });
    }

    function root() { return load("index"); }

    // group promises the file that a document is in, and which it is there.
    function group(id) {
      return root().then(function (r) {
        if (!r.places) {
          r.places = [];
          for (var i = 0; i < r.docs.length; i += 8) {
            for (var at = 0, size = parseInt(r.docs.charAt(i), 16); at < size; at++) r.places.push([r.docs.substr(i + 1, 7), at]);
          }
        }
        var place = r.places[id];
        return load(place[0]).then(function (g) { return { all: g, at: place[1], doc: g.docs[place[1]] }; });
      });
    }

    // doc promises what is known of a document.
    function doc(id) {
      return group(id).then(function (g) {
        ids[g.doc[0]] = id;
        return { id: id, path: g.doc[0], title: g.doc[1], day: g.doc[2] };
      });
    }

    // text promises the blocks of a document, out of a file of texts or, where there is no
    // such file any more, out of the page.
    function text(id) {
      return group(id).then(function (g) {
        var path = g.doc[0];
        if (!texts[path]) {
          texts[path] = written(g.all, g.at).then(function (t) { return t.split("\n"); }, function () { return read(path).then(reading.blocks); });
          texts[path].catch(function () { delete texts[path]; }); // to be asked for again
        }
        return texts[path];
      });
    }

    // written promises one of a file's texts.
    function written(g, at) {
      if (!part) return load(g.texts).then(function (all) { return all[at]; });
      var from = ('\ufeffqinglianSearch("' + g.texts + '",[').length;
      for (var i = 0; i < at; i++) from += g.sizes[i] + 1;
      return part(g.texts, from, g.sizes[at]).then(JSON.parse);
    }

    // page promises the blocks of text of a document that doc told of.
    function page(path) { return text(ids[path]); }

    function matches(texts, query) {
      texts = texts.map(reading.fold);
      function has(w) { return texts.some(function (t) { return t.indexOf(w) >= 0; }); }
      return query.must.every(has) && !query.not.some(has);
    }

    // pool does work on all items, a few at a time.
    function pool(items, work) {
      var next = 0, out = [];
      function step() {
        if (next >= items.length) return null;
        var i = next++;
        return Promise.resolve(work(items[i])).then(function (v) { out[i] = v; }).then(step);
      }
      return Promise.all([0, 1, 2, 3, 4, 5].map(step)).then(function () { return out; });
    }

    // verified promises those of the hits whose text has the words.
    function verified(hits, query) {
      return pool(hits, function (h) {
        return text(h.id).then(function (blocks) { return matches(blocks, query); });
      }).then(function (ok) { return hits.filter(function (h, i) { return ok[i]; }); });
    }

    function candidates(query) {
      var words = query.must.map(reading.keys).filter(function (w) { return w.whole.length || w.begin; });
      if (!words.length) return Promise.resolve({ query: query, hits: [], sure: true });
      return root().then(function (r) {
        return Promise.all(r.segments.map(function (s) { return inSegment(s, words); }));
      }).then(function (parts) {
        return { query: query, hits: [].concat.apply([], parts), sure: !query.not.length && words.every(function (w) { return w.exact; }) };
      });
    }

    // sounding promises hits whose titles are read like these letters: liuhecun, lhc, liuhc.
    function sounding(letters) {
      return root().then(function (r) { return Promise.all(namesIn(r.readings).map(load)); }).then(function (parts) {
        var hits = [];
        [].concat.apply([], parts.map(function (p) {
          return p.titles.map(function (title) {
            return Array.from(title).map(function (c) { return p.syllables[c.codePointAt(0) - 0x100]; });
          });
        })).forEach(function (title, id) {
          var best = 0;
          title.forEach(function (s, at) {
            var like = spelled(title, at, letters);
            if (like) best = Math.max(best, like + (at ? 0 : 1));
          });
          if (best) hits.push({ id: id, weight: best });
        });
        return hits;
      });
    }

    // spelled is how many letters of what was typed are beyond initials if syllables
    // from at on spell it, plus 1; 0 if they do not. Each is typed whole or as its initial,
    // the last one as far as it was typed.
    function spelled(title, at, letters) {
      if (!letters) return 1;
      if (at === title.length || title[at].charAt(0) !== letters.charAt(0)) return 0;
      var s = title[at], best = 0;
      for (var n = Math.min(s.length, letters.length); n > 0; n--) {
        if (s.slice(0, n) !== letters.slice(0, n)) continue;
        var initial = n === 1 || (n === 2 && /^[zcs]h/.test(s));
        if (n < s.length && n < letters.length && !initial) continue;
        var rest = spelled(title, at + 1, letters.slice(n));
        if (rest) best = Math.max(best, rest + n - 1);
      }
      return best;
    }

    // find promises hits for what was typed: who may have the words, or else titles
    // that are read like it.
    function find(text) {
      var query = reading.parse(text);
      return candidates(query).then(function (found) {
        var letters = query.must.join("");
        if (found.hits.length || query.not.length || !/^[a-z]{2,}$/.test(letters)) return found;
        return sounding(letters).then(function (hits) { return { query: query, hits: hits, sure: true }; });
      }).then(function (found) {
        found.hits.sort(function (a, b) { return b.weight - a.weight || b.id - a.id; });
        return found;
      });
    }

    // exchanged promises the words of the site that are a word but for one character that
    // is read alike. Which characters stand behind another is one range of the index, so
    // nearly all of them are never asked for.
    function exchanged(word, alike) {
      var letters = Array.from(word);
      return root().then(function (r) {
        // following promises which of some characters stand at the place.
        function following(at, some) {
          var first = order(at ? letters[at - 1] : letters[1]);
          return Promise.all(r.segments.map(function (s) {
            if (at) return entries(s, first, first + 0x1fffff);
            return Promise.all(some.map(function (c) {
              var key = order(c + letters[1]);
              return entries(s, key, key);
            })).then(function (parts) { return [].concat.apply([], parts); });
          })).then(function (parts) {
            var there = [].concat.apply([], parts).map(function (e) { return Array.from(e.key)[at ? 1 : 0]; });
            return some.filter(function (c) { return there.indexOf(c) >= 0; });
          });
        }
        return Promise.all(letters.map(function (c, at) {
          var some = (alike[c] || []).filter(function (other) { return other !== c; });
          return following(at, some).then(function (there) {
            return there.map(function (other) { return letters.slice(0, at).concat(other, letters.slice(at + 1)).join(""); });
          });
        }));
      }).then(function (parts) { return [].concat.apply([], parts); });
    }

    // alike promises what was asked for with one character exchanged for one that is
    // read alike, such as has the most hits; "" if nothing has.
    function alike(query) {
      var words = query.must.filter(function (w) { return /^[\u4e00-\u9fff]{2,12}$/.test(w); });
      if (!words.length) return Promise.resolve("");
      return root().then(function (r) { return load(r.sounds); }).then(function (groups) {
        var of = {};
        groups.forEach(function (group) {
          Array.from(group).forEach(function (c) { of[c] = Array.from(group); });
        });
        return pool(words, function (w) {
          return exchanged(w, of).then(function (others) {
            return others.map(function (o) { return query.must.map(function (m) { return m === w ? o : m; }).join(" "); });
          });
        });
      }).then(function (parts) {
        return pool([].concat.apply([], parts).slice(0, 60), function (text) {
          return candidates(reading.parse(text)).then(function (f) { return { text: text, hits: f.hits }; });
        });
      }).then(function (asked) {
        asked.sort(function (a, b) { return b.hits.length - a.hits.length; });
        return asked.length && asked[0].hits.length ? asked[0].text : "";
      });
    }

    // near promises documents whose titles have some of what was asked for.
    function near(query) {
      var all = [];
      query.must.forEach(function (w) { all = all.concat(reading.keys(w).whole); });
      return root().then(function (r) {
        var times = {};
        return Promise.all(r.segments.map(function (s) {
          return Promise.all(all.map(function (k) {
            return listFor(s, k, false).then(function (l) {
              l.title.forEach(function (n) { times[s.base + n] = (times[s.base + n] || 0) + 1; });
            });
          }));
        })).then(function () {
          var ids = Object.keys(times).map(Number).sort(function (a, b) { return times[b] - times[a] || b - a; });
          return Promise.all(ids.slice(0, 3).map(doc));
        });
      });
    }

    // facets promises a function that tells the values of a document: its section,
    // category, region and year, by number.
    function facets() {
      return root().then(function (r) { return Promise.all(namesIn(r.facets).map(load)); }).then(function (parts) {
        return function (id, facet) {
          var p = parts[id >> 10];
          return p.names[facet][p.of[facet][id & 1023]];
        };
      });
    }

    // offered promises the words that the office chose to offer.
    function offered() { return root().then(function (r) { return r.suggest; }); }

    return { find: find, alike: alike, verified: verified, doc: doc, page: page, near: near, facets: facets, offered: offered };
  }

  // open is an engine for a page in the site's root, on the index in a folder. In a file
  // system nothing can be fetched: there files of texts are scripts like the others.
  function open(folder) {
    var local = location.protocol === "file:";
    var files = {};
    var anew = "";
    var whole = false; // the server gives no pieces of files

    global.qinglianSearch = function (name, v) {
      var f = files[name] || (files[name] = {});
      if (f.done) f.done(v);
      else f.promise = Promise.resolve(v);
    };

    function load(name) {
      var f = files[name] || (files[name] = {});
      if (f.promise) return f.promise;
      f.promise = new Promise(function (done, failed) {
        f.done = done;
        var s = document.createElement("script");
        s.src = folder + name + ".js" + (name === "index" ? anew : "");
        s.onerror = function () {
          delete files[name];
          failed(new Error(name));
        };
        document.head.appendChild(s);
      });
      return f.promise;
    }

    // part fails where pages are as good: they are compressed, which pieces are not.
    function part(name, from, size) {
      if (whole || files.textless) return Promise.reject(new Error(name));
      return fetch(folder + name + ".js", { headers: { Range: "bytes=" + 2 * from + "-" + (2 * (from + size) - 1) } }).then(function (r) {
        if (!r.ok) throw new Error(name);
        whole = whole || r.status !== 206;
        return r.arrayBuffer().then(function (b) {
          var text = new TextDecoder("utf-16le", { ignoreBOM: true }).decode(b);
          if (r.status !== 206) text = text.substr(from, size);
          if (text.length !== size) throw new Error(name);
          return text;
        });
      });
    }

    function read(path) {
      if (local) return Promise.reject(new Error("file"));
      return fetch(encodeURI(path)).then(function (r) {
        if (r.status === 404 || r.status === 410) return ""; // gone since
        if (!r.ok) throw new Error(path);
        return r.text();
      });
    }

    var e = engine(load, read, local ? null : part);
    // again forgets an index that the browser kept, whose files may be gone since; it
    // is false when there is none to be forgotten any more.
    e.again = function () {
      if (anew || local) return false;
      anew = "?" + Date.now();
      delete files.index;
      return true;
    };
    return e;
  }

  global.qinglianFinder = { engine: engine, open: open, marked: reading.marked, snippet: reading.snippet };
})(typeof window === "undefined" ? globalThis : window);
