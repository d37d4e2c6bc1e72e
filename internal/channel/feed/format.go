package feed

import (
	"cmp"
	"encoding/json"
	"encoding/xml"
	"io"
	"time"

	"qinglian/internal/build"
	"qinglian/internal/site"
)

type rssFeed struct {
	XMLName xml.Name   `xml:"rss"`
	Version string     `xml:"version,attr"`
	Atom    string     `xml:"xmlns:atom,attr"`
	Channel rssChannel `xml:"channel"`
}

type rssChannel struct {
	Title         string    `xml:"title"`
	Link          string    `xml:"link"`
	Description   string    `xml:"description"`
	Language      string    `xml:"language"`
	LastBuildDate string    `xml:"lastBuildDate"`
	Self          selfLink  `xml:"atom:link"`
	Items         []rssItem `xml:"item"`
}

type selfLink struct {
	Href string `xml:"href,attr"`
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
}

type rssItem struct {
	Title       string   `xml:"title"`
	Link        string   `xml:"link"`
	GUID        string   `xml:"guid"`
	PubDate     string   `xml:"pubDate"`
	Description string   `xml:"description"`
	Categories  []string `xml:"category"`
}

func rss(s *site.Site, n news) any {
	c := rssChannel{Title: n.title, Link: n.home, Description: n.description, Language: n.language,
		LastBuildDate: n.updated.Format(time.RFC1123Z), Self: selfLink{s.URL(n.path), "self", "application/rss+xml"}}
	for _, p := range n.pages {
		link := s.URL(p.Path)
		c.Items = append(c.Items,
			rssItem{p.Card.Title, link, link, p.Card.Date.Format(time.RFC1123Z), told(p), p.Card.Tags})
	}
	return rssFeed{Version: "2.0", Atom: "http://www.w3.org/2005/Atom", Channel: c}
}

type atomFeed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Language string      `xml:"xml:lang,attr"`
	ID       string      `xml:"id"`
	Title    string      `xml:"title"`
	Subtitle string      `xml:"subtitle"`
	Updated  string      `xml:"updated"`
	Author   atomPerson  `xml:"author"`
	Links    []selfLink  `xml:"link"`
	Entries  []atomEntry `xml:"entry"`
}

type atomPerson struct {
	Name string `xml:"name"`
}

type atomEntry struct {
	ID         string         `xml:"id"`
	Title      string         `xml:"title"`
	Published  string         `xml:"published"`
	Updated    string         `xml:"updated"`
	Author     *atomPerson    `xml:"author"`
	Summary    string         `xml:"summary"`
	Categories []atomCategory `xml:"category"`
	Link       selfLink       `xml:"link"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

func atom(s *site.Site, n news) any {
	f := atomFeed{Language: n.language, ID: s.URL(n.path), Title: n.title, Subtitle: n.description,
		Updated: n.updated.Format(time.RFC3339),
		Author:  atomPerson{n.publisher},
		Links:   []selfLink{{s.URL(n.path), "self", "application/atom+xml"}, {n.home, "alternate", "text/html"}}}
	for _, p := range n.pages {
		link := s.URL(p.Path)
		e := atomEntry{ID: link, Title: p.Card.Title, Published: p.Card.Date.Format(time.RFC3339),
			Updated: changed(&p.Card).Format(time.RFC3339),
			Summary: told(p), Link: selfLink{link, "alternate", "text/html"}}
		if name := cmp.Or(p.Card.Author, p.Card.Source); name != "" {
			e.Author = &atomPerson{name}
		}
		for _, t := range p.Card.Tags {
			e.Categories = append(e.Categories, atomCategory{t})
		}
		f.Entries = append(f.Entries, e)
	}
	return f
}

type jsonRoot struct {
	Version     string       `json:"version"`
	Site        *jsonSite    `json:"_site,omitempty"` // an extension, as the format has them
	Title       string       `json:"title"`
	HomePageURL string       `json:"home_page_url"`
	FeedURL     string       `json:"feed_url"`
	Description string       `json:"description"`
	Language    string       `json:"language"`
	Authors     []jsonAuthor `json:"authors"`
	Items       []jsonItem   `json:"items"`
}

// jsonSite says whose the feed is.
type jsonSite struct {
	About string `json:"about"`
	Mark  string `json:"mark"`
}

type jsonAuthor struct {
	Name string `json:"name"`
}

type jsonItem struct {
	ID            string       `json:"id"`
	URL           string       `json:"url"`
	Title         string       `json:"title"`
	Text          string       `json:"content_text"`
	Image         string       `json:"image,omitempty"`
	DatePublished string       `json:"date_published"`
	DateModified  string       `json:"date_modified,omitempty"`
	Authors       []jsonAuthor `json:"authors,omitempty"`
	Tags          []string     `json:"tags,omitempty"`
}

// jsonFeed: the summary is the content, since an item must have one.
func jsonFeed(s *site.Site, n news) any {
	f := jsonRoot{Version: "https://jsonfeed.org/version/1.1", Title: n.title, HomePageURL: n.home,
		FeedURL:     s.URL(n.path),
		Description: n.description, Language: n.language, Authors: []jsonAuthor{{n.publisher}}, Items: []jsonItem{}}
	if s.Config.ID != "" {
		f.Site = &jsonSite{"which site made this feed", build.Mark(s.Config.ID)}
	}
	for _, p := range n.pages {
		item := jsonItem{ID: s.URL(p.Path), URL: s.URL(p.Path), Title: p.Card.Title, Text: told(p),
			DatePublished: p.Card.Date.Format(time.RFC3339), Tags: p.Card.Tags}
		if p.Card.Updated.After(p.Card.Date) {
			item.DateModified = p.Card.Updated.Format(time.RFC3339)
		}
		if cover := p.Cover(); cover != "" {
			item.Image = s.URL(cover)
		}
		if name := cmp.Or(p.Card.Author, p.Card.Source); name != "" {
			item.Authors = []jsonAuthor{{name}}
		}
		f.Items = append(f.Items, item)
	}
	return f
}

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
