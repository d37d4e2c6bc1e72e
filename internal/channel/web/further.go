package web

import (
	"html/template"
	"io"
	"maps"
	"slices"
	"strings"

	"qinglian/internal/address"
	"qinglian/internal/build"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/site"
	"qinglian/internal/theme"
	"qinglian/internal/view"
)

// needed is what a layout declares that it needs, found once for all its pages.
type needed struct {
	digest     digest.Digest
	lists      map[string][]*site.Page
	counts     map[string][]count
	taxonomies []*site.Taxonomy
	tables     map[string]any
}

// need finds what a layout declares that it needs.
func (c *composer) need(needs theme.Needs) *needed {
	h := digest.New("needs")
	n := &needed{lists: map[string][]*site.Page{}, counts: map[string][]count{}, tables: map[string]any{}}
	for _, name := range slices.Sorted(maps.Keys(needs.Lists)) {
		n.lists[name] = c.pages(needs.Lists[name])
		h.String(name).Digest(c.listDigest(n.lists[name]))
		for _, key := range needs.Lists[name].By {
			n.counts[name] = append(n.counts[name], divide(n.lists[name], c.fieldOf(needs.Lists[name], key), key))
			h.Digest(n.counts[name][len(n.counts[name])-1].digest())
		}
	}
	for _, t := range c.site.Taxonomies {
		if slices.Contains(needs.Terms, t.Name) {
			n.taxonomies = append(n.taxonomies, t)
			h.Digest(c.terms[t])
		}
	}
	for _, name := range needs.Data {
		table, ok := c.tables[name]
		n.tables[name] = table.Value
		h.String(name).Bool(ok).Digest(table.Digest)
	}
	n.digest = h.Sum()
	return n
}

// fillIn gives a page at a path what its layout needs.
func (c *composer) fillIn(p *view.Page, from string, n *needed) {
	p.Data = n.tables
	p.Lists = make(map[string][]*view.Card, len(n.lists))
	for name, pages := range n.lists {
		p.Lists[name] = c.show(from, pages)
	}
	p.Counts = make(map[string][]view.Count, len(n.counts))
	for name, counts := range n.counts {
		for _, each := range counts {
			p.Counts[name] = append(p.Counts[name], c.showCount(from, each))
		}
	}
	for _, t := range n.taxonomies {
		p.Taxonomies = append(p.Taxonomies, c.showTaxonomy(from, t))
	}
}

// pages are the articles that a list takes.
func (c *composer) pages(l theme.List) []*site.Page {
	var out []*site.Page
	for _, p := range c.site.Pages {
		if !p.Index && p.In != nil && (l.Section == "" || p.In.Name == l.Section) && (l.Kind == "" || p.Card.Kind == l.Kind) {
			out = append(out, p)
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

// also are the further pages that show articles of a section's kind.
func (c *composer) also(s *site.Section) []theme.Output {
	var out []theme.Output
	for _, o := range c.theme.Outputs {
		if !o.HTML() || o.Title == "" || !c.filled(o) {
			continue
		}
		for _, l := range o.Needs.Lists {
			if l.Kind == s.Kind || l.Section == s.Name {
				out = append(out, o)
				break
			}
		}
	}
	return out
}

// filled reports whether a further output has anything to show: a theme's
// ledger of tasks is no page of a site without tasks.
func (c *composer) filled(o theme.Output) bool {
	for _, l := range o.Needs.Lists {
		if len(c.pages(l)) > 0 {
			return true
		}
	}
	return len(o.Needs.Lists) == 0
}

// further plans the files that the theme declares.
func (c *composer) further() {
	for _, o := range c.theme.Outputs {
		if !c.filled(o) {
			continue
		}
		needed := c.need(o.Needs)
		rank := build.Feed
		if o.HTML() {
			rank = build.List
		}
		parts := build.Parts{{Name: "address", Digest: digest.New("further").String(o.Path, o.Title, o.About).Sum()}, {Name: "engine", Digest: c.engine},
			{Name: "layout", Digest: o.Digest}, {Name: "frame", Digest: c.frame}, {Name: "needs", Digest: needed.digest}}
		c.outputs = append(c.outputs, build.Output{
			Path: o.Path, Rank: rank, Source: "themes/" + c.theme.Name + "/theme.toml", Key: parts.Key(), Parts: parts,
			Render: func(w io.Writer) error {
				p := &plan{class: "output", path: o.Path}
				page := c.page(p)
				page.Title, page.Description = o.Title, o.About
				c.fillIn(page, o.Path, needed)
				page.Head = c.head(page, p)
				return o.Execute(w, page)
			},
		})
	}
}

// movedPage is the page at an address that an article had before. It works without
// a server: no host of a static site can be counted on to redirect.
var movedPage = template.Must(template.New("moved").Parse(`<!DOCTYPE html><html lang="{{.Language}}"><head><meta charset="utf-8">` +
	`<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">` +
	`<meta http-equiv="refresh" content="0; url={{.URL}}">{{if .Canonical}}<link rel="canonical" href="{{.Canonical}}">{{end}}<meta name="generator" content="{{.Mark}}"><title>{{.Title}}</title></head>` +
	`<body><p>这篇文章换了地址：<a href="{{.URL}}">{{.Title}}</a></p></body></html>`))

// aliases plans a page at each address that an article had before.
func (c *composer) aliases(p *site.Page) {
	for _, alias := range p.Card.Aliases {
		v := struct{ Language, Mark, Title, URL, Canonical string }{c.site.Config.Language, build.Mark(c.site.Config.ID), p.Card.Title, address.Rel(alias, p.Path), ""}
		if c.site.Config.BaseURL != "" {
			v.Canonical = c.site.URL(p.Path)
		}
		if alias == p.Path {
			c.found = append(c.found, diag.Diagnostic{Rule: "bad-alias", Severity: diag.Warning, File: p.Doc.Path,
				Message: diag.Say("旧网址 %s 就是文章现在的网址", "the alias %s is the article's own address", alias),
				Hint:    diag.Say("删去这个旧网址", "take the alias out")})
			continue
		}
		c.outputs = append(c.outputs, build.Output{Path: alias, Rank: build.Page, Source: p.Doc.Path,
			Key:    digest.New("alias").String(v.Language, v.Mark, v.Title, v.URL, v.Canonical).Digest(c.engine).Sum(),
			Render: func(w io.Writer) error { return movedPage.Execute(w, v) }})
	}
}
