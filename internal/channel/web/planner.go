package web

import (
	"io"
	"slices"

	"qinglian/internal/build"
	"qinglian/internal/config"
	"qinglian/internal/cores"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/display"
	"qinglian/internal/site"
)

// planner makes the Outputs of a Plan.
type planner struct {
	*Plan
	only     []*site.Page // whatever shows none of these is left out; nil: nothing is
	pages    []*page
	outputs  []build.Output // the pages and all else
	problems diag.List
}

func newPlanner(p *Plan, room int) *planner {
	return &planner{Plan: p, outputs: make([]build.Output, 0, room)}
}

// wants reports whether what has this text, which may be nil, and shows these articles is
// to be planned.
func (w *planner) wants(text *site.Page, shown ...*site.Page) bool {
	asked := func(p *site.Page) bool { return slices.Contains(w.only, p) }
	if w.only == nil || slices.ContainsFunc(shown, asked) {
		return true
	}
	if text != nil {
		for other := range text.Near {
			if asked(other) {
				return true
			}
		}
	}
	return false
}

// add plans a page that the first of these layouts that the theme has shows.
func (w *planner) add(p page, layouts ...string) {
	if layout, ok := w.theme.Layout(layouts...); ok { // else the theme said so when it loaded
		w.addOn(p, w.papers[layout])
	}
}

// addOn plans a page, whose key is made at the end ([planner.name]).
func (w *planner) addOn(p page, on *paper) {
	if p.text != nil {
		w.problems = append(w.problems, w.texts.problems(p.text)...)
	}
	if p.text != nil && p.article == nil {
		p.parts = append(p.parts, part{name: "ai", put: aiIn(p.text)})
	}
	p.paper, p.at = on, len(w.outputs)
	p.plan = w.Plan // not the planner: it has all outputs, which would stay as long as one of them
	w.pages = append(w.pages, &p)
	w.outputs = append(w.outputs, build.Output{Path: p.path, Rank: p.rank, Source: p.source,
		Parts: p.allParts, Render: p.render})
}

// render makes a page.
func (p *page) render(out io.Writer) error {
	filled, err := p.plan.fill(p)
	if err != nil {
		return err
	}
	return p.paper.execute(out, &filled.Page)
}

// allParts are those that a page's key is made of.
func (p *page) allParts() build.Parts {
	n, ok := p.plan.namers.Get().(*namer)
	if !ok {
		n = newNamer(p.plan)
	}
	defer p.plan.namers.Put(n)
	return n.parts(p)
}

// aiIn puts the line about AI's part in a text that stands on the page of a list.
func aiIn(text *site.Page) func(*Plan, *display.Sink, *sheet, *site.Page) {
	return func(_ *Plan, s *display.Sink, v *sheet, _ *site.Page) { s.Text(&v.AI, text.AI()) }
}

// name makes the keys of all pages.
func (w *planner) name() {
	cores.Together(len(w.pages), func(from, to int) {
		n := newNamer(w.Plan)
		for _, p := range w.pages[from:to] {
			w.outputs[p.at].Key = n.key(p)
		}
	})
}

func (w *planner) assets() {
	add := func(path, source string, text []byte) {
		w.outputs = append(w.outputs, build.Output{Path: path, Rank: build.Asset, Source: source,
			Key: digest.New("asset").Digest(digest.Of(text)).Sum(), Render: build.Bytes(text)})
	}
	for _, a := range w.theme.Assets {
		add(a.Path, "themes/"+w.theme.Name, a.Bytes)
	}
	light, dark := display.Sheets(w.site.Config.Brand.Palette)
	for _, s := range []display.Sheet{light, dark} {
		if s.Path != "" {
			add(s.Path, config.File, []byte(s.Text))
		}
	}
}

// pictures plans what is made of pictures, the first of each before all others.
func (p *Plan) pictures(makePicture Make) []build.Output {
	variants := p.display.Variants()
	first := make([]build.Output, 0, len(variants))
	var rest []build.Output
	for _, v := range variants {
		from, render := makePicture(v.Source, v.Operation)
		o := build.Output{Path: v.Path, Rank: build.Asset, Source: v.Source,
			Key: digest.New("picture").Digest(from, v.Operation.Digest()).Sum(), Render: render}
		if v.First {
			first = append(first, o)
		} else {
			rest = append(rest, o)
		}
	}
	return append(first, rest...)
}
