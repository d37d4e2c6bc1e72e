package snapshot

import (
	"slices"

	"qinglian/internal/build"
	"qinglian/internal/channel/web"
	"qinglian/internal/content"
	"qinglian/internal/diag"
	"qinglian/internal/site"
	"qinglian/internal/source"
)

// Amend is the Snapshot after nothing has changed but the text, the title or the summary of
// the articles in these files: what Take would come to, in a time that hardly grows with
// the site. from is of now, all else that of the Snapshot; the State is brought up to date.
// Where no other page shows what differs, the text alone is put in its place; else the
// articles near the edited ones are linked, as a [Shelf.Retouch] does. ok is false, and
// nothing is changed, if more moved or too many were edited: then it takes a Take.
func (snap Snapshot) Amend(s *source.Site, from Sources, design Design, state *State, opt Options,
	files map[string]bool) (now Snapshot, ok bool) {
	if snap.near == nil || !snap.Valid.Has(opt.Selection.Now) || opt.inspects(design) {
		return snap, false // what checking finds in an article may be said of another one
	}
	if slices.ContainsFunc(snap.Unread, func(file string) bool { return files[file] }) {
		return snap, false // it is said of the file, also once it is read again as it was
	}
	t := taker{site: s, from: from, design: design, old: *state, opt: opt}
	docs, edited, ok := t.again(files)
	if !ok {
		return snap, false
	}
	shown := func(at int) bool { return !sameToOthers(t.old.Docs[at].Doc, docs[at].Doc) }
	if snap.reworded != nil || slices.ContainsFunc(edited, shown) {
		now, ok = snap.reword(&t, docs) // of the pages that were linked in part another plan is to be asked
	} else {
		now, ok = snap.amend(&t, docs, edited)
	}
	if !ok {
		return snap, false
	}
	state.Docs = docs
	return now, true
}

// again compiles those articles in some files that have other bytes now. ok is false if a
// file is no article, a new one, or shown as it was when it last had no errors.
func (t *taker) again(files map[string]bool) (docs Docs, edited []int, ok bool) {
	docs = slices.Clone(t.old.Docs)
	compiler := t.design.compiler()
	for name := range files {
		f, article := t.from.article(name)
		if !article && !t.from.has(name) {
			continue // a file beside it, in which it was written first
		}
		at, known := docs.at(name)
		if !article || !known || t.old.standing.docs[name] != nil {
			return nil, nil, false
		}
		was := docs[at]
		if docs[at], ok = t.reread(compiler, f, was); !ok {
			return nil, nil, false
		}
		if docs[at].Digest != was.Digest {
			edited = append(edited, at)
		}
	}
	return docs, edited, true
}

// amend is the Snapshot with some Docs that differ in nothing that another page shows.
func (snap Snapshot) amend(t *taker, docs Docs, edited []int) (now Snapshot, ok bool) {
	snap = snap.copied()
	for _, at := range edited {
		if !snap.replaceText(t.old.Docs[at].Doc, docs[at].Doc, at, t.old.store) {
			return snap, false
		}
	}
	snap.Diagnostics = snap.Diagnostics.Sort()
	snap.reindex(t)
	return snap, true
}

// copied is the Snapshot with lists of its own, to be changed.
func (snap Snapshot) copied() Snapshot {
	snap.Outputs, snap.Diagnostics = slices.Clone(snap.Outputs), slices.Clone(snap.Diagnostics)
	snap.found = slices.Clone(snap.found)
	linked := *snap.Site
	linked.Pages = slices.Clone(snap.Site.Pages)
	snap.Site = &linked
	return snap
}

// put puts an output in the place of the one with its path and source, if there is one.
func (snap *Snapshot) put(o build.Output) (ok bool) {
	i, ok := snap.byPath()[o.Path]
	if !ok || snap.Outputs[i].Source != o.Source {
		return false
	}
	snap.Outputs[i] = o
	return true
}

// reindex has the preview's index made anew, if it has one.
func (snap *Snapshot) reindex(t *taker) {
	index := wholeIndex(*snap, t.opt)
	index.Render = t.old.store.sound(index.Render)
	snap.put(index)
}

// replaceText shows an article with another text.
func (snap *Snapshot) replaceText(was, now *content.Doc, given int, s *store) bool {
	if now.Problems.Count(diag.Error) > 0 {
		return false
	}
	rest, ok := without(snap.Diagnostics, was)
	if !ok {
		return false
	}
	snap.Diagnostics = append(rest, now.Problems...)
	at := slices.IndexFunc(snap.Site.Pages, func(p *site.Page) bool { return p.Given == given })
	if at < 0 || snap.Site.Pages[at].Index {
		return false // it has no page, or its text stands on another one
	}
	page := *snap.Site.Pages[at]
	page.Doc = now
	snap.Site.Pages[at] = &page
	snap.found[at] = foundOn(snap.plan, &page)
	output, ok := snap.plan.Again(&page)
	output.Render = s.sound(output.Render)
	return ok && snap.put(output)
}

// reworded is what a Snapshot has that was linked in part: with what is near the articles
// that have other words than in another one.
type reworded struct {
	from  Snapshot           // that one, all of which was linked together
	docs  Docs               // from's
	plan  *web.Plan          // of what is near
	pages map[int]*site.Page // of that plan, by their places in the whole Site's Pages
}

// reword is the Snapshot with Docs that differ in words. It differs from the last that was
// linked as a whole, with all edits since: one page may show something of several of them.
func (snap Snapshot) reword(t *taker, docs Docs) (next Snapshot, ok bool) {
	since := reworded{from: snap, docs: t.old.Docs}
	if snap.reworded != nil {
		since.from, since.docs = snap.reworded.from, snap.reworded.docs
	}
	from := since.from
	r := retoucher{taker: t, tables: t.old.standing.tables,
		last: Last{Find: from.Find, Held: from.Site.Held, Diagnostics: from.Diagnostics}}
	if !r.compare(since.docs, docs) || len(r.edits) > mostTouched || !r.survey(from.near(), len(docs)) {
		return snap, false
	}
	r.others(t.old.Files)
	was, now, ok := r.sides(t.linked(since.docs, r.outline.Given))
	if !ok {
		return snap, false
	}
	next = from.copied()
	if next.Diagnostics, ok = r.said(was, now); !ok {
		return snap, false
	}
	for _, o := range r.differing(now, t.old.store) {
		if !next.put(o) {
			return snap, false
		}
	}
	since.plan, since.pages = now.plan, next.replace(now, r.showing)
	next.reworded = &since
	next.reindex(t)
	return next, true
}

// compare finds the edits. ok is false if one article differs in more than words.
func (r *retoucher) compare(was, now Docs) (ok bool) {
	for i := range now {
		if was[i].Digest == now[i].Digest {
			continue
		}
		e, ok := r.editOf(i, was[i], now[i])
		if !ok {
			return false
		}
		r.edits = append(r.edits, e)
	}
	return true
}

// linked are the Docs in some places as they are linked: those with errors as they were
// without.
func (t *taker) linked(all Docs, places []int) Docs {
	docs := make(Docs, len(places))
	for i, place := range places {
		docs[i] = all[place]
		if good := t.old.standing.docs[docs[i].Doc.Path]; good != nil {
			docs[i].Doc = good.InPlaceOf(docs[i].Doc)
		}
	}
	return docs
}

// replace puts the pages of the edited articles, and of those that show something of them,
// in the places of the old ones, and returns them as they were linked. What they are listed
// in stays that of the whole site.
func (snap *Snapshot) replace(now side, showing []int) (pages map[int]*site.Page) {
	linked := map[int]*site.Page{} // by Given
	for _, page := range now.site.Pages {
		if slices.Contains(now.pages, page) || slices.Contains(showing, page.Given) {
			linked[page.Given] = page
		}
	}
	pages = map[int]*site.Page{}
	for i, was := range snap.Site.Pages {
		if page, ok := linked[was.Given]; ok {
			shown := *page
			shown.In, shown.Terms, shown.Place = was.In, was.Terms, was.Place
			shown.Targets = slices.Clone(page.Targets)
			for at := range shown.Targets { // the site knows its files by where they lie in memory
				shown.Targets[at].File = was.Targets[at].File
			}
			snap.Site.Pages[i], pages[i], snap.found[i] = &shown, page, foundOn(now.plan, page)
		}
	}
	return pages
}
