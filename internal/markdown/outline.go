package markdown

import (
	"bytes"
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

// shortLine is how many characters a line has at most that is no part of
// wrapped prose, as it comes out of a PDF.
const shortLine = 20

// headingLength is how many characters a numbered heading has at most.
const headingLength = 40

// numberedParser keeps 1. from beginning a list in an outline.
type numberedParser struct{ paragraphParser }

// Trigger is what such a number begins with.
func (numberedParser) Trigger() []byte { return []byte("0123456789") }

// Open begins a paragraph with a numbered line of an outline.
func (numberedParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	if _, ok := numberAt(line); !ok || !readingOf(pc, reader.Source()).outline || parent.Kind() != ast.KindDocument {
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
	report func(at int, d diag.Diagnostic)
	top    int    // the kind of number that is the highest level
	last   [5]int // the last number of each kind
	level  int    // the kind of the last heading
}

func (r *reading) makeOutline(root ast.Node) {
	if !r.outline {
		return
	}
	o := outline{source: r.source, report: r.problem, top: 5}
	blocks := o.blocks(root)
	for _, b := range blocks {
		o.top = min(o.top, b.kind)
	}
	o.group(blocks)
	for _, b := range blocks {
		o.place(b)
	}
}

// numberedBlock is a paragraph or heading that begins with a number.
type numberedBlock struct {
	ast.Node
	numbered
	sentence string // its first sentence, without the end
	ends     bool   // a mark ends that
	rest     string // what follows it in the block
	siblings *siblings
}

func (o *outline) blocks(root ast.Node) []*numberedBlock {
	var blocks []*numberedBlock
	listed := false // what counts are attachments
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		num, ok := o.number(n)
		if listed = listed && ok && num.kind == 3 || o.attaches(n); !ok || listed {
			continue
		}
		b := &numberedBlock{Node: n, numbered: num}
		title := strings.TrimSpace(words(n, o.source))
		b.sentence, b.rest, b.ends = strings.Cut(title, "。")
		b.rest = strings.TrimSpace(b.rest)
		if s, ok := strings.CutSuffix(b.sentence, "；"); ok && !b.ends {
			b.sentence, b.ends = s, true
		}
		b.ends = b.ends || strings.HasSuffix(b.sentence, "……") // the rest of a sentence
		blocks = append(blocks, b)
	}
	return blocks
}

// attaches reports a paragraph that lists what is attached, or begins to.
func (o *outline) attaches(n ast.Node) bool {
	_, ok := n.(*ast.Paragraph)
	return ok && attached().MatchString(strings.TrimLeft(words(n, o.source), " "+wideSpaces))
}

// siblings are the blocks of one kind under the same number of a higher kind.
type siblings struct {
	bare bool // nothing stands under one of them
}

// group finds the siblings of each block: those of its kind up to a higher one or
// to number one. A sentence, and a line behind 1. or （1）, is a title only where
// something stands under every sibling, else they are items of prose: （一）按时公开；
// to （三）接受监督。
func (o *outline) group(blocks []*numberedBlock) {
	var open [5]*siblings
	for _, b := range blocks {
		clear(open[b.kind+1:])
		if open[b.kind] == nil || b.value == 1 {
			open[b.kind] = &siblings{}
		}
		b.siblings = open[b.kind]
		b.siblings.bare = b.siblings.bare || b.rest == "" && !o.introduces(b.Node, b.numbered)
	}
}

func (o *outline) number(n ast.Node) (numbered, bool) {
	switch n.(type) {
	case *ast.Paragraph, *ast.Heading:
		return numberAt([]byte(words(n, o.source)))
	}
	return numbered{}, false
}

// place gives a numbered block its level.
func (o *outline) place(b *numberedBlock) {
	o.count(b)
	level := b.kind - o.top + 2
	switch n := b.Node.(type) {
	case *ast.Heading:
		n.Level = level
	case *ast.Paragraph:
		if !o.heads(n, b, level) {
			return
		}
	}
	if o.level > 0 && b.kind > o.level+1 {
		o.report(b.Pos(), diag.Diagnostic{Rule: "skipped-level", Severity: diag.Warning,
			Message: diag.Say("序号跳了一级：“%s”下面应该先用“%s”",
				"a level is skipped: %q is followed by %q first", kindNames[o.level], kindNames[o.level+1]),
			Hint: diag.Say("依次用“一、”“（一）”“1.”“（1）”", "use 一、 （一） 1. （1） in this order")})
	}
	o.level = b.kind
}

var kindNames = [...]string{1: "一、", 2: "（一）", 3: "1.", 4: "（1）"}

// count reports a number that does not follow the last one of its kind.
func (o *outline) count(b *numberedBlock) {
	if last := o.last[b.kind]; b.value != last+1 && b.value != 1 {
		o.report(b.Pos(), diag.Diagnostic{Rule: "number-order", Severity: diag.Warning,
			Message: diag.Say("序号不连续：前一个是第 %d 个，这个是第 %d 个",
				"the numbers do not follow each other: %d, then %d", last, b.value),
			Hint: diag.Say("核对这里的序号，看是否重复或漏了一条", "check the number: is it there twice, or is one left out?")})
	}
	o.last[b.kind] = b.value
	clear(o.last[b.kind+1:])
}

// heads turns a numbered paragraph, or its first sentence, into a heading and
// reports whether it did. The mark that ended the sentence is not shown.
func (o *outline) heads(n *ast.Paragraph, b *numberedBlock, level int) bool {
	if utf8.RuneCountInString(b.sentence) >= headingLength || (b.ends || b.kind > 2) && b.siblings.bare {
		return false
	}
	h := ast.NewHeading(level)
	h.SetPos(n.Pos())
	if b.rest != "" {
		if !o.split(n, h) {
			return false
		}
		h.SetAttributeString("class", []byte("run-in"))
		n.Parent().InsertBefore(n.Parent(), n, h)
		o.trimEnd(h)
		return true
	}
	if strings.ContainsRune("，、：", lastRune(b.sentence)) {
		return false
	}
	for c := n.FirstChild(); c != nil; c = n.FirstChild() {
		h.AppendChild(h, c)
	}
	n.Parent().ReplaceChild(n.Parent(), n, h)
	o.trimEnd(h)
	return true
}

// trimEnd takes the end of its sentence off a heading.
func (o *outline) trimEnd(n ast.Node) {
	for n != nil {
		t, ok := n.(*ast.Text)
		if !ok {
			n = n.LastChild()
			continue
		}
		value := t.Segment.Value(o.source)
		t.Segment = t.Segment.WithStop(t.Segment.Stop - len(value) + len(bytes.TrimRight(value, "。；")))
		return
	}
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
