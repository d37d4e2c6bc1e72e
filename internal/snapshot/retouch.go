package snapshot

import (
	"slices"

	"qinglian/internal/build"
	"qinglian/internal/channel/web"
	"qinglian/internal/content"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/search"
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

// mostTouched is how many articles may have another text for a Retouch.
const mostTouched = 16

// Retouch is the Snapshot after nothing has changed, since the last one, but the text of
// a few articles: from.Others is the same. It is [Snapshot.Amend] for a process that has
// no Snapshot yet. The articles are linked again with those alone that are near them, and
// planned as they were: who comes to the keys that were published has all that their
// pages show. Its Outputs are those that differ from the published ones, and gone the
// paths of those of the index that are none any more. ok is false if more moved, or if the
// keys are others: then it takes a Take. The State is to be closed if it is true.
func (k *Shelf) Retouch(s *source.Site, from Sources, design Design, opt Options,
	last Last) (snap Snapshot, gone []string, state State, ok bool) {
	compiler := design.compiler()
	if !k.whole || design.theme == nil || k.compile != compiler.Digest().Plus(opt.Engine) {
		return snap, nil, state, false
	}
	touched, ok := k.touched(from, last)
	if !ok {
		return snap, nil, state, false
	}
	if !k.textsAlone(s, compiler, touched) {
		return snap, nil, state, false
	}
	around := k.around(touched)
	if state, ok = k.state(around.docs); !ok {
		return snap, nil, state, false
	}
	opt.Selection.Related = around.related
	r := retoucher{taker: taker{site: s, from: from, design: design, opt: opt}, last: last, touched: map[string]bool{},
		groups: around.groups}
	for _, i := range touched {
		r.touched[k.docs[i].path] = true
	}
	state.store.some = true
	if snap, ok = r.retouch(&state); !ok {
		state.Close() //nolint:errcheck // it was only read
		return snap, nil, State{}, false
	}
	state.articles = k.texts(state.Docs)
	return snap, r.gone, state, true
}

// textsAlone reports whether nothing but their texts has changed in articles. That is asked
// first: what else it takes to amend a page is in vain where a title was edited.
func (k *Shelf) textsAlone(s *source.Site, compiler content.Compiler, articles []int) bool {
	docs := make([]shelved, len(articles))
	for i, at := range articles {
		docs[i] = k.docs[at]
	}
	was, ok := k.state(docs)
	if !ok {
		return false
	}
	defer was.Close() //nolint:errcheck // it was only read
	for _, c := range was.Docs {
		raw, err := s.ReadUpTo(c.Doc.Path, source.MaxText)
		if err != nil || digest.Of(raw) != c.Digest && !sameToOthers(c.Doc, compileFile(compiler, c.Doc.Path, raw)) {
			return false
		}
	}
	return true
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
	last    Last
	touched map[string]bool
	groups  [][]string // of what is searched
	gone    []string   // files of the index
}

func (r *retoucher) retouch(state *State) (now Snapshot, ok bool) {
	was, ok := r.before(state)
	if !ok {
		return now, false
	}
	docs := slices.Clone(state.Docs)
	if now, ok = was.Amend(r.site, r.from, r.design, state, r.opt, r.touched); !ok {
		return now, false
	}
	for i := range state.Docs {
		if c := &state.Docs[i]; c.Doc != docs[i].Doc && state.store.spill(c) != nil {
			return now, false
		}
	}
	if !state.store.room(state.Known) {
		return now, false
	}
	now.Outputs = slices.DeleteFunc(now.Outputs, func(o build.Output) bool {
		published, _ := r.last.Find(o.Path)
		return published.Key == o.Key
	})
	index, ok := r.reindex(was, now, state)
	now.Outputs = append(now.Outputs, index...)
	return now, ok
}

// before is the last Snapshot as far as it is of the touched articles.
func (r *retoucher) before(state *State) (was Snapshot, ok bool) {
	docs := make([]*content.Doc, len(state.Docs))
	for i, c := range state.Docs {
		docs[i] = c.Doc
	}
	others := r.from.others()
	files := make([]site.File, len(others))
	for i, f := range others {
		files[i] = site.File{Source: f.Path, Size: f.Stamp.Size, Picture: state.Files[f.Path].Picture}
	}
	linked, _ := site.Link(r.design.config, docs, files, r.opt.Selection)
	linked.Held = r.last.Held
	tables, err := r.tables()
	if err != nil {
		return was, false
	}
	was = Snapshot{Site: linked, Theme: r.design.theme, Pages: r.last.Pages, Diagnostics: r.last.Diagnostics,
		Valid: r.last.Valid, plan: web.New(linked, r.design.theme, tables, r.opt.Engine)}
	for _, p := range linked.Pages {
		if !r.touched[p.Doc.Path] {
			continue
		}
		o, ok := was.plan.Again(p)
		published, known := r.last.Find(o.Path)
		if !ok || !known || published.Key != o.Key || published.Source != o.Source {
			return was, false
		}
		was.Outputs = append(was.Outputs, o)
	}
	return was, true
}

// reindex is the files of the index that differ once other texts are entered in what is
// searched; those that go are noted.
func (r *retoucher) reindex(was, now Snapshot, state *State) (index []build.Output, ok bool) {
	groups, ok := r.searched(was, now)
	if !ok {
		return nil, false
	}
	if len(groups) == 0 {
		state.index.sum = r.last.Index // nobody looks
		return nil, true
	}
	c := r.design.config
	kept := state.index.load()
	if state.index.sum != r.last.Index {
		return nil, false // it is that of another build
	}
	next, ok, err := kept.Retouch(groups, r.opt.Jobs)
	if err != nil || !ok || state.store.err() != nil {
		return nil, false
	}
	files, gone, ok := next.Since(&kept, c.Search.Suggest)
	if !ok || len(files) == 0 {
		return nil, ok
	}
	r.gone = gone
	state.index = state.index.next(next)
	index = indexed(files, c)
	for i, o := range index {
		index[i].Render = state.store.sound(o.Render)
	}
	return index, true
}

// searched are the groups of what can be found in which something differs. ok is false if
// the group of an article that does is not known.
func (r *retoucher) searched(was, now Snapshot) (groups []search.Group, ok bool) {
	at := map[string]int{}
	differ := map[string]bool{}
	for i, p := range was.Site.Pages {
		at[p.Doc.Path] = i
		if p == now.Site.Pages[i] {
			continue
		}
		if _, found := was.plan.Document(p); found {
			differ[p.Doc.Path] = true
		}
	}
	for _, files := range r.groups {
		if !slices.ContainsFunc(files, func(f string) bool { return differ[f] }) {
			continue
		}
		var g search.Group
		for _, file := range files {
			i, known := at[file]
			if !known {
				return nil, false
			}
			from, _ := was.plan.Document(was.Site.Pages[i])
			to, _ := was.plan.Document(now.Site.Pages[i])
			g.Was, g.Now = append(g.Was, from), append(g.Now, to)
			delete(differ, file)
		}
		groups = append(groups, g)
	}
	return groups, len(differ) == 0
}
