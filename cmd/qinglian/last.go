package main

import (
	"errors"
	"io/fs"
	"os"

	"qinglian/internal/build"
	"qinglian/internal/cache"
	"qinglian/internal/content"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/flat"
	"qinglian/internal/publish"
	"qinglian/internal/rooted"
	"qinglian/internal/site"
	"qinglian/internal/snapshot"
)

// last is what the last build into a folder came to. When the same files are
// there, of the site and of the output, the next one comes to the same, and
// all that it takes is to look at them.
//
// It is deleted before anything is published and written when all the rest
// is: a build that was killed, or failed, leaves none.
type last struct {
	root         *os.Root
	name         string // of its file
	outputs      string // of the file of what was made
	engine       digest.Digest
	made         publish.Manifest
	end          cache.End     // of the log that it is kept in
	sources      digest.Digest // zero if they can't be told from others by their stamps
	others       digest.Digest // snapshot.Sources.Others
	articles     digest.Digest // of the State
	index        digest.Digest // of the State
	id           string        // of the site
	valid        snapshot.Span
	pages, total int
	held         []site.Held
	problems     diag.List
	whole        bool // there is one
	size         int  // of its file
}

// loadLast is the last build into a folder.
func loadLast(root *os.Root, output string, engine digest.Digest) *last {
	id := digest.Of([]byte(output)).Short()
	l := &last{root: root, name: own + "/last-" + id, outputs: own + "/outputs-" + id, engine: engine}
	l.made, l.end = publish.Load(root, l.outputs, engine)
	body, ok := cache.Load(root, l.name, engine)
	t := flat.Play(body)
	l.tape(t)
	l.whole, l.size = ok && t.Whole(), len(body)
	return l
}

func (l *last) tape(t *flat.Tape) {
	t.Bytes(l.sources[:])
	t.Bytes(l.others[:])
	t.Bytes(l.articles[:])
	t.Bytes(l.index[:])
	t.String(&l.id)
	l.valid.Tape(t)
	t.Int(&l.pages)
	t.Int(&l.total)
	flat.Slice(t, &l.held, tapeHeld)
	l.problems.Tape(t)
}

func tapeHeld(t *flat.Tape, h *site.Held) {
	t.String(&h.File)
	t.String(&h.Title)
	why := string(h.Why)
	t.String(&why)
	h.Why = content.Hold(why)
	t.Time(&h.Until)
	t.String(&h.Address)
	t.String(&h.Path)
}

// stands reports whether a build of these sources would change nothing.
func (l *last) stands(output string, from snapshot.Sources, opt snapshot.Options) (bool, error) {
	if !l.whole || !from.Trusted || from.Digest != l.sources || !l.valid.Has(opt.Selection.Now) {
		return false, nil
	}
	dir, err := publish.Peek(output)
	if err != nil {
		return false, err
	}
	defer dir.Close()
	return dir.Stands(l.id, l.made, opt.Jobs)
}

// retouches reports whether a build of these sources may come to nothing but other texts
// in a few pages.
func (l *last) retouches(from snapshot.Sources, opt snapshot.Options) bool {
	return l.whole && from.Others != digest.Digest{} && from.Others == l.others && l.valid.Has(opt.Selection.Now)
}

// snapshot is what is known of the Snapshot that was published.
func (l *last) snapshot() snapshot.Last {
	find := func(path string) (o build.Output, known bool) {
		m, known := l.made.Find(path)
		return build.Output{Path: m.Path, Rank: m.Rank, Source: m.Source, Key: m.Key}, known
	}
	return snapshot.Last{Find: find, Pages: l.pages, Held: l.held, Diagnostics: l.problems, Valid: l.valid,
		Articles: l.articles, Index: l.index}
}

// fill fills in the report of a build that changed nothing.
func (l *last) fill(r *report) {
	r.problems, r.held, r.Pages, r.Outputs, r.Unchanged = l.problems, l.held, l.pages, l.total, l.total
}

// forget deletes what is known of the last build, but for what it made.
func (l *last) forget() error {
	if err := rooted.Remove(l.root, l.name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// save keeps what a build came to, once what it made is saved.
func (l *last) save(from snapshot.Sources, state *snapshot.State, snap snapshot.Snapshot, total int) error {
	if l.sources, l.others = (digest.Digest{}), from.Others; from.Trusted {
		l.sources = from.Digest
	}
	if l.others == (digest.Digest{}) {
		return nil
	}
	l.id, l.held = snap.Site.Config.ID, snap.Site.Held
	l.articles, l.index = state.Articles(), state.Index()
	l.valid, l.pages, l.total, l.problems = snap.Valid, snap.Pages, total, snap.Diagnostics
	t := flat.Record(l.size + l.size/8)
	l.tape(t)
	return cache.Save(l.root, l.name, l.engine, t.Recorded())
}
