package web

import (
	"qinglian/internal/build"
	"qinglian/internal/digest"
	"qinglian/internal/display"
	"qinglian/internal/site"
)

// namer digests what pages show: all of a page at once for its key and, for the few
// pages that are made, part by part.
type namer struct {
	*Plan
	sink  *display.Sink // digests
	scrap sheet         // for what is digested
	alike map[partOf]digest.Digest
}

func newNamer(p *Plan) *namer {
	return &namer{Plan: p, sink: display.Digesting("page"), alike: map[partOf]digest.Digest{}}
}

// partOf is a part that is put from a section.
type partOf struct {
	name    string
	section *site.Section
}

// common are the parts that each page has beside its own.
var common = []struct {
	name string
	put  func(*Plan, *display.Sink, *page)
}{
	{"prose", func(plan *Plan, s *display.Sink, p *page) {
		if s.If(p.text != nil) {
			name(s, plan.prose(p.text))
		}
	}},
	{"address", func(_ *Plan, s *display.Sink, p *page) {
		var scrap string
		s.Text(&scrap, p.class)
		s.Text(&scrap, p.path)
	}},
	{"engine", func(plan *Plan, s *display.Sink, _ *page) { name(s, plan.engine) }},
	{"layout", func(_ *Plan, s *display.Sink, p *page) { name(s, p.paper.digest) }},
	{"frame", func(plan *Plan, s *display.Sink, _ *page) { name(s, plan.frame) }},
	{"needs", func(_ *Plan, s *display.Sink, p *page) { name(s, p.paper.needs.digest) }},
}

// each puts all parts that a page depends on into the sink, each between a begin and an end.
func (n *namer) each(p *page, begin, end func(name string)) {
	for _, part := range p.parts {
		if part.there == nil || part.there(p.article) {
			begin(part.name)
			n.put(part, p.article)
			end(part.name)
		}
	}
	for _, part := range common {
		begin(part.name)
		part.put(n.Plan, n.sink, p)
		end(part.name)
	}
}

// key stands for all that a page depends on.
func (n *namer) key(p *page) digest.Digest {
	n.sink.Reset("page")
	n.each(p, func(name string) { n.sink.Text(new(string), name) }, func(string) {})
	return n.sink.Sum()
}

// parts are what the key is made of.
func (n *namer) parts(p *page) (parts build.Parts) {
	parts = make(build.Parts, 0, len(p.parts)+len(common))
	n.each(p, n.sink.Reset, func(name string) { parts.Add(name, n.sink.Sum()) })
	return parts
}

// put digests a part of an article's page. What all articles of a section have alike is
// remembered.
func (n *namer) put(part part, article *site.Page) {
	if part.same == nil || part.same(article) == nil {
		part.put(n.Plan, n.sink, &n.scrap, article)
		return
	}
	of := partOf{part.name, part.same(article)}
	known, ok := n.alike[of]
	if !ok {
		s := display.Digesting(part.name)
		part.put(n.Plan, s, &n.scrap, article)
		known = s.Sum()
		n.alike[of] = known
	}
	name(n.sink, known)
}

// name puts what has a digest already.
func name(s *display.Sink, d digest.Digest) { display.Known(s, new(digest.Digest), d, d) }
