package source

import (
	"fmt"
	"unicode/utf8"

	"qinglian/internal/diag"
)

// control reports a character that shows nothing and may not stand in a page:
// control characters but for tab and line end, code points that are no characters
// (HTML forbids both), and the two that show what follows in another order than it
// was written. Marks that only help right-to-left scripts stay.
func control(c rune) bool {
	switch {
	case c < 0x20:
		return c != '\t' && c != '\n'
	case 0x7f <= c && c <= 0x9f, c == 0x202d, c == 0x202e:
		return true
	}
	return 0xfdd0 <= c && c <= 0xfdef || c&0xfffe == 0xfffe
}

// firstControl is where the first of them is in valid UTF-8; -1 if there is none. The
// characters that most texts consist of are passed by their first byte.
func firstControl(text []byte) int {
	for at := 0; at < len(text); {
		if 0xe3 <= text[at] && text[at] <= 0xed { // U+3000 to U+DFFF
			at += 3
			continue
		}
		c, size := utf8.DecodeRune(text[at:])
		if control(c) {
			return at
		}
		at += size
	}
	return -1
}

// visible is a text without control characters, and what is said about each line
// that had some. Those that broke a line or a page in a word processor become
// spaces.
func visible(file string, text []byte) ([]byte, diag.List) {
	at := firstControl(text)
	if at < 0 {
		return text, nil // as nearly all texts
	}
	var problems diag.List
	out := append(make([]byte, 0, len(text)), text[:at]...)
	reported := false // this line
	for size := 0; at < len(text); at += size {
		var c rune
		c, size = utf8.DecodeRune(text[at:])
		if !control(c) {
			out = append(out, text[at:at+size]...)
			reported = reported && c != '\n'
			continue
		}
		if !reported && len(problems) < manyLines {
			problems = append(problems, controlFound(file, text, at, c))
		}
		reported = true
		if c == '\v' || c == '\f' {
			out = append(out, ' ')
		}
	}
	return out, problems
}

func controlFound(file string, text []byte, at int, c rune) diag.Diagnostic {
	name := fmt.Sprintf("U+%04X", c)
	d := diag.Diagnostic{Rule: "control-character", Severity: diag.Warning,
		Message: diag.Say("这一行有看不见的控制字符（%s），已去掉", "the line has control characters (%s), which were left out", name),
		Hint: diag.Say("多半是从别处粘贴带来的：把这一行删掉，照着重新打一遍",
			"they most likely came with something pasted: delete the line and type it again"),
	}.At(file, text, at)
	d.Source = "" // a terminal would obey it
	return d
}
