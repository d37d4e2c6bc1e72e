package theme

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"

	"qinglian/internal/config"
	"qinglian/internal/diag"
	"qinglian/internal/markdown"
	"qinglian/internal/view"
	"qinglian/themes"
)

var none = fstest.MapFS{}

func file1(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

// sample is a page with something in every field.
func sample(class string) *view.Page {
	date := view.Date{Machine: "2024-05-01T09:30:00+08:00", Minute: "2024-05-01 09:30", Day: "2024年5月1日"}
	card := &view.Card{Title: "甲 <乙>", URL: "a.html", Date: date, Summary: "摘要 & 其他", Source: "来源", Cover: &view.Picture{URL: "a.png", SrcSet: "a.480w.png 480w, a.png 900w", Width: 900, Height: 600}, Draft: true}
	link := view.Link{Title: "邻", URL: "b.html"}
	return &view.Page{
		Class: class, Title: "题“目”", Description: "描述", Canonical: "https://a.cn/", Head: "<meta name=\"SiteName\" content=\"站\">",
		Name: "examples", Kind: "example", Also: []view.Link{link}, Term: &view.Term{Title: "词", Archived: true, Cover: &view.Picture{URL: "a.png", SrcSet: "a.480w.png 480w, a.png 900w", Width: 900, Height: 600}, Summary: "述"},
		Frame: &view.Frame{Root: "../", Home: "../index.html", First: class == "home",
			Site: view.Site{Title: "站", Description: "述", Language: "zh-CN", Footer: view.Footer{Organizer: "主办", Contact: "电话", ICP: "京ICP备1号", Note: "注"}},
			Menu: []view.Link{{Title: "首页", URL: "../index.html"}, {Title: "案例", URL: "index.html", Current: true}, {Title: "外", URL: "https://a.cn/", Outside: true}}},
		Trail: []view.Link{{Title: "首页", URL: "../index.html"}},
		Prose: "<p>引言</p>",
		Article: &view.Article{Kind: "example", Title: "甲", Date: date, Updated: date, Summary: "摘要", Source: "来源", Author: "作", Editor: "编",
			Cover: &view.Picture{URL: "a.png", SrcSet: "a.480w.png 480w, a.png 900w", Width: 900, Height: 600}, Draft: true, Tags: []view.Link{link}, Prose: template.HTML("<h2 id=\"x\">一</h2><p>正文 <b>粗</b> 后</p>"), Newer: &link, Older: &link,
			Fields: []view.Field{
				{Key: "unit", Label: "单位", Type: "text", Text: "甲、乙", Values: []string{"甲", "乙"}},
				{Key: "telephone", Label: "电话", Type: "telephone", Text: "1", Links: []view.Link{{Title: "1", Tel: "1"}}},
				{Key: "status", Label: "状态", Type: "choice", Text: "摘牌", Values: []string{"摘牌"}},
				{Key: "video", Label: "视频", Type: "file", Links: []view.Link{{Title: "a.mp4", URL: "a.mp4"}}},
				{Key: "attachments", Label: "附件", Type: "file", Links: []view.Link{{Title: "a.csv", URL: "a.csv"}}},
				table("stars", "year", "count", "note"), table("indicators", "name", "figure"), table("progress", "day", "text"),
			},
			Related: []*view.Card{card}, CitedBy: []view.Citation{{Title: "第三条", URL: "#t3", From: []view.Link{link}}},
			Contents: []view.Heading{{ID: "x", Title: "一", Level: 2}, {ID: "y", Title: "二", Level: 3}, {ID: "z", Title: "三", Level: 2}}},
		List:   &view.List{Cards: []*view.Card{card, card}, Number: 2, Newer: "index.html", Older: "page-1.html"},
		Groups: []view.Group{{Name: "examples", Kind: "model-site", Title: "案例", URL: "examples/index.html", Description: "述", Count: 3, Cards: []*view.Card{card, card, card}}},
		Taxonomies: []view.Taxonomy{{Name: "topics", Title: "专题", URL: "topics/index.html", Terms: []view.Term{{Title: "词", URL: "t.html", Count: 3, Archived: true}}},
			{Name: "categories", Title: "类别", URL: "c/index.html", Terms: []view.Term{{Title: "词", URL: "t.html", Count: 3}}}},
		Singles: []view.Link{link},
		Lists:   map[string][]*view.Card{"tasks": {card}, "sites": {card}},
		Data:    map[string]any{"honours": map[string]any{"honours": []any{map[string]any{"year": 2024, "title": "奖", "name": "甲"}}}},
	}
}

// table is a field with one row of texts.
func table(key string, columns ...string) view.Field {
	f := view.Field{Key: key, Label: key, Type: "table", Heads: columns, Rows: []view.Row{{}}}
	for _, c := range columns {
		f.Rows[0] = append(f.Rows[0], view.Field{Key: c, Label: c, Type: "text", Text: c})
	}
	return f
}

var classes = map[string]string{"home": "home", "section": "section", "page": "article", "model-site": "article", "terms": "terms", "term": "term", "404": "missing",
	"example": "article", "material": "article", "regulation": "article", "task": "article", "topics": "term", "sitemap": "map", "ledger": "output"}

// keys are those of the built-in kinds.
func keys() []string {
	c, _ := config.Parse(nil)
	return c.FieldKeys()
}

func load(t *testing.T, site fs.FS) *Theme {
	t.Helper()
	th, problems, err := Load("lotus", themes.FS, site, keys(), Checked{})
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
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
		plain := alone(t, &l, th, set, asWritten)
		layout, ok := th.Layout(name)
		if !ok {
			t.Fatalf("no layout %s", name)
		}
		for _, page := range []*view.Page{sample(class), {Class: class, Frame: &view.Frame{}, Article: &view.Article{}, List: &view.List{}, Term: &view.Term{},
			Trail: sample(class).Trail, Data: map[string]any{"honours": nil}, Lists: map[string][]*view.Card{"tasks": nil}}} {
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
	page.Article.Cover, page.Menu[0].URL, page.Article.Tags[0].Title = &view.Picture{URL: evil, SrcSet: evil}, "javascript:alert(1)", evil
	page.Article.Fields = []view.Field{{Label: evil, Values: []string{evil}}, {Label: evil, Links: []view.Link{{Title: evil, URL: "javascript:alert(1)"}, {Title: evil, Tel: evil}}}}
	layout, _ := th.Layout("model-site")
	var b bytes.Buffer
	if err := layout.Execute(&b, page); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "<script>") || strings.Contains(b.String(), "javascript:alert") {
		t.Errorf("got %s", b.String())
	}
}

// TestMistakes: what is wrong with a template is reported with its place.
func TestMistakes(t *testing.T) {
	for text, want := range map[string]string{
		"\n<p>{{.Titel}}</p>":       "layouts/term.html:3:6 ",
		"<p>标题{{.Titel}}</p>":       "layouts/term.html:2:8 ",
		"{{.Article.Prse}}":         "layouts/term.html:2:11 ",
		"{{nothing .Title}}":        "layouts/term.html:2:0 ",
		"{{if .Title}}":             "layouts/term.html:2:0 ",
		`{{asset "nothing.css"}}`:   "layouts/term.html:2:3 ",
		`{{template "nothing" .}}`:  "layouts/term.html:2:12 ",
		`{{.Article.Field "brnd"}}`: "layouts/term.html:2:3 ",
		`{{range .List.Cards}}{{with .Field "brnd"}}{{end}}{{end}}`: "layouts/term.html:2:29 ",
		`{{range .Lists.tasks}}{{end}}`:                             "layouts/term.html:2:15 ",
		`{{.Data.honours}}`:                                         "layouts/term.html:2:8 ",
		"{{range .List.Cards}}{{.X}}{{end}}":                        "layouts/term.html:2:24 ",
		`{{frame .Title .}}`:                                        "layouts/term.html:2:3 ",
		`{{. | frame "head"}}`:                                      "layouts/term.html:2:7 ",
		`{{template "trail"}}`:                                      "layouts/term.html:2:12 ", // which asks for fields
	} {
		site := fstest.MapFS{"layouts/term.html": file1("{{define \"main\"}}\n" + text + "{{end}}")}
		_, problems, err := Load("lotus", themes.FS, site, keys(), Checked{})
		if err != nil {
			t.Fatal(err)
		}
		if len(problems) == 0 {
			t.Errorf("%s: nothing was found", text)
			continue
		}
		if got := fmt.Sprintf("%s:%d:%d ", problems[0].File, problems[0].Line, problems[0].Column); got != want {
			t.Errorf("%s: got %s, want %s: %s", text, got, want, problems[0].Message.EN)
		}
	}
}

// TestMistakesTogether: what is wrong in several files is told in one run, the same each time.
func TestMistakesTogether(t *testing.T) {
	asset := `{{define "main"}}{{asset "NAME.css"}}{{asset "NAME.js"}}{{end}}`
	hands := `{{define "main"}}{{template "trail"}}{{template "head"}}{{end}}{{define "more"}}{{template "neighbours"}}{{end}}`
	site := fstest.MapFS{"layouts/404.html": file1(hands)}
	for _, name := range []string{"home", "page", "term"} {
		site["layouts/"+name+".html"] = file1(strings.ReplaceAll(asset, "NAME", name))
	}
	var first string
	for range 20 {
		_, problems, err := Load("lotus", themes.FS, site, keys(), Checked{})
		if err != nil {
			t.Fatal(err)
		}
		said := problems.Error()
		if first == "" {
			first = said
			for _, want := range []string{"home.css", "home.js", "page.css", "page.js", "term.css", "term.js", "404.html"} {
				if !strings.Contains(said, want) {
					t.Errorf("nothing is said of %s:\n%s", want, said)
				}
			}
		}
		if said != first {
			t.Fatalf("once\n%s\nonce\n%s", first, said)
		}
	}
}

// TestOutputs: a theme's further files are quoted for their format by
// construction.
func TestOutputs(t *testing.T) {
	th := load(t, fstest.MapFS{
		"themes/lotus/theme.toml": file1(`
[layouts.home]
data = ["honours"]
[outputs."ledger.html"]
layout = "ledger"
lists = { tasks = { kind = "task" } }
[layouts.showcase.lists]
sites = { kind = "model-site", by = ["category"] }
[layouts.figures.lists]
sites = { kind = "model-site", by = ["stars.count"] }
[outputs."a.json"]
lists = { sites = { kind = "model-site" } }
[outputs."b.csv"]
lists = { sites = { kind = "model-site" } }
[outputs."c.xml"]
template = "other.xml"
[outputs."d.txt"]
[outputs."bad.json"]
`),
		"themes/lotus/outputs/a.json":    file1("{ \"sites\" : [ {{range $i, $s := .Lists.sites}}{{if $i}},{{end}}{{$s.Title}}{{end}} ], \"draft\": {{.Title}} }"),
		"themes/lotus/outputs/b.csv":     file1("甲,乙\n{{range .Lists.sites}}{{.Title}},{{.Summary}}\n{{end}}"),
		"themes/lotus/outputs/other.xml": file1("<a>{{.Title}}</a>"),
		"themes/lotus/outputs/d.txt":     file1("{{.Title}}"),
		"themes/lotus/outputs/bad.json":  file1("{"),
	})
	page := &view.Page{Title: `"<题>"`, Lists: map[string][]*view.Card{"sites": {
		{Title: `a "b"` + "\n", Summary: "x,y"}, {Title: "=1+1", Summary: "-5"}}}}
	want := map[string]string{
		"a.json":   `{"sites":["a \"b\"\n","=1+1"],"draft":"\"<题>\""}` + "\n",
		"b.csv":    "\ufeff甲,乙\n\"a \"\"b\"\"\n\",\"x,y\"\n'=1+1,'-5\n",
		"c.xml":    "<a>&#34;&lt;题&gt;&#34;</a>",
		"d.txt":    `"<题>"`,
		"bad.json": "error",
	}
	for _, o := range th.Outputs {
		if o.HTML() {
			continue
		}
		var b bytes.Buffer
		got := "error"
		if err := o.Execute(&b, page); err == nil {
			got = b.String()
		}
		if got != want[o.Path] {
			t.Errorf("%s: got %q, want %q", o.Path, got, want[o.Path])
		}
		delete(want, o.Path)
	}
	if len(want) > 0 {
		t.Errorf("not made: %v", want)
	}
}

// TestDirectives: each built-in theme has a template for each declared directive.
func TestDirectives(t *testing.T) {
	declared, err := Directives(themes.FS)
	if err != nil || len(declared) < 10 {
		t.Fatal(declared, err)
	}
	for _, d := range declared {
		if markdown.OwnNamed(d.Name) || markdown.OwnNamed(d.Label) || d.Label == "" {
			t.Errorf("%s, %q: no label, or a name of Markdown's own", d.Name, d.Label)
		}
	}
	for _, name := range []string{"lotus", "plain"} {
		th, problems, err := Load(name, themes.FS, none, keys(), Checked{})
		if err != nil || len(problems) > 0 {
			t.Fatal(problems, err)
		}
		for _, d := range declared {
			if _, ok := th.Directive(d.Name); !ok {
				t.Errorf("%s has no template for %s", name, d.Name)
			}
		}
	}
}

// TestContract: what is wrong with theme.toml.
func TestContract(t *testing.T) {
	for text, want := range map[string]string{
		"name = x":                     "themes/lotus/theme.toml:1:8 expected value but found \"x\" instead",
		"[layouts.hoem]":               "themes/lotus/theme.toml:0:0 there is no layouts/hoem.html",
		"[layouts.home]\ntersm = []":   "themes/lotus/theme.toml:0:0 unknown setting layouts.home.tersm",
		"[layouts.term.lists]\na = {}": "themes/lotus/theme.toml:0:0 layouts.term.lists.a: name a section or a kind, and a count of 0 or more",
		"[layouts.term.lists]\na = { kind = \"task\", by = [\"nix\"] }":       "themes/lotus/theme.toml:0:0 layouts.term.lists.a: no kind has a field nix",
		"[layouts.term.lists]\na = { kind = \"task\", by = [\"stars.nix\"] }": "themes/lotus/theme.toml:0:0 layouts.term.lists.a: no kind has a field stars.nix",
		"[outputs.\"A.html\"]\nlayout = \"page\"":                             "themes/lotus/theme.toml:0:0 A.html can't be a published path",
		"[outputs.\"a.html\"]\nlayout = \"nix\"":                              "themes/lotus/theme.toml:0:0 a.html: there is no layouts/nix.html",
		"[outputs.\"a.json\"]":                                                "themes/lotus/theme.toml:0:0 a.json: there is no outputs/a.json",
		"[directives.right]\nbody = \"must\"":                                 "themes/lotus/theme.toml:0:0 directives.right: :::right is Markdown's own here; take another name or label",
		"[directives.organ]\nlabel = \"落款\"":                                  "themes/lotus/theme.toml:0:0 directives.organ: :::落款 is Markdown's own here; take another name or label",
		"contract = 2":                                                        "themes/lotus/theme.toml:0:0 the theme is for a newer qinglian",
	} {
		_, problems, err := Load("lotus", themes.FS, fstest.MapFS{"themes/lotus/theme.toml": file1(text)}, keys(), Checked{})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, d := range problems {
			got = append(got, fmt.Sprintf("%s:%d:%d %s", d.File, d.Line, d.Column, strings.TrimPrefix(d.Message.EN, "the theme has an error: ")))
		}
		if !slices.Contains(got, want) {
			t.Errorf("%s\ngot  %s\nwant %s", text, strings.Join(got, "\n     "), want)
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
		reaches := name == "section" || name == "term" || name == "topics"
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
	parts := load(t, fstest.MapFS{
		"themes/lotus/assets/lotus.css/10-type.css": file1("i { color : red }"),
		"themes/lotus/assets/lotus.css/99-z.css":    file1("b { color : red }"),
	})
	for _, a := range parts.Assets {
		css := string(a.Bytes)
		if a.file == "lotus.css" && !(strings.HasPrefix(css, "i{color:red}") && strings.HasSuffix(css, "}}b{color:red}")) {
			t.Errorf("a part replaced and one added: got %.50q … %q", css, css[max(0, len(css)-50):])
		}
	}
	a, _ := base.Layout("page")
	b, _ := styled.Layout("page")
	if a.Digest == b.Digest {
		t.Error("another style sheet must move the layout's digest")
	}
	scripted := load(t, fstest.MapFS{"themes/lotus/assets/quiz.js": file1("other()")})
	for name, names := range map[string]bool{"quiz": true, "card": false} {
		a, _ := base.Directive(name)
		b, _ := scripted.Directive(name)
		if (a.Digest != b.Digest) != names {
			t.Errorf("another script: digest of %s moved: %v, want %v", name, a.Digest != b.Digest, names)
		}
	}
}

// TestFinder: a theme that searches is given the script that reads the index, and
// can't stand on one of its own.
func TestFinder(t *testing.T) {
	given := func(site fstest.MapFS) (n int) {
		for _, a := range load(t, site).Assets {
			if a.file == "finder.js" {
				n++
			}
		}
		return n
	}
	if n := given(none); n != 1 {
		t.Errorf("given %d times", n)
	}
	_, problems, err := Load("lotus", themes.FS, fstest.MapFS{"themes/lotus/assets/finder.js": file1("old()")}, keys(), Checked{})
	if err != nil || len(problems) != 1 || problems[0].File != "themes/lotus/assets/finder.js" {
		t.Errorf("got %v, %v", problems, err)
	}
	unmarked := fstest.MapFS{}
	for _, name := range []string{"layouts/page.html", "partials/fields.html"} {
		text, err := fs.ReadFile(themes.FS, "plain/"+name)
		if err != nil {
			t.Fatal(err)
		}
		unmarked["themes/plain/"+name] = file1(strings.ReplaceAll(string(text), " data-search", ""))
	}
	if _, problems, err = Load("plain", themes.FS, unmarked, keys(), Checked{}); err != nil || len(problems) != 1 || problems[0].File != "themes/plain/layouts/search.html" || problems[0].Severity != diag.Warning {
		t.Errorf("got %v, %v", problems, err)
	}
}

// TestTagged: a theme whose pages would have no page tags is told so, wherever they would
// stand.
func TestTagged(t *testing.T) {
	for base, want := range map[string]int{
		"<head>{{.Head}}</head>{{block \"main\" .}}{{end}}":              0,
		"<head>{{template \"top\" .}}</head>{{block \"main\" .}}{{end}}": 0,
		"<head>{{.Title}}</head>{{block \"main\" .}}{{end}}":             1,
	} {
		_, problems, err := Load("plain", themes.FS, fstest.MapFS{"themes/plain/layouts/base.html": file1(base),
			"themes/plain/partials/top.html": file1(map[bool]string{true: "{{.Head}}"}[strings.Contains(base, "top")])}, keys(), Checked{})
		if err != nil || len(problems) != want || want > 0 && (problems[0].File != "themes/plain/layouts/base.html" || problems[0].Severity != diag.Warning) {
			t.Errorf("%s: got %v, %v", base, problems, err)
		}
	}
}

func TestUnknown(t *testing.T) {
	th, problems, err := Load("nothing", themes.FS, none, nil, Checked{})
	if th != nil || err != nil || len(problems) != 1 || problems[0].Rule != "unknown-theme" {
		t.Errorf("got %v, %v, %v", th, problems, err)
	}
}
