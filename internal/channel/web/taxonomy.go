package web

import (
	"qinglian/internal/address"
	"qinglian/internal/build"
	"qinglian/internal/digest"
	"qinglian/internal/site"
	"qinglian/internal/view"
)

// termsDigest stands for what a taxonomy's page shows of its terms.
func (c *composer) termsDigest(t *site.Taxonomy) digest.Digest {
	h := digest.New("terms").String(t.Name, t.Title)
	for _, term := range t.Terms {
		h.String(term.Name, term.Path).Int(int64(len(term.Pages))).Digest(c.textDigest(term.Text))
	}
	return h.Sum()
}

// termDigest stands for what a term's page shows of it but for its articles.
func (c *composer) termDigest(t *site.Term) digest.Digest {
	return digest.New("term").String(t.Name, t.In.Name, t.In.Title, t.In.Path).Int(int64(len(t.Pages))).Digest(c.textDigest(t.Text)).Sum()
}

// textDigest stands for what a term's text says of it, but for its prose.
func (c *composer) textDigest(p *site.Page) digest.Digest {
	if p == nil {
		return digest.Digest{}
	}
	return c.cards[p.Place]
}

func (c *composer) showTaxonomy(at string, t *site.Taxonomy) view.Taxonomy {
	v := view.Taxonomy{Name: t.Name, Title: t.Title, URL: address.Rel(at, t.Path)}
	for _, term := range t.Terms {
		v.Terms = append(v.Terms, c.showTerm(at, term))
	}
	return v
}

func (c *composer) showTerm(at string, t *site.Term) view.Term {
	v := view.Term{Title: t.Name, URL: address.Rel(at, t.Path), Count: len(t.Pages), Archived: t.Archived()}
	if t.Text != nil {
		v.Summary = t.Text.Card.Summary
		v.Fields = c.fields(t.Text, from(at))
		v.Cover = c.cover(t.Text).view(from(at))
	}
	return v
}

func (c *composer) taxonomies() {
	for _, t := range c.site.Taxonomies {
		c.taxonomy(t)
		for _, term := range t.Terms {
			c.term(term)
		}
	}
}

// taxonomy plans the page that lists all terms.
func (c *composer) taxonomy(t *site.Taxonomy) {
	parts := build.Parts{{Name: "list", Digest: c.terms[t]}}
	source := t.Name
	if t.Text != nil {
		parts.Add("card", t.Text.CardDigest)
		parts.Add("prose", c.proseDigest(t.Text))
		source = t.Text.Doc.Path
	}
	layouts, ok := c.layouts(t.Text, "terms")
	if !ok {
		return
	}
	c.add(&plan{class: "terms", path: t.Path, source: source, rank: build.List, layouts: layouts, parts: parts, show: func(p *view.Page) (err error) {
		p.Title = t.Title
		p.Name = t.Name
		if t.Text != nil {
			p.Description = t.Text.Card.Summary
			p.Prose, err = c.prose(t.Text)
		}
		p.Taxonomies = []view.Taxonomy{c.showTaxonomy(t.Path, t)}
		return err
	}})
}

// term plans the pages of one term.
func (c *composer) term(t *site.Term) {
	layouts, ok := c.layouts(t.Text, t.In.Name, "term")
	if !ok {
		return
	}
	for _, l := range site.Lists(t.Path, t.Pages) {
		parts := build.Parts{{Name: "list", Digest: c.pageDigest(l)}, {Name: "terms", Digest: c.termDigest(t)}}
		source := t.In.Title + " " + t.Name
		text := t.Text
		if text != nil {
			source = text.Doc.Path
		}
		if l.Number > 0 {
			text = nil
		}
		if text != nil {
			parts.Add("prose", c.proseDigest(text))
		}
		c.add(&plan{class: "term", path: l.Path, source: source, rank: build.List, layouts: layouts, parts: parts, show: func(p *view.Page) (err error) {
			p.Title = t.Name
			p.Name = t.In.Name
			p.Trail = append(p.Trail, view.Link{Title: t.In.Title, URL: address.Rel(l.Path, t.In.Path)})
			shown := c.showTerm(l.Path, t)
			p.Term = &shown
			p.Description = shown.Summary
			if text != nil {
				p.Prose, err = c.prose(text)
			}
			p.List = c.list(l)
			return err
		}})
	}
}
