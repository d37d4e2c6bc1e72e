package docx

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"

	"qinglian/internal/diag"
)

// node is an element with what is in it. Its name has the prefix that documents use as
// a rule, whatever prefix this one uses, and whichever of the two dialects it is in.
type node struct {
	name     string
	attrs    []attribute
	children []*node
	text     []byte // of an element that holds text, or a field's instruction
}

type attribute struct{ name, value string }

// prefixes are the namespaces by how they end: transitional and strict names differ in
// how they begin.
var prefixes = map[string]string{
	"wordprocessingml/2006/main": "w", "wordprocessingml/main": "w",
	"officeDocument/2006/relationships": "r", "officeDocument/relationships": "r",
	"officeDocument/2006/math": "m", "officeDocument/math": "m",
	"drawingml/2006/main": "a", "drawingml/main": "a",
	"drawingml/2006/wordprocessingDrawing": "wp", "drawingml/wordprocessingDrawing": "wp",
	"drawingml/2006/chart": "c", "drawingml/chart": "c",
	"markup-compatibility/2006": "mc",
}

// prefix is the prefix of a namespace; "x" for one that is not known. Attributes of the
// document's own parts have none in most.
func prefix(space string) string {
	switch space {
	case "":
		return ""
	case "urn:schemas-microsoft-com:vml":
		return "v"
	case "urn:schemas-microsoft-com:office:office":
		return "o"
	}
	for _, base := range []string{"http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/"} {
		if known, ok := prefixes[strings.TrimPrefix(space, base)]; ok {
			return known
		}
	}
	return "x"
}

// holdsText reports an element whose characters are text of a document, in whichever
// namespace.
func holdsText(name string) bool {
	return name == "c:v" || strings.HasSuffix(name, ":t") || strings.HasSuffix(name, ":delText")
}

// tree parses a part; nil if there is none.
func (a *archive) tree(name string) (root *node, refused diag.Text) {
	content, refused := a.content(name)
	if content == nil {
		return nil, refused
	}
	p := parser{archive: a, in: xml.NewDecoder(bytes.NewReader(content))}
	root, ok := p.parse()
	switch {
	case p.tooMuch:
		return nil, diag.Say("“%s”太复杂：超过 %d 个元素、%d MB 文字，或套了 %d 层以上",
			"%q is too complex: more than %d elements or %d MB of text, or more than %d elements in each other",
			name, maxElements, maxText>>20, maxDepth)
	case !ok:
		return nil, diag.Say("文件坏了：“%s”读不懂；用 Word 或 WPS 打开，“另存为”.docx",
			"the file is broken: %q can't be understood; open it with Word or WPS and save it as .docx", name)
	}
	return root, refused
}

type parser struct {
	*archive
	in      *xml.Decoder
	ways    int // that are open
	tooMuch bool
}

func (p *parser) parse() (root *node, ok bool) {
	top := &node{}
	open := []*node{top}
	for {
		token, err := p.in.Token()
		if err == io.EOF {
			return first(top), len(open) == 1 && len(top.children) == 1
		}
		if err != nil {
			return nil, false
		}
		switch token := token.(type) {
		case xml.StartElement:
			n := element(token)
			if n.name == "mc:AlternateContent" {
				p.ways++
			}
			if p.elements++; p.elements > maxElements || len(open) > maxDepth || p.ways > maxWays {
				p.tooMuch = true
				return nil, false
			}
			parent := open[len(open)-1]
			parent.children = append(parent.children, n)
			open = append(open, n)
		case xml.EndElement:
			if open[len(open)-1].name == "mc:AlternateContent" {
				p.ways--
			}
			open = open[:len(open)-1]
		case xml.CharData:
			n := open[len(open)-1]
			if !holdsText(n.name) && n.name != "w:instrText" {
				continue
			}
			n.text = append(n.text, token...)
			if p.text += len(token); p.text > maxText {
				p.tooMuch = true
				return nil, false
			}
		case xml.Directive:
			return nil, false // entities of its own: no program writes them
		}
	}
}

func first(top *node) *node {
	if len(top.children) == 0 {
		return nil
	}
	return top.children[0]
}

func element(start xml.StartElement) *node {
	n := &node{name: prefix(start.Name.Space) + ":" + start.Name.Local}
	for _, a := range start.Attr {
		name := a.Name.Local
		switch p := prefix(a.Name.Space); p {
		case "", "w":
		default:
			name = p + ":" + name
		}
		n.attrs = append(n.attrs, attribute{name, a.Value})
	}
	return n
}

// attr is the value of an attribute; those of a document's own namespace have no prefix.
func (n *node) attr(name string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.attrs {
		if a.name == name {
			return a.value
		}
	}
	return ""
}

// child is the first element of a name in an element; nil if there is none, also in nil.
func (n *node) child(name string) *node {
	if n == nil {
		return nil
	}
	for _, c := range n.children {
		if c.name == name {
			return c
		}
	}
	return nil
}

// value is the w:val of an element in an element.
func (n *node) value(name string) string { return n.child(name).attr("val") }

// said is all text in an element, also of what is deleted; of several ways to show
// something one, unless they say different things.
func said(n *node) string {
	var text strings.Builder
	if n != nil {
		n.say(&text)
	}
	return text.String()
}

func (n *node) say(to *strings.Builder) {
	switch {
	case holdsText(n.name):
		to.Write(n.text)
	case n.name == "v:textpath":
		to.WriteString(n.attr("string"))
	}
	first := ""
	for i, c := range n.children {
		switch {
		case n.name == "mc:AlternateContent":
			words := said(c)
			if i == 0 || words != first {
				to.WriteString(words)
			}
			if i == 0 {
				first = words
			}
		case c.name == "w:p" && to.Len() > 0:
			to.WriteByte(' ')
			c.say(to)
		default:
			c.say(to)
		}
	}
}
