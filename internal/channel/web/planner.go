package web

import (
	"io"

	"qinglian/internal/build"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/display"
)

// planner makes the Outputs of a Plan.
type planner struct {
	*Plan
	pages    []*page
	outputs  []build.Output // the pages and all else
	problems diag.List
	sink     *display.Sink // digests
	scrap    sheet         // for what is digested
}

func newPlanner(p *Plan, room int) *planner {
	return &planner{Plan: p, sink: display.Digesting("part"), outputs: make([]build.Output, 0, room)}
}

// add plans a page that one of the theme's layouts shows.
func (w *planner) add(p page) {
	layout, ok := w.theme.Layout(p.layouts...)
	if !ok {
		return // the theme said so when it loaded
	}
	w.addOn(p, paper{layout.Digest, w.needs[layout], layout.Execute})
}

func (w *planner) addOn(p page, on paper) {
	if p.text != nil {
		w.problems = append(w.problems, w.texts.problems(p.text)...)
	}
	p.paper = on
	w.pages = append(w.pages, &p)
	parts := w.parts(&p)
	plan := w.Plan // not the planner: it has all outputs, which would stay as long as one of them
	w.outputs = append(w.outputs, build.Output{Path: p.path, Rank: p.rank, Source: p.source, Key: parts.Key(), Parts: parts,
		Render: func(out io.Writer) error {
			filled, err := plan.fill(&p)
			if err != nil {
				return err
			}
			return on.execute(out, &filled.Page)
		}})
}

// commonParts is how many parts each page has beside its own.
const commonParts = 6

// parts are all that a page depends on.
func (w *planner) parts(p *page) build.Parts {
	parts := make(build.Parts, 0, len(p.parts)+commonParts)
	for _, part := range p.parts {
		w.sink.Reset(part.name)
		part.put(w.Plan, w.sink, &w.scrap, p.article)
		parts.Add(part.name, w.sink.Sum())
	}
	if p.text != nil {
		parts.Add("prose", w.prose(p.text))
	}
	parts.Add("address", digest.New("page").String(p.class, p.path).Sum())
	parts.Add("engine", w.engine)
	parts.Add("layout", p.paper.digest)
	parts.Add("frame", w.frame)
	parts.Add("needs", p.paper.needs.digest)
	return parts
}

func (w *planner) assets() {
	for _, a := range w.theme.Assets {
		w.outputs = append(w.outputs, build.Output{Path: a.Path, Rank: build.Asset, Source: "themes/" + w.theme.Name,
			Key: digest.New("asset").Digest(digest.Of(a.Bytes)).Sum(), Render: build.Bytes(a.Bytes)})
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
