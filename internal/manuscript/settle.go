package manuscript

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"qinglian/internal/diag"
	"qinglian/internal/pattern"
)

// Settle makes of what was read what was meant: characters without a width are listed,
// empty paragraphs go, what was pushed to the right by spaces or an indent stands there,
// the table of one cell that only frames a text is that text, a picture beside a text is
// a block of its own, and what stands below one says what it shows.
func (m *Manuscript) Settle() {
	var unseen strings.Builder
	m.Blocks = settled(m.Blocks, &unseen)
	for i := range m.Notes {
		m.Notes[i] = settled(m.Notes[i], &unseen)
	}
	m.caption()
	m.noteInCells()
	if unseen.Len() > 0 {
		m.Left = append(m.Left, Omission{Why: Unseen, Text: unseen.String()})
	}
}

// noteInCells says of notes that no mark can stand for where Markdown has no meaning.
func (m *Manuscript) noteInCells() {
	count := 0
	for _, b := range m.Blocks {
		if b.Kind == Table && !regular(b.Rows) {
			count += b.notes()
		}
	}
	if count > 0 {
		m.Doubts = append(m.Doubts, diag.Say("表格里的 %d 条脚注写进了格子里的括号：有合并格的表格不能带脚注",
			"%d notes of tables are written in brackets in their cells: a table with merged cells has no notes", count))
	}
}

// notes counts the marks of notes in a block.
func (b Block) notes() (count int) {
	for _, s := range b.Spans {
		if s.Note > 0 {
			count++
		}
	}
	for _, row := range b.Rows {
		for _, c := range row {
			for _, inside := range c.Blocks {
				count += inside.notes()
			}
		}
	}
	return count
}

func settled(blocks []Block, unseen *strings.Builder) (kept []Block) {
	for _, b := range blocks {
		for i := range b.Spans {
			b.Spans[i].Text = strings.Map(seen(unseen), b.Spans[i].Text)
		}
		for _, row := range b.Rows {
			for i := range row {
				row[i].Blocks = settled(row[i].Blocks, unseen)
			}
		}
		switch {
		case len(b.Rows) == 1 && len(b.Rows[0]) == 1:
			kept = append(kept, b.Rows[0][0].Blocks...)
		case !b.empty():
			if b.pushed() {
				b.Align = Right
			}
			kept = b.land(kept)
		}
	}
	return kept
}

// halfLine is how many columns of spaces push a text to the right; a full one has two.
const halfLine = 20

// pushed reports a short line that was moved to the right by hand: the signatures of
// documents without styles. Lines under 附件： begin less far in.
func (b Block) pushed() bool {
	if b.Kind != Paragraph || b.Align != Left || utf8.RuneCountInString(b.Line()) > longestSigner {
		return false
	}
	said, columns := b.Said(), 0
	for _, c := range said[:len(said)-len(strings.TrimLeftFunc(said, unicode.IsSpace))] {
		if columns++; c == '\u3000' {
			columns++
		}
	}
	return b.Indented || columns >= halfLine
}

// land adds a block to those in front of it, with the pictures that stand beside its text
// as blocks of their own: above a caption, above all of a signature, else below it.
func (b Block) land(before []Block) []Block {
	afloat := func(s Span) bool { return s.Picture > 0 && s.Afloat }
	text := b
	text.Spans = slices.DeleteFunc(slices.Clone(b.Spans), afloat)
	if len(text.Spans) == len(b.Spans) || text.empty() {
		return append(before, b)
	}
	var pictures []Block
	for _, s := range b.Spans {
		if afloat(s) {
			pictures = append(pictures, Block{Spans: []Span{s}})
		}
	}
	at := len(before)
	switch {
	case text.Align == Right:
		for at > 0 && before[at-1].Align == Right {
			at--
		}
	case !captions(text):
		return append(append(before, text), pictures...)
	}
	return append(slices.Insert(before, at, pictures...), text)
}

// seen takes out what can't be.
func seen(unseen *strings.Builder) func(c rune) rune {
	return func(c rune) rune {
		if !invisible(c) {
			return c
		}
		unseen.WriteRune(c)
		return -1
	}
}

// invisible reports controls, marks of direction, soft hyphens and the like: they mean
// nothing on a page and hide a word from whoever searches it. What joins emoji, and
// scripts that need it, stays.
func invisible(c rune) bool {
	stays := c == '\n' || c == '\t' || c == '\u200d' || c == '\u200c'
	return !stays && unicode.In(c, unicode.Cf, unicode.Cc, unicode.Noncharacter_Code_Point)
}

// longestCaption is how many characters one has that no style marks.
const longestCaption = 40

var (
	// figure begins captions that are numbered.
	figure = pattern.Of(`^图\s*[0-9０-９一二三四五六七八九十]`)
	// pointed begins those that point at a picture.
	pointed = pattern.Of(`^(?:[▲△▼▽↑↓]|[（(]?[上下左右]?图[为：:])`)
)

// caption has each picture that stands alone say what stands below it. The caption
// stays there, in the middle: what is only in a picture's title, telephones don't show.
func (m *Manuscript) caption() {
	for i, b := range m.Blocks {
		shown := b.pictures()
		if len(shown) == 0 || i+1 == len(m.Blocks) || !captions(m.Blocks[i+1]) {
			continue
		}
		below := &m.Blocks[i+1]
		below.Align = Center
		for _, number := range shown {
			m.Pictures[number-1].Alt = below.Line()
		}
	}
}

// captions reports what stands below a picture and says what it shows.
func captions(b Block) bool {
	line := b.Line()
	switch {
	case b.Kind == Caption:
		return line != ""
	case b.Kind != Paragraph || line == "" || utf8.RuneCountInString(line) > longestCaption:
		return false
	}
	return figure().MatchString(line) || pointed().MatchString(line) || b.Align == Center &&
		!strings.ContainsAny(line, "。：")
}
