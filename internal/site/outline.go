package site

import "qinglian/internal/content"

// Outline is what is known of a whole site where some of its Docs alone are linked.
// Articles are named by their places among all Docs.
type Outline struct {
	Given    []int         // the Docs that are linked, in their order
	Related  map[int][]int // to some of these
	Hidden   []string      // files of articles that are not public
	Sections []Members     // in the order of the configuration
	Terms    [][]Members   // of each of its taxonomies
}

// Members are the articles of a section or a term.
type Members struct {
	Name  string // of the term
	Count int
	Known []int // the newest first: all of them, or some, which stand at the head of the list then
}

// given is the place of a Doc among all.
func (sel Selection) given(at int) int {
	if sel.Outline == nil {
		return at
	}
	return sel.Outline.Given[at]
}

// whole finds the pages that an Outline names.
type whole struct {
	pages   []*Page // by their places among all Docs
	unknown *Page   // stands in lists for all pages that are not linked
	rest    []*Page // is as long as any list, all of it unknown
}

func wholeOf(o *Outline, pages []Page) whole {
	w := whole{unknown: &Page{Doc: &content.Doc{Card: content.Card{Cover: -1}}}}
	if n := len(o.Given); n > 0 {
		w.pages = make([]*Page, o.Given[n-1]+1)
	}
	for i := range pages {
		w.pages[pages[i].Given] = &pages[i]
	}
	most := 0
	for _, m := range o.Sections {
		most = max(most, m.Count)
	}
	for _, terms := range o.Terms {
		for _, m := range terms {
			most = max(most, m.Count)
		}
	}
	w.rest = make([]*Page, most)
	for i := range w.rest {
		w.rest[i] = w.unknown
	}
	return w
}

// page is the page of a Doc; nil if that is not linked, or has none.
func (w whole) page(given int) *Page {
	if given >= len(w.pages) {
		return nil
	}
	return w.pages[given]
}

// has reports whether a page of a list is linked.
func (w whole) has(p *Page) bool { return p != w.unknown }

// members are as many pages as a list has, those that are known and linked among them.
func (w whole) members(m Members) []*Page {
	if len(m.Known) == 0 {
		return w.rest[:m.Count:m.Count]
	}
	pages := append(make([]*Page, 0, m.Count), w.rest[:m.Count]...)
	for i, given := range m.Known {
		if p := w.page(given); p != nil {
			pages[i] = p
		}
	}
	return pages
}

// related takes over what is known to be related.
func (l *linker) related(o *Outline) {
	for of, others := range o.Related {
		p := l.whole.page(of)
		if p == nil {
			continue
		}
		for _, given := range others {
			if other := l.whole.page(given); other != nil {
				p.Related = append(p.Related, other)
			}
		}
	}
}
