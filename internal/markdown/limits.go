package markdown

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"qinglian/internal/diag"
)

// The parser can't be stopped, and some inputs take it time that grows with
// their square. So a text is measured before it is parsed: its size and
// nesting as a whole, and each paragraph when it is known, before what is in it
// is looked at. The limits are far above what people write, and low enough for
// the square not to matter.
const (
	maxBytes   = 4 << 20
	maxLines   = 100_000
	maxDepth   = 50       // quotations and lists in each other
	maxMarks   = 1000     // in one paragraph, heading or line of a table
	maxLooking = 50 << 20 // marks of a paragraph times its bytes: what looking for their ends may cost
	maxColumns = 100      // of a table
	maxCells   = 100_000  // of all tables
	maxNotes   = 2000     // footnotes and references to them
	maxLinks   = 50_000   // brackets that open
	maxTags    = 100_000  // of raw HTML, and whatever else begins with <
	maxOpen    = 200      // elements of raw HTML in each other
	maxOfTag   = 1000     // attributes of one
)

// short is the message about a text that is too long to look at its lines; ok is
// true if it is not.
func (r *reading) short() (f finding, ok bool) {
	if len(r.source) > maxBytes {
		return tooComplex(point(0), diag.Say("文章有 %d 万字节，太长",
			"the text has %d0,000 bytes, which is too long", len(r.source)/10000)), false
	}
	return finding{}, true
}

// measured is the message about a text that is too much to parse; ok is true
// if it is not.
func (r *reading) measured() (f finding, ok bool) {
	lines, notes, links, tags, directives, fence := 0, 0, 0, 0, 0, false
	many := r.many()
	for at := 0; at < len(r.source); {
		line := lineFrom(r.source[at:])
		start := at
		at += len(line) + 1
		lines++
		if !r.numbers {
			_, r.numbers = numberAt(line)
		}
		if !many && lines <= maxLines && startsHan(line) {
			continue // prose, as most lines
		}
		if many {
			notes += bytes.Count(line, []byte("[^"))
		}
		if many && !fence {
			links += bytes.Count(line, []byte("["))
			tags += bytes.Count(line, []byte("<"))
		}
		trimmed := bytes.TrimLeft(line, " ")
		if fences(trimmed) {
			fence = !fence
		}
		if bytes.HasPrefix(trimmed, []byte(":::")) && !fence {
			directives++
			if directiveEnd().Match(line) {
				directives = max(0, directives-2)
			}
		}
		switch {
		case directives > maxDepth:
			return tooComplex(lineSpan(r.source, start), diag.Say("::: 套了 %d 层以上，或没有结束",
				"directives stand in each other more than %d deep, or do not end", maxDepth)), false
		case lines > maxLines:
			return tooComplex(lineSpan(r.source, start), diag.Say("文章超过 %d 行",
				"the text has more than %d lines", maxLines)), false
		case notes > maxNotes:
			return tooComplex(lineSpan(r.source, start), diag.Say("脚注超过 %d 处",
				"there are more than %d footnotes", maxNotes)), false
		case links > maxLinks:
			return tooComplex(lineSpan(r.source, start), diag.Say("链接和图片超过 %d 处",
				"there are more than %d links and pictures", maxLinks)), false
		case tags > maxTags:
			return tooComplex(lineSpan(r.source, start), diag.Say("HTML 标签超过 %d 个",
				"there are more than %d tags of HTML", maxTags)), false
		case !fence && len(line) > maxDepth/2 && depth(line) > maxDepth:
			return tooComplex(lineSpan(r.source, start), diag.Say("引用和列表套了 %d 层以上",
				"quotations and lists stand in each other more than %d deep", maxDepth)), false
		case len(line) > maxMarks && bytes.HasPrefix(bytes.TrimLeft(line, " >"), []byte("#")) && marks(line) > maxMarks:
			return tooComplex(lineSpan(r.source, start), diag.Say("一个标题里的记号超过 %d 个",
				"a heading has more than %d marks", maxMarks)), false
		}
	}
	return finding{}, true
}

// many reports a text that may have too many notes, links or tags: which of them are in
// code has to be looked at.
func (r *reading) many() bool {
	return bytes.Count(r.source, []byte("[")) > maxNotes || bytes.Count(r.source, []byte("<")) > maxTags
}

// lineFrom is the line that a text begins with.
func lineFrom(text []byte) []byte {
	if i := bytes.IndexByte(text, '\n'); i >= 0 {
		return text[:i]
	}
	return text
}

// fences reports whether a line, without its indentation, begins or ends code.
func fences(trimmed []byte) bool {
	return bytes.HasPrefix(trimmed, []byte("```")) || bytes.HasPrefix(trimmed, []byte("~~~"))
}

func tooComplex(s span, message diag.Text) finding {
	return finding{s, diag.Diagnostic{Rule: "too-complex", Severity: diag.Error, Message: message,
		Hint: diag.Say("把文章分成几篇，或删去多余的记号", "divide the text, or take out marks that mean nothing")}}
}

// depth is how many quotations and lists a line stands in at most: those whose
// marks it begins with, and one for two columns in front of them. So it is at
// most two for each byte of the line, which begins with a tab.
func depth(line []byte) int {
	if len(bytes.Trim(line, " \t-")) == 0 || len(bytes.Trim(line, " \t*")) == 0 {
		return 0 // a line across the page may have any length
	}
	count, columns := 0, 0
	for _, c := range line[:containers(line)] {
		switch {
		case c == '\t':
			columns += 4
		case c == ' ':
			columns++
		case c < '0' || c > '9':
			count++
		}
	}
	return count + max(0, columns-count)/2
}

// containers is where the quotations and lists that a line opens end.
func containers(line []byte) (end int) {
	for {
		at := len(line) - len(bytes.TrimLeft(line[end:], " \t"))
		digits := at
		for digits < len(line) && digits-at < 10 && '0' <= line[digits] && line[digits] <= '9' {
			digits++
		}
		switch rest := line[digits:]; {
		case len(rest) == 0:
			return end
		case digits == at && rest[0] == '>':
			end = at + 1
		case digits == at && strings.IndexByte("-+*", rest[0]) < 0,
			digits > at && (digits-at > 9 || rest[0] != '.' && rest[0] != ')'):
			return end
		case len(rest) == 1:
			return len(line)
		case rest[1] == ' ' || rest[1] == '\t':
			end = digits + 2
		default:
			return end
		}
	}
}

// marks counts the runs of marks in a text whose ends have to be looked for.
func marks(line []byte) int {
	count, equals := 0, 0
	before := byte(0)
	for _, c := range line {
		if equals++; c != '=' {
			equals = 0
		}
		if equals == 2 || c < utf8.RuneSelf && (c == '[' || c == '<' || c != before && runs[c]) {
			count++
		}
		before = c
	}
	return count
}

// runs are the marks that stand in runs.
var runs = [utf8.RuneSelf]bool{'*': true, '_': true, '~': true, '`': true}

// limitTransformer measures paragraphs, before their lines become tables,
// definitions of links or inline content. What is too much is not shown.
type limitTransformer struct{}

// delimits reports whether a line looks like the one under a table's head.
func delimits(line []byte) bool {
	line = bytes.TrimLeft(line, " \t>")
	return bytes.IndexByte(line, '-') >= 0 && len(bytes.TrimLeft(line, "|:- \t")) == 0
}

// Transform empties a paragraph that is too much.
func (limitTransformer) Transform(n *ast.Paragraph, reader text.Reader, pc parser.Context) {
	r := readingOf(pc, reader.Source())
	lines := n.Lines()
	if lines.Len() == 1 {
		if s := lines.At(0); s.Len() <= maxMarks {
			return // as most paragraphs: too short to be too much
		}
	}
	all, size, columns, row := 0, 0, 0, 0
	for i := range lines.Len() {
		s := lines.At(i)
		line := s.Value(r.source)
		m := marks(line)
		all, size, row = all+m, size+len(line), max(row, m)
		if i > 0 && columns == 0 && delimits(bytes.TrimRight(line, "\n")) {
			columns = bytes.Count(line, []byte("|")) + 1
		}
	}
	whole := point(n.Pos())
	if lines.Len() > 0 {
		whole = span{lines.At(0).Start, lines.At(lines.Len() - 1).Stop}
	}
	var found finding
	switch {
	case columns > maxColumns:
		found = tooComplex(whole, diag.Say("表格超过 %d 列", "the table has more than %d columns", maxColumns))
	case columns > 0:
		r.cells += columns * lines.Len()
		if r.cells <= maxCells && row <= maxMarks {
			return
		}
		found = tooComplex(whole, diag.Say("表格太大：全文的表格超过 %d 格，或一行里的记号超过 %d 个",
			"the tables have more than %d cells, or a row has more than %d marks", maxCells, maxMarks))
	case all > maxMarks || all*size > maxLooking:
		found = tooComplex(whole, diag.Say("一段里的记号太多：星号、方括号、反引号等超过 %d 处",
			"a paragraph has too many marks: more than %d asterisks, brackets, backticks", maxMarks))
	default:
		return
	}
	r.problemOver(found.span, found.Diagnostic)
	lines.Clear()
}
