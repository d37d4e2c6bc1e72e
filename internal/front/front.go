// Package front finds the front matter of an article and what in it is written
// for people rather than for YAML and TOML.
//
// Chinese is typed with Chinese punctuation on: 标题：通知, [党建，普法],
// title = “通知”. YAML takes the first for a text without a name, the second
// for one tag, and keeps the quotes; TOML stops at the first mistake. So the
// text is looked through before it is decoded, and each [Slip] is reported at its
// place, all of them in one run. Where it is certain what was meant, the Slip
// has the edits: the decoder is given the text with them, so that one slip does
// not hide the next mistake, and `qinglian fix` writes them.
//
// What belongs to a text is never a slip: inside quotes, in block scalars,
// and in plain YAML values full-width punctuation is prose. A value is read by
// the field that it is given to: ２０２４ in a date is a slip, in a title not.
//
// A line is only taken for a field where that is likely: if the closing fence
// is missing, prose follows, and nothing in prose may be edited.
package front

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"qinglian/internal/bounds"
	"qinglian/internal/config"
	"qinglian/internal/diag"
	"qinglian/internal/pattern"
)

// The lines that front matter stands between.
const (
	TOML = "+++"
	YAML = "---"
)

// nearTop is how many lines are searched for front matter below other text.
const nearTop = 50

// Matter is where the front matter of a text is.
type Matter struct {
	Fence      string // TOML or YAML; "" if there is none
	Start, End int    // of what is between the fences
	Body       int    // where the prose begins
	Top        int    // where the fields end and TOML's [tables] begin
	Fields     []Field
}

// Field is where a field is set.
type Field struct {
	Name  string // as it was meant
	At    int    // where the name begins
	Value int    // where the value does; at the line's end if there is none
	End   int    // where the value ends, on that line
}

// Slip is something that is not written as it must be. Its Edits are what was
// certainly meant, each on one line; it has none if that is not certain.
type Slip struct {
	diag.Diagnostic     // without a place
	At              int // byte offset
	End             int // behind what is meant; 0 if only a point is

	// Value is of a slip that leaves no doubt which field it is in: only its value is
	// not certain.
	Value bool
}

// Read finds the front matter of a text and its slips. kind is the sort of
// article that its fields are of.
func Read(text []byte, kind config.Kind) (Matter, []Slip) {
	m, slips := find(text, kind)
	if m.Fence == "" {
		return m, slips
	}
	if e := Excess(text[m.Start:m.End], m.Fence); e != nil {
		return Matter{Start: m.Start, End: m.End, Body: m.Body}, []Slip{{Diagnostic: e.Diagnostic, At: m.Start + e.At}}
	}
	s := scanner{text: text, at: m.Start, end: m.End, top: m.End, fence: m.Fence, article: kind, kind: kind, sure: true,
		fields: make([]Field, 0, 8)}
	if m.Fence == TOML {
		s.toml()
	} else {
		s.yaml()
	}
	s.settle()
	m.Fields, m.Top = s.fields, s.top
	if s.lost { // what looks like the closing fence may be a line in prose
		slips = slices.DeleteFunc(slips, func(s Slip) bool { return s.At >= m.End })
	}
	slips = append(slips, s.slips...)
	slices.SortStableFunc(slips, func(a, b Slip) int { return a.At - b.At })
	say(text, slips)
	return m, slips
}

// Excess is what is too much for the decoder in what stands between two fences;
// nil if nothing is.
func Excess(between []byte, fence string) *bounds.Excess {
	if fence == TOML {
		return bounds.Front.TOML(between)
	}
	return bounds.Front.YAML(between)
}

// find finds the fences.
func find(text []byte, kind config.Kind) (Matter, []Slip) {
	at := 0
	for at < len(text) && blank(lineAt(text, at)) {
		at = next(text, at)
	}
	fence, exact := fenceOf(lineAt(text, at))
	if fence == "" {
		return buried(text, at, kind)
	}
	start := next(text, at)
	end := closing(text, start, fence)
	if i := indented(text, start, end, fence, kind); i >= 0 {
		end = i
	}
	if end < 0 {
		d := diag.Diagnostic{Rule: "open-front-matter", Severity: diag.Error,
			Message: diag.Say("开头的 %s 没有配对的结束行", "the opening %s has no closing line", fence),
			Hint:    diag.Say("在标题、日期等写完之后，另起一行写 %s", "after the last field, write %s on a line of its own", fence)}
		open := Slip{Diagnostic: d, At: at, End: at + len(lineAt(text, at))}
		return Matter{Start: len(text), End: len(text), Body: len(text)}, []Slip{open}
	}
	var slips []Slip
	if !exact {
		slips = append(slips, badFence(text, at, fence))
	}
	line := lineAt(text, end)
	if typed, exact := fenceOf(line); !exact || typed != fence || line[0] != fence[0] {
		slips = append(slips, badFence(text, end, fence))
	}
	return Matter{Fence: fence, Start: start, End: end, Body: next(text, end)}, slips
}

// buried looks for front matter below other text.
func buried(text []byte, first int, kind config.Kind) (Matter, []Slip) {
	at := first
	for n := 0; n < nearTop && at < len(text); n++ {
		fence, exact := fenceOf(lineAt(text, at))
		if at = next(text, at); !exact {
			continue
		}
		end := closing(text, at, fence)
		if end < 0 || !titled(string(text[at:end]), kind) {
			continue
		}
		d := diag.Diagnostic{Rule: "text-before-front-matter", Severity: diag.Error,
			Message: diag.Say("标题、日期等信息前面有别的文字", "there is text before the front matter"),
			Hint: diag.Say("让 %s 成为第一行，把它上面的文字移到下面的正文里",
				"make %s the first line and move what is above it into the text below", fence)}
		return Matter{Fence: fence, Start: at, End: end, Body: next(text, end)}, []Slip{{Diagnostic: d, At: first}}
	}
	if s, ok := unfenced(text, first, kind); ok {
		return Matter{}, []Slip{s}
	}
	d := diag.Diagnostic{Rule: "no-front-matter", Severity: diag.Error,
		Message: diag.Say("文章开头没有标题、日期等信息", "the article does not begin with its title and date"),
		Hint:    diag.Say("在最前面加几行：\n        ---\n        标题: 这里写标题\n        日期: 2024-05-01\n        来源: 供稿单位\n        ---", "begin with:\n        ---\n        title: …\n        date: 2024-05-01\n        source: …\n        ---")}
	return Matter{}, []Slip{{Diagnostic: d, At: 0}}
}

// unfenced reports fields that a text begins with and no fence stands before. One alone
// may be prose, unless it is the title.
func unfenced(text []byte, first int, kind config.Kind) (s Slip, ok bool) {
	line := lineAt(text, first)
	f, ok := setBy(line, kind)
	behind, count := run(text, first, kind)
	if !ok || count < 2 && f.Key != "title" {
		return s, false
	}
	fence := YAML
	if i := separator(line); i >= 0 && strings.ContainsRune("=＝", firstRune(line[i:])) {
		fence = TOML
	}
	hint := diag.Say("在第一行前、最后一项后各加一行 %s",
		"put a line %s before the first line and another behind the last field", fence)
	if closing, _ := fenceOf(lineAt(text, behind)); closing != "" {
		hint = diag.Say("在第一行前加一行 %s", "put a line %s before the first line", closing)
	}
	return Slip{At: first, End: first + len(line),
			Diagnostic: diag.Diagnostic{Rule: "no-front-matter", Severity: diag.Error,
				Message: diag.Say("标题、日期等信息前面没有 %s",
					"no line %s stands before the title and date", fence), Hint: hint}},
		true
}

// run goes over lines that set fields, or something that no kind knows, and the rows of
// their lists: how many fields they are, and where the next line begins.
func run(text []byte, at int, kind config.Kind) (behind, count int) {
	for ; at < len(text); at = next(text, at) {
		line := lineAt(text, at)
		_, sets := setBy(line, kind)
		row := !blank(line) && (strings.HasPrefix(line, " ") || strings.HasPrefix(line, "- "))
		if !sets && !row && !setting().MatchString(line) {
			break
		}
		if sets {
			count++
		}
	}
	return at, count
}

// setting is a line that looks like a field, of whatever name.
var setting = pattern.Of(`^[\pL\pN_-]+\s*[:：=＝]`)

// titled reports whether a text sets a title.
func titled(text string, kind config.Kind) bool {
	for line := range strings.Lines(text) {
		if f, ok := setBy(line, kind); ok && f.Key == "title" {
			return true
		}
	}
	return false
}

// setBy is the field that a line sets.
func setBy(line string, kind config.Kind) (f config.Field, ok bool) {
	if i := strings.IndexAny(line, ":：=＝"); i >= 0 {
		f, _, ok = kind.Meant(clean(line[:i]))
	}
	return f, ok
}

func badFence(text []byte, at int, fence string) Slip {
	line := lineAt(text, at)
	typed := strings.TrimSpace(line)
	start := at + strings.Index(line, typed)
	if typed == fence {
		return Slip{
			Diagnostic: diag.Diagnostic{Rule: "bad-fence", Severity: diag.Error,
				Message: diag.Say("%s 前面多了空格", "there are spaces before the %s", fence),
				Hint:    diag.Say("写成 %s，从行首开始", "write %s at the beginning of the line", fence),
				Edits:   diag.Flat(diag.Edit{At: at, End: start})},
			At: at, End: start + len(typed)}
	}
	return Slip{
		Diagnostic: diag.Diagnostic{Rule: "bad-fence", Severity: diag.Error,
			Message: diag.Say("这一行应该是三个英文的“%c”", "this line should be three %q", rune(fence[0])),
			Hint:    diag.Say("写成 %s", "write %s", fence),
			Edits:   diag.Flat(diag.Edit{At: at, End: start + len(typed), Text: fence})},
		At: start, End: start + len(typed)}
}

// indented finds a fence that is moved in, up to the line at end (-1: there is none),
// if no field follows it: -1 if there is none, or it may be a part of a long text.
func indented(text []byte, start, end int, fence string, kind config.Kind) int {
	found, limit := -1, end
	if end < 0 {
		limit = len(text)
	}
	if !bytes.Contains(text[start:limit], []byte(fence)) {
		return -1 // nearly always
	}
	for at := start; at < limit; at = next(text, at) {
		line := lineAt(text, at)
		typed := strings.TrimSpace(line)
		switch {
		case found < 0 && typed == fence:
			found = at
		case found < 0 && longText().MatchString(typed):
			return -1
		case found >= 0 && end >= 0:
			if _, ok := setBy(line, kind); ok {
				return -1
			}
		}
	}
	return found
}

// longText is a line that begins a text of several lines.
var longText = pattern.Of(`[:：]\s*[|>][-+0-9]*$|"""|'''`)

// fenceOf is the fence that a line is or was meant to be: dashes or pluses
// alone, of any width. "" for other lines.
func fenceOf(line string) (fence string, exact bool) {
	line = strings.TrimSpace(line)
	switch {
	case line == TOML, line == YAML:
		return line, true
	case utf8.RuneCountInString(line) < 2:
	case strings.Trim(line, dashes) == "":
		return YAML, false
	case strings.Trim(line, "+＋") == "":
		return TOML, false
	}
	return "", false
}

// dashes are what people, keyboards and word processors make of a hyphen.
const dashes = "-－—–―−‐‑﹣─"

// closing finds the line that ends the front matter, -1 if there is none: the first
// line that begins with a fence. In TOML a fence within a multi-line string is part of
// the string, but if the string is never closed, the first exact fence in it counts.
func closing(text []byte, start int, fence string) int {
	quote, plain := "", -1
	for at := start; at < len(text); {
		from, line := at, text[at:]
		at = next(text, at)
		line = line[:at-from]
		if c := line[0]; c == '-' || c == '+' || c >= utf8.RuneSelf { // all that fences are written with
			typed, exact := fenceOf(lineAt(text, from))
			if typed != "" && !unicode.IsSpace(firstRune(string(line))) {
				if quote == "" {
					return from
				}
				if plain < 0 && exact && typed == fence {
					plain = from
				}
			}
		}
		if fence == TOML && (quote != "" || bytes.Contains(line, []byte(`"""`)) ||
			bytes.Contains(line, []byte("'''"))) {
			quote = multiline(lineAt(text, from), quote)
		}
	}
	return plain
}

// multiline is the quote, """ or ”', of the string that is open at the end of
// a line of TOML; open is the one at its beginning.
func multiline(line, open string) string {
	for i := 0; i < len(line); {
		rest := line[i:]
		switch {
		case open != "" && strings.HasPrefix(rest, open):
			i, open = i+3, ""
		case open != "":
			if i++; rest[0] == '\\' && open == `"""` {
				i++
			}
		case strings.HasPrefix(rest, `"""`), strings.HasPrefix(rest, "'''"):
			i, open = i+3, rest[:3]
		case rest[0] == '"', rest[0] == '\'':
			end := closingQuote(line, i)
			if end < 0 {
				return ""
			}
			i = end + 1
		case rest[0] == '#':
			return ""
		default:
			i++
		}
	}
	return open
}

// closingQuote is where the quoted text that begins at i ends in a line of
// TOML, or -1.
func closingQuote[T string | []byte](line T, i int) int {
	for j := i + 1; j < len(line); j++ {
		switch {
		case line[j] == '\\' && line[i] == '"':
			j++
		case line[j] == line[i]:
			return j
		}
	}
	return -1
}

// lineAt is the line that begins at an offset, without its end.
func lineAt(text []byte, at int) string {
	line, _, _ := bytes.Cut(text[at:], []byte("\n"))
	return string(line)
}

// next is where the next line begins.
func next(text []byte, at int) int {
	if i := bytes.IndexByte(text[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(text)
}

func blank(line string) bool { return strings.TrimSpace(line) == "" }

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}
