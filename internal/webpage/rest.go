package webpage

import (
	"fmt"
	"slices"
	"strings"

	"qinglian/internal/manuscript"
)

// rest lists what the page has besides its article: what stands in front of it and
// behind it, and how many programs. beside reports whether there is anything to be seen.
func (r *reader) rest(page, article *node) (beside bool) {
	o := outside{reader: r, article: article}
	o.read(page)
	o.list()
	r.programs(page)
	return o.listed
}

// outside gathers what is not the article.
type outside struct {
	*reader
	article  *node
	text     strings.Builder
	pictures int
	listed   bool
}

func (o *outside) read(n *node) {
	switch {
	case n == o.article:
		o.list()
		return
	case o.used[n], slices.Contains(code, n.name):
		return
	case n.name == "img":
		o.pictures++
	}
	o.text.WriteString(n.text)
	for _, c := range n.children {
		o.read(c)
	}
	if endsLine(n) {
		o.text.WriteByte(' ')
	}
}

// list lists what was gathered so far.
func (o *outside) list() {
	left := manuscript.Omission{Why: manuscript.Outside, Text: o.text.String(), What: times("<img>", o.pictures)}
	if strings.TrimSpace(left.Text) != "" || o.pictures > 0 {
		o.out.Left = append(o.out.Left, left)
		o.listed = true
	}
	o.text.Reset()
	o.pictures = 0
}

// programs counts what is no text, in the whole page.
func (r *reader) programs(page *node) {
	counts := map[string]int{}
	page.all(func(n *node) bool {
		if slices.Contains(code, n.name) && n.name != "title" {
			counts[n.name]++
		}
		return true
	})
	var what []string
	for _, name := range code {
		if counts[name] > 0 {
			what = append(what, times("<"+name+">", counts[name]))
		}
	}
	if len(what) > 0 {
		r.out.Left = append(r.out.Left, manuscript.Omission{Why: manuscript.Program, What: strings.Join(what, " ")})
	}
}

// times is how often something is there: <img> ×3.
func times(what string, n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%s ×%d", what, n)
}

// pictured says how many pictures are in an element.
func pictured(n *node) string {
	count := 0
	n.all(func(n *node) bool {
		if n.name == "img" {
			count++
		}
		return true
	})
	return times("<img>", count)
}

// mostShort is how much of an address or a name is shown.
const mostShort = 120

func short(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if runes := []rune(s); len(runes) > mostShort {
		return string(runes[:mostShort]) + "…"
	}
	return s
}
