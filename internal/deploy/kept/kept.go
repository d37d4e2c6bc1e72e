// Package kept keeps the versions that were delivered to a place, to put one of them back.
//
// They are in the site's own folder of what may be lost, .qinglian, on the machine that
// delivered them, and not at the place: what was withdrawn there must not stay where it can
// be reached. Versions share what they have in common: each content is one file, named by
// its digest, and where the file system can, it is the published file itself (a link), which
// a build replaces and never writes into. What is read is compared with its name.
package kept

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"qinglian/internal/deploy"
	"qinglian/internal/digest"
	"qinglian/internal/rooted"
)

// Store is what is kept of a place.
type Store struct {
	root   *os.Root // the site's folder
	folder string   // in it, of all places
	name   string   // of the place
}

// Open is the store of the place with a name, in a folder of the site's.
func Open(root *os.Root, folder, name string) Store { return Store{root, folder, name} }

// Ledger is the name of a file for the ledger of a place that can't be asked.
func (s Store) Ledger() string { return path.Join(s.folder, s.name, "ledger") }

const (
	files   = "files"
	version = "version-"
	stamp   = "20060102-150405"
)

func (s Store) at(f deploy.File) string { return path.Join(s.folder, files, f.Sum.String()) }

// Versions are those that are kept, the last one first. What is damaged is none.
func (s Store) Versions() ([]deploy.Ledger, error) { return s.versions(s.name) }

func (s Store) versions(place string) (all []deploy.Ledger, err error) {
	entries, err := fs.ReadDir(s.root.FS(), path.Join(s.folder, place))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	for _, e := range slices.Backward(entries) {
		if !strings.HasPrefix(e.Name(), version) {
			continue
		}
		b, err := s.root.ReadFile(path.Join(s.folder, place, e.Name()))
		if err != nil {
			return nil, err
		}
		if l, ok := deploy.Parse(string(b)); ok {
			all = append(all, l)
		}
	}
	return all, err
}

func (s Store) file(l deploy.Ledger) string {
	return path.Join(s.folder, s.name, version+l.At.UTC().Format(stamp)+"-"+l.Version.Short())
}

// Keep keeps the version that a ledger lists, and of the earlier ones as many as are
// wanted. published is the folder that holds its files, inside the site's or not.
func (s Store) Keep(l deploy.Ledger, earlier int, published *os.Root, within string) error {
	if earlier == 0 {
		return s.drop(func(deploy.Ledger) bool { return true })
	}
	for _, dir := range []string{files, s.name} {
		if err := s.root.MkdirAll(path.Join(s.folder, dir), 0o755); err != nil {
			return err
		}
	}
	for _, e := range l.Entries {
		if err := s.take(e.File, published, within); err != nil {
			return fmt.Errorf("%s: %w", e.Path, err)
		}
	}
	name := s.file(l)
	if err := s.root.WriteFile(name+".new", []byte(l.Text()), 0o644); err != nil {
		return err
	}
	if err := rooted.Rename(s.root, name+".new", name); err != nil {
		return err
	}
	count := 0
	return s.drop(func(of deploy.Ledger) bool {
		if of.Version == l.Version {
			return of.At != l.At
		}
		count++
		return count > earlier
	})
}

// take makes sure that what a file holds is kept.
func (s Store) take(f deploy.File, published *os.Root, within string) error {
	name := s.at(f)
	if info, err := s.root.Lstat(name); err == nil && info.Size() == f.Size {
		return nil
	}
	if within != "" && s.root.Link(path.Join(within, f.Path), name) == nil {
		return nil
	}
	b, err := published.ReadFile(f.Path)
	if err != nil {
		return err
	}
	if digest.Of(b) != f.Sum {
		return errors.New("it is another file by now")
	}
	if err := s.root.WriteFile(name+".new", b, 0o644); err != nil {
		return err
	}
	return rooted.Rename(s.root, name+".new", name)
}

// Read is what a file of a kept version holds.
func (s Store) Read(f deploy.File) ([]byte, error) {
	b, err := s.root.ReadFile(s.at(f))
	if err == nil && digest.Of(b) != f.Sum {
		err = fmt.Errorf("%s: what was kept of it is damaged", f.Path)
	}
	return b, err
}

// Whole reports whether all that a version holds is there.
func (s Store) Whole(l deploy.Ledger) bool {
	for _, e := range l.Entries {
		if info, err := s.root.Lstat(s.at(e.File)); err != nil || info.Size() != e.Size {
			return false
		}
	}
	return true
}

// Forget drops a version: it was taken back.
func (s Store) Forget(v digest.Digest) error {
	return s.drop(func(of deploy.Ledger) bool { return of.Version == v })
}

// drop drops versions, and then all content that is no other's.
func (s Store) drop(which func(deploy.Ledger) bool) error {
	all, err := s.Versions()
	if err != nil {
		return err
	}
	dropped := false
	for _, l := range all {
		if !which(l) {
			continue
		}
		dropped = true
		if err := rooted.Remove(s.root, s.file(l)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if !dropped {
		return nil
	}
	return s.sweep()
}

// sweep deletes content that no version of any place has.
func (s Store) sweep() error {
	places, err := fs.ReadDir(s.root.FS(), s.folder)
	if err != nil {
		return err
	}
	used := map[string]bool{}
	for _, place := range places {
		versions, err := s.versions(place.Name())
		if err != nil {
			return err
		}
		for _, l := range versions {
			for _, e := range l.Entries {
				used[e.Sum.String()] = true
			}
		}
	}
	contents, err := fs.ReadDir(s.root.FS(), path.Join(s.folder, files))
	if err != nil {
		return err
	}
	for _, c := range contents {
		if used[c.Name()] {
			continue
		}
		if err := rooted.Remove(s.root, path.Join(s.folder, files, c.Name())); err != nil {
			return err
		}
	}
	return nil
}
