package webpage

import (
	"strconv"
	"strings"

	"qinglian/internal/manuscript"
)

// mostSpanned is how many columns or rows a cell may span: a page shows no more.
const mostSpanned = 1000

// table reads a table. What stands in it beside its cells stands in front of it, where
// browsers show it.
func (r *reader) table(n *node, l look) {
	t := manuscript.Block{Kind: manuscript.Table}
	cell := look{kept: l.kept, link: l.link}
	r.rows(n, cell, &t)
	if len(t.Rows) > 0 {
		r.blocks = append(r.blocks, t)
	}
}

func (r *reader) rows(n *node, l look, t *manuscript.Block) {
	for _, c := range n.children {
		switch {
		case c.name == "" && strings.TrimSpace(c.text) == "":
		case c.name == "tbody" || c.name == "thead" || c.name == "tfoot":
			if hidden(c) {
				r.omit(manuscript.Hidden, c)
				continue
			}
			r.rows(c, l.within(c), t)
		case c.name == "tr" && !hidden(c):
			t.Rows = append(t.Rows, r.row(c, l.within(c)))
		default:
			r.flow(&node{children: []*node{c}}, l)
			r.flush(l)
		}
	}
}

func (r *reader) row(n *node, l look) (cells []manuscript.Cell) {
	for _, c := range n.children {
		if (c.name != "td" && c.name != "th") || hidden(c) {
			r.flow(&node{children: []*node{c}}, l)
			r.flush(l)
			continue
		}
		columns, rows := spanned(c, "colspan"), spanned(c, "rowspan")
		cells = append(cells, manuscript.Cell{Columns: columns, Rows: rows, Blocks: r.cell(c, l)})
	}
	return cells
}

// cell reads the blocks of a cell. Where its lines stand is the theme's.
func (r *reader) cell(n *node, l look) []manuscript.Block {
	outer := r.blocks
	r.blocks = nil
	inside := l.within(n)
	r.background(n)
	r.flow(n, inside)
	r.flush(inside)
	blocks := r.blocks
	r.blocks = outer
	return blocks
}

func spanned(n *node, attr string) int {
	count, err := strconv.Atoi(strings.TrimSpace(n.attr(attr)))
	if err != nil || count < 1 {
		return 1
	}
	return min(count, mostSpanned)
}
