package front

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"qinglian/internal/config"
	"qinglian/internal/diag"
)

// state is what may follow a line of YAML.
type state int

const (
	done  state = iota // the next field
	prose              // more of a plain text, on deeper lines
	list               // items
)

func (s *scanner) yaml() {
	before, base, afterBlank := done, -1, false
	for s.at < s.end {
		from := s.at
		end := s.lineEnd(from)
		inner := s.skip(from, end)
		line := string(s.text[inner:end])
		s.at = end + 1
		deeper := base >= 0 && inner-from > base
		switch {
		case line == "":
			afterBlank = true
			continue
		case line[0] == '#':
			continue
		case before == list && s.isItem(line):
			s.indent(from, inner, "  ")
			s.item(from, inner, end, base)
		case before != done && deeper && !(s.text[from] > ' ' && s.startsField(line)):
			s.indent(from, inner, "  ")
			s.cell(from, inner, end)
		default:
			if base < 0 {
				base = len(s.text[from:inner]) - len(bytes.TrimLeft(s.text[from:inner], " "))
			}
			before = s.yamlField(from, inner, end, base, afterBlank)
		}
		afterBlank = false
	}
}

// startsField reports a line that sets a field of this kind.
func (s *scanner) startsField(line string) bool {
	at := separator(line)
	if at < 0 {
		return false
	}
	_, ok := s.kind.Field(clean(line[:at]))
	return ok
}

// indent tells a line that is indented by other than spaces; each of the
// others counts for as many as text has.
func (s *scanner) indent(from, inner int, text string) {
	indent := strings.TrimRight(string(s.text[from:inner]), " ")
	at := from + len(indent) - len(strings.TrimLeft(indent, " "))
	if indent = strings.TrimLeft(indent, " "); indent == "" {
		return
	}
	end := at + len(indent)
	text = strings.Repeat(text, utf8.RuneCountInString(indent))
	if indent[0] != '\t' {
		s.wide(at, end, " ", text)
		return
	}
	s.slip(at, end, diag.Diagnostic{Rule: "tab-indent",
		Message: diag.Say("缩进用了 Tab，应该用空格", "the line is indented by a tab; use spaces"),
		Hint:    diag.Say("删去 Tab，打两个空格", "type two spaces instead")}, diag.Edit{At: at, End: end, Text: text})
}

// isItem reports a line of a list, also one that is not quite right. A double
// dash is punctuation.
func (s *scanner) isItem(line string) bool {
	first, size := utf8.DecodeRuneInString(line)
	second := firstRune(line[size:])
	return strings.ContainsRune(dashes, first) && (first == '-' || !strings.ContainsRune(dashes, second)) && !s.startsField(line)
}

// item checks a line of a list, or the first of a table's row.
func (s *scanner) item(start, from, end, base int) {
	dash, size := utf8.DecodeRune(s.text[from:])
	after := from + size
	value := s.skip(after, end)
	switch {
	case dash != '-':
		s.wide(from, value, "-", "- ")
	case after == end || s.text[after] == ' ' || s.text[after] == '\t':
	case value > after:
		s.wide(after, value, " ", " ")
	default:
		s.slip(from, after, diag.Diagnostic{Rule: "no-space",
			Message: diag.Say("“-”后面要空一格", "a space must follow the -"),
			Hint:    diag.Say("写成 - 文字", "write - text")}, diag.Edit{At: after, End: after, Text: " "})
	}
	if s.current.Type == config.TypeTable {
		s.cell(start, value, end)
		return
	}
	s.yamlValue(config.Field{Type: config.TypeText}, value, end, base)
}

// cell checks a part of a line that sets a column, in a row of a table; start
// is where the line begins.
func (s *scanner) cell(start, from, end int) {
	line := string(s.text[from:end])
	if s.current.Type != config.TypeTable || line == "" {
		return
	}
	at := separator(line)
	if at < 0 || line[0] == '{' {
		s.yamlValue(config.Field{Type: config.TypeTable}, from, end, from-start)
		return
	}
	sure, known := s.sure, false
	f := field{from: from, sep: from + at, mark: string(firstRune(line[at:]))}
	f.Field, known = columns(s.current).Field(clean(line[:at]))
	f.value = s.skip(f.sep+len(f.mark), end)
	s.sure = sure && known
	s.yamlParts(f, end, from-start)
	s.sure = sure
}

// yamlField checks a line that sets a field, and the value's further lines.
func (s *scanner) yamlField(from, inner, end, base int, afterBlank bool) state {
	f, ok := s.field(inner, end, afterBlank, ':')
	if !ok {
		return done
	}
	s.indent(from, inner, "")
	return s.yamlParts(f, end, base)
}

// yamlParts checks a name, what separates it, and its value.
func (s *scanner) yamlParts(f field, end, base int) state {
	s.yamlName(f)
	after := f.sep + len(f.mark)
	gap := string(s.text[after:f.value])
	if wide := strings.Trim(gap, " \t"); wide != "" || gap == "" && f.value < end {
		gap = " "
	}
	switch {
	case f.mark != ":":
		s.wide(f.sep, f.value, ":", ":"+gap)
	case after == f.value && f.value < end:
		s.slip(f.sep, after, noSpace(), diag.Edit{At: after, End: after, Text: " "})
	case gap != string(s.text[after:f.value]):
		s.wide(after+strings.IndexAny(string(s.text[after:f.value]), wideSpace), f.value, " ", " ")
	}
	return s.yamlValue(f.Field, f.value, end, base)
}

func noSpace() diag.Diagnostic {
	return diag.Diagnostic{Rule: "no-space",
		Message: diag.Say("冒号后面要空一格", "a space must follow the colon"),
		Hint:    diag.Say("写成 名字: 内容", "write name: value")}
}

func (s *scanner) yamlName(f field) {
	name := strings.TrimRight(string(s.text[f.from:f.sep]), spaces)
	to := f.from + len(name)
	if inChineseQuotes(name) {
		s.chineseQuotes(f.from, to-utf8.RuneLen(lastRune(name)))
	} else {
		s.wideText(f.from, to)
	}
	s.wideText(to, f.sep)
}

// yamlValue checks a value that begins at from, and moves on to the line after
// it.
func (s *scanner) yamlValue(f config.Field, from, end, base int) state {
	text := strings.TrimRight(uncommented(string(s.text[from:end])), spaces)
	first := firstRune(text)
	switch {
	case text == "" || text[0] == '#':
		return list
	case first == '"' || first == '\'':
		return s.yamlQuoted(from, end)
	case first == '|' || first == '>':
		s.skipBlock(base)
		return done
	case first == '[' && long(f) && !strings.HasSuffix(text, "]"):
		s.unquoted(from, from, from+len(text), diag.Say("以“%s”开头的文字要加英文引号", "a text that begins with %s needs quotes", string(first)))
		return prose
	case first == '[' || first == '{', first == '［' && f.Type == config.TypeList:
		return s.flow(from)
	case strings.ContainsRune(openers, first) && s.yamlChineseQuoted(f, from, text):
		return done
	case strings.ContainsRune("@`&*!%", first) && f.Type != config.TypeTable:
		s.unquoted(from, from, from+len(text), diag.Say("以“%s”开头的文字要加英文引号", "a text that begins with %s needs quotes", string(first)))
		return prose
	}
	s.yamlPlain(f, from, text)
	return prose
}

// uncommented is a plain text without the comment after it.
func uncommented(s string) string {
	for i := 1; i < len(s); i++ {
		if s[i] == '#' && (s[i-1] == ' ' || s[i-1] == '\t') {
			return s[:i]
		}
	}
	return s
}

func (s *scanner) yamlPlain(f config.Field, from int, text string) {
	to := from + len(text)
	if code(f) {
		s.wideText(from, to)
		return
	}
	if f.Type == config.TypeList {
		s.plainList(f, from, text)
		return
	}
	if f.Type == config.TypeTable {
		return // the field tells it
	}
	at := strings.Index(text, ": ")
	if at < 0 && strings.HasSuffix(text, ":") {
		at = len(text) - 1
	}
	if at >= 0 {
		s.unquoted(from+at, from, to, diag.Say("文字里有“: ”，要加英文引号", "a text with a colon and a space in it needs quotes"))
	}
}

// plainList tells a list that is written as a text.
func (s *scanner) plainList(f config.Field, from int, text string) {
	items := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(commas+",;；", r) })
	for i := range items {
		items[i] = strings.Trim(items[i], spaces)
	}
	edits := []diag.Edit{{At: from, End: from + len(text), Text: "[" + strings.Join(items, ", ") + "]"}}
	if strings.ContainsAny(text, quotes+"[]{}#:&*!|>%@`\\［］") {
		edits = nil
	}
	s.slip(from, from+len(text), diag.Diagnostic{Rule: "not-a-list",
		Message: diag.Say("“%s”可以有几个，要写成列表", "%s may be several and is written as a list", diag.Text{ZH: f.Label, EN: f.Key}),
		Hint:    diag.Say("写成 [党建, 普法]", "write [党建, 普法]")}, edits...)
}

// yamlQuoted goes over a text between ASCII quotes, which may have several
// lines, and tells a closing quote that is Chinese.
func (s *scanner) yamlQuoted(from, end int) state {
	line := strings.TrimRight(string(s.text[from:end]), spaces)
	if yamlClosing([]byte(line)) < 0 {
		if last := lastRune(line); len(line) > 1 && strings.ContainsRune(closers, last) {
			at := from + len(line) - utf8.RuneLen(last)
			s.wide(at, from+len(line), line[:1], line[:1])
			return done
		}
	}
	closeAt := yamlClosing(s.text[from:s.end])
	if closeAt < 0 {
		s.at = s.end // the decoder tells it
		return done
	}
	s.at = s.lineEnd(from+closeAt) + 1
	return done
}

// yamlClosing is where the quoted text that text begins with ends, or -1.
func yamlClosing(text []byte) int {
	for i := 1; i < len(text); i++ {
		switch {
		case text[i] == '\\' && text[0] == '"':
			i++
		case text[i] != text[0]:
		case text[0] == '\'' && i+1 < len(text) && text[i+1] == '\'':
			i++
		default:
			return i
		}
	}
	return -1
}

// yamlChineseQuoted tells a value that stands between Chinese quotes as a
// whole. In prose they may be meant to be seen.
func (s *scanner) yamlChineseQuoted(f config.Field, from int, text string) bool {
	first, last := firstRune(text), lastRune(text)
	closeAt := len(text) - utf8.RuneLen(last)
	start := utf8.RuneLen(first)
	if closeAt < start || !strings.ContainsRune(quotes, last) || strings.ContainsAny(text[start:closeAt], quotes) {
		return false
	}
	if last == '"' || last == '\'' || code(f) || f.Type.Names() {
		s.chineseQuotes(from, from+closeAt)
		return true
	}
	if f.Type == config.TypeList || f.Type == config.TypeTable {
		return false
	}
	s.slip(from, from+len(text), diag.Diagnostic{Rule: "quotes-kept",
		Message: diag.Say("两边的中文引号会一起显示出来", "the Chinese quotes around the text will be shown with it"),
		Hint:    diag.Say("不要显示，就写 \"%[1]s\"；要显示，就写 '%[2]s'", "write \"%s\" to leave them out, or '%s' to show them", text[start:closeAt], text)})
	return true
}

// skipBlock goes over the lines of a block scalar.
func (s *scanner) skipBlock(base int) {
	for s.at < s.end {
		end := s.lineEnd(s.at)
		line := string(s.text[s.at:end])
		if indent := len(line) - len(strings.TrimLeft(line, " ")); line != "" && indent <= base {
			return
		}
		s.at = end + 1
	}
}
