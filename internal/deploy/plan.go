package deploy

import (
	"slices"
	"strings"

	"qinglian/internal/digest"
	"qinglian/internal/publish"
)

// step is a file that goes, or is deleted.
type step struct {
	publish.Change
	file   File // zero of what is deleted
	listed bool // in the ledger
	unsure bool // there, perhaps: the ledger does not know
}

// plan is what a delivery has to do to a place with a ledger.
type plan struct {
	send  []step // in the order in which they go
	early []step // deletions of what differs from a file that goes in letter case alone
	gone  []step // the others, in their order
	same  int
	bytes int64
}

// newPlan compares files, in the order of paths, with what a ledger lists.
func newPlan(l Ledger, files []File) (p plan) {
	folded := make(map[string]bool, len(files))
	wanted := make(map[string]bool, len(files))
	for _, f := range files {
		wanted[f.Path], folded[strings.ToLower(f.Path)] = true, true
		e, listed := l.find(f.Path)
		if listed && !e.Unsure && e.Sum == f.Sum && e.Size == f.Size {
			p.same++
			continue
		}
		p.bytes += f.Size
		p.send = append(p.send, step{publish.Change{Path: f.Path, Rank: f.Rank, Fresh: !listed || e.Unsure}, f, listed,
			e.Unsure})
	}
	for _, e := range l.Entries {
		if wanted[e.Path] {
			continue
		}
		s := step{Change: publish.Change{Path: e.Path, Gone: true}, listed: true, unsure: e.Unsure}
		if folded[strings.ToLower(e.Path)] {
			p.early = append(p.early, s)
			continue
		}
		p.gone = append(p.gone, s)
	}
	for _, steps := range [][]step{p.send, p.early, p.gone} {
		slices.SortFunc(steps, func(a, b step) int { return publish.Order(a.Change, b.Change) })
	}
	return p
}

// none reports whether the place is as it should be.
func (p plan) none() bool { return len(p.send)+len(p.early)+len(p.gone) == 0 }

// deletions are all of them.
func (p plan) deletions() []step { return slices.Concat(p.early, p.gone) }

// goingPages are the pages that the plan deletes for good.
func (p plan) goingPages() (pages []string) {
	for _, s := range p.gone {
		if publish.IsPage(s.Path) {
			pages = append(pages, s.Path)
		}
	}
	return pages
}

// waves cuts steps, in their order, into what may go at the same time: one turn and rank.
func waves(steps []step) (out [][]step) {
	for len(steps) > 0 {
		n := 1
		for n < len(steps) && together(steps[0].Change, steps[n].Change) {
			n++
		}
		out, steps = append(out, steps[:n]), steps[n:]
	}
	return out
}

// together reports whether nothing but their paths orders two changes.
func together(a, b publish.Change) bool {
	a.Path, b.Path = like(a), like(b)
	return publish.Order(a, b) == 0
}

// like is a path that stands for all that are ordered as one of its sort: of what is
// deleted, pages or other files.
func like(c publish.Change) string {
	if c.Gone && publish.IsPage(c.Path) {
		return "a.html"
	}
	return "a"
}

// moving is the ledger while a plan is carried out.
func (p plan) moving(l Ledger, site string) Ledger {
	next := Ledger{Site: site, Version: l.Version, At: l.At, Back: l.Back, Moving: true}
	sent := make(map[string]bool, len(p.send))
	for _, s := range p.send {
		sent[s.Path] = true
		next.Entries = append(next.Entries, Entry{s.file, true})
	}
	for _, s := range p.deletions() {
		sent[s.Path] = true
		e, _ := l.find(s.Path)
		e.Unsure = true // if it is deleted and that can't be said any more, it must not pass for there
		next.Entries = append(next.Entries, e)
	}
	for _, e := range l.Entries {
		if !sent[e.Path] {
			next.Entries = append(next.Entries, e)
		}
	}
	slices.SortFunc(next.Entries, func(a, b Entry) int { return strings.Compare(a.Path, b.Path) })
	return next
}

// doubted is the ledger with nothing taken for sure.
func (l Ledger) doubted() Ledger {
	l.Entries = slices.Clone(l.Entries)
	for i := range l.Entries {
		l.Entries[i].Unsure = true
	}
	return l
}

// arrived notes that what a step sent is there.
func (l *Ledger) arrived(s step) {
	if i, ok := l.at(s.Path); ok {
		l.Entries[i].Unsure = false
	}
}

// left notes that what a step deleted is gone.
func (l *Ledger) left(s step) {
	if i, ok := l.at(s.Path); ok {
		l.Entries = slices.Delete(l.Entries, i, i+1)
	}
}

func (l *Ledger) at(path string) (int, bool) {
	return slices.BinarySearchFunc(l.Entries, path,
		func(e Entry, path string) int { return strings.Compare(e.Path, path) })
}

// finish is the ledger of a whole delivery.
func (l *Ledger) finish(d Delivery, before digest.Digest) {
	version := Version(d.Files)
	l.Moving, l.Version, l.At = false, version, d.Now.UTC().Truncate(1e9)
	if d.Back && before != version && before != (digest.Digest{}) && !slices.Contains(l.Back, before) {
		l.Back = append(slices.Clone(l.Back), before)
		l.Back = l.Back[max(0, len(l.Back)-mostBack):]
	}
	l.Back = slices.DeleteFunc(slices.Clone(l.Back), func(v digest.Digest) bool { return v == version })
}
