package front

import (
	"bytes"
	"strings"
	"time"
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
	if !ok {
		return false
	}
	f, name, known, near := s.named(string(typed))
	if name != string(typed) || !isSound(f, value) {
		return false
	}
	s.current, s.sure, s.near = f, known, near
	s.set(Field{name, from + at, from + valueAt, from + valueAt + len(value)})
	return true
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
	if f.value == end || s.text[f.value] == '#' {
		s.tomlEmpty(f, end)
		return
	}
	last := s.tomlValue(f.Field, f.value, false)
	s.at = s.lineEnd(last) + 1
	rest := s.skip(last, s.lineEnd(last))
	s.wideText(last, rest)
	if r := firstRune(lineAt(s.text, rest)); rest < s.end && r == '＃' {
		s.wide(rest, rest+utf8.RuneLen(r), "#", "#")
	}
}

// tomlEmpty checks a line without a value: nothing, or a # stands behind the =.
func (s *scanner) tomlEmpty(f field, end int) {
	value := strings.TrimRight(string(s.text[f.value:end]), spaces)
	if value != "" && s.hash(f.Field, f.value, value) {
		return
	}
	text := `""`
	if s.text[f.value-1] == '=' {
		text = ` ""`
	}
	if value != "" {
		text += " "
	}
	s.slip(f.sep, f.sep+len(f.mark), diag.Diagnostic{Rule: "front-matter-syntax",
		Message: diag.Say("“=”后面没有内容", "nothing stands behind the ="),
		Hint: diag.Say("写上内容，没有就写 \"\"",
			"write the value, or \"\" for none")}, diag.Edit{At: f.value, End: f.value, Text: text})
}

// isSound reports an ordinary value that needs no other look for its field.
func isSound(f config.Field, value []byte) bool {
	switch {
	case f.Type == config.TypeDate && value[0] != '"':
		_, err := time.Parse(time.DateOnly, string(value[:min(len(value), len(time.DateOnly))]))
		return err == nil
	case f.Type == config.TypeDate, f.Type == config.TypeNumber, f.Type == config.TypeSwitch, f.Type == config.TypeList,
		f.Type == config.TypeReason:
		return value[0] != '"'
	case long(f):
		return value[0] != 't' && value[0] != 'f'
	}
	return true
}

func (s *scanner) tomlSeparator(f field) {
	after := f.sep + len(f.mark)
	if f.mark == "" {
		return
	}
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
	case s.renamed(f, name):
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
		return s.tomlQuoted(f, from, end, inList)
	case strings.ContainsRune(openers, first):
		closeAt := s.itemEnd(from+size, end)
		if closeAt < 0 {
			s.slip(from, from+size, diag.Diagnostic{Rule: "full-width",
				Message: diag.Say("这里用了中文引号，应写英文引号 \"", "a Chinese quote stands here; write \""),
				Hint:    diag.Say("文字两边加英文引号 \"\"", "put the text between \"\"")})
			return end
		}
		inner := string(s.text[from+size : closeAt])
		_, size := utf8.DecodeRune(s.text[closeAt:])
		if inList || !s.quoted(f, from, closeAt+size, inner) {
			s.chineseQuotes(from, closeAt)
		}
		return closeAt + size
	case !inList && long(f) && s.template(from, strings.TrimRight(string(line), spaces)):
		return end
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

func (s *scanner) tomlQuoted(f config.Field, from, end int, inList bool) int {
	line := strings.TrimRight(string(s.text[from:end]), spaces)
	closeAt := closingQuote(line, 0)
	switch {
	case closeAt >= 0 && inList:
		return from + closeAt + 1
	case closeAt >= 0 && isRemark(" "+toASCII(line[closeAt+1:])):
		s.quoted(f, from, from+closeAt+1, line[1:closeAt])
		return from + closeAt + 1
	case closeAt >= 0:
		s.crossed(f, from, line)
		return end
	}
	if after := s.otherQuote(f, from, end, inList); after >= 0 {
		return after
	}
	if !inList {
		s.unclosed(f, from, line, false)
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
	whole := strings.TrimRight(string(s.text[from:end]), spaces)
	if !inList && s.hash(f, from, whole) {
		return end
	}
	if i := strings.IndexAny(whole, stop); i >= 0 {
		whole = strings.TrimRight(whole[:i], spaces)
	}
	to := from + len(whole)
	switch meant := toASCII(whole); {
	case !inList && f.Type == config.TypeList && whole != "":
		s.plainList(f, from, whole)
	case s.respell(f, from, to, whole):
	case !isASCII(meant), long(f) && lacksQuotes(meant):
		s.unquoted(from, from, to, diag.Say("文字两边要加英文引号", "a text needs quotes"))
	default:
		s.wideText(from, to)
	}
	return to
}

// lacksQuotes reports what is neither a number nor a date.
func lacksQuotes(text string) bool {
	return text != "" && strings.IndexByte("+-.0123456789", text[0]) < 0
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}
