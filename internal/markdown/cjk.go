package markdown

import (
	"bytes"
	"unicode"

	"golang.org/x/text/width"
)

// cjk reports whether a character counts as Chinese, Japanese or Korean beside
// marks of emphasis: wide and half-width forms and Hangul, but no emoji; and
// the punctuation that Chinese shares with Latin.
func cjk(c rune) bool {
	if common(c) || shared(c) {
		return true
	}
	if c < 0x1100 || emoji(c) {
		return false
	}
	switch width.LookupRune(c).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth, width.EastAsianHalfwidth:
		return true
	}
	return unicode.Is(unicode.Hangul, c)
}

// common reports the Chinese characters in common use, which are nearly all: letters of
// which no table has to be asked.
func common(c rune) bool { return 0x4e00 <= c && c <= 0x9fff }

func isHan(c rune) bool { return common(c) || unicode.Is(unicode.Han, c) }

func isLetter(c rune) bool { return common(c) || unicode.IsLetter(c) }

// lower is a letter in lower case.
func lower(c rune) rune {
	if common(c) {
		return c
	}
	return unicode.ToLower(c)
}

// shared is the punctuation of Chinese that has no code points of its own.
func shared(c rune) bool {
	switch c {
	case '“', '”', '‘', '’', '—', '…', '·':
		return true
	}
	return false
}

// emoji are wide, but no script: the wide symbols below the CJK blocks that are
// no trigrams or brackets, and the pictures, among which stand some enclosed
// ideographs.
func emoji(c rune) bool {
	switch {
	case 0x231a <= c && c <= 0x23ff, 0x25fd <= c && c <= 0x2629, 0x2638 <= c && c <= 0x2689, 0x2690 <= c && c <= 0x2b55:
		return c != 0x2329 && c != 0x232a
	case 0x1f000 <= c && c <= 0x1faff:
		return c < 0x1f200 || c > 0x1f265 || c == 0x1f21a || c == 0x1f22f
	}
	return false
}

// chinese reports whether a text has any Chinese, Japanese or Korean: letters
// or their own punctuation.
func chinese(source []byte) bool {
	return bytes.IndexFunc(source, func(c rune) bool { return cjk(c) && !shared(c) }) >= 0
}

// joins reports whether a line break between two characters is nothing: both
// belong to a script that is written without spaces.
func joins(a, b rune) bool { return wide(a) && wide(b) }

func wide(c rune) bool {
	switch {
	case common(c), unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo):
		return true
	case 0x3000 <= c && c <= 0x303f, 0xff01 <= c && c <= 0xff60, 0xffe0 <= c && c <= 0xffe6:
		return true // CJK punctuation and full-width forms
	}
	return shared(c)
}
