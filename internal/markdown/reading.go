package markdown

import (
	"slices"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"

	"qinglian/internal/diag"
)

// reading is what the parsers of one text share: what they must know of it,
// and what they found wrong with it.
type reading struct {
	source     []byte
	edits      edits        // made in what was typed
	chinese    bool         // it has Chinese, Japanese or Korean
	numbers    bool         // there may be lines that begin with one
	outline    bool         // numbers make headings
	starts     map[int]bool // lines that begin paragraphs in a pasted text
	cells      int          // of tables so far
	directives []DirectiveSpec
	fieldNamed func(name string) bool
	found      []finding
	guesses    []finding   // at offsets of what was typed, before it was respelled
	linkEnds   map[int]int // of links and pictures, by where they begin
	literal    []int       // where marks are shown as typed, in order
	enter      Enter
	official   bool     // it may greet and be signed as official texts are
	organs     []string // whom the article is from
	unsigned   bool     // no salutation or signature is looked for
	recognised Recognised
	linesStay  []*ast.Paragraph // whose line breaks show
	fenced     ast.Node         // the code that a fence ended last
	alerts     []alerted        // quotations that are callouts
	wideStars  bool             // it has asterisks of the Chinese keyboard
	stretch    indentedBlock
	used       map[string]bool // labels of links; made for the first definition
	processors [2]parser.DelimiterProcessor
	stock      *stock // nil for none

	block        ast.Node // the block asked about last by chineseIn
	blockChinese bool
	blockMasked  bool // it was reported to have masks
}

// finding is a message about a stretch of the source.
type finding struct {
	span
	diag.Diagnostic
}

var readingKey = parser.NewContextKey()

// readingOf is the reading that a parser takes part in. A text that is parsed
// without one, as by the tests of CommonMark, is read as it is.
func readingOf(pc parser.Context, source []byte) *reading {
	if r, ok := pc.Get(readingKey).(*reading); ok {
		return r
	}
	r := &reading{source: source, chinese: chinese(source)}
	pc.Set(readingKey, r)
	return r
}

func (r *reading) problem(at int, d diag.Diagnostic) { r.problemOver(point(at), d) }

func (r *reading) problemOver(s span, d diag.Diagnostic) { r.found = append(r.found, finding{s, d}) }

// literalMarks reports marks that are shown as typed.
func (r *reading) literalMarks(s span, severity diag.Severity, message, hint diag.Text) {
	r.problemOver(s, diag.Diagnostic{Rule: "literal-marks", Severity: severity, Message: message, Hint: hint})
	i, _ := slices.BinarySearch(r.literal, s.at) // mostly behind the others
	r.literal = slices.Insert(r.literal, i, s.at)
}

// reportedMarks reports whether literalMarks has reported a block.
func (r *reading) reportedMarks(block ast.Node) bool {
	lines := block.Lines()
	if lines.Len() == 0 {
		return false
	}
	start, stop := lines.At(0).Start, lines.At(lines.Len()-1).Stop
	i, _ := slices.BinarySearch(r.literal, start)
	return i < len(r.literal) && r.literal[i] < stop
}

// chineseIn reports whether a block has Chinese, Japanese or Korean: a block
// without is read as CommonMark reads it. The parser goes through one block after
// the other, so the last answer is kept.
func (r *reading) chineseIn(block ast.Node) bool {
	if !r.chinese || r.block == block {
		return r.chinese && r.blockChinese
	}
	r.block, r.blockChinese, r.blockMasked = block, r.chineseLines(block), false
	return r.blockChinese
}

// chineseLines is chineseIn for a block that is not complete yet: nothing is kept.
func (r *reading) chineseLines(block ast.Node) bool {
	for i := range block.Lines().Len() {
		s := block.Lines().At(i)
		if chinese(s.Value(r.source)) {
			return true
		}
	}
	return false
}
