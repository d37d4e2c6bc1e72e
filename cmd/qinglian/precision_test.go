package main

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"qinglian/internal/digest"
	"qinglian/internal/search"
	"qinglian/internal/site"
	"qinglian/internal/snapshot"
	"qinglian/internal/source"
	"qinglian/themes"
)

// precision says of each kind of edit which outputs it moves: those that are
// written anew, and those that have to be rendered although they come out as
// they were. All others are not touched. A star stands for any part of a path,
// a name after a "!" is an exception.
var precision = []struct {
	edit   string
	do     func(w *workshop)
	writes string
	idle   string // rendered, and not written
}{
	// An article.
	{"a paragraph more", func(w *workshop) { w.append("content/examples/bridge.md", "\n末尾一段。\n") },
		"examples/bridge.html",
		""},
	{"a paragraph more of a term's text", func(w *workshop) { w.append("content/terms/units/tax.md", "\n末尾一段。\n") },
		"units/tax/index.html",
		""},
	{"the first words of an article without a summary: its cards show them", func(w *workshop) {
		w.change("content/tasks/bus.md", func(s string) string { return strings.Replace(s, "开学坐车", "九月坐车", 1) })
	},
		"archive/2026/index.html atom.xml examples/bridge.html feed.json index.html rss.xml sites/tax.html tags/fu-wu-fmc8/index.html tasks/atom.xml tasks/bus.html tasks/feed.json tasks/index.html tasks/rss.xml",
		"ledger.html"},
	{"a title: its cards, neighbours and what names it", func(w *workshop) {
		w.change("content/notices/soon.md", func(s string) string { return strings.Replace(s, "标题: 要到期的", "标题: 快到期的", 1) })
	},
		"archive/2026/index.html atom.xml feed.json index.html notices/atom.xml notices/feed.json notices/index.html notices/list.html notices/open.html notices/rss.xml notices/soon.html rss.xml tags/gong-kai-rk6k/index.html",
		""},
	{"where lines of a title end: the headline of its page and of its cards", func(w *workshop) { w.set("content/activities/walk.md", "标题换行", "title_breaks", "走|一走") },
		"activities/index.html activities/walk.html archive/2026/index.html index.html sites/tax.html units/tax/index.html",
		"activities/atom.xml activities/feed.json activities/rss.xml atom.xml feed.json rss.xml"},
	{"the title of a page in the menu that the menu calls otherwise", func(w *workshop) { w.set("content/fancy.md", "标题", "title", "又一种版式") },
		"fancy.html sitemap.html",
		""},
	{"a date within the same place of all lists", func(w *workshop) {
		w.change("content/activities/walk.md", func(s string) string { return strings.Replace(s, "日期: 2026-06-01", "日期: 2026-06-02", 1) })
	},
		"activities/atom.xml activities/feed.json activities/index.html activities/rss.xml activities/sitemap.xml activities/walk.html archive/2026/index.html atom.xml feed.json index.html rss.xml sitemap.xml sites/tax.html units/tax/index.html",
		"units/index.html"},
	{"a tag more, which others have", func(w *workshop) { w.setList("content/activities/walk.md", "标签", "tags", "公开") },
		"activities/atom.xml activities/feed.json activities/rss.xml activities/walk.html atom.xml feed.json notices/open.html notices/soon.html rss.xml sitemap.html tags/gong-kai-rk6k/index.html tags/index.html",
		""},
	{"a field of the kind that no list shows", func(w *workshop) {
		w.change("content/rules/powers.md", func(s string) string { return strings.Replace(s, "1号", "2号", 1) })
	},
		"rules/powers.html",
		"archive/2026/index.html atom.xml feed.json index.html rss.xml rules/atom.xml rules/feed.json rules/index.html rules/rss.xml"},
	{"another address: what links to it", func(w *workshop) { w.set("content/examples/bridge.md", "网址名", "slug", "qiao") },
		"archive/2026/index.html atom.xml examples/20260402-yi-jian-da-shi-fp72.html examples/atom.xml examples/feed.json examples/index.html examples/qiao.html examples/rss.xml examples/scale.html examples/sitemap.xml feed.json index.html rss.xml sites/tax.html sites/village.html tags/fu-wu-fmc8/index.html tags/jian-du-vjqz/index.html tasks/bus.html topics/back/index.html units/jiao-tong-ju-kqjw/index.html",
		""},
	{"an old address", func(w *workshop) { w.setList("content/lessons/film.md", "旧网址", "aliases", "film-1.html") },
		"film-1.html web.config",
		"atom.xml feed.json lessons/atom.xml lessons/feed.json lessons/film.html lessons/rss.xml rss.xml"},
	{"another layout", func(w *workshop) { w.set("content/about.md", "版式", "layout", "fancy") },
		"about.html",
		""},
	{"a cover", func(w *workshop) { w.set("content/tasks/water.md", "封面", "cover", "/sites/tree.svg") },
		"archive/2026/index.html feed.json index.html tasks/feed.json tasks/index.html tasks/water.html",
		"atom.xml ledger.html rss.xml tasks/atom.xml tasks/rss.xml"},
	{"front matter in TOML instead of YAML", func(w *workshop) { w.convert("content/notices/warned.md") }, "", ""},
	{"another encoding", func(w *workshop) {
		w.change("content/notices/warned.md", func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") })
	}, "", ""},
	{"a clause that others cite", func(w *workshop) {
		w.change("content/rules/powers.md", func(s string) string { return strings.Replace(s, "三本账要公开", "三本账都要公开", 1) })
	},
		"rules/powers.html",
		""},
	{"a citation", func(w *workshop) {
		w.append("content/notices/warned.md", "\n照[第三条](/rules/powers.md#第三条)。\n")
	},
		"notices/warned.html rules/powers.html",
		""},
	{"AI's part in an article: its page, and what feeds say of it", func(w *workshop) {
		w.set("content/activities/walk.md", "人工智能", "ai", "true")
	},
		"activities/atom.xml activities/feed.json activities/rss.xml activities/walk.html atom.xml feed.json rss.xml",
		""},
	{"AI's part in the text of a section", func(w *workshop) {
		w.set("content/notices/index.md", "人工智能", "ai", "true")
	},
		"notices/index.html",
		""},
	{"a picture that has the label of AI now, in the same size", func(w *workshop) {
		w.change("content/sites/tree.svg", func(s string) string { return s + "<!-- trainedAlgorithmicMedia -->" })
	},
		"atom.xml feed.json rss.xml sites/atom.xml sites/feed.json sites/rss.xml sites/tree.svg sites/village.html",
		""},
	{"a day of review", func(w *workshop) { w.set("content/activities/walk.md", "复核日期", "review", "2027-01-01") },
		"",
		"activities/atom.xml activities/feed.json activities/rss.xml activities/walk.html atom.xml feed.json rss.xml"},
	{"what explains a regulation: each shows the other", func(w *workshop) {
		w.set("content/lessons/film.md", "原文", "original", "/rules/powers.md")
	},
		"lessons/film.html rules/powers.html",
		"archive/2026/index.html atom.xml feed.json index.html lessons/atom.xml lessons/feed.json lessons/index.html lessons/rss.xml rss.xml tags/jiao-yu-93cb/index.html"},
	{"the title of what replaced another", func(w *workshop) {
		w.change("content/rules/powers.md", func(s string) string { return strings.Replace(s, "\n标题: ", "\n标题: 新", 1) })
	},
		"archive/2026/index.html atom.xml feed.json index.html rss.xml rules/atom.xml rules/feed.json rules/index.html rules/old.html rules/powers.html rules/rss.xml",
		""},
	{"the state of what was replaced: lists show it", func(w *workshop) {
		w.set("content/rules/old.md", "状态", "state", "已修订")
	},
		"archive/2024/index.html index.html rules/index.html rules/old.html",
		"rules/atom.xml rules/feed.json rules/rss.xml"},
	{"a partner's title", func(w *workshop) {
		w.change("content/sites/village.md", func(s string) string { return strings.Replace(s, "标题: 柳河村", "标题: 大柳河村", 1) })
	},
		"archive/2026/index.html atom.xml examples/bridge.html examples/scale.html feed.json index.html notices/list.html rss.xml showcase.html showcase.json sites/atom.xml sites/feed.json sites/index.html sites/rss.xml sites/tax.html sites/village.html tags/jian-du-vjqz/index.html",
		"activities/walk.html figures.html tags/fu-wu-fmc8/index.html tasks/bus.html topics/back/index.html units/tax/index.html"},

	// Its life.
	{"a new article", func(w *workshop) {
		w.write("content/lessons/new.md", "---\n标题: 新的\n日期: 2026-11-20\n来源: 本站\n类型: 纪律\n形式: 文章\n---\n话。\n")
	},
		"archive/2026/index.html archive/index.html atom.xml feed.json index.html lessons/atom.xml lessons/feed.json lessons/film.html lessons/index.html lessons/new.html lessons/rss.xml lessons/sitemap.xml rss.xml sitemap.html sitemap.xml",
		"archive/2026/page-1.html"},
	{"a new page of no section", func(w *workshop) { w.write("content/contact.md", "---\n标题: 联系\n---\n话。\n") },
		"contact.html sitemap-pages.xml sitemap.html",
		""},
	{"an article less", func(w *workshop) { w.remove("content/activities/walk.md") },
		"activities/index.html activities/sitemap.xml archive/2026/index.html archive/index.html atom.xml examples/bridge.html feed.json index.html rss.xml sitemap-pages.xml sitemap.html sitemap.xml sites/tax.html sites/village.html units/index.html units/tax/index.html",
		""},
	{"a draft that is not one any more", func(w *workshop) {
		w.change("content/examples/draft.md", func(s string) string { return strings.Replace(s, "草稿: true\n", "", 1) })
	},
		"archive/2026/index.html archive/index.html atom.xml examples/20260402-yi-jian-da-shi-fp72.html examples/atom.xml examples/bridge.html examples/draft.html examples/feed.json examples/index.html examples/rss.xml examples/sitemap.xml feed.json index.html rss.xml sitemap.html",
		"archive/2026/page-1.html"},
	{"an article taken down with a word on why: no list has it, and links lead to the word", func(w *workshop) {
		w.set("content/activities/walk.md", "已撤下", "gone", "数字有误，已撤下。")
	},
		"activities/index.html activities/sitemap.xml activities/walk.html archive/2026/index.html archive/index.html atom.xml examples/bridge.html feed.json index.html rss.xml sitemap-pages.xml sitemap.html sitemap.xml sites/tax.html sites/village.html units/index.html units/tax/index.html",
		""},
	{"another draft", func(w *workshop) {
		w.change("content/examples/draft.md", func(s string) string { return strings.Replace(s, "写好", "写完", 1) })
	}, "", ""},
	{"a day on which nothing begins or ends", func(w *workshop) { w.now = w.now.AddDate(0, 0, 1) }, "", ""},
	{"the day on which an article ends: what links to it shows text", func(w *workshop) {
		w.now = time.Date(2026, 12, 5, 0, 0, 0, 0, time.UTC)
		w.remove("content/examples/later.md")
		w.change("content/notices/open.md", func(s string) string { return strings.Replace(s, "[以后的](/examples/later.md)、", "", 1) })
	},
		"archive/2026/index.html archive/index.html atom.xml feed.json index.html notices/atom.xml notices/feed.json notices/index.html notices/list.html notices/open.html notices/rss.xml notices/sitemap.xml rss.xml sitemap-pages.xml sitemap.html tags/gong-kai-rk6k/index.html tags/index.html",
		"lessons/film.html"},

	// What is beside articles.
	{"a picture with the same size", func(w *workshop) {
		w.change("content/sites/tree.svg", func(s string) string { return strings.Replace(s, "M0 0h9", "M0 0h8", 1) })
	},
		"sites/tree.svg",
		""},
	{"an attachment", func(w *workshop) { w.write("content/notices/list/a.csv", "3,4\n") },
		"notices/list/a.csv",
		""},
	{"a file that no article uses", func(w *workshop) { w.write("content/sites/tax/draft.txt", "别的") }, "", ""},
	{"a file of static/", func(w *workshop) { w.write("static/form.txt", "新表格\n") },
		"form.txt",
		""},
	{"a robots.txt of one's own", func(w *workshop) { w.write("static/robots.txt", "User-agent: *\nDisallow: /\n") },
		"robots.txt",
		""},
	{"the text of a section", func(w *workshop) { w.append("content/notices/index.md", "\n又一段。\n") },
		"notices/index.html",
		""},
	{"the text of the home page", func(w *workshop) { w.append("content/index.md", "\n又一段。\n") },
		"index.html",
		""},
	{"the text of a section gone", func(w *workshop) { w.remove("content/notices/index.md") },
		"notices/index.html",
		""},
	{"a topic that is not over any more", func(w *workshop) { w.set("content/terms/topics/back.md", "已结束", "archived", "") },
		"index.html sitemap.html topics/back/index.html topics/index.html",
		""},
	{"data that the home page shows", func(w *workshop) {
		w.change("data/honours.toml", func(s string) string { return strings.Replace(s, "三星", "四星", 1) })
	},
		"index.html",
		""},
	{"data that a directive shows", func(w *workshop) { w.write("data/prices.csv", "name,price\n水泥,430\n") },
		"examples/bridge.html",
		""},
	{"data that nothing shows", func(w *workshop) { w.write("data/more.csv", "a,b\n1,2\n") }, "", ""},

	// The theme.
	{"a layout of one kind", func(w *workshop) {
		w.write("layouts/task.html", `{{define "main"}}<h1>{{.Title}}</h1>{{end}}`)
	},
		"tasks/bus.html tasks/water.html",
		""},
	{"the layout of terms", func(w *workshop) {
		w.write("layouts/term.html", `{{define "main"}}<h1>{{.Title}}</h1>{{end}}`)
	},
		"archive/2024/index.html archive/2026/index.html archive/2026/page-1.html tags/fu-wu-fmc8/index.html tags/gong-kai-rk6k/index.html tags/jian-du-vjqz/index.html tags/jiao-yu-93cb/index.html units/jiao-tong-ju-kqjw/index.html units/notary/index.html units/tax/index.html",
		""},
	{"a partial that some layouts use", func(w *workshop) { w.write("themes/lotus/partials/ledger-row.html", "<li>{{.Title}}</li>") },
		"ledger.html",
		""},
	{"a directive", func(w *workshop) { w.append("themes/lotus/directives/price.html", "<hr>") },
		"examples/bridge.html",
		""},
	{"the frame of all pages", func(w *workshop) { w.write("themes/lotus/partials/footer.html", "<footer>尾</footer>") },
		"*.html !about-us.html !old/1.html !news-1/index.html",
		""},
	{"a style sheet: its name moves, and so do all pages", func(w *workshop) { w.write("themes/lotus/assets/lotus.css", "body{color:red}") },
		"*.html !about-us.html !old/1.html !news-1/index.html assets/lotus.*.css",
		""},
	{"a theme that is not used", func(w *workshop) { w.append("themes/plain/layouts/base.html", "<hr>") }, "", ""},

	// The configuration.
	{"a comment in config.toml", func(w *workshop) { w.append("config.toml", "\n# 注释\n") }, "", ""},
	{"the footer: all pages", func(w *workshop) {
		w.change("config.toml", func(s string) string { return strings.Replace(s, "0999-555-0100", "0999-555-0199", 1) })
	},
		"*.html !about-us.html !old/1.html !news-1/index.html",
		"showcase.json"},
	{"an entry of the menu: all pages", func(w *workshop) {
		w.change("config.toml", func(s string) string {
			return strings.Replace(s, `title = "别的网站"`, `title = "友情链接"`, 1)
		})
	},
		"*.html !about-us.html !old/1.html !news-1/index.html",
		"showcase.json"},
	{"the description of a section", func(w *workshop) {
		w.change("config.toml", func(s string) string { return strings.Replace(s, "走进机关", "走进机关和村居", 1) })
	},
		"index.html sites/atom.xml sites/feed.json sites/index.html sites/rss.xml sites/tax.html sites/village.html",
		"sitemap.html"},
	{"the title of a section: its articles lead back to it", func(w *workshop) {
		w.change("config.toml", func(s string) string { return strings.Replace(s, `title = "实事"`, `title = "办实事"`, 1) })
	},
		"index.html sitemap.html tasks/atom.xml tasks/bus.html tasks/feed.json tasks/index.html tasks/rss.xml tasks/water.html",
		""},
	{"the order of sections", func(w *workshop) {
		w.change("config.toml", func(s string) string { return strings.Replace(s, "order = 9", "order = 1", 1) })
	},
		"index.html sitemap.html sitemap.xml",
		""},
	{"the address of a term", func(w *workshop) {
		w.change("config.toml", func(s string) string { return strings.Replace(s, `"notary"`, `"notaries"`, 1) })
	},
		"examples/scale.html sitemap-pages.xml sitemap.html units/index.html units/notaries/index.html",
		"archive/2026/index.html examples/bridge.html examples/index.html index.html sites/village.html tags/jian-du-vjqz/index.html"},
	{"the label of a kind's field", func(w *workshop) {
		w.change("config.toml", func(s string) string { return strings.Replace(s, `label = "地点"`, `label = "地方"`, 1) })
	},
		"visits/first.html",
		"archive/2026/index.html atom.xml feed.json index.html rss.xml visits/atom.xml visits/feed.json visits/index.html visits/rss.xml"},

	{"the label of a column that an article leaves empty", func(w *workshop) {
		w.change("config.toml", func(s string) string { return strings.Replace(s, `label = "数量"`, `label = "件数"`, 1) })
	},
		"visits/first.html",
		"archive/2026/index.html index.html visits/index.html"},
	{"the title of what a term's text names", func(w *workshop) {
		w.set("content/lessons/film.md", "标题", "title", "新片")
	},
		"archive/2026/index.html atom.xml feed.json index.html lessons/atom.xml lessons/feed.json lessons/film.html lessons/index.html lessons/rss.xml rss.xml tags/jiao-yu-93cb/index.html units/tax/index.html",
		"sitemap.html units/index.html"},

	// Nothing.
	{"a file written as it was", func(w *workshop) { w.write("content/about.md", w.read("content/about.md")) }, "", ""},
}

// TestPrecision: an edit renders what it has to, and writes what that changed.
func TestPrecision(t *testing.T) {
	w := newWorkshop(t)
	w.flags = []string{"--theme", "lotus"}
	if first := w.build(); first.status != exitDone {
		t.Fatal(first.said)
	}
	now := w.now
	for _, c := range precision {
		t.Run(c.edit, func(t *testing.T) {
			w.TB = t
			defer func() {
				w.restoreAll()
				w.now = now
				w.build()
			}()
			keys, was := w.keys(), w.outputs()
			c.do(w)
			m := w.build()
			if m.status != exitDone {
				t.Fatal(m.said)
			}
			moved, is := w.keys(), w.outputs()
			rendered, written, replaced := differing(moved, keys), []string{}, []string{}
			for name, o := range is {
				if o.text != was[name].text {
					written = append(written, name)
				}
				if o.changed != was[name].changed {
					replaced = append(replaced, name)
				}
			}
			slices.Sort(written)
			slices.Sort(replaced)
			if !slices.Equal(written, replaced) {
				t.Errorf("written were %q, of which other bytes have %q", replaced, written)
			}
			wants := c.writes + " " + c.idle
			if got, want := strings.Join(pages(written), " "), strings.Join(expand(c.writes, is), " "); got != want {
				t.Errorf("written\n%s\nwant\n%s", got, want)
			}
			if got, want := strings.Join(pages(rendered), " "), strings.Join(expand(wants, is), " "); got != want {
				t.Errorf("rendered\n%s\nwant\n%s", got, want)
			}
			if m.report.Rendered != len(rendered) || m.report.Written != len(written) {
				t.Errorf("the report says %d rendered, %d written; found %d and %d", m.report.Rendered, m.report.Written, len(rendered), len(written))
			}
		})
	}
}

// pages are the files that the table is about; internal/search has one of its own.
func pages(names []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return strings.HasPrefix(name, search.Folder) })
}

// TestLost: what is not as it was left is made again, and nothing else; a lost
// cache has all rendered again, and nothing written.
func TestLost(t *testing.T) {
	w := newWorkshop(t)
	w.build()
	before := w.outputs()
	for _, c := range []struct {
		what              string
		lose              func()
		rendered, written int
	}{
		{"nothing", func() {}, 0, 0},
		{"a page altered", func() { w.write("public/about.html", "x") }, 1, 1},
		{"a page and a picture deleted", func() { w.remove("public/about.html"); w.remove("public/sites/tree.svg") }, 2, 2},
		{"the cache", func() { w.remove(own) }, len(before), 0},
		{"the output", func() { w.remove("public") }, len(before), len(before)},
	} {
		c.lose()
		m := w.build()
		if m.report.Rendered != c.rendered || m.report.Written != c.written || m.report.Deleted != 0 {
			t.Errorf("%s: %d rendered, %d written, %d deleted", c.what, m.report.Rendered, m.report.Written, m.report.Deleted)
		}
		for name, o := range w.outputs() {
			if o.text != before[name].text {
				t.Errorf("%s: %s differs", c.what, name)
			}
		}
	}
}

// keys are the keys of all outputs, as the program plans them.
func (w *workshop) keys() map[string]digest.Digest {
	w.Helper()
	s, err := source.Open(w.site)
	w.check(err)
	defer s.Close()
	opt := snapshot.Options{Selection: site.Selection{Now: w.now}, Theme: "lotus", Themes: themes.FS, Jobs: 1}
	snap, _, err := snapshot.Of(s, 0, snapshot.State{}, opt)
	w.check(err)
	keys := map[string]digest.Digest{}
	for _, o := range snap.Outputs {
		keys[o.Path] = o.Key
	}
	return keys
}

// differing are the outputs that have another key than before, sorted.
func differing(keys, was map[string]digest.Digest) []string {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(keys)) {
		if keys[name] != was[name] {
			names = append(names, name)
		}
	}
	return names
}

// output is a published file and when it was written.
type output struct {
	text    string
	changed time.Time
}

func (w *workshop) outputs() map[string]output {
	w.Helper()
	files := map[string]output{}
	for name, text := range tree(w, w.at("public")) {
		info, err := os.Stat(w.at("public/" + name))
		w.check(err)
		if !strings.HasPrefix(name, ".qinglian") {
			files[name] = output{text, info.ModTime()}
		}
	}
	return files
}

// expand is the outputs that patterns name, sorted.
func expand(patterns string, outputs map[string]output) []string {
	var names []string
	for name := range outputs {
		in := false
		for _, p := range strings.Fields(patterns) {
			p, out := strings.CutPrefix(p, "!")
			if regexp.MustCompile("^" + strings.ReplaceAll(regexp.QuoteMeta(p), `\*`, ".*") + "$").MatchString(name) {
				in = !out
			}
		}
		if in {
			names = append(names, name)
		}
	}
	// A name that matches nothing is a mistake in the table.
	for _, p := range strings.Fields(patterns) {
		if !strings.ContainsAny(p, "*!") {
			if _, ok := outputs[p]; !ok {
				names = append(names, p)
			}
		}
	}
	slices.Sort(names)
	return names
}
