package source

import (
	"bytes"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// later are the two-byte codes that had no character in Unicode when the
// library's table was made. GB18030-2022 gives the first 18 theirs, the
// edition of 2005 ḿ, and 6 are in Unicode since, though the standard still has
// them in private use. Codes in the zones for characters that users draw
// themselves have none: nobody else could read them.
var later = map[[2]byte]rune{
	{0xa6, 0xd9}: 0xfe10, {0xa6, 0xda}: 0xfe12, {0xa6, 0xdb}: 0xfe11, {0xa6, 0xdc}: 0xfe13,
	{0xa6, 0xdd}: 0xfe14, {0xa6, 0xde}: 0xfe15, {0xa6, 0xdf}: 0xfe16, {0xa6, 0xec}: 0xfe17,
	{0xa6, 0xed}: 0xfe18, {0xa6, 0xf3}: 0xfe19,
	{0xfe, 0x59}: 0x9fb4, {0xfe, 0x61}: 0x9fb5, {0xfe, 0x66}: 0x9fb6, {0xfe, 0x67}: 0x9fb7,
	{0xfe, 0x6d}: 0x9fb8, {0xfe, 0x7e}: 0x9fb9, {0xfe, 0x90}: 0x9fba, {0xfe, 0xa0}: 0x9fbb,
	{0xa8, 0xbc}: 0x1e3f,
	{0xfe, 0x51}: 0x20087, {0xfe, 0x52}: 0x20089, {0xfe, 0x53}: 0x200cc, {0xfe, 0x6c}: 0x215d7,
	{0xfe, 0x76}: 0x2298f, {0xfe, 0x91}: 0x241fe,
}

// decodeGB18030 takes a lone 0x80 for €, as Windows writes it in Chinese
// files; the standard has no such code.
func decodeGB18030(raw []byte) Reading {
	r := Reading{Encoding: GB18030}
	raw = bytes.TrimPrefix(raw, []byte{0x84, 0x31, 0x95, 0x33}) // its byte order mark
	d := simplifiedchinese.GB18030.NewDecoder()
	for len(raw) > 0 {
		c, size := oneGB18030(d, raw)
		if c == utf8.RuneError || c == 0 {
			r.lose()
		} else {
			r.Text = utf8.AppendRune(r.Text, c)
		}
		raw = raw[size:]
	}
	return r
}

// oneGB18030 decodes the first character; after a code that is none it goes on
// with the next byte, so that an ASCII byte is never swallowed.
func oneGB18030(d *encoding.Decoder, raw []byte) (c rune, size int) {
	switch {
	case raw[0] < utf8.RuneSelf:
		return rune(raw[0]), 1
	case len(raw) >= 2 && later[[2]byte(raw)] != 0:
		return later[[2]byte(raw)], 2
	case raw[0] == 0x80:
		size = 1
	case len(raw) >= 4 && '0' <= raw[1] && raw[1] <= '9':
		size = 4
	case len(raw) >= 2:
		size = 2
	default:
		return utf8.RuneError, 1
	}
	var out [3 * utf8.UTFMax]byte
	n, _, err := d.Transform(out[:], raw[:size], true)
	c, width := utf8.DecodeRune(out[:n])
	if err != nil || width != n || c == utf8.RuneError {
		return utf8.RuneError, 1
	}
	return c, size
}

// common are the characters that Chinese is written with: rows 1 to 3 of
// GB2312 (punctuation, numerals, full-width forms) and its first level, the
// 3,755 characters in most frequent use.
var common = sync.OnceValue(func() map[rune]bool {
	set := map[rune]bool{}
	d := simplifiedchinese.GB18030.NewDecoder()
	for row := byte(0xa1); row <= 0xd7; row++ {
		if row > 0xa3 && row < 0xb0 {
			continue
		}
		for cell := byte(0xa1); cell <= 0xfe; cell++ {
			if c, size := oneGB18030(d, []byte{row, cell}); size == 2 {
				set[c] = true
			}
		}
	}
	return set
})

// chinese reports text whose non-ASCII characters are common in Chinese by
// more than 70 %. UTF-8 taken for GB18030 stays far below.
func chinese(text []byte) bool {
	known, all := 0, 0
	for _, c := range string(text) {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' {
			return false
		}
		if c >= utf8.RuneSelf {
			all++
			if common()[c] {
				known++
			}
		}
	}
	return known*10 > all*7 || all == 0
}
