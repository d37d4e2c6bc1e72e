// Package markdown is our dialect of Markdown: CommonMark by goldmark, with
// tables, task lists, strikethrough, bare links, footnotes, definition lists
// and attributes: {#id .class} at the end of a heading or on a line directly
// under another block. testdata/cases shows each feature by example.
//
// A heading's id is its text in lower case, Chinese kept; s1, s2, … in the order
// of headings are second ids that can be typed anywhere. In a regulation the
// paragraphs that begin with 第三条 are places too: #第三条 and #t3. The same id
// again is numbered: 甲, 甲-2. A link with what GitHub, Hexo and others make of the
// same title leads to that id (headingid.go).
//
// [Dialect.Compile] turns one text into HTML with holes. What the HTML needs from
// elsewhere (the address of another article, the place of a picture) is left
// out and named in Refs; whoever knows the whole site fills the holes. So a
// text is parsed once, whatever happens around it.
//
// Whoever checks a text asks for its [Facts] too: its prose as it is read and what it
// is made of, with places as it was typed. An ordinary build does not gather them.
//
// The HTML is compact: our own renderer writes no white space that a browser
// would not show. It is also safe by construction. Text is escaped. Raw HTML
// passes an allow-list of elements and attributes, tags opened inside a
// block are closed with it, and elements stand only where HTML allows them.
// What is never closed (a comment, code) is an error. An address is either one of a few known schemes,
// an anchor on the page, or a hole that only an existing address can fill.
//
// Emphasis works beside Chinese as it does beside Latin: **“重点”**在于 is bold.
// Asterisks that mask something stay (138****1234, “**”, 赵**, 张*), and a pair in
// the middle of words that would enclose the end of a sentence, half a bracket or
// more than 60 characters of Chinese is taken literally and reported.
// ** 重点 ** and ＊＊重点＊＊ are bold. ~~ strikes out, ~ never does. For a block
// without Chinese all this is CommonMark's.
//
// There is no indented code: an indented line is a paragraph, two ideographic
// spaces begin one, and the indentation is taken off. ##标题 needs no space. What
// reads like a mark but is typed full-width is shown as typed and reported, as
// are footnotes without a reference, paths on the writer's own computer and
// pictures that browsers can't show. In place of a picture of another site stands a
// link to it: no reader's browser loads anything from there by itself. A link or picture that is typed nearly right
// is one where it can't be prose: [通知](https://a.cn/x）, ![[图.svg]].
//
// Bare addresses in a Chinese block are links whatever is in front of them. Chinese
// is part of one between slashes, before .html and the like, and where the address
// stands alone; where that can't be known it is no link, and reported.
//
// Each Enter of a Chinese block shows, as a new paragraph behind the end of a
// sentence, else as a new line, unless the block as a whole was plainly wrapped by
// an editor: then, and in Latin prose, lines are joined as CommonMark joins them.
// Nothing stands between joined lines of scripts that are written without spaces;
// elsewhere it is a line break, which a browser shows as a space. Spaces between
// Chinese and Latin are never put in: that is the style sheet's.
//
// In Chinese what is certain to be meant as Markdown is respelled before the text is
// parsed: tables without the row of hyphens, with full-width marks, empty lines
// between the rows or tabs instead of bars; lists with ● or • or with no space behind
// the hyphen, in runs of two lines or more; and marks beside no-break, ideographic or
// invisible spaces. A table that was guessed is reported.
//
// 一、 （一） 1. （1） at the beginning of paragraphs are levels when the article
// says so, or when the text has no headings and its numbers count. A heading
// that is run in ends at the first 。, which is not shown. Sentences with numbers
// are headings only where something stands under each; else they are prose.
// Numbers stay as typed. Hyphens under Chinese prose are a rule, under one short
// line a heading.
//
// In an official text (Options.Official) a salutation and a signature get their
// form: <p class="salutation">, <div class="signature">. A line in brackets that
// closes a text and says who wrote it stands at the right. :::signature, :::center
// and :::right say so by hand, in any text; each line in them stays one.
//
// Directives are the one syntax for what is more than text: :::name{key=value}
// … ::: around content and ::name{…} on a line. [DirectiveSpec] says which there
// are; a theme supplies them with the templates that show them. Their content is
// compiled like any text, and stands between two holes.
//
// The callouts of other tools (> [!NOTE], ::: tip), their ::: details and ==高亮==
// mean here what they mean there; [TOC] is left out. What has no meaning here
// (shortcodes, links of wikis, formulas) is shown as typed and reported.
//
// A text is measured before it is parsed, since the parser can't be stopped:
// what has too many marks, levels or cells is refused with a message.
package markdown

import (
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"qinglian/internal/diag"
)

// Compiled is what one text became.
type Compiled struct {
	HTML       string // with the holes left out
	Holes      []Hole // in the order of At
	Refs       []Ref
	Anchors    []Anchor
	Directives []Directive
	Summary    string // the beginning of the prose, of at most summaryLength characters
	Problems   diag.List
	Recognised Recognised
	Facts      Facts // if they were asked for
}

// Hole is a place in HTML that is filled when the site is linked. For a
// picture the whole element goes there; for a link its start tag, and in a
// second hole (End) its end tag, so that a link may also become plain text.
// Between the two holes of a directive is what it encloses, for the template
// that shows it; the holes of directives stand in each other as brackets do.
type Hole struct {
	At        int // byte offset in HTML
	Ref       int // index in Refs; of a directive's holes, in Directives
	End       bool
	Directive bool
}

// Ref is something outside the text that it refers to.
type Ref struct {
	Image   bool
	Article bool   // it must lead to an article
	Dest    string // as typed, percent-decoded, without its fragment
	Anchor  string // the fragment, decoded
	Title   string
	Alt     string          // of a picture
	Where   diag.Diagnostic // its place, for messages about it
}

// Dialect is the parser, made once and used from all cores.
type Dialect struct {
	parser    parser.Parser
	renderers sync.Pool // of *renderer
}

// New makes the parser.
func New() *Dialect { return &Dialect{parser: newParser(emphasisParser{})} }

func newParser(emphasis parser.InlineParser) parser.Parser {
	inline := []util.PrioritizedValue{
		util.Prioritized(parser.NewCodeSpanParser(), 100),
		util.Prioritized(linkParser{parser.NewLinkParser()}, 200),
		util.Prioritized(parser.NewAutoLinkParser(), 300),
		util.Prioritized(bareParser{}, 350),
		util.Prioritized(parser.NewRawHTMLParser(), 400),
		util.Prioritized(emphasis, 500),
		util.Prioritized(newSpacedParser(), 999),
	}
	p := parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(directiveParser{}, 90),
			util.Prioritized(underlineParser{parser.NewSetextHeadingParser()}, 100),
			util.Prioritized(attributeParser{}, 110),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(numberedParser{paragraphParser{parser.NewParagraphParser()}}, 250),
			util.Prioritized(parser.NewListParser(), 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(newHeadingParser(), 600),
			util.Prioritized(tightHeadingParser{parser.NewATXHeadingParser()}, 610),
			util.Prioritized(fenceParser{parser.NewFencedCodeBlockParser()}, 700),
			util.Prioritized(parser.NewBlockquoteParser(), 800),
			util.Prioritized(htmlParser{parser.NewHTMLBlockParser()}, 900),
			util.Prioritized(paragraphParser{parser.NewParagraphParser()}, 1000),
		),
		parser.WithInlineParsers(append(inline, util.Prioritized(newPlainParser(inline), 0))...),
		parser.WithParagraphTransformers(
			util.Prioritized(limitTransformer{}, 0),
			util.Prioritized(alertTransformer{}, 50),
			util.Prioritized(contentsTransformer{}, 60),
			util.Prioritized(referenceTransformer{parser.LinkReferenceParagraphTransformer}, 100),
			util.Prioritized(tableTransformer{}, 150),
		),
		parser.WithASTTransformers(util.Prioritized(noteTransformer{}, 500)),
	)
	for _, e := range []goldmark.Extender{
		extension.Table, extension.TaskList, extension.Footnote, extension.DefinitionList,
	} {
		e.Extend(goldmark.New(goldmark.WithParser(p)))
	}
	return p
}

// Options are what the article around a text asks for. The zero value is right
// for prose.
type Options struct {
	Clauses    bool            // paragraphs and headings that begin with 第…条 are anchors
	Directives []DirectiveSpec // what may follow :::
	Outline    bool            // 一、 （一） 1. （1） are levels, even beside Markdown's headings
	Enter      Enter           // what becomes of single line breaks
	Official   bool            // a salutation and a signature are recognised
	Organs     []string        // whom the article is from, besides those that end like organs
	Unsigned   bool            // neither is looked for
	OwnOnly    bool            // a picture of another site is an error; else a link stands in its place
	Summarised bool            // the article says what it is about: no summary is made
	Facts      bool            // they are gathered

	// FieldNamed reports a name of a field that front matter may have; nil for none.
	FieldNamed func(name string) bool
}

// Compile compiles the Markdown that begins at a byte offset of a file's text.
func (d *Dialect) Compile(file string, whole []byte, offset int, o Options) Compiled {
	r := d.borrow()
	defer d.giveBack(r)
	pc := parser.NewContext()
	reading := readingOf(pc, whole[offset:])
	reading.stock = &r.stock
	reading.directives, reading.fieldNamed = o.Directives, o.FieldNamed
	reading.enter, reading.official, reading.organs, reading.unsigned = o.Enter, o.Official, o.Organs, o.Unsigned
	where := places{diag.NewLines(file, whole), offset, nil}
	f, ok := reading.prepare(o.Outline)
	where.edits = reading.edits
	if !ok {
		return Compiled{Problems: diag.List{where.over(f.span, f.Diagnostic)}}
	}
	root := d.parser.Parse(text.NewReader(reading.source), parser.WithContext(pc))
	reading.shape(root)
	r.source, r.places, r.root, r.linkEnds = reading.source, where, root, reading.linkEnds
	r.clauses, r.directives, r.ownOnly = o.Clauses, o.Directives, o.OwnOnly
	if o.Facts {
		r.facts = &gatherer{Facts: &r.out.Facts, r: r}
	}
	r.compile(root)
	if !o.Summarised {
		r.out.Summary = summary(root, r.source)
	}
	for _, f := range reading.found {
		r.problemOver(f.span, f.Diagnostic)
	}
	for _, f := range reading.guesses {
		r.problems.Add(where.Over(offset+f.at, offset+f.end, f.Diagnostic))
	}
	r.out.Problems = r.problems.List().Sort()
	r.out.Recognised = reading.recognised
	return r.out
}

// prepare looks at a text before it is parsed: it measures it, respells its lines
// and finds its numbers. It fails with what makes the text too hard to parse.
func (r *reading) prepare(outline bool) (tooHard finding, ok bool) {
	if f, ok := r.short(); !ok {
		return f, false
	}
	r.guesses = r.respell()
	if f, ok := r.measured(); !ok {
		return f, false
	}
	r.outlined(outline)
	r.secondMatter()
	return finding{}, true
}

// shape makes of a syntax tree what its writer meant by it: each step may rely on
// the blocks that those before it made.
func (r *reading) shape(root ast.Node) {
	r.makeCallouts()
	r.settleBold(root)
	r.breakLines(root, true)
	if r.chinese {
		r.findForm(root)
		r.showLines()
	}
	r.makeOutline(root)
	r.lowerHeadings(root)
}

// compile writes a tree as HTML.
func (r *renderer) compile(root ast.Node) {
	r.has = hasOf(r.source)
	r.survey(root)
	r.reportForeign()
	r.inside(root)
	r.tellDropped()
	r.settleAnchors()
	r.out.HTML = r.settled()
}

// maxKept is how much room for HTML is kept for the next text.
const maxKept = 1 << 20

// borrow is a renderer that nothing was written with, but that may have room.
func (d *Dialect) borrow() *renderer {
	if r, ok := d.renderers.Get().(*renderer); ok {
		return r
	}
	return &renderer{ids: map[string]int{}, given: map[string]bool{}, stock: newStock()}
}

// giveBack keeps the room that a renderer has for the next text.
func (d *Dialect) giveBack(r *renderer) {
	if cap(r.html) > maxKept {
		return
	}
	clear(r.ids)
	clear(r.given)
	r.stock.empty()
	*r = renderer{html: r.html[:0], open: r.open[:0], ids: r.ids, given: r.given, stock: r.stock}
	d.renderers.Put(r)
}
