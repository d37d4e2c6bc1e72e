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
//   });
//
// The rest of what a finder can do stands where it is made, in engine.
(function (global) {
  var digits = " !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{}";
  var value = {};
  for (var d = 0; d < 90; d++) value[digits.charAt(d)] = d;
  var spaces = /[\0- \x7f\x85\xa0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]+/g;
  var phrasing = /^(a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|q|ruby|rb|s|samp|small|span|strike|strong|sub|sup|time|tt|u|var|wbr)$/;
  var silent = /^(rt|rp|script|style|svg|template|noscript|audio|video|button|select|textarea|math|object|iframe)$/;

  // Texts

  function fold(s) {
    return s.normalize("NFKC").replace(/\u0130/g, "i").toLowerCase().replace(/\u03c2/g, "\u03c3").replace(spaces, " ");
  }

  function letter(c) {
    if (c < 128) return (c > 96 && c < 123) || (c > 47 && c < 58);
    return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf) || (c >= 0xc0 && c <= 0x24f && c !== 0xd7 && c !== 0xf7) ||
      (c >= 0x370 && c <= 0x52f) || (c >= 0x3041 && c <= 0x3096) || (c >= 0x30a1 && c <= 0x30fa) || c === 0x3005 || c === 0x3007 ||
      (c >= 0xac00 && c <= 0xd7a3) || (c >= 0xf900 && c <= 0xfaff) || (c >= 0x20000 && c <= 0x3ffff);
  }

  // order is a key as a number, in the order in which the index has them.
  function order(k) {
    var a = k.codePointAt(0);
    var second = k.slice(a > 0xffff ? 2 : 1);
    return a * 0x200000 + (second ? second.codePointAt(0) : 0);
  }

  // keys of a word: pairs, or else signs and the first letter, any of whose pairs
  // will do. exact: who has the keys has the word.
  function keys(word) {
    var pairs = [], signs = [], singles = [], run = [];
    function end() {
      if (run.length === 1) singles.push(run[0]);
      run = [];
    }
    Array.from(word).forEach(function (c) {
      if (!letter(c.codePointAt(0))) {
        end();
        if (c !== " " && signs.indexOf(c) < 0) signs.push(c);
        return;
      }
      if (run.length && pairs.indexOf(run[run.length - 1] + c) < 0) pairs.push(run[run.length - 1] + c);
      run.push(c);
    });
    end();
    var length = Array.from(word).length;
    var one = pairs.length ? pairs.length === 1 && length === 2 : length === 1;
    return { whole: pairs.length ? pairs : signs, begin: pairs.length || signs.length ? "" : singles[0] || "", exact: one };
  }

  // words of a query: all of them must be there, those with a minus must not.
  function parse(query) {
    var out = { must: [], not: [] };
    fold(query).replace(/(-?)(?:"([^"]+)"|\u201c([^\u201d]+)\u201d|(\S+))/g, function (all, minus, a, b, c) {
      var word = (a || b || c || "").trim();
      if (word) (minus ? out.not : out.must).push(word);
    });
    if (!out.must.length && out.not.length) out = { must: [fold(query).trim()], not: [] };
    return out;
  }

  var entities = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\xa0" };
  function unescape(s) {
    return s.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, function (all, hex, dec, name) {
      if (name) return entities.hasOwnProperty(name) ? entities[name] : all;
      return String.fromCodePoint(hex ? parseInt(hex, 16) : +dec);
    });
  }

  // blocks are the texts of a page, as the index has read them: in elements with
  // data-search, what stands between two tags that are not of phrasing.
  function blocks(html) {
    var out = [], block = "", within = "", depth = 0, skipped = "", inner = 0, m;
    var tag = /<!--[^]*?-->|<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|'[^']*'|[^"'>])*)>/gi;
    var at = 0;
    function end() {
      if (block.trim()) out.push(block);
      block = "";
    }
    while ((m = tag.exec(html))) {
      if (within && !skipped) block += unescape(html.slice(at, m.index));
      at = tag.lastIndex;
      if (!m[2]) continue;
      var name = m[2].toLowerCase();
      var closing = m[1] === "/";
      if (!within) {
        if (!closing && /\sdata-search(=|\s|$)/i.test(m[3])) {
          within = name;
          depth = 1;
        }
        continue;
      }
      if (skipped) {
        if (name === skipped) inner += closing ? -1 : 1;
        if (!inner) skipped = "";
      } else if (!phrasing.test(name)) {
        if (silent.test(name) && !closing) {
          if (name !== "rt" && name !== "rp") end();
          if (!/\/$/.test(m[3])) {
            skipped = name;
            inner = 1;
          }
        } else if (name !== "rt" && name !== "rp") end();
      }
      if (!skipped && name === within) {
        depth += closing ? -1 : 1;
        if (!depth) {
          end();
          within = "";
        }
      }
    }
    end();
    return out;
  }

  // Lists of documents

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

  // listOf is the documents of an entry, and which have the key in the title, and often.
  function listOf(entry) {
    var parts = /^([^|`]*)\|?([^`]*)`?(.*)$/.exec(entry.sets);
    var docs = setOf(parts[1], entry.form & 1);
    function at(i) { return docs[i]; }
    return { docs: docs, title: setOf(parts[2], entry.form & 2).map(at), many: setOf(parts[3], entry.form & 4).map(at) };
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
  // read(path) the HTML of a page, or fails where pages can't be read.
  function engine(load, read) {
    var shards = {};
    var pages = {};

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
        return {
          docs: union(lists.map(function (l) { return l.docs; }), segment.size),
          title: union(lists.map(function (l) { return l.title; }), segment.size),
          many: union(lists.map(function (l) { return l.many; }), segment.size)
        };
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
        });
        return docs.map(function (n) { return { id: segment.base + n, weight: (weight[n] || 0) / lists.length }; });
      });
    }

    function root() { return load("index"); }

    // doc promises what is known of a document.
    function doc(id) {
      return root().then(function (r) { return load(nameAt(r.docs, id >> 3)); }).then(function (block) {
        var d = block[id & 7];
        return { id: id, path: d[0], title: d[1], day: d[2] };
      });
    }

    // summary promises that of a document.
    function summary(id) {
      return root().then(function (r) { return load(r.summaries); }).then(function (names) {
        return load(nameAt(names, id >> 6));
      }).then(function (block) { return block[id & 63]; });
    }

    // page promises the blocks of text of a page, none if there is no such page.
    function page(path) {
      if (!pages[path]) pages[path] = read(path).then(blocks);
      return pages[path];
    }

    function matches(texts, query) {
      texts = texts.map(fold);
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

    // verified promises those of the hits whose page has the words.
    function verified(hits, query) {
      return pool(hits, function (h) {
        return doc(h.id).then(function (d) { return page(d.path); }).then(function (texts) { return matches(texts, query); });
      }).then(function (ok) { return hits.filter(function (h, i) { return ok[i]; }); });
    }

    function candidates(query) {
      var words = query.must.map(keys).filter(function (w) { return w.whole.length || w.begin; });
      if (!words.length) return Promise.resolve({ query: query, hits: [], sure: true });
      return root().then(function (r) {
        return Promise.all(r.segments.map(function (s) { return inSegment(s, words); }));
      }).then(function (parts) {
        return { query: query, hits: [].concat.apply([], parts), sure: !query.not.length && words.every(function (w) { return w.exact; }) };
      });
    }

    // initials promises hits whose titles' initials in pinyin have the letters.
    function initials(letters) {
      return root().then(function (r) { return Promise.all(namesIn(r.initials).map(load)); }).then(function (parts) {
        var hits = [];
        [].concat.apply([], parts).forEach(function (s, id) {
          var at = s.indexOf(letters);
          if (at >= 0) hits.push({ id: id, weight: at ? 0 : 1 });
        });
        return hits;
      });
    }

    // find promises hits for what was typed: who may have the words, or else titles
    // with these initials.
    function find(text) {
      var query = parse(text);
      return candidates(query).then(function (found) {
        if (found.hits.length || query.must.length !== 1 || !/^[a-z]{2,}$/.test(query.must[0])) return found;
        return initials(query.must[0]).then(function (hits) { return { query: query, hits: hits, sure: true }; });
      }).then(function (found) {
        found.hits.sort(function (a, b) { return b.weight - a.weight || b.id - a.id; });
        return found;
      });
    }

    // near promises documents whose titles have some of what was asked for.
    function near(query) {
      var all = [];
      query.must.forEach(function (w) { all = all.concat(keys(w).whole); });
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

    return { find: find, verified: verified, doc: doc, summary: summary, page: page, near: near, facets: facets, offered: offered };
  }

  // open is an engine for a page in the site's root, on the index in a folder.
  function open(folder) {
    var local = location.protocol === "file:"; // pages can't be read
    var files = {};
    var anew = "";

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

    function read(path) {
      if (local) return Promise.reject(new Error("file"));
      return fetch(encodeURI(path)).then(function (r) {
        if (r.status === 404 || r.status === 410) return ""; // gone since
        if (!r.ok) throw new Error(path);
        return r.text();
      });
    }

    var e = engine(load, read);
    e.local = local;
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

  // snippet is the block around the first word found, in pieces: [text, is a word].
  // The title, the first block, is shown anyway; a block of a few characters, such as a heading,
  // tells nothing more than that the word is there.
  function snippet(texts, words) {
    var all = texts.slice(1).map(function (t) { return t.replace(spaces, " ").trim(); });
    var telling = all.filter(function (t) { return t.length > 15; });
    for (var w = 0; w < words.length; w++) {
      var found = [telling, all].map(function (some) {
        return some.filter(function (t) { return fold(t).indexOf(words[w]) >= 0; })[0];
      });
      var text = found[0] || found[1];
      if (!text) continue;
      var at = fold(text).indexOf(words[w]);
      var start = Math.max(0, at - 30);
      return marked((start ? "…" : "") + text.slice(start, at + 90) + (at + 90 < text.length ? "…" : ""), words);
    }
    return all.length ? [[all[0].slice(0, 90), false]] : [];
  }

  // marked cuts a text at the words in it. A text that gets another length when
  // it is folded is left whole.
  function marked(text, words) {
    var folded = Array.from(text).map(fold).join("");
    if (folded.length !== text.length) return [[text, false]];
    var out = [], from = 0;
    while (from < text.length) {
      var best = -1, length = 0;
      words.forEach(function (w) {
        var at = folded.indexOf(w, from);
        if (at >= 0 && (best < 0 || at < best || (at === best && w.length > length))) {
          best = at;
          length = w.length;
        }
      });
      if (best < 0) break;
      if (best > from) out.push([text.slice(from, best), false]);
      out.push([text.slice(best, best + length), true]);
      from = best + length;
    }
    if (from < text.length) out.push([text.slice(from), false]);
    return out;
  }

  global.qinglianFinder = { engine: engine, open: open, parse: parse, marked: marked, snippet: snippet };
})(typeof window === "undefined" ? globalThis : window);
