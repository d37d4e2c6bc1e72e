package web

import (
	"maps"
	"slices"
	"strings"

	"qinglian/internal/config"
	"qinglian/internal/digest"
	"qinglian/internal/display"
	"qinglian/internal/site"
	"qinglian/internal/theme"
	"qinglian/internal/view"
)

// needs are what a layout declares that it needs, found once for all its pages.
type needs struct {
	digest     digest.Digest
	lists      []list
	taxonomies []*site.Taxonomy
	data       []string
}

// list is one of the lists that a layout declares.
type list struct {
	theme.List
	name  string
	pages []*site.Page
}

// needed finds what a layout declares that it needs.
func (p *Plan) needed(wanted theme.Needs) needs {
	n := needs{data: wanted.Data}
	for _, name := range slices.Sorted(maps.Keys(wanted.Lists)) {
		n.lists = append(n.lists, list{wanted.Lists[name], name, p.articles(wanted.Lists[name])})
	}
	for _, t := range p.site.Taxonomies {
		if slices.Contains(wanted.Terms, t.Name) {
			n.taxonomies = append(n.taxonomies, t)
		}
	}
	s := display.Digesting("needs")
	p.put(s, &sheet{}, n)
	n.digest = s.Sum()
	return n
}

// put gives a page what its layout needs.
func (p *Plan) put(s *display.Sink, v *sheet, n needs) {
	for _, l := range n.lists {
		display.Keyed(s, &v.Lists, l.name, func(cards *[]*view.Card) { p.display.Cards(s, cards, l.pages) })
		if len(l.By) > 0 {
			display.Keyed(s, &v.Counts, l.name, func(counts *[]view.Count) {
				display.Each(s, counts, l.By, func(v *view.Count, key string) {
					p.display.Count(s, v, l.pages, p.fieldOf(l.List, key), key)
				})
			})
		}
	}
	if len(n.taxonomies) > 0 {
		p.display.Taxonomies(s, &v.Taxonomies, n.taxonomies)
	}
	for _, name := range n.data {
		display.Keyed(s, &v.Data, name, func(value *any) {
			display.Known(s, value, p.texts.tables[name].Value, p.texts.tables[name].Digest)
		})
	}
}

// fieldOf is the field that a list is divided by: of the list's kind, or of its
// section's.
func (p *Plan) fieldOf(l theme.List, key string) config.Field {
	kind := l.Kind
	for _, s := range p.site.Sections {
		if s.Name == l.Section {
			kind = s.Kind
		}
	}
	name, _, _ := strings.Cut(key, ".")
	field, _ := p.site.Config.Kinds[kind].Field(name)
	return field
}

// articles are those that a list takes.
func (p *Plan) articles(l theme.List) []*site.Page {
	var out []*site.Page
	for _, page := range p.site.Pages {
		if !page.Index && page.In != nil && (l.Section == "" || page.In.Name == l.Section) &&
			(l.Kind == "" || page.Card.Kind == l.Kind) {
			out = append(out, page)
		}
	}
	if l.Sort != "" {
		slices.SortStableFunc(out, func(a, b *site.Page) int {
			return strings.Compare(sortValue(a, l.Sort), sortValue(b, l.Sort))
		})
	}
	if l.Count > 0 {
		out = out[:min(l.Count, len(out))]
	}
	return out
}

// sortValue is what a page is sorted by; those without a value come last.
func sortValue(p *site.Page, key string) string {
	f, ok := p.Card.Fact(key)
	switch {
	case ok && len(f.Values) > 0:
		return f.Values[0] // a date is in RFC 3339, which sorts
	case key == "title":
		return p.Card.Title
	}
	return "\U0010ffff"
}
