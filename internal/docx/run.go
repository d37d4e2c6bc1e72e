package docx

import (
	"slices"
	"strings"
	"unicode/utf8"

	"qinglian/internal/manuscript"
	"qinglian/internal/ooxml"
)

// line is the paragraph that is read.
type line struct {
	spans []manuscript.Span
	link  string
	last  string // the end of the text in front of it
}

// How much of the text in front of an omission says where that was, and how far back it
// is looked for.
const (
	lastCharacters = 12
	lastSpans      = 50
)

// end is the end of the text so far.
func (l *line) end() string {
	text := ""
	for i := len(l.spans) - 1; i >= max(0, len(l.spans)-lastSpans) &&
		utf8.RuneCountInString(text) < lastCharacters; i-- {
		text = l.spans[i].Text + text
	}
	if text = strings.TrimSpace(text); text == "" {
		return l.last
	}
	runes := []rune(strings.Join(strings.Fields(text), " "))
	return string(runes[max(0, len(runes)-lastCharacters):])
}

// inline reads what stands in a paragraph.
func (r *reader) inline(n *node, l look) {
	for _, c := range n.Children {
		switch c.Name {
		case "w:pPr", "w:rPr":
			r.omit(manuscript.Unread, "", c) // there is no text in them
		case "w:r":
			r.inline(c, r.styles.run(c.Child("w:rPr"), l))
		case "w:hyperlink":
			r.hyperlink(c, l)
		case "w:del", "w:moveFrom":
			r.removed(c)
		case "w:fldSimple":
			r.begin(field{instruction: c.Attr("instr"), result: true, link: r.fieldLink(c.Attr("instr"))})
			r.inline(c, l)
			r.end()
		case "w:fldChar":
			r.fieldChar(c)
		case "m:oMath", "m:oMathPara":
			r.omit(manuscript.Equation, "", c)
		case "mc:AlternateContent":
			r.alternate(c, func(chosen *node) { r.inline(chosen, l) })
		case "w:drawing", "w:pict", "w:object":
			r.drawing(c, l)
		case "w:ruby":
			r.inline(c, l)
		case "w:rt":
			r.omit(manuscript.Reading, "", c)
		case "w:p", "w:tbl": // a block where none can be
			for _, b := range r.blocks(&node{Children: []*node{c}}) {
				r.line.spans = append(r.line.spans, manuscript.Span{Text: "\n", Made: true})
				r.line.spans = append(r.line.spans, flat(b)...)
			}
		default:
			r.character(c, l)
		}
	}
}

// flat is the spans of a block, also of a table's cells.
func flat(b manuscript.Block) (spans []manuscript.Span) {
	spans = b.Spans
	for _, row := range b.Rows {
		for _, c := range row {
			for _, inside := range c.Blocks {
				spans = append(spans, manuscript.Span{Text: "\n", Made: true})
				spans = append(spans, flat(inside)...)
			}
		}
	}
	return spans
}

// character reads what stands in a run.
func (r *reader) character(c *node, l look) {
	switch c.Name {
	case "w:delText":
		r.omit(manuscript.Deleted, "", c)
	case "w:instrText":
		r.instruct(string(c.Text))
		r.inline(c, l)
	case "w:tab", "w:ptab":
		r.text(" ", l, true)
	case "w:br":
		if kind := c.Attr("type"); kind == "" || kind == "textWrapping" {
			r.text("\n", l, true)
		}
	case "w:cr":
		r.text("\n", l, true)
	case "w:noBreakHyphen":
		r.text("-", l, true)
	case "w:sym":
		r.symbol(c, l)
	case "w:footnoteReference", "w:endnoteReference":
		r.note(strings.TrimSuffix(strings.TrimPrefix(c.Name, "w:"), "Reference"), c.Attr("id"), l)
	case "w:commentReference":
		r.anchors[c.Attr("id")] = r.line.end()
	default:
		if ooxml.HoldsText(c.Name) {
			r.text(string(c.Text), l, false)
		}
		r.inline(c, l)
	}
}

// text takes a text into the paragraph, unless it is hidden or a field's that a site
// makes itself.
func (r *reader) text(text string, l look, made bool) {
	if text == "" {
		return
	}
	why := manuscript.Hidden
	switch own, link := r.field(); {
	case l.hidden == on:
	case own:
		why = manuscript.Field
	default:
		if !made {
			text = r.legible(text)
			text = strings.NewReplacer("\n", " ", "\r", " ").Replace(text)
		}
		s := manuscript.Span{Text: text, Made: made, Bold: l.bold == on, Struck: l.struck == on, Link: r.line.link,
			Raised: l.position == "superscript", Lowered: l.position == "subscript"}
		if s.Link == "" {
			s.Link = link
		}
		r.line.spans = append(r.line.spans, s)
		return
	}
	if !made {
		r.leaveText(why, text)
	}
}

// longestGathered is how long a text grows that is listed in one line.
const longestGathered = 4096

// leaveText lists a text; with that in front of it, if both are left out for the same
// reason at the same place: what is said in one line stands in many runs.
func (r *reader) leaveText(why manuscript.Why, text string) {
	if n := len(r.out.Left); n > 0 {
		last := &r.out.Left[n-1]
		if last.Why == why && last.After == r.line.end() && last.What == "" && len(last.Text) < longestGathered {
			last.Text += text
			return
		}
	}
	if strings.TrimSpace(text) != "" {
		r.leave(manuscript.Omission{Why: why, Text: text})
	}
}

// removed lists what was deleted, or moved away, while changes were tracked.
func (r *reader) removed(n *node) {
	why := manuscript.Deleted
	if n.Name == "w:moveFrom" {
		why = manuscript.Moved
	}
	r.omit(why, n.Attr("author"), n)
}

// alternate reads the first of several ways to show something that has anything to be
// seen, and lists the text of others that say something else.
func (r *reader) alternate(n *node, read func(*node)) {
	if len(n.Children) == 0 {
		return
	}
	shows := func(c *node) bool { return said(c) != "" || pictured(c) }
	chosen := n.Children[max(0, slices.IndexFunc(n.Children, shows))]
	for _, c := range n.Children {
		if c == chosen {
			read(c)
		} else if said(c) != said(chosen) {
			r.omit(manuscript.Alternative, "", c)
		}
	}
}

func (r *reader) hyperlink(n *node, l look) {
	outer := r.line.link
	if id := n.Attr("r:id"); id != "" {
		r.line.link = r.address(r.relations[id].Target)
	}
	r.inline(n, l)
	r.line.link = outer
}

// address is one that a page may lead to; another is listed.
func (r *reader) address(typed string) string {
	typed = strings.TrimSpace(typed)
	if typed == "" || strings.HasPrefix(typed, "#") {
		return ""
	}
	if address, ok := manuscript.Address(typed); ok {
		return address
	}
	r.leave(manuscript.Omission{Why: manuscript.Elsewhere, What: typed})
	return ""
}

// target is the part or address that an id stands for.
func (r *reader) target(id string) string { return r.relations[id].Target }

// field is a field that is read: first its instruction, then what it came to.
type field struct {
	instruction string
	result      bool
	link        string
	number      int    // of those in the text, in their order
	after       string // the end of the text in front of it
}

// longestInstruction is how much of a field's instruction is looked at.
const longestInstruction = 4096

func (r *reader) instruct(words string) {
	if n := len(r.fields); n > 0 && r.deeper == 0 && len(r.fields[n-1].instruction) < longestInstruction {
		r.fields[n-1].instruction += words
	}
}

func (r *reader) fieldChar(n *node) {
	switch n.Attr("fldCharType") {
	case "begin":
		if !r.within {
			r.begun++
		}
		if none := r.bare || !r.within && r.endless[r.begun]; !none {
			r.begin(field{number: r.begun, after: r.line.end()})
		}
	case "separate":
		if len(r.fields) > 0 && r.deeper == 0 {
			f := &r.fields[len(r.fields)-1]
			f.result = true
			f.link = r.fieldLink(f.instruction)
		}
	case "end":
		r.end()
	}
}

// mostFields is how many fields in each other are looked at.
const mostFields = 50

func (r *reader) begin(f field) {
	if len(r.fields) == mostFields {
		r.deeper++
		return
	}
	r.fields = append(r.fields, f)
}

func (r *reader) end() {
	switch {
	case r.deeper > 0:
		r.deeper--
	case len(r.fields) > 0:
		r.fields = r.fields[:len(r.fields)-1]
	}
}

// fieldLink is the address in HYPERLINK "https://…".
func (r *reader) fieldLink(instruction string) string {
	rest, ok := strings.CutPrefix(strings.TrimSpace(instruction), "HYPERLINK")
	if !ok {
		return ""
	}
	words := strings.Split(rest, `"`)
	if len(words) < 2 || strings.Contains(words[0], `\l`) {
		return ""
	}
	return r.address(words[1])
}

// ownFields are those that come to what a site makes itself.
var ownFields = []string{"PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF", "TOC", "INDEX", "XE", "TC"}

// field says of the text that is read whether it is a field's that a site makes itself,
// or stands in an instruction; and where the field leads.
func (r *reader) field() (own bool, link string) {
	for _, f := range r.fields {
		words := strings.Fields(f.instruction)
		name := ""
		if len(words) > 0 {
			name = strings.ToUpper(words[0])
		}
		if !f.result || slices.Contains(ownFields, name) {
			return true, ""
		}
		if f.link != "" {
			link = f.link
		}
	}
	return false, link
}
