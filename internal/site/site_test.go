package site

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"qinglian/internal/address"
	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/diag"
	"qinglian/internal/markdown"
)

// link links a site of files in memory: articles with their text, other files
// with an empty one; config.toml if there is one.
func link(t *testing.T, files map[string]string, sel Selection) (*Site, diag.List) {
	t.Helper()
	c, docs := compiled(t, files)
	var others []File
	for name := range files {
		if name != config.File && !strings.HasSuffix(name, ".md") {
			others = append(others, File{Source: name})
		}
	}
	if sel.Now.IsZero() {
		sel.Now = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	s, problems := Link(c, docs, others, sel)
	return s, problems.Sort()
}

// compiled is a site's configuration and articles.
func compiled(t testing.TB, files map[string]string) (config.Config, []*content.Doc) {
	t.Helper()
	c, problems := config.Parse([]byte(files[config.File]))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	compiler := content.Compiler{Config: c, Dialect: markdown.New()}
	var docs []*content.Doc
	for name, text := range files {
		if strings.HasSuffix(name, ".md") {
			d := compiler.Compile(name, []byte(text))
			docs = append(docs, &d)
		}
	}
	return c, docs
}

// article is an article with a date, further fields and a text.
func article(date, fields, text string) string {
	return "---\n标题: " + date + "\n日期: " + date + "\n来源: 乙\n摘要: 丙\n" + fields + "---\n" + text
}

func prose(s *Site, path string) string {
	for _, p := range s.Pages {
		if p.Path == path {
			plain := func(_ markdown.Directive, inner []byte) ([]byte, error) { return inner, nil }
			html, err := p.Prose(Filling{Directive: plain, Picture: func(out []byte, f *File) []byte {
				return fmt.Appendf(out, " src=%q", address.Rel(p.Path, f.Path))
			}})
			if err != nil {
				return err.Error()
			}
			return html
		}
	}
	return "no page " + path
}

func TestReferences(t *testing.T) {
	files := map[string]string{
		"content/index.md":                article("2024-01-01", "", ""),
		"content/about.md":                article("2024-01-01", "", ""),
		"content/examples/b.md":           article("2024-01-02", "旧网址: [news/123.html, News/Old/, 2019/05/01/beta/]\n", "## 三本账"),
		"content/examples/c/index.md":     article("2024-01-03", "", ""),
		"content/examples/c/照片 1.PNG":     "",
		"content/examples/draft.md":       article("2024-01-03", "草稿: true\n旧网址: [old/draft.html]\n", ""),
		"content/examples/future.md":      article("2027-01-03", "", ""),
		"content/notices/d.md":            article("2024-01-04", "网址名: dd\n", ""),
		"static/files/form.pdf":           "",
		"content/examples/sub/nested.png": "",
	}
	for _, c := range []struct{ in, want string }{
		{"[x](b.md)", `<a href="b.html">x</a>`},
		{"[x](b)", `<a href="b.html">x</a>`},
		{"[x](b.html)", `<a href="b.html">x</a>`},
		{"[x](b.md#三本账)", `<a href="b.html#%E4%B8%89%E6%9C%AC%E8%B4%A6">x</a>`},
		{"[x](b.md#%E4%B8%89%E6%9C%AC%E8%B4%A6 \"题\")", `<a href="b.html#%E4%B8%89%E6%9C%AC%E8%B4%A6" title="题">x</a>`},
		{"[x](c/index.md) [x](c/) [x](c)", `<a href="c.html">x</a> <a href="c.html">x</a> <a href="c.html">x</a>`},
		{"[x](../notices/d.md)", `<a href="../notices/dd.html">x</a>`},
		{"[x](/notices/d.md)", `<a href="../notices/dd.html">x</a>`},
		{"[x](/notices/dd.html)", `<a href="../notices/dd.html">x</a>`},
		{"[x](../notices/)", `<a href="../notices/index.html">x</a>`},
		{"[x](/)", `<a href="../index.html">x</a>`},
		{"[x](/index.html) [x](../index.html) [x](../) [x](index.html)", `<a href="../index.html">x</a> <a href="../index.html">x</a> <a href="../index.html">x</a> <a href="../index.html">x</a>`},
		{"[x](../notices/index.html) [x](/notices/)", `<a href="../notices/index.html">x</a> <a href="../notices/index.html">x</a>`},
		{"[官网](www.a.example) [官网](a.gov.cn/x/y.html)", `官网 官网 !error dead-link 是不是想写 https://www.a.example？ !error dead-link 是不是想写 https://a.gov.cn/x/y.html？`},
		{"[热线](12388) [上期](2026-10-01)", `热线 上期 !error dead-link 是不是想写 tel:12388？ !error dead-link 应有文件 content/examples/2026-10-01；检查名字和文件夹`},
		{"![x](www.a.example/b.png)", ` !error missing-picture 别的网站的图片要下载下来，放在文章旁边，写成 ![说明](图片.png)`},
		{"[x](../about.md)", `<a href="../about.html">x</a>`},
		{"[x](/files/form.pdf)", `<a href="../files/form.pdf">x</a>`},
		{"![说明](c/照片%201.PNG)", `<img src="c/zhao-pian-1-qfvw.png" alt="说明" loading="lazy">`},
		{"![a\"b](sub/nested.png \"t\")", `<img src="sub/nested.png" alt="a&#34;b" loading="lazy" title="t">`},
		{"[x](draft.md)", `x !warning hidden-target`},
		{"[x](future.md)", `x !warning hidden-target`},
		{"[x](bb.md)", `x !error dead-link 是不是想写 b.md？`},
		{"[x](../examples/bb.md)", `x !error dead-link 是不是想写 ../examples/b.md？`},
		{"[x](/examples/bb.md)", `x !error dead-link 是不是想写 /examples/b.md？`},
		{"[x](B.md)", `x !error dead-link 大小写不同：文件名是 b.md`},
		{"[x](b.md#三本帐)", `<a href="b.html#%E4%B8%89%E6%9C%AC%E5%B8%90">x</a> !error dead-anchor 是不是想写 #三本账？`},
		{"![x](b.md)", ` !error missing-picture 应有文件 content/examples/b.md；检查名字和文件夹`},
		{"[x](../../../etc/passwd)", `x !error dead-link 链接不能指到网站之外`},
		{"[x](../../config.toml)", `x !error dead-link 应有文件 config.toml；检查名字和文件夹`},
		{"[x](/../../etc/passwd)", `x !error dead-link 应有文件 content/etc/passwd；检查名字和文件夹`},
		{"[x](/news/123.html) [x](/News/Old/) [x](/News/Old#三本账)", `<a href="b.html">x</a> <a href="b.html">x</a> <a href="b.html#%E4%B8%89%E6%9C%AC%E8%B4%A6">x</a>`},
		{"[x](../news/123.html) [x](../news/123.html?from=wx#s1)", `<a href="b.html">x</a> <a href="b.html#s1">x</a>`},
		{"[x](../../../../news/123.html) [x](../beta/)", `<a href="b.html">x</a> <a href="b.html">x</a>`}, // as old as the link
		{"[x](/old/draft.html)", `x !warning hidden-target`},
		{"[x](/news/124.html)", `x !error dead-link 应有文件 content/news/124.html；检查名字和文件夹`},
		{"![x](/news/123.html)", ` !error missing-picture 应有文件 content/news/123.html；检查名字和文件夹`},
	} {
		files["content/examples/a.md"] = article("2024-01-01", "旧网址: [2019/05/01/alpha/]\n", c.in)
		s, problems := link(t, files, Selection{})
		got := strings.TrimSuffix(strings.TrimPrefix(prose(s, "examples/a.html"), "<p>"), "</p>")
		for _, d := range problems {
			got += fmt.Sprintf(" !%s %s", d.Severity, d.Rule)
			if d.Severity == diag.Error {
				got += " " + d.Hint.ZH
			}
		}
		if got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.in, got, c.want)
		}
	}
}

// TestHome: the home page is there without an article that introduces it.
func TestHome(t *testing.T) {
	s, problems := link(t, map[string]string{
		"content/about.md":      article("2024-01-01", "", "[x](/) [x](index.html) [x](./)"),
		"content/examples/a.md": article("2024-01-01", "", "[x](/) [x](../index.html) [x](index.html) [x](../)"),
	}, Selection{})
	for page, want := range map[string]string{
		"about.html":      `<p><a href="index.html">x</a> <a href="index.html">x</a> <a href="index.html">x</a></p>`,
		"examples/a.html": `<p><a href="../index.html">x</a> <a href="../index.html">x</a> <a href="../index.html">x</a> <a href="../index.html">x</a></p>`,
	} {
		if got := prose(s, page); got != want || len(problems) > 0 {
			t.Errorf("%s\ngot  %s\nwant %s\n%v", page, got, want, problems)
		}
	}
}

// TestUnicodeForms: a name that macOS decomposed is found by what was typed,
// and the other way round; the file keeps its name, the prose its characters.
func TestUnicodeForms(t *testing.T) {
	const composed, decomposed = "caf\u00e9", "cafe\u0301"
	for _, form := range []struct{ disk, typed string }{{decomposed, composed}, {composed, decomposed}} {
		s, problems := link(t, map[string]string{
			"content/examples/" + form.disk + ".md":                      article("2024-01-02", "网址名: b\n", ""),
			"content/examples/" + form.disk + "-draft.md":                article("2024-01-02", "草稿: true\n", ""),
			"content/examples/" + form.disk + "/index.md":                article("2024-01-01", "网址名: a\n", "["+form.typed+"](../"+form.typed+".md)[草稿](../"+form.typed+"-draft.md)![](图/"+form.typed+".png)"),
			"content/examples/" + form.disk + "/图/" + form.disk + ".png": "",
		}, Selection{})
		want := `<p><a href="b.html">` + form.typed + `</a>草稿<img src="cafe-sfdf/tu-8vc8/cafe-fw6r.png" alt="" loading="lazy"></p>`
		if got := prose(s, "examples/a.html"); got != want || len(problems) != 1 || problems[0].Rule != "hidden-target" {
			t.Errorf("got  %s\nwant %s\n%v", got, want, problems)
		}
		if want := "content/examples/" + form.disk + "/图/" + form.disk + ".png"; len(s.Files) != 1 || s.Files[0].Source != want {
			t.Errorf("got %v, want %s", s.Files, want)
		}
	}
}

// TestPublishedFiles: a file is published only if a public article refers to it.
func TestPublishedFiles(t *testing.T) {
	s, _ := link(t, map[string]string{
		"content/examples/a/index.md":  article("2024-01-01", "封面: cover.svg\n", "[表](表.CSV)"),
		"content/examples/a/cover.svg": "", "content/examples/a/表.CSV": "", "content/examples/a/原稿.docx": "",
		"content/examples/b/index.md": article("2024-01-01", "草稿: true\n", "![](b.png)"), "content/examples/b/b.png": "",
	}, Selection{})
	want := []File{{Source: "content/examples/a/表.CSV", Path: "examples/a/biao-8dw2.csv"}, {Source: "content/examples/a/cover.svg", Path: "examples/a/cover.svg"}}
	if !slices.Equal(s.Files, want) {
		t.Errorf("got %v", s.Files)
	}
	if cover := s.Pages[0].Cover(); cover != "examples/a/cover.svg" {
		t.Errorf("cover %q", cover)
	}
}

func TestOrder(t *testing.T) {
	s, problems := link(t, map[string]string{
		"content/examples/old.md":  article("2024-01-01", "标签: [甲]\n", ""),
		"content/examples/new.md":  article("2024-03-01", "标签: [甲, 乙]\n", ""),
		"content/examples/mid2.md": article("2024-02-01", "", ""),
		"content/examples/mid1.md": article("2024-02-01", "", ""),
	}, Selection{})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var got []string
	for _, p := range s.Sections[1].Pages {
		got = append(got, p.Card.Slug)
	}
	if want := "[new mid1 mid2 old]"; fmt.Sprint(got) != want {
		t.Errorf("got %v, want %s", got, want)
	}
	mid1 := s.Sections[1].Pages[1]
	if mid1.Newer.Card.Slug != "new" || mid1.Older.Card.Slug != "mid2" || s.Sections[1].Pages[0].Newer != nil {
		t.Error("wrong neighbours")
	}
	tags := s.Taxonomies[0]
	if len(tags.Terms) != 2 || tags.Terms[0].Name != "甲" || len(tags.Terms[0].Pages) != 2 || tags.Terms[0].Path != "tags/jia-2kdv/index.html" {
		t.Errorf("terms: %+v", tags.Terms[0])
	}
}

func TestRefused(t *testing.T) {
	_, problems := link(t, map[string]string{
		"content/exampels/a.md": article("2024-01-01", "", ""),
		"content/exampels/b.md": article("2024-01-01", "", ""),
		"content/examples/a.md": article("2024-01-01", "标签: [公证, 公正]\n", ""),
		config.File:             "[taxonomies.tags.slugs]\n\"公证\" = \"notary\"\n\"公正\" = \"notary\"\n",
	}, Selection{})
	if len(problems) != 2 || problems[0].Rule != "same-address" || problems[1].Rule != "unknown-section" || problems[1].Hint.ZH != "是不是想放在 content/examples？" {
		t.Errorf("got %v", problems)
	}
}

// TestTaxonomies: terms are gathered from any field of text, choice, list or
// date, and may have a text of their own.
func TestTaxonomies(t *testing.T) {
	s, problems := link(t, map[string]string{
		config.File: "[taxonomies.units]\nfield = \"unit\"\ntitle = \"单位\"\n[taxonomies.units.slugs]\n\"公证处\" = \"notary\"\n" +
			"[taxonomies.years]\nfield = \"date\"\norder = 1\n[taxonomies.levels]\nfield = \"level\"\norder = 2",
		"content/examples/a.md":                article("2024-01-01", "单位: 税务局\n", ""),
		"content/examples/b.md":                article("2025-01-01", "单位: 公证处\n", "[说明](../terms/units/tax.md)[全部](../terms/units/index.md)"),
		"content/model-sites/c.md":             article("2023-01-01", "级别: 省级\n单位: 税务局\n", ""),
		"content/terms/units/tax.md":           "---\n标题: 税务局\n---\n管税的。",
		"content/terms/units/court/index.md":   "---\n标题: 法院\n已结束: 是\n---\n",
		"content/terms/units/index.md":         "---\n标题: 各单位\n---\n",
		"content/terms/units/draft.md":         "---\n标题: 没写完\n草稿: 是\n---\n",
		"content/terms/units/court/photo1.png": "",
	}, Selection{})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var got []string
	for _, taxonomy := range s.Taxonomies {
		for _, term := range taxonomy.Terms {
			line := fmt.Sprintf("%s %s %d", term.Name, term.Path, len(term.Pages))
			if term.Text != nil {
				line += " " + term.Text.Doc.Path
			}
			if term.Archived() {
				line += " archived"
			}
			got = append(got, line)
		}
	}
	want := []string{
		"税务局 units/tax/index.html 2 content/terms/units/tax.md",
		"公证处 units/notary/index.html 1",
		"法院 units/court/index.html 0 content/terms/units/court/index.md archived",
		"2025 years/2025/index.html 1", "2024 years/2024/index.html 1", "2023 years/2023/index.html 1",
		"省级 levels/sheng-ji-7vxv/index.html 1",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	if text := s.Taxonomies[0].Text; text == nil || text.Card.Title != "各单位" || text.Path != "units/index.html" {
		t.Errorf("introduction %+v", text)
	}
	if got, want := prose(s, "examples/b.html"), `<p><a href="../units/tax/index.html">说明</a><a href="../units/index.html">全部</a></p>`; got != want {
		t.Errorf("got %s", got)
	}
}

// TestRelated: the nearest by shared terms, weights counting; years do not.
func TestRelated(t *testing.T) {
	s, _ := link(t, map[string]string{
		config.File:                "[taxonomies.tags]\n[taxonomies.units]\nfield = \"unit\"\nweight = 3\n[taxonomies.archive]\nfield = \"date\"",
		"content/examples/a.md":    article("2024-01-01", "标签: [甲, 乙]\n单位: 丙\n", ""),
		"content/examples/both.md": article("2024-01-02", "标签: [甲, 乙]\n", ""),
		"content/examples/one.md":  article("2024-01-03", "标签: [甲]\n", ""),
		"content/examples/late.md": article("2024-01-09", "标签: [乙]\n", ""),
		"content/examples/unit.md": article("2020-01-03", "单位: 丙\n", ""),
		"content/examples/none.md": article("2024-01-01", "", ""),
	}, Selection{})
	for _, p := range s.Pages {
		var names []string
		for _, r := range p.Related {
			names = append(names, r.Card.Slug)
		}
		want := map[string]string{"a": "unit both one late", "none": "", "unit": "a", "late": "both a"}
		if w, ok := want[p.Card.Slug]; ok && strings.Join(names, " ") != w {
			t.Errorf("%s: got %v, want %s", p.Card.Slug, names, w)
		}
	}
}

// TestClauses: each clause knows who cites it, by either of its ids.
func TestClauses(t *testing.T) {
	s, problems := link(t, map[string]string{
		config.File:                "[sections.regulations]\nkind = \"regulation\"\n[sections.examples]\nkind = \"example\"",
		"content/regulations/r.md": article("2024-01-01", "发布机关: 丁\n状态: 现行有效\n", "第一条　甲。\n\n第二条　乙，见[第一条](#第一条)。"),
		"content/examples/a.md":    article("2024-01-02", "", "[x](../regulations/r.md#第二条)[y](../regulations/r.md#t2)"),
		"content/examples/b.md":    article("2024-01-03", "", "[x](../regulations/r.md#t1)[y](../regulations/r.md#第二条)[z](../regulations/r.md)"),
	}, Selection{})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var got []string
	for _, p := range s.Pages {
		for _, c := range p.Citations {
			got = append(got, p.Card.Slug+"#"+p.Anchors()[c.Clause].ID+"<"+c.From.Card.Slug)
		}
	}
	if want := "r#第一条<b r#第二条<b r#第二条<a"; strings.Join(got, " ") != want {
		t.Errorf("got %v", got)
	}
	if got, want := prose(s, "examples/a.html"), `<p><a href="../regulations/r.html#t2">x</a><a href="../regulations/r.html#t2">y</a></p>`; got != want {
		t.Errorf("got %s", got)
	}
}

// TestCycles: a document can't replace the one that replaces it; partners may
// name each other, but not themselves.
func TestCycles(t *testing.T) {
	const rule = "发布机关: 丁\n状态: 已废止\n"
	_, problems := link(t, map[string]string{
		config.File:                "[sections.regulations]\nkind = \"regulation\"\n[sections.model-sites]\nkind = \"model-site\"",
		"content/regulations/a.md": article("2024-01-01", rule+"代替文件: b.md\n", ""),
		"content/regulations/b.md": article("2024-01-02", rule+"代替文件: [d.md, c.md]\n", ""),
		"content/regulations/c.md": article("2024-01-03", rule+"代替文件: a.md\n", ""),
		"content/regulations/d.md": article("2024-01-04", rule, ""),
		"content/regulations/e.md": article("2024-01-05", rule+"代替文件: b.md\n", ""), // leads into the loop, is not in it
		"content/model-sites/a.md": article("2024-01-01", "结对共建: b.md\n", ""),
		"content/model-sites/b.md": article("2024-01-02", "结对共建: a.md\n", ""),
		"content/model-sites/c.md": article("2024-01-03", "结对共建: [a.md, c.md]\n", ""),
		"content/model-sites/d.md": article("2024-01-04", "结对共建: nothing.md\n", ""),
	}, Selection{})
	var got []string
	for _, d := range problems {
		got = append(got, fmt.Sprintf("%s:%d %s %s", d.File, d.Line, d.Rule, d.Message.ZH))
	}
	want := []string{
		"content/model-sites/c.md:6 cyclic-reference “结对共建”绕回了自己：《2024-01-03》 → 《2024-01-03》",
		"content/model-sites/d.md:6 dead-reference “nothing.md”不是本站的文章",
		"content/regulations/a.md:8 cyclic-reference “取代”绕回了自己：《2024-01-01》 → 《2024-01-02》 → 《2024-01-03》 → 《2024-01-01》",
		"content/regulations/b.md:8 cyclic-reference “取代”绕回了自己：《2024-01-02》 → 《2024-01-03》 → 《2024-01-01》 → 《2024-01-02》",
		"content/regulations/c.md:8 cyclic-reference “取代”绕回了自己：《2024-01-03》 → 《2024-01-01》 → 《2024-01-02》 → 《2024-01-03》",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}

func TestMenu(t *testing.T) {
	files := map[string]string{
		"content/about.md":      article("2024-01-01", "", ""),
		"content/hidden.md":     article("2024-01-01", "草稿: 是\n", ""),
		"content/examples/a.md": article("2024-01-02", "标签: [甲]\n", ""),
	}
	for _, c := range []struct{ in, want string }{
		{"", "示范点 model-sites/index.html；典型案例 examples/index.html；教育材料 education/index.html；动态 notices/index.html"},
		{"[[menu]]\nsection = \"examples\"\n[[menu]]\ntitle = \"关于\"\nto = \"about.md\"", "典型案例 examples/index.html；关于 about.html"},
		{"[[menu]]\nsection = \"examples\"\ntitle = \"案例\"\n[[menu]]\ntitle = \"标签\"\nto = \"tags/\"", "案例 examples/index.html；标签 tags/index.html"},
		{"[[menu]]\ntitle = \"外面\"\nto = \"https://a.cn/\"", "外面 https://a.cn/"},
		{"[[menu]]\ntitle = \"没有\"\nto = \"abuot.md\"", "!config.toml:1 error dead-link 是不是想写 about.md？"},
		{"[[menu]]\ntitle = \"草稿\"\nto = \"hidden.md\"", "!config.toml:1 warning hidden-target 那篇文章公开后链接会自动恢复"},
		{"[[menu]]\ntitle = \"没有\"\nto = \"contact.md\"",
			"!config.toml:1 warning empty-page 写好 content/contact.md，或在 config.toml 里删去这一项"},
		{"[[menu]]\ntitle = \"没有\"\nto = \"../x.md\"", "!config.toml:1 error dead-link 应有文件 x.md；检查名字和文件夹"},
		{"[[menu]]\ntitle = \"没有\"\nto = \"nowhere/\"", "!config.toml:1 error dead-link 应有文件 content/nowhere；检查名字和文件夹"},
		{"[[menu]]\nsection = \"notices\"\n[[menu]]\ntitle = \"通知\"\nto = \"notices/\"",
			"动态 notices/index.html；通知 notices/index.html；" +
				"!config.toml:1 warning empty-page 写第一篇：qinglian new notice \"标题\"；或先从菜单里拿掉；" +
				"!config.toml:3 warning empty-page 写第一篇：qinglian new notice \"标题\"；或先从菜单里拿掉"},
		{"[[menu]]\ntitle = \"专题\"\nto = \"topics/\"\n[[menu]]\ntitle = \"专题二\"\nto = \"/topics/index.html\"",
			"专题 topics/index.html；专题二 topics/index.html；" +
				"!config.toml:1 warning empty-page 有文章在开头写了 topics，这里就会列出来；或先从菜单里拿掉；" +
				"!config.toml:4 warning empty-page 有文章在开头写了 topics，这里就会列出来；或先从菜单里拿掉"},
	} {
		files[config.File] = c.in
		s, problems := link(t, files, Selection{})
		var got []string
		for _, e := range s.Menu {
			got = append(got, e.Title+" "+e.Path+e.URL)
		}
		for _, d := range problems {
			got = append(got, fmt.Sprintf("!%s:%d %s %s %s", d.File, d.Line, d.Severity, d.Rule, d.Hint.ZH))
		}
		if strings.Join(got, "；") != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.in, strings.Join(got, "；"), c.want)
		}
	}
}

// TestDraftProblems: a draft does not stop the site, shown or not.
func TestDraftProblems(t *testing.T) {
	files := map[string]string{"content/examples/a.md": article("昨天", "草稿: true\n", "[x](nothing.md)")}
	for drafts, want := range map[bool]int{false: 1, true: 2} { // links are followed from what is shown
		_, problems := link(t, files, Selection{Drafts: drafts})
		if worst, _ := problems.Worst(); len(problems) != want || worst != diag.Warning {
			t.Errorf("%t: got %v", drafts, problems)
		}
	}
}

// TestHeldBack: an article with errors can be left out as a draft is; they are warnings, and
// a link to it is text.
func TestHeldBack(t *testing.T) {
	files := map[string]string{"content/examples/a.md": article("昨天", "", "[x](nothing.md)"), "content/examples/b.md": article("2026-01-01", "", "[a](a.md)")}
	_, wrong := link(t, files, Selection{})
	back := map[string]diag.List{}
	for _, d := range wrong {
		back[d.File] = append(back[d.File], d)
	}
	s, problems := link(t, files, Selection{Back: back})
	want := Held{File: "content/examples/a.md", Title: s.Held[0].Title, Why: content.HoldErrors, Address: "examples/a.html"}
	if len(back) != 1 || len(s.Pages) != 1 || len(s.Held) != 1 || s.Held[0] != want {
		t.Errorf("got %v, %+v", s.Pages, s.Held)
	}
	var rules []string
	for _, d := range problems.Sort() {
		rules = append(rules, d.Severity.String()+" "+d.Rule)
	}
	if got := strings.Join(rules, ", "); got != "warning bad-date, warning dead-link, warning hidden-target" || s.Pages[0].Targets[0].State != Hidden {
		t.Errorf("got %s", got)
	}
}

// TestLists: pages are numbered from the oldest and never move.
func TestLists(t *testing.T) {
	for count, want := range map[int]string{
		0:  "index:0",
		1:  "index:1",
		39: "index:39",
		40: "index:20>page-1 page-1:20<index",
		59: "index:39>page-1 page-1:20<index",
		60: "index:20>page-2 page-2:20<index>page-1 page-1:20<page-2",
		85: "index:25>page-3 page-3:20<index>page-2 page-2:20<page-3>page-1 page-1:20<page-2",
	} {
		pages := make([]*Page, count)
		for i := range pages {
			pages[i] = &Page{Path: fmt.Sprint(count - i)} // 1 is the oldest
		}
		short := func(p string) string { return strings.TrimSuffix(strings.TrimPrefix(p, "a/"), ".html") }
		var parts []string
		total := 0
		for _, l := range Lists("a/index.html", pages) {
			s := fmt.Sprintf("%s:%d", short(l.Path), len(l.Pages))
			if l.Newer != "" {
				s += "<" + short(l.Newer)
			}
			if l.Older != "" {
				s += ">" + short(l.Older)
			}
			parts = append(parts, s)
			total += len(l.Pages)
			if l.Number > 0 && l.Pages[len(l.Pages)-1].Path != fmt.Sprint((l.Number-1)*perPage+1) {
				t.Errorf("%d: page %d ends with article %s", count, l.Number, l.Pages[len(l.Pages)-1].Path)
			}
		}
		if got := strings.Join(parts, " "); got != want || total != count {
			t.Errorf("%d:\ngot  %s\nwant %s", count, got, want)
		}
	}
}
