package markdown

import (
	"bytes"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// paragraphParser opens paragraphs in place of goldmark's parser, which does
// the rest. Chinese typists indent: four spaces are a paragraph too (code is
// fenced), two ideographic spaces begin one even without an empty line before
// them, and a line of nothing but ideographic spaces is empty.
type paragraphParser struct{ parser.BlockParser }

// Open begins a paragraph with a line that does not go on with one.
func (paragraphParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	if !startsHan(line) && len(bytes.Trim(line, " \t\n")) == 0 {
		return nil, parser.NoChildren
	}
	r := readingOf(pc, reader.Source())
	if _, goesOn := pc.LastOpenedBlock().Node.(*ast.Paragraph); goesOn && !begins(line) && !r.starts[segment.Start] {
		return nil, parser.NoChildren
	}
	if pc.BlockIndent() > 3 {
		r.indented(line, segment.Start+max(pc.BlockOffset(), 0))
	}
	n := r.stock.paragraph()
	if !blank(line) {
		n.Lines().Append(segment)
	}
	reader.AdvanceToEOL()
	return n, parser.NoChildren
}

// Continue takes the next line, if the paragraph goes on there.
func (p paragraphParser) Continue(n ast.Node, reader text.Reader, pc parser.Context) parser.State {
	return p.BlockParser.Continue(n, reader, pc)
}

// Close takes the indentation off.
func (p paragraphParser) Close(n ast.Node, reader text.Reader, pc parser.Context) {
	p.BlockParser.Close(n, reader, pc)
	if n.Parent() == nil || n.Lines().Len() == 0 {
		return
	}
	first := n.Lines().At(0)
	value := first.Value(reader.Source())
	if startsHan(value) {
		return // as most
	}
	first.Start += len(value) - len(bytes.TrimLeft(value, wideSpaces))
	n.Lines().Set(0, first)
}

// CanInterruptParagraph is true: Open decides.
func (paragraphParser) CanInterruptParagraph() bool { return true }

// CanAcceptIndentedLine is true: there is no indented code.
func (paragraphParser) CanAcceptIndentedLine() bool { return true }

// referenceTransformer spares goldmark's transformer the paragraphs that can't
// begin with the definition of a link, which are nearly all.
type referenceTransformer struct{ parser.ParagraphTransformer }

// Transform takes definitions of links out of a paragraph.
func (t referenceTransformer) Transform(n *ast.Paragraph, reader text.Reader, pc parser.Context) {
	if readingOf(pc, reader.Source()).defined(n, pc); n.Parent() == nil {
		return
	}
	if lines := n.Lines(); lines.Len() > 0 {
		first := lines.At(0)
		line := first.TrimLeftSpace(reader.Source())
		if !line.IsEmpty() && reader.Source()[line.Start] != '[' {
			return
		}
	}
	t.ParagraphTransformer.Transform(n, reader, pc)
}

// wideSpaces are spaces that Markdown takes for letters.
const wideSpaces = "\u3000\u2003\u2002\u00a0"

// spaces are all that stand in a line.
const spaces = " \t" + wideSpaces

func trimSpaces(b []byte) []byte { return bytes.Trim(b, "\n"+spaces) }

// trimLeft takes the spaces off the beginning of a segment.
func (r *reading) trimLeft(s text.Segment) text.Segment {
	value := s.Value(r.source)
	if startsHan(value) {
		return s
	}
	return s.WithStart(min(s.Stop, s.Start+len(value)-len(bytes.TrimLeft(value, spaces))))
}

// trimRight takes the spaces off the end of a segment.
func (r *reading) trimRight(s text.Segment) text.Segment {
	value := s.Value(r.source)
	return s.WithStop(max(s.Start, s.Stop-len(value)+len(bytes.TrimRight(value, spaces))))
}

// blank reports whether a line looks empty.
func blank(line []byte) bool {
	if startsHan(line) {
		return false
	}
	return bytes.IndexFunc(line, func(c rune) bool { return !unicode.IsSpace(c) }) < 0
}

// begins reports whether a line begins a paragraph, whatever is in front of it.
func begins(line []byte) bool {
	return blank(line) || bytes.HasPrefix(bytes.TrimLeft(line, " \t"), []byte("　　"))
}
