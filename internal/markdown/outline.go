package markdown

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"qinglian/internal/diag"
)

// Official documents number their levels 一、 （一） 1. （1） by hand. In an
// outline such a number at the beginning of a paragraph makes a heading of it:
// of all of it if it is short, or of its first sentence if more follows (a
// heading that is run in). What is no heading stays a paragraph, its number as
// typed; no list is made, so no number is ever there twice.

// numbered is the number that a line begins with.
type numbered struct {
	kind  int // 1 to 4: 一、 （一） 1. （1）
	value int
}

var numberPatterns = []*regexp.Regexp{
	regexp.MustCompile(`^([一二三四五六七八九十百]{1,5})[、．.]`),
	regexp.MustCompile(`^[（(]([一二三四五六七八九十百]{1,5})[）)]`),
	regexp.MustCompile(`^([0-9]{1,2}|[０-９]{1,2})[、．.](?:[^0-9０-９]|$)`),
	regexp.MustCompile(`^[（(]([0-9]{1,2}|[０-９]{1,2})[）)]`),
}

// several is not the number one but some of many: 一、二季度.
var several = regexp.MustCompile(`^[一二三四五]、[二三四五六](季度|月|、|产业|线|楼|年级)`)

// numberAt is the number that a text begins with, behind its indentation and
// marks of emphasis.
func numberAt(line string) (numbered, bool) {
	line = strings.TrimLeft(line, " \t*_"+wideSpaces)
	if first, _ := utf8.DecodeRuneInString(line); !strings.ContainsRune("一二三四五六七八九十百（(0123456789０１２３４５６７８９", first) {
		return numbered{}, false
	}
	if several.MatchString(line) {
		return numbered{}, false
	}
	for i, p := range numberPatterns {
		if m := p.FindStringSubmatch(line); m != nil {
			v, ok := number(m[1])
			return numbered{i + 1, v}, ok
		}
	}
	return numbered{}, false
}

// shortLine is how many characters a line has at most that is no part of
// wrapped prose, as it comes out of a PDF.
const shortLine = 20

// headingLength is how many characters a numbered heading has at most.
const headingLength = 40

// outlined looks at a text's lines before it is parsed: whether it is an
// outline (no headings in Markdown, and numbers that count 一 and 二), and which
// lines begin paragraphs though no empty line is in front of them.
func (r *reading) outlined(wanted bool) {
	var lines []sourceLine
	next := map[numbered]bool{} // kinds that came with their first number
	headings, counts, fence := false, false, false
	for at := 0; at < len(r.source); {
		raw, _, _ := bytes.Cut(r.source[at:], []byte("\n"))
		l := sourceLine{at: at, text: strings.TrimRight(string(raw), " \t")}
		at += len(raw) + 1
		trimmed := strings.TrimLeft(l.text, " ")
		if strings.HasPrefix(trimmed, "```") || strings.HasPrefix(trimmed, "~~~") {
			fence = !fence
			l.other = true
		}
		l.other = l.other || fence || strings.Contains(l.text, "|")
		l.number, l.numbered = numberAt(l.text)
		l.numbered = l.numbered && !l.other
		lines = append(lines, l)
		if fence {
			continue
		}
		under := len(lines) > 1 && !blank([]byte(lines[len(lines)-2].text)) && strings.Trim(trimmed, "=-") == "" && setextPattern.MatchString(l.text)
		headings = headings || under || (strings.HasPrefix(trimmed, "#") || strings.HasPrefix(trimmed, "<")) && headingPattern.MatchString(trimmed)
		if l.numbered && l.number.kind < 3 {
			next[numbered{l.number.kind, l.number.value + 1}] = true
			counts = counts || l.number.value == 2 && next[numbered{l.number.kind, 2}]
		}
	}
	r.outline = wanted || counts && !headings
	if r.chinese {
		r.starts = starts(lines, r.outline)
	}
}

// sourceLine is one line of a text before parsing.
type sourceLine struct {
	at       int
	text     string
	number   numbered
	numbered bool
	other    bool // code or a table
}

var (
	headingPattern = regexp.MustCompile(`^(#{1,6}([ \t]|$)|##+\p{Han}|<h[1-6])`)
	setextPattern  = regexp.MustCompile(`^ {0,3}(=+|-+)$`)
)

// starts are the offsets of lines that begin paragraphs in stretches of lines
// that have numbers among them: those with a number that counts on, and in an
// outline those after a line that ended a paragraph, too.
func starts(lines []sourceLine, outline bool) map[int]bool {
	found := map[int]bool{}
	for i := 0; i < len(lines); {
		j := i
		seen := map[numbered]bool{}
		for ; j < len(lines) && !blank([]byte(lines[j].text)); j++ {
			if lines[j].numbered {
				seen[lines[j].number] = true
			}
		}
		for k := i + 1; len(seen) > 0 && k < j; k++ {
			before, l := lines[k-1], lines[k]
			if l.other || before.other {
				continue
			}
			n := l.number
			counts := l.numbered && (outline || seen[numbered{n.kind, n.value - 1}] || seen[numbered{n.kind, n.value + 1}])
			found[l.at] = counts || outline && before.ends()
		}
		i = max(j, i+1)
	}
	return found
}

// ends reports whether a line ends a paragraph: its sentence ends, or it is
// shorter than prose is wrapped.
func (l sourceLine) ends() bool {
	return strings.ContainsRune("。！？：；”）》…", lastRune(l.text)) || utf8.RuneCountInString(l.text) < shortLine
}

// numberedParser keeps 1. from beginning a list in an outline.
type numberedParser struct{ paragraphParser }

// Trigger is what such a number begins with.
func (numberedParser) Trigger() []byte { return []byte("0123456789") }

// Open begins a paragraph with a numbered line of an outline.
func (numberedParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	if _, ok := numberAt(string(line)); !ok || !readingOf(pc, reader.Source()).outline || parent.Kind() != ast.KindDocument {
		return nil, parser.NoChildren
	}
	n := ast.NewParagraph()
	n.Lines().Append(segment)
	reader.AdvanceToEOL()
	return n, parser.NoChildren
}

// outline makes headings of the numbered paragraphs of a text.
type outline struct {
	source []byte
	tell   func(at int, d diag.Diagnostic)
	top    int    // the kind of number that is the highest level
	last   [5]int // the last number of each kind
	level  int    // the kind of the last heading
}

func (r *reading) makeOutline(root ast.Node) {
	if !r.outline {
		return
	}
	o := outline{source: r.source, tell: r.problem, top: 5}
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		if num, ok := o.number(n); ok {
			o.top = min(o.top, num.kind)
		}
	}
	for n := root.FirstChild(); n != nil; {
		following := n.NextSibling()
		if num, ok := o.number(n); ok {
			o.place(n, num)
		}
		n = following
	}
}

func (o *outline) number(n ast.Node) (numbered, bool) {
	switch n.(type) {
	case *ast.Paragraph, *ast.Heading:
		return numberAt(words(n, o.source))
	}
	return numbered{}, false
}

// place gives a numbered block its level.
func (o *outline) place(n ast.Node, num numbered) {
	o.count(n, num)
	level := num.kind - o.top + 2
	switch n := n.(type) {
	case *ast.Heading:
		n.Level = level
	case *ast.Paragraph:
		if !o.heads(n, num, level) {
			return
		}
	}
	if o.level > 0 && num.kind > o.level+1 {
		o.tell(n.Pos(), diag.Diagnostic{Rule: "skipped-level", Severity: diag.Warning,
			Message: diag.Say("序号跳了一级：“%s”下面应该先用“%s”", "a level is skipped: %q is followed by %q first", kindNames[o.level], kindNames[o.level+1]),
			Hint:    diag.Say("依次用“一、”“（一）”“1.”“（1）”", "use 一、 （一） 1. （1） in this order")})
	}
	o.level = num.kind
}

var kindNames = [...]string{1: "一、", 2: "（一）", 3: "1.", 4: "（1）"}

// count tells about a number that does not follow the last one of its kind.
func (o *outline) count(n ast.Node, num numbered) {
	if last := o.last[num.kind]; num.value != last+1 && num.value != 1 {
		o.tell(n.Pos(), diag.Diagnostic{Rule: "number-order", Severity: diag.Warning,
			Message: diag.Say("序号不连续：前一个是第 %d 个，这个是第 %d 个", "the numbers do not follow each other: %d, then %d", last, num.value),
			Hint:    diag.Say("核对这里的序号，看是否重复或漏了一条", "check the number: is it there twice, or is one left out?")})
	}
	o.last[num.kind] = num.value
	clear(o.last[num.kind+1:])
}

// heads turns a numbered paragraph, or its first sentence, into a heading and
// reports whether it did.
func (o *outline) heads(n *ast.Paragraph, num numbered, level int) bool {
	title := strings.TrimSpace(words(n, o.source))
	sentence, rest, ends := strings.Cut(title, "。")
	if utf8.RuneCountInString(sentence) >= headingLength {
		return false
	}
	rest = strings.TrimSpace(rest)
	h := ast.NewHeading(level)
	h.SetPos(n.Pos())
	if ends && rest != "" {
		if !o.split(n, h) {
			return false
		}
		h.SetAttributeString("class", []byte("run-in"))
		n.Parent().InsertBefore(n.Parent(), n, h)
		return true
	}
	if strings.ContainsRune("，；、：", lastRune(title)) || num.kind > 2 && (ends || !o.introduces(n, num)) {
		return false
	}
	for c := n.FirstChild(); c != nil; c = n.FirstChild() {
		h.AppendChild(h, c)
	}
	n.Parent().ReplaceChild(n.Parent(), n, h)
	return true
}

func lastRune(s string) rune {
	c, _ := utf8.DecodeLastRuneInString(s)
	return c
}

// introduces reports whether something stands under a numbered line: it is not
// just one of several items.
func (o *outline) introduces(n ast.Node, num numbered) bool {
	following := n.NextSibling()
	if following == nil || following.Kind() == ast.KindHeading {
		return false
	}
	next, ok := o.number(following)
	return !ok || next.kind > num.kind
}

// split moves the first sentence of a paragraph into a heading. It fails if
// the sentence ends inside a mark.
func (o *outline) split(n *ast.Paragraph, h *ast.Heading) bool {
	var end ast.Node
	for c := n.FirstChild(); c != nil && end == nil; c = c.NextSibling() {
		before, after, ok := strings.Cut(words(c, o.source), "。")
		t, isText := c.(*ast.Text)
		switch {
		case isText:
			i := bytes.Index(t.Value(o.source), []byte("。"))
			if i < 0 {
				continue
			}
			rest := ast.NewTextSegment(t.Segment.WithStart(t.Segment.Start + i + len("。")))
			rest.SetSoftLineBreak(t.SoftLineBreak())
			rest.SetHardLineBreak(t.HardLineBreak())
			t.Segment = t.Segment.WithStop(rest.Segment.Start)
			t.SetSoftLineBreak(false)
			t.SetHardLineBreak(false)
			n.InsertAfter(n, t, rest)
			end = t
		case ok && before != "" && strings.TrimSpace(after) == "":
			end = c
		case ok:
			return false
		}
	}
	for c := n.FirstChild(); c != nil && end != nil; c = n.FirstChild() {
		h.AppendChild(h, c)
		if c == end {
			return true
		}
	}
	return false
}
