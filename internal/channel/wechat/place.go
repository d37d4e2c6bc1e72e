package wechat

import (
	"slices"
	"strings"

	nethtml "golang.org/x/net/html"
)

// Where lines stand is their meaning, whatever the style: the dialect's own blocks
// and a salutation are classes on the site and declarations here.
const (
	unindented = ";text-indent:0"
	inMiddle   = unindented + ";text-align:center"
	atRight    = unindented + ";text-align:right"
	ofName     = inMiddle + ";margin:0" // a line of a signature
)

// places reports one of the dialect's own blocks.
func places(n *nethtml.Node) bool {
	return n.Data == "div" && slices.Contains([]string{"center", "right", "signature"}, attribute(n, "class"))
}

// prose writes an element that is a frame, or a paragraph, around what it holds.
func (w *writer) prose(n *nethtml.Node, role string) {
	placed := w.placed
	defer func() { w.placed = placed }()
	switch class := attribute(n, "class"); {
	case n.Data == "p" && class == "salutation":
		w.placed += unindented
	case n.Data == "p" && class == "lines" && strings.Contains(w.style[role], indented):
		w.placed += ";padding-left:2em" + unindented // all of its lines stand in, not the first alone
	case !places(n):
	case class == "center":
		w.placed = inMiddle
	case class == "right":
		w.placed = atRight
	default:
		w.signature(children(n), role)
		return
	}
	w.blocksIn(children(n), role)
}

// signature stands two characters from the right edge, its lines centred on each
// other: a box that is as wide as they are, in one that puts it at the right.
func (w *writer) signature(inner []*nethtml.Node, role string) {
	w.placed = ofName
	w.styled("section", "margin:24px 0;padding:0 2em 0 0;text-align:right")
	w.styled("section", "display:inline-block;text-align:center")
	w.blocksIn(inner, role)
	w.close("section")
	w.close("section")
}
