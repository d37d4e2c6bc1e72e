package markdown

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// summaryLength is how many characters a summary has at most: what a WeChat
// account's editor takes.
const summaryLength = 120

// longestLooked is how many bytes of a text are looked at for the end of its summary:
// that of a sentence shows by what follows it.
const longestLooked = 2 * summaryLength * utf8.UTFMax

// least is how many characters of a sentence must stand in front of a mark that
// it is cut at.
const least = 20

// hasSentence reports whether a sentence, or an item of a run, ends in a text.
func hasSentence(text string) bool {
	if i := strings.Index(text, "。"); i >= 0 && !strings.ContainsRune("。！？!?…", firstOf(text[i+len("。"):])) {
		return true // as nearly always
	}
	rs := []rune(text)
	for i := range rs {
		if rs[i] == '；' || endsAt(rs, i) {
			return true
		}
	}
	return endsWithAny(text, "…")
}

// shorten cuts a text that is too long behind a sentence, or inside one that is too
// long itself. Line ends divide blocks.
func shorten(text string) string {
	rs := []rune(text[:min(len(text), longestLooked)])
	if len(rs) <= summaryLength {
		return joinLines(strings.Split(text, "\n"))
	}
	end, more := lastEnd(rs), ""
	if end == 0 {
		end, more = markInside(rs), "…"
	}
	text = strings.TrimSpace(string(rs[:end]))
	if run, ok := strings.CutSuffix(text, "；"); ok {
		text, more = run, "…"
	}
	if more != "" {
		text = strings.TrimRight(text, "，；、：,;: ")
	}
	return joinLines(strings.Split(text, "\n")) + more
}

// lastEnd is behind the last sentence that a summary has room for: outside of
// quotations if one ends there, and never in brackets; 0 if there is none.
func lastEnd(rs []rune) int {
	outside, inside, quotes, brackets := 0, 0, 0, 0
	for i := 0; i < min(len(rs), summaryLength); i++ {
		if common(rs[i]) {
			continue
		}
		quotes = nested(quotes, rs[i], "“「『", "”」』")
		brackets = nested(brackets, rs[i], "《（(【〔[", "》）)】〕]")
		if rs[i] == '\n' {
			quotes, brackets = 0, 0
		}
		if brackets > 0 || !endsAt(rs, i) {
			continue
		}
		for i+1 < len(rs) && belongs(rs, i+1) {
			i++
			quotes = nested(quotes, rs[i], "", "”」』")
		}
		switch {
		case i >= summaryLength:
		case quotes == 0:
			outside = i + 1
		default:
			inside = i + 1
		}
	}
	if outside > 0 {
		return outside
	}
	return inside
}

// nested is how deep in quotations or brackets a text is behind a character.
func nested(depth int, c rune, opening, closing string) int {
	switch {
	case strings.ContainsRune(opening, c):
		return depth + 1
	case strings.ContainsRune(closing, c):
		return max(0, depth-1)
	}
	return depth
}

// endsAt reports whether a sentence ends with a character, before closing marks.
func endsAt(rs []rune, i int) bool {
	if common(rs[i]) {
		return false
	}
	after := i + 1
	for after < len(rs) && belongs(rs, after) {
		after++
	}
	end := after == len(rs) || unicode.IsSpace(rs[after])
	afterWide := i > 0 && wide(rs[i-1])
	switch rs[i] {
	case '。', '！', '？':
		return i+1 == len(rs) || !strings.ContainsRune("。！？!?…", rs[i+1])
	case '!', '?':
		return i > 0 && (end || afterWide)
	case '.':
		return i > 0 && (afterWide && (end || wide(rs[after])) || end && !abbreviated(rs[:i]))
	case '\n':
		return i > 0 && !strings.ContainsRune("：:", rs[i-1])
	}
	return false
}

// abbreviations are those behind which a sentence goes on.
var abbreviations = strings.Fields("Mr Mrs Ms Dr Prof St vs cf al Fig Vol")

// abbreviated reports whether the full stop behind a text ends a word only: e.g. or
// Mr., or the number of an item.
func abbreviated(before []rune) bool {
	from := len(before)
	for from > 0 && (unicode.IsLetter(before[from-1]) || unicode.IsDigit(before[from-1])) {
		from--
	}
	word := before[from:]
	if len(word) == 0 {
		return len(before) > 0 && before[len(before)-1] == '.'
	}
	number := len(word) < 3 && unicode.IsDigit(word[0])
	return number || len(word) == 1 || slices.Contains(abbreviations, string(word))
}

// belongs reports a quotation mark that closes what ended in front of it.
func belongs(rs []rune, i int) bool {
	if rs[i] != '"' {
		return strings.ContainsRune("”’」』", rs[i])
	}
	open := false
	for _, c := range rs[:i] {
		open = open != (c == '"')
	}
	return open
}

// markInside is where a sentence is cut that is too long: at the last mark inside
// it, in Latin at the end of a word.
func markInside(rs []rune) int {
	most := summaryLength - 1 // … follows
	marks := "，；、：,;:\n"
	if !chineseProse([][]byte{[]byte(string(rs[:most]))}) {
		marks = " \n"
	}
	for i := most; i >= least; i-- {
		next := rs[i+1]
		if strings.ContainsRune(marks, rs[i]) &&
			(wide(rs[i]) || unicode.IsSpace(rs[i]) || unicode.IsSpace(next) || wide(next)) {
			return i // and neither in https:// nor in 1,000
		}
	}
	// Nothing divides it: at least no word of Latin, number or address is cut.
	for i := most; i >= least; i-- {
		if rs[i-1] > unicode.MaxASCII || rs[i] > unicode.MaxASCII {
			return i
		}
	}
	return most
}
