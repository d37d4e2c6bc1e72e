package web

import (
	"io"
	"time"

	"qinglian/internal/build"
	"qinglian/internal/digest"
	"qinglian/internal/display"
	"qinglian/internal/site"
	"qinglian/internal/view"
)

// sheet is a page while it is filled in: what its template sees, and what the tags
// in its head are made of.
type sheet struct {
	view.Page
	tags tags
}

// tags are what programs read of a page that its view does not say.
type tags struct {
	mark      string // whose page it is
	baseURL   string
	domain    string
	news      bool // the site has feeds
	column    column
	within    bool      // a section
	feed      view.Link // of the section; no URL without one
	picture   string    // published path of the one that stands for it; may be empty
	keywords  []string
	published time.Time
}

// part is something that a page shows, by its name in the page's key.
type part struct {
	name string
	put  func(*Plan, *display.Sink, *sheet, *site.Page)

	there func(*site.Page) bool          // whether an article has it; nil: each has
	same  func(*site.Page) *site.Section // what it is put from, if that is not the article; else nil
}

// The classes of the pages that differ from all others.
const (
	home    = "home"    // it has no way to it
	missing = "missing" // it is shown at any address
)

// page is one page before it is made: where it goes, which template shows it and
// what it shows.
type page struct {
	class   string
	path    string
	source  string // what asked for it
	rank    build.Rank
	article *site.Page // what its parts are put from; nil unless it is an article's
	text    *site.Page // whose prose it shows; may be nil
	parts   []part     // but for the prose, in their order
	paper   *paper
	plan    *Plan
	at      int // of its output
}

// paper is what a page is printed on.
type paper struct {
	digest  digest.Digest
	needs   needs
	execute func(io.Writer, *view.Page) error
}

// fill makes what a page shows.
func (p *Plan) fill(page *page) (*sheet, error) {
	v := p.fillParts(page)
	v.Class = page.class
	if p.site.Config.BaseURL != "" && page.class != missing {
		v.Canonical = p.site.URL(page.path)
	}
	if err := p.fillProse(v, page); err != nil {
		return nil, err
	}
	v.Head = v.head()
	return v, nil
}

// fillParts makes what is put.
func (p *Plan) fillParts(page *page) *sheet {
	v, s := &sheet{}, display.Filling(page.path)
	v.Frame = p.display.Frame(page.path)
	if page.class == missing {
		v.Frame = p.display.FrameAnywhere()
		s = display.Through(v.Root)
	}
	p.identity(s, v)
	if page.class != home {
		trail(s, v)
	}
	for _, part := range page.parts {
		part.put(p, s, v, page.article)
	}
	p.put(s, v, page.paper.needs)
	return v
}

func (p *Plan) fillProse(v *sheet, page *page) (err error) {
	if page.text == nil {
		return nil
	}
	prose, err := p.texts.html(page.text)
	if v.Article == nil {
		v.Prose = prose
		return err
	}
	v.Article.Prose = prose
	for _, h := range page.text.Headings() {
		v.Article.Contents = append(v.Article.Contents, view.Heading{ID: h.ID, Title: h.Title, Level: h.Level})
	}
	return err
}

// frameDigest stands for what every page shows of the site, and its head says.
func (p *Plan) frameDigest() digest.Digest {
	s := display.Digesting("site")
	p.identity(s, &sheet{})
	return p.display.FrameDigest().Plus(s.Sum())
}

// identity is what the head of every page says of the site.
func (p *Plan) identity(s *display.Sink, v *sheet) {
	s.Text(&v.tags.mark, build.Mark(p.site.Config.ID))
	s.Text(&v.tags.baseURL, p.site.Config.BaseURL)
	s.Text(&v.tags.domain, p.display.Host())
	s.Bool(&v.tags.news, p.site.HasNews(nil))
}

// trail puts the way from the home page to a page: through the sections, if it is in
// one.
func trail(s *display.Sink, v *sheet, through ...crumb) {
	display.Each(s, &v.Trail, append([]crumb{{"首页", "index.html"}}, through...), func(l *view.Link, c crumb) {
		s.Text(&l.Title, c.title)
		s.URL(&l.URL, c.path)
	})
}

// crumb is a page on the way to another.
type crumb struct{ title, path string }
