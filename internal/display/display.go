// Package display makes what pages show of a Site: views, and the digests that
// stand for them.
//
// A page must be made anew when, and only when, something that it shows has
// changed. So whatever is shown is put together by one function that does both: it
// puts each part of the view through a [Sink], which either fills the view in or
// digests what would have filled it. There is no second list to keep equal, and no
// field of a view can be filled in past its digest: a test walks all of them.
//
// Prose is the exception. What stands in a text is in the digest of the text and
// of what fills its holes; see channel/web.
//
// Links are digested as published paths, so one digest stands for a card wherever
// it is shown.
package display

import (
	"html/template"

	"qinglian/internal/cores"
	"qinglian/internal/digest"
	"qinglian/internal/headline"
	"qinglian/internal/image"
	"qinglian/internal/recent"
	"qinglian/internal/site"
	"qinglian/internal/view"
)

// Form is how a theme wants things to be shown.
type Form struct {
	Cover  image.Ratio // of covers in cards; zero: whole
	Search bool        // it has a page of search
}

// Display shows a Site. It is not changed once it is made, and is asked from
// several goroutines.
type Display struct {
	site     *site.Site
	form     Form
	pictures pictures
	names    headline.Names  // which no title is broken in
	digests  []digest.Digest // of cards, by site.Page.Place
	contents map[*site.Term]contents

	// What many pages show alike is made once, and rendered once (theme's
	// fragments). It is the same for all pages of one depth.
	frames recent.Map[frameState, *view.Frame]
	cards  recent.Map[cardPlace, *view.Card]
}

// cardPlace is a card as pages of one depth show it.
type cardPlace struct {
	root string
	page *site.Page
}

// New is the display of a site. What pictures it wants is known then.
func New(s *site.Site, form Form) *Display {
	d := &Display{site: s, form: form,
		digests: make([]digest.Digest, len(s.Pages)+len(s.Texts)+len(s.Tombstones))}
	d.pictures, d.names, d.contents = plan(s, form.Cover), names(s), map[*site.Term]contents{}
	for _, t := range s.Taxonomies {
		for _, term := range t.Terms {
			d.contents[term] = d.contentsOf(term)
		}
	}
	for _, pages := range [][]*site.Page{s.Pages, s.Texts, s.Tombstones} {
		cores.Together(len(pages), func(from, to int) { d.name(pages[from:to]) })
	}
	return d
}

// name digests the cards of pages.
func (d *Display) name(pages []*site.Page) {
	s, scrap := Digesting("card"), view.Card{}
	for _, p := range pages {
		s.Reset("card")
		d.card(s, &scrap, p)
		d.digests[p.Place] = s.Sum()
	}
}

// Card is what lists show of a page, for pages that reach the site's root as s does.
func (d *Display) Card(s *Sink, to **view.Card, p *site.Page) {
	if s.hash != nil {
		s.hash.Digest(d.digests[p.Place])
		return
	}
	*to, _ = d.cards.Get(cardPlace{s.root, p}, func() (*view.Card, error) {
		card := &view.Card{}
		d.card(Through(s.root), card, p)
		return card, nil
	})
}

// CardDigest stands for what lists show of a page.
func (d *Display) CardDigest(p *site.Page) digest.Digest { return d.digests[p.Place] }

// Cards are those of several pages.
func (d *Display) Cards(s *Sink, to *[]*view.Card, pages []*site.Page) {
	Each(s, to, pages, func(card **view.Card, p *site.Page) { d.Card(s, card, p) })
}

func (d *Display) card(s *Sink, v *view.Card, p *site.Page) {
	s.Text(&v.Kind, p.Card.Kind)
	s.Text(&v.Title, p.Card.Title)
	d.headline(s, &v.Headline, p)
	s.URL(&v.URL, p.Path)
	s.Date(&v.Date, p.Card.Date)
	s.Text(&v.Summary, p.Card.Summary)
	s.Text(&v.Source, p.Card.Source)
	s.Bool(&v.Draft, p.Card.Draft)
	s.Picture(&v.Cover, d.pictures.cover(p))
	d.Fields(s, &v.Fields, p)
}

// headline is a page's title as lines of it may end: where its writer says so, else
// where none of the site's names is broken.
func (d *Display) headline(s *Sink, to *template.HTML, p *site.Page) {
	cuts := p.Card.Cuts
	if !p.Card.OwnCuts {
		cuts = d.names.Outside(p.Card.Title, cuts)
	}
	s.Headline(to, p.Card.Title, cuts)
}

// names are those of the site's terms: tags, topics, units, regions.
func names(s *site.Site) headline.Names {
	var all []string
	for _, taxonomy := range s.Taxonomies {
		for _, term := range taxonomy.Terms {
			all = append(all, term.Name)
		}
	}
	return headline.NewNames(all)
}
