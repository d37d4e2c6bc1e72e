package web

import (
	"io"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"qinglian/internal/build"
	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/data"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/image"
	"qinglian/internal/markdown"
	"qinglian/internal/search"
	"qinglian/internal/site"
	"qinglian/internal/theme"
	"qinglian/themes"
)

// folder is a site in memory: config.toml, content/ and what it has of themes.
type folder map[string]string

func sample() folder {
	return folder{
		"config.toml": `
title    = "清源清风"
base_url = "https://www.example.org/"
[footer]
note = "注"
[taxonomies.tags]
title = "标签"
[sections.examples]
title = "典型案例"
kind = "example"
description = "说案例"
[sections.notices]
title = "动态"
kind = "notice"
`,
		"content/index.md":           "---\n标题: 首页\n---\n首页引言\n",
		"content/about.md":           "---\n标题: 关于\n---\n关于本站\n",
		"content/examples/index.md":  "---\n标题: 案例\n---\n案例引言\n",
		"content/examples/a.md":      article("甲", "2024-03-01", "标签: [公证, 党建]\n") + "甲文\n",
		"content/examples/b.md":      article("乙", "2024-02-01", "标签: [公证]\n单位: 某局\n") + "## 三本账\n\n乙文\n",
		"content/examples/c.md":      article("丙", "2024-01-01", "") + "丙文\n",
		"content/examples/cover.png": "",
		"content/notices/n.md":       article("丁", "2024-01-02", "") + "见[案例](../examples/b.md#三本账)\n",
	}
}

func article(title, date, fields string) string {
	return "---\n标题: " + title + "\n日期: " + date + "\n来源: 本站\n摘要: 摘要\n" + fields + "---\n"
}

// edit is a folder with a text in one of its files replaced; a file that is
// not there is new, and "" for all of it deletes it.
func (f folder) edit(t *testing.T, name, old, text string) folder {
	t.Helper()
	f = maps.Clone(f)
	switch {
	case old == "" && text == "":
		delete(f, name)
	case !strings.Contains(f[name], old):
		t.Fatalf("%s does not hold %q", name, old)
	default:
		f[name] = strings.Replace(f[name], old, text, 1)
	}
	return f
}

func (f folder) outputs(t *testing.T, engine string) (map[string]build.Output, diag.List) {
	t.Helper()
	out, problems, _ := f.selected(t, engine, site.Selection{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)})
	return out, problems
}

// selected is the outputs of what is shown of the folder, and what can be found by
// searching.
func (f folder) selected(t *testing.T, engine string, which site.Selection) (map[string]build.Output, diag.List, []search.Document) {
	t.Helper()
	plan := f.plan(t, engine, which)
	list, problems := plan.Outputs(func(file string, _ image.Operation) (digest.Digest, func(io.Writer) error) {
		return digest.Of([]byte(f[file])), build.Bytes(nil)
	})
	out := map[string]build.Output{}
	for _, o := range list {
		out[o.Path] = o
	}
	return out, problems, plan.Documents(plan.site.Pages)
}

// plan is what the pages of the folder are to be.
func (f folder) plan(t testing.TB, engine string, which site.Selection) *Plan {
	t.Helper()
	c, problems := config.Parse([]byte(f["config.toml"]))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	directives, err := theme.Directives(themes.FS)
	if err != nil {
		t.Fatal(err)
	}
	compiler := content.Compiler{Config: c, Dialect: markdown.New(), Directives: directives}
	var docs []*content.Doc
	var others []site.File
	own := fstest.MapFS{}
	tables := map[string]data.Table{}
	for name, text := range f {
		switch {
		case strings.HasSuffix(name, ".md"):
			d := compiler.Compile(name, []byte(text))
			docs = append(docs, &d)
		case strings.HasPrefix(name, "content/"), strings.HasPrefix(name, "static/"):
			f := site.File{Source: name, Size: int64(len(text))}
			switch ext := path.Ext(name); {
			case text == "":
			case ext == ".png":
				f.Picture = &image.Info{Format: image.PNG, Width: 600, Height: 400}
			case ext == ".svg":
				f.Picture = &image.Info{Format: image.SVG, Width: 600, Height: 400}
			case ext == ".jpg", ext == ".jpeg":
				f.Picture = &image.Info{Format: image.JPEG, Width: 600, Height: 400}
			}
			others = append(others, f)
		case strings.HasPrefix(name, "data/"):
			table, problems := data.Decode(name, []byte(text))
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			tables[strings.TrimSuffix(path.Base(name), path.Ext(name))] = table
		default:
			own[name] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	s, wrong := site.Link(c, docs, others, which)
	if wrong.Count(diag.Error) > 0 {
		t.Fatal(wrong)
	}
	th, problems, err := theme.Load(c.Theme, themes.FS, own, c.FieldKeys(), theme.Checked{})
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	return New(s, th, tables, digest.Of([]byte(engine)))
}

// TestSummary: a summary that nobody wrote is shown where the text is not.
func TestSummary(t *testing.T) {
	for _, theme := range []string{"lotus", "plain"} {
		f := sample().edit(t, "content/examples/a.md", "摘要: 摘要\n", "").edit(t, "config.toml", "title ", "theme = \""+theme+"\"\ntitle ")
		all, _ := f.outputs(t, "")
		page, list := text(t, all["examples/a.html"]), text(t, all["examples/index.html"])
		if n := strings.Count(page, ">甲文<"); n != 1 {
			t.Errorf("%s: the article has its first sentence %d times", theme, n)
		}
		if !strings.Contains(page, `<meta name="description" content="甲文">`) || !strings.Contains(list, "<p class=\"card-summary\">甲文</p>") && !strings.Contains(list, "<p>甲文</p>") {
			t.Errorf("%s: its description or the list lacks its summary\n%s", theme, page)
		}
		if written := text(t, all["examples/b.html"]); !strings.Contains(written, ">摘要</p>") {
			t.Errorf("%s: the summary that somebody wrote is not shown", theme)
		}
	}
}

func text(t *testing.T, o build.Output) string {
	t.Helper()
	var b strings.Builder
	if err := o.Render(&b); err != nil {
		t.Fatal(o.Path, err)
	}
	return b.String()
}

// pages are all pages of the sample; its assets stand apart.
const pages = "404 about examples/a examples/b examples/c examples/index index notices/index notices/n search sitemap tags/dang-jian-nzwh/index tags/gong-zheng-xf93/index tags/index"

func TestOutputs(t *testing.T) {
	out, problems := sample().outputs(t, "engine")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var got []string
	for _, path := range slices.Sorted(maps.Keys(out)) {
		if o := out[path]; o.Rank == build.Asset {
			if !strings.HasPrefix(path, "assets/") {
				t.Errorf("%s is an asset", path)
			}
			continue
		}
		got = append(got, strings.TrimSuffix(path, ".html"))
	}
	if strings.Join(got, " ") != pages {
		t.Errorf("got %s", strings.Join(got, " "))
	}
	for path, source := range map[string]string{
		"index.html": "content/index.md", "examples/index.html": "content/examples/index.md", "examples/a.html": "content/examples/a.md",
		"notices/index.html": "config.toml [sections.notices]", "404.html": "themes/lotus", "tags/gong-zheng-xf93/index.html": "标签 公证",
	} {
		if out[path].Source != source {
			t.Errorf("%s comes from %s", path, out[path].Source)
		}
	}
}

// TestMark: every page says whose it is, also one at an address that moved.
func TestMark(t *testing.T) {
	keys := map[digest.Digest]bool{}
	for settings, want := range map[string]string{
		"\n":                  `<meta name="generator" content="qinglian">`,
		"id = \"abcdefgh\"\n": `<meta name="generator" content="qinglian abcdefgh">`,
	} {
		site := sample().edit(t, "config.toml", "\n", settings).edit(t, "content/examples/b.md", "单位", "旧网址: [old/b.html]\n单位")
		out, _ := site.outputs(t, "engine")
		count := 0
		for path, o := range out {
			if !strings.HasSuffix(path, ".html") {
				continue
			}
			count++
			if n := strings.Count(text(t, o), want); n != 1 {
				t.Errorf("%s has %d times %s", path, n, want)
			}
			if keys[o.Key] {
				t.Errorf("%s has the key of another mark", path)
			}
			keys[o.Key] = true
		}
		if _, ok := out["old/b.html"]; !ok || count != strings.Count(pages, " ")+2 {
			t.Errorf("%d pages", count)
		}
	}
}

// TestKeys: an edit moves the keys of the pages that show what was edited, and
// of no others. A key in brackets is of a page that went; one with a plus is
// of a new page.
func TestKeys(t *testing.T) {
	base, _ := sample().outputs(t, "engine")
	const (
		b     = "content/examples/b.md"
		cards = "examples/index index tags/gong-zheng-xf93/index" // where b's card stands, beside the related a
	)
	own := sample().edit(t, "themes/lotus/layouts/term.html", "", `{{define "main"}}<h1>{{.Title}}</h1>{{end}}`)
	for _, c := range []struct {
		what string
		site folder
		want string
	}{
		{"nothing", sample(), ""},
		{"a file beside", sample().edit(t, "content/examples/other.png", "", "x"), ""},
		{"a draft", sample().edit(t, "content/examples/d.md", "", article("戊", "2024-04-01", "草稿: true\n")), ""},
		{"an article to come", sample().edit(t, "content/examples/d.md", "", article("戊", "2030-04-01", "")), ""},

		{"prose", sample().edit(t, b, "乙文", "乙的文"), "examples/b"},
		{"prose of home", sample().edit(t, "content/index.md", "引言", "引"), "index"},
		{"prose of a section", sample().edit(t, "content/examples/index.md", "引言", "引"), "examples/index"},
		{"prose of a page", sample().edit(t, "content/about.md", "本站", "我们"), "about"},
		{"a heading that is linked to", sample().edit(t, b, "三本账\n", "三本账\n\n### 小\n"), "examples/b"},

		{"title", sample().edit(t, b, "乙", "新乙"), "examples/a examples/b examples/c " + cards},
		{"summary", sample().edit(t, b, "摘要: 摘要", "摘要: 提要"), "examples/a examples/b " + cards},
		{"cover", sample().edit(t, b, "单位", "封面: cover.png\n单位"), "examples/a examples/b " + cards + " tags/index"},
		{"source", sample().edit(t, b, "本站", "外站"), "examples/a examples/b " + cards},
		{"date", sample().edit(t, b, "2024-02-01", "2024-02-02"), "examples/a examples/b " + cards + " tags/index"},
		{"title of the last", sample().edit(t, "content/notices/n.md", "丁", "新丁"), "index notices/index notices/n"},

		{"order", sample().edit(t, b, "2024-02-01", "2024-05-01"), "examples/a examples/b examples/c " + cards + " tags/index"},
		{"a new neighbour", sample().edit(t, "content/examples/d.md", "", article("戊", "2024-01-15", "")), "examples/b examples/c +examples/d examples/index index sitemap"},
		{"a neighbour goes", sample().edit(t, "content/examples/c.md", "", ""), "examples/b (examples/c) examples/index index sitemap"},
		{"slug", sample().edit(t, b, "单位", "网址名: bb\n单位"), "examples/a (examples/b) +examples/bb examples/c examples/index index notices/n tags/gong-zheng-xf93/index"},
		{"hidden", sample().edit(t, b, "单位", "草稿: true\n单位"), "examples/a (examples/b) examples/c examples/index index notices/n sitemap tags/gong-zheng-xf93/index tags/index"},

		{"another tag", sample().edit(t, b, "[公证]", "[公证, 党建]"), "examples/b sitemap tags/dang-jian-nzwh/index tags/index"},
		{"a new tag", sample().edit(t, "content/examples/c.md", "来源", "标签: [家风]\n来源"), "examples/c sitemap tags/index +tags/jia-feng-r724/index"},
		{"address of a tag", sample().edit(t, "config.toml", "[footer]", "[taxonomies.tags.slugs]\n\"党建\" = \"party\"\n[footer]"), "examples/a sitemap (tags/dang-jian-nzwh/index) tags/index +tags/party/index"},

		{"description of a section", sample().edit(t, "config.toml", "说案例", "讲案例"), "examples/a examples/b examples/c examples/index index sitemap"},
		{"description of a section without articles", sample().edit(t, "config.toml", "kind = \"notice\"", "kind = \"notice\"\ndescription = \"述\""), "index notices/index notices/n sitemap"},
		{"title of a section", sample().edit(t, "config.toml", "典型案例", "案例"), pages},
		{"order of sections", sample().edit(t, "config.toml", "kind = \"notice\"", "kind = \"notice\"\norder = -1"), pages},
		{"id of the site", sample().edit(t, "config.toml", "\n", "id = \"abcdefgh\"\n"), pages},
		{"footer", sample().edit(t, "config.toml", "\"注\"", "\"另注\""), pages},
		{"title of the site", sample().edit(t, "config.toml", "清源清风", "清源"), pages},
		{"address of the site", sample().edit(t, "config.toml", "www.", ""), pages},
		{"time zone", sample().edit(t, "config.toml", "[footer]", "timezone = \"Asia/Hong_Kong\"\n[footer]"), ""},

		{"a layout", own, "tags/dang-jian-nzwh/index tags/gong-zheng-xf93/index"},
		{"a partial", sample().edit(t, "themes/lotus/partials/facts.html", "", "<p>表</p>"), "about examples/a examples/b examples/c notices/n tags/dang-jian-nzwh/index tags/gong-zheng-xf93/index"},
		{"layout of a kind", sample().edit(t, "layouts/notice.html", "", `{{define "main"}}<h1>{{.Title}}</h1>{{end}}`), "notices/n"},
		{"an unused layout", sample().edit(t, "layouts/other.html", "", `{{define "main"}}<h1>{{.Title}}</h1>{{end}}`), ""},
	} {
		after, problems := c.site.outputs(t, "engine")
		if len(problems) > 0 {
			t.Fatal(c.what, problems)
		}
		if got := moved(t, c.what, base, after); got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.what, got, c.want)
		}
	}
	if after, _ := sample().outputs(t, "another engine"); moved(t, "engine", base, after) != pages {
		t.Error("all pages are the work of the program")
	}
}

// moved names the outputs whose keys differ, and fails where bytes differ under
// one key.
func moved(t *testing.T, what string, before, after map[string]build.Output) string {
	t.Helper()
	var paths []string
	for _, path := range slices.Sorted(maps.Keys(before)) {
		name := strings.TrimSuffix(path, ".html")
		o, stays := after[path]
		switch {
		case !stays:
			paths = append(paths, "("+name+")")
		case o.Key != before[path].Key:
			paths = append(paths, name)
		case text(t, o) != text(t, before[path]):
			t.Errorf("%s: the key of %s stayed, its bytes moved", what, path)
		}
	}
	for path := range after {
		if _, was := before[path]; !was {
			paths = append(paths, "+"+strings.TrimSuffix(path, ".html"))
		}
	}
	slices.SortFunc(paths, func(a, b string) int { return strings.Compare(strings.Trim(a, "+()"), strings.Trim(b, "+()")) })
	return strings.Join(paths, " ")
}

// TestStyleSheet: another one has another name, which every page shows.
func TestStyleSheet(t *testing.T) {
	base, _ := sample().outputs(t, "engine")
	after, _ := sample().edit(t, "themes/lotus/assets/lotus.css", "", "body { color: red }").outputs(t, "engine")
	var pagesMoved, sheets []string
	for _, s := range strings.Fields(moved(t, "style", base, after)) {
		if strings.Contains(s, "assets/") {
			sheets = append(sheets, s[:len("+assets/lotus.")])
		} else {
			pagesMoved = append(pagesMoved, s)
		}
	}
	slices.Sort(sheets)
	if got := strings.Join(sheets, " "); got != "(assets/lotus. +assets/lotus." || strings.Join(pagesMoved, " ") != pages {
		t.Errorf("moved %s, %s", got, pagesMoved)
	}
}

// TestShown: addresses are written from where each page stands.
func TestShown(t *testing.T) {
	out, _ := sample().outputs(t, "engine")
	for path, want := range map[string][]string{
		"index.html":                      {`href="https://www.example.org/"`, "首页引言", `href="examples/a.html"`, `href="notices/n.html"`, `href="rss.xml"`},
		"examples/index.html":             {`href="https://www.example.org/examples/"`, "案例引言", `href="../examples/a.html"`},
		"examples/b.html":                 {`href="https://www.example.org/examples/b.html"`, "乙文", `href="../examples/a.html"`, `href="c.html"`, `href="../tags/gong-zheng-xf93/index.html"`, "某局", `href="../rss.xml"`},
		"notices/n.html":                  {`href="../examples/b.html#%E4%B8%89%E6%9C%AC%E8%B4%A6"`},
		"tags/index.html":                 {`href="gong-zheng-xf93/index.html"`, "2 篇", "1 篇"},
		"tags/gong-zheng-xf93/index.html": {`href="../../examples/a.html"`, `href="../../examples/b.html"`},
		"404.html":                        {`href="/index.html"`, `href="/examples/index.html"`, `href="/assets/lotus.`},
	} {
		got := text(t, out[path])
		for _, w := range want {
			if !strings.Contains(got, w) && !strings.Contains(got, strings.ReplaceAll(w, `"`, "")) { // minified: quotes may go
				t.Errorf("%s: no %s", path, w)
			}
		}
	}
	if strings.Contains(text(t, out["404.html"]), "canonical") {
		t.Error("a page that stands anywhere has no address")
	}
}

// TestIdleLayout: what other systems write in every article asks for nothing here.
func TestIdleLayout(t *testing.T) {
	plain, _ := sample().outputs(t, "engine")
	for _, name := range []string{"post", "Post", "default", "single"} {
		out, problems := sample().edit(t, "content/about.md", "标题", "版式: "+name+"\n标题").outputs(t, "engine")
		if len(problems) != 1 || problems[0].Rule != "idle-layout" || problems[0].Source != "版式: "+name || problems[0].Severity != diag.Note {
			t.Errorf("%s: got %v", name, problems)
		}
		if text(t, out["about.html"]) != text(t, plain["about.html"]) {
			t.Errorf("%s changed the page", name)
		}
	}
}

func TestUnknownLayout(t *testing.T) {
	out, problems := sample().edit(t, "content/about.md", "标题", "版式: poster\n标题").outputs(t, "engine")
	if len(problems) != 1 || problems[0].Rule != "unknown-layout" || problems[0].Source != "版式: poster" || problems[0].Column != 5 || problems[0].File != "content/about.md" || problems[0].Severity != diag.Error {
		t.Errorf("got %v", problems)
	}
	if _, ok := out["about.html"]; ok {
		t.Error("it was made all the same")
	}
}
