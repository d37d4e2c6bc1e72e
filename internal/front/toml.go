package front

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"qinglian/internal/config"
	"qinglian/internal/diag"
)

func (s *scanner) toml() {
	afterBlank := false
	for s.at < s.end {
		from := s.at
		end := s.lineEnd(from)
		s.at = end + 1
		if s.ordinary(from, end) {
			afterBlank = false
			continue
		}
		inner := s.skip(from, end)
		switch r := firstRune(string(s.text[inner:end])); {
		case inner == end:
			afterBlank = true
			continue
		case r == '#':
		case r == '[', r == '［':
			s.tomlHeader(from, inner, end)
		case r == '＃':
			s.wide(inner, inner+utf8.RuneLen(r), "#", "#")
		default:
			s.tomlField(from, inner, end, afterBlank)
		}
		afterBlank = false
	}
}

// ordinary reads a line that can't have a slip.
func (s *scanner) ordinary(from, end int) bool {
	at, typed, value, valueAt, ok := Setting(s.text[from:end])
	if ok {
		name := string(typed)
		s.current, s.sure, s.near = s.named(name)
		s.set(Field{name, from + at, from + valueAt, from + valueAt + len(value)})
	}
	return ok
}

// tomlHeader checks the line that begins a [table] or a row [[table]]: up to
// the next one, what follows are its columns.
func (s *scanner) tomlHeader(from, inner, end int) {
	line := string(s.text[inner:end])
	if i := strings.IndexAny(line, "#＃"); i >= 0 {
		line = line[:i]
	}
	line = strings.TrimRight(line, spaces)
	name := strings.Trim(line, "[]［］"+spaces)
	at := inner + strings.Index(line, name)
	f, known := s.article.Field(clean(name))
	s.sure = known
	s.wideText(from, at)
	if !isASCII(name) && !strings.ContainsAny(name, quotes) {
		s.unquoted(at, at, at+len(name), unquotedName())
	}
	s.wideText(at+len(name), inner+len(line))
	s.kind, s.top = columns(f), min(s.top, from)
}

func unquotedName() diag.Text {
	return diag.Say("中文名两边要加英文引号", "a name that is not ASCII needs quotes")
}

func (s *scanner) tomlField(from, inner, end int, afterBlank bool) {
	f, ok := s.field(inner, end, afterBlank, '=')
	if !ok {
		return
	}
	s.wideText(from, inner)
	s.tomlName(f)
	s.tomlSeparator(f)
	if f.value == end {
		return // the decoder tells it
	}
	last := s.tomlValue(f.Field, f.value, false)
	s.at = s.lineEnd(last) + 1
	rest := s.skip(last, s.lineEnd(last))
	s.wideText(last, rest)
	if r := firstRune(lineAt(s.text, rest)); rest < s.end && r == '＃' {
		s.wide(rest, rest+utf8.RuneLen(r), "#", "#")
	}
}

func (s *scanner) tomlSeparator(f field) {
	after := f.sep + len(f.mark)
	if f.mark != "=" {
		text := "="
		if f.sep > f.from && s.text[f.sep-1] != ' ' && f.value == after {
			text = " = "
		}
		s.wide(f.sep, after, "=", text)
	}
	s.wideText(after, f.value)
}

func (s *scanner) tomlName(f field) {
	name := strings.TrimRight(string(s.text[f.from:f.sep]), spaces)
	to := f.from + len(name)
	s.wideText(to, f.sep)
	if name == "" {
		return
	}
	switch {
	case name[0] == '"' || name[0] == '\'':
	case inChineseQuotes(name):
		s.chineseQuotes(f.from, to-utf8.RuneLen(lastRune(name)))
	case isASCII(toASCII(name)):
		s.wideText(f.from, to)
	default:
		s.unquoted(f.from, f.from, to, unquotedName())
	}
}

// tomlValue checks a value and gives its end.
func (s *scanner) tomlValue(f config.Field, from int, inList bool) int {
	end := s.lineEnd(from)
	line := s.text[from:end]
	switch first, size := utf8.DecodeRune(line); {
	case bytes.HasPrefix(line, []byte(`"""`)), bytes.HasPrefix(line, []byte("'''")):
		return s.tomlMultiline(from, string(line[:3]))
	case first == '"', first == '\'':
		return s.tomlQuoted(from, end)
	case strings.ContainsRune(openers, first):
		closeAt := s.itemEnd(from+size, end)
		if closeAt < 0 {
			s.slip(from, from+size, diag.Diagnostic{Rule: "full-width",
				Message: diag.Say("这里用了中文引号，应写英文引号 \"", "a Chinese quote stands here; write \""),
				Hint:    diag.Say("文字两边加英文引号 \"\"", "put the text between \"\"")})
			return end
		}
		s.chineseQuotes(from, closeAt)
		_, size := utf8.DecodeRune(s.text[closeAt:])
		return closeAt + size
	case first == '[', first == '［':
		return s.tomlList(f, from)
	case first == '{', first == '｛':
		return s.tomlRow(f, from, end)
	}
	return s.tomlBare(f, from, end, inList)
}

func (s *scanner) tomlMultiline(from int, quote string) int {
	open := quote
	for at := from + 3; at < s.end; at = next(s.text, at) {
		end := s.lineEnd(at)
		if open = multiline(string(s.text[at:end]), open); open == "" {
			return end
		}
	}
	return s.end
}

func (s *scanner) tomlQuoted(from, end int) int {
	if closeAt := closingQuote(s.text[from:end], 0); closeAt >= 0 {
		return from + closeAt + 1
	}
	if after := s.otherQuote(from, end); after >= 0 {
		return after
	}
	return end
}

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
	for at := from + size; at < s.end; {
		r, size := utf8.DecodeRune(s.text[at:])
		switch {
		case r == '\n' && s.fieldFollows(at):
			return at // never closed: the decoder tells it
		case r == '\n':
			at++
		case r == '#':
			at = s.lineEnd(at)
		default:
			after, closed := s.punctuation(at, ']')
			if closed {
				return after
			}
			if after < 0 {
				after = max(s.tomlValue(f, at, true), at+size)
			}
			at = after
		}
	}
	return s.end
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
			return end // the decoder tells it
		}
		c := field{from: at, sep: at + sep}
		c.mark = string(firstRune(string(s.text[c.sep:end])))
		c.Field, _ = columns(f).Field(clean(string(s.text[at:c.sep])))
		c.value = s.skip(c.sep+len(c.mark), end)
		s.tomlName(c)
		s.tomlSeparator(c)
		if at = c.value; at < end {
			at = max(s.tomlValue(c.Field, at, true), at+1)
		}
	}
	return end
}

// tomlBare checks a value without quotes: a number, a date, true or false, or
// a text that lacks them.
func (s *scanner) tomlBare(f config.Field, from, end int, inList bool) int {
	stop := "#"
	if inList {
		stop = "#,]］}｝" + commas
	}
	if i := bytes.IndexAny(s.text[from:end], stop); i >= 0 {
		end = from + i
	}
	value := strings.TrimRight(string(s.text[from:end]), spaces)
	to := from + len(value)
	meant := toASCII(value)
	switch {
	case !isASCII(meant), long(f) && strings.Trim(meant[:min(1, len(meant))], "+-.0123456789") != "" && meant != "true" && meant != "false":
		s.unquoted(from, from, to, diag.Say("文字两边要加英文引号", "a text needs quotes"))
	default:
		s.wideText(from, to)
	}
	return to
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}
