package wechat

import (
	"html"
	"slices"
	"strings"

	"qinglian/internal/pattern"

	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// lean is a fragment that looks the same and is shorter, since WeChat counts tags as
// text. What all children of an element say of an inherited property, the element says
// for them; neighbours that say the same get a section around them that does; what is
// inherited anyway is not said again. It goes by what is written, so no part of the
// writer has to think of its surroundings.
func lean(fragment string) (string, error) {
	nodes, err := nethtml.ParseFragment(strings.NewReader(fragment),
		&nethtml.Node{Type: nethtml.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, n := range nodes {
		e := nodeOf(n)
		e.hoist()
		e.prune(inherited{"font-style": "normal", "font-weight": "normal", "text-indent": "0"})
		e.group()
		e.write(&b)
	}
	return b.String(), nil
}

// node is an element with its declarations, or a text, which has no name.
type node struct {
	name, text   string
	attributes   []nethtml.Attribute // beside style
	declarations []declaration
	children     []*node
}

type declaration struct{ name, value string }

// inherited are the declarations that hold for what stands in an element. An empty
// value is one that nobody knows: WeChat's own style sheet says something of it.
type inherited map[string]string

// passed are the properties that are inherited.
var passed = []string{"color", "font-family", "font-size", "font-style", "font-weight", "line-height",
	"letter-spacing", "text-align", "text-indent", "word-break"}

// own are what elements are without being told. Empty values are those of WeChat's
// style sheet, which are not known for sure: they are always written.
var own = map[string]inherited{
	"strong":     {"font-weight": "bold"},
	"em":         {"font-style": "italic"},
	"a":          {"color": "", "text-decoration": ""},
	"blockquote": {"color": "", "font-size": "", "line-height": ""},
	"table":      {"text-indent": ""},
	"th":         {"font-weight": "", "text-align": "", "word-break": ""},
	"td":         {"word-break": ""},
}

func nodeOf(n *nethtml.Node) *node {
	if n.Type != nethtml.ElementNode {
		return &node{text: n.Data}
	}
	e := &node{name: n.Data}
	for _, a := range n.Attr {
		if a.Key == "style" {
			e.declarations = declarationsOf(a.Val)
		} else {
			e.attributes = append(e.attributes, a)
		}
	}
	for c := range n.ChildNodes() {
		e.children = append(e.children, nodeOf(c))
	}
	return e
}

// declarationsOf are those of a style, each once: the last counts.
func declarationsOf(style string) (all []declaration) {
	for part := range strings.SplitSeq(style, ";") {
		name, value, ok := strings.Cut(part, ":")
		if !ok {
			continue
		}
		d := declaration{strings.TrimSpace(name), shortened(strings.TrimSpace(value))}
		all = slices.DeleteFunc(all, func(other declaration) bool { return other.name == d.name })
		all = append(all, d)
	}
	return all
}

var sixDigits = pattern.Of(`#[0-9a-fA-F]{6}\b`)

// shortened writes #aabbcc as #abc.
func shortened(value string) string {
	return sixDigits().ReplaceAllStringFunc(value, func(c string) string {
		if c[1] == c[2] && c[3] == c[4] && c[5] == c[6] {
			return string([]byte{'#', c[1], c[3], c[5]})
		}
		return c
	})
}

func (e *node) value(name string) string {
	for _, d := range e.declarations {
		if d.name == name {
			return d.value
		}
	}
	return ""
}

func (e *node) drop(name string) {
	e.declarations = slices.DeleteFunc(e.declarations, func(d declaration) bool { return d.name == name })
}

// blockNames are the elements that lines do not run through.
var blockNames = []string{"section", "p", "blockquote", "table", "tbody", "tr", "th", "td"}

// stands reports whether the element is a block.
func (e *node) stands() bool {
	return slices.Contains(blockNames, e.name) && e.value("display") != "inline-block"
}

// relative are values that are measured by the font's size.
var relative = pattern.Of(`[0-9](?:em|%)`)

// hoist moves up what all children say. An element that has lines of its own keeps
// its declarations: they would change the lines.
func (e *node) hoist() {
	for _, c := range e.children {
		c.hoist()
	}
	if len(e.children) == 0 || slices.ContainsFunc(e.children, func(c *node) bool { return !c.stands() }) {
		return
	}
	for _, name := range passed {
		if value := e.common(name); value != "" {
			e.drop(name)
			e.declarations = append(e.declarations, declaration{name, value})
			for _, c := range e.children {
				c.drop(name)
			}
		}
	}
}

// common is what all children say of a property, if it may be said above them.
func (e *node) common(name string) string {
	value := e.children[0].value(name)
	if name == "font-size" && relative().MatchString(value) {
		return ""
	}
	for _, c := range e.children {
		_, special := own[c.name][name]
		if special || c.value(name) != value || relative().MatchString(value) && c.value("font-size") != "" {
			return ""
		}
	}
	measures := func(d declaration) bool { return relative().MatchString(d.value) }
	if name == "font-size" && slices.ContainsFunc(e.declarations, measures) {
		return ""
	}
	return value
}

// prune drops what is inherited.
func (e *node) prune(from inherited) {
	here := inherited{}
	for _, name := range passed {
		here[name] = from[name]
		if value, special := own[e.name][name]; special {
			here[name] = value
		}
	}
	if size := e.value("font-size"); size != "" && size != from["font-size"] {
		for name, value := range here { // it was measured by another size
			if relative().MatchString(value) {
				here[name] = ""
			}
		}
	}
	for _, d := range slices.Clone(e.declarations) {
		switch {
		case !slices.Contains(passed, d.name):
		case d.value == here[d.name] && !(d.name == "font-size" && relative().MatchString(d.value)):
			e.drop(d.name)
		default:
			here[d.name] = d.value
		}
	}
	for _, c := range e.children {
		c.prune(here)
	}
}

// group puts a section around neighbours that say the same, where that is shorter.
func (e *node) group() {
	for _, c := range e.children {
		c.group()
	}
	if !slices.Contains([]string{"section", "blockquote", "td", "th"}, e.name) {
		return
	}
	var grouped []*node
	for at := 0; at < len(e.children); {
		run := e.alike(at)
		first := e.children[at]
		if said := first.passes(); (len(run)-1)*len(said) > len(`<section style=""></section>`) {
			around := &node{name: "section", declarations: declarationsOf(said), children: run}
			for _, c := range run {
				for _, d := range around.declarations {
					c.drop(d.name)
				}
			}
			grouped = append(grouped, around)
		} else {
			grouped = append(grouped, run...)
		}
		at += len(run)
	}
	e.children = grouped
}

// alike are the children from one on that say the same of what is inherited.
func (e *node) alike(at int) []*node {
	said, end := e.children[at].passes(), at+1
	for said != "" && end < len(e.children) && e.children[end].passes() == said {
		end++
	}
	return e.children[at:end]
}

// passes is what a block says of inherited properties, apart from what is measured by
// a font of its own and what its element is anyway.
func (e *node) passes() string {
	if !e.stands() {
		return ""
	}
	var said []string
	for _, d := range e.declarations {
		_, special := own[e.name][d.name]
		measured := relative().MatchString(d.value) && e.value("font-size") != ""
		if slices.Contains(passed, d.name) && !special && !measured {
			said = append(said, d.name+":"+d.value)
		}
	}
	return strings.Join(said, ";")
}

// saying is what a style says of text; ok is false if it says more than that and how
// far the next block is.
func saying(style string) (text string, ok bool) {
	e := node{name: "section", declarations: declarationsOf(style)}
	e.drop("margin")
	text = e.passes()
	return text, strings.Count(text, ":") == len(e.declarations)
}

func (e *node) write(b *strings.Builder) {
	if e.name == "" {
		b.WriteString(strings.ReplaceAll(html.EscapeString(e.text), "\u00a0", "&nbsp;"))
		return
	}
	var style []string
	for _, d := range e.declarations {
		style = append(style, d.name+":"+d.value)
	}
	bare := e.name == "span" && style == nil && e.attributes == nil
	if !bare {
		b.WriteString("<" + e.name)
		for _, a := range e.attributes {
			b.WriteString(" " + a.Key + `="` + html.EscapeString(a.Val) + `"`)
		}
		if style != nil {
			b.WriteString(` style="` + html.EscapeString(strings.Join(style, ";")) + `"`)
		}
		b.WriteString(">")
	}
	for _, c := range e.children {
		c.write(b)
	}
	if !bare && e.name != "br" && e.name != "img" {
		b.WriteString("</" + e.name + ">")
	}
}
