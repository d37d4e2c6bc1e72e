package xlsx

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// format is a number format: its sections are for values above zero, below it, zero and
// texts, or each for what meets its condition.
type format struct{ sections []section }

type section struct {
	pieces  []piece
	when    *condition
	date    bool
	percent int    // signs
	scale   int    // thousands that are left out
	groups  bool   // thousands are divided by commas
	numeral string // DBNum1, DBNum2: Chinese numerals
	chinese bool   // the language that names of months and days are in
}

// condition is [>=100].
type condition struct {
	sign  string
	value float64
}

// pieceKind is what a piece of a section stands for.
type pieceKind uint8

const (
	literal  pieceKind = iota
	digit              // 0 # ?
	point              // .
	comma              // ,
	slash              // of a fraction, or of a date
	exponent           // E+ E-
	general            // the number as it is
	text               // @
	moment             // y m d h s, AM/PM: a part of a date
	elapsed            // [h] [m] [s]
)

type piece struct {
	kind pieceKind
	text string
}

// longestFormat is how many bytes of a format are looked at.
const longestFormat = 255

func parseFormat(code string) (f format) {
	if len(code) > longestFormat {
		code = code[:longestFormat]
	}
	p := formatParser{rest: code}
	for p.rest != "" {
		if rest, ok := strings.CutPrefix(p.rest, ";"); ok {
			f.sections = append(f.sections, p.finished())
			p = formatParser{rest: rest}
			continue
		}
		p.next()
	}
	f.sections = append(f.sections, p.finished())
	return f
}

type formatParser struct {
	section
	rest string
}

// finished is a section as a whole: what a sign means depends on the others.
func (p *formatParser) finished() section {
	s := p.section
	last := -1 // the last digit
	for i, piece := range s.pieces {
		s.date = s.date || piece.kind == moment || piece.kind == elapsed
		if piece.kind == digit {
			last = i
		}
	}
	if s.date {
		return s
	}
	kept := s.pieces[:0:0]
	for i, piece := range s.pieces {
		switch {
		case piece.kind != comma || last < 0:
			kept = append(kept, piece)
		case i < last:
			s.groups = true
		default:
			s.scale++
		}
	}
	s.pieces = kept
	return s
}

func (p *formatParser) next() {
	switch c, size := utf8.DecodeRuneInString(p.rest); c {
	case '"':
		inside, rest, _ := strings.Cut(p.rest[1:], `"`)
		p.add(literal, inside, len(p.rest)-len(rest))
	case '\\', '!':
		_, after := utf8.DecodeRuneInString(p.rest[1:])
		p.add(literal, p.rest[1:1+after], 1+after)
	case '_', '*': // room as wide as a character, or filled with it
		_, after := utf8.DecodeRuneInString(p.rest[1:])
		p.rest = p.rest[1+after:]
	case '[':
		inside, rest, _ := strings.Cut(p.rest[1:], "]")
		p.rest = rest
		p.bracket(inside)
	case '0', '#', '?':
		p.add(digit, string(c), size)
	case '.':
		p.add(point, ".", size)
	case ',':
		p.add(comma, ",", size)
	case '/':
		p.add(slash, "/", size)
	case '@':
		p.add(text, "@", size)
	case '%':
		p.percent++
		p.add(literal, "%", size)
	default:
		p.word(size)
	}
}

func (p *formatParser) add(kind pieceKind, text string, length int) {
	p.pieces = append(p.pieces, piece{kind, text})
	p.rest = p.rest[length:]
}

// words are what stands for more than its letters. The longer ones are in front of those
// that they begin with.
var words = []struct {
	begins string
	kind   pieceKind
}{
	{"general", general}, {"g/通用格式", general}, {"am/pm", moment}, {"a/p", moment}, {"上午/下午", moment},
	{"e+", exponent}, {"e-", exponent}, {"aaaa", moment}, {"aaa", moment},
}

// word reads what begins with a letter, or is a sign that stands for itself.
func (p *formatParser) word(size int) {
	lower := strings.ToLower(p.rest[:min(len(p.rest), 16)])
	for _, w := range words {
		if strings.HasPrefix(lower, w.begins) {
			p.add(w.kind, p.rest[:len(w.begins)], len(w.begins))
			return
		}
	}
	if !strings.ContainsRune("ymdhse", rune(lower[0])) {
		p.add(literal, p.rest[:size], size)
		return
	}
	n := 1
	for n < len(lower) && lower[n] == lower[0] {
		n++
	}
	p.add(moment, lower[:n], n)
}

func (p *formatParser) bracket(inside string) {
	lower := strings.ToLower(inside)
	switch {
	case strings.HasPrefix(lower, "dbnum"):
		p.numeral = lower
	case strings.HasPrefix(lower, "$"):
		p.locale(inside[1:])
	case strings.ContainsAny(lower[:min(1, len(lower))], "<>="):
		sign := lower[:len(lower)-len(strings.TrimLeft(lower, "<>="))]
		if value, err := strconv.ParseFloat(lower[len(sign):], 64); err == nil {
			p.when = &condition{sign, value}
		}
	case lower != "" && strings.Trim(lower, lower[:1]) == "" && strings.Contains("hms", lower[:1]):
		p.add(elapsed, lower, 0)
	}
}

// locale reads the currency and the language of [$¥-804]. Two stand for the formats that
// a system has for dates and times.
func (p *formatParser) locale(inside string) {
	currency, language, _ := strings.Cut(inside, "-")
	switch language = strings.ToLower(language); {
	case language == "f800":
		p.rest = `yyyy"年"m"月"d"日"` + behindSection(p.rest)
	case language == "f400":
		p.rest = "h:mm:ss" + behindSection(p.rest)
	case strings.HasSuffix(language, "804"):
		p.chinese = true
	}
	if currency != "" {
		p.add(literal, currency, 0)
	}
}

func behindSection(rest string) string {
	if i := strings.IndexByte(rest, ';'); i >= 0 {
		return rest[i:]
	}
	return ""
}

func (c *condition) holds(v float64) bool {
	switch c.sign {
	case "<":
		return v < c.value
	case "<=":
		return v <= c.value
	case ">":
		return v > c.value
	case ">=":
		return v >= c.value
	case "<>":
		return v != c.value
	}
	return v == c.value
}

// forNumber is the section for a number, and whether it says itself that the number is
// below zero.
func (f format) forNumber(v float64) (s section, says bool) {
	all := f.sections
	if len(all) > 3 || len(all) > 1 && all[len(all)-1].holds(text) {
		all = all[:len(all)-1]
	}
	for i, s := range all {
		if s.when != nil && s.when.holds(v) {
			return s, i > 0 && v < 0
		}
	}
	switch conditions := all[0].when != nil; {
	case conditions:
		return all[len(all)-1], false
	case len(all) > 1 && v < 0:
		return all[1], true
	case len(all) > 2 && v == 0:
		return all[2], true
	}
	return all[0], false
}

// forText is what stands around a text; shown is false if none is shown.
func (f format) forText() (before, after string, shown bool) {
	last := f.sections[len(f.sections)-1]
	if len(f.sections) < 4 && !last.holds(text) {
		return "", "", true
	}
	for _, p := range last.pieces {
		switch {
		case p.kind == text:
			shown = true
		case shown:
			after += p.text
		default:
			before += p.text
		}
	}
	return before, after, shown
}

func (s section) holds(kind pieceKind) bool {
	for _, p := range s.pieces {
		if p.kind == kind {
			return true
		}
	}
	return false
}
