package web

import (
	"html/template"
	"io"

	"qinglian/internal/address"
	"qinglian/internal/build"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/display"
	"qinglian/internal/site"
	"qinglian/internal/theme"
)

// also are the further pages that show articles of a section's kind.
func (w *planner) also(s *site.Section) []theme.Output {
	var out []theme.Output
	for _, o := range w.theme.Outputs {
		if !o.HTML() || o.Title == "" || !w.filled(o) {
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
func (w *planner) filled(o theme.Output) bool {
	for _, l := range o.Needs.Lists {
		if len(w.articles(l)) > 0 {
			return true
		}
	}
	return len(o.Needs.Lists) == 0
}

// showsIn reports whether a further output shows what is to be planned.
func (w *planner) showsIn(o theme.Output) bool {
	shown := w.wants(nil)
	for _, l := range o.Needs.Lists {
		shown = shown || w.wants(nil, w.articles(l)...)
	}
	return shown
}

// further plans the files that the theme declares.
func (w *planner) further() {
	for _, o := range w.theme.Outputs {
		if !w.filled(o) || !w.showsIn(o) {
			continue
		}
		rank := build.Feed
		if o.HTML() {
			rank = build.List
		}
		p := page{class: "output", path: o.Path, source: "themes/" + w.theme.Name + "/theme.toml", rank: rank}
		p.parts = []part{{name: "content", put: func(_ *Plan, s *display.Sink, v *sheet, _ *site.Page) {
			titled(s, v, o.Title)
			s.Text(&v.Description, o.About)
		}}}
		w.addOn(p, &paper{o.Digest, w.needed(o.Needs), o.Execute})
	}
}

// movedPage is the page at an address that an article had before. It works without
// a server: no host of a static site can be counted on to redirect.
var movedPage = template.Must(template.New("moved").Parse(
	`<!DOCTYPE html><html lang="{{.Language}}"><head><meta charset="utf-8">` +
		`<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">` +
		`<meta http-equiv="refresh" content="0; url={{.URL}}">{{if .Canonical}}<link rel="canonical" href="{{.Canonical}}">{{end}}<meta name="generator" content="{{.Mark}}"><title>{{.Title}}</title></head>` +
		`<body><p>这篇文章换了地址：<a href="{{.URL}}">{{.Title}}</a></p></body></html>`))

// aliases plans a page at each address that an article had before.
func (w *planner) aliases(p *site.Page) {
	if !w.wants(nil, p) {
		return
	}
	for _, alias := range p.Card.Aliases {
		v := struct{ Language, Mark, Title, URL, Canonical string }{w.site.Config.Language,
			build.Mark(w.site.Config.ID), p.Card.Called(), address.Rel(alias, p.Path), ""}
		if w.site.Config.BaseURL != "" {
			v.Canonical = w.site.URL(p.Path)
		}
		if alias == p.Path {
			w.problems = append(w.problems, diag.Diagnostic{Rule: "bad-alias", Severity: diag.Warning,
				Message: diag.Say("旧网址 %s 就是文章现在的网址", "the alias %s is the article's own address", alias),
				Hint:    diag.Say("删去这个旧网址", "take the alias out"),
			}.Placed(p.Doc.Where("aliases")))
			continue
		}
		w.outputs = append(w.outputs, build.Output{Path: alias, Rank: build.Page, Source: p.Doc.Path,
			Key:    digest.New("alias").String(v.Language, v.Mark, v.Title, v.URL, v.Canonical).Digest(w.engine).Sum(),
			Render: func(w io.Writer) error { return movedPage.Execute(w, v) }})
	}
}
