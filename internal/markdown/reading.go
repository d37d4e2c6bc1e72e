package markdown

import (
	"github.com/yuin/goldmark/parser"

	"qinglian/internal/diag"
)

// reading is what the parsers of one text share: what they must know of it,
// and what they found wrong with it.
type reading struct {
	source     []byte
	chinese    bool         // it has Chinese, Japanese or Korean
	numbers    bool         // there may be lines that begin with one
	outline    bool         // numbers make headings
	starts     map[int]bool // lines that begin paragraphs in a pasted text
	cells      int          // of tables so far
	directives []DirectiveSpec
	found      []finding
}

// finding is a message about a byte offset of the source.
type finding struct {
	at int
	diag.Diagnostic
}

var readingKey = parser.NewContextKey()

// readingOf is the reading that a parser takes part in. A text that is parsed
// without one, as by the tests of CommonMark, is read as it is.
func readingOf(pc parser.Context, source []byte) *reading {
	if r, ok := pc.Get(readingKey).(*reading); ok {
		return r
	}
	r := &reading{source: source, chinese: chinese(source)}
	pc.Set(readingKey, r)
	return r
}

func (r *reading) problem(at int, d diag.Diagnostic) { r.found = append(r.found, finding{at, d}) }
