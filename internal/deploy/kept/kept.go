// Package kept keeps the versions that were delivered to a place, to put one of them back.
//
// They are in the site's own folder of what may be lost, .qinglian, on the machine that
// delivered them, and not at the place: what was withdrawn there must not stay where it can
// be reached. Versions share what they have in common: each content is one file, named by
// its digest, and packed where that pays. It is no link to the published file: that would
// change what the file system says of it, and a build would make the whole site anew.
// What is read is compared with its name.
package kept

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

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

// Contents is the folder, in that of all places, of what files hold. Without it no version
// is whole; what else is kept of a place is as it was.
func Contents(folder string) string { return path.Join(folder, files) }

// Open is the store of the place with a name, in a folder of the site's.
func Open(root *os.Root, folder, name string) Store { return Store{root, folder, name} }

// Ledger is the name of a file for the ledger of a place that can't be asked.
func (s Store) Ledger() string { return path.Join(s.folder, s.name, "ledger") }

const (
	files   = "files"
	version = "version-"
	stamp   = "20060102-150405"
)

// names are those that what a file holds may have: as it is, or packed.
func (s Store) names(f deploy.File) (plain, packed string) {
	plain = path.Join(s.folder, files, f.Sum.String())
	return plain, plain + ".gz"
}

// there reports whether what a file holds is kept.
func (s Store) there(f deploy.File) bool {
	plain, packed := s.names(f)
	if info, err := s.root.Lstat(packed); err == nil && info.Size() > 0 {
		return true
	}
	info, err := s.root.Lstat(plain)
	return err == nil && info.Size() == f.Size
}

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
// wanted. published is the folder that holds its files.
func (s Store) Keep(l deploy.Ledger, earlier int, published *os.Root) error {
	if earlier == 0 {
		return s.drop(func(deploy.Ledger) bool { return true })
	}
	for _, dir := range []string{files, s.name} {
		if err := s.root.MkdirAll(path.Join(s.folder, dir), 0o755); err != nil {
			return err
		}
	}
	var group errgroup.Group
	group.SetLimit(atOnce)
	for _, f := range distinct(l.Files()) {
		group.Go(func() error {
			if err := s.take(f, published); err != nil {
				return fmt.Errorf("%s: %w", f.Path, err)
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return err
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

// atOnce is how many files are kept at the same time.
const atOnce = 8

// distinct are files of which no two hold the same.
func distinct(files []deploy.File) (out []deploy.File) {
	seen := make(map[digest.Digest]bool, len(files))
	for _, f := range files {
		if !seen[f.Sum] {
			seen[f.Sum] = true
			out = append(out, f)
		}
	}
	return out
}

// take makes sure that what a file holds is kept.
func (s Store) take(f deploy.File, published *os.Root) error {
	if s.there(f) {
		return nil
	}
	b, err := published.ReadFile(f.Path)
	if err != nil {
		return err
	}
	if digest.Of(b) != f.Sum {
		return errors.New("it is another file by now")
	}
	name, packed := s.names(f)
	if small, ok := deploy.Pack(f.Path, b); ok {
		name, b = packed, small
	}
	if err := s.root.WriteFile(name+".new", b, 0o644); err != nil {
		return err
	}
	return rooted.Rename(s.root, name+".new", name)
}

// Read is what a file of a kept version holds.
func (s Store) Read(f deploy.File) ([]byte, error) {
	plain, packed := s.names(f)
	b, err := s.root.ReadFile(packed)
	if err == nil {
		b = deploy.Unpack(b)
	} else if errors.Is(err, fs.ErrNotExist) {
		b, err = s.root.ReadFile(plain)
	}
	if err == nil && digest.Of(b) != f.Sum {
		err = fmt.Errorf("%s: what was kept of it is damaged", f.Path)
	}
	return b, err
}

// Whole reports whether all that a version holds is there.
func (s Store) Whole(l deploy.Ledger) bool {
	for _, e := range l.Entries {
		if !s.there(e.File) {
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
	contents, err := fs.ReadDir(s.root.FS(), Contents(s.folder))
	if errors.Is(err, fs.ErrNotExist) { // somebody has deleted what an article had that is withdrawn
		return nil
	}
	if err != nil {
		return err
	}
	for _, c := range contents {
		if used[strings.TrimSuffix(c.Name(), ".gz")] {
			continue
		}
		if err := rooted.Remove(s.root, path.Join(s.folder, files, c.Name())); err != nil {
			return err
		}
	}
	return nil
}
