package markdown

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"qinglian/internal/diag"
)

// headingParser reads headings, and looks for attributes only where there may be any.
type headingParser struct {
	parser.BlockParser
	attributed parser.BlockParser
}

func newHeadingParser() headingParser {
	return headingParser{parser.NewATXHeadingParser(), parser.NewATXHeadingParser(parser.WithHeadingAttribute())}
}

// Open begins a heading.
func (p headingParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	if line, _ := reader.PeekLine(); bytes.IndexByte(line, '{') >= 0 {
		return p.attributed.Open(parent, reader, pc)
	}
	return p.BlockParser.Open(parent, reader, pc)
}

// tightHeadingParser takes ##标题, without a space, for a heading where that is
// certain: in a Chinese text, after two # or more. One # may begin a topic
// (#清廉建设#), so #标题 is reported.
type tightHeadingParser struct{ parser.BlockParser }

// Open begins a heading.
func (tightHeadingParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	at := max(pc.BlockOffset(), 0)
	title := bytes.TrimLeft(line[at:], "#")
	level := len(line) - at - len(title)
	c, _ := utf8.DecodeRune(title)
	r := readingOf(pc, reader.Source())
	if !r.chinese || level > 6 || !chinese(title) || !unicode.IsLetter(c) && !unicode.IsDigit(c) && !cjk(c) {
		return nil, parser.NoChildren
	}
	if level == 1 {
		if !bytes.ContainsRune(title, '#') {
			r.problemOver(lineSpan(r.source, segment.Start+at),
				diag.Diagnostic{Rule: "heading-space", Severity: diag.Warning,
					Message: diag.Say("“#”后面没有空格，按普通文字显示", "there is no space after #; the line is shown as text"),
					Hint: diag.Say("是标题，写“# %s”；是话题，写“\\#%[1]s”",
						"write “# %s” for a heading, “\\#%[1]s” for a topic", strings.TrimSpace(string(title)))})
		}
		return nil, parser.NoChildren
	}
	n := ast.NewHeading(level)
	start := segment.Start + at + level - segment.Padding
	title = bytes.TrimRight(title, " \t\n")
	if attrs, size := attributes(title); size > 0 {
		title = bytes.TrimRight(title[:len(title)-size], " \t")
		for _, a := range attrs {
			n.SetAttribute(a.Name, a.Value)
		}
	}
	title = bytes.TrimRight(title, "# ")
	n.Lines().Append(text.NewSegment(start, start+len(title)))
	reader.AdvanceToEOL()
	return n, parser.NoChildren
}

// attributes are those in braces at the end of a line, and how many bytes they
// take.
func attributes(line []byte) (parser.Attributes, int) {
	i := bytes.LastIndexByte(line, '{')
	if i < 0 || line[len(line)-1] != '}' {
		return nil, 0
	}
	reader := text.NewReader(line[i:])
	attrs, ok := parser.ParseAttributes(reader)
	if rest, _ := reader.PeekLine(); !ok || len(rest) > 0 {
		return nil, 0
	}
	return attrs, len(line) - i
}

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
	if r.clauses {
		if c, ok := clauseAt(title); ok {
			named, a.Alias, a.Clause = c.name, c.alias, true
		}
	}
	if a.ID == "" {
		a.ID = named
	}
	begin, holes := len(r.html), len(r.out.Holes)
	a = r.anchor(a)
	r.startAnchored(tag, attribute(n, "class"), a)
	inside := len(r.html)
	r.phrase(n, "", "")
	if len(bytes.TrimSpace(r.html[inside:])) == 0 && len(r.out.Holes) == holes {
		r.emptyHeading(n, begin)
		return
	}
	r.write("</", tag, ">")
	r.facts.heading(n, a)
	r.said = nil
}

// paragraph writes a paragraph; one that begins with the number of a clause is
// an anchor.
func (r *renderer) paragraph(n *ast.Paragraph) {
	if c, ok := r.clause(n); ok {
		id := givenID(n)
		if id == "" {
			id = c.name
		}
		r.startAnchored("p", attribute(n, "class"),
			r.anchor(Anchor{ID: id, Alias: c.alias, Title: c.name, Clause: true}))
	} else {
		r.start("p", n)
	}
	r.phrase(n, "", "</p>")
	r.said = nil
}

// clause is the number of a clause that a paragraph begins with.
func (r *renderer) clause(n *ast.Paragraph) (clause, bool) {
	if !r.clauses {
		return clause{}, false
	}
	return clauseAt(strings.TrimSpace(words(n, r.source)))
}

// emptyHeading leaves out a heading that shows nothing: readers who jump from one to
// the next would find a gap.
func (r *renderer) emptyHeading(n *ast.Heading, begin int) {
	r.html = r.html[:begin]
	r.headings--
	last := len(r.out.Anchors) - 1
	r.ids[r.out.Anchors[last].ID]--
	r.out.Anchors = r.out.Anchors[:last]
	r.problemOver(lineSpan(r.source, n.Pos()), diag.Diagnostic{Rule: "empty-heading", Severity: diag.Warning,
		Message: diag.Say("标题是空的，没有显示", "the heading is empty and was left out"),
		Hint:    diag.Say("在 # 后面写上标题，或删去这一行", "write a title after #, or take the line out")})
}

// lowerHeadings puts all headings of a text one level down if it has several of the
// highest: that of the page is the article's title.
func (r *reading) lowerHeadings(root ast.Node) {
	headings := headingsIn(root, make([]*ast.Heading, 0, 8))
	top, second := 0, 0 // of the highest level: how many, and where the second is
	for _, h := range headings {
		if h.Level == 1 {
			if top++; top == 2 {
				second = h.Pos()
			}
		}
	}
	if top < 2 {
		return
	}
	for _, h := range headings {
		h.Level = min(h.Level+1, 6)
	}
	r.problemOver(lineSpan(r.source, second), diag.Diagnostic{Rule: "several-titles", Severity: diag.Warning,
		Message: diag.Say("正文里有 %d 个一级标题（#）；一级标题是文章的题目，正文的标题都降了一级",
			"the text has %d headings of the first level (#), which is the article's title; all its headings were put one level down", top),
		Hint: diag.Say("正文的标题从 ## 写起", "begin with ## in the text")})
}

// headingsIn adds the headings below a node to those before them.
func headingsIn(n ast.Node, all []*ast.Heading) []*ast.Heading {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if h, ok := c.(*ast.Heading); ok {
			all = append(all, h)
		} else if c.Type() == ast.TypeBlock && !c.IsRaw() {
			all = headingsIn(c, all)
		}
	}
	return all
}
