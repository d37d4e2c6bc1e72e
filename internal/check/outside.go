package check

import (
	"iter"
	"net/url"
	"slices"
	"strings"

	"qinglian/internal/diag"
	"qinglian/internal/flat"
)

// Outside is a link to another site.
type Outside struct {
	URL   string
	Where diag.Diagnostic // its place
}

func (o *Outside) tape(t *flat.Tape) {
	t.Shared(&o.URL)
	o.Where.Tape(t)
}

// Target is what is asked for when the link is opened: without the place in the page,
// and without a name and a password.
func (o Outside) Target() string {
	u, err := url.Parse(o.URL)
	if err != nil {
		return o.URL
	}
	u.Fragment, u.RawFragment, u.User = "", "", nil
	return u.String()
}

// outside are the article's links to other sites.
func (a *Article) outside() (all []Outside) {
	for _, l := range a.Facts.Links {
		if leadsOut(l.Dest, a.Config.BaseURL) {
			all = append(all, Outside{l.Dest, a.lines.Over(int(l.From), int(l.To), diag.Diagnostic{})})
		}
	}
	return all
}

func leadsOut(address, site string) bool {
	host := hostOf(address)
	return host != "" && host != hostOf(site)
}

// Outside are the links to other sites that files and the menu have.
func (c *Checker) Outside(files []Looked) (all []Outside) {
	for _, m := range c.config.Menu {
		if leadsOut(m.To, c.config.BaseURL) {
			all = append(all, Outside{m.To, m.Where})
		}
	}
	n := 0
	for _, l := range files {
		n += len(l.Links)
	}
	all = slices.Grow(all, n)
	for _, l := range files {
		all = append(all, l.Links...)
	}
	return all
}

// answered are the links to other sites that were opened, with what came of it.
func (w *Whole) answered() iter.Seq2[Outside, Answer] {
	return func(yield func(Outside, Answer) bool) {
		for _, l := range w.Outside {
			if a, ok := w.Answers[l.Target()]; ok && !yield(l, a) {
				return
			}
		}
	}
}

// opened adds a finding about a link that was opened, which may be allowed by its address.
func (w *Whole) opened(l Outside, d diag.Diagnostic) {
	w.found = append(w.found, Finding{Diagnostic: d.Placed(l.Where), Subject: l.URL})
}

// Unopened are the files with links that should have been opened and were not: the time
// was up, or somebody stopped it.
func Unopened(links []Outside, answers map[string]Answer) (files []Unread) {
	count := map[string]int{}
	var names []string
	for _, l := range links {
		if _, ok := answers[l.Target()]; ok {
			continue
		}
		if count[l.Where.File]++; count[l.Where.File] == 1 {
			names = append(names, l.Where.File)
		}
	}
	for _, name := range names {
		files = append(files, Unread{name, diag.Say("外站的链接有 %d 个没有来得及打开",
			"links to other sites that were not opened in time: %d", count[name])})
	}
	return files
}

// hostOf is the host that a whole address of the web leads to; "" for any other.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return strings.ToLower(u.Hostname())
}
