package markdown

import (
	"bytes"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"qinglian/internal/diag"
	"qinglian/internal/pattern"
)

// Bold is the mark that offices use most, and mistype most: with spaces inside
// (** 重点 **), with asterisks of the Chinese keyboard (＊＊重点＊＊), without an end.
// What can only be bold becomes bold; what may be is reported.

// longestSpaced is how much of a line is looked at for bold with spaces inside.
const longestSpaced = 4096 // bytes

// spaced says what a run of ** is that a space stands beside, in a line whose runs
// pair off one after the other: the beginning of bold with spaces inside, the end
// of one, or neither. To CommonMark it is no mark, or the wrong one of the two.
func (b inBlock) spaced(parent ast.Node, at int) (opens, closes bool) {
	line, ok := lineAt(parent, at)
	if !ok || line.Len() > longestSpaced {
		return false, false
	}
	runs := pairedRuns(line.Value(b.source))
	for i := 0; i < len(runs); i += 2 {
		opener, closer := line.Start+runs[i], line.Start+runs[i+1]
		if at == opener || at == closer {
			is := b.spacedBold(line, opener, closer)
			return is && at == opener, is && at == closer
		}
	}
	return false, false
}

// lineAt is the line of a block that an offset stands in.
func lineAt(block ast.Node, at int) (text.Segment, bool) {
	for i := range block.Lines().Len() {
		if s := block.Lines().At(i); s.Start <= at && at < s.Stop {
			return s, true
		}
	}
	return text.Segment{}, false
}

// pairedRuns are the places of ** in a line; none if one is longer or shorter, is
// escaped or left over, or if there is code.
func pairedRuns(line []byte) []int {
	if bytes.ContainsAny(line, "\\`") {
		return nil
	}
	var runs []int
	for i := 0; i < len(line); i++ {
		length := 0
		for i+length < len(line) && line[i+length] == '*' {
			length++
		}
		switch length {
		case 0:
			continue
		case 2:
			runs = append(runs, i)
			i++
		default:
			return nil
		}
	}
	if len(runs)%2 != 0 {
		return nil
	}
	return runs
}

// spacedBold reports bold with a space inside it: a short piece of Chinese that is
// no more than one sentence, between which and what stands outside there is no
// name to hide and nothing to multiply.
func (b inBlock) spacedBold(line text.Segment, opener, closer int) bool {
	inside := b.source[opener+2 : closer]
	words := trimSpaces(inside)
	if len(words) == len(inside) || !chinese(words) {
		return false
	}
	s := stretch{}
	for _, c := range string(words) {
		s.character(c)
	}
	if s.crossed || s.short() || s.characters > longestMarked || separates(s.first) {
		return false
	}
	before, after := trimSpaces(b.source[line.Start:opener]), trimSpaces(b.source[closer+2:line.Stop])
	left, _ := utf8.DecodeLastRune(before)
	right, _ := utf8.DecodeRune(after)
	return headOf(before) == noHead && headOf(words) != surelyHead && !alphanumeric(left) && !alphanumeric(right)
}

// settleBold looks through a tree for what was meant as bold: it takes the spaces
// off the ends of bold, makes bold of what stands between full-width asterisks, and
// reports marks that are left over.
func (r *reading) settleBold(root ast.Node) {
	for _, marks := range []string{"**", "__", "＊＊"} {
		if bytes.Contains(r.source, []byte(marks)) {
			r.wideStars = wideIn(r.source).star
			r.settleBoldIn(root)
			return
		}
	}
}

func (r *reading) settleBoldIn(n ast.Node) {
	if n.Type() == ast.TypeBlock && !n.IsRaw() && n.FirstChild() != nil && n.FirstChild().Type() == ast.TypeInline {
		r.leftOver(n)
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.CodeSpan:
		case *ast.Text:
			if r.wideStars {
				r.wideBold(c)
			}
		case *ast.Emphasis:
			if c.Level == 2 {
				r.trimBold(c)
			}
			r.settleBoldIn(c)
		default:
			r.settleBoldIn(c)
		}
	}
}

// trimBold takes spaces off the ends of bold; CommonMark's has none there.
func (r *reading) trimBold(n *ast.Emphasis) {
	if first, ok := n.FirstChild().(*ast.Text); ok {
		first.Segment = r.trimLeft(first.Segment)
	}
	if last, ok := n.LastChild().(*ast.Text); ok && !last.SoftLineBreak() && !last.HardLineBreak() {
		last.Segment = r.trimRight(last.Segment)
	}
}

// wideRun is bold between asterisks of the Chinese keyboard.
var wideRun = pattern.Of(`＊＊([^＊\n]{1,180}?)＊＊`)

// wideBold divides a text around what is bold by full-width asterisks. The name
// that they hide stays hidden.
func (r *reading) wideBold(t *ast.Text) {
	const width = len("＊＊")
	value := t.Segment.Value(r.source)
	if t.IsRaw() || !bytes.Contains(value, []byte("＊＊")) {
		return
	}
	m := wideRun().FindSubmatchIndex(value)
	if m == nil {
		return
	}
	open, end := mark{t.Segment.Start + m[0], 2}, mark{t.Segment.Start + m[3], 2}
	inside := ast.NewTextSegment(text.NewSegment(open.at+width, end.at))
	s := &stretch{}
	s.add(inside, r.source)
	hides := s.characters == 1 || masked(open, end, s, r.source) || headBefore(r.source, end.at) == surelyHead
	if hides || s.crossed {
		return
	}
	parent := t.Parent()
	bold := ast.NewEmphasis(2)
	bold.SetPos(open.at)
	bold.AppendChild(bold, inside)
	rest := ast.NewTextSegment(t.Segment.WithStart(end.at + width))
	rest.SetSoftLineBreak(t.SoftLineBreak())
	rest.SetHardLineBreak(t.HardLineBreak())
	t.Segment = t.Segment.WithStop(open.at)
	t.SetSoftLineBreak(false)
	t.SetHardLineBreak(false)
	parent.InsertAfter(parent, t, bold)
	parent.InsertAfter(parent, bold, rest)
}

// leftOver reports the marks in a block's own text that made nothing.
func (r *reading) leftOver(block ast.Node) {
	blanks, quotes := false, 0
	for c := block.FirstChild(); c != nil; c = c.NextSibling() {
		t, ok := c.(*ast.Text)
		if !ok || t.IsRaw() {
			continue
		}
		gather(t)
		value := t.Segment.Value(r.source)
		switch {
		case bytes.IndexByte(value, '*') < 0 && bytes.IndexByte(value, '_') < 0: // nearly all
		case bytes.Contains(value, []byte("**")) && !r.chineseIn(block):
			quotes += len(besideQuote().FindAll(value, -1))
			if quotes >= 2 {
				r.besideQuotes(block, t.Segment.Start)
				return
			}
		case !bytes.Contains(value, []byte("**")) && !bytes.Contains(value, []byte("__")):
		case openBold().Match(value) && beginsBlock(r.source, t.Segment.Start):
			r.openBold(block, t.Segment.Start)
		case !blanks && underscored().Match(value):
			blanks = true
			m := underscored().FindSubmatchIndex(value)
			r.underscores(t.Segment.Start+m[2]-len("__"), value[m[2]:m[3]])
		}
	}
}

var (
	openBold    = pattern.Of(`^\*\*[^\s*]`)
	underscored = pattern.Of(`(?:^|[^_])__(\p{Han}[^_\s]{1,40})__(?:[^_]|$)`)
	besideQuote = pattern.Of(`\*\*[“‘]|[”’]\*\*`)
)

// openBold reports ** at the beginning of a block that is no mark.
func (r *reading) openBold(block ast.Node, at int) {
	if r.reportedMarks(block) {
		return
	}
	r.literalMarks(span{at, at + len("**")}, diag.Warning,
		diag.Say("行首的 ** 没有成对，没有加粗，原样显示", "the ** here is not one of a pair: it is shown as typed"),
		diag.Say(`在要加粗的文字前后各写一个 **；隐去的字写成 \*\*`,
			`put ** on both sides of what is to be bold; write \*\* for hidden words`))
}

// underscores reports __ beside Chinese, which may be a blank to fill in.
func (r *reading) underscores(at int, words []byte) {
	r.literalMarks(span{at, at + len("__") + len(words) + len("__")}, diag.Note,
		diag.Say("下划线没有当作加粗，原样显示", "the underscores are shown as typed, not as bold"),
		diag.Say(`要加粗，写 **%s**；是留出来填写的空，不用改`, `write **%s** for bold; leave a blank to fill in as it is`, words))
}

// besideQuotes reports bold that CommonMark refuses between a letter and a
// curved quotation mark.
func (r *reading) besideQuotes(block ast.Node, at int) {
	if r.reportedMarks(block) {
		return
	}
	r.literalMarks(lineSpan(r.source, at), diag.Warning,
		diag.Say("这一段的 ** 挨着引号和字母，没有加粗，原样显示",
			"** between a letter and a quotation mark is no bold: it is shown as typed"),
		diag.Say("把引号写到 ** 外面，或写 <strong>……</strong>",
			"put the quotation marks outside of **, or write <strong>…</strong>"))
}

// gather takes the texts that follow a text without a gap into it: marks that made
// nothing are texts of their own.
func gather(t *ast.Text) {
	for !t.SoftLineBreak() && !t.HardLineBreak() && !t.IsRaw() {
		next, ok := t.NextSibling().(*ast.Text)
		if !ok || next.IsRaw() || next.Segment.Start != t.Segment.Stop {
			return
		}
		t.Segment = t.Segment.WithStop(next.Segment.Stop)
		t.SetSoftLineBreak(next.SoftLineBreak())
		t.SetHardLineBreak(next.HardLineBreak())
		t.Parent().RemoveChild(t.Parent(), next)
	}
}
