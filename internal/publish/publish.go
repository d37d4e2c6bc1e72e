// Package publish makes a folder equal to a set of Outputs, all or nothing.
//
// Ownership is not cache. The folder has a journal (.qinglian) which lists the
// files that are ours; a path is in it before it is first written. What is not
// in it is foreign and left alone, also after a kill or a lost cache, and if its
// bytes are the very ones that we would write. The journal names the site; another
// one is refused. If the journal is lost, what bears the site's mark, or has its
// bytes, is adopted, but only when somebody says so. Changed
// files are staged inside the folder; only when all of them are there are they
// renamed to their places, and what is no longer planned is deleted, in the
// order of [Order]. So, killed at any moment, every file on disk is whole, and
// what a page that readers can come to refers to is there; the next build
// finishes the job. A file whose bytes did not change keeps its time of
// modification.
//
// A folder that is not there yet is staged as a folder and gets its place by
// one rename, with the files of its lowest rank in it; those of a higher rank
// follow one by one in their turn. That is most of a first build: a rename
// costs half of what writing a page does.
//
// What the folder holds can be published elsewhere from any machine that has the
// folder: [Dir.Sum] finds the digest of each file, and the Manifest keeps it while
// the file stands. The journal has none: where it is, so are the files, and its bytes
// depend on the paths alone, so that a folder under version control shows no change
// where there is none. No build takes digests: of ten thousand articles that is a
// twenty-fifth of its time, for what most sites never ask.
//
// All of it happens inside an [os.Root]: no path and no symbolic link leads
// out of the folder. What is deleted and renamed there is so by package rooted,
// also on drives that do not know how os.Root asks.
package publish

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strconv"
	"sync"

	"qinglian/internal/build"
	"qinglian/internal/rooted"
)

const stage = ".qinglian-stage"

// Dir is an output folder.
type Dir struct {
	root     *os.Root
	unlock   func() error
	journal  string // its heading, as it stands on the disk; "" if it is not whole
	standing standing
	record   record // what the journal says
	owned    func() map[string]bool
	adopted  bool // more is ours than the journal lists

	mu      sync.Mutex
	folders map[string]*folder // looked at
	staged  []staged
	batches map[batch]*place // in the staging area
}

// staged is a changed file that waits for its place.
type staged struct {
	Change
	batch string // the folder in the staging area that becomes its own; "" if that is there already
	name  string // in the staging area, if it is in no batch
}

// aside is where it lies in the staging area.
func (s *staged) aside() string {
	if s.batch != "" {
		return s.batch + "/" + path.Base(s.Path)
	}
	return s.name
}

// batch is a folder that is not there yet, with its files of one rank.
type batch struct {
	dir  string
	rank build.Rank
}

// place is a folder in the staging area, open while files are written into it:
// a path is followed from the root anew for each file otherwise. Of many
// folders only the first are open, since open files are counted.
type place struct {
	name string
	root *os.Root // nil if it is not open
}

// mostOpen is how many folders of the staging area are open.
const mostOpen = 64

// Result counts what was done to the folder.
type Result struct{ Written, Unchanged, Deleted int }

// Open opens an output folder, makes it if it is not there, waits until no other
// build publishes into it, and clears away what one that was killed left in it.
// busy is called if it has to wait.
func Open(dir string, busy func()) (*Dir, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	return open(dir, func(d *Dir) error {
		if err := d.lock(busy); err != nil {
			return err
		}
		return d.clearStage()
	})
}

// Peek opens a folder only to look at it. The Dir is nil if it is not there.
func Peek(dir string) (*Dir, error) {
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return open(dir, func(*Dir) error { return nil })
}

// Still opens a folder only to look at it, once no build publishes into it: of half a
// change it would say that it is to be made. It makes no lock, since where there is none
// no build ever came. busy is called if it has to wait.
func Still(dir string, busy func()) (*Dir, error) {
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return open(dir, func(d *Dir) error {
		if _, err := d.root.Stat(lockFile); err != nil {
			return nil
		}
		return d.lock(busy)
	})
}

func open(dir string, prepare func(*Dir) error) (*Dir, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	d := &Dir{root: root, folders: map[string]*folder{}, batches: map[batch]*place{}}
	if err = prepare(d); err == nil {
		err = d.readJournal()
	}
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// Look opens a folder of which there is a manifest and looks at it ahead of
// [Dir.Make]. It makes none: the Dir is nil if the folder is not there.
func Look(dir string, m Manifest, jobs int, busy func()) (*Dir, error) {
	if _, err := os.Stat(dir); m == nil || err != nil {
		return nil, nil
	}
	d, err := Open(dir, busy)
	if err != nil {
		return nil, err
	}
	if err := d.lookFor(m, jobs); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// Prepare does ahead of [Dir.Make] what it need not wait for the outputs with.
func (d *Dir) Prepare() {
	if d != nil {
		d.owned()
	}
}

// clearStage deletes staged files, if there are any: a folder that can't be
// written is no hindrance to a build that changes nothing.
func (d *Dir) clearStage() error {
	for _, name := range []string{stage, newJournal} {
		if _, err := d.root.Lstat(name); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err := rooted.RemoveAll(d.root, name); err != nil {
			return err
		}
	}
	return nil
}

// Close lets go of the folder, if there is one.
func (d *Dir) Close() error {
	if d == nil {
		return nil
	}
	var unlocked error
	if d.unlock != nil {
		unlocked = d.unlock()
	}
	return errors.Join(d.letGo(), d.root.Close(), unlocked)
}

// Owned are the paths of ours that the journal lists. A nil Dir is a folder that is not
// there.
func (d *Dir) Owned() []string {
	if d == nil {
		return nil
	}
	return sorted(d.owned())
}

// Stage keeps the new bytes of an output until [Dir.Commit], if they differ
// from those in the folder. It may be called from several goroutines.
func (d *Dir) Stage(o build.Output, b []byte) error {
	here, there, in, err := d.at(o.Path)
	if err != nil {
		return err
	}
	if there && d.holds(o.Path, here, b) {
		return nil
	}
	within, name, err := d.enter(o, in, !there)
	if err != nil {
		return err
	}
	return within.WriteFile(name, b, 0o644)
}

// holds reports whether these bytes are in the file that was found in an output's place.
func (d *Dir) holds(name string, here found, b []byte) bool {
	if !here.regular || here.stamp.Size != int64(len(b)) {
		return false
	}
	old, err := d.root.ReadFile(name)
	return err == nil && bytes.Equal(old, b)
}

// enter gives an output its name in the staging area, within a folder there.
func (d *Dir) enter(o build.Output, in *folder, fresh bool) (within *os.Root, name string, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	s := staged{Change: Change{Path: o.Path, Rank: o.Rank, Fresh: fresh}}
	if len(d.staged) == 0 {
		if err := d.root.MkdirAll(stage, 0o755); err != nil {
			return nil, "", err
		}
	}
	if in.there {
		s.name = stage + "/" + strconv.Itoa(len(d.staged))
		d.staged = append(d.staged, s)
		return d.root, s.name, nil
	}
	to, err := d.batch(batch{dirOf(o.Path), o.Rank})
	if err != nil {
		return nil, "", err
	}
	s.batch = to.name
	d.staged = append(d.staged, s)
	if to.root == nil {
		return d.root, s.aside(), nil
	}
	return to.root, path.Base(o.Path), nil
}

// batch makes the folder in the staging area that becomes a folder of the
// output.
func (d *Dir) batch(b batch) (*place, error) {
	if p, made := d.batches[b]; made {
		return p, nil
	}
	p := &place{name: fmt.Sprintf("%s/new-%d", stage, len(d.batches))}
	if err := d.root.Mkdir(p.name, 0o755); err != nil {
		return nil, err
	}
	d.batches[b] = p
	if len(d.batches) > mostOpen {
		return p, nil
	}
	var err error
	p.root, err = d.root.OpenRoot(p.name)
	return p, err
}

// letGo closes the folders of the staging area: an open folder can't be renamed
// everywhere.
func (d *Dir) letGo() error {
	var failed []error
	for _, p := range d.batches {
		if p.root != nil {
			failed = append(failed, p.root.Close())
		}
	}
	d.batches = map[batch]*place{}
	return errors.Join(failed...)
}

// obstacle is what stands in the way of a file and is not ours to replace: a
// file that we did not write, a folder in place of a file, something else in
// place of a folder. It is "" if there is nothing.
func (d *Dir) obstacle(name string) string {
	info, err := d.root.Lstat(name)
	switch {
	case err == nil && (info.IsDir() || !d.owned()[name]):
		return name
	case err == nil || errors.Is(err, fs.ErrNotExist):
		return ""
	}
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if _, err := d.root.Lstat(dir); err != nil {
			continue // something above it is in the way
		}
		if leadsTo, err := d.root.Stat(dir); err != nil || !leadsTo.IsDir() {
			return dir
		}
		return ""
	}
	return ""
}

// Discard forgets what was staged: nothing is published.
func (d *Dir) Discard() error {
	d.staged = nil
	return errors.Join(d.letGo(), d.clearStage())
}
