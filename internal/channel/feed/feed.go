// Package feed turns a Site into what programs read: feeds of the newest
// articles, of the site and of each section, as RSS 2.0
// (https://www.rssboard.org/rss-specification), Atom (RFC 4287) and JSON Feed
// 1.1 (https://www.jsonfeed.org/version/1.1/); sitemaps
// (https://www.sitemaps.org/protocol.html) and robots.txt (RFC 9309). All hold
// absolute addresses, so there are none without a base_url.
package feed

import (
	"cmp"
	"encoding/xml"
	"io"
	"strings"
	"time"

	"qinglian/internal/build"
	"qinglian/internal/content"
	"qinglian/internal/digest"
	"qinglian/internal/site"
)

// Outputs are the feeds, the sitemaps and robots.txt.
func Outputs(s *site.Site, engine digest.Digest) []build.Output {
	if s.Config.BaseURL == "" {
		return nil
	}
	m := newMaker(s, engine)
	m.outputs = Feeds(s, append([]*site.Section{nil}, s.Sections...), engine)
	m.sitemaps()
	m.robots()
	return m.outputs
}

// Feeds are the feeds of some sections; nil is the whole site.
func Feeds(s *site.Site, sections []*site.Section, engine digest.Digest) []build.Output {
	if s.Config.BaseURL == "" {
		return nil
	}
	m := newMaker(s, engine)
	for _, in := range sections {
		m.feeds(in)
	}
	return m.outputs
}

type maker struct {
	site    *site.Site
	engine  digest.Digest
	mark    string // whose the files are; "" for a site without an id
	outputs []build.Output
}

func newMaker(s *site.Site, engine digest.Digest) *maker {
	m := &maker{site: s, engine: engine}
	if s.Config.ID != "" {
		m.mark = build.Mark(s.Config.ID)
	}
	return m
}

func (m *maker) add(path, source string, key *digest.Hash, render func(io.Writer) error) {
	m.outputs = append(m.outputs,
		build.Output{Path: path, Rank: build.Feed, Source: source, Key: key.String(m.mark).Sum(), Render: render})
}

// news is what one feed says, whatever its format.
type news struct {
	path        string // where it is published
	title       string
	home        string // the page that it is the feed of
	description string
	language    string
	publisher   string
	updated     time.Time
	pages       []*site.Page
}

// formats are the feeds in the order of site.Feeds.
var formats = []func(*site.Site, news) any{rss, atom, jsonFeed}

// mostEntries is how many articles a feed holds.
const mostEntries = 20

// Newest is what the feeds of a section hold, or those of the whole site if it is nil.
func Newest(s *site.Site, in *site.Section) []*site.Page {
	pages := make([]*site.Page, 0, mostEntries)
	for p := range s.News(in) {
		if len(pages) == mostEntries {
			break
		}
		pages = append(pages, p)
	}
	return pages
}

// feeds plans the feeds of a section, or of the whole site if it is nil.
func (m *maker) feeds(in *site.Section) {
	s := m.site
	pages := Newest(s, in)
	if len(pages) == 0 {
		return // a feed without entries has no time of change
	}
	g := s.Config
	n := news{title: g.Title, home: s.URL("index.html"), description: cmp.Or(g.Description, g.Title),
		language:  g.Language,
		publisher: cmp.Or(g.Footer.Organizer, g.Title), pages: pages}
	folder := ""
	if in != nil {
		folder = in.Name
		n.title, n.home, n.description = g.Title+" "+in.Title, s.URL(in.Path), cmp.Or(in.Description, in.Title)
	}
	key := digest.New("feed").Digest(m.engine).String(g.BaseURL, n.title, n.home, n.description, n.language,
		n.publisher)
	for _, p := range pages {
		key.String(p.Path, p.Cover(), p.AI()).Digest(p.CardDigest)
		if at := changed(&p.Card); at.After(n.updated) {
			n.updated = at
		}
	}
	sum := key.Sum()
	for i, f := range site.Feeds(folder) {
		n := n
		n.path = f.Path
		write := m.writeXML
		if i == len(formats)-1 {
			write = writeJSON
		}
		m.add(f.Path, f.Path, digest.New(f.Path).Digest(sum), func(w io.Writer) error {
			return write(w, formats[i](s, n))
		})
	}
}

// told is what an entry says of an article: its summary, and what readers must be told
// of AI's part in it.
func told(p *site.Page) string {
	if line := p.AI(); line != "" {
		return strings.TrimSpace(p.Card.Summary + "（" + line + "）")
	}
	return p.Card.Summary
}

// changed is when an article last changed, as its front matter says.
func changed(c *content.Card) time.Time {
	if c.Updated.After(c.Date) {
		return c.Updated
	}
	return c.Date
}

func (m *maker) writeXML(w io.Writer, v any) error {
	head := xml.Header
	if m.mark != "" {
		head += "<!-- " + m.mark + " -->\n"
	}
	if _, err := io.WriteString(w, head); err != nil {
		return err
	}
	return xml.NewEncoder(w).Encode(v)
}

func (m *maker) robots() {
	if m.site.OwnRobots {
		return
	}
	text := "User-agent: *\nDisallow:\n\nSitemap: " + m.site.URL("sitemap.xml") + "\n"
	if m.mark != "" {
		text = "# " + m.mark + "\n" + text
	}
	m.add("robots.txt", "robots.txt", digest.New("robots").Digest(m.engine).String(text), build.Bytes([]byte(text)))
}
