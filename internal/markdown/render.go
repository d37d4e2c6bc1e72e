package markdown

import (
	"bytes"
	"strconv"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"qinglian/internal/diag"
)

// renderer writes one syntax tree as compact HTML.
type renderer struct {
	source     []byte
	html       []byte
	out        Compiled
	problems   diag.Few
	said       []byte         // the last piece of prose written, as it is read; nil at the beginning of a block
	ids        map[string]int // how often an id was wanted
	open       []element      // raw elements that are open, innermost last
	floor      int            // how many of them were opened outside the block
	words      int            // elements of Markdown around that hold words alone
	linked     bool           // a link of Markdown is open
	root       ast.Node
	tags       map[string]elementTags // of the raw HTML; found when they are asked for
	skip       string                 // the raw element whose content is dropped
	skipped    int                    // where that begins
	drops      drops                  // of the block of HTML that is written
	local      []localLink
	given      map[string]bool // ids that the author gave to headings
	headings   int             // how many came so far
	tables     int             // how many came so far
	ownOnly    bool            // a picture of another site is an error
	clauses    bool            // number paragraphs that begin with 第…条
	directives []DirectiveSpec
	places     places
	linkEnds   map[int]int  // of links and pictures, by where they begin
	facts      *gatherer    // nil unless they are asked for
	surveyed   ast.Node     // the block that is looked at
	foreign    []foreignUse // what of other dialects stands in the text
	has        has          // what stands somewhere in the text
	plain      bool         // CommonMark alone: raw HTML, addresses and headings as they are
	stock      stock        // that the text is parsed with
}

// has is what of a few things a text has: where one is lacking, no part of the text need
// be asked for it.
type has struct {
	foreign, escaped   rare
	comments, brackets bool // <!--; full-width brackets around the text of a link
}

func hasOf(source []byte) has {
	return has{foreign: foreignFirst.in(source), escaped: escapable.in(source),
		comments: bytes.Contains(source, []byte("<!--")),
		brackets: wideIn(source).bracket || bytes.Contains(source, []byte("】("))}
}

// where is the place of a span of the source.
func (r *renderer) where(s span) diag.Diagnostic { return r.places.over(s, diag.Diagnostic{}) }

func (r *renderer) problem(at int, d diag.Diagnostic) { r.problemOver(point(at), d) }

func (r *renderer) problemOver(s span, d diag.Diagnostic) { r.problems.Add(r.places.over(s, d)) }

func (r *renderer) write(parts ...string) {
	for _, s := range parts {
		r.html = append(r.html, s...)
	}
}

func (r *renderer) children(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		r.node(c)
	}
}

// inside writes what a node holds; raw elements opened there end there.
func (r *renderer) inside(n ast.Node) {
	outer := r.enter()
	r.children(n)
	r.leave(outer)
}

// enter begins a part in which raw elements that are opened end; leave ends it.
func (r *renderer) enter() (outer int) {
	outer, r.floor = r.floor, len(r.open)
	return outer
}

func (r *renderer) leave(outer int) {
	r.close(r.floor)
	r.floor = outer
	r.endSkip()
}

// within writes an element around what a node holds.
func (r *renderer) within(n ast.Node, start, end string) {
	r.write(start)
	r.inside(n)
	r.write(end)
}

// phrase is within for an element that holds words alone.
func (r *renderer) phrase(n ast.Node, start, end string) {
	r.words++
	r.within(n, start, end)
	r.words--
}

// node writes one node and all below it.
func (r *renderer) node(n ast.Node) {
	if r.skip != "" && n.Type() == ast.TypeInline && n.Kind() != ast.KindRawHTML {
		return
	}
	if len(r.open) > r.floor {
		r.room(n)
	}
	switch n := n.(type) {
	case *ast.Paragraph:
		r.paragraph(n)
	case *ast.TextBlock:
		r.children(n)
		r.said = nil
		if next := n.NextSibling(); next != nil && n.FirstChild() != nil {
			r.write("\n")
		}
	case *ast.Heading:
		r.heading(n)
	case *ast.Blockquote:
		r.start("blockquote", n)
		r.within(n, "", "</blockquote>")
	case *ast.List:
		r.list(n)
	case *ast.ListItem:
		r.item(n)
	case *ast.CodeBlock:
		r.code(n, nil)
	case *ast.FencedCodeBlock:
		r.code(n, n.Language(r.source))
	case *ast.ThematicBreak:
		r.write("<hr>")
	case *ast.HTMLBlock:
		r.htmlBlock(n)
	case *extast.Table:
		r.table(n)
	case *extast.DefinitionList:
		r.start("dl", n)
		r.within(n, "", "</dl>")
	case *extast.DefinitionTerm:
		r.phrase(n, "<dt>", "</dt>")
	case *extast.DefinitionDescription:
		r.within(n, "<dd>", "</dd>")
	case *extast.FootnoteList:
		r.within(n, `<section class="footnotes" role="doc-endnotes"><ol>`, "</ol></section>")
	case *extast.Footnote:
		r.within(n, `<li id="fn`+strconv.Itoa(n.Index)+`">`, "</li>")
	case *directiveNode:
		r.directive(n)
	case *ast.LinkReferenceDefinition:
	default:
		r.inline(n)
	}
	if n.Type() == ast.TypeBlock && len(r.open) == 0 {
		r.tellDropped()
	}
}

func (r *renderer) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		r.text(n)
	case *ast.String:
		r.prose(n.Value)
	case *ast.Emphasis:
		if n.Level == 2 {
			r.phrase(n, "<strong>", "</strong>")
		} else {
			r.phrase(n, "<em>", "</em>")
		}
	case *extast.Strikethrough:
		r.phrase(n, "<del>", "</del>")
	case *highlightNode:
		r.phrase(n, "<mark>", "</mark>")
	case *ast.CodeSpan:
		r.codeSpan(n)
	case *ast.Link:
		r.link(n)
	case *ast.AutoLink:
		r.autoLink(n)
	case *ast.Image:
		r.image(n)
	case *ast.RawHTML:
		for i := range n.Segments.Len() {
			s := n.Segments.At(i)
			if r.plain {
				r.html = append(r.html, s.Value(r.source)...)
			}
		}
		if !r.plain && n.Segments.Len() > 0 {
			r.raw(n, n.Segments, n.Segments.Value(r.source))
		}
	case *extast.TaskCheckBox:
		if n.IsChecked {
			r.write(`<input type="checkbox" aria-label="已完成" disabled checked> `)
		} else {
			r.write(`<input type="checkbox" aria-label="未完成" disabled> `)
		}
	case *extast.FootnoteLink:
		id := strconv.Itoa(n.Index)
		ref := id
		if n.RefIndex > 0 {
			ref += "-" + strconv.Itoa(n.RefIndex)
		}
		r.write(`<sup id="fnref`, ref, `"><a href="#fn`, id, `" role="doc-noteref">`, id, `</a></sup>`)
	case *extast.FootnoteBacklink:
		ref := strconv.Itoa(n.Index)
		if n.RefIndex > 0 {
			ref += "-" + strconv.Itoa(n.RefIndex)
		}
		r.write(` <a href="#fnref`, ref, `" role="doc-backlink">↩︎</a>`)
	default:
		r.children(n)
	}
}

func (r *renderer) text(n *ast.Text) {
	value := n.Value(r.source)
	switch {
	case n.IsRaw():
		r.literal(value)
	case r.has.escaped.first(value) < 0:
		r.html = append(r.html, value...)
		r.remember(value)
	default:
		r.prose(value)
	}
	after := byte(0)
	switch {
	case n.HardLineBreak():
		r.write("<br>\n")
		after = '\n'
	case n.SoftLineBreak():
		if r.plain || !joins(r.last(), firstRune(following(n), r.source)) {
			r.write("\n")
			after = ' '
		}
	}
	r.facts.text(n, after)
}

// prose writes text as typed: entities and backslashes are resolved.
func (r *renderer) prose(value []byte) {
	r.html = appendText(r.html, value)
	r.remember(plain(value))
}

// literal writes text in which nothing has a meaning.
func (r *renderer) literal(value []byte) {
	r.html = appendEscaped(r.html, value)
	r.remember(value)
}

// remember keeps what line breaks need of a piece of prose.
func (r *renderer) remember(value []byte) {
	if len(value) > 0 {
		r.said = value
	}
}

// last is the last character of prose written.
func (r *renderer) last() rune {
	c, _ := utf8.DecodeLastRune(r.said)
	return c
}

func (r *renderer) codeSpan(n *ast.CodeSpan) {
	r.write("<code>")
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			value := t.Segment.Value(r.source)
			if bytes.IndexByte(value, '\n') >= 0 {
				value = bytes.ReplaceAll(value, []byte("\n"), []byte(" "))
			}
			r.literal(value)
			r.facts.literal(n, t.Segment, ' ')
		}
	}
	r.write("</code>")
}

func (r *renderer) code(n ast.Node, language []byte) {
	r.start("pre", n)
	r.write("<code")
	if len(language) > 0 {
		r.write(` class="language-`)
		r.html = appendText(r.html, language)
		r.write(`"`)
	}
	r.write(">")
	r.html = appendEscaped(r.html, n.Lines().Value(r.source))
	r.write("</code></pre>")
	r.facts.code(n)
}

func (r *renderer) list(n *ast.List) {
	if !n.IsOrdered() {
		r.start("ul", n)
		r.within(n, "", "</ul>")
		return
	}
	tag := "ol"
	if n.Start != 1 {
		tag += ` start="` + strconv.Itoa(n.Start) + `"`
	}
	r.start(tag, n)
	r.within(n, "", "</ol>")
}

func (r *renderer) item(n *ast.ListItem) {
	start := "<li>"
	if first := n.FirstChild(); first != nil {
		if _, ok := first.FirstChild().(*extast.TaskCheckBox); ok {
			start = `<li class="task">`
		}
	}
	before, _ := n.PreviousSibling().(*ast.ListItem)
	if last, number := r.typedNumber(before), r.typedNumber(n); last >= 0 && number > last+1 && r.chineseItem(n) {
		start = `<li value="` + strconv.Itoa(number) + `">` // a number that was left out stays so
	}
	r.within(n, start, "</li>")
}

// typedNumber is the number in front of an item; -1 if there is none.
func (r *renderer) typedNumber(n *ast.ListItem) int {
	if n == nil || n.FirstChild() == nil || n.FirstChild().Lines().Len() == 0 {
		return -1
	}
	before := bytes.TrimRight(lineBefore(r.source, n.FirstChild().Lines().At(0).Start), " \t")
	mark := bytes.TrimRight(before, ".)")
	digits := mark[len(bytes.TrimRight(mark, "0123456789")):]
	if len(digits) == 0 || len(mark) != len(before)-1 {
		return -1
	}
	number, err := strconv.Atoi(string(digits))
	if err != nil {
		return -1
	}
	return number
}

func (r *renderer) chineseItem(n *ast.ListItem) bool {
	s := n.FirstChild().Lines().At(0)
	return chinese(s.Value(r.source))
}

func (r *renderer) htmlBlock(n *ast.HTMLBlock) {
	lines := n.Lines()
	if n.HasClosure() {
		lines = text.NewSegments()
		lines.AppendAll(n.Lines().Sliced(0, n.Lines().Len()))
		lines.Append(n.ClosureLine)
	}
	block := lines.Value(r.source)
	if r.plain {
		r.html = append(r.html, block...)
		return
	}
	if len(block) == 0 {
		return
	}
	depth := len(r.open)
	r.raw(n, lines, bytes.TrimRight(block, "\n"))
	if n.HTMLBlockType < ast.HTMLBlockType6 { // the parser reports what does not end
		r.skip = ""
	} else {
		r.endSkip()
		r.endUnended(depth, lines.At(lines.Len()-1).Stop)
	}
}
