package site

import (
	"iter"
	"path"
	"strconv"
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
	full := fullPages(len(pages))
	lists := make([]List, 0, 1+full)
	lists = append(lists, List{Path: index, Pages: pages[:len(pages)-full*perPage]})
	for number := full; number >= 1; number-- {
		newer := &lists[len(lists)-1]
		newer.Older = path.Join(path.Dir(index), "page-"+strconv.Itoa(number)+".html")
		end := len(pages) - (number-1)*perPage
		lists = append(lists,
			List{Path: newer.Older, Number: number, Pages: pages[end-perPage : end], Newer: newer.Path})
	}
	return lists
}

// fullPages is how many pages a list of n articles has besides its index.
func fullPages(n int) int { return max(0, n/perPage-1) }

// Span is which of n articles stand on the page of a list that has the one at a place.
func Span(n, at int) (from, to int) {
	first := n - fullPages(n)*perPage
	if at < first {
		return 0, first
	}
	from = at - (at-first)%perPage
	return from, from + perPage
}

// Feed is where a feed is published, and its media type.
type Feed struct{ Path, Type string }

// News yields what a feed of a section may hold, or one of the whole site if it is
// nil: the articles that have a date, newest first.
func (s *Site) News(in *Section) iter.Seq[*Page] {
	pages := s.Pages
	if in != nil {
		pages = in.Pages
	}
	return func(yield func(*Page) bool) {
		for _, p := range pages {
			if p.In != nil && !p.Index && !p.Card.Date.IsZero() && !yield(p) {
				return
			}
		}
	}
}

// HasNews reports whether a section, or the whole site if it is nil, has anything
// for its feeds; without, there are none.
func (s *Site) HasNews(in *Section) bool {
	for range s.News(in) {
		return true
	}
	return false
}

// Feeds are those of a section, or of the site if its name is "": RSS, Atom and
// JSON Feed. There are none without a base_url.
func Feeds(section string) []Feed {
	if section != "" {
		section += "/"
	}
	return []Feed{
		{section + "rss.xml", "application/rss+xml"},
		{section + "atom.xml", "application/atom+xml"},
		{section + "feed.json", "application/feed+json"},
	}
}
