package markdown

import (
	"bytes"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"qinglian/internal/diag"
	"qinglian/internal/pattern"
)

// What a browser makes of raw HTML that is in the wrong place differs from what was
// typed: a list that never ends takes the rest of the page with it, </p> without its
// <p> is a paragraph more. So elements stand only where HTML allows them (its content
// models, as far as our list of elements goes): those whose end may be left out get
// it, what has no place is left out, and what holds parts alone, or words alone, ends
// in front of anything else.

// partOf are the elements that stand in certain others only.
var partOf = map[string][]string{
	"li": {"ul", "ol"}, "dt": {"dl"}, "dd": {"dl"}, "summary": {"details"}, "figcaption": {"figure"},
	"caption": {"table"}, "colgroup": {"table"}, "col": {"colgroup"}, "thead": {"table"}, "tbody": {"table"},
	"tfoot": {"table"},
	"tr":    {"table", "thead", "tbody", "tfoot"}, "td": {"tr"}, "th": {"tr"}, "rt": {"ruby"}, "rp": {"ruby"},
	"rb": {"ruby"},
}

var (
	// frames hold parts alone.
	frames = strings.Fields("ul ol dl table thead tbody tfoot tr colgroup")
	// scopes are those of them that parts outside don't reach into.
	scopes = strings.Fields("ul ol dl table")
	// phrases hold words alone; seeThrough ones hold what may stand around them.
	phrases    = strings.Fields("abbr b bdi bdo cite code dfn em h1 h2 h3 h4 h5 h6 i kbd mark p pre q rb rp rt ruby s samp small span strong sub summary sup time u var")
	seeThrough = strings.Fields("a ins del")
	// blockElements may not stand among words.
	blockElements = strings.Fields("blockquote details div dl figure h1 h2 h3 h4 h5 h6 hr ol p pre section table ul")
	// inWords stand among words themselves.
	inWords = strings.Fields("a rt rp rb")
	// endless elements need no end tag.
	endless = strings.Fields("li dt dd p rt rp rb tr td th thead tbody tfoot colgroup caption")
)

// admits prepares the place for a raw element and reports whether it may stand there.
func (r *renderer) admits(s span, name string) bool {
	if parents, ok := partOf[name]; ok {
		return r.admitsPart(s, name, parents)
	}
	r.endFrames(s.at)
	if !slices.Contains(blockElements, name) {
		return true
	}
	if last := len(r.open) - 1; last >= r.floor && r.open[last].name == "p" {
		r.close(last) // its end may be left out
	}
	last := len(r.open) - 1
	heading := last >= r.floor && r.open[last].name == "summary" && len(name) == 2 && name[0] == 'h' && name != "hr"
	if r.amongWords() && !heading {
		r.misplaced(s, name)
		return false
	}
	return true
}

// admitsPart ends what stands between a part and the element that it is of.
func (r *renderer) admitsPart(s span, name string, parents []string) bool {
	for i := len(r.open) - 1; i >= r.floor; i-- {
		e := &r.open[i]
		if slices.Contains(parents, e.name) {
			if name == "summary" && (e.summed || i < len(r.open)-1) {
				break
			}
			e.summed = true
			r.close(i + 1)
			return true
		}
		if slices.Contains(scopes, e.name) {
			break
		}
	}
	r.misplaced(s, name)
	return false
}

// amongWords reports whether only words may stand here.
func (r *renderer) amongWords() bool {
	for i := len(r.open) - 1; i >= r.floor; i-- {
		if name := r.open[i].name; !slices.Contains(seeThrough, name) {
			return slices.Contains(phrases, name)
		}
	}
	return r.words > 0
}

// endFrames ends the elements around a place that hold parts alone.
func (r *renderer) endFrames(at int) {
	depth := len(r.open)
	for depth > r.floor && slices.Contains(frames, r.open[depth-1].name) {
		depth--
	}
	if depth < len(r.open) {
		r.endedEarly(at, r.open[depth].name)
		r.close(depth)
	}
}

// room ends the raw elements in which a node of Markdown may not stand.
func (r *renderer) room(n ast.Node) {
	switch n := n.(type) {
	case *ast.HTMLBlock, *ast.RawHTML, *ast.TextBlock, *ast.LinkReferenceDefinition:
		return
	case *ast.Text:
		if blank(n.Value(r.source)) {
			return
		}
	}
	if n.Type() == ast.TypeInline {
		r.endFrames(n.Pos())
		return
	}
	depth := len(r.open)
	for i := depth - 1; i >= r.floor && !flows(r.open[i].name); i-- {
		if !slices.Contains(seeThrough, r.open[i].name) {
			depth = i
		}
	}
	if depth == len(r.open) {
		return
	}
	if name := r.open[depth].name; name != "p" {
		r.endedEarly(n.Pos(), name)
	}
	r.close(depth)
}

// flows reports whether an element holds blocks.
func flows(name string) bool {
	return !slices.Contains(frames, name) && !slices.Contains(phrases, name) && !slices.Contains(seeThrough, name)
}

// endUnended ends the elements that a block of raw HTML opened, from one on, and that
// no end tag follows in the text.
func (r *renderer) endUnended(first, after int) {
	for i := max(first, r.floor); i < len(r.open); i++ {
		e := r.open[i]
		if slices.Contains(endless, e.name) || r.endsAfter(e.name, after) {
			continue
		}
		r.problem(e.at, diag.Diagnostic{Rule: "misplaced-html", Severity: diag.Warning,
			Message: diag.Say("HTML “<%s>”没有结束，已在空行前替它结束",
				"the HTML <%s> does not end; it was ended in front of the empty line", e.name),
			Hint: diag.Say("在它的内容后面写 </%s>", "write </%s> after its content", e.name)})
		r.close(i)
		return
	}
}

// endsAfter reports whether more elements of a name end than begin behind an offset,
// in the raw HTML of the text.
func (r *renderer) endsAfter(name string, after int) bool {
	if r.tags == nil {
		r.tags = map[string]elementTags{}
		r.findTags(r.root)
	}
	tags := r.tags[name]
	behind := func(places []int) int {
		before, _ := slices.BinarySearch(places, after)
		return len(places) - before
	}
	return behind(tags.ends) > behind(tags.starts)
}

// elementTags are where the tags of one element stand in a text.
type elementTags struct{ starts, ends []int }

var tagPattern = pattern.Of(`<(/?)([A-Za-z][A-Za-z0-9]*)`)

// findTags finds the tags in the raw HTML below a node.
func (r *renderer) findTags(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.HTMLBlock:
			if c.HTMLBlockType != ast.HTMLBlockType2 { // a comment
				r.tagsIn(c.Lines())
			}
		case *ast.RawHTML:
			r.tagsIn(c.Segments)
		default:
			r.findTags(c)
		}
	}
}

func (r *renderer) tagsIn(segments *text.Segments) {
	for i := range segments.Len() {
		s := segments.At(i)
		value := s.Value(r.source)
		for _, m := range tagPattern().FindAllSubmatchIndex(value, -1) {
			name := string(bytes.ToLower(value[m[4]:m[5]]))
			tags := r.tags[name]
			if m[3] > m[2] {
				tags.ends = append(tags.ends, s.Start+m[0])
			} else {
				tags.starts = append(tags.starts, s.Start+m[0])
			}
			r.tags[name] = tags
		}
	}
}

// summarised reports whether a summary follows <details>, in the rest of its piece of
// HTML or of the text.
func summarised(rest, source []byte) bool {
	for _, text := range [][]byte{rest, source} {
		text = bytes.TrimLeft(text, " \t\n>")
		if bytes.HasPrefix(bytes.ToLower(text[:min(len(text), len("<summary"))]), []byte("<summary")) {
			return true
		}
	}
	return false
}

// misplaced leaves out an element that has no place here. What it would have divided
// stays divided, by a line break.
func (r *renderer) misplaced(s span, name string) {
	last := len(r.open) - 1
	framed := last >= r.floor && slices.Contains(frames, r.open[last].name)
	if r.said != nil && !framed && !slices.Contains(inWords, name) {
		r.write("<br>")
		r.said = nil
	}
	hint := diag.Say("块不能写在一段话中间：另起一段写，上下各空一行",
		"no block stands inside a paragraph: begin a new one, with empty lines around it")
	parents, part := partOf[name]
	switch {
	case name == "a":
		hint = diag.Say("链接里不能再有链接，分开写", "no link stands in another: write one after the other")
	case part:
		hint = diag.Say("它要写在 <%s> 和 </%[1]s> 之间；列表和表格最好用 Markdown 写",
			"it belongs between <%s> and </%[1]s>; lists and tables are better written in Markdown", parents[0])
	}
	r.misplacedHTML(s, diag.Say("HTML “<%s>”不能放在这里，已去掉，里面的文字还在",
		"the HTML <%s> can't stand here and was left out; the text in it is still there", name), hint)
}

func (r *renderer) endedEarly(at int, name string) {
	r.misplacedHTML(point(at), diag.Say("HTML “<%s>”里放不下这里的内容，已在前面结束",
		"the HTML <%s> can't hold what stands here and was ended in front of it", name),
		diag.Say("前面写上 </%s>；列表和表格最好用 Markdown 写",
			"write </%s> before it; lists and tables are better written in Markdown", name))
}
