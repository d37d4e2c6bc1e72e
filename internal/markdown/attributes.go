package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"qinglian/internal/diag"
)

// attributeParser reads {#id .class} on a line of its own, directly under a
// block: they are that block's. Headings have theirs at their end.
type attributeParser struct{}

var attributeKind = ast.NewNodeKind("Attributes")

// attributeNode stands in the tree until its attributes are given away.
type attributeNode struct{ ast.BaseBlock }

// Kind implements [ast.Node].
func (n *attributeNode) Kind() ast.NodeKind { return attributeKind }

// Dump implements [ast.Node].
func (n *attributeNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// Trigger is what attributes begin with.
func (attributeParser) Trigger() []byte { return []byte("{") }

// Open takes a line of attributes under a block that can have them.
func (attributeParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	attrs, size := attributes(bytes.TrimRight(line, " \t\n"))
	at := max(pc.BlockOffset(), 0)
	if len(attrs) == 0 || size+at != len(bytes.TrimRight(line, " \t\n")) ||
		!under(parent.LastChild(), reader.Source(), segment.Start) {
		return nil, parser.NoChildren
	}
	n := &attributeNode{}
	r := readingOf(pc, reader.Source())
	for _, a := range attrs {
		if name := string(a.Name); name != "id" && name != "class" {
			begin := segment.Start + at
			r.problemOver(span{begin, begin + size}, diag.Diagnostic{Rule: "unknown-attribute", Severity: diag.Warning,
				Message: diag.Say("属性“%s”不能用，已去掉", "the attribute %s is not allowed and was left out", name),
				Hint:    diag.Say("只能写 #名称 和 .样式名，如 {#fees .small}", "only #id and .class, such as {#fees .small}")})
			continue
		}
		n.SetAttribute(a.Name, a.Value)
	}
	reader.AdvanceToEOL()
	return n, parser.NoChildren
}

// under reports whether a line stands directly under a block that can have
// attributes.
func under(block ast.Node, source []byte, at int) bool {
	switch block.(type) {
	case *ast.Paragraph, *ast.List, *ast.Blockquote, *ast.FencedCodeBlock, *extast.Table, *extast.DefinitionList:
	default:
		return false
	}
	before := source[:bytes.LastIndexByte(source[:at], '\n')+1]
	before = bytes.TrimSuffix(before, []byte("\n"))
	return !blank(before[bytes.LastIndexByte(before, '\n')+1:])
}

// Continue ends the block.
func (attributeParser) Continue(ast.Node, text.Reader, parser.Context) parser.State {
	return parser.Close
}

// Close gives the attributes away.
func (attributeParser) Close(n ast.Node, _ text.Reader, _ parser.Context) {
	if block := n.PreviousSibling(); block != nil {
		for _, a := range n.Attributes() {
			block.SetAttribute(a.Name, a.Value)
		}
	}
	n.Parent().RemoveChild(n.Parent(), n)
}

// CanInterruptParagraph is true: the paragraph is the block.
func (attributeParser) CanInterruptParagraph() bool { return true }

// CanAcceptIndentedLine is false.
func (attributeParser) CanAcceptIndentedLine() bool { return false }

// attribute is one attribute that an author gave to a block.
func attribute(n ast.Node, name string) string {
	if v, ok := n.AttributeString(name); ok {
		if b, ok := v.([]byte); ok {
			return strings.Join(strings.Fields(string(b)), " ")
		}
	}
	return ""
}

// givenID is the id that an author gave to a block: {#id}.
func givenID(n ast.Node) string {
	if n.Attributes() == nil {
		return ""
	}
	return strings.ReplaceAll(attribute(n, "id"), " ", "-")
}

// start writes the start tag of a block, with the attributes that it was given.
func (r *renderer) start(name string, n ast.Node) {
	if n.Attributes() == nil || r.plain {
		r.write("<", name, ">")
		return
	}
	id := givenID(n)
	if id != "" {
		id = r.unique(id)
		r.out.Anchors = append(r.out.Anchors, Anchor{ID: id})
	}
	r.tag(name, id, attribute(n, "class"))
}

// tag writes a start tag with an id and a class; what is empty is left out.
func (r *renderer) tag(name, id, class string) {
	r.write("<", name)
	r.attribute("id", id)
	r.attribute("class", class)
	r.write(">")
}

// attribute writes an attribute of a tag, if it has a value.
func (r *renderer) attribute(name, value string) {
	if value == "" {
		return
	}
	r.write(" ", name, `="`)
	r.html = appendEscaped(r.html, value)
	r.write(`"`)
}
