package snapshot

import (
	"slices"

	"qinglian/internal/build"
	"qinglian/internal/cache"
	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/data"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/site"
	"qinglian/internal/source"
)

// Last is what is known of the Snapshot that was published last.
type Last struct {
	Find        func(path string) (o build.Output, known bool) // an output, without Render
	Pages       int
	Held        []site.Held
	Diagnostics diag.List
	Valid       Span
	Articles    digest.Digest // [State.Articles]
	Index       digest.Digest // [State.Index]
}

// hidden are the files of the articles that are not public, and have no page that says so.
func (l Last) hidden() (files []string) {
	for _, h := range l.Held {
		if h.Path == "" {
			files = append(files, h.File)
		}
	}
	return files
}

// mostTouched is how many articles may have other words for a Retouch.
const mostTouched = 16

// Retouch is the Snapshot after nothing has changed, since the last one, but the text, the
// title or the summary of a few articles: from.Others is the same. It is [Snapshot.Amend]
// for a process that has no Snapshot yet. The articles, and those whose pages show their
// titles, are linked with those alone that are near them, twice: as they were and as they
// are. Who comes to the keys that were published has all that their pages show. Its Outputs
// are those that differ from the published ones, and gone the paths of those of the index
// that are none any more. ok is false if more moved, or if the keys are others: then it
// takes a Take. The State is to be closed if it is true.
func (k *Shelf) Retouch(s *source.Site, from Sources, design Design, opt Options,
	last Last) (snap Snapshot, gone []string, state State, ok bool) {
	compiler := design.compiler()
	if !k.whole || design.theme == nil || k.compile != compiler.Digest().Plus(opt.Engine) ||
		!last.Valid.Has(opt.Selection.Now) || opt.inspects(design) {
		return snap, nil, state, false // what checking finds in an article may be said of another one
	}
	touched, ok := k.touched(from, last)
	if !ok {
		return snap, nil, state, false
	}
	r := retoucher{taker: taker{site: s, from: from, design: design, opt: opt}, last: last}
	if r.edits, ok = k.edits(&r.taker, touched); !ok {
		return snap, nil, state, false
	}
	recorded, ok := cache.Load(k.root, k.folder+nearName, k.engine)
	if !ok || !r.look(recorded, len(k.docs), touched) {
		return snap, nil, state, false
	}
	if state, ok = k.state(k.at(r.outline.Given)); !ok {
		return snap, nil, state, false
	}
	state.store.some = true
	if snap, ok = r.retouch(&state); !ok {
		state.Close() //nolint:errcheck // it was only read
		return snap, nil, State{}, false
	}
	state.articles = k.texts(state.Docs)
	return snap, r.gone, state, true
}

// edit is what became of an article.
type edit struct {
	at       int      // its place on the shelf
	now      Compiled // without a Doc if it is as it was
	reworded bool     // more than its text is another
}

// edits compiles articles. ok is false if one differs in more than words: what it takes to
// retouch a page is in vain then.
func (k *Shelf) edits(t *taker, articles []int) (edits []edit, ok bool) {
	state, ok := k.state(k.at(articles))
	if !ok {
		return nil, false
	}
	defer state.Close() //nolint:errcheck // it was only read
	compiler := t.design.compiler()
	for i, was := range state.Docs {
		path := was.Doc.Path
		raw, err := t.site.ReadUpTo(path, source.MaxText)
		if err != nil {
			return nil, false
		}
		f, _ := t.from.article(path)
		e := edit{at: articles[i], now: Compiled{Stamp: t.from.trust(f.Stamp), Digest: digest.Of(raw)}}
		if e.now.Digest != was.Digest {
			e.now.Doc = compileFile(compiler, path, raw)
			e.reworded = was.Doc.CardDigest != e.now.Doc.CardDigest
			if !t.rewords(was.Doc, e.now.Doc) {
				return nil, false
			}
		}
		edits = append(edits, e)
	}
	return edits, true
}

// rewords reports whether one article differs in nothing that moves it, or another one.
func (t *taker) rewords(was, now *content.Doc) bool {
	if now.Problems.Count(diag.Error) > 0 || !sameRefs(was, now) || !was.Reworded(now) {
		return false
	}
	return !slices.ContainsFunc(t.design.config.Taxonomies, func(c config.Taxonomy) bool { // one may be of titles
		return !slices.Equal(was.Card.Values(c.Field), now.Card.Values(c.Field))
	})
}

// texts stands for all articles, some of them as they are now.
func (k *Shelf) texts(now Docs) digest.Digest {
	return articles(func(yield func(string, digest.Digest) bool) {
		for _, d := range k.docs {
			for len(now) > 0 && now[0].Doc.Path < d.path {
				now = now[1:]
			}
			text := d.digest
			if len(now) > 0 && now[0].Doc.Path == d.path {
				text = now[0].Digest
			}
			if !yield(d.path, text) {
				return
			}
		}
	})
}

// touched are the articles whose files have other stamps than when they were read. ok is
// false if not just a few have, or if what is on the shelf is not what was published.
func (k *Shelf) touched(from Sources, last Last) (touched []int, ok bool) {
	i := 0
	for _, f := range from.content.files {
		if !content.IsArticle(f.Path) {
			continue
		}
		if i == len(k.docs) || k.docs[i].path != f.Path {
			return nil, false
		}
		if k.docs[i].stamp != f.Stamp {
			touched = append(touched, i)
		}
		i++
	}
	return touched, i == len(k.docs) && len(touched) <= mostTouched && k.texts(nil) == last.Articles
}

type retoucher struct {
	taker
	vicinity
	last   Last
	edits  []edit
	files  []site.File           // all that are no articles
	tables map[string]data.Table // of data/
	gone   []string              // files of the index
}

// look looks at what is near the articles that were touched, of all of them.
func (r *retoucher) look(recorded string, all int, touched []int) (ok bool) {
	r.vicinity, ok = around(recorded, all, touched, r.reworded())
	r.outline.Hidden = r.last.hidden()
	return ok
}

// reworded are the places of the articles that are.
func (r *retoucher) reworded() (places []int) {
	for _, e := range r.edits {
		if e.reworded {
			places = append(places, e.at)
		}
	}
	return places
}

// read reads what both sides are made of besides the articles.
func (r *retoucher) read(known map[string]Hashed) bool {
	for _, f := range r.from.others() {
		r.files = append(r.files, site.File{Source: f.Path, Size: f.Stamp.Size, Picture: known[f.Path].Picture})
	}
	var err error
	r.tables, err = r.taker.tables()
	return err == nil
}

func (r *retoucher) retouch(state *State) (snap Snapshot, ok bool) {
	was, now, docs, ok := r.sides(state)
	if !ok {
		return snap, false
	}
	snap = Snapshot{Site: now.site, Theme: r.design.theme, Pages: r.last.Pages, Valid: r.last.Valid, plan: now.plan}
	snap.Site.Held = r.last.Held
	if snap.Diagnostics, ok = r.said(was, now); !ok {
		return snap, false
	}
	snap.Outputs = r.differing(now, state)
	for i := range docs {
		if docs[i].Doc != state.Docs[i].Doc && state.store.spill(&docs[i]) != nil {
			return snap, false
		}
	}
	if state.Docs = docs; !state.store.room(state.Known) {
		return snap, false
	}
	index, ok := r.reindex(was, now, state)
	snap.Outputs = append(snap.Outputs, index...)
	return snap, ok
}

// sides are the site as it was, with the State's Docs, which are those in the vicinity, and
// as it is. ok is false if it was not published so, or if more differs than what shows the
// edited articles.
func (r *retoucher) sides(state *State) (was, now side, docs Docs, ok bool) {
	if !r.read(state.Files) {
		return was, now, nil, false
	}
	if was, ok = r.side(state.Docs); !ok || !r.published(was) {
		return was, now, nil, false
	}
	docs = slices.Clone(state.Docs)
	for _, e := range r.edits {
		i, known := slices.BinarySearch(r.outline.Given, e.at)
		if !known {
			return was, now, nil, false
		}
		if e.now.Doc == nil {
			e.now.Doc, e.now.body = docs[i].Doc, docs[i].body
		}
		docs[i] = e.now
	}
	now, ok = r.side(docs)
	ok = ok && was.plan.Frame() == now.plan.Frame() && slices.EqualFunc(was.outputs, now.outputs, samePlace)
	return was, now, docs, ok
}

// differing are the outputs that are not those that were published.
func (r *retoucher) differing(now side, state *State) (outputs []build.Output) {
	for _, o := range now.outputs {
		if published, _ := r.last.Find(o.Path); published.Key != o.Key {
			o.Render = state.store.sound(o.Render)
			outputs = append(outputs, o)
		}
	}
	return outputs
}

// samePlace reports whether two Outputs are of one path and source.
func samePlace(a, b build.Output) bool { return a.Path == b.Path && a.Source == b.Source }
