package markdown

import (
	"bytes"
	"sort"
	"unicode/utf8"

	"qinglian/internal/diag"
)

// What an office types and pastes is close to Markdown: tables without the row of
// hyphens, lists with ● or with a space too few, marks behind spaces that only look
// like spaces. Such lines are respelled before the text is parsed, so that
// everything behind sees one spelling. (Parsers of blocks of their own would each
// repeat what the table, the list and the heading are otherwise, and a table with
// empty lines in it is no block to any of them.)
//
// What is respelled is a line, or a run of lines, with Chinese in it; code, HTML
// and comments are passed over. A text in which nothing is respelled is used as it
// is. Edits are kept, so that a message about the respelled text finds its place in
// what was typed.

// edit replaces some bytes of a text.
type edit struct {
	at, cut int    // in the text as typed
	put     string // instead of them
	to      int    // where that is in the respelled text
}

// edits are those of one text, in its order.
type edits []edit

// origin is where an offset of the respelled text is in the text as typed.
func (e edits) origin(at int) int {
	i := sort.Search(len(e), func(i int) bool { return e[i].to > at }) - 1
	if i < 0 {
		return at
	}
	if behind := at - e[i].to - len(e[i].put); behind >= 0 {
		return e[i].at + e[i].cut + behind
	}
	return e[i].at
}

// apply makes the respelled text.
func (e edits) apply(source []byte) []byte {
	out := make([]byte, 0, len(source)+16*len(e))
	from := 0
	for i := range e {
		out = append(out, source[from:e[i].at]...)
		e[i].to = len(out)
		out = append(out, e[i].put...)
		from = e[i].at + e[i].cut
	}
	return append(out, source[from:]...)
}

// respeller goes through the lines of one text.
type respeller struct {
	source []byte
	at     int  // the line that is looked at
	follow bool // another line stands directly above it
	bars   bool // some line has one
	tabs   bool
	prose  bool // there are neither
	passed int  // where the lines end that were found to be no table
	uses   func(label []byte) bool
	code   code
	lists  lists
	edits  edits
	found  []finding
}

// respell makes Markdown of the lines that are meant as such. It returns messages
// about what it guessed, placed in the text as typed.
func (r *reading) respell() []finding {
	if !r.chinese {
		return nil
	}
	s := respeller{source: r.source, uses: r.uses, tabs: bytes.IndexByte(r.source, '\t') >= 0}
	s.bars = bytes.IndexByte(r.source, '|') >= 0 || wideIn(r.source).bar
	s.prose = !s.bars && !s.tabs
	for s.at < len(s.source) {
		s.line()
	}
	if len(s.edits) > 0 {
		r.source, r.edits = s.edits.apply(s.source), s.edits
	}
	return s.found
}

// line respells the line that is looked at, or a run of lines that begins with it.
func (s *respeller) line() {
	line := lineFrom(s.source[s.at:])
	end, follow := s.at+len(line)+1, true
	switch {
	case s.prose && startsHan(line) && !s.code.open(): // as most lines
	case s.code.holds(line):
	case blank(line):
		follow = false
		s.lists.seen = ""
	default:
		end = max(end, s.run(line))
	}
	s.at, s.follow = end, follow
}

// run respells what begins with a line and returns where it ends; 0 if that is
// the line itself.
func (s *respeller) run(line []byte) (end int) {
	switch {
	case s.at < s.passed:
	case s.bars && hasBar(line):
		end = s.table()
	case s.tabs && bytes.IndexByte(line, '\t') > 0:
		end = s.sheet()
	}
	if end > 0 || startsHan(line[leading(line).size:]) {
		return end
	}
	if end = s.list(); end == 0 {
		s.mark(line)
		s.undefine(line)
	}
	return end
}

// startsHan reports lines that begin with one of the common Chinese characters, by
// their first byte.
func startsHan(line []byte) bool { return len(line) > 0 && 0xe4 <= line[0] && line[0] <= 0xe9 }

// replace notes an edit, unless it would change nothing.
func (s *respeller) replace(from, to int, put string) {
	if string(s.source[from:to]) != put {
		s.edits = append(s.edits, edit{at: from, cut: to - from, put: put})
	}
}

// report says what is wrong with a line, from an offset on.
func (s *respeller) report(at int, d diag.Diagnostic) {
	s.found = append(s.found, finding{lineSpan(s.source, at), d})
}

// mark takes spaces that are none in Markdown away from the marks of headings and
// quotations.
func (s *respeller) mark(line []byte) {
	from := quotation(line)
	before := leading(line[from:])
	rest := line[from+before.size:]
	if len(rest) == 0 || rest[0] != '#' && rest[0] != '>' {
		return
	}
	text := bytes.TrimLeft(rest, string(rest[:1]))
	count := len(rest) - len(text)
	behind := leading(text)
	first, _ := utf8.DecodeRune(text)
	switch tight := rest[0] == '#' && count > 1 && isHan(first); {
	case !before.odd && !behind.odd, count > 6, behind.size == len(text), behind.size == 0 && !tight, !chinese(line):
		return
	}
	if before.odd {
		s.replace(s.at+from, s.at+from+before.size, "")
	}
	if behind.odd {
		at := s.at + len(line) - len(text)
		s.replace(at, at+behind.size, " ")
	}
}

// gap is a stretch of spaces.
type gap struct {
	size, width int  // in bytes; in columns
	odd         bool // Markdown takes some of them for letters
}

// leading is the spaces that a text begins with.
func leading(text []byte) (g gap) {
	for g.size < len(text) {
		switch c, size := utf8.DecodeRune(text[g.size:]); {
		case c == ' ':
			g.width++
			g.size++
		case c == '\t':
			g.width += 4
			g.size++
		case oddSpace(c):
			g.odd = true
			g.size += size
			if c == '\u3000' {
				g.width += 2
			} else if c != '\u200b' && c != '\ufeff' {
				g.width++
			}
		default:
			return g
		}
	}
	return g
}

// oddSpace reports the spaces of typesetting, Chinese and pasted, and those
// without a width.
func oddSpace(c rune) bool {
	return c == '\u00a0' || c == '\u3000' || c == '\ufeff' || '\u2000' <= c && c <= '\u200b'
}

// quotation is where the marks of quotations end that a line begins with.
func quotation(line []byte) (end int) {
	for {
		rest := bytes.TrimLeft(line[end:], " ")
		if len(rest) == 0 || rest[0] != '>' {
			return end
		}
		end = len(line) - len(rest) + 1
		if end < len(line) && line[end] == ' ' {
			end++
		}
	}
}

// separate puts an empty line in front of a line, if none is there: else what
// follows a run would be taken into it. Where the line is quoted or not as those
// above are is for the parser to decide.
func (s *respeller) separate(at, depth int) {
	line := lineFrom(s.source[min(at, len(s.source)):])
	quote := line[:quotation(line)]
	if bytes.Count(quote, []byte(">")) != depth || blank(line[len(quote):]) {
		return
	}
	s.replace(at, at, string(bytes.TrimRight(quote, " "))+"\n")
}
