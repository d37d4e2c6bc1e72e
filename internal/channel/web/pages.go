package web

import (
	"qinglian/internal/build"
	"qinglian/internal/config"
	"qinglian/internal/display"
	"qinglian/internal/site"
	"qinglian/internal/theme"
	"qinglian/internal/view"
)

// newestShown is how many articles of a section the home page shows.
const newestShown = 5

// Newest are the articles of a section that the home page shows.
func Newest(s *site.Section) []*site.Page { return s.Pages[:min(newestShown, len(s.Pages))] }

func none(*site.Section) []*site.Page { return nil }

// all plans all pages.
func (w *planner) all() {
	w.home()
	for _, section := range w.site.Sections {
		w.section(section)
	}
	for _, page := range w.site.Pages {
		if !page.Index && (w.wants(page, page) || w.wants(nil, page.Related...)) {
			w.article(page)
		}
		w.aliases(page)
	}
	for _, page := range w.site.Tombstones {
		w.tombstone(page)
		w.aliases(page)
	}
	w.taxonomies()
	w.siteMap()
	w.missing()
	w.search()
	w.further()
}

func (w *planner) home() {
	var shown []*site.Page
	for _, s := range w.site.Sections {
		shown = append(shown, Newest(s)...)
	}
	if !w.wants(w.site.Home, shown...) {
		return
	}
	p := page{class: home, path: "index.html", source: "content/index.md", rank: build.List,
		text: w.site.Home}
	title := ""
	if w.site.Home != nil {
		title, p.source = w.site.Home.Card.Title, w.site.Home.Doc.Path
	}
	p.parts = []part{
		{name: "card", put: func(p *Plan, s *display.Sink, v *sheet, _ *site.Page) {
			s.Text(&v.Title, title)
			s.Text(&v.Description, p.site.Config.Description)
			column{name: "首页", description: p.site.Config.Description, kind: "首页",
				keywords: []string{p.site.Config.Title}}.put(s, &v.tags.column)
		}},
		{name: "list", put: func(p *Plan, s *display.Sink, v *sheet, _ *site.Page) {
			p.display.Groups(s, &v.Groups, Newest)
		}},
	}
	w.add(p, "home")
}

func (w *planner) section(section *site.Section) {
	also := w.also(section)
	for _, l := range site.Lists(section.Path, section.Pages) {
		p := page{class: "section", path: l.Path, source: config.File + " [sections." + section.Name + "]",
			rank: build.List}
		if l.Number == 0 && section.Intro != nil {
			p.text, p.source = section.Intro, section.Intro.Doc.Path
		}
		if !w.wants(p.text, l.Pages...) {
			continue
		}
		p.parts = []part{
			{name: "list", put: func(p *Plan, s *display.Sink, v *sheet, _ *site.Page) {
				p.display.List(s, &v.List, &l)
			}},
			{name: "section", put: func(p *Plan, s *display.Sink, v *sheet, _ *site.Page) {
				s.Text(&v.Title, section.Title)
				s.Text(&v.Description, section.Description)
				s.Text(&v.Name, section.Name)
				s.Text(&v.Kind, section.Kind)
				columnOf(section).put(s, &v.tags.column)
			}},
			{name: "feeds", put: func(p *Plan, s *display.Sink, v *sheet, _ *site.Page) { p.feedOf(s, v, section) }},
			{name: "also", put: func(p *Plan, s *display.Sink, v *sheet, _ *site.Page) {
				display.Each(s, &v.Also, also, func(l *view.Link, o theme.Output) {
					s.Text(&l.Title, o.Title)
					s.URL(&l.URL, o.Path)
				})
			}},
		}
		w.add(p, "section")
	}
}

// siteMap plans the page that lists all columns, if the theme has a layout.
func (w *planner) siteMap() {
	var singles []*site.Page
	for _, p := range w.site.Pages {
		if p.In == nil && !p.Index {
			singles = append(singles, p)
		}
	}
	if !w.wants(nil, singles...) {
		return
	}
	p := page{class: "map", path: "sitemap.html", source: "themes/" + w.theme.Name, rank: build.List}
	p.parts = []part{{name: "list", put: func(p *Plan, s *display.Sink, v *sheet, _ *site.Page) {
		titled(s, v, "站点地图")
		p.display.Groups(s, &v.Groups, none)
		p.display.Directory(s, &v.Taxonomies, p.site.Taxonomies)
		p.display.Pages(s, &v.Singles, singles)
	}}}
	w.add(p, "sitemap")
}

// missing plans the page that a server shows for an address that leads nowhere.
func (w *planner) missing() {
	w.still(page{class: missing, path: "404.html", rank: build.Page}, "没有这个页面", "404")
}

// search plans the page of search.
func (w *planner) search() {
	if w.display.Searched() {
		w.still(page{class: "search", path: "search.html", rank: build.List}, "搜索", "search")
	}
}

// still plans a page that shows nothing of the site but a title and its frame.
func (w *planner) still(p page, title, layout string) {
	if !w.wants(nil) {
		return
	}
	p.source = "themes/" + w.theme.Name
	p.parts = []part{{name: "content",
		put: func(_ *Plan, s *display.Sink, v *sheet, _ *site.Page) { titled(s, v, title) }}}
	w.add(p, layout)
}

// titled puts the title of a page that is a column of its own.
func titled(s *display.Sink, v *sheet, title string) {
	s.Text(&v.Title, title)
	column{name: title}.put(s, &v.tags.column)
}

// taxonomies plans the pages of all terms.
func (w *planner) taxonomies() {
	for _, t := range w.site.Taxonomies {
		w.taxonomy(t)
		for _, term := range t.Terms {
			w.term(term)
		}
	}
	for _, t := range w.site.Vacant {
		w.taxonomy(t)
	}
}

// taxonomy plans the page that lists all terms.
func (w *planner) taxonomy(t *site.Taxonomy) {
	if !w.wants(t.Text) { // what terms show of their articles are no words
		return
	}
	layouts, ok := w.layouts(t.Text, "terms")
	if !ok {
		return
	}
	p := page{class: "terms", path: t.Path, source: t.Name, rank: build.List, text: t.Text}
	summary := ""
	if t.Text != nil {
		summary, p.source = t.Text.Card.Summary, t.Text.Doc.Path
	}
	p.parts = []part{
		{name: "list", put: func(p *Plan, s *display.Sink, v *sheet, _ *site.Page) {
			titled(s, v, t.Title)
			s.Text(&v.Name, t.Name)
			p.display.Taxonomies(s, &v.Taxonomies, []*site.Taxonomy{t})
		}},
		{name: "card", put: func(_ *Plan, s *display.Sink, v *sheet, _ *site.Page) { s.Text(&v.Description, summary) }},
	}
	w.add(p, layouts...)
}

// term plans the pages of one term.
func (w *planner) term(t *site.Term) {
	layouts, ok := w.layouts(t.Text, t.In.Name, "term")
	if !ok {
		return
	}
	summary, source := "", t.In.Title+" "+t.Name
	if t.Text != nil {
		summary, source = t.Text.Card.Summary, t.Text.Doc.Path
	}
	for _, l := range site.Lists(t.Path, t.Pages) {
		p := page{class: "term", path: l.Path, source: source, rank: build.List}
		if l.Number == 0 {
			p.text = t.Text
		}
		if !w.wants(p.text, l.Pages...) {
			continue
		}
		p.parts = []part{
			{name: "list", put: func(p *Plan, s *display.Sink, v *sheet, _ *site.Page) {
				p.display.List(s, &v.List, &l)
			}},
			{name: "terms", put: func(p *Plan, s *display.Sink, v *sheet, _ *site.Page) {
				titled(s, v, t.Name)
				s.Text(&v.Description, summary)
				s.Text(&v.Name, t.In.Name)
				trail(s, v, crumb{t.In.Title, t.In.Path})
				p.display.Term(s, &v.Term, t)
			}},
		}
		w.add(p, layouts...)
	}
}
