// Package publish makes a folder equal to a set of Outputs, all or nothing.
//
// Ownership is not cache. The folder has a journal (.qinglian) which lists the
// files that are ours; a path is in it before it is first written. What is not
// in it is foreign and left alone, also after a kill or a lost cache. Changed
// files are staged inside the folder; only when all of them are there are they
// renamed to their places, in the order of their rank, and then what is no
// longer planned is deleted. Killed at any moment, every file on disk is whole,
// and the next build finishes the job. A file whose bytes did not change keeps
// its time of modification.
//
// All of it happens inside an [os.Root]: no path and no symbolic link leads
// out of the folder.
package publish

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync"

	"qinglian/internal/build"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/source"
)

const (
	journal = ".qinglian"
	stage   = ".qinglian-stage"
	header  = "qinglian journal 1\n"
)

// Dir is an output folder.
type Dir struct {
	root   *os.Root
	owned  map[string]bool
	mu     sync.Mutex
	staged []staged
}

// staged is a changed file that waits for its place.
type staged struct {
	output build.Output
	name   string
}

// Result counts what was done to the folder.
type Result struct{ Written, Unchanged, Deleted int }

// Open opens an output folder, makes it if it is not there, and clears away
// what a build that was killed left in it.
func Open(dir string) (*Dir, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	d := &Dir{root: root, owned: map[string]bool{}}
	if err := root.RemoveAll(stage); err != nil {
		return nil, err
	}
	return d, d.readJournal()
}

// Close lets go of the folder.
func (d *Dir) Close() error { return d.root.Close() }

// readJournal takes a journal whose checksum is wrong for none: then nothing
// is ours, and nothing that differs from what we publish is overwritten.
func (d *Dir) readJournal() error {
	b, err := d.root.ReadFile(journal)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	text, ok := bytes.CutPrefix(b, []byte(header))
	sum, paths, cut := strings.Cut(string(text), "\n")
	if !ok || !cut || digest.Of([]byte(paths)).String() != sum {
		return nil
	}
	for p := range strings.Lines(paths) {
		d.owned[strings.TrimSuffix(p, "\n")] = true
	}
	return nil
}

func (d *Dir) writeJournal(owned map[string]bool) error {
	var b strings.Builder
	for _, p := range sorted(owned) {
		b.WriteString(p + "\n")
	}
	text := header + digest.Of([]byte(b.String())).String() + "\n" + b.String()
	if old, err := d.root.ReadFile(journal); err == nil && string(old) == text {
		return nil
	}
	if err := d.root.WriteFile(journal+"-new", []byte(text), 0o644); err != nil {
		return err
	}
	return d.root.Rename(journal+"-new", journal)
}

func sorted(set map[string]bool) []string {
	out := make([]string, 0, len(set))
	for p := range set {
		out = append(out, p)
	}
	slices.Sort(out)
	return out
}

// Stamp is the stamp of one of our files; ok is false if it is not there.
func (d *Dir) Stamp(name string) (s source.Stamp, ok bool) {
	info, err := d.root.Lstat(name)
	if err != nil || !info.Mode().IsRegular() {
		return s, false
	}
	return source.NewStamp(info), d.owned[name]
}

// Stage keeps the new bytes of an output until [Dir.Commit], if they differ
// from those in the folder. It may be called from several goroutines.
func (d *Dir) Stage(o build.Output, b []byte) error {
	old, err := d.root.ReadFile(o.Path)
	if err == nil && bytes.Equal(old, b) {
		return nil
	}
	if !d.owned[o.Path] {
		if _, err := d.root.Lstat(o.Path); err == nil {
			return diag.List{foreign(o.Path)}
		}
	}
	d.mu.Lock()
	name := fmt.Sprintf("%s/%d", stage, len(d.staged))
	first := len(d.staged) == 0
	d.staged = append(d.staged, staged{o, name})
	if first {
		err = d.root.MkdirAll(stage, 0o755)
	} else {
		err = nil
	}
	d.mu.Unlock()
	if err != nil {
		return err
	}
	return d.root.WriteFile(name, b, 0o644)
}

func foreign(name string) diag.Diagnostic {
	return diag.Diagnostic{Rule: "foreign-file", Severity: diag.Error, File: name,
		Message: diag.Say("输出文件夹里已有一个不是 qinglian 写的文件，没有覆盖它", "a file that qinglian did not write is in the way and was left alone"),
		Hint:    diag.Say("确认不要后删掉它，或用 --output 换一个文件夹", "delete it if you don't need it, or choose another folder with --output")}
}

// Discard forgets what was staged: nothing is published.
func (d *Dir) Discard() error {
	d.staged = nil
	return d.root.RemoveAll(stage)
}

// Commit publishes what was staged and deletes our files that are not planned
// any more. planned is the paths of all outputs.
func (d *Dir) Commit(planned []string) (Result, error) {
	keep := make(map[string]bool, len(planned))
	union := make(map[string]bool, len(planned))
	for p := range d.owned {
		union[p] = true
	}
	for _, p := range planned {
		keep[p], union[p] = true, true
	}
	result := Result{Written: len(d.staged), Unchanged: len(planned) - len(d.staged)}
	if err := d.writeJournal(union); err != nil {
		return result, err
	}
	slices.SortFunc(d.staged, func(a, b staged) int {
		return cmp.Or(cmp.Compare(a.output.Rank, b.output.Rank), cmp.Compare(a.output.Path, b.output.Path))
	})
	made := map[string]bool{".": true}
	for _, s := range d.staged {
		if dir := path.Dir(s.output.Path); !made[dir] {
			if err := d.root.MkdirAll(dir, 0o755); err != nil {
				return result, err
			}
			made[dir] = true
		}
		if err := d.root.Rename(s.name, s.output.Path); err != nil {
			return result, err
		}
	}
	for _, p := range sorted(d.owned) {
		if keep[p] {
			continue
		}
		if err := d.remove(p); err != nil {
			return result, err
		}
		result.Deleted++
	}
	if err := d.root.RemoveAll(stage); err != nil {
		return result, err
	}
	d.owned, d.staged = keep, nil
	return result, d.writeJournal(keep)
}

// remove deletes a file of ours and the folders that this leaves empty.
func (d *Dir) remove(name string) error {
	if err := d.root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if d.root.Remove(dir) != nil {
			return nil // not empty: something foreign is in it
		}
	}
	return nil
}
