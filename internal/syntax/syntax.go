// Package syntax says in our words what the decoders of TOML, YAML, JSON and CSV do
// not understand.
//
// Their own sentences are English and about grammar, so none of them is shown. The
// place is theirs; what is wrong there is read off the line itself, by what people who
// know none of these formats type: Chinese punctuation, a text without quotes, a quote
// or a bracket without its other, one comma too many. Where nothing of that kind is
// found the sentence says no more than that the line can't be read.
package syntax

import (
	"bytes"
	"iter"
	"strings"

	"qinglian/internal/diag"
)

// Refusal is why a text is not in its format.
type Refusal struct {
	At   int       // byte offset
	Why  diag.Text // not a whole sentence: it follows the name of the file
	Hint diag.Text // what to type instead
}

// lineAround is the line that an offset is in, without its end, and where it begins.
func lineAround(text []byte, at int) (line string, from int) {
	at = max(0, min(at, len(text)))
	from = bytes.LastIndexByte(text[:at], '\n') + 1
	rest, _, _ := bytes.Cut(text[from:], []byte("\n"))
	return strings.TrimRight(string(rest), "\r"), from
}

// line is the byte offset at which a line begins, counted from 1.
func line(text []byte, number int) int {
	at := 0
	for ; number > 1; number-- {
		i := bytes.IndexByte(text[at:], '\n')
		if i < 0 {
			break
		}
		at += i + 1
	}
	return at
}

// marks are what Chinese keyboards type for the signs of these formats, each pair a
// sign and its form in ASCII.
var marks = strings.NewReplacer("：", ":", "，", ",", "、", ",", "；", ",", "＝", "=", "“", `"`,
	"”", `"`, "‘", `'`, "’", `'`,
	"［", "[", "］", "]", "【", "[", "】", "]", "｛", "{", "｝", "}", "　", " ", "＃", "#", "＂", `"`)

// wide is the first Chinese mark of a line outside of ASCII quotes, or "".
func wide(line string) string {
	for r := range unquoted(line) {
		if marks.Replace(string(r)) != string(r) {
			return string(r)
		}
	}
	return ""
}

// unquoted are the characters of a line that stand outside of ASCII quotes.
func unquoted(line string) iter.Seq[rune] {
	return func(yield func(rune) bool) {
		quote := rune(0)
		for _, r := range line {
			switch {
			case quote != 0:
				if r == quote {
					quote = 0
				}
			case r == '"', r == '\'':
				quote = r
			case !yield(r):
				return
			}
		}
	}
}

func wideRefusal(mark string) (why, hint diag.Text) {
	meant := marks.Replace(mark)
	if mark == "　" {
		return diag.Say("用了全角空格", "there is a full-width space"), diag.Say("写成半角空格", "type an ordinary space")
	}
	return diag.Say("用了中文标点“%s”", "there is the Chinese mark %s", mark),
		diag.Say("写成半角 %s", "type %s", meant)
}

func unpaired(quote string) (why, hint diag.Text) {
	return diag.Say("引号“%s”没有配对", "a %s has no other one", quote),
		diag.Say("文字两边各写一个 %s", "put a %s on both sides of the text", quote)
}

func unreadable(form diag.Text) (why, hint diag.Text) {
	return diag.Say("这一行看不懂", "this line can't be read"), form
}

// unbalanced is the first bracket of a line outside of quotes that has no other one,
// or "".
func unbalanced(line string) string {
	var open []rune
	for r := range unquoted(line) {
		switch r {
		case '[', '{':
			open = append(open, r)
		case ']', '}':
			if len(open) == 0 || open[len(open)-1] != r-2 { // [ and { come two before ] and }
				return string(r)
			}
			open = open[:len(open)-1]
		}
	}
	return string(open[max(0, len(open)-1):])
}
