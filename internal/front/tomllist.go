package front

import (
	"strings"
	"unicode/utf8"

	"qinglian/internal/config"
	"qinglian/internal/diag"
)

// punctuation goes over what stands between the items of an array or an inline
// table, up to the bracket that closes it. It gives -1 where an item begins.
func (s *scanner) punctuation(at int, closing rune) (after int, closed bool) {
	r, size := utf8.DecodeRune(s.text[at:])
	after = at + size
	want := string(closing)
	switch {
	case strings.ContainsRune(","+spaces, r):
		s.wideText(at, after)
	case r == closing:
		return after, true
	case toASCII(string(r)) == want:
		s.wide(at, after, want, want)
		return after, true
	case strings.ContainsRune(commas, r):
		s.wide(at, after, ",", ", ")
	default:
		return -1, false
	}
	return after, false
}

// tomlList checks an array, which may have several lines.
func (s *scanner) tomlList(f config.Field, from int) int {
	r, size := utf8.DecodeRune(s.text[from:])
	if r != '[' {
		s.wide(from, from+size, "[", "[")
	}
	behind := -1 // an item that no comma follows yet
	for at := from + size; at < s.end; {
		r, size := utf8.DecodeRune(s.text[at:])
		switch {
		case r == '\n' && s.fieldFollows(at):
			return at // never closed: the decoder reports it
		case r == '\n':
			at++
		case r == '#' && behind < 0 && s.isTopic(at):
			at = s.tomlTopic(at)
			behind = at
		case r == '#':
			at = s.lineEnd(at)
		default:
			after, closed := s.punctuation(at, ']')
			if closed {
				return after
			}
			switch {
			case after < 0:
				s.noComma(behind)
				after = max(s.tomlValue(f, at, true), at+size)
				behind = after
			case strings.ContainsRune(","+commas, r):
				behind = -1
			}
			at = after
		}
	}
	return s.end
}

// noComma reports an item, which ends at an offset, behind which a comma is missing.
func (s *scanner) noComma(at int) {
	if at < 0 {
		return
	}
	s.slip(at, 0, diag.Diagnostic{Rule: "front-matter-syntax",
		Message: diag.Say("这里少了一个逗号", "a comma is missing here"),
		Hint:    diag.Say("每两样之间写一个半角“,”", "write a comma between two of them")}, diag.Edit{At: at, End: at, Text: ","})
}

// tomlRow checks an inline table, which has one line.
func (s *scanner) tomlRow(f config.Field, from, end int) int {
	r, size := utf8.DecodeRune(s.text[from:])
	if r != '{' {
		s.wide(from, from+size, "{", "{")
	}
	for at := from + size; at < end; {
		after, closed := s.punctuation(at, '}')
		if closed {
			return after
		}
		if after >= 0 {
			at = after
			continue
		}
		sep := separator(string(s.text[at:end]))
		if sep < 0 {
			return end // the decoder reports it
		}
		c := field{from: at, sep: at + sep}
		c.mark = markOf(string(s.text[c.sep:end]))
		c.name = clean(string(s.text[at:c.sep]))
		if of, name, known := columns(f).Meant(c.name); known {
			c.Field, c.name = of, name
		}
		c.value = s.skip(c.sep+len(c.mark), end)
		s.tomlName(c)
		s.tomlSeparator(c)
		if at = c.value; at < end {
			at = max(s.tomlValue(c.Field, at, true), at+1)
		}
	}
	return end
}

// tomlTopic reports an item that is written as a #topic.
func (s *scanner) tomlTopic(at int) int {
	name, end := s.topic(at)
	s.topicSlip(at, end, diag.Edit{At: at, End: end, Text: s.quote(name)})
	return end
}
