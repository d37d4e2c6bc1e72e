package serve

import (
	"context"
	"errors"
	"maps"
	"os"
	"slices"
	"sync"
	"time"

	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/snapshot"
	"qinglian/internal/source"
	"qinglian/internal/watch"
)

// A file that is locked, or that has errors and was written a moment ago, may be half
// written. It is read again before its errors are shown.
const (
	Pause    = 100 * time.Millisecond // before it is looked at again
	patience = 5                      // times, for what can't be read
	longest  = 100                    // times, for what goes on being written: a picture copied from a telephone
	fresh    = 400 * time.Millisecond // how young what is being written is
)

// Maker makes Previews of one site.
type Maker struct {
	Site    *source.Site
	Options func() snapshot.Options // of now
	Clock   func() (int64, error)   // the file system's time
	Show    func(p *Preview, changed []string)

	from   snapshot.Sources
	design snapshot.Design
	loaded func() error // waits until state is there
	state  snapshot.State
	last   *Preview
	stood  *Preview        // the last one for which every file could be read
	until  time.Time       // when an article begins or ends
	dirty  map[string]bool // what was not looked at, or has to be again
	all    bool
	missed int      // how often it could not be taken
	halves int      // how often what was taken looked half written
	unread []string // files that could not be read
}

// Begin makes the first Preview. load returns the State of the last build and runs
// while the site's files are listed; its error is returned.
func (m *Maker) Begin(load func() (snapshot.State, error)) error {
	loaded := make(chan error, 1)
	go func() {
		var err error
		m.state, err = load()
		loaded <- err
	}()
	m.loaded = sync.OnceValue(func() error { return <-loaded })
	m.all, m.dirty = true, map[string]bool{}
	m.missed = patience // there is nothing to show meanwhile
	m.make()
	return m.loaded()
}

// State is what the Maker knows, to be saved and closed.
func (m *Maker) State() *snapshot.State { return &m.state }

// Latest is the Preview that was shown last.
func (m *Maker) Latest() *Preview { return m.last }

// Run makes a Preview after each Change, until ctx ends. polls is called when the
// Watcher begins to poll.
func (m *Maker) Run(ctx context.Context, w *watch.Watcher, polls func(why diag.Text)) error {
	_, polling := w.Polling()
	for {
		change, err := m.next(ctx, w)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return err
		}
		if why, now := w.Polling(); now && !polling {
			polling = true
			polls(why)
		}
		m.all = m.all || change.All
		for _, name := range change.Paths {
			m.dirty[name] = true
		}
		m.make()
	}
}

// next waits for a Change, or until it is time to look again.
func (m *Maker) next(ctx context.Context, w *watch.Watcher) (watch.Change, error) {
	wait := time.Hour // a machine that slept has missed its timers
	switch {
	case m.missed > patience:
		wait = 10 * Pause
	case m.missed+m.halves > 0:
		wait = Pause
	case len(m.unread) > 0:
		wait = 10 * Pause // no event says that a file was let go
	case !m.until.IsZero():
		wait = min(wait, time.Until(m.until))
	}
	timed, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	change, err := w.Next(timed)
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		return watch.Change{Paths: m.unread, All: m.missed+m.halves+len(m.unread) == 0}, nil
	}
	return change, err
}

// make makes a Preview and shows it, if it is another.
func (m *Maker) make() {
	opt := m.Options()
	p, err := m.take(opt)
	if err != nil {
		if m.missed++; m.missed > patience {
			m.stuck(err)
		}
		return
	}
	if m.last != nil && m.half(p) {
		m.halves++
		m.all = true // what is compiled by now is not what is shown
		return
	}
	changed := slices.Sorted(maps.Keys(m.dirty))
	m.until, m.missed, m.halves, m.all, m.dirty = p.snap.Valid.Until, 0, 0, false, map[string]bool{}
	m.stood, m.unread = p, p.snap.Unread
	m.show(p, changed)
}

// take makes a Preview, in the shortest way that there is.
func (m *Maker) take(opt snapshot.Options) (p *Preview, err error) {
	if m.unmoved(opt) {
		return m.stood, nil
	}
	clock, err := m.Clock()
	if err != nil {
		return nil, err
	}
	if !m.all && m.stood != nil {
		if from, ok := m.from.Again(m.Site, clock, m.dirty); ok {
			if snap, ok := m.stood.snap.Amend(m.Site, from, m.design, &m.state, opt, m.dirty); ok {
				m.from = from
				return m.stood.amended(m.number(), snap, opt.Selection.Now), nil
			}
			return m.whole(from, opt)
		}
	}
	from, err := snapshot.Look(m.Site, clock, opt)
	if err != nil {
		return nil, err
	}
	if from.Design != m.from.Design || from.Design == (digest.Digest{}) {
		design, err := snapshot.Draw(m.Site, opt)
		if err != nil {
			return nil, err
		}
		m.design = design.Standing(m.design)
	}
	return m.whole(from, opt)
}

// unmoved reports whether nothing that a preview shows has changed, as polling finds
// most of the time. It spares asking the file system for its time, which writes a file.
func (m *Maker) unmoved(opt snapshot.Options) bool {
	if m.stood == nil || len(m.dirty) > 0 || !m.from.Trusted || !m.stood.snap.Valid.Has(opt.Selection.Now) {
		return false
	}
	from, err := snapshot.Look(m.Site, 0, opt)
	return err == nil && from.Digest == m.from.Digest
}

func (m *Maker) whole(from snapshot.Sources, opt snapshot.Options) (*Preview, error) {
	if err := m.loaded(); err != nil {
		return nil, err
	}
	snap, state, err := snapshot.Take(m.Site, from, m.design, m.state, opt)
	if err != nil {
		return nil, err
	}
	m.from, m.state = from, state
	return preview(m.number(), snap, opt.Selection.Now, m.Site, m.design), nil
}

func (m *Maker) number() int {
	if m.last == nil {
		return 1
	}
	return m.last.Build + 1
}

func (m *Maker) show(p *Preview, changed []string) {
	if p.same(m.last) {
		return
	}
	m.last = p
	m.Show(p, changed)
}

// stuck shows the last whole Preview with a failure of the machine over it.
func (m *Maker) stuck(err error) {
	stood := m.stood
	if stood == nil {
		stood = preview(0, snapshot.Snapshot{}, time.Time{}, m.Site, m.design)
	}
	p := stood.with(machine(err))
	p.Build = m.number()
	m.show(p, nil)
}

// half reports whether errors that are new may be those of a file that was not
// written to its end.
func (m *Maker) half(p *Preview) bool {
	var wrong diag.List
	for _, d := range p.Errors() {
		if !slices.Contains(m.last.snap.Diagnostics, d) {
			wrong = append(wrong, d)
		}
	}
	return Half(m.Site.Root, wrong, m.halves)
}

// Half reports whether it is worth looking once more after so many tries: a file
// with errors is so young that its writer may be about to go on, or could not be
// read.
func Half(root *os.Root, problems diag.List, tries int) bool {
	for _, d := range problems {
		if d.Severity != diag.Error {
			continue
		}
		if d.Rule == "machine" && tries < patience {
			return true
		}
		info, err := root.Stat(d.File)
		if tries < longest && d.File != "" && err == nil && time.Since(info.ModTime()) < fresh {
			return true
		}
	}
	return false
}
