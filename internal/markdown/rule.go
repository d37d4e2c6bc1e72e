package markdown

import (
	"bytes"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"qinglian/internal/diag"
)

// underlineParser reads a line of - or = under text. CommonMark makes a heading of
// the text. In Chinese prose the line is a rule across the page, unless what stands
// above it plainly is a heading: no end of a sentence, and above hyphens one short
// line by itself.
type underlineParser struct{ parser.BlockParser }

// Open begins a heading, or a rule.
func (p underlineParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	paragraph, ok := pc.LastOpenedBlock().Node.(*ast.Paragraph)
	r := readingOf(pc, reader.Source())
	marks := bytes.Trim(line, " \t\n")
	if !ok || paragraph.Parent() != parent || len(marks) < 2 || !setextPattern().Match(marks) ||
		!r.chineseLines(paragraph) {
		return p.BlockParser.Open(parent, reader, pc)
	}
	first := paragraph.Lines().At(0)
	title := bytes.TrimSpace(first.Value(r.source))
	last := paragraph.Lines().At(paragraph.Lines().Len() - 1)
	switch equals := marks[0] == '='; {
	case equals && !endsSentence(bytes.TrimSpace(last.Value(r.source)), sentenceEnds):
		return p.BlockParser.Open(parent, reader, pc)
	case equals || paragraph.Lines().Len() > 1 || !isTitle(title) || remarks().Match(title):
		rule := ast.NewThematicBreak()
		reader.AdvanceToEOL()
		return rule, parser.NoChildren
	}
	node, state := p.BlockParser.Open(parent, reader, pc)
	if node != nil {
		r.problemOver(lineSpan(r.source, segment.Start),
			diag.Diagnostic{Rule: "underlined-heading", Severity: diag.Note,
				Message: diag.Say("下面的横线使“%s”成了标题", "the hyphens below it make a heading of %q", title),
				Hint: diag.Say("是标题，写 ## %s；只要一条线，在线的上面空一行",
					"write ## %s for a heading; for a rule, leave an empty line above it", title)})
	}
	return node, state
}

// Close ends a heading; a rule has ended.
func (p underlineParser) Close(n ast.Node, reader text.Reader, pc parser.Context) {
	if _, ok := n.(*ast.Heading); ok {
		p.BlockParser.Close(n, reader, pc)
	}
}

// sentenceEnds are the marks in front of which no heading ends.
const sentenceEnds = "。！？!?；;"

// isTitle reports a line that can only be a heading: short, without the end of a
// sentence, and not made one already by bold; no picture, no date.
func isTitle(line []byte) bool {
	switch {
	case utf8.RuneCount(line) > shortLine, endsSentence(line, sentenceEnds+"，,：:、"):
		return false
	case bytes.HasPrefix(line, []byte("**")) &&
		bytes.HasSuffix(line, []byte("**")), bytes.HasPrefix(line, []byte("![")):
		return false
	}
	return !fullDate().Match(line)
}
