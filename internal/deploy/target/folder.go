package target

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"qinglian/internal/digest"
	"qinglian/internal/rooted"
)

// folder is a folder of this machine: a share, a memory stick. All of it happens inside an
// os.Root: no name and no link leads out.
type folder struct{ root *os.Root }

// OpenFolder opens a folder. It is made if it is not there, but not what it lies in: where
// a stick or a share is missing, nothing is to be written in its stead.
func OpenFolder(dir string) (Target, error) {
	if err := os.Mkdir(dir, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return folder{root}, nil
}

func (f folder) Stat(_ context.Context, name string) (Stat, error) {
	info, err := f.root.Lstat(name)
	if err != nil {
		return Stat{}, err
	}
	if !info.Mode().IsRegular() {
		return Stat{}, fmt.Errorf("%s is no file", filepath.Join(f.root.Name(), name))
	}
	return Stat{Size: info.Size(), Modified: info.ModTime()}, nil
}

func (f folder) Read(_ context.Context, name string) (io.ReadCloser, error) { return f.root.Open(name) }

// part is the name of a file until it is whole. It follows from the file's, so that what
// was left by somebody who was killed is written over by who finishes the work.
func part(name string) string {
	return path.Join(path.Dir(name), ".qinglian-part-"+digest.Of([]byte(path.Base(name))).Short())
}

func (f folder) Write(_ context.Context, name string, body []byte, _ Meta) error {
	if dir := path.Dir(name); dir != "." {
		if err := f.root.MkdirAll(dir, 0o755); err != nil {
			return err
		}
	}
	if err := f.root.WriteFile(part(name), body, 0o644); err != nil {
		return err
	}
	return rooted.Rename(f.root, part(name), name)
}

func (f folder) Delete(_ context.Context, name string) error {
	for _, n := range []string{name, part(name)} {
		if err := rooted.Remove(f.root, n); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if rooted.Remove(f.root, dir) != nil {
			return nil // not empty: something else is in it
		}
	}
	return nil
}

// Streams: a share answers slowly, and a disk is not slower for several.
func (f folder) Streams() int { return 8 }

func (f folder) Encodes() bool { return false }

func (f folder) Close() error { return f.root.Close() }
