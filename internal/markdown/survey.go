package markdown

import "github.com/yuin/goldmark/ast"

// survey looks at a syntax tree before it is written, once: it reports the near
// misses in its prose, mends pictures behind ！, and finds the ids that the author
// gave to blocks, which an alias of an earlier heading must not take.
func (r *renderer) survey(n ast.Node) {
	if n.Type() == ast.TypeBlock {
		r.surveyed = n
		if id := givenID(n); id != "" {
			r.given[id] = true
		}
		r.widePicture(n)
		if !n.IsRaw() {
			r.nearLines(n)
		}
	}
	r.nearLinks(n)
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Link, *ast.CodeSpan, *ast.Image, *ast.AutoLink, *ast.Text:
		default:
			r.survey(c)
		}
	}
}
