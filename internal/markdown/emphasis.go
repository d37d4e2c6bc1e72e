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

// emphasisParser reads runs of * _ ~ = in place of goldmark's own parsers. In a
// text without Chinese, Japanese or Korean it decides exactly as CommonMark
// does. In others it follows the CommonMark CJK-friendly amendments, and goes
// past them: the quotes, dashes and dots that Chinese shares with Latin count
// as Chinese, and runs that mask something are no marks.
type emphasisParser struct{}

// Trigger is what a run is made of.
func (emphasisParser) Trigger() []byte { return []byte("*_~=") }

// Parse takes one whole run: as a delimiter, or as text.
func (emphasisParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	length := 1
	for length < len(line) && line[length] == line[0] {
		length++
	}
	r := readingOf(pc, block.Source())
	b := inBlock{r, r.chineseIn(parent)}
	run := b.run(block, line, segment, length)
	if b.chinese && run.Char == '*' && length == 2 && (!run.CanOpen || !run.CanClose) {
		if opens, closes := b.spaced(parent, segment.Start); opens || closes {
			run.CanOpen, run.CanClose = opens, closes
		}
	}
	run.Segment = segment.WithStop(segment.Start + length)
	block.Advance(length)
	if !run.CanOpen && !run.CanClose {
		return b.stock.text(run.Segment)
	}
	pc.PushDelimiter(run)
	return run
}

// inBlock reads the runs of one block.
type inBlock struct {
	*reading
	chinese bool // the block has Chinese, Japanese or Korean
}

// run decides what a run of length marks at the beginning of line can do.
func (b inBlock) run(block text.Reader, line []byte, at text.Segment, length int) *parser.Delimiter {
	mark := line[0]
	before, ideograph := b.before(block, at)
	after := rune(' ')
	if length < len(line) {
		after = util.ToRune(line, length)
	}
	run := b.stock.run(length, mark)
	run.Processor = b.pairs()
	switch mark {
	case '~':
		run.Processor = strikes{pairs{b}}
	case '=':
		b.highlightRun(run, before, after, length)
		return run
	}
	switch figures := b.reading.chinese && unicode.IsDigit(before) && unicode.IsDigit(after); {
	case mark == '~' && (length != 2 || figures), mark == '*' && (figures || b.chinese && masks(before, after, length)):
		return run
	}
	left := !util.IsSpaceRune(after) &&
		(!b.punctuation(after) || util.IsSpaceRune(before) || b.punctuation(before) || ideograph)
	right := !util.IsSpaceRune(before) &&
		(!b.punctuation(before) || util.IsSpaceRune(after) || b.punctuation(after) || b.chinese && cjk(after))
	run.CanOpen, run.CanClose = left, right
	switch {
	case mark == '_':
		run.CanOpen = left && (!right || util.IsPunctRune(before))
		run.CanClose = right && (!left || util.IsPunctRune(after))
	case mark == '*' && length == 1 && b.chinese:
		ahead := nearBefore(b.source, at.Start)
		if multiplies(ahead, line[1:]) {
			run.CanOpen, run.CanClose = false, false
		}
		run.CanOpen = run.CanOpen && (letterOrDigit(after) || headOf(ahead) == noHead)
	}
	return run
}

// pairs are made once for all blocks that are read alike: a text has many runs.
func (b inBlock) pairs() parser.DelimiterProcessor {
	at := 0
	if b.chinese {
		at = 1
	}
	if b.processors[at] == nil {
		b.processors[at] = pairs{b}
	}
	return b.processors[at]
}

// before is the character in front of a run, behind its variation selector, and
// whether it is Chinese, Japanese or Korean.
func (b inBlock) before(block text.Reader, at text.Segment) (before rune, ideograph bool) {
	before = block.PrecendingCharacter()
	if !b.chinese {
		return before, false
	}
	if selector := utf8.RuneLen(before); 0xfe00 <= before && before <= 0xfe0e && at.Start > selector {
		if c, _ := utf8.DecodeLastRune(b.source[:at.Start-selector]); !util.IsSpaceRune(c) {
			before = c
		}
	}
	return before, cjk(before) || 0xe0100 <= before && before <= 0xe01ef
}

// punctuation reports whether a character keeps a run on its far side from
// being a mark. Chinese punctuation does not.
func (b inBlock) punctuation(c rune) bool {
	return !common(c) && util.IsPunctRune(c) && !(b.chinese && cjk(c))
}

// masks reports whether asterisks stand for something hidden, besides those between
// figures (138****1234, 10*20*30), which are no marks in a Chinese text: “**”, 510****X.
func masks(before, after rune, length int) bool {
	if length > longestRun {
		return alphanumeric(before) || alphanumeric(after)
	}
	return length > 1 && after != 0 && closing(before) == after
}

// longestRun is what *** needs; a longer run is a mask.
const longestRun = 3

func alphanumeric(c rune) bool {
	return '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z'
}

// closing is the mark that ends what another begins; 0 if that is no such mark.
func closing(mark rune) rune {
	switch mark {
	case '“':
		return '”'
	case '‘':
		return '’'
	case '《', '〈', '【', '「', '『', '〔':
		return mark + 1
	case '（':
		return '）'
	case '［':
		return '］'
	}
	return 0
}

// pairs makes emphasis of two runs; it is goldmark's [parser.DelimiterProcessor].
type pairs struct{ inBlock }

// IsDelimiter reports whether a byte is a mark.
func (pairs) IsDelimiter(b byte) bool { return b == '*' || b == '_' || b == '~' }

// OnMatch is the node that a pair makes.
func (p pairs) OnMatch(consumes int) ast.Node { return p.stock.emphasis(consumes) }

// CanOpenCloser reports whether two runs are a pair. Asterisks in a Chinese block
// that hide something, or would enclose too much, are not: those that can't be
// marks are taken literally.
func (p pairs) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	if opener.Char != closer.Char {
		return false
	}
	if opener.Char != '*' || !p.chinese {
		return true
	}
	open := mark{opener.Segment.Start, opener.OriginalLength}
	end := mark{closer.Segment.Start, closer.OriginalLength}
	s := between(opener.NextSibling(), closer, p.source)
	switch {
	case countsBehind(open, p.source) && countsBehind(end, p.source):
		closer.CanOpen = false
	case masked(open, end, &s, p.source):
		p.hidden(open)
		begins := !s.short() && headBefore(p.source, end.at) == noHead
		closer.CanOpen = closer.CanOpen && begins
	case tooMuch(open, end, &s, p.source):
		p.literal(open, diag.Say("这里的星号没有当作加粗，原样显示：它和后面的星号之间隔着句号、顿号或半个括号，或超过 %d 个字",
			"the asterisks here are shown as typed: between them and the next ones are the end of a sentence, half a bracket or more than %d characters", longestMarked))
		closer.CanOpen = false
	default:
		return true
	}
	opener.CanOpen = false
	return false
}

// countsBehind reports an asterisk that says how many: 照片*2.
func countsBehind(run mark, source []byte) bool {
	before, _ := utf8.DecodeLastRune(source[:run.at])
	after, _ := utf8.DecodeRune(source[run.at+run.length:])
	return run.length == 1 && letterOrDigit(before) && unicode.IsDigit(after)
}

// hidden reports masks, once a block: one cure is for all of them.
func (p pairs) hidden(run mark) {
	if !p.blockMasked {
		p.literal(run, diag.Say("这里的星号像是隐去的姓名或字，没有当作加粗，原样显示",
			"the asterisks here seem to hide a name or a word and are shown as typed"))
	}
	p.blockMasked = true
}

func (p pairs) literal(run mark, message diag.Text) {
	p.literalMarks(span{run.at, run.at + run.length}, diag.Warning, message,
		diag.Say(`隐去的字写成 \*\*；要加粗，请逐句加星号，或写 <strong>……</strong>`,
			`write \*\* for hidden words; to embolden, mark each sentence or write <strong>…</strong>`))
}

// strikes makes strikethrough.
type strikes struct{ pairs }

// OnMatch is the node that a pair makes.
func (strikes) OnMatch(int) ast.Node { return extast.NewStrikethrough() }

// longestMarked is how many characters of Chinese prose one pair of asterisks
// may enclose that stands in the middle of words.
const longestMarked = 60

// tooMuch reports whether two runs are not what someone would emphasise with:
// one is longer than marks are, or the prose between them begins with a closing
// bracket or ends with an opening one; or it is long, or holds the end of a
// sentence, and begins behind a letter: 推进清廉**建设。紧扣**主题 are two words left
// out.
func tooMuch(opener, closer mark, s *stretch, source []byte) bool {
	if opener.length > longestRun || closer.length > longestRun {
		return true
	}
	if closing(s.last) != 0 && !quote(s.last) || closes(s.first) && !quote(s.first) {
		return true
	}
	long := s.han && s.characters > longestMarked || s.crossed
	before, _ := utf8.DecodeLastRune(source[:opener.at])
	if opener.length == 1 && s.crossed && !endsApart(closer, source) {
		return true // *为必填。带*的不填
	}
	return long && letterOrDigit(before) && !beginsBlock(source, opener.at)
}

// endsApart reports whether no letter stands on one of both sides of a run.
func endsApart(run mark, source []byte) bool {
	before, _ := utf8.DecodeLastRune(source[:run.at])
	after, _ := utf8.DecodeRune(source[run.at+run.length:])
	return !letterOrDigit(before) || !letterOrDigit(after)
}

// quote marks are typed the wrong way round too often to prove anything.
func quote(c rune) bool { return c == '“' || c == '”' || c == '‘' || c == '’' }

func closes(c rune) bool {
	switch c {
	case '”', '’', '》', '〉', '）', '】', '」', '』', '〕', '］':
		return true
	}
	return false
}
