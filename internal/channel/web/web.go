// Package web turns a Site into the pages that readers open.
//
// Each page is a list of named parts. A part puts what it shows into a
// [display.Sink]: when the page is planned its parts are digested, which is the
// page's key; when it is rendered the same parts fill its view in. So a page is
// made anew exactly when something that it shows has changed, and --explain can say
// which part of it. What templates see is in package view, what the tags in a page's
// head are made of in the same [sheet]: neither reaches the Site past the parts.
//
// Prose alone is named by a digest of its own (prose.go).
package web

import (
	"io"
	"slices"
	"sync"

	"qinglian/internal/build"
	"qinglian/internal/cores"
	"qinglian/internal/data"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/display"
	"qinglian/internal/image"
	"qinglian/internal/site"
	"qinglian/internal/theme"
)

// Make plans what an operation makes of a picture's file: the digest of what it
// is made from, and how it is made.
type Make func(file string, op image.Operation) (digest.Digest, func(io.Writer) error)

// Plan is what a site's pages are to be. It is not changed once it is made, and
// holds no Output.
type Plan struct {
	site    *site.Site
	theme   *theme.Theme
	display *display.Display
	texts   texts
	engine  digest.Digest
	frame   digest.Digest
	papers  map[*theme.Layout]*paper
	proses  []digest.Digest // of articles, by site.Page.Place
	namers  sync.Pool       // of *namer, for who is asked for the parts of one page after the other
}

// New is the plan of a site with a theme. tables are those of data/ by name,
// engine stands for the program itself.
func New(s *site.Site, t *theme.Theme, tables map[string]data.Table, engine digest.Digest) *Plan {
	t.Begin()
	_, searched := t.Layout("search")
	shown := display.New(s, display.Form{Cover: t.Cover, Search: searched})
	p := &Plan{site: s, theme: t, display: shown, texts: texts{shown, t, tables}, engine: engine,
		papers: map[*theme.Layout]*paper{}, proses: make([]digest.Digest, len(s.Pages))}
	p.frame = p.frameDigest()
	for l := range t.Layouts() {
		p.papers[l] = &paper{l.Digest, p.needed(l.Needs), l.Execute}
	}
	cores.Together(len(s.Pages), func(from, to int) {
		for _, page := range s.Pages[from:to] {
			p.proses[page.Place] = p.texts.digest(page)
		}
	})
	return p
}

// Outputs are the site's pages, the theme's assets, and the files that makePicture
// makes of pictures. The first of each picture comes before its others: who renders
// it makes all that is wanted of its picture, for which nobody should have to wait.
// What is wrong is reported: a layout or a directive that the theme lacks.
func (p *Plan) Outputs(makePicture Make) ([]build.Output, diag.List) {
	w := newPlanner(p, len(p.site.Pages)+len(p.site.Pages)/4)
	var pictures []build.Output
	var aside sync.WaitGroup
	aside.Go(func() { pictures = p.pictures(makePicture) })
	w.assets()
	w.all()
	w.name()
	aside.Wait()
	return append(w.outputs, pictures...), w.problems
}

// Again plans the page of one article as it is when its text alone has changed.
func (p *Plan) Again(page *site.Page) (build.Output, bool) {
	w := newPlanner(p, 1)
	w.article(page)
	w.name()
	if len(w.outputs) != 1 || len(w.problems) > 0 {
		return build.Output{}, false
	}
	return w.outputs[0], true
}

// Showing plans those of the [Plan.Outputs] on which something stands of these articles,
// each in a section. ok is false if something is wrong with one, or if that may be more
// than what is near them: a layout has a list that they are in, or a card names them, which
// is shown elsewhere.
func (p *Plan) Showing(these []*site.Page) (outputs []build.Output, ok bool) {
	w := newPlanner(p, 64)
	w.only = these
	for _, paper := range p.papers {
		for _, l := range paper.needs.lists {
			if w.wants(nil, l.pages...) {
				return nil, false
			}
		}
	}
	for _, page := range slices.Concat(p.site.Pages, p.site.Texts) {
		for named := range page.Named {
			if w.wants(nil, named) {
				return nil, false
			}
		}
	}
	w.all()
	w.name()
	return w.outputs, len(w.problems) == 0
}

// Frame stands for what all pages show.
func (p *Plan) Frame() digest.Digest { return p.frame }

// Ends are the articles of a term that it shows something of, wherever it is shown.
func (p *Plan) Ends(t *site.Term) []*site.Page { return p.display.Ends(t) }

// Gathers reports whether a layout has all terms of a taxonomy.
func (p *Plan) Gathers(t *site.Taxonomy) bool {
	for _, paper := range p.papers {
		if slices.Contains(paper.needs.taxonomies, t) {
			return true
		}
	}
	return false
}

// prose is the digest of a page's text as it is shown.
func (p *Plan) prose(page *site.Page) digest.Digest {
	if page.Place < len(p.proses) && p.site.Pages[page.Place] == page {
		return p.proses[page.Place]
	}
	return p.texts.digest(page) // of a term, or newer than the plan
}
