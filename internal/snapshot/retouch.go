package snapshot

import (
	"qinglian/internal/build"
	"qinglian/internal/cache"
	"qinglian/internal/content"
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

// mostTouched is how many articles may differ from what was published, or from the last
// Take: what is near each is linked twice, and of many that is soon most of the site.
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
	r := retoucher{taker: &taker{site: s, from: from, design: design, opt: opt}, last: last}
	if r.edits, ok = k.edits(r.taker, touched); !ok {
		return snap, nil, state, false
	}
	recorded, ok := cache.Load(k.root, k.folder+nearName, k.engine)
	if !ok || !r.survey(recorded, len(k.docs)) {
		return snap, nil, state, false
	}
	if state, ok = k.state(k.these(r.outline.Given)); !ok {
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

// edits compiles articles. ok is false if one differs in more than words: what it takes to
// retouch a page is in vain then.
func (k *Shelf) edits(t *taker, articles []int) (edits []edit, ok bool) {
	state, ok := k.state(k.these(articles))
	if !ok {
		return nil, false
	}
	defer state.Close() //nolint:errcheck // it was only read
	compiler := t.design.compiler()
	for i, was := range state.Docs {
		f, _ := t.from.article(was.Doc.Path)
		now, ok := t.reread(compiler, f, was)
		if !ok {
			return nil, false
		}
		e := edit{at: articles[i], now: now}
		if now.Doc == was.Doc {
			e.now.Doc = nil // its body is read from a State that is closed
		} else if e, ok = t.editOf(e.at, was, now); !ok {
			return nil, false
		}
		edits = append(edits, e)
	}
	return edits, true
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

func (r *retoucher) retouch(state *State) (snap Snapshot, ok bool) {
	r.others(state.Files)
	var err error
	if r.tables, err = r.taker.tables(); err != nil {
		return snap, false
	}
	was, now, ok := r.sides(state.Docs)
	if !ok {
		return snap, false
	}
	snap = Snapshot{Site: now.site, Theme: r.design.theme, Pages: r.last.Pages, Valid: r.last.Valid, plan: now.plan}
	snap.Site.Held = r.last.Held
	if snap.Diagnostics, ok = r.said(was, now); !ok {
		return snap, false
	}
	snap.Outputs = r.differing(now, state.store)
	for i := range now.docs {
		if now.docs[i].Doc != was.docs[i].Doc && state.store.spill(&now.docs[i]) != nil {
			return snap, false
		}
	}
	if state.Docs = now.docs; !state.store.room(state.Known) {
		return snap, false
	}
	index, ok := r.reindex(was, now, state)
	snap.Outputs = append(snap.Outputs, index...)
	return snap, ok
}
