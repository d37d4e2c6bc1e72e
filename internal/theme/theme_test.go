package theme

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"

	"qinglian/internal/view"
	"qinglian/themes"
)

var none = fstest.MapFS{}

func file1(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

// sample is a page with something in every field.
func sample(class string) *view.Page {
	date := view.Date{Machine: "2024-05-01T09:30:00+08:00", Minute: "2024-05-01 09:30", Day: "2024年5月1日"}
	card := view.Card{Title: "甲 <乙>", URL: "a.html", Date: date, Summary: "摘要 & 其他", Source: "来源", Cover: "a.png", Draft: true}
	link := view.Link{Title: "邻", URL: "b.html"}
	return &view.Page{
		Class: class, Title: "题“目”", Description: "描述", Root: "../", Canonical: "https://a.cn/", Feed: "../rss.xml",
		Site:  view.Site{Title: "站", Description: "述", Language: "zh-CN", Footer: view.Footer{Organizer: "主办", Contact: "电话", ICP: "京ICP备1号", Note: "注"}},
		Menu:  []view.Link{{Title: "首页", URL: "../index.html"}, {Title: "案例", URL: "index.html", Current: true}},
		Trail: []view.Link{{Title: "首页", URL: "../index.html"}},
		Prose: "<p>引言</p>",
		Article: &view.Article{Kind: "example", Title: "甲", Date: date, Updated: date, Summary: "摘要", Source: "来源", Author: "作", Editor: "编",
			Cover: "a.png", Draft: true, Tags: []view.Link{link}, Prose: template.HTML("<h2 id=\"x\">一</h2><p>正文 <b>粗</b> 后</p>"), Newer: &link, Older: &link,
			Facts:    []view.Fact{{Key: "unit", Label: "单位", Values: []string{"甲", "乙"}}, {Key: "telephone", Label: "电话", Values: []string{"1"}, Tel: "tel:1"}},
			Contents: []view.Heading{{ID: "x", Title: "一", Level: 2}, {ID: "y", Title: "二", Level: 3}, {ID: "z", Title: "三", Level: 2}}},
		List:   &view.List{Cards: []view.Card{card, card}, Number: 2, Newer: "index.html", Older: "page-1.html"},
		Groups: []view.Group{{Name: "examples", Title: "案例", URL: "examples/index.html", Description: "述", Cards: []view.Card{card, card, card}}},
		Terms:  []view.Term{{Title: "词", URL: "t.html", Count: 3}},
	}
}

var classes = map[string]string{"home": "home", "section": "section", "page": "article", "model-site": "article", "terms": "terms", "term": "term", "404": "missing"}

func load(t *testing.T, site fs.FS) *Theme {
	t.Helper()
	th, found, err := Load("lotus", themes.FS, site)
	if err != nil || len(found) > 0 {
		t.Fatal(err, found)
	}
	return th
}

// TestMinified: a page has the same elements, attributes and words whether its
// templates were minified or not.
func TestMinified(t *testing.T) {
	th := load(t, none)
	l := loader{name: "lotus", files: map[string]file{}, minifier: newMinifier()}
	if err := l.read(themes.FS, "lotus", ""); err != nil {
		t.Fatal(err)
	}
	for name, class := range classes {
		set := append([]string{"layouts/base.html", "layouts/" + name + ".html"}, l.in("partials")...)
		plain, err := l.parse(th, set, func(f file) (string, error) { return f.text, nil })
		if err != nil {
			t.Fatal(err)
		}
		layout, ok := th.Layout(name)
		if !ok {
			t.Fatalf("no layout %s", name)
		}
		for _, page := range []*view.Page{sample(class), {Class: class, Article: &view.Article{}, List: &view.List{}, Trail: sample(class).Trail}} {
			var want, got bytes.Buffer
			if err := plain.Execute(&want, page); err != nil {
				t.Fatal(err)
			}
			if err := layout.Execute(&got, page); err != nil {
				t.Fatal(err)
			}
			if a, b := shape(t, got.String()), shape(t, want.String()); a != b {
				at := 0
				for at < min(len(a), len(b)) && a[at] == b[at] {
					at++
				}
				t.Errorf("%s:\nminified …%.200s\nas is    …%.200s", name, a[max(0, at-50):], b[max(0, at-50):])
			}
			if len(page.Menu) > 0 && got.Len() >= want.Len() {
				t.Errorf("%s: minified to %d bytes from %d", name, got.Len(), want.Len())
			}
		}
	}
}

// shape is a document's elements with their attributes, and its words.
func shape(t *testing.T, page string) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch n.Type {
		case html.ElementNode:
			fmt.Fprintf(&b, "<%s", n.Data)
			for _, a := range n.Attr {
				fmt.Fprintf(&b, " %s=%q", a.Key, strings.ReplaceAll(strings.Join(strings.Fields(a.Val), " "), ", ", ","))
			}
			b.WriteString(">")
		case html.TextNode:
			b.WriteString(strings.Join(strings.Fields(n.Data), " "))
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
	return b.String()
}

// TestEscaped: what a view holds can't break out of its place.
func TestEscaped(t *testing.T) {
	th := load(t, none)
	evil := `"><script>alert(1)</script>`
	page := sample("article")
	page.Title, page.Description, page.Article.Title, page.Article.Source = evil, evil, evil, evil
	page.Article.Cover, page.Menu[0].URL, page.Article.Tags[0].Title = "javascript:alert(1)", "javascript:alert(1)", evil
	page.Article.Facts = []view.Fact{{Label: evil, Values: []string{evil}, Tel: "tel:" + evil}}
	layout, _ := th.Layout("model-site")
	var b bytes.Buffer
	if err := layout.Execute(&b, page); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "<script>") || strings.Contains(b.String(), "javascript:alert") {
		t.Errorf("got %s", b.String())
	}
}

// TestMistakes: what is wrong with a template is told with its place.
func TestMistakes(t *testing.T) {
	for text, want := range map[string]string{
		"\n<p>{{.Titel}}</p>":                "layouts/term.html:3:6 ",
		"<p>标题{{.Titel}}</p>":                "layouts/term.html:2:8 ",
		"{{.Article.Prse}}":                  "layouts/term.html:2:11 ",
		"{{nothing .Title}}":                 "layouts/term.html:2:0 ",
		"{{if .Title}}":                      "layouts/term.html:2:0 ",
		`{{asset "nothing.css"}}`:            "layouts/term.html:2:3 ",
		`{{template "nothing" .}}`:           "layouts/term.html:2:12 ",
		"{{range .List.Cards}}{{.X}}{{end}}": "layouts/term.html:2:24 ",
	} {
		site := fstest.MapFS{"layouts/term.html": file1("{{define \"main\"}}\n" + text + "{{end}}")}
		_, found, err := Load("lotus", themes.FS, site)
		if err != nil {
			t.Fatal(err)
		}
		if len(found) == 0 {
			t.Errorf("%s: nothing was found", text)
			continue
		}
		if got := fmt.Sprintf("%s:%d:%d ", found[0].File, found[0].Line, found[0].Column); got != want {
			t.Errorf("%s: got %s, want %s: %s", text, got, want, found[0].Message.EN)
		}
	}
}

// TestOverride: a site's own file wins, and moves the digest of those layouts
// alone that reach it.
func TestOverride(t *testing.T) {
	base := load(t, none)
	own := load(t, fstest.MapFS{"themes/lotus/partials/pager.html": file1("<p>另一种翻页</p>")})
	for name := range classes {
		a, _ := base.Layout(name)
		b, _ := own.Layout(name)
		reaches := name == "section" || name == "term"
		if (a.Digest != b.Digest) != reaches {
			t.Errorf("%s: digest moved: %v, want %v", name, a.Digest != b.Digest, reaches)
		}
	}
	styled := load(t, fstest.MapFS{"themes/lotus/assets/lotus.css": file1("body { color : red }")})
	for _, a := range styled.Assets {
		if a.file == "lotus.css" && string(a.Bytes) != "body{color:red}" {
			t.Errorf("got %q", a.Bytes)
		}
	}
	a, _ := base.Layout("page")
	b, _ := styled.Layout("page")
	if a.Digest == b.Digest {
		t.Error("another style sheet must move the layout's digest")
	}
}

func TestUnknown(t *testing.T) {
	th, found, err := Load("nothing", themes.FS, none)
	if th != nil || err != nil || len(found) != 1 || found[0].Rule != "unknown-theme" {
		t.Errorf("got %v, %v, %v", th, found, err)
	}
}
