package markdown

import (
	"bytes"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"golang.org/x/net/html"
)

// gatherer notes facts while a text is written. A nil one, as nearly all texts have,
// notes nothing.
type gatherer struct {
	*Facts
	r      *renderer
	block  ast.Node // that of the last run
	number int32    // its number
	count  int32    // of blocks so far
	apart  bool     // an element of raw HTML divides the next run from the last
}

func (g *gatherer) place(s span) Place {
	s = g.r.places.inFile(s)
	return Place{int32(s.at), int32(s.end)}
}

// run notes a piece of prose that stands in a node.
func (g *gatherer) run(n ast.Node, s span, said string, after byte) {
	if block := blockOf(n); block != g.block || g.apart {
		g.count++
		g.block, g.number, g.apart = block, g.count, false
	}
	g.Runs = append(g.Runs, Run{g.place(s), said, kindOf(n, g.r.open), g.number, after})
}

// blockOf is the block that a node stands in.
func blockOf(n ast.Node) ast.Node {
	for n.Type() != ast.TypeBlock && n.Parent() != nil {
		n = n.Parent()
	}
	return n
}

// text notes a text of Markdown.
func (g *gatherer) text(n *ast.Text, after byte) {
	if g == nil {
		return
	}
	said := string(n.Value(g.r.source))
	if !n.IsRaw() && !isPlain([]byte(said)) {
		said = html.UnescapeString(string(appendText(nil, []byte(said))))
	}
	if said == "" {
		g.breaks(n, after)
		return
	}
	g.run(n, span{n.Segment.Start, n.Segment.Stop}, said, after)
}

// breaks notes what stands behind the last run of a node's block, if it has one.
func (g *gatherer) breaks(n ast.Node, after byte) {
	if after == 0 || g.apart || blockOf(n) != g.block {
		return
	}
	last := len(g.Runs) - 1
	for g.Runs[last].Block != g.number { // a caption
		last--
	}
	g.Runs[last].After = after
}

// literal notes a line in which nothing has a meaning, and what its end is.
func (g *gatherer) literal(n ast.Node, s text.Segment, end byte) {
	if g == nil {
		return
	}
	line, ended := bytes.CutSuffix(g.r.source[s.Start:s.Stop], []byte("\n"))
	if !ended {
		end = 0
	}
	if blank(line) {
		g.breaks(n, end)
		return
	}
	g.run(n, span{s.Start, s.Start + len(line)}, string(line), end)
}

// code notes the lines of a block of code.
func (g *gatherer) code(n ast.Node) {
	if g == nil {
		return
	}
	for i := range n.Lines().Len() {
		g.literal(n, n.Lines().At(i), '\n')
	}
}

// rawText notes the text between two tags of raw HTML, line by line.
func (g *gatherer) rawText(n ast.Node, where *cursor, from int, typed, said string) {
	if g == nil {
		return
	}
	lines, shown := strings.Split(typed, "\n"), strings.Split(said, "\n")
	if len(lines) != len(shown) { // &#10;
		lines, shown = []string{typed}, []string{said}
	}
	for i, line := range lines {
		if i > 0 {
			g.breaks(n, ' ')
		}
		if strings.TrimSpace(shown[i]) != "" {
			g.run(n, where.span(from, from+len(line)), shown[i], 0)
		}
		from += len(line) + 1
	}
}

// rawTag notes a tag of raw HTML, which may divide blocks.
func (g *gatherer) rawTag(n ast.Node, name string) {
	switch {
	case g == nil || slices.Contains(inLine, name) || name == "img":
	case name == "br":
		g.breaks(n, '\n')
	default:
		g.apart = true
	}
}

func (g *gatherer) heading(n *ast.Heading, a Anchor) {
	if g == nil {
		return
	}
	s := lineSpan(g.r.source, n.Pos())
	if lines := n.Lines(); lines.Len() > 0 {
		s = span{lines.At(0).Start, lines.At(lines.Len() - 1).Stop}
	}
	g.Headings = append(g.Headings, Heading{g.place(s), a.Level, a.Title, a.ID})
}

// link notes a link that begins, and marks its element so that it finds its end.
func (g *gatherer) link(s span, dest string, e *element) {
	if g == nil {
		return
	}
	g.Links = append(g.Links, Link{Place: g.place(s), Dest: dest, Ref: e.ref})
	e.link, e.runs, e.pics = len(g.Links), len(g.Runs), len(g.Pictures)
}

// linked notes that a link ends.
func (g *gatherer) linked(e element) {
	if g == nil || e.link == 0 {
		return
	}
	to := &g.Links[e.link-1]
	to.Seen = len(g.Pictures) > e.pics
	var b strings.Builder
	for _, r := range g.Runs[e.runs:] {
		if r.Kind == InCaption {
			to.Seen = true
		} else {
			b.WriteString(r.Text)
			if r.After != 0 {
				b.WriteByte(' ')
			}
		}
	}
	to.Text = strings.TrimSpace(b.String())
}

func (g *gatherer) picture(s span, ref int) {
	if g == nil {
		return
	}
	to := g.r.out.Refs[ref]
	g.Pictures = append(g.Pictures, Picture{g.place(s), to.Dest, to.Alt, to.Title, ref})
	g.caption(s, to.Title)
}

func (g *gatherer) argument(typed typedArg, s ArgSpec, spec DirectiveSpec, a Arg) {
	if g == nil {
		return
	}
	where := typed.span
	if where.end <= where.at {
		where = g.find(where, a.Value)
	}
	g.Arguments = append(g.Arguments, Argument{g.place(where), spec.Name, a.Key, a.Value, a.Ref})
	if s.Kind == TextArg && s.Choices == nil {
		g.caption(typed.span, a.Value)
	}
}

// outsidePicture notes the words that stand in place of a picture of another site.
func (g *gatherer) outsidePicture(s span, said string) {
	if g != nil {
		g.caption(s, said)
	}
}

// caption notes a text that stands among marks, somewhere in a span. What stands
// around it goes on behind it.
func (g *gatherer) caption(s span, said string) {
	if strings.TrimSpace(said) == "" {
		return
	}
	g.count++
	g.Runs = append(g.Runs, Run{g.place(g.find(s, said)), said, InCaption, g.count, 0})
}

// find is where a text stands in a span, of a point in the rest of its line; all of
// that if it was typed otherwise.
func (g *gatherer) find(s span, said string) span {
	if s.end <= s.at {
		s = lineSpan(g.r.source, s.at)
	}
	if i := bytes.LastIndex(g.r.source[s.at:s.end], []byte(said)); i >= 0 {
		return span{s.at + i, s.at + i + len(said)}
	}
	return s
}

// cursor finds where the bytes of raw HTML stand in the source. Its lines need not
// stand behind each other: marks of quotations stand between them.
type cursor struct {
	lines  *text.Segments
	source []byte
	line   int
	before int // bytes of the lines before that
}

// span is where two offsets are that are asked for in their order.
func (c *cursor) span(from, to int) span {
	s := span{at: c.at(from)}
	s.end = max(s.at, c.at(max(from, to-1))+min(1, to-from))
	return s
}

func (c *cursor) at(offset int) int {
	for c.line < c.lines.Len()-1 {
		s := c.lines.At(c.line)
		size := len(s.Value(c.source))
		if offset < c.before+size {
			break
		}
		c.line, c.before = c.line+1, c.before+size
	}
	s := c.lines.At(c.line)
	return min(s.Stop, s.Start+max(0, offset-c.before-s.Padding))
}
