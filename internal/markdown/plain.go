package markdown

import (
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// plainParser takes the Chinese in front of the next mark in one step. goldmark looks
// at each byte, and asks for each whether it may be one.
type plainParser struct {
	ends [256]bool // bytes that another parser is asked about, spaces and \
}

// newPlainParser goes in front of the other parsers.
func newPlainParser(others []util.PrioritizedValue) *plainParser {
	p := &plainParser{}
	for _, other := range others {
		for _, c := range other.Value.(parser.InlineParser).Trigger() {
			p.ends[c] = true
		}
	}
	for _, c := range "\t\n\v\f\r \\" {
		p.ends[c] = true
	}
	return p
}

// Trigger is what goldmark takes the beginning of a line and what follows a mark for.
func (*plainParser) Trigger() []byte { return []byte(" ") }

// Parse takes a text, with the end of its line if that means nothing but itself. The
// nodes are those that goldmark would make, one for one: what has a backslash in it, or
// goes on with a text, is left to it.
func (p *plainParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, at := block.PeekLine()
	if line[0] < utf8.RuneSelf || len(line) != at.Stop-at.Start {
		return nil
	}
	r := readingOf(pc, block.Source())
	if !r.chineseIn(parent) {
		return nil
	}
	end := 1
	for end < len(line) && !p.ends[line[end]] {
		end++
	}
	before, behindText := parent.LastChild().(*ast.Text)
	lines := parent.Lines()
	switch {
	case end < len(line) && line[end] == '\\', behindText && r.source[before.Segment.Stop-1] == '\\':
		return nil
	case end == len(line)-1 && line[end] == '\n', end == len(line) && at.Stop == lines.At(lines.Len()-1).Stop:
		n := r.nodes.text(at.WithStop(at.Start + end))
		n.SetSoftLineBreak(end < len(line))
		block.AdvanceLine()
		return n
	case end == len(line), behindText && before.Segment.Stop == at.Start && !before.SoftLineBreak():
		return nil
	}
	block.Advance(end)
	return r.nodes.text(at.WithStop(at.Start + end))
}

// nodes are what one text after the other is parsed with: since nobody keeps them when the
// text is compiled, they are used again for the next. What does not fit in is made anew.
type nodes struct {
	texts []ast.Text
	runs  []parser.Delimiter
}

// newNodes are enough for most articles.
func newNodes() nodes { return nodes{make([]ast.Text, 0, 128), make([]parser.Delimiter, 0, 64)} }

// empty lets go of all nodes.
func (n *nodes) empty() {
	clear(n.texts)
	clear(n.runs)
	n.texts, n.runs = n.texts[:0], n.runs[:0]
}

// text is a node of text.
func (n *nodes) text(s text.Segment) *ast.Text {
	if n == nil || len(n.texts) == cap(n.texts) {
		return ast.NewTextSegment(s)
	}
	n.texts = append(n.texts, ast.Text{Segment: s})
	return &n.texts[len(n.texts)-1]
}

// run is a node for a run of marks.
func (n *nodes) run(length int, mark byte) *parser.Delimiter {
	if n == nil || len(n.runs) == cap(n.runs) {
		return parser.NewDelimiter(false, false, length, mark, nil)
	}
	n.runs = append(n.runs, parser.Delimiter{Length: length, OriginalLength: length, Char: mark})
	return &n.runs[len(n.runs)-1]
}
