package site

import (
	"fmt"
	"path"
	"slices"
)

// perPage is how many articles a full page of a list holds.
const perPage = 20

// List is one page of a list: index.html with the newest 20 to 39 articles, or
// page-N.html, counted from the oldest and always full. So what is written
// never moves: a new article changes the index, and at most once in its life
// the youngest full page, when a younger one comes between the two.
type List struct {
	Path   string
	Number int // 0 for the index
	Pages  []*Page
	Newer  string // published path; "" if there is none
	Older  string
}

// Lists cuts articles, newest first, into the pages of a list whose first page
// is at index.
func Lists(index string, pages []*Page) []List {
	full := max(0, len(pages)/perPage-1)
	at := func(number int) string {
		switch {
		case number < 1:
			return ""
		case number > full:
			return index
		}
		return path.Join(path.Dir(index), fmt.Sprintf("page-%d.html", number))
	}
	lists := []List{{Path: index, Pages: pages[:len(pages)-full*perPage], Older: at(full)}}
	for number := full; number >= 1; number-- {
		end := len(pages) - (number-1)*perPage
		lists = append(lists, List{
			Path: at(number), Number: number, Pages: pages[end-perPage : end],
			Newer: at(number + 1), Older: at(number - 1),
		})
	}
	return lists
}

// Feed is where a feed is published, and its media type.
type Feed struct{ Path, Type string }

// newsSize is how many articles a feed holds.
const newsSize = 20

// News is what the feeds of a section tell, or those of the whole site if it is
// nil: the newest articles that have a date.
func (s *Site) News(in *Section) []*Page {
	var out []*Page
	for _, p := range s.in(in) {
		if len(out) == newsSize {
			break
		}
		if p.isNews() {
			out = append(out, p)
		}
	}
	return out
}

// HasNews reports whether the feeds of a section, or those of the whole site,
// tell anything.
func (s *Site) HasNews(in *Section) bool { return slices.ContainsFunc(s.in(in), (*Page).isNews) }

func (s *Site) in(section *Section) []*Page {
	if section == nil {
		return s.Pages
	}
	return section.Pages
}

func (p *Page) isNews() bool { return p.In != nil && !p.Index && !p.Card.Date.IsZero() }

// Feeds are those of a section, or of the site if its name is "": RSS, Atom and
// JSON Feed. There are none without a base_url.
func Feeds(section string) []Feed {
	return []Feed{
		{path.Join(section, "rss.xml"), "application/rss+xml"},
		{path.Join(section, "atom.xml"), "application/atom+xml"},
		{path.Join(section, "feed.json"), "application/feed+json"},
	}
}
