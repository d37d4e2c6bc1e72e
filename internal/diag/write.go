package diag

import (
	"fmt"
	"io"
	"math"
	"strings"

	"golang.org/x/text/width"
)

// maxSource is how many characters of a writer's line are shown. Offices paste
// whole documents as single lines; a window around the caret is enough.
const maxSource = 60

// Write prints d for people:
//
//	错误 content/examples/a.md:3:8 日期“2024-13-01”读不懂 [bad-date]
//	    date = "2024-13-01"
//	           ^^^^^^^^^^^^
//	    改法：……
func (d Diagnostic) Write(w io.Writer, lang Lang) error {
	var b strings.Builder
	b.WriteString(d.Severity.Text().In(lang))
	if d.File != "" {
		b.WriteString(" " + d.place())
	}
	fmt.Fprintf(&b, " %s [%s]\n", d.Message.In(lang), d.Rule)
	if strings.TrimSpace(d.Source) != "" {
		line, column := window(d.Source, max(0, d.Column-d.From))
		fmt.Fprintf(&b, "    %s\n", line)
		if column > 0 {
			fmt.Fprintf(&b, "    %s%s\n", blank(line, column-1), carets(line, column-1, d.length()))
		}
	}
	if hint := d.Hint.In(lang); hint != "" {
		fmt.Fprintf(&b, "    %s%s\n", Say("改法：", "try: ").In(lang), hint)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// length is how many characters d means of its line, or more than it has if it goes
// on behind its end.
func (d Diagnostic) length() int {
	switch {
	case d.EndLine > d.Line:
		return math.MaxInt
	case d.EndLine == d.Line:
		return d.EndColumn - d.Column
	}
	return 0
}

// place is where d is, as editors take it: content/a.md:3:8.
func (d Diagnostic) place() string {
	switch {
	case d.Line == 0:
		return d.File
	case d.Column == 0:
		return fmt.Sprintf("%s:%d", d.File, d.Line)
	}
	return fmt.Sprintf("%s:%d:%d", d.File, d.Line, d.Column)
}

// window cuts a long line to the part around column and moves column with it.
func window(line string, column int) (string, int) {
	runes := []rune(line)
	if len(runes) <= maxSource {
		return line, column
	}
	from := min(max(0, column-maxSource/2), len(runes)-maxSource)
	cut := string(runes[from : from+maxSource])
	if from+maxSource < len(runes) {
		cut += "…"
	}
	if from > 0 {
		return "…" + cut, max(0, column-from+1)
	}
	return cut, column
}

// blank is white space as wide as the first n characters of line. A wide
// character is replaced by an ideographic space and a tab by itself, so that
// the caret stands right in any font and with any tab width.
func blank(line string, n int) string {
	var b strings.Builder
	for _, r := range line {
		if n--; n < 0 {
			break
		}
		switch {
		case r == '\t':
			b.WriteRune(r)
		case wide(r):
			b.WriteRune('\u3000')
		default:
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// carets mark n characters of line behind the first skip; of a point they are one.
func carets(line string, skip, n int) string {
	var b strings.Builder
	for _, r := range line {
		if skip--; skip >= 0 {
			continue
		}
		if n--; n < 0 {
			break
		}
		switch {
		case r == '\t' && b.Len() > 0:
			b.WriteRune(r)
		case wide(r):
			b.WriteString("^^")
		default:
			b.WriteByte('^')
		}
	}
	if b.Len() == 0 {
		return "^"
	}
	return strings.TrimRight(b.String(), "\t")
}

func wide(r rune) bool {
	k := width.LookupRune(r).Kind()
	return k == width.EastAsianWide || k == width.EastAsianFullwidth || k == width.EastAsianAmbiguous
}
