package web

import (
	"qinglian/internal/address"
	"qinglian/internal/build"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/markdown"
	"qinglian/internal/site"
	"qinglian/internal/view"
)

// article plans the page of one article.
func (c *composer) article(p *site.Page) {
	layouts, ok := c.layouts(p, p.Card.Kind, "page")
	if !ok {
		return
	}
	// Its own card, and of others just what the page shows of them.
	parts := make(build.Parts, 0, 8+commonParts)
	parts.Add("card", c.cards[p.Place])
	parts.Add("picture", c.ownPictures(p))
	c.proses[p.Place] = c.proseDigest(p)
	parts.Add("prose", c.proses[p.Place])
	if p.In != nil {
		parts.Add("section", c.sections[p.In].section)
	}
	terms := digest.New("terms")
	for _, t := range p.Terms {
		terms.String(t.In.Name, t.In.Field, t.Name, t.Path)
	}
	parts.Add("terms", terms.Sum())
	neighbours := digest.New("neighbours")
	for _, neighbour := range []*site.Page{p.Newer, p.Older} {
		if neighbour == nil {
			neighbours.String("")
		} else {
			neighbours.String(neighbour.Path, neighbour.Card.Title)
		}
	}
	parts.Add("neighbours", neighbours.Sum())
	parts.Add("related", c.listDigest(p.Related))
	if len(p.Citations) > 0 {
		cited := digest.New("cited")
		for _, by := range p.Citations {
			cited.Int(int64(by.Clause)).String(by.From.Path, by.From.Card.Title)
		}
		parts.Add("cited", cited.Sum())
	}
	if len(p.NamedBy) > 0 {
		named := digest.New("named")
		for _, by := range p.NamedBy {
			named.String(by.Card.Kind, by.Path, by.Card.Title)
		}
		parts.Add("named", named.Sum())
	}
	c.add(&plan{class: "article", path: p.Path, source: p.Doc.Path, rank: build.Page, layouts: layouts, in: p.In, article: p, parts: parts, show: func(v *view.Page) (err error) {
		v.Title = p.Card.Title
		v.Description = p.Card.Summary
		if p.In != nil {
			v.Name, v.Kind = p.In.Name, p.In.Kind
			v.Trail = append(v.Trail, view.Link{Title: p.In.Title, URL: address.Rel(p.Path, p.In.Path)})
		}
		v.Article, err = c.showArticle(p)
		return err
	}})
}

// layouts are those that may show a page, the one it asks for first. A layout
// that it asks for in vain is reported.
func (c *composer) layouts(p *site.Page, names ...string) ([]string, bool) {
	if p == nil || p.Card.Layout == "" {
		return names, true
	}
	if _, ok := c.theme.Layout(p.Card.Layout); !ok {
		c.found = append(c.found, diag.Diagnostic{Rule: "unknown-layout", Severity: diag.Error, File: p.Doc.Path,
			Message: diag.Say("主题里没有版式“%s”", "the theme has no layout %q", p.Card.Layout),
			Hint:    diag.Say("去掉 layout 这一行，或在 layouts/ 里放一个 %s.html", "take the line layout out, or put %s.html into layouts/", p.Card.Layout)})
		return nil, false
	}
	return append([]string{p.Card.Layout}, names...), true
}

func (c *composer) showArticle(p *site.Page) (*view.Article, error) {
	prose, err := c.prose(p)
	if err != nil {
		return nil, err
	}
	a := &view.Article{
		Kind: p.Card.Kind, Title: p.Card.Title, Date: date(p.Card.Date), Updated: date(p.Card.Updated),
		Source: p.Card.Source, Author: p.Card.Author, Editor: p.Card.Editor,
		Draft: p.Card.Draft, Fields: c.fields(p, from(p.Path)), Prose: prose,
		Newer: link(p, p.Newer), Older: link(p, p.Older), Related: c.show(p.Path, p.Related), CitedBy: citedBy(p),
	}
	if !p.Card.Excerpt { // else the text itself begins with it
		a.Summary = p.Card.Summary
	}
	if cover := p.CoverFile(); cover != nil {
		a.Cover = c.pictures.whole(cover).view(from(p.Path))
	}
	kind := c.site.Config.Kinds[p.Card.Kind]
	for _, t := range p.Terms {
		if f, ok := kind.CommonField(t.In.Field); ok && f.Terms { // others are among the fields, or shown by name
			a.Tags = append(a.Tags, view.Link{Title: t.Name, URL: address.Rel(p.Path, t.Path)})
		}
	}
	for _, by := range p.NamedBy {
		a.NamedBy = append(a.NamedBy, view.Mention{Kind: by.Card.Kind, Title: by.Card.Title, URL: address.Rel(p.Path, by.Path)})
	}
	for _, h := range p.Headings() {
		a.Contents = append(a.Contents, view.Heading{ID: h.ID, Title: h.Title, Level: h.Level})
	}
	return a, nil
}

// citedBy gathers the citations, which are in the order of the clauses.
func citedBy(p *site.Page) []view.Citation {
	var out []view.Citation
	var anchors []markdown.Anchor
	if len(p.Citations) > 0 {
		anchors = p.Anchors()
	}
	for i, cited := range p.Citations {
		if i == 0 || p.Citations[i-1].Clause != cited.Clause {
			clause := anchors[cited.Clause]
			out = append(out, view.Citation{Title: clause.Title, URL: "#" + clause.Alias})
		}
		last := &out[len(out)-1]
		last.From = append(last.From, *link(p, cited.From))
	}
	return out
}

func link(from, to *site.Page) *view.Link {
	if to == nil {
		return nil
	}
	return &view.Link{Title: to.Card.Title, URL: address.Rel(from.Path, to.Path)}
}
