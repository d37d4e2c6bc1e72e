package docx

import (
	"strconv"

	"qinglian/internal/manuscript"
	"qinglian/internal/ooxml"
)

// blocks reads what stands in a part, a cell or a box.
func (r *reader) blocks(n *node) (blocks []manuscript.Block) {
	for _, c := range n.Children {
		switch c.Name {
		case "w:p":
			blocks = append(blocks, r.paragraph(c))
		case "w:tbl":
			blocks = append(blocks, r.table(c))
		case "w:del", "w:moveFrom":
			r.removed(c)
		case "w:altChunk":
			r.leave(manuscript.Omission{Why: manuscript.Embedded, What: r.target(c.Attr("r:id"))})
		case "mc:AlternateContent":
			r.alternate(c, func(chosen *node) { blocks = append(blocks, r.blocks(chosen)...) })
		case "w:r", "w:hyperlink", "w:fldSimple", "m:oMath", "m:oMathPara", "w:drawing", "w:pict":
			blocks = append(blocks, r.paragraph(&node{Name: "w:p", Children: []*node{c}}))
		default: // w:sdt, w:ins, w:customXml, and what nobody has heard of
			if ooxml.HoldsText(c.Name) {
				blocks = append(blocks, r.paragraph(&node{Name: "w:p", Children: []*node{c}}))
				continue
			}
			blocks = append(blocks, r.blocks(c)...)
		}
	}
	return blocks
}

// paragraph reads one, with the number that it shows.
func (r *reader) paragraph(n *node) manuscript.Block {
	properties := n.Child("w:pPr")
	l := r.styles.paragraph(properties)
	outer := r.line
	r.line = line{last: outer.end()}
	r.inline(n, l)
	b := manuscript.Block{Align: l.align, Indented: l.indented && l.number == "", Spans: r.line.spans}
	last := r.line.end()
	if r.line = outer; last != "" {
		r.line.last = last
	}
	switch {
	case l.title:
		b.Kind = manuscript.Title
	case l.level > 0 && l.level < body:
		b.Kind, b.Level = manuscript.Heading, l.level
	case l.caption:
		b.Kind = manuscript.Caption
	}
	if deleted := properties.Child("w:rPr").Child("w:del") != nil; l.number != "" && l.number != "0" && !deleted {
		r.number(&b, l)
	}
	if b.Kind == manuscript.Heading || b.Kind == manuscript.Title {
		for i := range b.Spans {
			b.Spans[i].Bold = false // it is bold as a whole
		}
	}
	return b
}

// number writes a paragraph's number in front of it, or makes it an item. One in which
// nothing stands counts, too.
func (r *reader) number(b *manuscript.Block, l look) {
	if !l.deep {
		l.depth = r.numbers.depth(l.number, l.style)
	}
	shown, bullet := r.numbers.next(l.number, l.depth)
	switch {
	case len(b.Spans) == 0:
	case bullet && b.Kind == manuscript.Paragraph:
		b.Kind, b.Level, b.Align = manuscript.Item, l.depth, manuscript.Left
	case shown != "":
		number := manuscript.Span{Text: shown, Made: true, Bold: b.Spans[0].Bold}
		b.Spans = append([]manuscript.Span{number}, b.Spans...)
	}
}

// most is how many columns or rows a cell may span: a page shows no more.
const most = 1000

// table reads a table. A cell that goes on from above belongs to that one.
func (r *reader) table(n *node) manuscript.Block {
	t := table{reader: r, above: map[int]*manuscript.Cell{}}
	t.rows(n)
	out := manuscript.Block{Kind: manuscript.Table}
	for _, row := range t.all {
		cells := make([]manuscript.Cell, 0, len(row))
		for _, c := range row {
			cells = append(cells, *c)
		}
		out.Rows = append(out.Rows, cells)
	}
	return out
}

type table struct {
	*reader
	all   [][]*manuscript.Cell
	above map[int]*manuscript.Cell // the cell that may go on, by its first column
}

func (t *table) rows(n *node) {
	for _, c := range n.Children {
		switch c.Name {
		case "w:tr":
			t.row(c)
		case "w:tblPr", "w:tblGrid":
			t.omit(manuscript.Unread, "", c) // there is no text in them
		default:
			t.rows(c)
		}
	}
}

func (t *table) row(n *node) {
	if del := n.Child("w:trPr").Child("w:del"); del != nil {
		t.omit(manuscript.Deleted, del.Attr("author"), n)
		return
	}
	column := count(n.Child("w:trPr").Value("w:gridBefore"), 0)
	var row []*manuscript.Cell
	goesOn := map[*manuscript.Cell]bool{}
	t.cells(n, func(c *node) {
		properties := c.Child("w:tcPr")
		columns := count(properties.Value("w:gridSpan"), 1)
		merge := properties.Child("w:vMerge")
		blocks := t.blocks(c)
		switch above := t.above[column]; {
		case merge != nil && merge.Attr("val") != "restart" && above != nil && above.Columns == columns:
			above.Blocks = append(above.Blocks, blocks...)
			if !goesOn[above] {
				above.Rows = min(above.Rows+1, most)
				goesOn[above] = true
			}
		default:
			cell := &manuscript.Cell{Columns: columns, Rows: 1, Blocks: blocks}
			row = append(row, cell)
			delete(t.above, column)
			if merge != nil {
				t.above[column] = cell
			}
		}
		column += columns
	})
	t.all = append(t.all, row)
}

func (t *table) cells(n *node, read func(*node)) {
	for _, c := range n.Children {
		switch c.Name {
		case "w:tc":
			read(c)
		case "w:trPr", "w:tblPrEx":
			t.omit(manuscript.Unread, "", c)
		default:
			t.cells(c, read)
		}
	}
}

func count(s string, otherwise int) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		return otherwise
	}
	return min(n, most)
}
