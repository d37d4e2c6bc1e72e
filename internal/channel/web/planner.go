package web

import (
	"io"

	"qinglian/internal/build"
	"qinglian/internal/config"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/display"
	"qinglian/internal/site"
)

// planner makes the Outputs of a Plan.
type planner struct {
	*Plan
	pages    []*page
	outputs  []build.Output // the pages and all else
	problems diag.List
}

func newPlanner(p *Plan, room int) *planner {
	return &planner{Plan: p, outputs: make([]build.Output, 0, room)}
}

// add plans a page that one of the theme's layouts shows.
func (w *planner) add(p page) {
	layout, ok := w.theme.Layout(p.layouts...)
	if !ok {
		return // the theme said so when it loaded
	}
	w.addOn(p, paper{layout.Digest, w.needs[layout], layout.Execute})
}

// addOn plans a page, whose key is made at the end ([planner.name]).
func (w *planner) addOn(p page, on paper) {
	if p.text != nil {
		w.problems = append(w.problems, w.texts.problems(p.text)...)
	}
	if p.text != nil && p.article == nil {
		p.parts = append(p.parts, part{name: "ai", put: aiIn(p.text)})
	}
	p.paper, p.at = on, len(w.outputs)
	w.pages = append(w.pages, &p)
	plan := w.Plan // not the planner: it has all outputs, which would stay as long as one of them
	w.outputs = append(w.outputs, build.Output{Path: p.path, Rank: p.rank, Source: p.source,
		Render: func(out io.Writer) error {
			filled, err := plan.fill(&p)
			if err != nil {
				return err
			}
			return on.execute(out, &filled.Page)
		}})
}

// aiIn puts the line about AI's part in a text that stands on the page of a list.
func aiIn(text *site.Page) func(*Plan, *display.Sink, *sheet, *site.Page) {
	return func(_ *Plan, s *display.Sink, v *sheet, _ *site.Page) { s.Text(&v.AI, text.AI()) }
}

// name makes the keys of all pages.
func (w *planner) name() {
	digest.Together(len(w.pages), func(from, to int) {
		n := namer{Plan: w.Plan, sink: display.Digesting("part"), alike: map[partOf]digest.Digest{}}
		for _, p := range w.pages[from:to] {
			o := &w.outputs[p.at]
			o.Parts = n.parts(p)
			o.Key = o.Parts.Key()
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

func (w *planner) pictures(makePicture Make) {
	var rest []build.Output
	for _, v := range w.display.Variants() {
		from, render := makePicture(v.Source, v.Operation)
		o := build.Output{Path: v.Path, Rank: build.Asset, Source: v.Source,
			Key: digest.New("picture").Digest(from, v.Operation.Digest()).Sum(), Render: render}
		if v.First {
			w.outputs = append(w.outputs, o)
		} else {
			rest = append(rest, o)
		}
	}
	w.outputs = append(w.outputs, rest...)
}
