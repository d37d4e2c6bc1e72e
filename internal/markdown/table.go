package markdown

import (
	"bytes"
	"strconv"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"qinglian/internal/diag"
)

// tableTransformer reports tables that goldmark reads otherwise than they
// look: it takes no table whose head and second line have different numbers of
// cells, and leaves out cells beyond those of the head.
type tableTransformer struct{}

// Transform looks at a paragraph and changes nothing.
func (tableTransformer) Transform(n *ast.Paragraph, reader text.Reader, pc parser.Context) {
	r := readingOf(pc, reader.Source())
	lines, columns := n.Lines(), 0
	for i := 1; i < lines.Len(); i++ {
		s := lines.At(i)
		line := bytes.TrimSpace(s.Value(r.source))
		if columns > 0 {
			if extra := cells(line); len(extra) > columns &&
				len(bytes.TrimSpace(bytes.Join(extra[columns:], nil))) > 0 {
				r.problemOver(lineSpan(r.source, s.Start), diag.Diagnostic{Rule: "extra-cell", Severity: diag.Warning,
					Message: diag.Say("这一行有 %d 格，表头只有 %d 格，多出的不会显示",
						"the row has %d cells and the head %d; the rest is not shown", len(extra), columns),
					Hint: diag.Say(`给表头加一格；格子里的竖线写成 \|`,
						`add a cell to the head; write \| for a bar inside a cell`)})
			}
			continue
		}
		if !delimits(line) || bytes.IndexByte(line, '|') < 0 {
			continue
		}
		columns = len(cells(line))
		above := lines.At(i - 1)
		if head := len(cells(bytes.TrimSpace(above.Value(r.source)))); head != columns {
			r.problemOver(lineSpan(r.source, s.Start), diag.Diagnostic{Rule: "no-table", Severity: diag.Warning,
				Message: diag.Say("表头有 %d 格，下面的分隔行有 %d 格，表格没有生效",
					"the head has %d cells and the line under it %d: this is no table", head, columns),
				Hint: diag.Say("让两行的格数一样", "give both lines the same number of cells")})
			return
		}
	}
}

// cells are the cells of a table's line.
func cells(line []byte) [][]byte {
	line = bytes.TrimPrefix(line, []byte("|"))
	out := make([][]byte, 0, bytes.Count(line, []byte("|"))+1)
	from := 0
	for i, c := range line {
		if c == '|' && (i == 0 || line[i-1] != '\\') {
			out = append(out, line[from:i])
			from = i + 1
		}
	}
	if from < len(line) {
		out = append(out, line[from:])
	}
	return out
}

// alignment of table cells is a class: a style attribute would need a weaker
// Content-Security-Policy.
var alignment = map[extast.Alignment]string{
	extast.AlignLeft: ` class="left"`, extast.AlignCenter: ` class="center"`, extast.AlignRight: ` class="right"`,
}

// frameTable begins the frame of a table. A table may be wider than the screen: it
// scrolls in its frame, which the Tab key reaches, since Safari scrolls nothing else
// from the keyboard. What can be reached has a name. It is a group and no region:
// twenty tables would be twenty landmarks.
func (r *renderer) frameTable() {
	r.tables++
	r.write(`<div class="table" tabindex="0" role="group" aria-label="表格`, strconv.Itoa(r.tables), `">`)
}

func (r *renderer) table(n *extast.Table) {
	r.frameTable()
	r.start("table", n)
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		cell, scope := "td", ""
		if _, ok := row.(*extast.TableHeader); ok {
			cell, scope = "th", ` scope="col"`
			r.write("<thead>")
		}
		r.write("<tr>")
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			align := ""
			if tc, ok := c.(*extast.TableCell); ok {
				align = alignment[tc.Alignment]
			}
			r.write("<", cell, scope, align, ">")
			r.inside(c)
			r.write("</", cell, ">")
			r.said = nil
		}
		r.write("</tr>")
		if cell == "th" {
			r.write("</thead>")
			if row.NextSibling() != nil {
				r.write("<tbody>")
			}
		} else if row.NextSibling() == nil {
			r.write("</tbody>")
		}
	}
	r.write("</table></div>")
}
