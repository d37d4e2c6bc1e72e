package markdown

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"qinglian/internal/pattern"
)

// bullet reports what begins the items of lists as Word and people write them, and
// the bullets of fonts of symbols, which come out of Word as private characters.
// ○ ※ ★ □ ▲ are none: in prose they mark notes and boxes.
func bullet(c rune) bool {
	switch c {
	case '●', '■', '•', '◆', '·', '▪', '◼', '∙', '‧', '・', '\uf06c', '\uf06e', '\uf075', '\uf0a7', '\uf0b7', '\uf0d8':
		return true
	}
	return false
}

// item is a line that begins like the item of a list.
type item struct {
	at     int  // the line
	depth  int  // quotations around it
	from   int  // where its indentation begins
	mark   int  // where its mark begins
	stop   int  // where that ends
	text   int  // where its text begins
	kind   rune // of the mark: a bullet, '-', or '.' and ')' behind a number
	number int
	before gap
	behind gap
}

// tight reports a hyphen without a space.
func (i item) tight() bool { return i.kind == '-' && i.behind.size == 0 }

// plain reports an item that Markdown would not take for one: what follows on the
// next line is no part of it.
func (i item) plain() bool { return i.tight() || i.before.odd || i.kind > unicode.MaxASCII }

// itemAt is the item that begins on a line.
func (s *respeller) itemAt(at int) (i item, ok bool) {
	line := lineFrom(s.source[at:])
	quote := quotation(line)
	i.at, i.from, i.depth = at, at+quote, bytes.Count(line[:quote], []byte(">"))
	i.before = leading(line[quote:])
	i.mark = i.from + i.before.size
	rest := line[quote+i.before.size:]
	size := i.readMark(rest)
	if size == 0 {
		return i, false
	}
	i.stop = i.mark + size
	i.behind = leading(rest[size:])
	i.text = i.stop + i.behind.size
	text := rest[size+i.behind.size:]
	return i, len(text) > 0 && !fences(text) && i.takes(text)
}

// readMark reads the mark that a text begins with; it returns its size.
func (i *item) readMark(text []byte) int {
	first, size := utf8.DecodeRune(text)
	switch {
	case first == '-' || bullet(first):
		i.kind = first
		return size
	case !isDigit(first):
		return 0
	}
	for n, c := range text {
		switch {
		case isDigit(rune(c)) && n < 9:
			i.number = 10*i.number + int(c-'0')
		case c == '.' || c == ')':
			i.kind = rune(c)
			return n + 1
		default:
			return 0
		}
	}
	return 0
}

// pageNumber is one as it is pasted from between two pages: - 1 -.
var pageNumber = pattern.Of(`^[ \t]*-[ \t]*[0-9]{1,4}[ \t]*-[ \t]*$`)

// takes reports whether a text can stand behind the item's mark: no second mark,
// and behind a tight hyphen, which may be a minus, a dash or an option's, only
// Chinese, a link, a box or bold.
func (i item) takes(text []byte) bool {
	first, _ := utf8.DecodeRune(text)
	switch {
	case i.kind > unicode.MaxASCII:
		return !bullet(first) && !strings.ContainsRune("○□◇", first)
	case i.kind != '-':
		return i.behind.size > 0
	case i.tight():
		han := isHan(first) || strings.ContainsRune("“‘《「【（[", first) ||
			bytes.HasPrefix(text, []byte("**"))
		return han && !bytes.HasSuffix(text, []byte("-"))
	}
	return !i.behind.odd || !isDigit(first) || i.behind.width > 1 // -5℃ with a space that keeps it on its line
}

// lists is what is known of those above the line that is looked at.
type lists struct {
	seen string // the kinds of items in this stretch of lines
	end  int    // where the last list ends
	kind rune   // of its items
	mark string // that is written for its bullets; another list has another
	base int    // how many columns its items are indented that are not
	run  []item
}

// begin begins another list.
func (l *lists) begin(first item, source []byte) {
	last, next := l.mark, blank(source[min(l.end, first.at):first.at])
	if l.kind == '-' {
		last = "- "
	}
	if l.mark = "- "; next && last == l.mark && l.kind != first.kind {
		l.mark = "+ "
	}
	if l.end != first.at || l.seen == "" {
		l.base = 0
		if first.before.odd || first.kind > unicode.MaxASCII && first.before.width > 3 {
			l.base = first.before.width
		}
	}
	l.kind = first.kind
}

// list respells the items of a list. A bullet or a hyphen without a space makes
// one only beside another, and where no other text of the same stretch of lines
// stands between: ● is as often the mark of a small heading.
func (s *respeller) list() (end int) {
	first, ok := s.itemAt(s.at)
	switch {
	case !ok:
		return 0
	case first.kind == '-' && pageNumber().Match(lineFrom(s.source[first.mark:])):
		s.replace(first.mark, first.mark, `\`)
		return 0
	}
	run, end := s.items(first)
	l := &s.lists
	l.begin(first, s.source)
	l.end = end
	inChinese := chinese(s.source[first.at : end-1])
	meant := inChinese && s.meant(run, end)
	l.seen += string(first.kind)
	if !inChinese {
		return end
	}
	last, spelled := run[len(run)-1], false
	for _, i := range run {
		if spelled = meant || i.kind == '-' && !i.tight(); spelled {
			s.spell(i)
		}
	}
	if spelled && last.plain() && end < len(s.source) && s.source[end] != ' ' && s.source[end] != '\t' {
		s.separate(end, last.depth)
	}
	return end
}

// items are the first item of a list and those of its kind below it.
func (s *respeller) items(first item) (run []item, end int) {
	run = append(s.lists.run[:0], first)
	end = s.lineEnd(first.at)
	for at := end; at < len(s.source); {
		if line := lineFrom(s.source[at:]); blank(line[quotation(line):]) {
			at += len(line) + 1
			continue
		}
		i, ok := s.itemAt(at)
		if !ok || i.kind != first.kind || i.depth != first.depth {
			break
		}
		run = append(run, i)
		at = s.lineEnd(at)
		end = at
	}
	s.lists.run = run
	return run, min(end, len(s.source)+1)
}

// lineEnd is where the line behind one begins.
func (s *respeller) lineEnd(at int) int { return at + len(lineFrom(s.source[at:])) + 1 }

// meant reports whether a run of items is a list, though its marks are no marks
// of Markdown.
func (s *respeller) meant(run []item, end int) bool {
	first, tight := run[0], false
	switch first.kind {
	case '.', ')':
		for n, i := range run {
			if i.number != first.number+n {
				return false // a list would count otherwise
			}
		}
		return len(run) > 1 || !first.before.odd // 　　1. begins paragraphs, too
	case '-':
		for _, i := range run {
			tight = tight || i.tight()
		}
		if !tight {
			return false
		}
	}
	if len(run) < 2 || strings.ContainsRune(s.lists.seen, first.kind) {
		return false
	}
	for at := end; at < len(s.source); at = s.lineEnd(at) {
		if blank(lineFrom(s.source[at:])) {
			return true
		}
		if i, ok := s.itemAt(at); ok && i.kind == first.kind {
			return false
		}
	}
	return true
}

// spell writes an item as Markdown does.
func (s *respeller) spell(i item) {
	loud := i.kind > unicode.MaxASCII
	if i.before.odd || loud && i.before.width > 3 {
		s.replace(i.from, i.mark, strings.Repeat(" ", max(0, i.before.width-s.lists.base)))
	}
	if loud {
		s.replace(i.mark, i.text, s.lists.mark)
	} else if i.behind.size == 0 || i.behind.odd {
		s.replace(i.stop, i.text, " ")
	}
}
