package markdown

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"qinglian/internal/diag"
)

// Anchor is a place in the text that links can lead to: a heading, a clause of
// a regulation, or an id set in raw HTML.
type Anchor struct {
	ID     string
	Alias  string // a second id in lower-case ASCII, for links typed on a phone; "" where ID is ASCII (but for clauses)
	Title  string // of a heading; of a clause that is no heading its number: 第三条
	Level  int    // of a heading, 1 to 6; else 0
	Clause bool   // it begins with the number of a clause
}

// localLink is a link to an anchor of the same text, checked at its end.
type localLink struct {
	anchor string
	where  diag.Diagnostic
}

// anchor enters a place into the text's anchors, its ids made unique.
func (r *renderer) anchor(a Anchor) Anchor {
	a.ID = r.unique(a.ID)
	if ascii(a.ID) && !a.Clause {
		a.Alias = ""
	} else {
		for r.given[a.Alias] {
			a.Alias += "x"
		}
		a.Alias = r.unique(a.Alias)
	}
	r.out.Anchors = append(r.out.Anchors, a)
	return a
}

// startAnchored writes the start tag of an element that is an anchor. Its
// second id stands on an empty element in front of its content.
func (r *renderer) startAnchored(tag, class string, a Anchor) {
	r.tag(tag, a.ID, class)
	if a.Alias != "" {
		r.write(`<a id="`, a.Alias, `"></a>`)
	}
}

// unique numbers an id that the text has already.
func (r *renderer) unique(id string) string {
	r.ids[id]++
	if r.ids[id] == 1 {
		return id
	}
	return r.unique(id + "-" + strconv.Itoa(r.ids[id]))
}

// headingID is the id of a heading: its letters and digits in lower case,
// Chinese kept, a hyphen for each gap.
func headingID(title string) string {
	var b strings.Builder
	gap := false
	for _, c := range strings.ToLower(title) {
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '_' {
			gap = gap || unicode.IsSpace(c) || c == '-'
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte('-')
		}
		gap = false
		b.WriteRune(c)
	}
	if b.Len() == 0 {
		return "section"
	}
	return b.String()
}

func ascii(s string) bool {
	return strings.IndexFunc(s, func(c rune) bool { return c >= utf8.RuneSelf }) < 0
}

// checkAnchors reports links to places that the page does not have.
func (r *renderer) checkAnchors() {
	if len(r.local) == 0 {
		return
	}
	known, looked := AnchorsByID(r.out.Anchors), 0
	for _, l := range r.local {
		if _, ok := known[l.anchor]; ok || l.anchor == "" || l.anchor == "top" {
			continue
		}
		among := r.out.Anchors
		if looked += len(among); looked > MostLooking {
			among = nil
		}
		r.found.Add(MissingAnchor(l.anchor, among).Placed(l.where))
	}
}

// longName is how many bytes an id has that is not compared with others when
// looking for the nearest: that takes the square of their lengths.
const longName = 300

// MostLooking is how many names are compared with what was meant, all in all: a
// page with ten thousand headings and as many wrong links would take for ever.
const MostLooking = 1_000_000

// AnchorsByID finds a page's anchors, by their places among them, by either of
// their ids.
func AnchorsByID(anchors []Anchor) map[string]int {
	known := make(map[string]int, 2*len(anchors))
	for i, a := range anchors {
		known[a.Alias] = i
	}
	for i, a := range anchors {
		known[a.ID] = i // an id is more than another's alias
	}
	delete(known, "")
	return known
}

// MissingAnchor is the message about a link to an anchor that a page does not
// have. A near one among those given is suggested.
func MissingAnchor(id string, among []Anchor) diag.Diagnostic {
	var known []string
	for _, a := range among {
		if len(a.ID) < longName {
			known = append(known, a.ID)
		}
	}
	if len(id) >= longName {
		known = nil
	}
	hint := diag.Say("照那一页的标题写，如 #%s", "use a heading of that page, such as #%s", append(known, "标题")[0])
	if near := diag.Nearest(id, known); near != "" {
		hint = diag.Say("是不是想写 #%s？", "did you mean #%s?", near)
	}
	return diag.Diagnostic{Rule: "dead-anchor", Severity: diag.Error,
		Message: diag.Say("页面里没有“#%s”这个位置", "there is no place #%s on the page", id), Hint: hint}
}
