package web

import (
	"qinglian/internal/build"
	"qinglian/internal/content"
	"qinglian/internal/diag"
	"qinglian/internal/display"
	"qinglian/internal/site"
	"qinglian/internal/view"
)

// articleParts are what the page of an article shows besides its prose: its own
// front matter, and of others just what stands there.
var articleParts = []part{
	{name: "card", put: (*Plan).ownCard},
	{name: "picture", put: (*Plan).ownPictures},
	{name: "section", put: (*Plan).inSection, same: section},
	{name: "feeds", put: (*Plan).sectionFeed, same: section},
	{name: "terms", put: ofArticle((*display.Display).ArticleTerms)},
	{name: "neighbours", put: ofArticle((*display.Display).Neighbours)},
	{name: "related", put: ofArticle((*display.Display).Related)},
	{name: "cited", put: ofArticle((*display.Display).CitedBy),
		there: func(a *site.Page) bool { return len(a.Citations) > 0 }},
	{name: "ai", put: func(_ *Plan, s *display.Sink, v *sheet, a *site.Page) { s.Text(&v.article().AI, a.AI()) }},
	{name: "named", put: ofArticle((*display.Display).NamedBy),
		there: func(a *site.Page) bool { return len(a.NamedBy) > 0 }},
}

// tombstoneParts are what stands where an article was, besides the word on why it was
// taken down: a way on.
var tombstoneParts = []part{
	{name: "card", put: (*Plan).ownCard},
	{name: "section", put: (*Plan).inSection, same: section},
}

// ofArticle is a part of the sheet's article.
func ofArticle(
	put func(*display.Display, *display.Sink, *view.Article, *site.Page),
) func(*Plan, *display.Sink, *sheet, *site.Page) {
	return func(p *Plan, s *display.Sink, v *sheet, a *site.Page) { put(p.display, s, v.article(), a) }
}

func section(a *site.Page) *site.Section { return a.In }

// article is the sheet's article.
func (v *sheet) article() *view.Article {
	if v.Article == nil {
		v.Article = &view.Article{}
	}
	return v.Article
}

func (p *Plan) ownCard(s *display.Sink, v *sheet, a *site.Page) {
	display.From(s, v, &a.Card, a.CardDigest, ofCard)
	p.display.Article(s, v.article(), a)
}

func (p *Plan) ownPictures(s *display.Sink, v *sheet, a *site.Page) {
	p.display.ArticleCover(s, v.article(), a)
	s.Text(&v.tags.picture, p.display.Share(a))
}

func (p *Plan) sectionFeed(s *display.Sink, v *sheet, a *site.Page) { p.feedOf(s, v, a.In) }

func ofCard(v *sheet, c *content.Card) {
	v.Title, v.Description = c.Title, c.Summary
	v.tags.keywords, v.tags.published = c.Tags, c.Date
}

// inSection is what the page says of its section. A page without one is a column of
// its own.
func (*Plan) inSection(s *display.Sink, v *sheet, a *site.Page) {
	if !s.If(a.In != nil) {
		column{name: a.Card.Title, kind: columnTypes["page"]}.put(s, &v.tags.column)
		return
	}
	s.Text(&v.Name, a.In.Name)
	s.Text(&v.Kind, a.In.Kind)
	trail(s, v, crumb{a.In.Title, a.In.Path})
	columnOf(a.In).put(s, &v.tags.column)
}

// article plans the page of one article.
func (w *planner) article(a *site.Page) {
	layouts, ok := w.layouts(a, a.Card.Kind, "page")
	if !ok {
		return
	}
	w.add(page{class: "article", path: a.Path, source: a.Doc.Path, rank: build.Page,
		article: a, text: a, parts: articleParts}, layouts...)
}

// tombstone plans the page that says why an article was taken down.
func (w *planner) tombstone(a *site.Page) {
	if !w.wants(a, a) {
		return
	}
	w.add(page{class: "article", path: a.Path, source: a.Doc.Path, rank: build.Page,
		article: a, text: a, parts: tombstoneParts}, "withdrawn", "page")
}

// layouts are those that may show a page, the one it asks for first. A layout
// that it asks for in vain is reported.
func (w *planner) layouts(p *site.Page, names ...string) ([]string, bool) {
	if p == nil || p.Card.Layout == "" {
		return names, true
	}
	_, ok := w.theme.Layout(p.Card.Layout)
	if kind := w.site.Config.Kinds[p.Card.Kind]; !ok && kind.OrdinaryLayout(p.Card.Layout) {
		w.problems = append(w.problems, diag.Diagnostic{Rule: "idle-layout", Severity: diag.Note,
			Message: diag.Say("版式“%s”是别的系统的，这里照文章的类型来排",
				"the layout %q is another system's: the article has that of its kind",
				p.Card.Layout),
			Hint: diag.Say("删去 layout（版式）这一行；留着也不影响", "take the line layout out, or leave it: nothing comes of it"),
		}.Placed(p.Doc.Where("layout")))
		return names, true
	}
	if !ok {
		w.problems = append(w.problems, diag.Diagnostic{Rule: "unknown-layout", Severity: diag.Error,
			Message: diag.Say("主题里没有版式“%s”", "the theme has no layout %q", p.Card.Layout),
			Hint: diag.Say("去掉 layout（版式）这一行，每类文章都有自己的版式；真要另做，就在 layouts/ 里放一个 %s.html",
				"take the line layout out, each kind of article has its own; or put %s.html into layouts/",
				p.Card.Layout),
		}.Placed(p.Doc.Where("layout")))
		return nil, false
	}
	return append([]string{p.Card.Layout}, names...), true
}
