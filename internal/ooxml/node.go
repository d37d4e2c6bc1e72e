package ooxml

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"

	"qinglian/internal/diag"
)

// Node is an element with what is in it. Its name has the prefix that files use as a
// rule, whatever prefix this one uses, and whichever of the two dialects it is in.
type Node struct {
	Name     string
	Attrs    []Attribute
	Children []*Node
	Text     []byte // of an element that holds text, or what says how to come by it
}

// Attribute is an attribute of an element. In its name those of text have no prefix.
type Attribute struct{ Name, Value string }

// prefixes are the namespaces by how they end: transitional and strict names differ in
// how they begin.
var prefixes = map[string]string{
	"wordprocessingml/2006/main": "w", "wordprocessingml/main": "w",
	"spreadsheetml/2006/main": "s", "spreadsheetml/main": "s",
	"officeDocument/2006/relationships": "r", "officeDocument/relationships": "r",
	"officeDocument/2006/math": "m", "officeDocument/math": "m",
	"drawingml/2006/main": "a", "drawingml/main": "a",
	"drawingml/2006/wordprocessingDrawing": "wp", "drawingml/wordprocessingDrawing": "wp",
	"drawingml/2006/chart": "c", "drawingml/chart": "c",
	"markup-compatibility/2006": "mc",
}

// prefix is the prefix of a namespace; "x" for one that is not known. Attributes of the
// file's own parts have none in most.
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

// HoldsText reports an element whose characters are text of a document or a sheet, in
// whichever namespace or in none.
func HoldsText(name string) bool {
	local := name[strings.LastIndexByte(name, ':')+1:]
	return local == "t" || local == "delText" || name == "c:v"
}

// kept reports an element whose characters are needed: text, the instructions of fields,
// the values of cells, who comments, and what a sheet has on each of its pages.
func kept(name string) bool {
	return HoldsText(name) || name == "w:instrText" || name == "s:v" || name == "s:author" ||
		strings.HasPrefix(name, "s:") && (strings.HasSuffix(name, "Header") || strings.HasSuffix(name, "Footer"))
}

// Tree parses a part; nil if there is none.
func (p *Package) Tree(name string) (root *Node, refused diag.Text) {
	in, refused := p.open(name)
	if in == nil {
		return nil, refused
	}
	defer in.Close()
	pieces := &pieces{Reader: in}
	reading := parser{Package: p, in: xml.NewDecoder(pieces), names: map[xml.Name]string{}}
	root, ok := reading.parse()
	switch {
	case in.tooMuch():
		return nil, in.tooLarge()
	case reading.tooMuch || pieces.tooLong:
		return nil, diag.Say("“%s”太复杂：超过 %d 个元素和属性、%d MB 文字，或套了 %d 层以上",
			"%q is too complex: more than %d elements and attributes or %d MB of text, or more than %d elements in each other",
			name, maxElements, maxText>>20, maxDepth)
	case !ok:
		return nil, diag.Say("文件坏了：“%s”读不懂；用 Office 或 WPS 打开，“另存为”%s",
			"the file is broken: %q can't be understood; open it with Office or WPS and save it as %s",
			name, p.format.Ending)
	}
	return root, refused
}

// pieces is a part on its way to the parser, which holds each tag with its attributes and
// each text as a whole: none may be longer than all text may be.
type pieces struct {
	io.Reader
	length  int // of what stands behind the last <
	tooLong bool
}

// Read implements io.Reader.
func (p *pieces) Read(to []byte) (n int, err error) {
	n, err = p.Reader.Read(to)
	ends := bytes.IndexByte(to[:n], '<')
	if ends < 0 {
		ends = n
	}
	p.length += ends
	if p.tooLong = p.tooLong || p.length > maxText; p.tooLong {
		return 0, io.ErrUnexpectedEOF
	}
	if last := bytes.LastIndexByte(to[:n], '<'); last >= 0 {
		p.length = n - last
	}
	return n, err
}

type parser struct {
	*Package
	in      *xml.Decoder
	names   map[xml.Name]string // as nodes have them: one string for all that are alike
	ways    int                 // that are open
	tooMuch bool
}

func (p *parser) parse() (root *Node, ok bool) {
	top := &Node{}
	open := []*Node{top}
	for {
		token, err := p.in.Token()
		if err == io.EOF {
			return first(top), len(open) == 1 && len(top.Children) == 1
		}
		if err != nil {
			return nil, false
		}
		switch token := token.(type) {
		case xml.StartElement:
			n := p.element(token)
			if n.Name == "mc:AlternateContent" {
				p.ways++
			}
			p.elements += 1 + len(token.Attr)
			if p.elements > maxElements || len(open) > maxDepth || p.ways > maxWays {
				p.tooMuch = true
				return nil, false
			}
			parent := open[len(open)-1]
			parent.Children = append(parent.Children, n)
			open = append(open, n)
		case xml.EndElement:
			if open[len(open)-1].Name == "mc:AlternateContent" {
				p.ways--
			}
			open = open[:len(open)-1]
		case xml.CharData:
			n := open[len(open)-1]
			if !kept(n.Name) {
				continue
			}
			n.Text = append(n.Text, token...)
			if p.text += len(token); p.text > maxText {
				p.tooMuch = true
				return nil, false
			}
		case xml.Directive:
			return nil, false // entities of its own: no program writes them
		}
	}
}

func first(top *Node) *Node {
	if len(top.Children) == 0 {
		return nil
	}
	return top.Children[0]
}

func (p *parser) element(start xml.StartElement) *Node {
	n := &Node{Name: p.name(start.Name)}
	if len(start.Attr) > 0 {
		n.Attrs = make([]Attribute, 0, len(start.Attr))
	}
	for _, a := range start.Attr {
		if a.Name.Space == "xmlns" || a.Name.Local == "xmlns" {
			continue
		}
		n.Attrs = append(n.Attrs, Attribute{strings.TrimPrefix(p.name(a.Name), "w:"), a.Value})
	}
	return n
}

// name is a name with its prefix, if its namespace is said.
func (p *parser) name(of xml.Name) string {
	known, ok := p.names[of]
	if !ok {
		if known = of.Local; of.Space != "" {
			known = prefix(of.Space) + ":" + known
		}
		p.names[of] = known
	}
	return known
}

// Attr is the value of an attribute; "" if there is none, also of nil.
func (n *Node) Attr(name string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.Attrs {
		if a.Name == name {
			return a.Value
		}
	}
	return ""
}

// Child is the first element of a name in an element; nil if there is none, also in nil.
func (n *Node) Child(name string) *Node {
	if n == nil {
		return nil
	}
	for _, c := range n.Children {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// Value is the val of an element in an element.
func (n *Node) Value(name string) string { return n.Child(name).Attr("val") }
