// Package web turns a Site into the pages that readers open.
//
// For each output it assembles a view.Page and, in the same function from the
// same parts, the key: a page is made anew exactly when something that it
// shows has changed. Digests that many pages share (of the frame around every
// page, of a card) are computed once.
package web

import (
	"html/template"
	"io"
	"strings"
	"time"

	"qinglian/internal/address"
	"qinglian/internal/build"
	"qinglian/internal/config"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/site"
	"qinglian/internal/theme"
	"qinglian/internal/view"
)

// groupSize is how many articles of a section the home page shows.
const groupSize = 5

// Outputs are the site's pages and the theme's assets. engine stands for the
// program itself. What is wrong is reported: a layout that the theme lacks.
func Outputs(s *site.Site, t *theme.Theme, engine digest.Digest) ([]build.Output, diag.List) {
	c := &composer{site: s, theme: t, engine: engine, cards: map[*site.Page]digest.Digest{}}
	c.frame = c.frameDigest()
	for _, p := range s.Pages {
		c.cards[p] = digest.New("card").String(p.Path, p.Cover()).Digest(p.CardDigest).Sum()
	}
	c.assets()
	c.home()
	for _, section := range s.Sections {
		c.section(section)
	}
	for _, p := range s.Pages {
		if !p.Index {
			c.article(p)
		}
	}
	c.terms()
	c.missing()
	return c.outputs, c.found
}

type composer struct {
	site    *site.Site
	theme   *theme.Theme
	engine  digest.Digest
	frame   digest.Digest
	cards   map[*site.Page]digest.Digest
	outputs []build.Output
	found   diag.List
}

// frameDigest stands for what every page shows: the site, its menu and footer.
func (c *composer) frameDigest() digest.Digest {
	g := c.site.Config
	h := digest.New("frame").String(g.Title, g.Description, g.BaseURL, g.Language,
		g.Footer.Organizer, g.Footer.Contact, g.Footer.ICP, g.Footer.Note)
	for _, s := range c.site.Sections {
		h.String(s.Name, s.Title)
	}
	return h.Sum()
}

// add plans one page. parts are the digests of all that show fills in.
func (c *composer) add(class, path, source string, rank build.Rank, layouts []string, parts *digest.Hash, show func(*view.Page)) {
	layout, ok := c.theme.Layout(layouts...)
	if !ok {
		return // the theme said so when it loaded
	}
	c.outputs = append(c.outputs, build.Output{
		Path: path, Rank: rank, Source: source,
		Key: digest.New("page").String(class, path).Digest(c.engine, layout.Digest, c.frame, parts.Sum()).Sum(),
		Render: func(w io.Writer) error {
			page := c.page(class, path)
			show(page)
			return layout.Execute(w, page)
		},
	})
}

// page is the frame of a page.
func (c *composer) page(class, path string) *view.Page {
	g := c.site.Config
	p := &view.Page{
		Class: class,
		Root:  address.Root(path),
		Site: view.Site{Title: g.Title, Description: g.Description, Language: g.Language,
			Footer: view.Footer{Organizer: g.Footer.Organizer, Contact: g.Footer.Contact, ICP: g.Footer.ICP, Note: g.Footer.Note}},
		Trail: []view.Link{{Title: "首页", URL: address.Rel(path, "index.html")}},
	}
	if class == "missing" {
		p.Root = g.BasePath() // served at any depth
		if g.BaseURL == "" {
			p.Root = ""
		}
		p.Trail[0].URL = p.Root + "index.html"
	}
	if g.BaseURL != "" {
		p.Feed = p.Root + site.FeedPath
		if class != "missing" {
			p.Canonical = c.site.URL(path)
		}
	}
	p.Menu = append(p.Menu, view.Link{Title: "首页", URL: p.Trail[0].URL, Current: path == "index.html"})
	for _, s := range c.site.Sections {
		p.Menu = append(p.Menu, view.Link{Title: s.Title, URL: p.Root + s.Path, Current: strings.HasPrefix(path, s.Name+"/")})
	}
	return p
}

func (c *composer) assets() {
	for _, a := range c.theme.Assets {
		c.outputs = append(c.outputs, build.Output{Path: a.Path, Rank: build.Asset, Source: "themes/" + c.theme.Name,
			Key: digest.New("asset").Digest(digest.Of(a.Bytes)).Sum(), Render: build.Bytes(a.Bytes)})
	}
}

func (c *composer) home() {
	parts := digest.New("home")
	source := "content/index.md"
	if home := c.site.Home; home != nil {
		parts.Digest(home.CardDigest, home.FilledDigest())
		source = home.Doc.Path
	}
	for _, s := range c.site.Sections {
		parts.String(s.Description).Digest(c.listDigest(newest(s)))
	}
	c.add("home", "index.html", source, build.List, []string{"home"}, parts, func(p *view.Page) {
		p.Trail = nil
		p.Description = c.site.Config.Description
		if home := c.site.Home; home != nil {
			p.Title = home.Card.Title
			p.Prose = template.HTML(home.Prose())
		}
		for _, s := range c.site.Sections {
			if len(s.Pages) == 0 {
				continue // no empty columns
			}
			p.Groups = append(p.Groups, view.Group{Name: s.Name, Title: s.Title, URL: s.Path, Description: s.Description,
				Cards: c.show("index.html", newest(s))})
		}
	})
}

func newest(s *site.Section) []*site.Page { return s.Pages[:min(groupSize, len(s.Pages))] }

func (c *composer) section(s *site.Section) {
	for _, l := range site.Lists(s.Path, s.Pages) {
		parts := c.listParts(l).String(s.Title, s.Description)
		source := config.File + " [sections." + s.Name + "]"
		intro := s.Intro
		if l.Number > 0 {
			intro = nil
		}
		if intro != nil {
			parts.Digest(intro.CardDigest, intro.FilledDigest())
			source = intro.Doc.Path
		}
		c.add("section", l.Path, source, build.List, []string{"section"}, parts, func(p *view.Page) {
			p.Title = s.Title
			p.Description = s.Description
			if intro != nil {
				p.Prose = template.HTML(intro.Prose())
			}
			p.List = c.list(l)
		})
	}
}

func (c *composer) terms() {
	if len(c.site.Terms) == 0 {
		return
	}
	all := site.TagsFolder + "/index.html"
	parts := digest.New("terms")
	for _, t := range c.site.Terms {
		parts.String(t.Name, t.Path).Int(int64(len(t.Pages)))
	}
	c.add("terms", all, "tags", build.List, []string{"terms"}, parts, func(p *view.Page) {
		p.Title = "标签"
		for _, t := range c.site.Terms {
			p.Terms = append(p.Terms, view.Term{Title: t.Name, URL: address.Rel(all, t.Path), Count: len(t.Pages)})
		}
	})
	for _, t := range c.site.Terms {
		for _, l := range site.Lists(t.Path, t.Pages) {
			c.add("term", l.Path, "tag "+t.Name, build.List, []string{"term"}, c.listParts(l).String(t.Name), func(p *view.Page) {
				p.Title = t.Name
				p.Trail = append(p.Trail, view.Link{Title: "标签", URL: address.Rel(l.Path, all)})
				p.List = c.list(l)
			})
		}
	}
}

func (c *composer) missing() {
	c.add("missing", "404.html", "themes/"+c.theme.Name, build.Page, []string{"404"}, digest.New("missing"), func(p *view.Page) {
		p.Title = "没有这个页面"
	})
}

// listParts is the digest of what list shows.
func (c *composer) listParts(l site.List) *digest.Hash {
	return digest.New("list").String(l.Newer, l.Older).Int(int64(l.Number)).Digest(c.listDigest(l.Pages))
}

func (c *composer) list(l site.List) *view.List {
	v := &view.List{Cards: c.show(l.Path, l.Pages), Number: l.Number}
	if l.Newer != "" {
		v.Newer = address.Rel(l.Path, l.Newer)
	}
	if l.Older != "" {
		v.Older = address.Rel(l.Path, l.Older)
	}
	return v
}

// listDigest stands for cards in their order.
func (c *composer) listDigest(pages []*site.Page) digest.Digest {
	h := digest.New("cards").Int(int64(len(pages)))
	for _, p := range pages {
		h.Digest(c.cards[p])
	}
	return h.Sum()
}

func (c *composer) show(from string, pages []*site.Page) []view.Card {
	cards := make([]view.Card, len(pages))
	for i, p := range pages {
		cards[i] = view.Card{Title: p.Card.Title, URL: address.Rel(from, p.Path), Date: date(p.Card.Date),
			Summary: p.Card.Summary, Source: p.Card.Source, Draft: p.Card.Draft}
		if cover := p.Cover(); cover != "" {
			cards[i].Cover = address.Rel(from, cover)
		}
	}
	return cards
}

func date(t time.Time) view.Date {
	if t.IsZero() {
		return view.Date{}
	}
	return view.Date{Machine: t.Format(time.RFC3339), Minute: t.Format("2006-01-02 15:04"), Day: t.Format("2006年1月2日")}
}
