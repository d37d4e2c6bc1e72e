package markdown

import (
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// appender is the writer that goldmark's text escaping wants, over a slice.
type appender struct{ b []byte }

func (a *appender) Write(p []byte) (int, error)       { a.b = append(a.b, p...); return len(p), nil }
func (a *appender) WriteString(s string) (int, error) { a.b = append(a.b, s...); return len(s), nil }
func (a *appender) WriteByte(c byte) error            { a.b = append(a.b, c); return nil }
func (a *appender) WriteRune(c rune) (int, error) {
	n := len(a.b)
	a.b = utf8.AppendRune(a.b, c)
	return len(a.b) - n, nil
}
func (a *appender) Available() int { return cap(a.b) - len(a.b) }
func (a *appender) Buffered() int  { return 0 }
func (a *appender) Flush() error   { return nil }

// appendText escapes text for HTML, resolving entities and backslashes.
func appendText(to, value []byte) []byte {
	a := appender{to}
	html.DefaultWriter.Write(&a, value)
	return a.b
}

// plainText is text with entities and backslashes resolved, not escaped.
func plainText(value []byte) string {
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(value))))
}

// words is the text of a node and all below it, as readers see it.
func words(n ast.Node, source []byte) string {
	var b []byte
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			if c.IsRaw() {
				b = append(b, c.Value(source)...)
			} else {
				b = append(b, plainText(c.Value(source))...)
			}
			if c.SoftLineBreak() || c.HardLineBreak() {
				b = append(b, ' ')
			}
		case *ast.String:
			b = append(b, c.Value...)
		case *ast.RawHTML:
		case *ast.AutoLink:
			b = append(b, c.Label(source)...)
		default:
			b = append(b, words(c, source)...)
		}
	}
	return string(b)
}

// following is the node after n in reading order, inside its block.
func following(n ast.Node) ast.Node {
	for ; n != nil && n.Type() == ast.TypeInline; n = n.Parent() {
		if next := n.NextSibling(); next != nil {
			return next
		}
	}
	return nil
}

// firstRune is the first character of prose in a node, or 0.
func firstRune(n ast.Node, source []byte) rune {
	for n != nil {
		if t, ok := n.(*ast.Text); ok {
			if value := t.Value(source); len(value) > 0 {
				c, _ := utf8.DecodeRune(value)
				return c
			}
		}
		if first := n.FirstChild(); first != nil {
			n = first
			continue
		}
		n = following(n)
	}
	return 0
}

// joins reports whether a line break between two characters is nothing: both
// belong to a script that is written without spaces.
func joins(a, b rune) bool { return wide(a) && wide(b) }

func wide(c rune) bool {
	switch {
	case unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana):
		return true
	case 0x3000 <= c && c <= 0x303f, 0xff01 <= c && c <= 0xff60, 0xffe0 <= c && c <= 0xffe6:
		return true // CJK punctuation and full-width forms
	}
	switch c {
	case '“', '”', '‘', '’', '—', '…', '·':
		return true
	}
	return false
}
