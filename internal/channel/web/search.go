package web

import (
	"slices"

	"qinglian/internal/build"
	"qinglian/internal/digest"
	"qinglian/internal/search"
	"qinglian/internal/site"
	"qinglian/internal/view"
)

// searched reports whether the site has a page of search: its theme has a layout
// for it, and the office wants it.
func (c *composer) searched() bool {
	_, ok := c.theme.Layout("search")
	return ok && c.site.Config.Search.On
}

// search plans the page of search.
func (c *composer) search() {
	if !c.searched() {
		return
	}
	c.add(&plan{class: "search", path: "search.html", source: "themes/" + c.theme.Name, rank: build.List, layouts: []string{"search"},
		show: func(p *view.Page) error {
			p.Title = "搜索"
			return nil
		}})
}

// documents are what can be found of pages, the oldest first.
func (c *composer) documents(pages []*site.Page) []search.Document {
	if !c.searched() {
		return nil
	}
	docs := make([]search.Document, 0, len(pages))
	for _, p := range slices.Backward(pages) {
		if p.Index {
			continue // its text stands on the page of a list
		}
		d := search.Document{Path: p.Path, Title: p.Card.Title, Summary: p.Card.Summary,
			Text: digest.New("searched").String(p.Card.Title, p.Card.Summary).Digest(c.proses[p.Place]).Sum(),
			Prose: func() ([]byte, error) {
				prose, err := c.prose(p)
				if err != nil {
					return nil, nil //nolint:nilerr // the page itself can't be made, and says so
				}
				return []byte(prose), nil
			}}
		if !p.Card.Date.IsZero() {
			d.Day = date(p.Card.Date).Day
			d.Facets[3] = p.Card.Date.Format("2006")
		}
		if p.In != nil {
			d.Facets[0] = p.In.Title
		}
		for i, key := range search.Facets[1:3] {
			if values := p.Card.Values(key); len(values) > 0 {
				d.Facets[i+1] = values[0]
			}
		}
		docs = append(docs, d)
	}
	return docs
}
