package front

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"qinglian/internal/config"
	"qinglian/internal/diag"
	"qinglian/internal/pattern"
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
	_, _, ok := s.kind.Meant(clean(line[:at]))
	return ok
}

// indent reports a line that is indented by other than spaces; each of the
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
	return strings.ContainsRune(dashes, first) && (first == '-' || !strings.ContainsRune(dashes, second)) &&
		!s.startsField(line)
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
	if !s.plainTopic(value, end) {
		s.yamlValue(config.Field{Type: config.TypeText}, value, end, base)
	}
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
	f := field{from: from, sep: from + at, mark: markOf(line[at:])}
	typed := clean(line[:at])
	if f.Field, f.name, known = columns(s.current).Meant(typed); !known {
		f.name = typed
	}
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
	case f.mark == "":
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

// yamlValue checks a value that begins at from, and moves on to the line after
// it.
func (s *scanner) yamlValue(f config.Field, from, end, base int) state {
	whole := strings.TrimRight(string(s.text[from:end]), spaces)
	if s.hash(f, from, whole) {
		return prose
	}
	text := strings.TrimRight(uncommented(whole), spaces)
	first := firstRune(text)
	switch {
	case text == "" || text[0] == '#':
		return list
	case first == '"' || first == '\'':
		return s.yamlQuoted(f, from, end)
	case (first == '|' || first == '>') && blockHeader().MatchString(text):
		s.skipBlock(base)
		return done
	case long(f) && s.template(from, text):
		return prose
	case f.Type == config.TypeList && (strings.ContainsRune(brackets, first) || s.beginsOddly(f, text)):
		s.plainList(f, from, text)
		return prose
	case f.Type.Names() && s.link(from, text):
		return done
	case long(f) && (strings.EqualFold(text, "true") || strings.EqualFold(text, "false")):
		s.unquoted(from, from, from+len(text), diag.Say("“%s”要加英文引号才是文字", "%s is a text only between quotes", text))
		return prose
	case s.beginsOddly(f, text):
		s.unquoted(from, from, from+len(text),
			diag.Say("以“%s”开头的文字要加英文引号", "a text that begins with %s needs quotes", string(first)))
		return prose
	case long(f) && first == '[':
		inner := strings.ReplaceAll(strings.Trim(text[1:len(text)-1], spaces), ", ", "、")
		s.doubt(from, from+len(text), diag.Diagnostic{Rule: "wrong-type",
			Message: diag.Say("方括号是列表，“%s”应该是一段文字", "brackets make a list; %s is a text",
				diag.Text{ZH: f.Label, EN: f.Key}),
			Hint: diag.Say("写成 %s；方括号也要显示，就写 %s", "write %s, or %s to show the brackets", inner, s.quote(text))})
		return prose
	case first == '[' || first == '{', first == '［' && f.Type == config.TypeList:
		return s.flow(from)
	case strings.ContainsRune(openers, first) && s.yamlChineseQuoted(f, from, text):
		return done
	}
	s.yamlPlain(f, from, text)
	return prose
}

// blockHeader is what stands before a text of several lines.
var blockHeader = pattern.Of(`^[|>][-+0-9]*$`)

// beginsOddly reports a text that begins like something else in YAML.
func (s *scanner) beginsOddly(f config.Field, text string) bool {
	switch text[0] {
	case '[':
		return long(f) && !strings.HasSuffix(text, "]")
	case '{':
		return long(f) && !strings.HasSuffix(text, "}")
	case '-', '?':
		return f.Type != config.TypeTable && (len(text) == 1 || text[1] == ' ')
	}
	return f.Type != config.TypeTable && strings.IndexByte("@`&*!%]|>", text[0]) >= 0
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
	if f.Type == config.TypeReason && s.respell(f, from, to, text) {
		return
	}
	if code(f) {
		if !s.respell(f, from, to, text) {
			s.wideText(from, to)
		}
		return
	}
	if f.Type == config.TypeList {
		s.plainList(f, from, text)
		return
	}
	if f.Type == config.TypeTable {
		return // the field reports it
	}
	at := strings.Index(text, ": ")
	if at < 0 && strings.HasSuffix(text, ":") {
		at = len(text) - 1
	}
	if at >= 0 {
		s.unquoted(from+at, from, to, diag.Say("文字里有“: ”，要加英文引号", "a text with a colon and a space in it needs quotes"))
	}
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
