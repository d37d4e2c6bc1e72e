package web

import (
	"strings"

	"qinglian/internal/address"
	"qinglian/internal/recent"
	"qinglian/internal/site"
	"qinglian/internal/view"
)

// shared holds the parts of views that many pages show: made once, they are
// also rendered once (theme's fragments). Links are relative, so a part is the
// same for all pages of one depth: it leads through the site's root.
type shared struct {
	frames recent.Map[frameState, *view.Frame]
	cards  recent.Map[cardPlace, *view.Card]
}

// frameState is all that tells the frames of two pages apart.
type frameState struct {
	root    string
	missing bool // served at any depth
	first   bool // the home page
	current int  // entry of the menu that leads to where the reader is; -1 for none
}

// cardPlace is a card as pages of one depth show it.
type cardPlace struct {
	root string
	page *site.Page
}

func (c *composer) frameOf(p *plan) *view.Frame {
	s := frameState{root: address.Root(p.path), first: p.path == "index.html", current: -1}
	if s.missing = p.class == "missing"; s.missing {
		s.root = ""
		if c.site.Config.BaseURL != "" {
			s.root = c.site.Config.BasePath()
		}
	}
	for i, e := range c.site.Menu {
		folder := strings.TrimSuffix(e.Path, "index.html")
		if e.URL == "" && (e.Path == p.path || folder != "" && folder != e.Path && strings.HasPrefix(p.path, folder)) {
			s.current = i
			break
		}
	}
	f, _ := c.shared.frames.Get(s, func() (*view.Frame, error) { return c.frameIn(s), nil })
	return f
}

func (c *composer) frameIn(s frameState) *view.Frame {
	g := c.site.Config
	f := &view.Frame{
		Root: s.root, Home: s.root + "index.html", First: s.first,
		Site: view.Site{Title: g.Title, Description: g.Description, Language: g.Language, Tone: g.Tone, IDCode: g.IDCode, Policy: c.policy(), Search: c.searched(),
			Footer: view.Footer{Organizer: g.Footer.Organizer, Contact: g.Footer.Contact, ICP: g.Footer.ICP, Police: police(g.Footer.Police), Note: g.Footer.Note}},
	}
	if g.Profile == "gov" || g.Profile == "party" {
		f.Site.Domain = c.host()
	}
	for _, m := range c.site.Marks {
		f.Site.Marks = append(f.Site.Marks, c.mark(m, s.root))
	}
	f.Menu = append(f.Menu, view.Link{Title: "首页", URL: f.Home, Current: s.first})
	for i, e := range c.site.Menu {
		l := view.Link{Title: e.Title, URL: s.root + e.Path, Current: i == s.current}
		if e.URL != "" {
			l = view.Link{Title: e.Title, URL: e.URL, Outside: true}
		}
		f.Menu = append(f.Menu, l)
	}
	return f
}

// card is what lists show of a page, for pages of the depth of from.
func (c *composer) card(from string, p *site.Page) *view.Card {
	place := cardPlace{address.Root(from), p}
	card, _ := c.shared.cards.Get(place, func() (*view.Card, error) { return c.cardAt(place), nil })
	return card
}

func (c *composer) cardAt(place cardPlace) *view.Card {
	p := place.page
	through := func(to string) string { return place.root + to }
	card := &view.Card{Kind: p.Card.Kind, Title: p.Card.Title, URL: through(p.Path), Date: date(p.Card.Date),
		Summary: p.Card.Summary, Source: p.Card.Source, Draft: p.Card.Draft, Fields: c.fields(p, through)}
	card.Cover = c.cover(p).view(through)
	return card
}
