package markdown

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/text"
	"golang.org/x/net/html"
)

// TestCommonMark runs the specification's 652 examples through our renderer,
// with the sanitiser, link holes and heading ids off. Our output is compact,
// so white space that a browser would not show is not compared.
func TestCommonMark(t *testing.T) {
	var cases []struct {
		Markdown, HTML, Section string
		Example                 int
	}
	b, err := os.ReadFile("testdata/commonmark-0.31.2.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &cases); err != nil {
		t.Fatal(err)
	}
	if len(cases) != 652 {
		t.Fatalf("%d examples, want 652", len(cases))
	}
	p := goldmark.New().Parser()
	for _, c := range cases {
		r := renderer{source: []byte(c.Markdown), plain: true}
		r.children(p.Parse(text.NewReader(r.source)))
		if got, want := normal(string(r.html)), normal(c.HTML); got != want {
			t.Errorf("%s, example %d:\n%s\ngot  %q\nwant %q", c.Section, c.Example, c.Markdown, got, want)
		}
	}
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
