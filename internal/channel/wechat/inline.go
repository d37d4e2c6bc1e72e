package wechat

import (
	"cmp"
	"html"
	"strings"

	nethtml "golang.org/x/net/html"
)

// inlines writes nodes of a run of text.
func (w *writer) inlines(nodes []*nethtml.Node) {
	for _, n := range nodes {
		w.inline(n)
	}
}

// line is a text on one line: a break of the source is a space inside of a run
// and nothing at its edges and beside a <br>.
func line(n *nethtml.Node) string {
	text := n.Data
	if n.PrevSibling == nil || n.PrevSibling.Data == "br" || block(n.PrevSibling) {
		text = strings.TrimLeft(text, "\n")
	}
	if n.NextSibling == nil || n.NextSibling.Data == "br" || block(n.NextSibling) {
		text = strings.TrimRight(text, "\n")
	}
	return strings.ReplaceAll(text, "\n", " ")
}

// as are the elements that a role of the style stands for.
var as = map[string]struct{ element, role string }{
	"strong": {"strong", "strong"}, "b": {"strong", "strong"},
	"em": {"em", "em"}, "i": {"em", "em"}, "cite": {"em", "em"}, "dfn": {"em", "em"}, "var": {"em", "em"},
	"del": {"span", "del"}, "s": {"span", "del"}, "mark": {"span", "mark"},
	"code": {"span", "code"}, "kbd": {"span", "code"}, "samp": {"span", "code"}, "small": {"span", "small"},
}

// fixed are the elements whose look is their meaning.
var fixed = map[string]string{
	"sup": "font-size:12px;vertical-align:super", "sub": "font-size:12px;vertical-align:sub",
	"u": "text-decoration:underline", "ins": "text-decoration:underline",
}

func (w *writer) inline(n *nethtml.Node) {
	if n.Type == nethtml.TextNode {
		text := line(n)
		if back := n.NextSibling; back != nil && attribute(back, "role") == "doc-backlink" {
			text = strings.TrimRight(text, " \u00a0")
		}
		w.write(html.EscapeString(text))
		return
	}
	if n.Type != nethtml.ElementNode {
		return
	}
	inner := children(n)
	if to, ok := as[n.Data]; ok {
		w.open(to.element, to.role)
		w.inlines(inner)
		w.close(to.element)
		return
	}
	if style, ok := fixed[n.Data]; ok {
		w.styled("span", style)
		w.inlines(inner)
		w.close("span")
		return
	}
	switch n.Data {
	case "br":
		w.write("<br>")
	case "img": // in a heading, beside a figure: where no block can stand
		if f, ok := w.fileOf(n); ok {
			w.img(w.named(f), attribute(n, "alt"), w.natural(f))
		}
	case "a":
		w.link(n)
	case "input":
		box := "☐"
		for _, a := range n.Attr {
			if a.Key == "checked" {
				box = "☑"
			}
		}
		w.write(box)
	case "rt":
		w.write("（")
		w.inlines(inner)
		w.write("）")
	case "rp":
	case "q":
		w.write("“")
		w.inlines(inner)
		w.write("”")
	default:
		w.inlines(inner)
	}
}

// inPlace reports whether a link leads nowhere else than on the page.
func inPlace(href string) bool { return href == "" || strings.HasPrefix(href, "#") }

// linked writes what a link is around, such as a picture, and below it where it
// leads.
func (w *writer) linked(n *nethtml.Node, role string) {
	w.blocksIn(children(n), role)
	href := attribute(n, "href")
	title := strings.TrimSpace(words(n))
	for img := range n.Descendants() {
		title = cmp.Or(title, attribute(img, "alt"))
	}
	to := w.lead(href)
	if inPlace(href) || to == (lead{}) {
		return
	}
	w.open("p", "caption")
	if to.within != "" {
		w.linkedText(cmp.Or(title, to.within), to)
	} else {
		w.write("链接")
		w.noted(cmp.Or(title, to.address), to)
	}
	w.close("p")
}

// link writes what WeChat keeps of a link, and notes the others.
func (w *writer) link(n *nethtml.Node) {
	href := attribute(n, "href")
	inner := children(n)
	switch {
	case attribute(n, "role") == "doc-backlink":
	case attribute(n, "role") == "doc-noteref":
		w.write("注")
		w.inlines(inner)
	case inPlace(href):
		w.inlines(inner)
	case strings.HasPrefix(href, "tel:"), strings.HasPrefix(href, "mailto:"):
		w.inlines(inner)
		_, value, _ := strings.Cut(href, ":")
		if said := strings.TrimSpace(words(n)); said != value {
			w.write(html.EscapeString("（" + value + "）"))
		}
	default:
		w.led(w.lead(href), strings.TrimSpace(words(n)), func() { w.inlines(inner) })
	}
}

// anchor opens a link that WeChat keeps.
func (w *writer) anchor(href string) {
	w.write(`<a href="`, html.EscapeString(href), `"`)
	if style := w.style["link"]; style != "" {
		w.write(` style="`, html.EscapeString(style), `"`)
	}
	w.write(">")
}
