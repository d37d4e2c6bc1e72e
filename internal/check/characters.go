package check

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
)

// standardText is the 8,105 characters of 通用规范汉字表 (2013) in their order, as
// kTGH of Unicode 15.0's Unihan_OtherMappings.txt has them.
//
//go:embed characters.txt
var standardText string

// traditionalText is pairs: a character that is not in that table, and the one of the
// table that it is written as (kSimplifiedVariant of Unihan_Variants.txt).
//
//go:embed traditional.txt
var traditionalText string

// characters is both, ready to be asked.
type characters struct {
	standard    [0x10000 / 64]uint64 // a bit for each of the basic plane
	rare        map[rune]bool        // the others
	traditional map[rune]rune
}

var table = sync.OnceValue(func() *characters {
	t := &characters{rare: map[rune]bool{}, traditional: map[rune]rune{}}
	for _, c := range strings.TrimSpace(standardText) {
		if c < 0x10000 {
			t.standard[c/64] |= 1 << (c % 64)
		} else {
			t.rare[c] = true
		}
	}
	var old rune
	for _, c := range strings.TrimSpace(traditionalText) {
		if old == 0 {
			old = c
			continue
		}
		t.traditional[old], old = c, 0
	}
	return t
})

// has reports a character of the table, and what is no Chinese character at all: 丨 is a
// line between two parts of a headline.
func (t *characters) has(c rune) bool {
	if c < 0x10000 {
		return t.standard[c/64]&(1<<(c%64)) != 0 || c == '〇' || c == '々' || c == '丨' || !unicode.Is(unicode.Han, c)
	}
	return t.rare[c] || !unicode.Is(unicode.Han, c)
}

// unlisted are the characters of a text that are not in the table, each once, with where
// the first of them is: those that have another form in it, or those that have none.
func (t *characters) unlisted(s string, traditional bool) (found []rune, at int) {
	for i, c := range s {
		if c < 0x3000 || t.has(c) || (t.traditional[c] != 0) != traditional || strings.ContainsRune(string(found), c) {
			continue
		}
		if found == nil {
			at = i
		}
		found = append(found, c)
	}
	return found, at
}
