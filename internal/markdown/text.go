package markdown

import (
	"bytes"
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
	if isPlain(value) {
		return append(to, value...)
	}
	a := appender{to}
	html.DefaultWriter.Write(&a, value)
	if bytes.Contains(value, []byte("&#")) {
		return append(to, bytes.Map(publishable, a.b[len(to):])...)
	}
	return a.b
}

// publishable takes out what may not stand in HTML, as entities can name it; the
// characters themselves were taken out of the file.
func publishable(c rune) rune {
	if c < 0x20 && c != '\t' && c != '\n' || 0x7f <= c && c <= 0x9f || 0xfdd0 <= c && c <= 0xfdef ||
		c&0xfffe == 0xfffe {
		return -1
	}
	return c
}

// isPlain reports text that is itself in HTML, as nearly all prose is.
func isPlain(value []byte) bool {
	for _, c := range value {
		if c < utf8.RuneSelf && special[c] {
			return false
		}
	}
	return true
}

// wideMarks are the full-width marks that a text has, of some that few have.
type wideMarks struct{ bracket, star, bar bool } // ［ ＊ ｜

// wideIn looks for them by the byte that all full-width forms begin with.
func wideIn(text []byte) (w wideMarks) {
	for {
		i := bytes.IndexByte(text, "［"[0])
		if i < 0 || len(text)-i < len("［") {
			return w
		}
		mark := text[i : i+len("［")]
		w.bracket = w.bracket || string(mark) == "［"
		w.star = w.star || string(mark) == "＊"
		w.bar = w.bar || string(mark) == wideBar
		text = text[i+len("［"):]
	}
}

// rare are bytes that few texts have.
type rare string

// in are those that a text has.
func (r rare) in(source []byte) rare {
	var has []byte
	for i := range len(r) {
		if bytes.IndexByte(source, r[i]) >= 0 {
			has = append(has, r[i])
		}
	}
	return rare(has)
}

// first is where the first of them stands in a part of the text; -1 if none does.
func (r rare) first(part []byte) int {
	first := -1
	for i := range len(r) {
		if at := bytes.IndexByte(part, r[i]); at >= 0 {
			first, part = at, part[:at]
		}
	}
	return first
}

// escapable are the bytes of [special].
const escapable rare = "&<>\"\\\x00"

// special is what is escaped in HTML, or begins an entity or an escape.
var special = [utf8.RuneSelf]bool{'&': true, '<': true, '>': true, '"': true, '\\': true, 0: true}

// appendEscaped escapes what has no meaning but itself for HTML.
func appendEscaped[T string | []byte](to []byte, value T) []byte {
	from := 0
	for i := range len(value) {
		if c := value[i]; c < utf8.RuneSelf && special[c] && c != '\\' {
			to = append(append(to, value[from:i]...), util.EscapeHTMLByte(c)...)
			from = i + 1
		}
	}
	return append(to, value[from:]...)
}

// plain is text with entities and backslashes resolved, not escaped.
func plain(value []byte) []byte {
	if bytes.IndexByte(value, '\\') < 0 && bytes.IndexByte(value, '&') < 0 {
		return value // nearly all prose
	}
	return bytes.Map(publishable,
		util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(value))))
}

func plainText(value []byte) string { return string(plain(value)) }

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
			last, _ := utf8.DecodeLastRune(b)
			if c.HardLineBreak() || c.SoftLineBreak() && !joins(last, firstRune(following(c), source)) {
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

// firstRune is the first character of prose in a node or after it, as readers
// see it; 0 where something else comes first.
func firstRune(n ast.Node, source []byte) rune {
	for n != nil {
		var value []byte
		switch n := n.(type) {
		case *ast.Text:
			value = n.Value(source)
			if !n.IsRaw() {
				value = plain(value)
			}
		case *ast.String:
			value = n.Value
		case *ast.AutoLink:
			value = n.Label(source)
		case *ast.Image:
			return 0
		}
		if len(value) > 0 {
			c, _ := utf8.DecodeRune(value)
			return c
		}
		if first := n.FirstChild(); first != nil {
			n = first
			continue
		}
		n = following(n)
	}
	return 0
}
