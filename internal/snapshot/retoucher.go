package snapshot

import (
	"slices"
	"strings"

	"qinglian/internal/build"
	"qinglian/internal/channel/feed"
	"qinglian/internal/channel/web"
	"qinglian/internal/content"
	"qinglian/internal/data"
	"qinglian/internal/diag"
	"qinglian/internal/site"
)

// retoucher plans what shows some edited articles, as they were and as they are, of those
// alone that are near them.
type retoucher struct {
	*taker
	vicinity
	last   Last
	edits  []edit
	files  []site.File           // all that are no articles
	tables map[string]data.Table // of data/
	gone   []string              // files of the index
}

// survey finds what is near the edits, in what [nearOf] recorded of so many articles.
func (r *retoucher) survey(recorded string, articles int) (ok bool) {
	var edited, reworded []int
	for _, e := range r.edits {
		edited = append(edited, e.at)
		if e.reworded {
			reworded = append(reworded, e.at)
		}
	}
	r.vicinity, ok = around(recorded, articles, edited, reworded)
	r.outline.Hidden = r.last.hidden()
	return ok
}

// others are the files that are no articles, of which this is known.
func (r *retoucher) others(known map[string]Hashed) {
	for _, f := range r.from.others() {
		r.files = append(r.files, site.File{Source: f.Path, Size: f.Stamp.Size, Picture: known[f.Path].Picture})
	}
}

// sides are what is near the edits as it was, with these Docs, and as it is. ok is false if
// it was not published so, or if more differs than what shows the edited articles.
func (r *retoucher) sides(docs Docs) (was, now side, ok bool) {
	if was, ok = r.side(docs); !ok || !r.published(was) {
		return was, now, false
	}
	docs = slices.Clone(docs)
	for _, e := range r.edits {
		i, known := slices.BinarySearch(r.outline.Given, e.at)
		if !known {
			return was, now, false
		}
		if e.now.Doc == nil {
			e.now.Doc, e.now.body = docs[i].Doc, docs[i].body
		}
		docs[i] = e.now
	}
	now, ok = r.side(docs)
	ok = ok && was.plan.Frame() == now.plan.Frame() && slices.EqualFunc(was.outputs, now.outputs, samePlace)
	return was, now, ok
}

// differing are the outputs that are not those that were published.
func (r *retoucher) differing(now side, s *store) (outputs []build.Output) {
	for _, o := range now.outputs {
		if published, _ := r.last.Find(o.Path); published.Key != o.Key {
			o.Render = s.sound(o.Render)
			outputs = append(outputs, o)
		}
	}
	return outputs
}

// samePlace reports whether two Outputs are of one path and source.
func samePlace(a, b build.Output) bool { return a.Path == b.Path && a.Source == b.Source }

// side is a site, as it was or as it is, as far as it is near what was edited.
type side struct {
	docs     Docs
	site     *site.Site
	plan     *web.Plan
	problems diag.List      // that linking found
	pages    []*site.Page   // of what was edited
	outputs  []build.Output // that show something of it, in the order of their paths
}

// side links Docs, and plans what shows something of those that were edited.
func (r *retoucher) side(docs Docs) (s side, ok bool) {
	s.docs = docs
	linked := make([]*content.Doc, len(docs))
	for i, c := range docs {
		linked[i] = c.Doc
	}
	sel := r.opt.Selection
	sel.Outline = &r.outline
	s.site, s.problems = site.Link(r.design.config, linked, r.files, sel)
	s.plan = web.New(s.site, r.design.theme, r.tables, r.opt.Engine)
	reworded, ok := r.edited(&s)
	if !ok {
		return s, false
	}
	if len(reworded) > 0 {
		showing, ok := s.plan.Showing(reworded)
		if !ok {
			return s, false
		}
		s.outputs = slices.Concat(s.outputs, showing, feed.Feeds(s.site, r.fed(s.site), r.opt.Engine))
	}
	byPath := func(a, b build.Output) int { return strings.Compare(a.Path, b.Path) }
	slices.SortFunc(s.outputs, byPath)
	s.outputs = slices.CompactFunc(s.outputs, func(a, b build.Output) bool { return byPath(a, b) == 0 })
	return s, true
}

// edited finds the pages of what was edited, and plans those of which the text alone was.
func (r *retoucher) edited(s *side) (reworded []*site.Page, ok bool) {
	for _, e := range r.edits {
		if e.now.Doc == nil {
			continue
		}
		i := slices.IndexFunc(s.site.Pages, func(p *site.Page) bool { return p.Given == e.at })
		if i < 0 || s.site.Pages[i].Index {
			return nil, false // its text stands on another page
		}
		p := s.site.Pages[i]
		s.pages = append(s.pages, p)
		switch {
		case e.reworded && p.In == nil:
			return nil, false // each page may lead to it
		case e.reworded:
			reworded = append(reworded, p)
		default:
			o, ok := s.plan.Again(p)
			if !ok {
				return nil, false
			}
			s.outputs = append(s.outputs, o)
		}
	}
	return reworded, true
}

// fed are the sections whose feeds have a reworded article; nil is the whole site.
func (r *retoucher) fed(linked *site.Site) (sections []*site.Section) {
	if r.feeds.site {
		sections = append(sections, nil)
	}
	for _, at := range r.feeds.sections {
		sections = append(sections, linked.Sections[at])
	}
	return sections
}

// published reports whether what shows the articles is what was published.
func (r *retoucher) published(was side) bool {
	return !slices.ContainsFunc(was.outputs, func(o build.Output) bool {
		published, known := r.last.Find(o.Path)
		return !known || published.Key != o.Key || published.Source != o.Source
	})
}

// said is what there is to say of the site now: what was said, with what was found in the
// edited articles replaced. ok is false if linking says something else than before, or
// something of an edited article: whether that still holds can't be known here.
func (r *retoucher) said(was, now side) (all diag.List, ok bool) {
	if all, ok = was.unsaid(slices.Clone(r.last.Diagnostics)); !ok {
		return nil, false
	}
	before, ok := was.unsaid(slices.Clone(was.problems))
	if !ok {
		return nil, false
	}
	after, ok := now.unsaid(slices.Clone(now.problems))
	if !ok || !slices.Equal(before, after) {
		return nil, false
	}
	for _, p := range now.pages {
		all = append(all, p.Problems...)
	}
	return all.Sort(), true
}

// unsaid takes out of a list what was found in what was edited. ok is false if it has more
// about that.
func (s *side) unsaid(all diag.List) (rest diag.List, ok bool) {
	for _, p := range s.pages {
		if all, ok = without(all, p.Doc); !ok {
			return nil, false
		}
	}
	return all, true
}
