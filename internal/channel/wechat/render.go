package wechat

import (
	"fmt"
	"html"
	"slices"
	"strconv"
	"strings"

	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"qinglian/internal/display"
	"qinglian/internal/markdown"
	"qinglian/internal/site"
)

// writer writes the fragment of one page.
type writer struct {
	site    *site.Site
	page    *site.Page
	display *display.Display
	style   Style
	article *Article

	out        strings.Builder
	directives []markdown.Directive
	files      []*site.File          // of the pictures, by the numbers that stand for them
	pictures   map[*site.File]string // names
	codes      int                   // how many there are
	coded      map[string]bool       // addresses that have one
	notes      []note
	numbers    map[string]int // of the notes, by address
	chapters   int            // how many have a number, or unnumbered
	placed     string         // declarations that say where the paragraphs of a block stand
}

// The prose is filled with marks that the tree is read for: a directive is an
// element with its number, a picture's address the number of its file.
const directiveMark = "x-directive"

// fragment is the article's text with what stands above and below it.
func (w *writer) fragment() (string, error) {
	filled, err := w.page.Prose(site.Filling{
		Directive: func(d markdown.Directive, inner []byte) ([]byte, error) {
			w.directives = append(w.directives, d)
			return fmt.Appendf(nil, "<%s n=%d>%s</%[1]s>", directiveMark, len(w.directives)-1, inner), nil
		},
		Picture: func(out []byte, f *site.File) []byte {
			w.files = append(w.files, f)
			return fmt.Appendf(out, ` src="%d"`, len(w.files)-1)
		},
	})
	if err != nil {
		return "", err
	}
	around := &nethtml.Node{Type: nethtml.ElementNode, Data: "section", DataAtom: atom.Section}
	nodes, err := nethtml.ParseFragment(strings.NewReader(filled), around)
	if err != nil {
		return "", err
	}
	for _, n := range nodes {
		around.AppendChild(n) // so that each knows the next
	}
	front := w.front()
	w.open("section", "article")
	w.open("section", "body") // padding, which the outermost element would lose
	w.opening(&front)
	w.countChapters(nodes)
	w.blocks(nodes)
	w.closing(&front)
	w.endMark()
	w.links()
	w.ending(&front)
	w.past()
	w.follow()
	w.close("section")
	w.close("section")
	return lean(w.out.String())
}

func (w *writer) write(parts ...string) {
	for _, s := range parts {
		w.out.WriteString(s)
	}
}

func (w *writer) open(element, role string) { w.styled(element, w.style[role]) }

func (w *writer) styled(element, style string) {
	w.write("<", element)
	if style != "" {
		w.write(` style="`, html.EscapeString(strings.TrimSuffix(style, ";")), `"`)
	}
	w.write(">")
}

func (w *writer) close(element string) { w.write("</", element, ">") }

// text writes an element in a role with a text in it.
func (w *writer) text(element, role, text string) {
	w.open(element, role)
	w.write(html.EscapeString(text))
	w.close(element)
}

// children are the nodes inside a node.
func children(n *nethtml.Node) (all []*nethtml.Node) {
	for c := range n.ChildNodes() {
		all = append(all, c)
	}
	return all
}

// isBlock are the elements that stand on lines of their own.
var isBlock = []string{"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "pre", "blockquote",
	"table", "hr", "section", "div",
	"figure", "figcaption", "details", "summary", "center", "img", directiveMark}

func block(n *nethtml.Node) bool {
	if n.Type != nethtml.ElementNode {
		return false
	}
	if slices.Contains(isBlock, n.Data) {
		return true
	}
	for c := range n.ChildNodes() { // a link around a picture
		if block(c) {
			return true
		}
	}
	return false
}

// blocks writes nodes one below the other; what stands between two blocks is a
// paragraph.
func (w *writer) blocks(nodes []*nethtml.Node) { w.blocksIn(nodes, "paragraph") }

func (w *writer) blocksIn(nodes []*nethtml.Node, role string) {
	for len(nodes) > 0 {
		n := 0
		for n < len(nodes) && !block(nodes[n]) {
			n++
		}
		w.paragraph(nodes[:n], role)
		if n < len(nodes) {
			w.block(nodes[n], role)
			n++
		}
		nodes = nodes[n:]
	}
}

// paragraph writes a run of text, if it says anything.
func (w *writer) paragraph(run []*nethtml.Node, role string) {
	if !slices.ContainsFunc(run, says) {
		return
	}
	w.styled("p", w.style[role]+w.placed)
	w.inlines(run)
	w.close("p")
}

// says reports whether a part of a run shows anything.
func says(n *nethtml.Node) bool { return strings.TrimSpace(words(n)) != "" || n.Data == "input" }

// words is the text in a node.
func words(n *nethtml.Node) string {
	if n.Type == nethtml.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := range n.ChildNodes() {
		b.WriteString(words(c))
	}
	return b.String()
}

func (w *writer) block(n *nethtml.Node, role string) {
	inner := children(n)
	switch n.Data {
	case "img":
		w.picture(n)
	case "h1", "h2":
		w.chapter(inner)
	case "h3":
		w.heading(inner, "h3")
	case "h4", "h5", "h6", "dt", "summary":
		w.heading(inner, "h4")
	case "ul", "ol":
		w.list(n)
	case "blockquote":
		w.quote(inner)
	case "pre":
		w.code(words(n))
	case "table":
		w.table(n)
	case "hr":
		w.open("section", "rule")
		w.write("<br></section>")
	case "figcaption":
		w.paragraph(inner, "caption")
	case "a":
		w.linked(n, role)
	case directiveMark:
		w.directive(n)
	case "section":
		if attribute(n, "class") == "footnotes" {
			w.footnotes(n)
			return
		}
		w.blocksIn(inner, role)
	default:
		w.prose(n, role)
	}
}

func (w *writer) heading(inner []*nethtml.Node, role string) {
	w.styled("p", w.style[role]+w.placed)
	w.inlines(inner)
	w.close("p")
}

// quote writes a quotation. One that is a paragraph needs none in it: what is said of
// its text, the quotation says.
func (w *writer) quote(inner []*nethtml.Node) {
	inner = slices.DeleteFunc(inner, func(n *nethtml.Node) bool { return n.Type == nethtml.TextNode && !says(n) })
	text, ok := saying(w.style["quote-text"])
	if len(inner) != 1 || inner[0].Data != "p" || slices.ContainsFunc(children(inner[0]), block) || w.placed != "" ||
		!ok {
		w.open("blockquote", "quote")
		w.blocksIn(inner, "quote-text")
		w.close("blockquote")
		return
	}
	w.styled("blockquote", w.style["quote"]+";"+text)
	w.inlines(children(inner[0]))
	w.close("blockquote")
}

// code keeps its lines and its spaces: those that a browser would take for one. A
// single space may end a line.
func (w *writer) code(text string) {
	w.open("section", "pre")
	w.open("p", "pre-text")
	for i, line := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		if i > 0 {
			w.write("<br>")
		}
		w.write(kept(html.EscapeString(strings.ReplaceAll(line, "\t", "    "))))
	}
	w.write("</p></section>")
}

// kept is a line whose spaces stay: at its beginning and end, and all but the last
// where there are several.
func kept(line string) string {
	words := strings.TrimLeft(line, " ")
	b := strings.Repeat("&nbsp;", len(line)-len(words))
	for {
		word, rest, more := strings.Cut(words, " ")
		b += word
		if !more {
			return b
		}
		words = strings.TrimLeft(rest, " ")
		b += strings.Repeat("&nbsp;", len(rest)-len(words))
		if words == "" {
			return b
		}
		b += " "
	}
}

// footnotes are given as notes of the author's, apart from the links.
func (w *writer) footnotes(n *nethtml.Node) {
	w.text("p", "notes", "注释")
	number := 0
	for list := range n.ChildNodes() {
		for item := range list.ChildNodes() {
			if item.Data != "li" {
				continue
			}
			number++
			w.open("p", "note")
			w.write("注" + strconv.Itoa(number) + "　")
			for i, part := range children(item) {
				if i > 0 && part.Data == "p" {
					w.write("<br>")
				}
				w.inlines([]*nethtml.Node{part})
			}
			w.close("p")
		}
	}
}

func attribute(n *nethtml.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
