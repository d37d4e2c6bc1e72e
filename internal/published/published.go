// Package published is what a site remembers of what it published: published.lock, beside
// config.toml, one line for each article's address.
//
//	notices/well.html 2026-05-01T09:30 3f9a1c2b07
//
// An address and a date are as they were when the article was first published, and stay:
// an address is promised to readers, and a date that moves is a falsified one. The
// digest is that of the text as it was last published; by it an article is known again
// under another address. "-" stands for an article without a date.
//
// The lines are sorted, so that two who published on two branches of a repository merge
// them line by line. Of two lines with one address the first counts, and what is no line
// of these (a mark of such a merge) is nothing.
//
// What counts as published is what was delivered. A site has the file if its owner wants
// one: nothing appears in the folder of who did not ask.
package published

import (
	"bytes"
	"slices"
	"strings"
	"time"

	"qinglian/internal/content"
	"qinglian/internal/site"
)

// File is the name of the record in a site's folder.
const File = "published.lock"

const head = "# 发布过的网址、日期和正文的记号，由 qinglian 记下，用来发现消失的网址和改动的日期；不要手改\n"

// Entry is an article that was published.
type Entry struct {
	Path string // published: notices/a.html
	Date string // 2026-05-01 or 2026-05-01T09:30, where the site is; "" without one
	Text string // a short digest
	Line int    // in the file, from 1; 0 for what does not stand there
}

// Record is the entries of a site, by address.
type Record []Entry

// Parse reads the text of the file.
func Parse(text []byte) (l Record) {
	n := 0
	for line := range bytes.Lines(text) {
		n++
		fields := strings.Fields(string(line))
		if len(fields) != 3 || strings.HasPrefix(fields[0], "#") || !strings.Contains(fields[0], ".") {
			continue
		}
		e := Entry{fields[0], fields[1], fields[2], n}
		if e.Date == "-" {
			e.Date = ""
		}
		l = append(l, e)
	}
	slices.SortStableFunc(l, byPath)
	return slices.CompactFunc(l, func(a, b Entry) bool { return a.Path == b.Path })
}

func byPath(a, b Entry) int { return strings.Compare(a.Path, b.Path) }

// Text is the record as the file has it.
func (l Record) Text() []byte {
	b := append(make([]byte, 0, len(head)+64*len(l)), head...)
	for _, e := range l {
		b = append(b, e.Path...)
		b = append(b, ' ')
		if e.Date == "" {
			b = append(b, '-')
		}
		b = append(b, e.Date...)
		b = append(b, ' ')
		b = append(b, e.Text...)
		b = append(b, '\n')
	}
	return b
}

// Of is what is to be remembered of a site once it is published: its articles. The pages
// of lists are there as long as what they list.
func Of(s *site.Site) (l Record) {
	l = make(Record, 0, len(s.Pages))
	for _, p := range s.Pages {
		if !p.Index {
			l = append(l, EntryOf(s.Config.Zone, p.Path, p.Doc))
		}
	}
	slices.SortFunc(l, byPath)
	return l
}

// EntryOf is what is remembered of one article.
func EntryOf(zone *time.Location, path string, d *content.Doc) Entry {
	e := Entry{Path: path, Text: d.ProseDigest.Short()}
	if date := d.Card.Date.In(zone); !d.Card.Date.IsZero() {
		e.Date = strings.TrimSuffix(date.Format("2006-01-02T15:04"), "T00:00")
	}
	return e
}

// With is the record after something was published: what is new is added, of what was
// there the text changes alone.
func (l Record) With(published Record) Record {
	all := make(Record, 0, len(l)+len(published))
	for len(l) > 0 || len(published) > 0 {
		switch {
		case len(published) == 0 || len(l) > 0 && l[0].Path < published[0].Path:
			all, l = append(all, l[0]), l[1:]
		case len(l) == 0 || published[0].Path < l[0].Path:
			all, published = append(all, published[0]), published[1:]
		default:
			e := l[0]
			e.Text = published[0].Text
			all, l, published = append(all, e), l[1:], published[1:]
		}
	}
	return all
}

// Find finds an entry by its address.
func (l Record) Find(path string) (Entry, bool) {
	i, ok := slices.BinarySearchFunc(l, path, func(e Entry, path string) int { return strings.Compare(e.Path, path) })
	if !ok {
		return Entry{}, false
	}
	return l[i], true
}
