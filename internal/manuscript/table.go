package manuscript

import (
	"fmt"
	"slices"
	"strings"
)

// mostInCell is how many paragraphs a cell of a Markdown table has: they stand in one
// line.
const mostInCell = 4

// table writes a table as Markdown, if Markdown has all of it, else as HTML.
func (w *writer) table(b Block) string {
	if !regular(b.Rows) {
		return w.htmlTable(b.Rows)
	}
	var lines []string
	for i, row := range b.Rows {
		line := "|"
		for _, c := range row {
			line += " " + w.joined(c.Blocks, asMarkdown, "<br>") + " |"
		}
		if lines = append(lines, line); i == 0 {
			lines = append(lines, "|"+strings.Repeat(" --- |", len(row)))
		}
	}
	return strings.Join(lines, "\n")
}

// regular reports a table in which each row has the same cells, and those only lines.
func regular(rows [][]Cell) bool {
	for _, row := range rows {
		if len(row) != len(rows[0]) || len(row) < 2 || slices.ContainsFunc(row, func(c Cell) bool {
			return c.Columns > 1 || c.Rows > 1 || len(c.Blocks) > mostInCell ||
				slices.ContainsFunc(c.Blocks, func(b Block) bool { return b.Kind == Table || b.Kind == Item })
		}) {
			return false
		}
	}
	return true
}

// htmlTable writes a table with what the sanitiser lets through. No line is empty: that
// would end the HTML.
func (w *writer) htmlTable(rows [][]Cell) string {
	lines := []string{"<table>"}
	for i, row := range rows {
		name := "td"
		if i < headed(rows) {
			name = "th"
		}
		line := "<tr>"
		for _, c := range row {
			merged := spans("colspan", c.Columns) + spans("rowspan", c.Rows)
			line += "<" + name + merged + ">" + w.cell(c.Blocks) + "</" + name + ">"
		}
		lines = append(lines, line+"</tr>")
	}
	return strings.Join(append(lines, "</table>"), "\n")
}

// headed is how many rows are the head of a table: the first, with those below it into
// which its cells reach, if all that do not reach so far divide there.
func headed(rows [][]Cell) int {
	if len(rows) < 2 {
		return 0
	}
	most := 1
	for _, c := range rows[0] {
		most = max(most, c.Rows)
	}
	divides := func(c Cell) bool { return c.Rows == most || c.Columns > 1 && c.Rows == 1 }
	if most < len(rows) && slices.ContainsFunc(rows[0], func(c Cell) bool { return c.Columns > 1 }) &&
		!slices.ContainsFunc(rows[0], func(c Cell) bool { return !divides(c) }) {
		return most
	}
	return 1
}

func spans(attribute string, n int) string {
	if n < 2 {
		return ""
	}
	return fmt.Sprintf(` %s="%d"`, attribute, n)
}

// cell writes what stands in a cell of an HTML table.
func (w *writer) cell(blocks []Block) string {
	out := ""
	for len(blocks) > 0 {
		if blocks[0].Kind == Table {
			out += w.htmlTable(blocks[0].Rows)
			blocks = blocks[1:]
			continue
		}
		n := run(blocks, func(b Block) bool { return b.Kind != Table })
		out += w.joined(blocks[:n], asHTML, "<br>")
		blocks = blocks[n:]
	}
	return out
}
