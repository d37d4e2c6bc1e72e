// The texts that are searched, read as qinglian's package search reads them.
(function (global) {
  var spaces = /[\0- \x7f\x85\xa0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]+/g;
  var phrasing = /^(a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|q|ruby|rb|s|samp|small|span|strike|strong|sub|sup|time|tt|u|var|wbr)$/;
  var silent = /^(rt|rp|script|style|svg|template|noscript|audio|video|button|select|textarea|math|object|iframe)$/;

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

  // words of a query: all of them must be there, those with a minus must not. Input
  // methods give either of the curved quotation marks at either end.
  function parse(query) {
    var out = { must: [], not: [] };
    fold(query).replace(/(-?)(?:"([^"]+)"|[\u201c\u201d]([^\u201c\u201d]+)[\u201c\u201d]|(\S+))/g, function (all, minus, a, b, c) {
      var word = (a || b || c).trim();
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

  global.qinglianText = { fold: fold, keys: keys, order: order, parse: parse, blocks: blocks, snippet: snippet, marked: marked };
})(typeof window === "undefined" ? globalThis : window);
