package source

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"
)

// The encodings that a file can have.
const (
	UTF8    = "UTF-8"
	UTF16   = "UTF-16"
	GB18030 = "GB18030"
)

// Reading is what a file's bytes say when they are taken for one encoding.
// Where they say nothing the text has U+FFFD.
type Reading struct {
	Text     []byte // UTF-8 without a byte order mark; line ends as in the file
	Encoding string
	Bad      []int // offsets in Text of the U+FFFD that stand for lost characters
}

// bomUTF8 is the mark that some editors put before UTF-8.
var bomUTF8 = []byte("\ufeff")

// Marked reports whether a file begins with the byte order mark of UTF-8.
func Marked(raw []byte) bool { return bytes.HasPrefix(raw, bomUTF8) }

// Decode finds out in which encoding a file is:
//
//  1. the one that its byte order mark names;
//  2. UTF-8, if all of it is valid and has no NUL;
//  3. UTF-16 without a mark, if its NULs stand on one side of the pairs;
//  4. GB18030, which all GBK and GB2312 files are too, if all of it is valid.
//
// The last two can be met by accident: UTF-8 that lost a byte often is valid
// GB18030, of characters that nobody uses. So their text must be Chinese
// ([chinese]). What is none of these is read as UTF-8, or as GB18030 if that
// loses less, with its bad places.
//
// And a few GBK characters can be valid UTF-8, as Greek, Cyrillic or Hebrew
// letters (U+0100 to U+07FF). A file that has no others is GB18030 if that
// makes it Chinese, except where each such letter stands alone: that is an α
// in a formula, while Chinese comes in words.
func Decode(raw []byte) Reading {
	switch {
	case Marked(raw):
		return decodeUTF8(raw[len(bomUTF8):])
	case bytes.HasPrefix(raw, []byte{0xff, 0xfe}):
		return decodeUTF16(raw[2:], binary.LittleEndian)
	case bytes.HasPrefix(raw, []byte{0xfe, 0xff}):
		return decodeUTF16(raw[2:], binary.BigEndian)
	}
	plain := decodeUTF8(raw)
	if len(plain.Bad) == 0 {
		if foreignWords(raw) {
			if gb := decodeGB18030(raw); len(gb.Bad) == 0 && chinese(gb.Text) {
				return gb
			}
		}
		return plain
	}
	if order := nulSide(raw); order != nil {
		if r := decodeUTF16(raw, order); len(r.Bad) == 0 && chinese(r.Text) {
			return r
		}
	}
	gb := decodeGB18030(raw)
	if len(gb.Bad) < len(plain.Bad) && chinese(gb.Text) {
		return gb
	}
	return plain
}

// foreignWords reports text whose non-ASCII characters are all from U+0100 to
// U+07FF, with two of them side by side somewhere.
func foreignWords(text []byte) bool {
	beside, before := false, false
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		if r >= utf8.RuneSelf && (r < 0x100 || r > 0x7ff) {
			return false
		}
		text = text[size:]
		beside = beside || before && r >= utf8.RuneSelf
		before = r >= utf8.RuneSelf
	}
	return beside
}

// nulSide is the byte order in which most NULs are upper halves: those of
// ASCII characters. The other side may have some too: 一 is U+4E00.
func nulSide(raw []byte) binary.ByteOrder {
	var sides [2]int
	for i, b := range raw {
		if b == 0 {
			sides[i%2]++
		}
	}
	switch {
	case sides[1] > sides[0]:
		return binary.LittleEndian
	case sides[0] > sides[1]:
		return binary.BigEndian
	}
	return nil
}

// lose puts a U+FFFD for something that could not be read.
func (r *Reading) lose() {
	r.Bad = append(r.Bad, len(r.Text))
	r.Text = utf8.AppendRune(r.Text, utf8.RuneError)
}

func decodeUTF8(raw []byte) Reading {
	r := Reading{Encoding: UTF8}
	if utf8.Valid(raw) && bytes.IndexByte(raw, 0) < 0 {
		r.Text = raw
		return r
	}
	for len(raw) > 0 {
		c, size := utf8.DecodeRune(raw)
		if c == 0 || c == utf8.RuneError && size == 1 {
			r.lose()
		} else {
			r.Text = append(r.Text, raw[:size]...)
		}
		raw = raw[size:]
	}
	return r
}

func decodeUTF16(raw []byte, order binary.ByteOrder) Reading {
	r := Reading{Encoding: UTF16}
	for ; len(raw) >= 2; raw = raw[2:] {
		c := rune(order.Uint16(raw))
		if utf16.IsSurrogate(c) && len(raw) >= 4 {
			if pair := utf16.DecodeRune(c, rune(order.Uint16(raw[2:]))); pair != utf8.RuneError {
				r.Text = utf8.AppendRune(r.Text, pair)
				raw = raw[2:]
				continue
			}
		}
		if c == 0 || utf16.IsSurrogate(c) {
			r.lose()
		} else {
			r.Text = utf8.AppendRune(r.Text, c)
		}
	}
	if len(raw) == 1 {
		r.lose()
	}
	return r
}
