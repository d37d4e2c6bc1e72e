package web

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/net/html"

	"qinglian/internal/site"
)

var update = flag.Bool("update", false, "write what comes out into testdata/pages")

// TestPages: what each page gives to a reader, and to a reader's programs, is what
// testdata/pages says. A change there is to be read: it is one of what people hear,
// press and are told.
func TestPages(t *testing.T) {
	all := wholeSite(t)
	for _, theme := range []string{"lotus", "plain"} {
		t.Run(theme, func(t *testing.T) {
			f := all.edit(t, "config.toml", "tone ", "theme = \""+theme+"\"\ntone ")
			out, problems, _ := f.selected(t, "engine", site.Selection{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Drafts: true})
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			var b strings.Builder
			for _, name := range slices.Sorted(maps.Keys(out)) {
				switch ext := path.Ext(name); {
				case alike.MatchString(name):
				case ext == ".html":
					fmt.Fprintf(&b, "◆ %s\n%s\n", name, outline(t, text(t, out[name]), framed[name]))
				case ext == ".csv" || ext == ".json" && !strings.HasPrefix(name, "search/"):
					fmt.Fprintf(&b, "◆ %s\n%s\n", name, text(t, out[name]))
				}
			}
			compare(t, filepath.Join("testdata", "pages", theme+".txt"), b.String())
		})
	}
}

// TestAI: whatever text AI had a part in, its page says so, once, in each theme.
func TestAI(t *testing.T) {
	const line = "本文含有人工智能生成合成的内容"
	all, texts := folder{}, 0
	for name, text := range wholeSite(t) {
		head, rest, article := strings.Cut(text, "---\n")
		if article = article && head == ""; article {
			text = "---\n人工智能: true\n" + strings.Replace(rest, "人工智能: true\n", "", 1)
		}
		all[name] = text
		if article && !strings.Contains(text, "\n已撤下:") {
			texts++
		}
	}
	for _, theme := range []string{"lotus", "plain"} {
		f := all.edit(t, "config.toml", "tone ", "theme = \""+theme+"\"\ntone ")
		now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		out, problems, _ := f.selected(t, "engine", site.Selection{Now: now, Drafts: true, Future: true})
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		said := 0
		for name, o := range out {
			if path.Ext(name) != ".html" {
				continue
			}
			n := strings.Count(text(t, o), line)
			if n > 1 {
				t.Errorf("%s: %s says it %d times", theme, name, n)
			}
			said += n
		}
		if said != texts {
			t.Errorf("%s: %d pages say it, of %d", theme, said, texts)
		}
	}
}

// wholeSite is the site of testdata/pages, whose articles fill in all fields.
func wholeSite(t *testing.T) folder {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/pages/site.txtar")
	if err != nil {
		t.Fatal(err)
	}
	all := folder{}
	for n := range 41 { // enough for a list of two pages
		all[fmt.Sprintf("content/notices/n%02d.md", n)] = article(fmt.Sprintf("第%d条", n+1), fmt.Sprintf("2024-01-01 10:%02d", n), "") + "话。\n"
	}
	for _, f := range archive.Files {
		all[f.Name] = string(f.Data)
	}
	return all
}

// alike matches pages that say nothing that another one does not.
var alike = regexp.MustCompile(`^(notices/n\d[1-9]|notices/n[^2]0|(tags|categories)/[^/]+/|units/[^t]|(categories|examples|lessons|routes|rules|tasks|topics|units)/index|sites/second|rules/old)`)

// framed are pages whose frame is told, too: the header, the footer and the head.
var framed = map[string]bool{"index.html": true, "404.html": true, "sites/whole.html": true, "about-us.html": true}

// compare holds a text to a file.
func compare(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("%s is not what comes out (-update writes it):\n%s", name, whereApart(string(want), got))
	}
}

// whereApart is the lines around the first one in which two texts differ.
func whereApart(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	at := 0
	for at < min(len(a), len(b)) && a[at] == b[at] {
		at++
	}
	around := func(lines []string) string {
		return strings.Join(lines[min(len(lines), max(0, at-2)):min(len(lines), at+3)], "\n")
	}
	return "want\n" + around(a) + "\ngot\n" + around(b)
}

// outline is a page as those read it who do not see it: its elements with their
// attributes, and its text, a line for each. What is there for the eye alone is
// left out: classes, drawings and elements that mean nothing; so is the frame if
// it is not wanted.
func outline(t *testing.T, page string, frame bool) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	var walk func(n *html.Node, depth int)
	walk = func(n *html.Node, depth int) {
		line := ""
		switch n.Type {
		case html.TextNode:
			line = strings.Join(strings.Fields(n.Data), " ")
		case html.ElementNode:
			line = meant(n)
			around := n.Parent.Data == "body" && n.Data != "main" && n.Data != "p" || n.Parent.Data == "head" && everywhere.MatchString(line)
			if n.Data == "svg" || around && !frame {
				return
			}
		}
		if line != "" {
			fmt.Fprintf(&b, "%s%s\n", strings.Repeat("  ", depth), line)
			depth++
		}
		for c := range n.ChildNodes() {
			walk(c, depth)
		}
	}
	walk(root, 0)
	return b.String()
}

var (
	made       = regexp.MustCompile(`\.[0-9a-f]{10}\.`)                                                            // the name of an asset says what is in it
	everywhere = regexp.MustCompile(`assets/|^<meta (charset|http-equiv|name="(viewport|renderer|color-scheme)")`) // in heads
	code       = regexp.MustCompile(`^data:image/png;base64,`)                                                     // of QR codes there is a test
)

// meant is an element as the outline has it; "" if it means nothing.
func meant(n *html.Node) string {
	var said []string
	for _, a := range n.Attr {
		switch {
		case a.Key == "class", a.Key == "style":
			continue
		case code.MatchString(a.Val):
			a.Val = "data:…"
		}
		said = append(said, fmt.Sprintf(" %s=%q", a.Key, made.ReplaceAllString(a.Val, ".*.")))
	}
	if len(said) == 0 && (n.Data == "div" || n.Data == "span") {
		return ""
	}
	return "<" + n.Data + strings.Join(said, "") + ">"
}
