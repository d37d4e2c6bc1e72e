package wechat

import (
	"html"
	"slices"
	"strconv"
	"strings"

	nethtml "golang.org/x/net/html"
)

// table writes a table in a section that scrolls. A table that is as wide as a phone
// would be pressed until a column has one character, so the cells of one row say how
// wide their columns are at least.
func (w *writer) table(n *nethtml.Node) {
	for c := range n.ChildNodes() {
		if c.Data == "caption" {
			w.paragraph(children(c), "caption")
		}
	}
	rows := rowsIn(n)
	widths := w.widths(rows)
	telling := slices.IndexFunc(rows, func(row []*nethtml.Node) bool {
		return len(row) == len(widths) && !slices.ContainsFunc(row, spans)
	})
	most := alignmentOf(rows)
	w.open("section", "scroll")
	w.styled("table", w.style["table"]+";text-align:"+most)
	w.write("<tbody>")
	for i, row := range rows {
		w.open("tr", "tr")
		for column, cell := range row {
			width := ""
			if i == telling {
				width = ";min-width:" + strconv.Itoa(widths[column]) + "px"
			}
			w.cell(cell, width, most)
		}
		w.write("</tr>")
	}
	w.write("</tbody></table></section>")
}

// rowsIn are the cells of a table's rows.
func rowsIn(n *nethtml.Node) (rows [][]*nethtml.Node) {
	for c := range n.ChildNodes() {
		switch c.Data {
		case "thead", "tbody", "tfoot":
			rows = append(rows, rowsIn(c)...)
		case "tr":
			row := slices.DeleteFunc(children(c),
				func(n *nethtml.Node) bool { return n.Data != "td" && n.Data != "th" })
			rows = append(rows, row)
		}
	}
	return rows
}

func spans(cell *nethtml.Node) bool {
	return attribute(cell, "colspan") != "" || attribute(cell, "rowspan") != ""
}

// Columns are measured in characters of their text: none has fewer than the narrowest. On a
// phone a column is no wider than the longest, nor narrower than wrapped if that
// makes room for all of them.
const (
	narrowest = 4
	wrapped   = 6
	longest   = 12
	room      = 343 // px
)

// widths are the least widths of a table's columns in pixels, their padding included;
// none if it has one column only.
func (w *writer) widths(rows [][]*nethtml.Node) (widths []int) {
	columns := columnsOf(rows)
	if len(columns) < 2 {
		return nil
	}
	size := pixels(w.style["table"], "font-size", pixels(w.style["article"], "font-size", 16)) +
		pixels(w.style["table"], "letter-spacing", pixels(w.style["article"], "letter-spacing", 0))
	padding := 2 * pixels(w.style["td"], "padding", 0)
	upTo := func(most float64) (widths []int, total int) {
		for _, length := range columns {
			width := int(max(narrowest, min(length, most))*size+padding) + 1
			widths = append(widths, width)
			total += width
		}
		return widths, total
	}
	widths, total := upTo(longest)
	if total <= room {
		return widths
	}
	if narrow, total := upTo(wrapped); total <= room {
		return narrow
	}
	return widths
}

// columnsOf are how long the longest line is in each column of a table. What stands in
// several columns says nothing of any.
func columnsOf(rows [][]*nethtml.Node) (columns []float64) {
	taken := map[[2]int]bool{} // by cells of rows above
	for r, row := range rows {
		column := 0
		for _, cell := range row {
			for taken[[2]int{r, column}] {
				column++
			}
			across, down := span(cell, "colspan"), min(span(cell, "rowspan"), len(rows)-r)
			for below := 1; below < down; below++ {
				for beside := range across {
					taken[[2]int{r + below, column + beside}] = true
				}
			}
			for len(columns) < column+across {
				columns = append(columns, 0)
			}
			if across == 1 {
				columns[column] = max(columns[column], lengthOf(cell))
			}
			column += across
		}
	}
	return columns
}

// mostSpanned bounds what a cell may take; more is a mistake.
const mostSpanned = 100

func span(cell *nethtml.Node, key string) int {
	n, err := strconv.Atoi(attribute(cell, key))
	if err != nil {
		return 1
	}
	return min(max(n, 1), mostSpanned)
}

// lengthOf is that of the longest line in a node, in characters as wide as they are
// high.
func lengthOf(n *nethtml.Node) (longest float64) {
	line := 0.
	var each func(n *nethtml.Node)
	each = func(n *nethtml.Node) {
		if n.Data == "br" || block(n) {
			line = 0
		}
		if n.Type == nethtml.TextNode {
			for _, r := range n.Data {
				line += .55
				if r >= 0x1100 { // the first of the scripts that stand in squares
					line += .45
				}
			}
			longest = max(longest, line)
		}
		for c := range n.ChildNodes() {
			each(c)
		}
	}
	each(n)
	return longest
}

// pixels is the number of pixels that a style gives a property: of a padding, that
// at the sides.
func pixels(style, property string, otherwise float64) float64 {
	for declaration := range strings.SplitSeq(style, ";") {
		name, value, _ := strings.Cut(declaration, ":")
		parts := strings.Fields(value)
		if strings.TrimSpace(name) != property || len(parts) == 0 {
			continue
		}
		if n, err := strconv.ParseFloat(strings.TrimSuffix(parts[min(1, len(parts)-1)], "px"), 64); err == nil {
			otherwise = n
		}
	}
	return otherwise
}

// aligned is how a cell's text stands, which is a class on the site.
func aligned(cell *nethtml.Node) string {
	if class := attribute(cell, "class"); class == "center" || class == "right" {
		return class
	}
	return "left"
}

// alignmentOf is how most cells stand, apart from those of headings.
func alignmentOf(rows [][]*nethtml.Node) string {
	most, counts := "left", map[string]int{}
	for _, row := range rows {
		for _, cell := range row {
			if cell.Data == "td" {
				counts[aligned(cell)]++
			}
		}
	}
	for _, alignment := range []string{"center", "right"} {
		if counts[alignment] > counts[most] {
			most = alignment
		}
	}
	return most
}

// cell writes a cell with more declarations, in a table where most stand otherwise
// aligned.
func (w *writer) cell(n *nethtml.Node, also, most string) {
	style := w.style[n.Data] + also
	if alignment := aligned(n); alignment != most || n.Data == "th" {
		style += ";text-align:" + alignment
	}
	w.write("<", n.Data)
	for _, span := range []string{"colspan", "rowspan"} {
		if v := attribute(n, span); v != "" {
			w.write(" ", span, `="`, html.EscapeString(v), `"`)
		}
	}
	w.write(` style="`, html.EscapeString(style), `">`)
	inner := children(n)
	if slices.ContainsFunc(inner, block) {
		w.blocks(inner)
	} else {
		w.inlines(inner)
	}
	w.close(n.Data)
}
