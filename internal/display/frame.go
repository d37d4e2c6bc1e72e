package display

import (
	"net/url"
	"slices"
	"strings"

	"qinglian/internal/address"
	"qinglian/internal/digest"
	"qinglian/internal/site"
	"qinglian/internal/view"
)

// frameState is all that tells the frames of two pages apart. It follows from the
// page's path, the menu and the site's address.
type frameState struct {
	root    string
	first   bool // the home page
	current int  // entry of the menu that leads to where the reader is; -1 for none
}

// Frame is what the page at a path shows around its content.
func (d *Display) Frame(path string) *view.Frame {
	return d.frameOf(frameState{root: address.Root(path), first: path == "index.html", current: d.current(path)})
}

// FrameAnywhere is the frame of a page that a server shows at any depth: it leads
// through the site's address, if there is one.
func (d *Display) FrameAnywhere() *view.Frame {
	root := ""
	if d.site.Config.BaseURL != "" {
		root = d.site.Config.BasePath()
	}
	return d.frameOf(frameState{root: root, current: -1})
}

func (d *Display) frameOf(state frameState) *view.Frame {
	f, _ := d.frames.Get(state, func() (*view.Frame, error) {
		f := &view.Frame{}
		d.frame(Through(state.root), f, state)
		return f, nil
	})
	return f
}

// current is the entry of the menu that leads to a path, or to a folder that it is in.
func (d *Display) current(path string) int {
	return slices.IndexFunc(d.site.Menu, func(e site.Entry) bool {
		folder := strings.TrimSuffix(e.Path, "index.html")
		return e.URL == "" && (e.Path == path || folder != "" && folder != e.Path && strings.HasPrefix(path, folder))
	})
}

// FrameDigest stands for the frames of all pages.
func (d *Display) FrameDigest() digest.Digest {
	s := Digesting("frame")
	d.frame(s, &view.Frame{}, frameState{current: -1})
	return s.Sum()
}

func (d *Display) frame(s *Sink, f *view.Frame, state frameState) {
	s.Text(&f.Root, state.root)
	s.Text(&f.Home, state.root+"index.html")
	s.Bool(&f.First, state.first)
	d.siteIn(s, &f.Site)
	entries := []entry{{site.Entry{Title: "首页", Path: "index.html"}, state.first}}
	for i, e := range d.site.Menu {
		entries = append(entries, entry{e, i == state.current})
	}
	Each(s, &f.Menu, entries, func(l *view.Link, e entry) {
		s.Bool(&l.Current, e.current)
		leading(s, l, e.Entry)
	})
}

// leading puts a link to where an entry leads.
func leading(s *Sink, l *view.Link, e site.Entry) {
	s.Text(&l.Title, e.Title)
	s.Bool(&l.Outside, e.URL != "")
	if s.If(e.URL != "") {
		s.Text(&l.URL, e.URL)
	} else {
		s.URL(&l.URL, e.Path)
	}
}

// entry is one of the menu's; current if it leads to where the reader is.
type entry struct {
	site.Entry
	current bool
}

func (d *Display) siteIn(s *Sink, v *view.Site) {
	c := d.site.Config
	s.Text(&v.Title, c.Title)
	s.Text(&v.Description, c.Description)
	s.Text(&v.Language, c.Language)
	s.Text(&v.Tone, c.Tone)
	domain := ""
	if c.Profile == "gov" || c.Profile == "party" {
		domain = d.Host()
	}
	s.Text(&v.Domain, domain)
	s.Text(&v.IDCode, c.IDCode)
	s.Bool(&v.Search, d.Searched())
	d.brand(s, &v.Brand)
	s.Text(&v.Policy, d.policy())
	s.Text(&v.Footer.Organizer, c.Footer.Organizer)
	s.Text(&v.Footer.Contact, c.Footer.Contact)
	s.Text(&v.Footer.ICP, c.Footer.ICP)
	Made(s, &v.Footer.Police, []string{c.Footer.Police}, police)
	s.Text(&v.Footer.Note, c.Footer.Note)
	Each(s, &v.Marks, d.site.Marks, d.mark(s))
}

// Host is the host in the site's address; "" without one.
func (d *Display) Host() string {
	u, err := url.Parse(d.site.Config.BaseURL)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// Searched reports whether the site has a page of search: its theme has a layout
// for it, and the office wants it.
func (d *Display) Searched() bool { return d.form.Search && d.site.Config.Search.On }

// policy is what a page may load: nothing but the site's own files, and no script
// or style that is written into it. The marks of a public body add exactly the
// hosts that they come from: one that runs a script, which shows a picture of the
// same host, to both lists; one that is only a picture to that of pictures.
func (d *Display) policy() string {
	var scripts, images []string
	for _, m := range d.site.Marks {
		scripts = append(scripts, m.Scripts...)
		images = append(images, m.Images...)
	}
	script := ""
	if len(scripts) > 0 {
		script = "script-src 'self'" + sources(scripts) + "; "
	}
	return "default-src 'self'; " + script + "img-src 'self' data:" + sources(append(images, scripts...)) +
		"; object-src 'none'; base-uri 'self'; form-action 'self'"
}

// sources are hosts as a policy lists them, each once.
func sources(hosts []string) string {
	slices.Sort(hosts)
	return strings.Join(append([]string{""}, slices.Compact(hosts)...), " ")
}

// mark puts one. What was pasted came through config's list of elements and
// attributes.
func (d *Display) mark(s *Sink) func(*view.Mark, site.Mark) {
	return func(v *view.Mark, m site.Mark) {
		s.Text(&v.Title, m.Title)
		s.Text(&v.URL, m.To)
		s.HTML(&v.HTML, m.HTML)
		s.Picture(&v.Picture, d.pictures.maybe(m.Picture))
	}
}

// police is the number with where readers look it up.
func police(v **view.Link, number []string) {
	if number[0] == "" {
		return
	}
	*v = &view.Link{Title: number[0], Outside: true,
		URL: "https://beian.mps.gov.cn/#/query/webSearch?code=" + strings.Map(dialled, number[0])}
}
