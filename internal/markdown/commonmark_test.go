package markdown

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
	"golang.org/x/net/html"
)

// examples are the specification's 652.
func examples(t testing.TB) []example {
	b, err := os.ReadFile("testdata/commonmark-0.31.2.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []example
	if err := json.Unmarshal(b, &cases); err != nil {
		t.Fatal(err)
	}
	if len(cases) != 652 {
		t.Fatalf("%d examples, want 652", len(cases))
	}
	return cases
}

type example struct {
	Markdown, HTML, Section string
	Example                 int
}

// bare renders a text with the sanitiser, link holes and heading ids off. Our
// output is compact, so white space that a browser would not show is taken out.
func bare(p parser.Parser, markdown string) string {
	r := renderer{source: []byte(markdown), plain: true, has: hasOf([]byte(markdown))}
	r.children(p.Parse(text.NewReader(r.source)))
	return normal(string(r.html))
}

// TestCommonMark runs the specification's examples through our renderer, with
// goldmark's own parser.
func TestCommonMark(t *testing.T) {
	p := goldmark.New().Parser()
	for _, c := range examples(t) {
		if got, want := bare(p, c.Markdown), normal(c.HTML); got != want {
			t.Errorf("%s, example %d:\n%s\ngot  %q\nwant %q", c.Section, c.Example, c.Markdown, got, want)
		}
	}
}

// bareLinks are the examples in which we differ because addresses are links
// without marks, as in GitHub's dialect.
var bareLinks = []int{608, 611, 612}

// TestCommonMarkDialect runs the examples through our own parser too. We have
// no indented code, on which a tenth of them build, so it is put back.
func TestCommonMarkDialect(t *testing.T) {
	p := newParser(emphasisParser{})
	p.AddOptions(parser.WithBlockParsers(util.Prioritized(parser.NewCodeBlockParser(), 500)))
	for _, c := range examples(t) {
		got, want := bare(p, c.Markdown), normal(c.HTML)
		if differs := slices.Contains(bareLinks, c.Example); (got != want) != differs {
			t.Errorf("%s, example %d differs: %v, want %v\n%s\ngot  %q\nwant %q", c.Section, c.Example, !differs, differs, c.Markdown, got, want)
		}
	}
}

// FuzzEmphasis: without Chinese, marks mean what they mean to goldmark.
func FuzzEmphasis(f *testing.F) {
	for _, c := range examples(f) {
		if strings.Contains(c.Section, "mphasis") {
			f.Add(c.Markdown)
		}
	}
	f.Add("**“foo”**bar **a…**b 138****1234 1*2*3 _“a”_b")
	ours, stock := newParser(emphasisParser{}), newParser(parser.NewEmphasisParser())
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 2048 || chinese([]byte(s)) || strings.Contains(s, "~") {
			return // ~ strikes by other rules
		}
		if got, want := bare(ours, s), bare(stock, s); got != want {
			t.Errorf("%q\ngot  %q\nwant %q", s, got, want)
		}
	})
}

var blocks = strings.Fields("address blockquote dd div dl dt fieldset form h1 h2 h3 h4 h5 h6 hr iframe li ol p pre section table tbody td th thead tr ul br")

// normal is HTML without the white space that does not show: outside pre, runs
// are one space, and none stands beside a block's tag.
func normal(s string) string {
	z := html.NewTokenizer(strings.NewReader(s))
	var b strings.Builder
	pre, edge := 0, true
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return strings.TrimSpace(b.String())
		case html.TextToken:
			data := z.Token().Data
			if pre == 0 {
				words := strings.Join(strings.FieldsFunc(data, func(c rune) bool { return strings.ContainsRune(" \t\n", c) }), " ")
				if !edge && strings.TrimLeft(data, " \t\n") != data {
					words = " " + words
				}
				if strings.TrimRight(data, " \t\n") != data && words != " " && words != "" {
					words += " "
				}
				data = words
			}
			if data != "" {
				b.WriteString(html.EscapeString(data))
				edge = pre == 0 && strings.HasSuffix(data, " ")
			}
		default:
			tok := z.Token()
			block := slices.Contains(blocks, tok.Data)
			if tok.Data == "pre" {
				if kind == html.StartTagToken {
					pre++
				} else if pre > 0 {
					pre--
				}
			}
			if block {
				out := strings.TrimRight(b.String(), " ")
				b.Reset()
				b.WriteString(out)
			}
			if kind == html.SelfClosingTagToken {
				tok.Type = html.StartTagToken
			}
			b.WriteString(tok.String())
			edge = block
		}
	}
}
