package web

import (
	"fmt"
	"html"
	"slices"
	"strings"

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
		d := search.Document{Path: p.Path, Title: p.Card.Title, Summary: p.Card.Summary, Excerpt: p.Card.Excerpt,
			Text: digest.New("searched").String(p.Card.Title, p.Card.Summary).Digest(c.proses[p.Place], c.cards[p.Place]).Sum(),
			Prose: func() (string, error) {
				prose, err := c.prose(p)
				if err != nil {
					return "", nil //nolint:nilerr // the page itself can't be made, and says so
				}
				return string(prose) + c.facts(p), nil
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

// facts are what the page says in fields of its kind, each value a block, as themes
// show it. Tables and files are shown as such.
func (c *composer) facts(p *site.Page) string {
	var b strings.Builder
	for _, f := range c.fields(p, from(p.Path)) {
		if f.Type == "table" || f.Type == "file" || f.Type == "image" {
			continue
		}
		values := f.Values
		if len(f.Links) > 0 {
			values = nil
			for _, l := range f.Links {
				values = append(values, l.Title)
			}
		}
		for _, v := range values {
			fmt.Fprintf(&b, "<p>%s</p>", html.EscapeString(v))
		}
	}
	return b.String()
}
