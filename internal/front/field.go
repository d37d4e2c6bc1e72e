package front

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"qinglian/internal/config"
	"qinglian/internal/diag"
)

// field is one line that sets a field.
type field struct {
	config.Field
	name             string // what to call it here; as typed if it is unknown
	from, sep, value int    // offsets: of the name, the separator and the value
	mark             string // the separator as typed; "" if there is none
}

// field reads the name and the separator of a line. ok is false for a line
// that sets no field: from there on all may be prose, and nothing is read.
func (s *scanner) field(from, end int, afterBlank bool, want byte) (f field, ok bool) {
	line := string(s.text[from:end])
	at := separator(line)
	if f, ok = s.unmarked(from, end, at, afterBlank); ok {
		return f, true
	}
	if at < 0 {
		return f, s.noField(from)
	}
	f.mark = markOf(line[at:])
	f.from, f.sep = from, from+at
	typed := clean(line[:at])
	known, near := false, ""
	f.Field, f.name, known, near = s.named(typed)
	proper := f.mark[0] == want && (want == '=' || strings.Trim(line[at+1:min(at+2, len(line))], " \t") == "")
	if !proper && near == "" && (afterBlank || utf8.RuneCountInString(typed) > 8) {
		return f, s.noField(from)
	}
	f.value = s.skip(f.sep+len(f.mark), end)
	s.sure, s.near, s.current = known, near, f.Field
	s.set(Field{f.name, from, f.value, s.valueEnd(f.value, end)})
	return f, true
}

// markOf is the separator that a text begins with, which may be typed twice.
func markOf(text string) string {
	size := utf8.RuneLen(firstRune(text))
	if second := firstRune(text[size:]); size < len(text) && strings.ContainsRune(":=＝"+colons, second) {
		size += utf8.RuneLen(second)
	}
	return text[:size]
}

// unmarked reads a line whose separator was forgotten: the name of a field that
// nothing has set yet, a space, and a text. at is where another separator is.
func (s *scanner) unmarked(from, end, at int, afterBlank bool) (f field, ok bool) {
	line := string(s.text[from:end])
	space := strings.IndexAny(line, spaces)
	if space <= 0 || afterBlank || at >= 0 && strings.Trim(line[space:max(space, at)], spaces) == "" {
		return f, false
	}
	if f.Field, f.name, ok = s.kind.Meant(line[:space]); !ok || s.isSet(f.Field) {
		return f, false
	}
	if at >= 0 {
		if _, _, other := s.kind.Meant(clean(line[:at])); other {
			return f, false
		}
	}
	f.from, f.sep, f.value = from, from+space, s.skip(from+space, end)
	s.sure, s.near, s.current = true, f.Key, f.Field
	s.set(Field{f.name, from, f.value, s.valueEnd(f.value, end)})
	mark := ": "
	if s.fence == TOML {
		mark = " = "
	}
	s.slip(f.from, f.sep, diag.Diagnostic{Rule: "no-mark",
		Message: diag.Say("名字后面少了“%s”", "there is no %q behind the name", strings.TrimSpace(mark)),
		Hint:    diag.Say("写成 名字%s内容", "write name%svalue", mark)}, diag.Edit{At: f.sep, End: f.value, Text: mark})
	return f, true
}

// named finds the field that a name certainly is of and what to call it here, or
// else what was probably meant.
func (s *scanner) named(typed string) (f config.Field, name string, known bool, near string) {
	if f, name, known = s.kind.Meant(typed); known {
		return f, name, true, f.Key
	}
	return f, typed, false, nearest(s.kind, typed)
}

// set notes where a field of the article is set.
func (s *scanner) set(f Field) {
	if f.At < s.top {
		s.fields = append(s.fields, f)
	}
}

// valueEnd is where a value ends in its line, before a comment.
func (s *scanner) valueEnd(from, end int) int {
	line := s.text[from:end]
	switch {
	case len(line) == 0 || line[0] == '#':
		return from
	case bytes.HasPrefix(line, []byte(`"""`)) || bytes.HasPrefix(line, []byte("'''")):
		return from + len(bytes.TrimRight(line, spaces))
	case line[0] == '"' || line[0] == '\'':
		after := yamlClosing(line)
		if s.fence == TOML {
			after = closingQuote(line, 0)
		}
		if after > 0 {
			return from + after + 1
		}
	}
	return from + len(strings.TrimRight(uncommented(string(line)), spaces))
}

// isSet reports a field of the article that a line above sets.
func (s *scanner) isSet(f config.Field) bool {
	for _, other := range s.fields {
		if f.Named(other.Name) {
			return true
		}
	}
	return false
}

// longestName is more characters than the name of a field has.
const longestName = 40

// nearest is the name of a kind's field that name is or nearly is, or "".
func nearest(k config.Kind, name string) string {
	if utf8.RuneCountInString(name) > longestName {
		return ""
	}
	var names []string
	for _, f := range k.Fields {
		names = append(append(names, f.Key, f.Label), f.Also...)
	}
	return diag.Nearest(name, names)
}

func (s *scanner) noField(at int) bool {
	s.sure, s.lost, s.at = true, true, s.end
	sample := "标题: …"
	if s.fence == TOML {
		sample = "title = \"…\""
	}
	s.slip(at, at+len(strings.TrimRight(lineAt(s.text, at), spaces)), diag.Diagnostic{Rule: "not-a-field",
		Message: diag.Say("这一行不是“%s”这样的一项", "this line is not a field such as %s", sample),
		Hint: diag.Say("如果正文从这里开始，在它前面加一行 %s；否则照样子写上名字",
			"if the text begins here, put a line %s before it; else write it like that", s.fence)})
	return false
}

func (s *scanner) yamlName(f field) {
	name := strings.TrimRight(string(s.text[f.from:f.sep]), spaces)
	to := f.from + len(name)
	switch {
	case s.renamed(f, name):
	case inChineseQuotes(name):
		s.chineseQuotes(f.from, to-utf8.RuneLen(lastRune(name)))
	default:
		s.wideText(f.from, to)
	}
	s.wideText(to, f.sep)
}

// rename is a slip of which it depends on the other fields what is certain.
type rename struct {
	slip int    // its number
	key  string // of the field
}

// renamed reports a field that has another name here.
func (s *scanner) renamed(f field, typed string) bool {
	if f.name == clean(typed) {
		return false
	}
	text := f.name
	if s.fence == TOML && !isASCII(text) {
		text = `"` + text + `"`
	}
	if n := len(s.fields); n > 0 && s.fields[n-1].At == f.from { // not a column of a row
		s.renames = append(s.renames, rename{len(s.slips), f.Key})
	}
	s.slip(f.from, f.from+len(typed), diag.Diagnostic{Rule: "other-name",
		Message: diag.Say("这一项在这里叫“%s”", "here this field is called %s", f.name),
		Hint:    diag.Say("改成“%s”", "call it %s", f.name)}, diag.Edit{At: f.from, End: f.from + len(typed), Text: text})
	return true
}

// settle takes back the new names of fields that are set twice by them: what is to
// become of the two values is not certain.
func (s *scanner) settle() {
	if len(s.renames) == 0 {
		return
	}
	taken := map[string]bool{}
	foreign := map[int]bool{} // where a field begins that has another name
	for _, r := range s.renames {
		foreign[s.slips[r.slip].At] = true
	}
	for _, f := range s.fields {
		if at, ok := s.article.Field(f.Name); ok && !foreign[f.At] {
			taken[at.Key] = true
		}
	}
	for _, r := range s.renames {
		if !taken[r.key] {
			taken[r.key] = true
			continue
		}
		s.slips[r.slip].Edits = ""
		s.slips[r.slip].Hint = diag.Say("这篇文章已经有那一项：把这里的内容并过去，删去这一行",
			"the article has that field already: move what is here into it and take this line out")
	}
}
