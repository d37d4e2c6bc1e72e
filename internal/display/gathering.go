package display

import (
	"cmp"
	"slices"
	"time"

	"qinglian/internal/site"
	"qinglian/internal/view"
)

// List is one page of a list.
func (d *Display) List(s *Sink, to **view.List, l *site.List) {
	Maybe(s, to, l, func(v *view.List, l *site.List) {
		d.Cards(s, &v.Cards, l.Pages)
		s.Int(&v.Number, l.Number)
		s.URL(&v.Newer, l.Newer)
		s.URL(&v.Older, l.Older)
	})
}

// Groups are the sections that have articles (no empty columns), with those that
// choose picks.
func (d *Display) Groups(s *Sink, to *[]view.Group, choose func(*site.Section) []*site.Page) {
	var filled []*site.Section
	for _, section := range d.site.Sections {
		if len(section.Pages) > 0 {
			filled = append(filled, section)
		}
	}
	Each(s, to, filled, func(v *view.Group, section *site.Section) {
		s.Text(&v.Name, section.Name)
		s.Text(&v.Kind, section.Kind)
		s.Text(&v.Title, section.Title)
		s.URL(&v.URL, section.Path)
		s.Text(&v.Description, section.Description)
		s.Int(&v.Count, len(section.Pages))
		d.Cards(s, &v.Cards, choose(section))
	})
}

// Taxonomies are some with their terms.
func (d *Display) Taxonomies(s *Sink, to *[]view.Taxonomy, which []*site.Taxonomy) {
	taxonomies(s, to, which, func(v *view.Term, t *site.Term) { d.term(s, v, t) })
}

// Directory are some with their terms, without what those have of their articles.
func (d *Display) Directory(s *Sink, to *[]view.Taxonomy, which []*site.Taxonomy) {
	taxonomies(s, to, which, func(v *view.Term, t *site.Term) { d.termItself(s, v, t) })
}

func taxonomies(s *Sink, to *[]view.Taxonomy, which []*site.Taxonomy, term func(*view.Term, *site.Term)) {
	Each(s, to, which, func(v *view.Taxonomy, t *site.Taxonomy) {
		s.Text(&v.Name, t.Name)
		s.Text(&v.Title, t.Title)
		s.URL(&v.URL, t.Path)
		Each(s, &v.Terms, t.Terms, term)
	})
}

// Term is a term without its articles.
func (d *Display) Term(s *Sink, to **view.Term, t *site.Term) {
	Maybe(s, to, t, func(v *view.Term, t *site.Term) { d.term(s, v, t) })
}

func (d *Display) term(s *Sink, v *view.Term, t *site.Term) {
	d.termItself(s, v, t)
	c := d.contents[t]
	s.Picture(&v.Cover, c.cover)
	s.Date(&v.Oldest, c.oldest)
	s.Date(&v.Newest, c.newest)
}

func (d *Display) termItself(s *Sink, v *view.Term, t *site.Term) {
	s.Text(&v.Title, t.Name)
	s.URL(&v.URL, t.Path)
	s.Int(&v.Count, len(t.Pages))
	s.Bool(&v.Archived, t.Archived())
	if s.If(t.Text != nil) {
		s.Text(&v.Summary, t.Text.Card.Summary)
		d.Fields(s, &v.Fields, t.Text)
	}
}

// contents is what a term shows of all its articles. It is found once, since every page
// of the term's list shows it.
type contents struct {
	ends           []*site.Page // of which all this is
	cover          *picture     // the term's own, else that of its newest article that has one
	oldest, newest time.Time
}

// Ends are the articles of a term that it shows something of, wherever it is shown, the newest
// first.
func (d *Display) Ends(t *site.Term) []*site.Page { return d.contents[t].ends }

func endsOf(t *site.Term) (ends []*site.Page) {
	var covered, newest, oldest *site.Page
	for _, p := range t.Pages {
		if covered == nil && p.CoverFile() != nil {
			covered = p
		}
		if !p.Card.Date.IsZero() {
			oldest = p
			if newest == nil {
				newest = p
			}
		}
	}
	for _, p := range []*site.Page{covered, newest, oldest} {
		if p != nil && !slices.Contains(ends, p) {
			ends = append(ends, p)
		}
	}
	slices.SortFunc(ends, func(a, b *site.Page) int { return cmp.Compare(a.Place, b.Place) })
	return ends
}

func (d *Display) contentsOf(t *site.Term) (c contents) {
	c.ends = endsOf(t)
	covered := t.Text
	for _, p := range c.ends {
		if (covered == nil || covered.CoverFile() == nil) && p.CoverFile() != nil {
			covered = p
		}
		if at := p.Card.Date; !at.IsZero() {
			c.oldest = at
			if c.newest.IsZero() {
				c.newest = at
			}
		}
	}
	if covered != nil {
		c.cover = d.pictures.cover(covered)
	}
	return c
}

// Pages are links to pages by their titles.
func (d *Display) Pages(s *Sink, to *[]view.Link, pages []*site.Page) {
	Each(s, to, pages, func(l *view.Link, p *site.Page) { page(s, l, p) })
}

// page puts a link to a page.
func page(s *Sink, l *view.Link, p *site.Page) {
	s.Text(&l.Title, p.Card.Title)
	s.URL(&l.URL, p.Path)
}
