package search

import (
	"bytes"
	"html"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// phrasing are the elements that leave the text around them in one block.
func phrasing(name string) bool {
	switch name {
	case "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
		"kbd", "label", "mark", "q", "ruby", "rb", "s", "samp", "small", "span", "strike", "strong", "sub",
		"sup", "time", "tt", "u", "var", "wbr":
		return true
	}
	return false
}

// silent are the elements whose text is none: what is inside is skipped, and
// the text around is in one block only for readings over characters.
func silent(name string) bool {
	switch name {
	case "rt", "rp", "script", "style", "svg", "template", "noscript", "audio", "video", "button", "select",
		"textarea", "math", "object", "iframe":
		return true
	}
	return false
}

// Blocks hands each block of text in HTML to visit. The HTML is our own: every
// < in it begins a tag and every tag that needs an end has one.
func Blocks(prose string, visit func(text []byte)) {
	var block []byte
	end := func() {
		if len(bytes.TrimSpace(block)) > 0 {
			visit(block)
		}
		block = block[:0]
	}
	skipped, depth := "", 0
	for prose != "" {
		at := strings.IndexByte(prose, '<')
		if at < 0 {
			at = len(prose)
		}
		if skipped == "" {
			block = appendText(block, prose[:at])
		}
		if at == len(prose) {
			break
		}
		var tag string
		tag, prose = cutTag(prose[at:])
		name, closing := tagName(tag)
		switch {
		case skipped != "":
			if name == skipped && closing {
				depth--
			} else if name == skipped {
				depth++
			}
			if depth == 0 {
				skipped = ""
			}
		case name == "" || phrasing(name):
		case silent(name) && !closing:
			if name != "rt" && name != "rp" {
				end()
			}
			if !strings.HasSuffix(tag, "/") {
				skipped, depth = name, 1
			}
		default:
			end()
		}
	}
	end()
}

// appendText resolves what HTML escapes.
func appendText(to []byte, text string) []byte {
	return append(to, html.UnescapeString(text)...)
}

// cutTag takes the tag from the beginning of HTML, without its brackets. A >
// in the value of an attribute does not end it.
func cutTag(b string) (tag, rest string) {
	if strings.HasPrefix(b, "<!--") {
		if end := strings.Index(b, "-->"); end >= 0 {
			return "", b[end+3:]
		}
	}
	quote := byte(0)
	for i := range len(b) {
		switch c := b[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return b[1:i], b[i+1:]
		}
	}
	return "", ""
}

func tagName(tag string) (name string, closing bool) {
	if rest, ok := strings.CutPrefix(tag, "/"); ok {
		tag, closing = rest, true
	}
	n := 0
	for n < len(tag) && (tag[n]|0x20 >= 'a' && tag[n]|0x20 <= 'z' || n > 0 && tag[n] >= '0' && tag[n] <= '9') {
		n++
	}
	return strings.ToLower(tag[:n]), closing
}

// A letter is part of a run. The ranges are the script's too; they are written
// out since versions of Unicode differ.
func letter(r rune) bool {
	switch {
	case r < 0x80:
		return r >= 'a' && r <= 'z' || r >= '0' && r <= '9'
	case r >= 0x4e00 && r <= 0x9fff, r >= 0x3400 && r <= 0x4dbf:
		return true
	case r >= 0xc0 && r <= 0x24f:
		return r != 0xd7 && r != 0xf7
	case r >= 0x370 && r <= 0x52f, r >= 0x3041 && r <= 0x3096, r >= 0x30a1 && r <= 0x30fa, r == 0x3005, r == 0x3007:
		return true
	}
	return r >= 0xac00 && r <= 0xd7a3 || r >= 0xf900 && r <= 0xfaff || r >= 0x20000 && r <= 0x3ffff
}

func space(r rune) bool {
	return r <= ' ' || r == 0x7f || r == 0xa0 || r == 0x3000 || r == 0xfeff || r >= 0x2000 && r <= 0x200b ||
		r == 0x2028 || r == 0x2029 || r == 0x202f || r == 0x205f || r == 0x1680 || r == 0x85
}

// fold brings a text into the form in which it is searched: NFKC in lower case.
// Nearly all prose needs no more than its wide signs narrowed.
func fold(to []rune, text []byte) []rune {
	start, whole := len(to), text
	for len(text) > 0 {
		if r := han(text); r != 0 {
			to, text = append(to, r), text[3:]
			continue
		}
		r, n := utf8.DecodeRune(text)
		text = text[n:]
		switch {
		case r < 0x80:
			if r >= 'A' && r <= 'Z' {
				r += 'a' - 'A'
			}
		case r >= 0x3001 && r <= 0x3020, r == 0x2014, r >= 0x2018 && r <= 0x201f, r == 0xb7:
		case r >= 0xff01 && r <= 0xff5e:
			r -= 0xfee0
			if r >= 'A' && r <= 'Z' {
				r += 'a' - 'A'
			}
		default:
			return slowFold(to[:start], whole)
		}
		to = append(to, r)
	}
	return to
}

// han is the Han that a text begins with, 0 if it begins with something else. It is three
// bytes long. Most texts consist of them, and [utf8.DecodeRune] takes thrice as long.
func han(b []byte) rune {
	if len(b) < 3 || b[0]-0xe4 > 5 || b[1]&0xc0 != 0x80 || b[2]&0xc0 != 0x80 {
		return 0
	}
	return rune(b[0]&0xf)<<12 | rune(b[1]&0x3f)<<6 | rune(b[2]&0x3f)
}

func slowFold(to []rune, text []byte) []rune {
	for _, r := range string(norm.NFKC.Bytes(text)) {
		if r = unicode.ToLower(r); r == 'ς' {
			r = 'σ' // a word's end is not known everywhere
		}
		to = append(to, r)
	}
	return to
}

// key is one or two characters, of 21 bits each; the second is 0 if there is none.
// In their order as numbers, keys that begin alike stand together.
type key uint64

const keyBits = 42

func pair(a, b rune) key { return key(a)<<21 | key(b) }

func (k key) first() rune  { return rune(k >> 21) }
func (k key) second() rune { return rune(k & (1<<21 - 1)) }

func (k key) String() string {
	if k.second() == 0 {
		return string(k.first())
	}
	return string(k.first()) + string(k.second())
}

// appendKeys appends each key of a folded text, noted as one of a place.
func appendKeys(to []noted, text []rune, place noted) []noted {
	if most := len(text) + 1; cap(to)-len(to) < most {
		to = slices.Grow(to, max(most, min(cap(to), full-len(to))))
	}
	add := func(k key) { to = append(to, place.with(k)) }
	last := rune(0) // the letter before, 0 if there is none
	for _, r := range text {
		if letter(r) {
			if last != 0 {
				add(pair(last, r))
			}
			last = r
			continue
		}
		if last != 0 {
			add(pair(last, 0))
			last = 0
		}
		if !space(r) {
			add(pair(r, 0))
		}
	}
	if last != 0 {
		add(pair(last, 0))
	}
	return to
}
