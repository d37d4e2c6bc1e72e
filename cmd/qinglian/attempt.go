package main

import (
	"errors"
	"os"

	"qinglian/internal/build"
	"qinglian/internal/digest"
	"qinglian/internal/flat"
	"qinglian/internal/publish"
	"qinglian/internal/published"
	"qinglian/internal/snapshot"
	"qinglian/internal/source"
)

// attempt takes a site through the whole line, on top of what is known of the last build.
type attempt struct {
	*program
	flags  buildFlags
	report *report
	site   *source.Site
	opt    snapshot.Options

	from   snapshot.Sources
	design snapshot.Design
	state  snapshot.State
	texts  *retouched    // nil if more is to be done
	before snapshot.Docs // those of the last build
	last   *last
	dir    *publish.Dir // nil if nothing was published into it yet
}

// onTopOf builds the site on top of what is known of the last build.
func (a *attempt) onTopOf(shelf func(*os.Root, string, digest.Digest) *snapshot.Shelf, clock int64) (err error) {
	err = together(
		func() (err error) { a.from, err = snapshot.Look(a.site, clock, a.opt); return err },
		func() error { a.last = loadLast(a.site.Root, a.report.output, a.opt.Engine); return nil })
	if err != nil {
		return err
	}
	f := a.flags
	if stands, err := a.last.stands(a.report.output, a.from, a.opt); err != nil {
		return err
	} else if stands && !f.verify && !f.adopt && f.explain == "" {
		a.last.fill(a.report)
		return refused(f, a.report)
	}
	defer func() { err = errors.Join(err, a.dir.Close(), a.state.Close()) }()
	var known *snapshot.Shelf
	err = together(
		func() (err error) { known = shelf(a.site.Root, own, a.opt.Engine); return a.know(known) },
		func() (err error) { a.dir, err = a.look(); return err })
	if err != nil {
		return err
	}
	if a.texts != nil {
		done, err := a.retouch()
		if done || err != nil {
			return err
		}
		if a.state, err = known.State(); err != nil {
			return err
		}
	}
	a.before = a.state.Docs
	for {
		snap, err := a.take()
		if err != nil {
			return err
		}
		err = a.finish(snap)
		if !f.holdBack || !a.holdBack(snap, err) {
			return err
		}
	}
}

// retouches reports whether the build is one that may be a [snapshot.Shelf.Retouch].
func (f *buildFlags) retouches() bool {
	return !f.verify && !f.adopt && !f.dry && !f.holdBack && f.explain == "" && f.agreed == ""
}

// know reads what the site is made with, and what is known of it: of a few articles if it
// may be that nothing but their texts changed.
func (a *attempt) know(known *snapshot.Shelf) (err error) {
	draw := func() (err error) { a.design, err = snapshot.Draw(a.site, a.opt); return err }
	all := func() (err error) { a.state, err = known.State(); return err }
	if !a.flags.retouches() || !a.last.retouches(a.from, a.opt) {
		return together(draw, all)
	}
	if err := draw(); err != nil {
		return err
	}
	snap, gone, state, ok := known.Retouch(a.site, a.from, a.design, a.opt, a.last.snapshot())
	if !ok {
		return all()
	}
	a.texts, a.state = &retouched{snap, gone}, state
	return nil
}

// retouched is what a [snapshot.Shelf.Retouch] came to.
type retouched struct {
	snapshot.Snapshot
	gone []string
}

// retouch makes the pages of which nothing but the texts changed, if that is all there is
// to be done.
func (a *attempt) retouch() (done bool, err error) {
	stands, err := a.dir.Stands(a.last.id, a.last.made, a.opt.Jobs)
	if err != nil {
		return false, err
	}
	c := a.texts.Site.Config
	if !stands || a.flags.real(c) && recorded(a.site, c) { // the record is of all articles
		some := a.state
		a.state = snapshot.State{}
		return false, some.Close()
	}
	a.report.fill(a.texts.Snapshot)
	return true, a.mend(a.texts.Snapshot, a.texts.gone)
}

// mend publishes what differs from what was published last.
func (a *attempt) mend(snap snapshot.Snapshot, gone []string) error {
	r, l := a.report, a.last
	r.Outputs = l.total
	if err := refused(a.flags, r); err != nil {
		return err
	}
	if err := l.forget(); err != nil {
		return err
	}
	how, done := a.making(snap)
	defer done()
	out, edit, err := a.dir.Mend(l.made, flat.Edit[build.Output]{Put: snap.Outputs, Gone: gone}, how)
	if err != nil {
		return err
	}
	r.did(out)
	r.Outputs = out.Written + out.Unchanged
	if err := l.made.Amend(l.root, l.outputs, l.engine, edit, l.end); err != nil {
		return err
	}
	return l.save(a.from, &a.state, snap, r.Outputs)
}

// publish makes the output folder equal to a Snapshot.
func (a *attempt) publish(snap snapshot.Snapshot) (publish.Manifest, error) {
	how, done := a.making(snap)
	defer done()
	out, err := a.dir.Make(snap.Outputs, a.last.made, how)
	if err != nil {
		return nil, err
	}
	a.report.did(out)
	return out.Manifest, nil
}

// making is how the output folder is made. What is known of the articles is saved
// meanwhile: it holds whatever comes of the folder.
func (a *attempt) making(snap snapshot.Snapshot) (how publish.How, done func()) {
	how = publishing(a.flags, snap.Site.Config, a.report.outside)
	how.Staged = func() error {
		a.report.placing = true
		return a.state.Save(a.site.Root, own, a.opt.Engine)
	}
	how.Progress, done = a.progress()
	return how, done
}

// look opens the output folder if there is one of which something is known. Who only
// compares clears nothing away, but waits for a build, which may be another site's.
func (a *attempt) look() (*publish.Dir, error) {
	if a.flags.dry {
		return publish.Still(a.report.output, a.busy)
	}
	return publish.Look(a.report.output, a.last.made, a.flags.jobs, a.busy)
}

func (a *attempt) take() (snap snapshot.Snapshot, err error) {
	err = together(
		func() (err error) {
			snap, a.state, err = snapshot.Take(a.site, a.from, a.design, a.state, a.opt)
			return err
		},
		func() error { a.dir.Prepare(); return nil })
	a.report.fill(snap)
	return snap, err
}

// fill fills in what the site consists of.
func (r *report) fill(snap snapshot.Snapshot) {
	r.problems, r.Pages, r.Outputs = snap.Diagnostics, snap.Pages, len(snap.Outputs)
	if snap.Site != nil {
		r.held, r.Linked = snap.Site.Held, len(snap.Site.Pages)
	}
}

// finish does with a Snapshot what was asked for: explain, compare, or publish.
func (a *attempt) finish(snap snapshot.Snapshot) (err error) {
	f, r := a.flags, a.report
	if f.explain != "" {
		return a.explain(f, r, a.site, snap, func(asked []string) error {
			return a.why(asked, snap, a.dir, a.last.made, edited(a.before, a.state.Docs))
		})
	}
	if err := refused(f, r); err != nil {
		return err
	}
	if err := a.uncertain(snap); err != nil {
		return err
	}
	if f.dry || f.agreed != "" {
		r.seen = seen(snap)
	}
	if r.moved = f.agreed != "" && f.agreed != r.seen; r.moved {
		return failure{status: exitSite}
	}
	if f.dry {
		return a.compare(a.dir, snap, a.last.made, f, r)
	}
	if err := a.last.forget(); err != nil {
		return err
	}
	if a.dir == nil {
		if a.dir, err = publish.Open(r.output, a.busy); err != nil {
			return err
		}
	}
	next, err := a.publish(snap)
	if err != nil {
		return err
	}
	if f.real(snap.Site.Config) {
		r.problems = append(r.problems, record(a.site, snap.Site.Config,
			func() (published.Record, error) { return published.Of(snap.Site), nil })...)
	}
	l := a.last
	if err := next.Save(l.root, l.outputs, l.engine, l.made, l.end); err != nil {
		return err
	}
	return l.save(a.from, &a.state, snap, len(snap.Outputs))
}
