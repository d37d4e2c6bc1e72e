package markdown

import (
	"cmp"
	"net/url"
	"strconv"
	"strings"
	"sync"
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

// localLink is a link to an anchor of the same text, settled at its end.
type localLink struct {
	anchor   string // as typed, decoded
	id       string // of the place that it leads to, if there is one
	at, size int    // where it stands in the HTML
	where    diag.Diagnostic
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
	if r.out.Anchors == nil {
		r.out.Anchors = make([]Anchor, 0, 8)
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
	b.Grow(len(title))
	gap := false
	for _, c := range title {
		c = lower(c)
		if !letterOrDigit(c) && c != '_' {
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

// settleAnchors has each link to a place of the same text lead to its id, and reports
// those to places that the text does not have.
func (r *renderer) settleAnchors() {
	if len(r.local) == 0 {
		return
	}
	index, looked := IndexAnchors(r.out.Anchors), 0
	wanted := sync.OnceValue(r.wanted)
	for i := range r.local {
		l := &r.local[i]
		at, doubt := index.Find(l.anchor, wanted)
		switch {
		case doubt != nil:
			r.problems.Add(doubt.Placed(l.where))
		case at < 0 && l.anchor != "" && l.anchor != "top":
			among := r.out.Anchors
			if looked += len(among); looked > MostLooking {
				among = nil
			}
			r.problems.Add(MissingAnchor(l.anchor, among).Placed(l.where))
		}
		if at >= 0 && l.anchor != r.out.Anchors[at].Alias {
			l.id = r.out.Anchors[at].ID
		}
	}
}

// wanted are the names in links to places of the same text.
func (r *renderer) wanted() map[string]bool {
	names := make(map[string]bool, len(r.local))
	for _, l := range r.local {
		names[l.anchor] = true
	}
	return names
}

// settled is what was written, with the addresses of links to places of the same text
// as they turned out: when they were written not all places were known.
func (r *renderer) settled() string {
	if len(r.local) == 0 {
		return string(r.html)
	}
	out := make([]byte, 0, len(r.html))
	from, hole := 0, 0
	for _, l := range r.local {
		for ; hole < len(r.out.Holes) && r.out.Holes[hole].At <= l.at; hole++ {
			r.out.Holes[hole].At += len(out) - from
		}
		out = append(out, r.html[from:l.at]...)
		out = appendEscaped(out, url.PathEscape(cmp.Or(l.id, l.anchor)))
		from = l.at + l.size
	}
	for ; hole < len(r.out.Holes); hole++ {
		r.out.Holes[hole].At += len(out) - from
	}
	return string(append(out, r.html[from:]...))
}

// longName is how many bytes an id has that is not compared with others when
// looking for the nearest: that takes the square of their lengths.
const longName = 300

// MostLooking is how many names are compared with what was meant, all in all: a
// page with ten thousand headings and as many wrong links would take for ever.
const MostLooking = 1_000_000

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
	near := diag.Nearest(id, known)
	if meant := headingID(id); near == "" && meant != id {
		near = diag.Nearest(meant, known) // whatever capital letters and marks it has
	}
	if near != "" {
		hint = diag.Say("是不是想写 #%s？", "did you mean #%s?", near)
	}
	return diag.Diagnostic{Rule: "dead-anchor", Severity: diag.Error,
		Message: diag.Say("页面里没有“#%s”这个位置", "there is no place #%s on the page", id), Hint: hint}
}
