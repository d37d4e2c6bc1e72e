// Package manuscript is what an office hands in to be published, whatever program it
// was written with: its blocks, its pictures, and a list of what it has besides.
//
// Nothing of a manuscript is lost in silence. Each character of a document is in a
// [Manuscript]'s blocks and notes or in one of its [Omission]s, with the reason. What
// is no text of the document but shown by the program that it was written with, such
// as the numbers of paragraphs, is in the blocks too, and marked ([Span.Made]).
//
// [Manuscript.Head] finds in it what the front matter of an article asks for: by
// styles, by the forms of official documents, and with a doubt wherever that could be
// something else. Nothing doubtful is passed off as certain.
//
// [Manuscript.Markdown] writes the text in our dialect. What it writes, compiled, says
// what the manuscript says: characters that have a meaning are escaped, and each block
// is read back by the dialect itself. One that would say something else (bold that
// could be a mask, an address whose end can't be told) is written again with every
// mark as HTML and every sign as an entity.
//
// It keeps structure, not looks: headings, lists, tables with their spans, notes,
// links, pictures with captions, what is centred or at the right, bold, struck out,
// raised and lowered. Fonts, colours, italics, underlines and indents go: they are the
// theme's.
package manuscript

import (
	"strings"

	"qinglian/internal/diag"
)

// Manuscript is one document.
type Manuscript struct {
	Blocks   []Block
	Notes    [][]Block // footnotes and endnotes, in the order in which they are referred to
	Pictures []Picture // those that a span shows
	Left     []Omission
	Stated   map[string]Finding // by the key of a field: what the document states outside of its text
	Doubts   []diag.Text        // what somebody should look at, besides doubtful fields
}

// Kind is what a block is.
type Kind uint8

// The kinds of blocks.
const (
	Paragraph Kind = iota
	Title          // of the document, by its style
	Heading        // of a Level, from 1
	Item           // of a list, of a Level, from 0
	Caption        // of the picture or table beside it, by its style
	Table
)

// Align is where the lines of a block stand.
type Align uint8

// Where lines stand; both edges are the left one.
const (
	Left Align = iota
	Center
	Right
)

// Block is a paragraph or a table.
type Block struct {
	Kind     Kind
	Level    int
	Align    Align
	Indented bool // it begins as far in as half of a line
	Spans    []Span
	Rows     [][]Cell // of a table
}

// Cell is a cell of a table. What other cells cover is not there.
type Cell struct {
	Columns, Rows int // that it spans
	Blocks        []Block
}

// Span is a piece of a paragraph.
type Span struct {
	Text    string // a line break is \n
	Made    bool   // the document does not hold the text: it follows from what it holds
	Bold    bool
	Struck  bool
	Raised  bool
	Lowered bool
	Link    string // an address
	Note    int    // the number of a note, from 1; 0: none
	Picture int    // the number of a picture, from 1; 0: none
	Afloat  bool   // the picture stands beside the text, not in it
}

// Picture is a picture's file.
type Picture struct {
	Content []byte
	Ending  string // .jpg
	Alt     string // what the document says that it shows
}

// Said is the text of a block without its marks, a table's cells in their order.
func (b Block) Said() string {
	var said strings.Builder
	for _, s := range b.Spans {
		said.WriteString(s.Text)
	}
	for _, row := range b.Rows {
		for _, c := range row {
			for _, inside := range c.Blocks {
				said.WriteString(inside.Said())
			}
		}
	}
	return said.String()
}

// Line is the text of a block as one line.
func (b Block) Line() string { return strings.Join(strings.Fields(b.Said()), " ") }

// empty reports a block in which there is nothing to be seen.
func (b Block) empty() bool { return len(b.Rows) == 0 && !showing(b.Spans) }

func showing(spans []Span) bool {
	for _, s := range spans {
		if s.Note > 0 || s.Picture > 0 || strings.TrimSpace(s.Text) != "" {
			return true
		}
	}
	return false
}

// pictures are the numbers of those that a block shows, if it shows nothing else.
func (b Block) pictures() (numbers []int) {
	for _, s := range b.Spans {
		if s.Note > 0 || strings.TrimSpace(s.Text) != "" {
			return nil
		}
		if s.Picture > 0 {
			numbers = append(numbers, s.Picture)
		}
	}
	return numbers
}
