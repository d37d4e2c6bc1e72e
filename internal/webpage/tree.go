package webpage

import (
	"bytes"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"qinglian/internal/diag"
	"qinglian/internal/pattern"
)

// What a page may be. The limits are far above what browsers save.
const (
	maxElements = 500_000
	maxText     = 4 << 20 // bytes of text: the longest article
	maxDepth    = 512     // elements in each other
	maxAttrs    = 1_000   // of one element
)

// node is an element with what is in it, or a text.
type node struct {
	name     string // "": a text
	text     string
	attrs    []html.Attribute
	children []*node
	letters  int // of the text in it that is shown
	prose    int // of those, the ones that are in no link and no menu
}

func (n *node) attr(name string) string {
	for _, a := range n.attrs {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func (n *node) has(name string) bool {
	return slices.ContainsFunc(n.attrs, func(a html.Attribute) bool { return a.Key == name })
}

// named reports an element with a class, or an id: .TRS_Editor, #zoom.
func (n *node) named(by string) bool {
	if by[0] == '#' {
		return strings.EqualFold(n.attr("id"), by[1:])
	}
	return slices.ContainsFunc(strings.Fields(n.attr("class")), func(class string) bool {
		return strings.EqualFold(class, by[1:])
	})
}

// all goes over an element and what is in it, in the order of the page.
func (n *node) all(yield func(*node) bool) bool {
	if !yield(n) {
		return false
	}
	for _, c := range n.children {
		if !c.all(yield) {
			return false
		}
	}
	return true
}

// first is the first element for which is says so; nil if there is none.
func (n *node) first(is func(*node) bool) (found *node) {
	n.all(func(n *node) bool {
		if n.name != "" && is(n) {
			found = n
		}
		return found == nil
	})
	return found
}

// parser makes elements of tags. It knows which ends people leave out, and never makes
// an element twice: what browsers do with tags that cross multiplies elements, which is
// how small pages are made to harm.
type parser struct {
	open     []*node // the page, and the elements in each other
	elements int
	text     int
	from     string // the address that the page was saved from
}

// savedFrom is the comment in which browsers write the address of a page.
var savedFrom = pattern.Of(`^\s*saved from url=\([0-9]*\)(\S+)`)

// parse makes elements of a page.
func parse(page []byte) (p *parser, refused diag.Text) {
	p = &parser{open: []*node{{name: "#page"}}}
	z := html.NewTokenizer(bytes.NewReader(page))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return p, refused
		}
		p.token(kind, z.Token())
		if p.elements > maxElements || p.text > maxText || len(p.open) > maxDepth {
			return nil, diag.Say("网页太复杂：超过 %d 个元素、%d MB 文字，或套了 %d 层以上",
				"the page is too complex: more than %d elements or %d MB of text, or more than %d in each other",
				maxElements, maxText>>20, maxDepth)
		}
	}
}

func (p *parser) token(kind html.TokenType, t html.Token) {
	switch kind {
	case html.TextToken:
		if !slices.Contains(code, p.innermost().name) {
			p.text += len(strings.TrimSpace(t.Data))
		}
		p.add(&node{text: t.Data})
	case html.StartTagToken, html.SelfClosingTagToken:
		p.start(t)
	case html.EndTagToken:
		p.end(t.Data)
	case html.CommentToken:
		if found := savedFrom().FindStringSubmatch(t.Data); found != nil && p.from == "" {
			p.from = found[1]
		}
	}
}

func (p *parser) innermost() *node { return p.open[len(p.open)-1] }

func (p *parser) add(n *node) {
	in := p.innermost()
	in.children = append(in.children, n)
}

// code are the elements whose text is none of the page: programs, and what only those
// see that run none.
var code = strings.Fields("script style noscript noembed noframes title")

// empty are the elements without an end.
var empty = strings.Fields("area base basefont bgsound br col embed frame hr image img input keygen link meta " +
	"param source track wbr")

func (p *parser) start(t html.Token) {
	p.elements++
	if p.innermost().name == "head" && !slices.Contains(heads, t.Data) {
		p.open = p.open[:len(p.open)-1]
	}
	p.imply(t.Data)
	if t.Data == "title" && p.isOpen("svg") {
		t.Data = "svg:title" // of a drawing, not of the page
	}
	n := &node{name: t.Data, attrs: t.Attr[:min(len(t.Attr), maxAttrs)]}
	p.add(n)
	foreign := strings.Contains(t.Data, ":") || p.isOpen("svg") || p.isOpen("math")
	if !(foreign && t.Type == html.SelfClosingTagToken) && !slices.Contains(empty, t.Data) {
		p.open = append(p.open, n)
	}
}

func (p *parser) isOpen(name string) bool {
	return slices.ContainsFunc(p.open, func(n *node) bool { return n.name == name })
}

// heads are the elements that the head of a page has.
var heads = append(strings.Fields("base basefont bgsound link meta template"), code...)

// implied are the elements that the beginning of another ends, and those in which it
// does so: the next cell ends a cell, but not the one around its table.
var implied = map[string]struct{ ends, within []string }{
	"li":     {[]string{"li"}, []string{"ul", "ol", "menu"}},
	"dt":     {[]string{"dt", "dd"}, []string{"dl"}},
	"dd":     {[]string{"dt", "dd"}, []string{"dl"}},
	"option": {[]string{"option"}, []string{"select", "datalist"}},
	"td":     {[]string{"td", "th", "caption"}, []string{"table"}},
	"th":     {[]string{"td", "th", "caption"}, []string{"table"}},
	"tr":     {[]string{"tr", "caption"}, []string{"table"}},
	"tbody":  {[]string{"tbody", "thead", "tfoot", "caption"}, []string{"table"}},
	"thead":  {[]string{"tbody", "thead", "tfoot", "caption"}, []string{"table"}},
	"tfoot":  {[]string{"tbody", "thead", "tfoot", "caption"}, []string{"table"}},
}

// cells are what a tag in them can't end anything outside of.
var cells = []string{"td", "th", "caption", "table", "button", "object"}

func (p *parser) imply(name string) {
	if blocks[name] {
		p.endNearest([]string{"p"}, cells)
	}
	if rule, ok := implied[name]; ok {
		p.endNearest(rule.ends, rule.within)
	}
}

// endNearest ends the innermost open element of some names, if none of others is
// farther in.
func (p *parser) endNearest(names, within []string) {
	for i := len(p.open) - 1; i > 0; i-- {
		switch name := p.open[i].name; {
		case slices.Contains(names, name):
			p.open = p.open[:i]
			return
		case slices.Contains(within, name):
			return
		}
	}
}

// ofTables are the parts of tables: their ends reach through cells.
var ofTables = strings.Fields("table tbody thead tfoot tr td th caption")

// end ends an element. An end without a beginning is nothing, but for that of a line.
func (p *parser) end(name string) {
	if name == "title" && p.innermost().name == "svg:title" {
		name = "svg:title"
	}
	within := cells
	switch {
	case name == "br":
		p.add(&node{name: name})
		return
	case slices.Contains(ofTables, name):
		within = []string{"table"}
	}
	p.endNearest([]string{name}, within)
}
