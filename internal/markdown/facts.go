package markdown

import "github.com/yuin/goldmark/ast"

// Facts are what a text says and what it is made of, for whoever checks it: the
// prose as readers see it, and where it was typed. They are gathered while the text
// is written as HTML, so what is left out there is not in them; for a text that was
// refused there are none. Headings are Markdown's, and those that numbers make.
type Facts struct {
	Runs      []Run // in the order in which they are read
	Headings  []Heading
	Links     []Link
	Pictures  []Picture
	Arguments []Argument
}

// Place is a stretch of the file as it was typed, in bytes; [diag.Lines.Over] knows
// its lines and columns.
type Place struct{ From, To int32 }

// Run is a piece of prose without marks in it. It is what stands in its place, unless
// that has entities or backslashes, or was respelled.
type Run struct {
	Place
	Text  string
	Kind  BlockKind
	Block int32 // which of the text's blocks it is in, from 1
	After byte  // what divides it from the next of its block: ' ', '\n' where Enter shows, or 0
}

// BlockKind is what sort of block a run stands in: the innermost that has a name here.
type BlockKind uint8

// The sorts of blocks. A code span is code, whatever it stands in.
const (
	InParagraph BlockKind = iota
	InHeading
	InItem
	InQuotation
	InCell
	InCaption // of a picture, a table or something folded; the text of a directive's argument
	InDefinition
	InNote
	InCode
)

// Heading is one of the text's, at the level that it is shown at.
type Heading struct {
	Place // without its marks
	Level int
	Text  string
	ID    string
}

// Link is one that leads somewhere, as far as the text alone can show.
type Link struct {
	Place
	Dest string // as it was meant
	Text string // without pictures
	Seen bool   // a picture stands in it, or words in place of one
	Ref  int    // index in Refs of a file or an article; -1 for an address elsewhere or on this page
}

// Picture is one that stands in the prose.
type Picture struct {
	Place
	Dest  string
	Alt   string
	Title string // its caption
	Ref   int    // index in Refs
}

// Argument is what a directive was given: a text, an attachment, a reference.
type Argument struct {
	Place
	Directive string
	Key       string
	Value     string
	Ref       int // index in Refs; -1 for a text or an address elsewhere
}

// blockKinds are what the nodes of a tree and the elements of raw HTML make of the
// prose in them.
var blockKinds = map[string]BlockKind{
	"Heading": InHeading, "ListItem": InItem, "Blockquote": InQuotation, "TableCell": InCell, "Footnote": InNote,
	"DefinitionTerm": InDefinition, "DefinitionDescription": InDefinition,
	"CodeSpan": InCode, "CodeBlock": InCode, "FencedCodeBlock": InCode,

	"h1": InHeading, "h2": InHeading, "h3": InHeading, "h4": InHeading, "h5": InHeading, "h6": InHeading,
	"li": InItem, "blockquote": InQuotation, "td": InCell, "th": InCell, "dt": InDefinition, "dd": InDefinition,
	"caption": InCaption, "figcaption": InCaption, "summary": InCaption, "code": InCode, "pre": InCode,
}

// kindOf is what a node stands in; open are the raw elements around it.
func kindOf(n ast.Node, open []element) BlockKind {
	for ; n != nil; n = n.Parent() {
		if kind, ok := blockKinds[n.Kind().String()]; ok {
			return kind
		}
	}
	for i := len(open) - 1; i >= 0; i-- {
		if kind, ok := blockKinds[open[i].name]; ok {
			return kind
		}
	}
	return InParagraph
}
