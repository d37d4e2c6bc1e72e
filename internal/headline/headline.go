// Package headline finds the places where a line of a title may end.
//
// Chinese is written without blanks, so a browser ends a line behind any character:
// 三本|账. The style sheet of a theme forbids that in headlines (word-break: keep-all)
// and has their lines end behind punctuation alone; the places found here are marked
// with <wbr>, where they may end besides.
//
// A place is one between two pieces of the title that are both known: words of
// words.txt, names that the article gives in its fields, numbers with what they count,
// and what the article's own text says more than once. Of all ways to cut the title the
// one with the fewest pieces is taken. What is not known stays whole, and with it what
// it touches if it may be a part of that. So a word that is missing leaves a line long,
// and breaks nothing that a reader would not.
//
// What every cut must hold is in [Cuts] and [Names.Outside]. A model that learned from
// texts where words end was rejected: it takes 三本|账晒 for granted, and nobody can
// tell why.
package headline

import (
	"html"
	"html/template"
	"strings"
	"unicode"
	"unicode/utf8"

	"qinglian/internal/pattern"
)

const (
	// line is how many characters a theme has room for in the narrowest headline. A
	// name with more can't stay whole.
	line = 11

	// quoted is how many characters are kept together because they stand in quotes.
	quoted = 7

	// most is how long a title may be to be looked at: more is no headline.
	most = 100

	opening = "“‘《〈（【「"
	closing = "”’》〉）】」"
)

// Cuts are the places in a title where a line may end besides those behind punctuation,
// as byte offsets. names are those that the article's fields give, text is its own. None
// is in a name, in what the text repeats, or in what stands in quotes if it is short;
// and no line that two of them bound is a single character.
func Cuts(title string, names []string, text []byte) []int {
	runes := []rune(title)
	if len(runes) > most || len(runes) < 4 || !utf8.ValidString(title) {
		return nil
	}
	w := work{title: runes, text: title, at: make([]int, 0, len(runes)+1),
		known: make([][]known, len(runes)), place: make([]bool, len(runes))}
	for at := range title {
		w.at = append(w.at, at)
	}
	w.at = append(w.at, len(title))
	w.repeats(text)
	w.names(names)
	for from := 0; from < len(runes); from++ {
		to := from
		for to < len(runes) && isLetter(runes[to]) {
			to++
		}
		w.cut(from, to)
		from = to
	}
	w.quotes()
	return w.offsets()
}

func isLetter(r rune) bool { return isHan(r) || unicode.IsLetter(r) || unicode.IsDigit(r) }

// isHan reports the characters in common use, which are nearly all of a title.
func isHan(r rune) bool { return 0x4e00 <= r && r <= 0x9fff }

// isEnding reports punctuation behind which a browser lets a line end.
func isEnding(r rune) bool {
	switch r {
	case '，', '：', '；', '、', '。', '！', '？', '》', '〉', '）', '】', '」':
		return true
	}
	return false
}

// work is that on one title.
type work struct {
	title []rune
	text  string    // the title again
	at    []int     // where its characters begin, and where it ends
	known [][]known // by where they begin
	place []bool    // by the character before which a line may end
}

// span is a part of a title, in characters.
type span struct{ from, to int }

// quotes keeps what is quoted together if it is short, and lets a line end around it.
func (w *work) quotes() {
	for from, r := range w.title {
		if isHan(r) || !strings.ContainsRune(opening, r) {
			continue
		}
		to := from + 1
		for to < len(w.title) && !strings.ContainsRune(closing, w.title[to]) {
			to++
		}
		w.place[from] = true
		if to-from-1 <= quoted {
			clear(w.place[from+1 : min(to+1, len(w.title))])
		}
		if to+1 < len(w.title) {
			w.place[to+1] = single(w.title[to+1]) != toBefore
		}
	}
}

// offsets are the places that leave no line of a single character.
func (w *work) offsets() (out []int) {
	since := 0 // where a line may have begun
	for i := range w.title {
		if i > 0 && isEnding(w.title[i-1]) {
			since = i
		}
		if w.place[i] && i-since > 1 && w.rest(i) > 1 {
			out = append(out, w.at[i])
			since = i
		}
	}
	return out
}

// rest is how many letters there are until a line may end behind punctuation.
func (w *work) rest(from int) (n int) {
	for _, r := range w.title[from:] {
		if isEnding(r) {
			break
		}
		if isLetter(r) {
			n++
		}
	}
	return n
}

// bar is how a place is marked by hand, with the blanks that may stand around it. Chinese
// keyboards write it in full width.
var bar = pattern.Of(`\s*[|｜]\s*`)

// Unmarked is a marked title without its bars.
func Unmarked(marked string) string { return bar().ReplaceAllLiteralString(marked, "") }

// Given are the places that someone has marked in a title with bars. same reports
// whether it is the title otherwise.
func Given(title, marked string) (cuts []int, same bool) {
	at, last := 0, 0
	for _, part := range bar().Split(marked, -1) {
		if at > last && at < len(title) {
			cuts = append(cuts, at)
			last = at
		}
		at += len(part)
	}
	return cuts, Unmarked(marked) == title
}

// HTML is a title for a page, with its places marked.
func HTML(title string, cuts []int) template.HTML {
	var b strings.Builder
	from := 0
	for _, at := range cuts {
		b.WriteString(html.EscapeString(title[from:at]))
		b.WriteString("<wbr>")
		from = at
	}
	b.WriteString(html.EscapeString(title[from:]))
	return template.HTML(b.String())
}
