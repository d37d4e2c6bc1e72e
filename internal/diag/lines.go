package diag

import (
	"bytes"
	"slices"
	"unicode/utf8"
)

// Lines finds the lines and columns of byte offsets in one text. Texts have
// thousands of links, some on lines as long as the text: nothing here looks at all
// of the text, or copies a line, once for each.
type Lines struct {
	file   string
	whole  []byte
	starts []int // of lines; found when a place is asked for, as for few texts
	line   int   // the line asked for last
	source string
	offset int // the offset asked for last, in that line
	column int
}

// NewLines is that of the text of a file.
func NewLines(file string, whole []byte) *Lines {
	return &Lines{file: file, whole: whole, line: -1}
}

func (p *Lines) findStarts() {
	p.starts = append(make([]int, 0, bytes.Count(p.whole, []byte("\n"))+1), 0)
	for at := 0; ; {
		i := bytes.IndexByte(p.whole[at:], '\n')
		if i < 0 {
			return
		}
		at += i + 1
		p.starts = append(p.starts, at)
	}
}

// Over is d placed at what stands between two offsets, as [Diagnostic.Over] would.
func (p *Lines) Over(from, to int, d Diagnostic) Diagnostic {
	from = max(0, min(from, len(p.whole)))
	return p.At(from, d).through(p.whole[from:max(from, min(to, len(p.whole)))])
}

// At is d placed at an offset, as [Diagnostic.At] would.
func (p *Lines) At(offset int, d Diagnostic) Diagnostic {
	if p.starts == nil {
		p.findStarts()
	}
	offset = max(0, min(offset, len(p.whole)))
	line, found := slices.BinarySearch(p.starts, offset)
	if !found {
		line--
	}
	if line != p.line {
		text, _, _ := bytes.Cut(p.whole[p.starts[line]:], []byte("\n"))
		p.line, p.source = line, string(bytes.TrimRight(text, "\r"))
		p.offset, p.column = p.starts[line], 1
	}
	if offset < p.offset {
		p.offset, p.column = p.starts[line], 1
	}
	p.column += utf8.RuneCount(p.whole[p.offset:offset])
	p.offset = offset
	return d.Placed(Diagnostic{File: p.file, Line: line + 1, Column: p.column}.Showing(p.source, offset-p.starts[line]))
}
