package markdown

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"qinglian/internal/pattern"

	"github.com/yuin/goldmark/ast"
)

// Staff press Enter once where a line is to end. CommonMark joins such lines, as
// editors that wrap long lines want it. Which of the two a block is decides the
// block as a whole: it is joined only if it is plainly wrapped. In every other
// Chinese block each Enter shows: as a new paragraph behind the end of a sentence,
// else as a new line; in quotations, lists and notes always as a new line.

// Enter says what becomes of single line breaks.
type Enter string

const (
	EnterByBlock Enter = ""     // decided for each block
	EnterJoin    Enter = "join" // lines are joined, as by CommonMark
	EnterKeep    Enter = "keep" // every line break of a Chinese block shows
)

// Recognised is what was taken of a text's form for granted, for whoever shows
// it to its writer.
type Recognised struct {
	Joined, Kept          int // blocks of several lines that were joined, or whose lines stayed
	Salutation, Signature bool
}

// breakLines decides about the line breaks of all blocks below a node.
func (r *reading) breakLines(n ast.Node, splits bool) {
	for c := n.FirstChild(); c != nil; {
		next := c.NextSibling() // what is split off needs no second look
		switch c := c.(type) {
		case *ast.Paragraph, *ast.TextBlock:
			r.breakBlock(c, splits)
		case *ast.Blockquote, *ast.List:
			r.breakLines(c, false)
		case *directiveNode:
			if placesLines(c.name) {
				r.showBreaks(c) // where lines stand is all that it says, in any language
			} else {
				r.breakLines(c, splits)
			}
		default:
			if c.Type() == ast.TypeBlock && !c.IsRaw() {
				r.breakLines(c, splits)
			}
		}
		c = next
	}
}

// breakBlock decides about the line breaks of one block.
func (r *reading) breakBlock(n ast.Node, splits bool) {
	if n.Lines().Len() < 2 || !r.chineseIn(n) {
		return
	}
	lines := make([][]byte, n.Lines().Len())
	for i := range lines {
		s := n.Lines().At(i)
		lines[i] = bytes.TrimSpace(s.Value(r.source))
	}
	if !chineseProse(lines) || !slices.ContainsFunc(lines, func(line []byte) bool { return !onlyPicture(line) }) {
		return // pictures stay together: a gallery lays them out
	}
	greeting := -1
	if splits && r.official && n == r.firstProse(n.Parent()) {
		greeting = greetingAt(lines)
	}
	if r.enter == EnterJoin || r.enter == EnterByBlock && greeting < 0 && wrapped(lines) {
		r.recognised.Joined++
		return
	}
	r.recognised.Kept++
	r.showBreaks(n)
	if p, ok := n.(*ast.Paragraph); ok && splits && p.Attributes() == nil {
		r.splitLines(p, lines, greeting)
	}
}

// showLines gives paragraphs in which lines stay below each other a class of their
// own: a theme that indents the first line of a paragraph indents all of theirs.
func (r *reading) showLines() {
	for _, p := range r.linesStay {
		_, placed := p.Parent().(*directiveNode)
		if p.Attributes() == nil && !placed && hasBreak(p) {
			p.SetAttributeString("class", []byte("lines"))
		}
	}
}

// hasBreak reports a line break that shows.
func hasBreak(n ast.Node) bool {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok && t.HardLineBreak() || !ok && hasBreak(c) {
			return true
		}
	}
	return false
}

// chineseProse reports whether Chinese characters are most of the words: in
// Latin prose that names a thing in Chinese, lines break where CommonMark says. An
// address is one word.
func chineseProse(lines [][]byte) bool {
	han, words := 0, 0
	for _, line := range lines {
		letter := false
		for _, c := range string(line) {
			full := wide(c)
			latin := !full && unicode.IsLetter(c)
			if full {
				han++
			} else if latin && !letter {
				words++
			}
			letter = latin || letter && strings.ContainsRune("./:@-_?=&%~#+0123456789", c)
		}
	}
	return han >= words
}

// An editor wraps at a width that it keeps to within a wide character or two.
const (
	narrowestWrap = 40 // in half-width columns
	wrapSlack     = 4
)

// wrapped reports whether a block was plainly wrapped by an editor: all lines but
// the last are as long as each other, the last is no longer, and none begins or
// ends as lines do that stand for themselves.
func wrapped(lines [][]byte) bool {
	last := len(lines) - 1
	shortest, longest, sentences := columns(lines[0]), 0, 0
	for i, line := range lines {
		width := columns(line)
		if i > 0 && standsAlone(line) {
			return false
		}
		if i == last {
			return width <= longest && sentences < last && !dated(line)
		}
		shortest, longest = min(shortest, width), max(longest, width)
		if shortest < narrowestWrap || longest-shortest > wrapSlack {
			return false
		}
		if endsSentence(line, "。！？!?；") {
			sentences++
		}
	}
	return false
}

// dated reports a line that is a full date alone: below a long name of an organ, too.
func dated(line []byte) bool {
	m := fullDate().FindIndex(line)
	return m != nil && m[0] == 0
}

// columns is the width of a line in half-width columns.
func columns(line []byte) int {
	width := 0
	for _, c := range string(line) {
		width++
		if wide(c) {
			width++
		}
	}
	return width
}

// alone is what begins lines that stand for themselves: items, labels, clauses.
var alone = pattern.Of(`^(?:[①-⑳⑴-⒛•●■◆○※★☆]|[(（]?[0-9０-９]{1,2}[)）、.．]|[(（]?[一二三四五六七八九十]{1,3}[)）、]|[一二三四五六七八九]是|第[一二三四五六七八九十百0-9]{1,4}[，、条章节]|[\p{Han} 　]{1,8}[：:]|!\[)`)

func standsAlone(line []byte) bool { return alone().Match(line) }

// endsSentence reports whether a line ends with one of some marks, behind which
// only closing marks and references to notes may stand.
func endsSentence(line []byte, marks string) bool {
	for {
		line = bytes.TrimRight(line, "*_~ \t”’）)》】」』\"'")
		if !bytes.HasSuffix(line, []byte("]")) {
			break
		}
		i := bytes.LastIndex(line, []byte("[^"))
		if i < 0 {
			break
		}
		line = line[:i]
	}
	last, size := utf8.DecodeLastRune(line)
	if size == 1 { // half-width, as in the entity &ldquo; or in Latin
		ahead, _ := utf8.DecodeLastRune(line[:len(line)-size])
		return strings.ContainsRune(marks, last) && wide(ahead)
	}
	return size > 0 && strings.ContainsRune(marks, last)
}

// showBreaks makes the soft line breaks below a node hard ones, but for those
// that <br> has broken already, and those in front of what no line begins with.
func (r *reading) showBreaks(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		t, ok := c.(*ast.Text)
		if !ok {
			r.showBreaks(c)
			continue
		}
		if t.SoftLineBreak() && !r.broken(t) && !r.unseen(t) && !neverFirst(firstRune(following(t), r.source)) {
			t.SetSoftLineBreak(false)
			t.SetHardLineBreak(true)
		}
	}
}

// neverFirst reports marks that no line begins with (GB/T 15834-2011, 5.1.1): a
// line break in front of one is a slip.
func neverFirst(c rune) bool {
	return strings.ContainsRune("，。、；？）》〉】〕」』”’", c) && c != 0
}

// unseen reports a line of characters without width.
func (r *reading) unseen(t *ast.Text) bool {
	return t.PreviousSibling() == nil && len(bytes.Trim(t.Segment.Value(r.source), " \t\u200b\ufeff")) == 0
}

// broken reports whether <br> stands in front of the line break behind a text.
func (r *reading) broken(t *ast.Text) bool {
	raw, ok := t.PreviousSibling().(*ast.RawHTML)
	if !ok || !blank(t.Segment.Value(r.source)) || raw.Segments.Len() == 0 {
		return false
	}
	tag := raw.Segments.At(0)
	return bytes.HasPrefix(bytes.ToLower(tag.Value(r.source)), []byte("<br"))
}

// splitLines makes of a paragraph whose lines stay as many as its sentences ask
// for: behind a line that ends one, around a picture on a line of its own, around
// a salutation, below a date that signs, and in an outline behind a numbered line.
func (r *reading) splitLines(p *ast.Paragraph, lines [][]byte, greeting int) {
	items := 0
	for _, line := range lines {
		if endsSentence(line, "；;") {
			items++
		}
	}
	ends := func(i int) bool {
		line, next := lines[i], lines[i+1]
		_, numbered := numberAt(line)
		switch {
		case greeting >= 0 && (i == greeting || i == greeting-1), r.outline && numbered, endsSentence(line, "。！？!?"):
			return true
		case items > 1 && endsSentence(line, "；;"), endsSentence(line, "：:") &&
			(items > 0 && standsAlone(next) || items > 1 && endsSentence(next, "；;")):
			return true
		}
		return onlyPicture(line) || onlyPicture(next) || belowDate(line, next)
	}
	r.linesStay = append(r.linesStay, p)
	for i := len(lines) - 2; i >= 0; i-- { // from the end, so that each line is moved once
		if !ends(i) {
			continue
		}
		if rest := splitAfter(p, i); rest != nil {
			r.linesStay = append(r.linesStay, rest)
		}
	}
}

// onlyPicture reports a line that is one picture, or several.
func onlyPicture(line []byte) bool {
	return bytes.HasPrefix(line, []byte("![")) && bytes.HasSuffix(line, []byte(")"))
}

// splitAfter divides a paragraph behind one of its lines; it returns what
// follows, or nil where the line ends inside a mark.
func splitAfter(p *ast.Paragraph, line int) *ast.Paragraph {
	start, end := p.Lines().At(line).Start, p.Lines().At(line).Stop
	for c := p.LastChild(); c != nil; c = c.PreviousSibling() {
		t, ok := c.(*ast.Text)
		switch {
		case ok && t.Segment.Start < start:
			return nil
		case !ok || !t.HardLineBreak() || t.Segment.Stop > end:
			continue
		}
		t.SetHardLineBreak(false)
		rest := ast.NewParagraph()
		rest.SetPos(p.Lines().At(line + 1).Start)
		for i := line + 1; i < p.Lines().Len(); i++ {
			rest.Lines().Append(p.Lines().At(i))
		}
		p.Lines().SetSliced(0, line+1)
		for c = t.NextSibling(); c != nil; c = t.NextSibling() {
			rest.AppendChild(rest, c)
		}
		p.Parent().InsertAfter(p.Parent(), p, rest)
		return rest
	}
	return nil
}
