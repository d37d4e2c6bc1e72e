package markdown

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"qinglian/internal/diag"
	"qinglian/internal/pattern"
)

// indentedBlock is a stretch of indented paragraphs with nothing but empty lines
// between them: one message is for all of it.
type indentedBlock struct {
	end      int // up to where it was looked at
	reported bool
}

// indented reports an indented line that may have been meant as code, a
// list or a heading. Indented Chinese is a paragraph for certain, unless it has
// the signs of code.
func (r *reading) indented(line []byte, at int) {
	if !r.goesOnIndented(at) {
		r.stretch.reported = false
	}
	r.stretch.end = at
	line = bytes.TrimLeft(line, " \t")
	mark, size := utf8.DecodeRune(line)
	marked := strings.ContainsRune("-+*#>|", mark) && bytes.HasPrefix(line[size:], []byte(" "))
	if r.stretch.reported || chinese(line) && !marked && !codeSigns().Match(line) {
		return
	}
	r.stretch.reported = true
	r.problemOver(lineSpan(r.source, at), diag.Diagnostic{Rule: "indented-block", Severity: diag.Warning,
		Message: diag.Say("行首空了四格以上，这里按普通段落显示",
			"the line is indented by four spaces or more and is shown as a paragraph"),
		Hint: diag.Say("是代码，上下各加一行 ```；是列表、标题或表格，删去行首的空格",
			"put lines of ``` around code; take the spaces off a list, heading or table")})
}

// goesOnIndented reports whether all lines between the indented paragraph before and
// an offset are empty or indented.
func (r *reading) goesOnIndented(at int) bool {
	from := r.stretch.end
	if from == 0 || from > at {
		return false
	}
	for line := range bytes.Lines(r.source[from:at]) {
		if text := bytes.TrimLeft(line, " \t"); from != r.stretch.end && !blank(line) && len(line)-len(text) < 4 &&
			!bytes.HasPrefix(line, []byte("\t")) {
			return false
		}
		from += len(line)
	}
	return true
}

// codeSigns are what a line of a program has, but Chinese prose has not: how it ends,
// an operator, a call, a comment behind code, a tag.
var codeSigns = pattern.Of("[;{}\\\\]\\s*$|=>|:=|[!=]=|^[a-z_][\\w.]* [-+*/]?= |\\b[a-z_]\\w*\\([\"'\\w)]|\\S +(?://|#) |^(?://|/\\*|\\$ |<[a-zA-Z/!])")
