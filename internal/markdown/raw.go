package markdown

import (
	"bytes"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"golang.org/x/net/html"

	"qinglian/internal/diag"
	"qinglian/internal/pattern"
)

// elements is the allow-list of raw HTML: each element with the attributes it
// may have besides the global ones.
var elements = map[string][]string{
	"a": {"href", "name"}, "abbr": nil, "b": nil, "bdi": nil, "bdo": nil, "blockquote": {"cite"}, "br": nil,
	"caption": nil, "cite": nil, "code": nil, "col": {"span"}, "colgroup": {"span"}, "dd": nil,
	"del":     {"cite", "datetime"},
	"details": {"open"}, "dfn": nil, "div": nil, "dl": nil, "dt": nil, "em": nil, "figcaption": nil, "figure": nil,
	"h1": nil, "h2": nil, "h3": nil, "h4": nil, "h5": nil, "h6": nil, "hr": nil, "i": nil,
	"img": {"src", "alt"}, "ins": {"cite", "datetime"}, "kbd": nil, "li": {"value"}, "mark": nil,
	"ol": {"start", "reversed"}, "p": nil, "pre": nil, "q": {"cite"}, "rb": nil, "rp": nil, "rt": nil, "ruby": nil,
	"s": nil, "samp": nil, "section": nil, "small": nil, "span": nil, "strong": nil, "sub": nil, "summary": nil,
	"sup": nil, "table": nil, "tbody": nil, "td": {"colspan", "rowspan"}, "tfoot": nil,
	"th": {"colspan", "rowspan", "scope"}, "thead": nil, "time": {"datetime"}, "tr": nil, "u": nil, "ul": nil,
	"var": nil, "wbr": nil,
}

var global = []string{"title", "lang", "dir", "class", "id"}

// empty elements have no end tag.
var empty = []string{"br", "col", "hr", "img", "wbr"}

// raw passes a piece of raw HTML through the allow-list. Whatever is dropped
// is reported; the text inside dropped elements stays, but for script and
// style, whose text is not prose.
func (r *renderer) raw(n ast.Node, lines *text.Segments, fragment []byte) {
	z := html.NewTokenizer(bytes.NewReader(fragment))
	where, read := cursor{lines: lines, source: r.source}, 0
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return
		}
		from, begins := read, where
		read += len(z.Raw())
		here := where.span(from, read)
		t := z.Token()
		if r.skip != "" {
			if kind == html.EndTagToken && t.Data == r.skip {
				r.skip = ""
			}
			continue
		}
		switch kind {
		case html.TextToken:
			if strings.TrimSpace(t.Data) != "" {
				r.endFrames(here.at)
			}
			r.facts.rawText(n, &begins, from, string(fragment[from:read]), t.Data)
			r.write(html.EscapeString(t.Data))
			r.remember([]byte(strings.TrimSpace(t.Data)))
		case html.StartTagToken, html.SelfClosingTagToken:
			r.facts.rawTag(n, t.Data)
			depth := len(r.open)
			r.startRaw(here, t)
			if t.Data == "details" && len(r.open) > depth &&
				!summarised(fragment[min(read, len(fragment)):], r.source[here.end:]) {
				r.write("<summary>详细内容</summary>")
				r.open[depth].summed = true
			}
		case html.EndTagToken:
			r.facts.rawTag(n, t.Data)
			r.endRaw(t.Data)
		}
	}
}

func (r *renderer) startRaw(s span, t html.Token) {
	own, ok := elements[t.Data]
	if !ok {
		r.dropped(s, "<"+t.Data+">", elementShows(t.Data))
		if t.Type == html.StartTagToken && (t.Data == "script" || t.Data == "style") {
			r.skip, r.skipped = t.Data, s.at
		}
		return
	}
	if len(t.Attr) > maxOfTag {
		f := tooComplex(s, diag.Say("一个 HTML 标签有 %d 个以上属性", "a tag of HTML has more than %d attributes", maxOfTag))
		r.problemOver(f.span, f.Diagnostic)
		return
	}
	if !r.admits(s, t.Data) {
		return
	}
	if len(r.open) >= maxOpen {
		f := tooComplex(s, diag.Say("HTML 标签套了 %d 层以上",
			"elements of HTML stand in each other more than %d deep", maxOpen))
		r.problemOver(f.span, f.Diagnostic)
		return
	}
	attrs := map[string]string{}
	var kept []html.Attribute
	for _, a := range t.Attr {
		known := slices.Contains(own, a.Key) || slices.Contains(global, a.Key)
		if a.Key == "cite" { // no browser follows it, but a script that lists sources might
			var kind target
			a.Val, kind = classify(a.Val)
			known = known && kind == outside
		}
		if !known {
			if !zoomed(t.Data, a) {
				r.dropped(s, a.Key+"=…", attributeShows(a))
			}
			continue
		}
		attrs[a.Key] = a.Val
		kept = append(kept, a)
	}
	switch {
	case t.Data == "img":
		r.landings(attrs)
		r.picture(s, strings.ReplaceAll(attrs["src"], `\`, "/"), attrs["alt"], attrs["title"])
		return
	case t.Data == "a" && attrs["href"] != "":
		r.rawLink(s, attrs)
		return
	}
	if attrs["id"] != "" && attrs["name"] != attrs["id"] {
		r.landings(map[string]string{"name": attrs["name"]}) // an element has one id
	}
	framed := t.Data == "table" && !slices.ContainsFunc(r.open, func(e element) bool { return e.name == "table" })
	if framed {
		r.frameTable()
	}
	r.write("<", t.Data)
	for _, a := range kept {
		if a.Key == "name" && attrs["id"] != "" {
			continue
		}
		if a.Key == "id" || a.Key == "name" {
			a.Key, a.Val = "id", r.rawID(a.Val)
		}
		r.write(" ", a.Key, `="`, html.EscapeString(a.Val), `"`)
	}
	r.write(">")
	if !slices.Contains(empty, t.Data) {
		r.open = append(r.open, element{name: t.Data, ref: -1, at: s.at, framed: framed})
	}
}

// rawID enters the id of an element of raw HTML into the text's anchors.
func (r *renderer) rawID(given string) string {
	id := r.unique(strings.Join(strings.Fields(given), "-"))
	r.out.Anchors = append(r.out.Anchors, Anchor{ID: id})
	return id
}

// landings are the places of an element whose tag is filled in later, so that it has no
// room for ids: an empty element in front of it for each.
func (r *renderer) landings(attrs map[string]string) {
	ids := []string{attrs["id"], attrs["name"]}
	for _, id := range slices.Compact(ids) {
		if strings.TrimSpace(id) != "" {
			r.write(`<span id="`, html.EscapeString(r.rawID(id)), `"></span>`)
		}
	}
}

// zoomed reports whether an attribute is the size that Typora writes on a
// picture. Pictures have the size that the theme gives them.
func zoomed(element string, a html.Attribute) bool {
	return element == "img" && a.Key == "style" && zoom().MatchString(a.Val)
}

var zoom = pattern.Of(`^\s*zoom\s*:\s*[\d.]+%?\s*;?\s*$`)

// element is an open link or element of raw HTML. A link into the site has holes for
// tags: ref is its index in Refs, else -1. A table that stands in no other has a frame.
type element struct {
	name   string
	ref    int
	framed bool
	link   int  // how many links the facts have with it; 0 if it is none
	runs   int  // how many runs stand in front of it, if it is one
	pics   int  // the same of pictures
	at     int  // where it begins in the source
	summed bool // of details: it has its summary
}

func (r *renderer) rawLink(s span, attrs map[string]string) {
	if r.endRaw("a"); r.linked {
		r.misplaced(s, "a")
		return
	}
	r.landings(attrs)
	if link, ok := r.startLink(s, attrs["href"], attrs["title"]); ok {
		link.at = s.at
		r.open = append(r.open, link)
	}
}

// endRaw closes an element and those left open in it. An end tag whose element
// was not opened in the same block is nothing.
func (r *renderer) endRaw(name string) {
	for i := len(r.open) - 1; i >= r.floor; i-- {
		if r.open[i].name == name {
			r.close(i)
			return
		}
	}
}

// close ends the raw elements that were opened after there were depth.
func (r *renderer) close(depth int) {
	for len(r.open) > depth {
		e := r.open[len(r.open)-1]
		r.open = r.open[:len(r.open)-1]
		r.end(e)
	}
}

// end writes the end tag of an element, or leaves its hole.
func (r *renderer) end(e element) {
	r.facts.linked(e)
	if e.ref >= 0 {
		r.out.Holes = append(r.out.Holes, Hole{At: len(r.html), Ref: e.ref, End: true})
		return
	}
	r.write("</", e.name, ">")
	if e.framed {
		r.write("</div>")
	}
	if flows(e.name) || slices.Contains(frames, e.name) || e.name == "p" {
		r.said = nil
	}
}
