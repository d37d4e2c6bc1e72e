package markdown

import (
	"bytes"
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
	end := 0
	for end < len(line) && !p.ends[line[end]] {
		if end++; line[end-1] >= 0xe0 { // three bytes or more
			end += 2
		}
	}
	end = min(end, len(line))
	before, behindText := parent.LastChild().(*ast.Text)
	lines := parent.Lines()
	switch {
	case end < len(line) && line[end] == '\\', behindText && bytes.HasSuffix(before.Value(r.source), []byte(`\`)):
		return nil
	case end == len(line)-1 && line[end] == '\n', end == len(line) && at.Stop == lines.At(lines.Len()-1).Stop:
		n := r.stock.text(at.WithStop(at.Start + end))
		n.SetSoftLineBreak(end < len(line))
		block.AdvanceLine()
		return n
	case end == len(line), behindText && before.Segment.Stop == at.Start && !before.SoftLineBreak():
		return nil
	}
	block.Advance(end)
	return r.stock.text(at.WithStop(at.Start + end))
}
