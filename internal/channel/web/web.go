// Package web turns a Site into the pages that readers open.
//
// For each output it assembles a view.Page and, in the same function from the
// same parts, the key: a page is made anew exactly when something that it
// shows has changed. Digests that many pages share (of the frame around every
// page, of a card, of a taxonomy's terms) are computed once.
package web

import (
	"io"
	"slices"

	"qinglian/internal/address"
	"qinglian/internal/build"
	"qinglian/internal/config"
	"qinglian/internal/data"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/search"
	"qinglian/internal/site"
	"qinglian/internal/theme"
	"qinglian/internal/view"
)

// groupSize is how many articles of a section the home page shows.
const groupSize = 5

// Outputs are the site's pages and the theme's assets. tables are those of
// data/ by name, engine stands for the program itself, pictureMaker makes pictures. What is
// wrong is reported: a layout that the theme lacks. again plans the page of one
// article as it is when its text alone has changed; documents are what can be found
// by searching of pages as they are now.
func Outputs(s *site.Site, t *theme.Theme, tables map[string]data.Table, engine digest.Digest, pictureMaker Make) (outputs []build.Output, found diag.List, again func(*site.Page) (build.Output, bool), documents func([]*site.Page) []search.Document) {
	t.Begin()
	c := &composer{site: s, theme: t, tables: tables, engine: engine, shared: &shared{}, proses: make([]digest.Digest, len(s.Pages)),
		cards: make([]digest.Digest, len(s.Pages)+len(s.Texts)), terms: map[*site.Taxonomy]digest.Digest{},
		sections: make(map[*site.Section]sectionParts, len(s.Sections)), needs: map[*theme.Layout]*needed{},
		outputs: make([]build.Output, 0, len(s.Pages)+len(s.Pages)/4)}
	c.pictures = pictures{make: pictureMaker, shown: map[form]*picture{}, shares: map[form]string{}, begun: map[string]bool{}}
	c.planPictures()
	c.frame = c.frameDigest()
	for _, section := range s.Sections {
		c.sections[section] = sectionParts{sectionDigest(section), digest.New("feeds").Bool(s.HasNews(section)).Sum()}
	}
	for _, pages := range [][]*site.Page{s.Pages, s.Texts} {
		for _, p := range pages {
			c.cards[p.Place] = c.cardDigest(p)
		}
	}
	for _, taxonomy := range s.Taxonomies {
		c.terms[taxonomy] = c.termsDigest(taxonomy)
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
		c.aliases(p)
	}
	c.taxonomies()
	c.siteMap()
	c.missing()
	c.search()
	c.further()
	return slices.Concat(c.outputs, c.pictures.first, c.pictures.rest), c.found, c.again, c.documents
}

func (c *composer) again(p *site.Page) (build.Output, bool) {
	fork := *c
	fork.outputs, fork.found = nil, nil
	fork.article(p)
	if len(fork.outputs) != 1 || len(fork.found) > 0 {
		return build.Output{}, false
	}
	return fork.outputs[0], true
}

type composer struct {
	site     *site.Site
	theme    *theme.Theme
	tables   map[string]data.Table
	engine   digest.Digest
	frame    digest.Digest
	cards    []digest.Digest // by site.Page.Place
	proses   []digest.Digest // of articles, by site.Page.Place
	terms    map[*site.Taxonomy]digest.Digest
	sections map[*site.Section]sectionParts
	needs    map[*theme.Layout]*needed
	shared   *shared
	pictures pictures
	outputs  []build.Output
	found    diag.List
}

// sectionParts are the parts of a key that all pages of a section share.
type sectionParts struct{ section, feeds digest.Digest }

// frameDigest stands for what every page shows: the site, its menu and footer.
func (c *composer) frameDigest() digest.Digest {
	g := c.site.Config
	h := digest.New("frame").String(g.ID, g.Title, g.Description, g.BaseURL, g.Language, g.Tone, g.IDCode, g.Profile,
		g.Footer.Organizer, g.Footer.Contact, g.Footer.ICP, g.Footer.Police, g.Footer.Note, c.policy())
	for _, m := range c.site.Marks {
		h.String(m.Title, m.To, m.HTML)
		if m.Picture != nil {
			h.String(c.pictures.whole(m.Picture).id())
		}
	}
	for _, e := range c.site.Menu {
		h.String(e.Title, e.Path, e.URL)
	}
	return h.Bool(c.site.HasNews(nil)).Bool(c.searched()).Sum()
}

// plan is one page: where it goes, which layouts may show it, what it depends
// on and how it is filled in.
type plan struct {
	class   string
	path    string
	source  string // what asked for it
	rank    build.Rank
	layouts []string
	in      *site.Section // whose feed it offers; may be nil
	article *site.Page    // nil unless it is an article's
	parts   build.Parts   // of all that show fills in
	show    func(*view.Page) error
}

// commonParts is how many parts add gives to each page.
const commonParts = 6

// add plans one page.
func (c *composer) add(p *plan) {
	layout, ok := c.theme.Layout(p.layouts...)
	if !ok {
		return // the theme said so when it loaded
	}
	needed := c.needs[layout]
	if needed == nil {
		needed = c.need(layout.Needs)
		c.needs[layout] = needed
	}
	parts := p.parts
	p.parts = nil // show does not need them
	parts.Add("address", digest.New("page").String(p.class, p.path).Sum())
	parts.Add("engine", c.engine)
	parts.Add("layout", layout.Digest)
	parts.Add("frame", c.frame)
	parts.Add("needs", needed.digest)
	if p.in != nil {
		parts.Add("feeds", c.sections[p.in].feeds)
	}
	c.outputs = append(c.outputs, build.Output{
		Path: p.path, Rank: p.rank, Source: p.source, Key: parts.Key(), Parts: parts,
		Render: func(w io.Writer) error {
			page := c.page(p)
			c.fillIn(page, p.path, needed)
			if err := p.show(page); err != nil {
				return err
			}
			page.Head = c.head(page, p)
			return layout.Execute(w, page)
		},
	})
}

// page is a page with its frame.
func (c *composer) page(p *plan) *view.Page {
	v := &view.Page{Class: p.class, Frame: c.frameOf(p)}
	v.Trail = []view.Link{{Title: "首页", URL: v.Home}}
	if c.site.Config.BaseURL != "" && p.class != "missing" {
		v.Canonical = c.site.URL(p.path)
	}
	return v
}

func (c *composer) assets() {
	for _, a := range c.theme.Assets {
		c.outputs = append(c.outputs, build.Output{Path: a.Path, Rank: build.Asset, Source: "themes/" + c.theme.Name,
			Key: digest.New("asset").Digest(digest.Of(a.Bytes)).Sum(), Render: build.Bytes(a.Bytes)})
	}
}

func (c *composer) home() {
	var parts build.Parts
	source := "content/index.md"
	if home := c.site.Home; home != nil {
		parts.Add("card", home.CardDigest)
		parts.Add("prose", c.proseDigest(home))
		source = home.Doc.Path
	}
	groups := digest.New("groups")
	for _, s := range c.site.Sections {
		groups.String(s.Name, s.Title, s.Kind, s.Description).Int(int64(len(s.Pages))).Digest(c.listDigest(newest(s)))
	}
	parts.Add("list", groups.Sum())
	c.add(&plan{class: "home", path: "index.html", source: source, rank: build.List, layouts: []string{"home"}, parts: parts, show: func(p *view.Page) (err error) {
		p.Trail = nil
		p.Description = c.site.Config.Description
		if home := c.site.Home; home != nil {
			p.Title = home.Card.Title
			p.Prose, err = c.prose(home)
		}
		p.Groups = c.groups("index.html", newest)
		return err
	}})
}

// groups are the sections that have articles, with those that choose picks.
func (c *composer) groups(from string, choose func(*site.Section) []*site.Page) []view.Group {
	var out []view.Group
	for _, s := range c.site.Sections {
		if len(s.Pages) == 0 {
			continue // no empty columns
		}
		out = append(out, view.Group{Name: s.Name, Kind: s.Kind, Title: s.Title, URL: address.Rel(from, s.Path),
			Description: s.Description, Count: len(s.Pages), Cards: c.show(from, choose(s))})
	}
	return out
}

func newest(s *site.Section) []*site.Page { return s.Pages[:min(groupSize, len(s.Pages))] }

func none(*site.Section) []*site.Page { return nil }

func (c *composer) section(s *site.Section) {
	also := c.also(s)
	for _, l := range site.Lists(s.Path, s.Pages) {
		parts := build.Parts{{Name: "list", Digest: c.pageDigest(l)}, {Name: "section", Digest: c.sections[s].section}}
		others := digest.New("also")
		for _, o := range also {
			others.String(o.Title, o.Path)
		}
		parts.Add("also", others.Sum())
		source := config.File + " [sections." + s.Name + "]"
		intro := s.Intro
		if l.Number > 0 {
			intro = nil
		}
		if intro != nil {
			parts.Add("card", intro.CardDigest)
			parts.Add("prose", c.proseDigest(intro))
			source = intro.Doc.Path
		}
		c.add(&plan{class: "section", path: l.Path, source: source, rank: build.List, layouts: []string{"section"}, in: s, parts: parts, show: func(p *view.Page) (err error) {
			p.Title = s.Title
			p.Description = s.Description
			p.Name, p.Kind = s.Name, s.Kind
			if intro != nil {
				p.Prose, err = c.prose(intro)
			}
			p.List = c.list(l)
			for _, o := range also {
				p.Also = append(p.Also, view.Link{Title: o.Title, URL: address.Rel(l.Path, o.Path)})
			}
			return err
		}})
	}
}

// sectionDigest stands for what pages show of a section but for its articles.
func sectionDigest(s *site.Section) digest.Digest {
	return digest.New("section").String(s.Name, s.Title, s.Path, s.Kind, s.Type, s.Description).Int(int64(len(s.Keywords))).String(s.Keywords...).Sum()
}

// siteMap plans the page that lists all columns, if the theme has a layout.
func (c *composer) siteMap() {
	const path = "sitemap.html"
	all := digest.New("map")
	for _, s := range c.site.Sections {
		all.String(s.Name, s.Title, s.Kind, s.Description).Int(int64(len(s.Pages)))
	}
	for _, t := range c.site.Taxonomies {
		all.Digest(c.terms[t])
	}
	var singles []*site.Page
	for _, p := range c.site.Pages {
		if p.In == nil && !p.Index {
			singles = append(singles, p)
			all.String(p.Path, p.Card.Title)
		}
	}
	c.add(&plan{class: "map", path: path, source: "themes/" + c.theme.Name, rank: build.List, layouts: []string{"sitemap"},
		parts: build.Parts{{Name: "list", Digest: all.Sum()}}, show: func(p *view.Page) error {
			p.Title = "站点地图"
			p.Groups = c.groups(path, none)
			for _, t := range c.site.Taxonomies {
				p.Taxonomies = append(p.Taxonomies, c.showTaxonomy(path, t))
			}
			for _, single := range singles {
				p.Singles = append(p.Singles, view.Link{Title: single.Card.Title, URL: address.Rel(path, single.Path)})
			}
			return nil
		}})
}

func (c *composer) missing() {
	c.add(&plan{class: "missing", path: "404.html", source: "themes/" + c.theme.Name, rank: build.Page, layouts: []string{"404"},
		show: func(p *view.Page) error {
			p.Title = "没有这个页面"
			return nil
		}})
}
