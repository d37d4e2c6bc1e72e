package wechat

import (
	"flag"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/image"
	"qinglian/internal/markdown"
	"qinglian/internal/site"
	"qinglian/internal/theme"
	"qinglian/themes"
)

var update = flag.Bool("update", false, "write what is made into the cases")

// plain is a style that says where each role is, in a property that is allowed and not
// inherited.
func plain() Style {
	s := Style{}
	for _, role := range Roles {
		s[role] = "vertical-align:" + role
	}
	s["h2-number"] = ""
	return s
}

// linked links a site of articles in memory, with two pictures beside them.
// declared are the directives that every theme shows.
func declared(t testing.TB) []markdown.DirectiveSpec {
	t.Helper()
	directives, err := theme.Directives(themes.FS)
	if err != nil {
		t.Fatal(err)
	}
	return directives
}

// TestForms: each directive that every theme shows has a form here.
func TestForms(t *testing.T) {
	forms := new(writer).forms()
	for _, d := range declared(t) {
		if forms[d.Name] == nil {
			t.Errorf("%s has no form", d.Name)
		}
		delete(forms, d.Name)
	}
	for name := range forms {
		t.Errorf("%s is declared nowhere", name)
	}
}

func linked(t testing.TB, files map[string]string) *site.Site {
	t.Helper()
	c, problems := config.Parse([]byte(files[config.File]))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	compiler := content.Compiler{Config: c, Dialect: markdown.New(), Directives: declared(t)}
	var docs []*content.Doc
	for name, text := range files {
		if name != config.File {
			d := compiler.Compile(name, []byte(text))
			docs = append(docs, &d)
		}
	}
	slices.SortFunc(docs, func(a, b *content.Doc) int { return strings.Compare(a.Path, b.Path) })
	others := []site.File{
		{Source: "static/follow.png", Picture: &image.Info{Format: image.PNG, Width: 258, Height: 258}},
		{Source: "content/examples/hall.jpg", Picture: &image.Info{Format: image.JPEG, Width: 1600, Height: 1000}},
		{Source: "content/examples/drawing.svg", Picture: &image.Info{Format: image.SVG, Width: 100, Height: 100}},
		{Source: "content/examples/list.csv", Size: 5},
		{Source: "content/examples/film.mp4", Size: 5},
		{Source: "content/examples/sound.mp3", Size: 5},
	}
	s, problems := site.Link(c, docs, others, site.Selection{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)})
	for _, d := range problems {
		t.Log(d)
	}
	return s
}

// compose makes the article of one text, beside other ones.
func compose(t *testing.T, settings, text string) Article {
	t.Helper()
	return composed(t, fewArticles(t, settings, text))
}

// fewArticles is a site with the article of a text, and others. One of them says where
// it is in WeChat.
func fewArticles(t *testing.T, settings, text string) *site.Site {
	t.Helper()
	head := func(title string) string {
		return "---\n标题: " + title + "\n日期: 2025-05-01\n来源: 本站\n作者: 沈禾\n责任编辑: 陆青\n---\n"
	}
	return linked(t, map[string]string{
		config.File:              settings,
		"content/examples/a.md":  head("甲") + text,
		"content/examples/b.md":  head("乙") + "一句话\n",
		"content/notices/c.md":   head("丙"),
		"content/examples/d.md":  strings.Replace(head("丁"), "标题", "公众号链接: https://mp.weixin.qq.com/s/d\n标题", 1),
		"content/examples/ee.md": head("戊"),
	})
}

// composed is the article of content/examples/a.md.
func composed(t *testing.T, s *site.Site) Article {
	t.Helper()
	a, err := Compose(s, pageOf(t, s, "content/examples/a.md"), plain())
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func pageOf(t *testing.T, s *site.Site, file string) *site.Page {
	t.Helper()
	i := slices.IndexFunc(s.Pages, func(p *site.Page) bool { return p.Doc.Path == file })
	if i < 0 {
		t.Fatalf("%s is not there", file)
	}
	return s.Pages[i]
}

const address = "base_url = \"https://www.example.org/\"\n"

// TestCases: each feature of the dialect with what becomes of it. Files of
// testdata/cases are Markdown, a line of →, and the fragment, an element a line.
func TestCases(t *testing.T) {
	names, err := filepath.Glob("testdata/cases/*.txt")
	if err != nil || len(names) < 5 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			text, want, _ := strings.Cut(string(b), "\n→\n")
			a := compose(t, address, text+"\n")
			got := lines(a.Fragment)
			if *update {
				if err := os.WriteFile(name, []byte(text+"\n→\n"+got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			if found := Check(a.Fragment); len(found) > 0 {
				t.Error(found)
			}
			if kept := sanitised(a.Fragment); kept != a.Fragment {
				t.Errorf("WeChat would leave\n%s", lines(kept))
			}
		})
	}
}

// lines shows a fragment so that it can be read: a block a line.
func lines(fragment string) string {
	for _, block := range []string{"section", "p", "blockquote", "table", "tbody", "tr"} {
		fragment = strings.ReplaceAll(fragment, "</"+block+">", "</"+block+">\n")
	}
	return strings.TrimRight(fragment, "\n") + "\n"
}

// sanitised is what is left of a fragment by a filter that is made from the
// contract.
func sanitised(fragment string) string {
	var b strings.Builder
	z := nethtml.NewTokenizer(strings.NewReader(fragment))
	for {
		kind := z.Next()
		if kind == nethtml.ErrorToken {
			return b.String()
		}
		t := z.Token()
		r, known := rule(Element, t.Data)
		switch kind {
		case nethtml.TextToken:
			b.WriteString(strings.ReplaceAll(html.EscapeString(t.Data), "\u00a0", "&nbsp;"))
		case nethtml.EndTagToken:
			if known {
				b.WriteString("</" + t.Data + ">")
			}
		case nethtml.StartTagToken, nethtml.SelfClosingTagToken:
			if !known {
				continue
			}
			b.WriteString("<" + t.Data)
			for _, a := range t.Attr {
				if a.Key == "style" {
					var kept []string
					for declaration := range strings.SplitSeq(a.Val, ";") {
						name, _, _ := strings.Cut(declaration, ":")
						if _, ok := rule(Property, name); ok {
							kept = append(kept, declaration)
						}
					}
					a.Val = strings.Join(kept, ";")
				} else if !slices.Contains(r.Attributes, a.Key) {
					continue
				}
				b.WriteString(" " + a.Key + `="` + html.EscapeString(a.Val) + `"`)
			}
			b.WriteString(">")
		}
	}
}

// FuzzFragment: whatever is written, raw HTML too, what is made of it is on the
// list, and its elements stand in each other as a browser would have them.
func FuzzFragment(f *testing.F) {
	names, err := filepath.Glob("testdata/cases/*.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		text, _, _ := strings.Cut(string(b), "\n→\n")
		f.Add(text)
	}
	for _, text := range []string{
		"<div class=a style=\"position:fixed\"><p>甲<div>乙</div></p></div>",
		"<details><summary>甲</summary>\n\n- 乙\n\n</details>",
		"<table><tr><td><table><tr><td>甲</td></tr></table></td></tr></table>",
		"**<p>甲</p>** <b>乙 [<img src=hall.jpg>](b.md)</b>",
		"<ul><li>甲<ul><li>![](hall.jpg)</li></ul></li></ul>",
		"<svg><script>a</script></svg><iframe src=x></iframe>",
		"- | 甲 |\n  |---|\n  | <p>乙 |\n\n> ```\n> 丙",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || strings.ContainsAny(text, "\x00\r") {
			t.Skip("source reads no such text, and a browser changes it")
		}
		s := linked(t, map[string]string{config.File: address,
			"content/examples/a.md": "---\n标题: 甲\n日期: 2025-05-01\n来源: 本站\n作者: 沈禾\n摘要: 一句话\n---\n" + text})
		if len(s.Pages) != 1 {
			t.Skip("it is not public")
		}
		a, err := Compose(s, s.Pages[0], plain())
		if err != nil {
			t.Fatal(err)
		}
		if found := Check(a.Fragment); len(found) > 0 {
			t.Errorf("%v in\n%s", found, lines(a.Fragment))
		}
		if parsed := reparsed(t, a.Fragment); !slices.Equal(tokens(parsed), tokens(a.Fragment)) {
			t.Errorf("a browser has\n%s\nfor\n%s", lines(parsed), lines(a.Fragment))
		}
	})
}

// reparsed is a fragment as a browser writes it down.
func reparsed(t *testing.T, fragment string) string {
	t.Helper()
	nodes, err := nethtml.ParseFragment(strings.NewReader(fragment), &nethtml.Node{Type: nethtml.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, n := range nodes {
		if err := nethtml.Render(&b, n); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// tokens are the tags and texts of a fragment.
func tokens(fragment string) (all []string) {
	z := nethtml.NewTokenizer(strings.NewReader(fragment))
	for z.Next() != nethtml.ErrorToken {
		t := z.Token()
		if t.Type == nethtml.SelfClosingTagToken {
			t.Type = nethtml.StartTagToken
		}
		all = append(all, t.String())
	}
	return all
}

// TestCheck: what is not on the list is told.
func TestCheck(t *testing.T) {
	for fragment, want := range map[string]string{
		`<section style="color:#333"><p>甲</p></section>`:                    "",
		`<section><a href="https://mp.weixin.qq.com/s/x">甲</a></section>`:   "",
		`<section><a href="https://mp.weixin.qq.com.a.cn/">甲</a></section>`: "<a href=https://mp.weixin.qq.com.a.cn/>",
		`<div>甲</div>`:                                        "<div>",
		`<section class="a">甲</section>`:                      "<section class>",
		`<section style="padding:1px">甲</section>`:            "<section> padding:1px",
		`<section><p style="padding:1px">甲</p></section>`:     "",
		`<section><p style="position:fixed">甲</p></section>`:  "<p> position",
		`<section><p style="color:var(--a)">甲</p></section>`:  "<p> color:var(--a)",
		`<section><p style="display:flex">甲</p></section>`:    "<p> display:flex",
		`<section><ul><li>甲</li></ul></section>`:              "<ul> <li>",
		`<section><img src="a" onerror="x" alt=""></section>`: "<img onerror>",
		`<section><!-- a --></section>`:                       "comment",
	} {
		if got := strings.Join(Check(fragment), " "); got != want {
			t.Errorf("%s: %q, want %q", fragment, got, want)
		}
	}
}

// TestWithoutAddress: a site without a base_url has no codes and no 阅读原文.
func TestWithoutAddress(t *testing.T) {
	a := compose(t, "", "见[乙](b.md)和[外面](https://a.cn/)。\n\n::video{src=film.mp4}\n")
	if strings.Contains(a.Fragment, "codes/") || strings.Contains(a.Fragment, "阅读原文") || !strings.Contains(a.Fragment, "见乙和外面") || a.SourceURL != "" {
		t.Error(a.Fragment)
	}
}

// TestAI: what readers must be told of AI's part stands at the end of the text and on the
// sheet to copy from; without one neither says anything of it.
func TestAI(t *testing.T) {
	for fields, want := range map[string]string{"人工智能: true\n": "本文含有人工智能生成合成的内容", "": ""} {
		const head = "---\n标题: 甲\n日期: 2025-05-01\n来源: 本站\n"
		a := composed(t, linked(t, map[string]string{"content/examples/a.md": head + fields + "---\n字\n"}))
		_, ending, _ := strings.Cut(a.Fragment, "vertical-align:ending")
		said := strings.Contains(ending, want) && strings.Contains(a.sheet(), want)
		if !said || want == "" && strings.Contains(a.Fragment+a.sheet(), "人工智能") {
			t.Errorf("%q: %s\n%s", fields, a.Fragment, a.sheet())
		}
	}
}

// TestCovers: a photograph is cut here, a drawing by the browser, and what there
// is none of is told.
func TestCovers(t *testing.T) {
	for cover, want := range map[string]string{
		"封面: hall.jpg": "cover-wide.jpg 900×383 0.000000_0.000000_1.000000_0.681000, cover-square.jpg 500×500 0.187500_0.000000_0.812500_1.000000, ",
		"封面: {src: drawing.svg, focus: [0.5, 0]}": "others/cover.svg 900×383 0.000000_0.000000_1.000000_0.430000, others/cover.svg 500×500 0.000000_0.000000_1.000000_1.000000, 7 封面是 SVG 图，公众号不收",
		"责任编辑: 陆青":                                "0 没有可以裁成公众号封面的照片",
	} {
		s := linked(t, map[string]string{"content/examples/a.md": "---\n标题: 甲\n日期: 2025-05-01\n来源: 本站\n作者: 沈禾\n摘要: 一句话\n" + cover + "\n---\n字\n"})
		a := composed(t, s)
		got := ""
		for _, c := range a.Covers {
			got += fmt.Sprintf("%s %d×%d %s, ", c.Name, c.Width, c.Height, c.Crop)
		}
		for _, d := range a.Findings {
			got += fmt.Sprintf("%d %s", d.Line, d.Message.ZH)
		}
		if got != want {
			t.Errorf("%s: %s, want %s", cover, got, want)
		}
	}
}

// TestStyles: mistakes in a theme's wechat.toml are told with their lines.
func TestStyles(t *testing.T) {
	var whole strings.Builder
	whole.WriteString("[\"甲\"]\n")
	for _, role := range Roles {
		whole.WriteString(role + " = \"color:#333333\"\n")
	}
	all, problems := Styles("themes/x/wechat.toml", whole.String())
	if len(problems) > 0 || len(all) != 1 {
		t.Fatal(problems)
	}
	for text, want := range map[string]string{
		whole.String() + "h7 = \"\"\n": "不认得的名字“h7”",
		strings.Replace(whole.String(), "em = \"color:#333333\"", "em = \"float:left\"", 1):     "微信不收“float”",
		strings.Replace(whole.String(), "em = \"color:#333333\"\n", "", 1):                      "样式“甲”里没有 em",
		strings.Replace(whole.String(), "article = \"color", "article = \"background-color", 1): "微信不收“background-color:#333333”",
		"[甲": "公众号样式的写法有误：",
	} {
		if _, problems := Styles("themes/x/wechat.toml", text); len(problems) != 1 || !strings.HasPrefix(problems[0].Message.ZH, want) {
			t.Errorf("%s: %v", want, problems)
		}
	}
}
