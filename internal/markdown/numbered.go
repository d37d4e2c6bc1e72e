package markdown

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"qinglian/internal/pattern"
)

// numbered is the number that a line begins with.
type numbered struct {
	kind  int // 1 to 4: 一、 （一） 1. （1）
	value int
}

// several is not the number one but some of many: 一、二季度.
var several = pattern.Of(`^[一二三四五]、[二三四五六](季度|月|、|产业|线|楼|年级)`)

// numberAt is the number that a text begins with, behind its indentation and
// marks of emphasis: 一、 of five characters at most, （一）, 1. before what is
// no digit, （1） of two.
func numberAt(line []byte) (numbered, bool) {
	if first, _ := utf8.DecodeRune(line); common(first) && !isNumeral(first) ||
		first < utf8.RuneSelf && strings.IndexByte(" \t*_(0123456789", byte(first)) < 0 {
		return numbered{}, false // as most lines
	}
	line = bytes.TrimLeft(line, " \t*_"+wideSpaces)
	open, size := utf8.DecodeRune(line)
	bracketed := open == '（' || open == '('
	if !bracketed {
		size = 0
	}
	digits, kind := numeralAt(line[size:])
	if len(digits) == 0 {
		return numbered{}, false
	}
	after := line[size+len(digits):]
	end, endSize := utf8.DecodeRune(after)
	switch {
	case bracketed && end != '）' && end != ')', !bracketed && end != '、' && end != '．' && end != '.':
		return numbered{}, false
	case bracketed:
		kind++
	case kind == 1 && several().Match(line):
		return numbered{}, false
	case kind == 3:
		if c, _ := utf8.DecodeRune(after[endSize:]); isDigit(c) || isWideDigit(c) {
			return numbered{}, false // 1.5
		}
	}
	v, ok := number(string(digits))
	return numbered{kind, v}, ok
}

// numeralAt is the numeral that a text begins with, if it is as long as one of
// a level may be: of the first kind in Chinese, else of the third.
func numeralAt(text []byte) (digits []byte, kind int) {
	first, _ := utf8.DecodeRune(text)
	same, longest, kind := isNumeral, 5, 1
	switch {
	case isDigit(first):
		same, longest, kind = isDigit, 2, 3
	case isWideDigit(first):
		same, longest, kind = isWideDigit, 2, 3
	}
	end, count := 0, 0
	for end < len(text) {
		c, size := utf8.DecodeRune(text[end:])
		if !same(c) {
			break
		}
		if count++; count > longest {
			return nil, 0
		}
		end += size
	}
	return text[:end], kind
}

func isDigit(c rune) bool { return '0' <= c && c <= '9' }

func isWideDigit(c rune) bool { return '０' <= c && c <= '９' }

func isNumeral(c rune) bool {
	switch c {
	case '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '百':
		return true
	}
	return false
}
