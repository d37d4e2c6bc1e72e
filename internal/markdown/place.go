package markdown

import (
	"bytes"
	"sort"

	"qinglian/internal/diag"
)

// span is a stretch of a text, in bytes. One that ends where it begins is a point.
type span struct{ at, end int }

func point(at int) span { return span{at, at} }

// lineSpan is what stands in a line from an offset on.
func lineSpan(source []byte, at int) span {
	if at < 0 || at > len(source) {
		return point(at)
	}
	return span{at, at + len(bytes.TrimRight(lineFrom(source[at:]), spaces))}
}

// places finds the lines and columns of byte offsets of the text that was parsed,
// in the file as it was typed.
type places struct {
	*diag.Lines
	from  int   // where the text begins in the file
	edits edits // that were made in the text
}

// over is d placed at a span of the text that was parsed.
func (p places) over(s span, d diag.Diagnostic) diag.Diagnostic {
	s = p.inFile(s)
	return p.Over(s.at, s.end, d)
}

// inFile is where a span of the text that was parsed stands in the file.
func (p places) inFile(s span) span {
	if s.end <= s.at {
		return point(p.from + p.edits.origin(s.at))
	}
	return span{p.from + p.edits.origin(s.at), p.from + p.edits.end(s.end)}
}

// end is where what ends at an offset of the respelled text ends in the text as
// typed: in front of what was taken out there, unlike what begins there.
func (e edits) end(at int) int {
	i := sort.Search(len(e), func(i int) bool { return e[i].to >= at }) - 1
	if i < 0 {
		return at
	}
	return e[i].at + e[i].cut + max(0, at-e[i].to-len(e[i].put))
}
