package manuscript

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"qinglian/internal/markdown"
	"qinglian/internal/pattern"
)

// writer writes one manuscript.
type writer struct {
	*Manuscript
	dialect *markdown.Dialect
	names   []string     // of the pictures
	top     int          // the highest level that headings have
	noted   map[int]bool // notes that a mark was written for
	plain   bool         // pictures and notes are left out, to compare the text alone
}

// Markdown is the text in our dialect.
func (m *Manuscript) Markdown(d *markdown.Dialect) string {
	w := writer{Manuscript: m, dialect: d, names: m.Names(), top: lowest, noted: map[int]bool{}}
	for _, b := range m.Blocks {
		if b.Kind == Heading {
			w.top = min(w.top, b.Level)
		}
	}
	blocks := w.blocks(m.Blocks)
	for i, note := range m.Notes {
		if w.noted[i+1] {
			blocks = append(blocks, fmt.Sprintf("[^%d]: %s", i+1, w.noteText(note)))
		}
	}
	return strings.Join(blocks, "\n\n") + "\n"
}

// blocks writes blocks one after the other; neighbours that belong together are one.
func (w *writer) blocks(blocks []Block) (written []string) {
	for len(blocks) > 0 {
		n, text := 1, ""
		switch b := blocks[0]; {
		case b.Kind == Item:
			n = run(blocks, func(b Block) bool { return b.Kind == Item })
			text = w.list(blocks[:n])
		case b.Kind == Table:
			text = w.table(b)
		case b.Kind == Heading:
			text = w.heading(b)
		case b.placed():
			n = run(blocks, func(next Block) bool {
				return next.placed() && next.Align == b.Align
			})
			text = w.placed(blocks[:n])
		default:
			text = w.paragraph(b.Spans)
		}
		if text != "" {
			written = append(written, text)
		}
		blocks = blocks[n:]
	}
	return written
}

// placed reports a paragraph whose lines stand elsewhere than at the left.
func (b Block) placed() bool {
	line := b.Kind == Paragraph || b.Kind == Title || b.Kind == Caption
	return line && b.Align != Left && len(b.pictures()) == 0
}

func run(blocks []Block, of func(Block) bool) int {
	n := slices.IndexFunc(blocks, func(b Block) bool { return !of(b) })
	if n < 0 {
		return len(blocks)
	}
	return n
}

// lowest is the last level that a heading has in HTML.
const lowest = 6

// heading writes a heading; the first level of HTML is the page's title.
func (w *writer) heading(b Block) string {
	words := w.fitting(b.Spans, " ")
	if words == "" {
		return ""
	}
	return strings.Repeat("#", min(b.Level-w.top+2, lowest)) + " " + words
}

// misread is what means something behind the hyphen of an item alone: the box of a
// task, and what makes a page's number of it, - 1 -.
var misread = pattern.Of(`^(?:\[[ xX]\]|[0-9]{1,4}\s*-\s*$)`)

// list writes items, each as far in as its level and those around it allow.
func (w *writer) list(items []Block) string {
	var lines []string
	depth := -1
	for _, b := range items {
		depth = min(b.Level, depth+1)
		indent := strings.Repeat("  ", depth)
		text := w.paragraph(b.Spans)
		if misread().MatchString(text) {
			text = w.ended(b.Spans, asEntities, shownBreak)
		}
		lines = append(lines, indent+"- "+strings.ReplaceAll(text, "\n", "\n"+indent+"  "))
	}
	return strings.Join(lines, "\n")
}

// placed writes lines in the middle or at the right. Those that end in a date are a
// signature. They are one paragraph to the dialect, and checked as one.
func (w *writer) placed(blocks []Block) string {
	var lines []Span
	for i, b := range blocks {
		if i > 0 {
			lines = append(lines, Span{Text: "\n", Made: true})
		}
		lines = append(lines, b.Spans...)
	}
	text := w.paragraph(lines)
	said := linesOf(blocks[len(blocks)-1])
	last := strings.Join(said[max(0, len(said)-1):], "")
	_, dated := dateIn(last)
	switch {
	case text == "":
		return ""
	case blocks[0].Align == Center:
		return ":::居中\n" + text + "\n:::"
	case dated && fullDate().FindString(last) == last:
		return ":::落款\n" + text + "\n:::"
	}
	return ":::居右\n" + text + "\n:::"
}

// shownBreak is a line break that shows wherever it stands.
const shownBreak = "<br>\n"

// paragraph writes spans. The dialect joins lines of Latin, and keeps Chinese ones.
func (w *writer) paragraph(spans []Span) string {
	if chinese(Block{Spans: spans}.Said()) {
		return w.fitting(spans, "\n")
	}
	return w.fitting(spans, shownBreak)
}

// fitting writes spans as Markdown, or with entities where the dialect would read
// something else. lineEnd is what a line break becomes.
func (w *writer) fitting(spans []Span, lineEnd string) string {
	alone := &writer{Manuscript: w.Manuscript, plain: true}
	if w.reads(spans, alone.ended(spans, asMarkdown, lineEnd)) {
		return w.ended(spans, asMarkdown, lineEnd)
	}
	if lineEnd == "\n" {
		lineEnd = shownBreak // the dialect sees how long a line is, not what entities stand for
	}
	return w.ended(spans, asEntities, lineEnd)
}

func (w *writer) ended(spans []Span, how spelling, lineEnd string) string {
	return strings.ReplaceAll(w.spell(spans, how), "\n", lineEnd)
}

func chinese(text string) bool {
	return strings.ContainsFunc(text, func(c rune) bool { return unicode.Is(unicode.Han, c) })
}

// beside is what a block is read beside: Chinese elsewhere in a text turns rules on.
const beside = "\n\n中"

// reads reports whether the dialect reads in a text what the spans say.
func (w *writer) reads(spans []Span, text string) bool {
	if !slices.ContainsFunc(spans, func(s Span) bool { return s.Bold || s.Struck || s.Link != "" || suspect(s.Text) }) {
		return true
	}
	return w.readsAs(text, spans, "") && w.readsAs(text, spans, beside)
}

func (w *writer) readsAs(text string, spans []Span, beside string) bool {
	o := markdown.Options{Facts: true, Unsigned: true, Summarised: true}
	read := w.dialect.Compile("", []byte(text+beside), 0, o)
	var said strings.Builder
	for _, run := range read.Facts.Runs {
		said.WriteString(run.Text)
	}
	has := func(tag string) bool { return strings.Contains(string(read.HTML), tag) }
	asks := func(marked func(Span) bool) bool {
		return slices.ContainsFunc(spans, func(s Span) bool { return marked(s) && Letters(s.Text) != "" })
	}
	return Letters(said.String()) == Letters(Block{Spans: spans}.Said()+beside) &&
		has("<strong>") == asks(func(s Span) bool { return s.Bold }) &&
		(has("<s>") || has("<del>")) == asks(func(s Span) bool { return s.Struck }) &&
		!asks(func(s Span) bool { return s.Link != "" && !leads(read.Facts, s.Link) })
}

func leads(facts markdown.Facts, to string) bool {
	return slices.ContainsFunc(facts.Links, func(l markdown.Link) bool { return l.Dest == destination(to) })
}

// suspect reports whether a text has anything but letters, and the marks of plain
// prose: all that could be read as something else has.
func suspect(text string) bool {
	return strings.ContainsFunc(text, func(c rune) bool {
		return !unicode.IsLetter(c) && !unicode.IsDigit(c) && !strings.ContainsRune("，。；：、？！“”‘’（）《》〔〕—…% \u3000", c)
	})
}

// Letters is a text without its spaces: what two texts have alike that say the same.
func Letters(text string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) || c == utf8.RuneError {
			return -1
		}
		return c
	}, text)
}

// note writes the mark of a note, or all of it where no mark can stand. Notes have no
// notes.
func (w *writer) note(number int, how spelling) string {
	switch {
	case w.plain:
		return ""
	case how == asHTML:
		return "（注：" + w.joined(w.Notes[number-1], how, "；") + "）"
	}
	w.noted[number] = true
	return fmt.Sprintf("[^%d]", number)
}

// noteText writes what a note says, a paragraph for each of its own.
func (w *writer) noteText(note []Block) string {
	var paragraphs []string
	for _, spans := range flat(note) {
		if text := w.paragraph(spans); text != "" {
			paragraphs = append(paragraphs, strings.ReplaceAll(text, "\n", "\n    "))
		}
	}
	return strings.Join(paragraphs, "\n\n    ")
}

// joined writes blocks in one line.
func (w *writer) joined(blocks []Block, how spelling, between string) string {
	var paragraphs []string
	for _, spans := range flat(blocks) {
		text := ""
		if how == asHTML {
			text = w.spell(spans, asHTML)
		} else {
			text = w.fitting(spans, "<br>")
		}
		if text != "" {
			paragraphs = append(paragraphs, text)
		}
	}
	return strings.Join(paragraphs, between)
}

// flat is the paragraphs of blocks, where only paragraphs can stand.
func flat(blocks []Block) (paragraphs [][]Span) {
	for _, b := range blocks {
		if b.Kind == Item {
			b.Spans = append([]Span{{Text: "• ", Made: true}}, b.Spans...)
		}
		if len(b.Spans) > 0 {
			paragraphs = append(paragraphs, b.Spans)
		}
		for _, row := range b.Rows {
			for _, c := range row {
				paragraphs = append(paragraphs, flat(c.Blocks)...)
			}
		}
	}
	return paragraphs
}
