package snapshot

import (
	"slices"

	"qinglian/internal/build"
	"qinglian/internal/content"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/markdown"
	"qinglian/internal/site"
	"qinglian/internal/source"
)

// Amend is the Snapshot after nothing has changed but the text of the articles
// in these files: what Take would come to, in a time that does not grow with the
// site. from is of now, all else that of the Snapshot; the State is brought up to
// date. ok is false, and nothing is changed, if more moved than the pages of these
// articles alone show: then it takes a Take.
func (snap Snapshot) Amend(s *source.Site, from Sources, design Design, state *State, opt Options,
	files map[string]bool) (now Snapshot, ok bool) {
	if snap.plan == nil || !snap.Valid.Has(opt.Selection.Now) || opt.inspects(design) {
		return snap, false // what checking finds in an article may be said of another one
	}
	a := amender{snap: snap, made: map[string]Compiled{}}
	a.snap.Outputs, a.snap.Diagnostics = slices.Clone(snap.Outputs), slices.Clone(snap.Diagnostics)
	a.snap.found = slices.Clone(snap.found)
	pages := *snap.Site
	pages.Pages = slices.Clone(snap.Site.Pages)
	a.snap.Site = &pages
	compiler := design.compiler()
	for name := range files {
		f, article := from.article(name)
		if !article {
			if from.has(name) {
				return snap, false
			}
			continue // a file beside it, in which it was written first
		}
		raw, err := s.ReadUpTo(name, source.MaxText)
		was, known := state.Docs.Find(name)
		if err != nil || !known || state.standing.docs[name] != nil {
			return snap, false
		}
		next := Compiled{Stamp: from.trust(f.Stamp), Digest: digest.Of(raw), Doc: was.Doc, body: was.body}
		if next.Digest != was.Digest {
			next.Doc, next.body = compileFile(compiler, name, raw), Compiled{}.body
			if !a.amend(was.Doc, next.Doc, state) {
				return snap, false
			}
		}
		a.made[name] = next
	}
	state.Docs = slices.Clone(state.Docs)
	for name, c := range a.made {
		if i, ok := state.Docs.at(name); ok {
			state.Docs[i] = c
		}
	}
	if opt.Lazy {
		a.reindex(state, opt)
	}
	a.snap.Diagnostics = a.snap.Diagnostics.Sort()
	return a.snap, true
}

// reindex has the preview's index made anew.
func (a *amender) reindex(state *State, opt Options) {
	index := wholeIndex(a.snap, opt)
	if at := slices.IndexFunc(a.snap.Outputs, func(o build.Output) bool { return o.Path == index.Path }); at >= 0 {
		index.Render = state.store.sound(index.Render)
		a.snap.Outputs[at] = index
	}
}

type amender struct {
	snap Snapshot
	made map[string]Compiled
}

// amend has one article shown with another text.
func (a *amender) amend(was, now *content.Doc, state *State) bool {
	if !sameToOthers(was, now) || now.Problems.Count(diag.Error) > 0 {
		return false
	}
	rest, ok := without(a.snap.Diagnostics, was)
	if !ok {
		return false
	}
	a.snap.Diagnostics = append(rest, now.Problems...)
	at := slices.IndexFunc(a.snap.Site.Pages, func(p *site.Page) bool { return p.Doc.Path == now.Path })
	if at < 0 {
		return false
	}
	page := *a.snap.Site.Pages[at]
	if page.Index {
		return false // its text stands on another page
	}
	page.Doc = now
	a.snap.Site.Pages[at] = &page
	if a.snap.found != nil {
		a.snap.found[at] = foundOn(a.snap.plan, &page)
	}
	output, ok := a.snap.plan.Again(&page)
	i := slices.IndexFunc(a.snap.Outputs, func(o build.Output) bool { return o.Path == output.Path })
	if !ok || i < 0 || a.snap.Outputs[i].Source != output.Source {
		return false
	}
	output.Render = state.store.sound(output.Render)
	a.snap.Outputs[i] = output
	return true
}

// without takes what was found in an article out of a list, which it may change. ok is false
// if more is said of the article: what linking says of it is not known here.
func without(all diag.List, d *content.Doc) (rest diag.List, ok bool) {
	var of diag.List
	rest = slices.DeleteFunc(all, func(said diag.Diagnostic) bool {
		if said.File == d.Path {
			of = append(of, said)
		}
		return said.File == d.Path
	})
	return rest, slices.Equal(of.Sort(), slices.Clone(d.Problems).Sort())
}

// sameToOthers reports whether two Docs of one file differ in nothing that
// linking, or another page, looks at.
func sameToOthers(a, b *content.Doc) bool {
	return a.CardDigest == b.CardDigest && sameRefs(a, b)
}

// sameRefs reports whether two Docs of one file lead to the same, and others to them.
func sameRefs(a, b *content.Doc) bool {
	return slices.Equal(a.Anchors(), b.Anchors()) &&
		slices.EqualFunc(a.Refs, b.Refs, func(a, b markdown.Ref) bool {
			a.Where, b.Where = diag.Diagnostic{}, diag.Diagnostic{}
			return a == b
		})
}
