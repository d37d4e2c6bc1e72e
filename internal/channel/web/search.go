package web

import (
	"fmt"
	"html"
	"slices"
	"strings"

	"qinglian/internal/cores"
	"qinglian/internal/digest"
	"qinglian/internal/display"
	"qinglian/internal/search"
	"qinglian/internal/site"
	"qinglian/internal/view"
)

// Documents are what can be found by searching of pages as they are now, the
// oldest first.
func (p *Plan) Documents(pages []*site.Page) []search.Document {
	if !p.display.Searched() {
		return nil
	}
	found := Found(pages)
	docs := make([]search.Document, len(found))
	cores.Together(len(found), func(from, to int) {
		for i := from; i < to; i++ {
			docs[i] = p.document(found[i])
		}
	})
	return docs
}

// Found are pages in the order of [Plan.Documents], but for those that can't be found.
func Found(pages []*site.Page) []*site.Page {
	found := make([]*site.Page, 0, len(pages))
	for _, page := range slices.Backward(pages) {
		if !page.Index { // its text stands on the page of a list
			found = append(found, page)
		}
	}
	return found
}

// Document is what can be found of one page; ok is false if nothing can.
func (p *Plan) Document(page *site.Page) (d search.Document, ok bool) {
	if !p.display.Searched() || page.Index {
		return d, false
	}
	return p.document(page), true
}

func (p *Plan) document(page *site.Page) search.Document {
	card := &page.Card
	d := search.Document{Path: page.Path, Title: card.Title, Summary: card.Summary, Excerpt: card.Excerpt,
		Beside: []string{card.Source, card.Author, card.Editor},
		Text: digest.New("searched").String(card.Title, card.Summary, card.Source, card.Author,
			card.Editor).Bool(card.Excerpt).Digest(p.prose(page), p.display.CardDigest(page)).Sum(),
		Prose: func() (string, error) {
			prose, err := p.texts.html(page)
			if err != nil {
				return "", nil //nolint:nilerr // the page itself can't be made, and says so
			}
			return string(prose) + p.facts(page), nil
		}}
	if !card.Date.IsZero() {
		d.Day = display.Day(card.Date)
		d.Facets[3], _, _ = strings.Cut(d.Day, "年")
	}
	if page.In != nil {
		d.Facets[0] = page.In.Title
	}
	for i, key := range search.Facets[1:3] {
		if values := card.Values(key); len(values) > 0 {
			d.Facets[i+1] = values[0]
		}
	}
	return d
}

// facts are what the page says in fields of its kind, each value a block, as themes
// show it. Tables and files are shown as such.
func (p *Plan) facts(page *site.Page) string {
	var b strings.Builder
	var fields []view.Field
	p.display.Fields(display.Filling(page.Path), &fields, page)
	for _, f := range fields {
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
