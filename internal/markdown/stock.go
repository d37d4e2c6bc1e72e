package markdown

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// stock is what one text after the other is parsed with: since nobody keeps a node when
// its text is compiled, it is used again for the next. What a text needs besides is made
// anew, and so is all of it without a stock.
type stock struct {
	texts      []ast.Text
	emphases   []ast.Emphasis
	paragraphs []ast.Paragraph
	runs       []parser.Delimiter
	lines      []sourceLine
}

// newStock is enough for most articles.
func newStock() stock {
	return stock{make([]ast.Text, 0, 128), make([]ast.Emphasis, 0, 32), make([]ast.Paragraph, 0, 32),
		make([]parser.Delimiter, 0, 64), nil}
}

// empty lets go of all that is in use.
func (s *stock) empty() {
	clear(s.texts)
	clear(s.emphases)
	for i := range s.paragraphs {
		p := &s.paragraphs[i]
		lines := *p.Lines()
		lines.SetSliced(0, 0) // with the room that they have
		*p = ast.Paragraph{}
		p.SetLines(&lines)
	}
	clear(s.runs)
	clear(s.lines)
	s.texts, s.emphases, s.paragraphs, s.runs = s.texts[:0], s.emphases[:0], s.paragraphs[:0], s.runs[:0]
}

func (s *stock) text(segment text.Segment) *ast.Text {
	if s == nil || len(s.texts) == cap(s.texts) {
		return ast.NewTextSegment(segment)
	}
	s.texts = append(s.texts, ast.Text{Segment: segment})
	return &s.texts[len(s.texts)-1]
}

func (s *stock) emphasis(level int) *ast.Emphasis {
	if s == nil || len(s.emphases) == cap(s.emphases) {
		return ast.NewEmphasis(level)
	}
	s.emphases = append(s.emphases, ast.Emphasis{Level: level})
	return &s.emphases[len(s.emphases)-1]
}

func (s *stock) paragraph() *ast.Paragraph {
	if s == nil || len(s.paragraphs) == cap(s.paragraphs) {
		return ast.NewParagraph()
	}
	s.paragraphs = s.paragraphs[:len(s.paragraphs)+1]
	return &s.paragraphs[len(s.paragraphs)-1]
}

// run is that of some marks, which can neither open nor close yet.
func (s *stock) run(length int, mark byte) *parser.Delimiter {
	if s == nil || len(s.runs) == cap(s.runs) {
		return parser.NewDelimiter(false, false, length, mark, nil)
	}
	s.runs = append(s.runs, parser.Delimiter{Length: length, OriginalLength: length, Char: mark})
	return &s.runs[len(s.runs)-1]
}
