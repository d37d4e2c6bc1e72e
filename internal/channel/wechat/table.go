package wechat

import (
	"html"
	"slices"

	nethtml "golang.org/x/net/html"
)

func (w *writer) table(n *nethtml.Node) {
	for c := range n.ChildNodes() {
		if c.Data == "caption" {
			w.paragraph(children(c), "caption")
		}
	}
	w.open("section", "scroll")
	w.open("table", "table")
	w.write("<tbody>")
	w.rows(n)
	w.write("</tbody></table></section>")
}

func (w *writer) rows(n *nethtml.Node) {
	for c := range n.ChildNodes() {
		switch c.Data {
		case "thead", "tbody", "tfoot":
			w.rows(c)
		case "tr":
			w.write("<tr>")
			for cell := range c.ChildNodes() {
				if cell.Data == "td" || cell.Data == "th" {
					w.cell(cell)
				}
			}
			w.write("</tr>")
		}
	}
}

// cell: how it is aligned is a class on the site.
func (w *writer) cell(n *nethtml.Node) {
	style := w.style[n.Data]
	for _, align := range []string{"center", "right"} {
		if attribute(n, "class") == align {
			style += ";text-align:" + align
		}
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
