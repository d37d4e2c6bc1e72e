package markdown

import (
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/util"

	"qinglian/internal/diag"
)

// highlightNode is ==高亮== of Obsidian and Typora. Only a Chinese block has it: in
// others == is what it is to CommonMark, which has no such mark.
type highlightNode struct{ ast.BaseInline }

var highlightKind = ast.NewNodeKind("Highlight")

// Kind implements [ast.Node].
func (*highlightNode) Kind() ast.NodeKind { return highlightKind }

// Dump implements [ast.Node].
func (n *highlightNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// highlights makes highlighted text of two runs.
type highlights struct{ pairs }

// OnMatch is the node that a pair makes.
func (highlights) OnMatch(int) ast.Node { return &highlightNode{} }

// CanOpenCloser reports whether two runs are a pair. Signs of equality are none: those
// of 甲==乙，丙==丁 stand around a comma near the second, those of formulas around the
// end of a sentence.
func (h highlights) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	if opener.Char != '=' || closer.Char != '=' {
		return false
	}
	s := between(opener.NextSibling(), closer, h.source)
	before, _ := utf8.DecodeLastRune(h.source[:opener.Segment.Start])
	switch {
	case s.crossed:
		run := span{opener.Segment.Start, opener.Segment.Stop}
		h.problemOver(run, diag.Diagnostic{Rule: "foreign-syntax", Severity: diag.Warning,
			Message: diag.Say("两处 == 之间隔着句号，没有当作高亮，原样显示",
				"the signs == stand around the end of a sentence and are shown as typed"),
			Hint: diag.Say("逐句写 ==高亮==，或写 <mark>……</mark>", "highlight each sentence, or write <mark>…</mark>")})
	case s.short() && letterOrDigit(before):
	default:
		return true
	}
	opener.CanOpen = false
	return false
}

// highlightRun decides what a run of = can do.
func (b inBlock) highlightRun(run *parser.Delimiter, before, after rune, length int) {
	if !b.chinese || length != 2 || alphanumeric(before) && alphanumeric(after) {
		return
	}
	run.Processor = highlights{pairs{b}}
	run.CanOpen = !util.IsSpaceRune(after) && after != '='
	run.CanClose = !util.IsSpaceRune(before) && before != '='
}
