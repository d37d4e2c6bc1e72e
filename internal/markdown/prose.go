package markdown

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/net/html"
)

// enough is how many bytes of a block are gathered at least, if it has as many:
// more than a summary has.
const enough = 4096

// prose gathers the lines of a block as readers see them: without marks, pictures
// and references to notes. A line ends where Enter shows.
type prose struct {
	source []byte
	lines  []string
	line   []byte
	size   int
	hidden string // the raw element whose text is none
}

// proseLines are the lines of a block, none of them empty.
func proseLines(n ast.Node, source []byte) []string {
	p := prose{source: source}
	if block, ok := n.(*ast.HTMLBlock); ok {
		p.raw(block.Lines().Value(source))
	} else {
		p.inline(n)
	}
	p.endLine()
	return p.lines
}

func (p *prose) inline(n ast.Node) {
	for c := n.FirstChild(); c != nil && p.size < enough; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			p.text(c)
		case *ast.String:
			p.put(c.Value)
		case *ast.AutoLink:
			p.put(c.Label(p.source))
		case *ast.RawHTML:
			p.raw(c.Segments.Value(p.source))
		case *ast.Image:
		default: // references to notes have nothing below them
			p.inline(c)
		}
	}
}

func (p *prose) text(t *ast.Text) {
	value := t.Value(p.source)
	if !t.IsRaw() {
		value = plain(value)
	}
	p.put(value)
	last, _ := utf8.DecodeLastRune(p.line)
	switch {
	case t.HardLineBreak():
		p.endLine()
	case t.SoftLineBreak() && !joins(last, firstRune(following(t), p.source)):
		p.put([]byte(" "))
	}
}

// put adds what readers see of a text; white space is one space.
func (p *prose) put(value []byte) {
	if p.hidden != "" {
		return
	}
	p.size += len(value)
	for _, c := range string(value) {
		switch {
		case common(c):
			p.line = utf8.AppendRune(p.line, c)
		case unicode.IsSpace(c):
			if len(p.line) > 0 && p.line[len(p.line)-1] != ' ' {
				p.line = append(p.line, ' ')
			}
		case unicode.IsControl(c), c == '\u200b', c == '\ufeff':
		default:
			p.line = utf8.AppendRune(p.line, c)
		}
	}
}

func (p *prose) endLine() {
	if line := bytes.TrimSpace(p.line); len(line) > 0 {
		p.lines = append(p.lines, string(line))
	}
	p.line = p.line[:0]
}

// Elements of raw HTML whose text is no prose, and those within a line.
var (
	noProse = []string{"script", "style", "rt", "rp", "table", "pre", "h1", "h2", "h3", "h4", "h5", "h6"}
	inLine  = strings.Fields("a abbr b bdi bdo cite code del dfn em i ins kbd mark q rb ruby s samp small span strong sub sup time u var wbr")
)

// raw adds the text of raw HTML.
func (p *prose) raw(fragment []byte) {
	z := html.NewTokenizer(bytes.NewReader(fragment))
	for {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			return
		case html.TextToken:
			p.put([]byte(z.Token().Data))
			continue
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
		default:
			continue
		}
		name := z.Token().Data
		switch {
		case p.hidden != "":
			if kind == html.EndTagToken && name == p.hidden {
				p.hidden = ""
			}
		case kind == html.StartTagToken && slices.Contains(noProse, name):
			p.hidden = name
		case !slices.Contains(inLine, name) && name != "img":
			p.endLine()
		}
	}
}

// joinLines makes one line of several: a space divides them, but beside Chinese
// punctuation, which does so itself.
func joinLines(lines []string) string {
	var b strings.Builder
	for i, line := range lines {
		if i > 0 && !dividesAfter(lastRune(lines[i-1])) {
			b.WriteByte(' ')
		}
		b.WriteString(line)
	}
	return b.String()
}

// dividesAfter reports punctuation of Chinese alone, which needs no space behind it.
func dividesAfter(c rune) bool {
	return wide(c) && !shared(c) && !unicode.IsLetter(c) && !unicode.IsDigit(c)
}
