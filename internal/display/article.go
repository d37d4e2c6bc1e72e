package display

import (
	"slices"

	"qinglian/internal/content"
	"qinglian/internal/markdown"
	"qinglian/internal/site"
	"qinglian/internal/view"
)

// Article is what an article's front matter says of it.
func (d *Display) Article(s *Sink, v *view.Article, p *site.Page) {
	From(s, v, &p.Card, p.CardDigest, ofCard)
	d.headline(s, &v.Headline, p)
	d.ownFields(s, &v.Fields, p)
	Each(s, &v.Extra, p.Card.Extra, func(f *view.Field, fact content.Fact) { d.field(s, f, p, fact) })
}

// ownFields are those that its card has, too: the card's digest stands for them.
func (d *Display) ownFields(s *Sink, to *[]view.Field, p *site.Page) {
	if s.hash != nil {
		s.hash.Digest(d.digests[p.Place])
		return
	}
	d.Fields(s, to, p)
}

func ofCard(v *view.Article, c *content.Card) {
	v.Kind, v.Title, v.Date, v.Updated = c.Kind, c.Title, date(c.Date), date(c.Updated)
	v.Source, v.Author, v.Editor, v.Draft, v.WeChat = c.Source, c.Author, c.Editor, c.Draft, c.WeChat
	v.Withdrawn = c.Gone
	if !c.Excerpt { // else the text itself begins with it
		v.Summary = c.Summary
	}
}

// ArticleCover is all of its cover, unless its text shows the same.
func (d *Display) ArticleCover(s *Sink, v *view.Article, p *site.Page) {
	var whole *picture
	if cover := p.CoverFile(); cover != nil && !slices.Contains(p.PictureFiles(), cover) {
		whole = d.pictures.whole(cover)
	}
	s.Picture(&v.Cover, whole)
}

// ArticleTerms are the terms that stand in no field of their own.
func (d *Display) ArticleTerms(s *Sink, v *view.Article, p *site.Page) {
	kind := d.site.Config.Kinds[p.Card.Kind]
	var terms []*site.Term
	for _, t := range p.Terms {
		if f, ok := kind.CommonField(t.In.Field); ok && f.Terms { // others are among the fields, or shown by name
			terms = append(terms, t)
		}
	}
	Each(s, &v.Tags, terms, func(l *view.Link, t *site.Term) {
		s.Text(&l.Title, t.Name)
		s.URL(&l.URL, t.Path)
	})
}

// Neighbours are the articles before and after it in its section.
func (d *Display) Neighbours(s *Sink, v *view.Article, p *site.Page) {
	put := func(l *view.Link, to *site.Page) { page(s, l, to) }
	Maybe(s, &v.Newer, p.Newer, put)
	Maybe(s, &v.Older, p.Older, put)
}

// Related are the articles that share its terms.
func (d *Display) Related(s *Sink, v *view.Article, p *site.Page) { d.Cards(s, &v.Related, p.Related) }

// CitedBy are the articles that link to its clauses.
func (d *Display) CitedBy(s *Sink, v *view.Article, p *site.Page) {
	var anchors []markdown.Anchor
	if len(p.Citations) > 0 {
		anchors = p.Anchors() // which few are asked for
	}
	Each(s, &v.CitedBy, byClause(p.Citations), func(v *view.Citation, cited []site.Citation) {
		clause := anchors[cited[0].Clause]
		s.Text(&v.Title, clause.Title)
		s.Text(&v.URL, "#"+clause.Alias)
		Each(s, &v.From, cited, func(l *view.Link, c site.Citation) { page(s, l, c.From) })
	})
}

// byClause cuts citations, which are in the order of the clauses, into those of
// each.
func byClause(all []site.Citation) [][]site.Citation {
	var out [][]site.Citation
	from := 0
	for i := range all {
		if i == len(all)-1 || all[i+1].Clause != all[i].Clause {
			out = append(out, all[from:i+1])
			from = i + 1
		}
	}
	return out
}

// NamedBy are the articles that name it in a field.
func (d *Display) NamedBy(s *Sink, v *view.Article, p *site.Page) {
	Each(s, &v.NamedBy, p.NamedBy, func(v *view.Mention, by site.Mention) {
		s.Text(&v.Key, by.Key)
		s.Text(&v.Kind, by.From.Card.Kind)
		s.Text(&v.Title, by.From.Card.Title)
		s.URL(&v.URL, by.From.Path)
	})
}
