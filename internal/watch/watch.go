// Package watch says when the files of a site may have changed.
//
// A [Change] is only a hint: editors save in several dialects (Notepad writes
// into the file, others write beside it and rename, WPS removes and creates),
// events are merged, doubled and lost. What changed is known by the files' stamps.
// So a Watcher waits until the events are quiet, for as long as what it saw
// suggests (a file that is missing is about to come back), and names what to
// look at.
//
// fsnotify watches single folders, not what is below them: all folders are
// watched, and one that appears is watched, with what is in it, before its
// Change is reported. Shared folders (SMB, NFS, 9p, FUSE) report nothing of what
// others do in them, and a system may run out of watches: then a Watcher polls,
// which means that it gives a Change that names nothing every so often.
package watch

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"

	"qinglian/internal/diag"
	"qinglian/internal/source"
)

// Change is what to look at.
type Change struct {
	Paths []string // slash-separated, relative to the site's folder, sorted
	All   bool     // and everything else: folders came or went, or events were lost
}

// The times for which events must be quiet. One file that is there was saved;
// a folder that is being copied goes on for a while; a file that is missing
// comes back in a moment, if it is being saved by removing it first.
const (
	quietOne  = 15 * time.Millisecond
	quietEach = 5 * time.Millisecond // for each further file
	quietMost = 250 * time.Millisecond
	holdMost  = 3 * time.Second // after which a Change is reported though it goes on
)

// A polling Watcher leaves nine tenths of the time free, within these bounds.
const (
	pollLeast = 400 * time.Millisecond
	pollMost  = 4 * time.Second // a slow share has to be looked at, too
)

// Watcher watches the parts of one site.
type Watcher struct {
	root  string
	parts []string // the names in root that the site consists of

	events   *fsnotify.Watcher // nil: it polls
	folders  map[string]bool   // that are watched, by path relative to root
	seen     seen              // and not reported yet
	why      diag.Text
	reported time.Time // when the last Change was
}

// Open watches the parts of the site in the folder root: its files and folders
// of these names, also those that are not there yet. With poll it polls.
func Open(root string, parts []string, poll bool) (*Watcher, error) {
	root, err := filepath.Abs(root)
	if err != nil {
		return nil, err
	}
	w := &Watcher{root: root, parts: parts, folders: map[string]bool{}, seen: seen{files: map[string]bool{}},
		reported: time.Now()}
	switch {
	case poll:
		w.poll(diag.Say("按 --poll 的要求定时查看文件", "looking at the files now and then, as --poll asks"))
		return w, nil
	case remote(root):
		w.poll(diag.Say("这个文件夹在共享盘上，改定时查看文件", "this folder is a shared one: looking at the files now and then"))
		return w, nil
	}
	if w.events, err = fsnotify.NewBufferedWatcher(1024); err == nil {
		err = w.sync()
	}
	if err != nil {
		w.poll(unwatched(err))
	}
	return w, nil
}

// unwatched says why a folder can't be watched.
func unwatched(err error) diag.Text {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENFILE) {
		return diag.Say("系统能监视的文件夹不够用，改定时查看文件", "the system has no more watches: looking at the files now and then")
	}
	return diag.Say("系统不能监视这个文件夹（%s），改定时查看文件",
		"the folder can't be watched (%s): looking at the files now and then", err.Error())
}

// Polling reports whether the Watcher polls, and why.
func (w *Watcher) Polling() (why diag.Text, polling bool) { return w.why, w.events == nil }

// Close ends the watching.
func (w *Watcher) Close() error {
	if w.events == nil {
		return nil
	}
	return w.events.Close()
}

// poll makes the Watcher one that polls.
func (w *Watcher) poll(why diag.Text) {
	w.why = why
	if w.events != nil {
		w.events.Close() //nolint:errcheck // nothing was written
		w.events = nil
	}
}

// Next waits for the next Change. What the caller did since the last one counts
// as the cost of looking. The error is that of ctx; what was seen until then is
// reported by the next call.
func (w *Watcher) Next(ctx context.Context) (Change, error) {
	defer func() { w.reported = time.Now() }()
	if w.events == nil {
		return w.pause(ctx)
	}
	quiet := time.NewTimer(time.Until(w.seen.settled))
	defer quiet.Stop()
	if w.seen.nothing() {
		quiet.Stop()
	}
	for {
		var err error
		select {
		case <-ctx.Done():
			return Change{}, ctx.Err()
		case <-quiet.C:
			return w.report(), nil
		case e := <-w.events.Events:
			name, ok := w.part(e.Name)
			if !ok {
				continue
			}
			err = w.see(name, e)
		case err = <-w.events.Errors:
			w.seen.all = true // events were lost, if no more than that
			if errors.Is(err, fsnotify.ErrEventOverflow) {
				err = w.sync()
			}
		}
		if err != nil {
			w.seen.all = true
			w.poll(unwatched(err))
			return w.report(), nil
		}
		now := time.Now()
		if w.seen.since.IsZero() {
			w.seen.since = now
		}
		w.seen.settled = now.Add(min(w.settles(), w.seen.since.Add(holdMost).Sub(now)))
		quiet.Reset(time.Until(w.seen.settled))
	}
}

// seen is what happened since the last Change.
type seen struct {
	files map[string]bool // whether each was there before
	all   bool

	since   time.Time
	settled time.Time // if nothing more happens
}

func (s seen) nothing() bool { return !s.all && len(s.files) == 0 }

func (w *Watcher) report() Change {
	out := Change{All: w.seen.all}
	for name := range w.seen.files {
		out.Paths = append(out.Paths, name)
	}
	slices.Sort(out.Paths)
	w.seen = seen{files: map[string]bool{}}
	return out
}

// see takes in an event about something in the site's parts.
func (w *Watcher) see(name string, e fsnotify.Event) error {
	if _, again := w.seen.files[name]; !again {
		w.seen.files[name] = !e.Has(fsnotify.Create)
	}
	switch {
	case w.folders[name] && e.Has(fsnotify.Remove|fsnotify.Rename):
		w.seen.all = true
		w.forget(name)
	case e.Has(fsnotify.Create):
		if info, err := os.Lstat(e.Name); err == nil && info.IsDir() {
			w.seen.all = true
			return w.watch(name)
		}
	}
	return nil
}

// part is the path of something in the site's parts that is not ignored.
func (w *Watcher) part(full string) (name string, ok bool) {
	name, err := filepath.Rel(w.root, full)
	if err != nil {
		return "", false
	}
	name = filepath.ToSlash(name)
	first, _, _ := strings.Cut(name, "/")
	return name, slices.Contains(w.parts, first) && !source.Ignored(path.Base(name))
}

// settles is for how long nothing more may happen before what was seen is reported.
func (w *Watcher) settles() time.Duration {
	wait := quietOne + time.Duration(len(w.seen.files)-1)*quietEach
	if w.seen.all || wait > quietMost {
		return quietMost
	}
	for name, before := range w.seen.files {
		// One that came and went was only to be renamed, or a trial.
		if _, err := os.Lstat(w.at(name)); before && err != nil {
			return quietMost
		}
	}
	return wait
}

// at is where something of the site is on the disk.
func (w *Watcher) at(name string) string { return filepath.Join(w.root, filepath.FromSlash(name)) }

// sync watches all folders that are there now. Watching one again costs
// little, so it need not be known which are new.
func (w *Watcher) sync() error {
	if err := w.events.Add(w.root); err != nil {
		return err
	}
	for _, part := range w.parts {
		if err := w.watch(part); err != nil {
			return err
		}
	}
	return nil
}

// watch watches a folder and those below it. Each is watched before it is
// listed: what comes into it meanwhile is in the list or an event.
func (w *Watcher) watch(name string) error {
	return filepath.WalkDir(w.at(name), func(full string, e fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil // it went while we looked: that is an event, too
		case errors.Is(err, fs.ErrPermission):
			return fs.SkipDir // the look at the files says so
		case err != nil:
			return err
		case !e.IsDir():
			return nil
		}
		name, ok := w.part(full)
		if !ok {
			return fs.SkipDir
		}
		if err := w.events.Add(full); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		w.folders[name] = true
		return nil
	})
}

// forget stops watching a folder that went, and those below it: if it was
// renamed their watches would go on under names that are no longer theirs.
func (w *Watcher) forget(name string) {
	for folder := range w.folders {
		if folder == name || strings.HasPrefix(folder, name+"/") {
			delete(w.folders, folder)
			w.events.Remove(w.at(folder)) //nolint:errcheck // the system did, if the folder is gone
		}
	}
}

// pause is the Change of a Watcher that polls.
func (w *Watcher) pause(ctx context.Context) (Change, error) {
	timer := time.NewTimer(min(max(pollLeast, 9*time.Since(w.reported)), pollMost))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return Change{}, ctx.Err()
	case <-timer.C:
		return Change{All: true}, nil
	}
}
