package front

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"qinglian/internal/config"
	"qinglian/internal/diag"
)

// scanner goes through front matter line by line.
type scanner struct {
	text    []byte
	at, end int
	top     int // see [Matter]
	fence   string
	article config.Kind
	kind    config.Kind // that of the article; below a [table], that of its rows
	current config.Field
	fields  []Field
	slips   []Slip
	sure    bool   // the line is certainly a field: it may be edited
	near    string // the name that was probably meant
	lost    bool   // a line is no field, so the rest may be prose
}

// The characters that stand for each other.
const (
	spaces    = " \t\u3000\u00a0"
	wideSpace = "\u3000\u00a0"
	colons    = "：﹕︰∶"
	commas    = "，、"
	openers   = "“‘”’„＂＇"
	closers   = "”’“‘＂＇"
	quotes    = closers + "„\"'"
)

func (s *scanner) slip(at, end int, d diag.Diagnostic, edits ...diag.Edit) {
	if !s.sure {
		edits = nil
		if s.near != "" {
			d.Hint = diag.Say("是不是想写“%s”这一项？", "did you mean the field %s?", s.near)
		}
	}
	if d.Severity = diag.Error; d.Rule == "quotes-kept" {
		d.Severity = diag.Warning
	}
	d.Edits = diag.Flat(edits...)
	s.slips = append(s.slips, Slip{Diagnostic: d, At: at, End: end})
}

// wide reports that the full-width character at a place should be want. The correction
// replaces all from there to end by text.
func (s *scanner) wide(at, end int, want, text string) {
	_, size := utf8.DecodeRune(s.text[at:])
	s.slip(at, at+size, wideProblem(string(s.text[at:at+size]), want), diag.Edit{At: at, End: end, Text: text})
}

func wideProblem(typed, want string) diag.Diagnostic {
	d := diag.Diagnostic{Rule: "full-width",
		Message: diag.Say("用了全角“%s”，应写半角“%s”", "the full-width %s should be %s", typed, want),
		Hint:    diag.Say("这里的标点用英文半角", "use ASCII punctuation here")}
	switch {
	case strings.Trim(typed, wideSpace) == "":
		d.Message = diag.Say("用了全角空格，应写半角空格", "a full-width space should be an ordinary one")
	case typed == "=":
		d.Message = diag.Say("--- 之间的“=”应写成“%s”", "between --- a field is written with %s, not =", want)
	case typed == ":":
		d.Message = diag.Say("+++ 之间的“:”应写成“%s”", "between +++ a field is written with %s, not :", want)
	}
	return d
}

// wideText tells the full-width letters, digits, signs and spaces of a part,
// those side by side as one.
func (s *scanner) wideText(from, to int) {
	for at := from; at < to; {
		end := at
		for end < to {
			r, size := utf8.DecodeRune(s.text[end:])
			if _, ok := ascii(r); !ok {
				break
			}
			end += size
		}
		if typed := string(s.text[at:end]); typed != "" {
			s.slip(at, end, wideProblem(typed, toASCII(typed)), diag.Edit{At: at, End: end, Text: toASCII(typed)})
			at = end
			continue
		}
		_, size := utf8.DecodeRune(s.text[at:])
		at += size
	}
}

// chineseQuotes tells a text between quotes that are not those of ASCII.
func (s *scanner) chineseQuotes(open, closeAt int) {
	_, first := utf8.DecodeRune(s.text[open:])
	_, last := utf8.DecodeRune(s.text[closeAt:])
	edits := []diag.Edit{{At: open, End: open + first, Text: `"`}, {At: closeAt, End: closeAt + last, Text: `"`}}
	if strings.ContainsAny(string(s.text[open+first:closeAt]), "\"\\\n") {
		edits = nil
	}
	s.slip(open, closeAt+last, diag.Diagnostic{Rule: "full-width",
		Message: diag.Say("文字两边用了中文引号，应写英文引号 \"\"", "the text stands between Chinese quotes; write \"\""),
		Hint:    diag.Say("两边的引号都用英文半角", "use ASCII quotes on both sides")}, edits...)
}

// otherQuote tells a text that begins with an ASCII quote and ends with another
// one, and gives its end; -1 if it does not end.
func (s *scanner) otherQuote(open, end int) int {
	closeAt := s.itemEnd(open+1, end)
	if closeAt < 0 {
		return -1
	}
	_, size := utf8.DecodeRune(s.text[closeAt:])
	quote := string(s.text[open : open+1])
	s.wide(closeAt, closeAt+size, quote, quote)
	return closeAt + size
}

// inChineseQuotes reports a name that begins with a Chinese quote and ends with
// any.
func inChineseQuotes(name string) bool {
	first, last := firstRune(name), lastRune(name)
	return len(name) > utf8.RuneLen(first) && first >= utf8.RuneSelf && strings.ContainsRune(quotes, first) && strings.ContainsRune(quotes, last)
}

// unquoted tells a text that needs quotes.
func (s *scanner) unquoted(at, from, to int, message diag.Text) {
	var edits []diag.Edit
	if !strings.ContainsAny(string(s.text[from:to]), `"\`) {
		edits = []diag.Edit{{At: from, End: from, Text: `"`}, {At: to, End: to, Text: `"`}}
	}
	s.slip(at, to, diag.Diagnostic{Rule: "needs-quotes", Message: message,
		Hint: diag.Say("文字两边加英文引号 \"\"", "put the text between \"\"")}, edits...)
}

// ascii is the form in ASCII of a full-width letter, digit, sign or space.
func ascii(r rune) (string, bool) {
	switch {
	case 0xff01 <= r && r <= 0xff5e:
		return string(r - 0xfee0), true
	case strings.ContainsRune(wideSpace, r):
		return " ", true
	}
	return "", false
}

func toASCII(s string) string {
	var b strings.Builder
	for _, r := range s {
		if c, ok := ascii(r); ok {
			b.WriteString(c)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// clean is the name that was meant by what stands before a separator.
func clean(name string) string { return strings.Trim(toASCII(name), quotes+spaces) }

// code reports fields whose values are not prose.
func code(f config.Field) bool {
	switch f.Type {
	case config.TypeDate, config.TypeNumber, config.TypeSwitch, config.TypeChoice, config.TypeURL, config.TypeTelephone:
		return true
	}
	return f.Type == config.TypeText && f.Engine
}

// long reports fields whose values are a text.
func long(f config.Field) bool {
	return f.Type == config.TypeText && !code(f) || f.Type == config.TypeLong
}

// columns is the rows of a table as a kind.
func columns(f config.Field) config.Kind { return config.Kind{Fields: f.Columns} }

func (s *scanner) lineEnd(at int) int {
	if i := bytes.IndexByte(s.text[at:s.end], '\n'); i >= 0 {
		return at + i
	}
	return s.end
}

// skip goes over spaces of any width.
func (s *scanner) skip(at, end int) int {
	return end - len(strings.TrimLeft(string(s.text[at:end]), spaces))
}

// field is one line that sets a field.
type field struct {
	config.Field
	from, sep, value int    // offsets: of the name, the separator and the value
	mark             string // the separator as typed
}

// field reads the name and the separator of a line. ok is false for a line
// that sets no field: from there on all may be prose, and nothing is read.
func (s *scanner) field(from, end int, afterBlank bool, want byte) (f field, ok bool) {
	line := string(s.text[from:end])
	at := separator(line)
	if at < 0 {
		return f, s.noField(from)
	}
	f.mark = string(firstRune(line[at:]))
	f.from, f.sep = from, from+at
	name := clean(line[:at])
	var known bool
	var near string
	f.Field, known, near = s.named(name)
	proper := f.mark[0] == want && (want == '=' || strings.Trim(line[at+1:min(at+2, len(line))], " \t") == "")
	if !proper && near == "" && (afterBlank || utf8.RuneCountInString(name) > 8) {
		return f, s.noField(from)
	}
	f.value = s.skip(f.sep+len(f.mark), end)
	s.sure, s.near, s.current = known, near, f.Field
	s.set(Field{name, from, f.value, s.valueEnd(f.value, end)})
	return f, true
}

// named finds the field that a name is of, or else what was probably meant.
func (s *scanner) named(name string) (f config.Field, known bool, near string) {
	if f, known = s.kind.Field(name); known {
		return f, true, f.Key
	}
	return f, false, nearest(s.kind, name)
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
		Hint:    diag.Say("如果正文从这里开始，在它前面加一行 %s；否则照样子写上名字", "if the text begins here, put a line %s before it; else write it like that", s.fence)})
	return false
}

// separator finds what separates a field's name from its value, or -1.
func separator(line string) int {
	at := 0
	if r := firstRune(line); strings.ContainsRune(quotes, r) {
		if i := strings.IndexAny(line[utf8.RuneLen(r):], quotes); i >= 0 {
			at = utf8.RuneLen(r) + i
		}
	}
	before := ' '
	for i, r := range line[at:] {
		switch {
		case r == ':', r == '=', r == '＝', strings.ContainsRune(colons, r):
			return at + i
		case r == '#' && strings.ContainsRune(spaces, before):
			return -1
		}
		before = r
	}
	return -1
}
