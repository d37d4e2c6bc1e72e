// Package feed turns a Site into what programs read: an RSS 2.0 feed of the
// newest articles (https://www.rssboard.org/rss-specification) and a sitemap
// (https://www.sitemaps.org/protocol.html). Both hold absolute addresses, so
// there are none without a base_url.
package feed

import (
	"encoding/xml"
	"io"
	"time"

	"qinglian/internal/build"
	"qinglian/internal/digest"
	"qinglian/internal/site"
)

// size is how many articles the feed holds.
const size = 20

// Outputs are the feed and the sitemap.
func Outputs(s *site.Site, engine digest.Digest) []build.Output {
	if s.Config.BaseURL == "" {
		return nil
	}
	return []build.Output{rss(s, engine), sitemap(s, engine)}
}

type channel struct {
	Title       string `xml:"title"`
	Link        string `xml:"link"`
	Description string `xml:"description"`
	Language    string `xml:"language"`
	Self        self   `xml:"atom:link"`
	Items       []item `xml:"item"`
}

type self struct {
	Href string `xml:"href,attr"`
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
}

type item struct {
	Title       string   `xml:"title"`
	Link        string   `xml:"link"`
	GUID        string   `xml:"guid"`
	PubDate     string   `xml:"pubDate,omitempty"`
	Description string   `xml:"description"`
	Categories  []string `xml:"category"`
}

func rss(s *site.Site, engine digest.Digest) build.Output {
	var newest []*site.Page
	key := digest.New("rss").Digest(engine).String(s.Config.BaseURL, s.Config.Title, s.Config.Description, s.Config.Language)
	for _, p := range s.Pages {
		if p.In == nil || p.Index || len(newest) == size {
			continue
		}
		newest = append(newest, p)
		key.String(p.Path).Digest(p.CardDigest)
	}
	return build.Output{Path: site.FeedPath, Rank: build.Feed, Source: "RSS", Key: key.Sum(), Render: func(w io.Writer) error {
		g := s.Config
		c := channel{Title: g.Title, Link: g.BaseURL, Description: g.Description, Language: g.Language,
			Self: self{g.BaseURL + site.FeedPath, "self", "application/rss+xml"}}
		if c.Description == "" {
			c.Description = g.Title
		}
		for _, p := range newest {
			link := g.BaseURL + p.Path
			published := ""
			if !p.Card.Date.IsZero() {
				published = p.Card.Date.Format(time.RFC1123Z)
			}
			c.Items = append(c.Items, item{p.Card.Title, link, link, published, p.Card.Summary, p.Card.Tags})
		}
		return write(w, struct {
			XMLName xml.Name `xml:"rss"`
			Version string   `xml:"version,attr"`
			Atom    string   `xml:"xmlns:atom,attr"`
			Channel channel  `xml:"channel"`
		}{Version: "2.0", Atom: "http://www.w3.org/2005/Atom", Channel: c})
	}}
}

type entry struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

// sitemap lists pages with the dates that their front matter gives, never a
// file's time: that changes when a site is copied.
func sitemap(s *site.Site, engine digest.Digest) build.Output {
	var entries []entry
	add := func(path string, at time.Time) {
		e := entry{Loc: s.URL(path)}
		if !at.IsZero() {
			e.LastMod = at.Format(time.RFC3339)
		}
		entries = append(entries, e)
	}
	add("index.html", time.Time{})
	for _, section := range s.Sections {
		for _, l := range site.Lists(section.Path, section.Pages) {
			add(l.Path, time.Time{})
		}
	}
	for _, p := range s.Pages {
		if p.Index {
			continue
		}
		at := p.Card.Date
		if p.Card.Updated.After(at) {
			at = p.Card.Updated
		}
		add(p.Path, at)
	}
	for _, t := range s.Terms {
		for _, l := range site.Lists(t.Path, t.Pages) {
			add(l.Path, time.Time{})
		}
	}
	key := digest.New("sitemap").Digest(engine)
	for _, e := range entries {
		key.String(e.Loc, e.LastMod)
	}
	return build.Output{Path: "sitemap.xml", Rank: build.Feed, Source: "sitemap", Key: key.Sum(), Render: func(w io.Writer) error {
		return write(w, struct {
			XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
			URLs    []entry  `xml:"url"`
		}{URLs: entries})
	}}
}

func write(w io.Writer, v any) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	return xml.NewEncoder(w).Encode(v)
}
