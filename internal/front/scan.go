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
	renames []rename
	sure    bool   // the line is certainly a field: it may be edited
	near    string // the name that was probably meant
	lost    bool   // a line is no field, so the rest may be prose
}

// The characters that stand for each other.
const (
	spaces    = " \t\u3000\u00a0"
	wideSpace = "\u3000\u00a0"
	colons    = "：﹕︰∶"
	commas    = "，、；"
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
	if d.Severity = diag.Error; d.Rule == "quotes-kept" || d.Rule == "cut-text" {
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
	case typed == want:
		d.Message = diag.Say("“%s”多写了一个", "there is one %s too many", want)
	case typed == "=":
		d.Message = diag.Say("--- 之间的“=”应写成“%s”", "between --- a field is written with %s, not =", want)
	case typed == ":":
		d.Message = diag.Say("+++ 之间的“:”应写成“%s”", "between +++ a field is written with %s, not :", want)
	}
	return d
}

// wideText reports the full-width letters, digits, signs and spaces of a part,
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
