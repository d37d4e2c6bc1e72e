package markdown

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
)

func (r *renderer) heading(n *ast.Heading) {
	tag := "h" + strconv.Itoa(n.Level)
	if r.plain {
		r.within(n, "<"+tag+">", "</"+tag+">")
		return
	}
	r.headings++
	title := strings.TrimSpace(words(n, r.source))
	a := Anchor{ID: givenID(n), Alias: "s" + strconv.Itoa(r.headings), Title: title, Level: n.Level}
	named := headingID(title)
	if c, ok := clauseAt(title); ok && r.clauses {
		named, a.Alias, a.Clause = c.name, c.alias, true
	}
	if a.ID == "" {
		a.ID = named
	}
	excerpt := len(r.excerpt)
	r.startAnchored(tag, r.anchor(a))
	r.within(n, "", "</"+tag+">")
	r.excerpt = r.excerpt[:excerpt] // headings are no part of a summary
	r.last = 0
}

// paragraph writes a paragraph; one that begins with the number of a clause is
// an anchor.
func (r *renderer) paragraph(n *ast.Paragraph) {
	if c, ok := clauseAt(strings.TrimSpace(words(n, r.source))); ok && r.clauses {
		r.startAnchored("p", r.anchor(Anchor{ID: c.name, Alias: c.alias, Title: c.name, Clause: true}))
	} else {
		r.write("<p>")
	}
	r.within(n, "", "</p>")
	r.last = 0
}
