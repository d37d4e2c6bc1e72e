package markdown

import (
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"qinglian/internal/diag"
)

// emphasisParser reads runs of * _ ~ in place of goldmark's own parsers. In a
// text without Chinese, Japanese or Korean it decides exactly as CommonMark
// does. In others it follows the CommonMark CJK-friendly amendments, and goes
// past them: the quotes, dashes and dots that Chinese shares with Latin count
// as Chinese, and runs that mask something are no marks.
type emphasisParser struct{}

// Trigger is what a run is made of.
func (emphasisParser) Trigger() []byte { return []byte("*_~") }

// Parse takes one whole run: as a delimiter, or as text.
func (emphasisParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	length := 1
	for length < len(line) && line[length] == line[0] {
		length++
	}
	run := readingOf(pc, block.Source()).run(block, line, segment, length)
	run.Segment = segment.WithStop(segment.Start + length)
	block.Advance(length)
	if !run.CanOpen && !run.CanClose {
		return ast.NewTextSegment(run.Segment)
	}
	pc.PushDelimiter(run)
	return run
}

// run decides what a run of length marks at the beginning of line can do.
func (r *reading) run(block text.Reader, line []byte, at text.Segment, length int) *parser.Delimiter {
	mark := line[0]
	before, ideograph := r.before(block, at)
	after := rune(' ')
	if length < len(line) {
		after = util.ToRune(line, length)
	}
	run := parser.NewDelimiter(false, false, length, mark, pairs{r})
	if mark == '~' {
		run.Processor = strikes{pairs{r}}
	}
	if mark == '~' && length != 2 || r.chinese && mark == '*' && masks(before, after, length) {
		return run
	}
	left := !util.IsSpaceRune(after) && (!r.punctuation(after) || util.IsSpaceRune(before) || r.punctuation(before) || ideograph)
	right := !util.IsSpaceRune(before) && (!r.punctuation(before) || util.IsSpaceRune(after) || r.punctuation(after) || r.chinese && cjk(after))
	run.CanOpen, run.CanClose = left, right
	if mark == '_' {
		run.CanOpen = left && (!right || util.IsPunctRune(before))
		run.CanClose = right && (!left || util.IsPunctRune(after))
	}
	return run
}

// before is the character in front of a run, behind its variation selector, and
// whether it is Chinese, Japanese or Korean.
func (r *reading) before(block text.Reader, at text.Segment) (before rune, ideograph bool) {
	before = block.PrecendingCharacter()
	if !r.chinese {
		return before, false
	}
	if selector := utf8.RuneLen(before); 0xfe00 <= before && before <= 0xfe0e && at.Start > selector {
		if c, _ := utf8.DecodeLastRune(r.source[:at.Start-selector]); !util.IsSpaceRune(c) {
			before = c
		}
	}
	return before, cjk(before) || 0xe0100 <= before && before <= 0xe01ef
}

// punctuation reports whether a character keeps a run on its far side from
// being a mark. Chinese punctuation does not.
func (r *reading) punctuation(c rune) bool {
	return util.IsPunctRune(c) && !(r.chinese && cjk(c))
}

// masks reports whether asterisks stand for something hidden: 138****1234,
// “**”, 10*20*30.
func masks(before, after rune, length int) bool {
	switch {
	case unicode.IsDigit(before) && unicode.IsDigit(after):
		return true
	case length > longestRun:
		return alphanumeric(before) || alphanumeric(after)
	}
	return length > 1 && closing[before] == after
}

// longestRun is what *** needs; a longer run is a mask.
const longestRun = 3

func alphanumeric(c rune) bool {
	return '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z'
}

// closing is the mark that ends what another begins.
var closing = map[rune]rune{'“': '”', '‘': '’', '《': '》', '〈': '〉', '（': '）', '【': '】', '「': '」', '『': '』', '〔': '〕', '［': '］'}

// pairs makes emphasis of two runs; it is goldmark's [parser.DelimiterProcessor].
type pairs struct{ *reading }

// IsDelimiter reports whether a byte is a mark.
func (pairs) IsDelimiter(b byte) bool { return b == '*' || b == '_' || b == '~' }

// OnMatch is the node that a pair makes.
func (pairs) OnMatch(consumes int) ast.Node { return ast.NewEmphasis(consumes) }

// CanOpenCloser reports whether two runs are a pair. Asterisks that would
// enclose too much Chinese are not: both are taken literally.
func (p pairs) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	if opener.Char != closer.Char {
		return false
	}
	if opener.Char != '*' || !p.chinese || !tooMuch(opener, closer, p.source) {
		return true
	}
	opener.CanOpen, closer.CanOpen = false, false
	p.problem(opener.Segment.Start, diag.Diagnostic{Rule: "literal-marks", Severity: diag.Warning,
		Message: diag.Say("这里的星号没有当作加粗，原样显示：它和后面的星号之间隔着句号、顿号或半个括号，或超过 %d 个字", "the asterisks here are shown as typed: between them and the next ones are the end of a sentence, half a bracket or more than %d characters", longestMarked),
		Hint:    diag.Say(`隐去的字写成 \*\*；要加粗，请逐句加星号，或写 <strong>……</strong>`, `write \*\* for hidden words; to embolden, mark each sentence or write <strong>…</strong>`)})
	return false
}

// strikes makes strikethrough.
type strikes struct{ pairs }

// OnMatch is the node that a pair makes.
func (strikes) OnMatch(int) ast.Node { return extast.NewStrikethrough() }

// longestMarked is how many characters of Chinese prose one pair of asterisks
// may enclose. What is longer is two redactions, not emphasis.
const longestMarked = 60

// tooMuch reports whether two runs are not what someone would emphasise with:
// they are masks, or the prose between them is long, holds the end of a
// sentence, begins with a closing mark or ends with an opening one.
func tooMuch(opener, closer *parser.Delimiter, source []byte) bool {
	if opener.OriginalLength > longestRun || closer.OriginalLength > longestRun {
		return true
	}
	var s stretch
	for n := opener.NextSibling(); n != nil && n != closer && !s.full(); n = n.NextSibling() {
		s.add(n, source)
	}
	_, opens := closing[s.last]
	return s.han && s.full() || opens && !quote(s.last) || s.first == '、' || closes(s.first) && !quote(s.first)
}

// quote marks are typed the wrong way round too often to prove anything.
func quote(c rune) bool { return c == '“' || c == '”' || c == '‘' || c == '’' }

func closes(c rune) bool {
	for _, end := range closing {
		if c == end {
			return true
		}
	}
	return false
}

// stretch is a piece of prose, measured.
type stretch struct {
	characters  int
	first, last rune
	han         bool
	ended       bool // a 。 came
	crossed     bool // and a letter after it
}

func (s *stretch) full() bool { return s.characters > longestMarked || s.crossed }

func (s *stretch) add(n ast.Node, source []byte) {
	value := []byte(nil)
	switch n := n.(type) {
	case *ast.Text:
		value = n.Value(source)
	case *ast.String:
		value = n.Value
	}
	for len(value) > 0 && !s.full() {
		c, size := utf8.DecodeRune(value)
		value = value[size:]
		s.character(c)
	}
	for c := n.FirstChild(); c != nil && !s.full(); c = c.NextSibling() {
		s.add(c, source)
	}
}

func (s *stretch) character(c rune) {
	if s.characters == 0 {
		s.first = c
	}
	s.characters++
	s.last = c
	s.han = s.han || unicode.Is(unicode.Han, c)
	s.crossed = s.crossed || s.ended && (unicode.IsLetter(c) || unicode.IsDigit(c))
	s.ended = s.ended || c == '。'
}
