package web

import (
	"html/template"
	"strings"

	"qinglian/internal/address"
	"qinglian/internal/build"
	"qinglian/internal/config"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/site"
	"qinglian/internal/view"
)

// article plans the page of one article.
func (c *composer) article(p *site.Page) {
	layouts := []string{p.Card.Kind, "page"}
	if p.Card.Layout != "" {
		if _, ok := c.theme.Layout(p.Card.Layout); !ok {
			c.found = append(c.found, diag.Diagnostic{Rule: "unknown-layout", Severity: diag.Error, File: p.Doc.Path,
				Message: diag.Say("主题里没有版式“%s”", "the theme has no layout %q", p.Card.Layout),
				Hint:    diag.Say("去掉 layout 这一行，或在 layouts/ 里放一个 %s.html", "take the line layout out, or put %s.html into layouts/", p.Card.Layout)})
			return
		}
		layouts = append([]string{p.Card.Layout}, layouts...)
	}
	parts := digest.New("article").Digest(p.CardDigest, p.FilledDigest()).String(p.Cover())
	if p.In != nil {
		parts.String(p.In.Title, p.In.Path)
	}
	for _, t := range p.Terms {
		parts.String(t.Name, t.Path)
	}
	for _, neighbour := range []*site.Page{p.Newer, p.Older} {
		if neighbour == nil {
			parts.String("")
		} else {
			parts.String(neighbour.Path, neighbour.Card.Title)
		}
	}
	c.add("article", p.Path, p.Doc.Path, build.Page, layouts, parts, func(v *view.Page) {
		v.Title = p.Card.Title
		v.Description = p.Card.Summary
		if p.In != nil {
			v.Trail = append(v.Trail, view.Link{Title: p.In.Title, URL: address.Rel(p.Path, p.In.Path)})
		}
		v.Article = show(p)
	})
}

func show(p *site.Page) *view.Article {
	a := &view.Article{
		Kind: p.Card.Kind, Title: p.Card.Title, Date: date(p.Card.Date), Updated: date(p.Card.Updated),
		Summary: p.Card.Summary, Source: p.Card.Source, Author: p.Card.Author, Editor: p.Card.Editor,
		Draft: p.Card.Draft, Prose: template.HTML(p.Prose()),
		Newer: link(p, p.Newer), Older: link(p, p.Older),
	}
	if cover := p.Cover(); cover != "" {
		a.Cover = address.Rel(p.Path, cover)
	}
	for _, t := range p.Terms {
		a.Tags = append(a.Tags, view.Link{Title: t.Name, URL: address.Rel(p.Path, t.Path)})
	}
	for _, f := range p.Card.Facts {
		fact := view.Fact{Key: f.Key, Label: f.Label, Values: f.Values}
		if f.Type == config.TypeTelephone {
			fact.Tel = "tel:" + strings.Map(dialled, f.Values[0])
		}
		a.Facts = append(a.Facts, fact)
	}
	for _, h := range p.Headings() {
		a.Contents = append(a.Contents, view.Heading{ID: h.ID, Title: h.Title, Level: h.Level})
	}
	return a
}

// dialled keeps what a telephone dials.
func dialled(c rune) rune {
	if '0' <= c && c <= '9' || c == '+' {
		return c
	}
	return -1
}

func link(from, to *site.Page) *view.Link {
	if to == nil {
		return nil
	}
	return &view.Link{Title: to.Card.Title, URL: address.Rel(from.Path, to.Path)}
}
