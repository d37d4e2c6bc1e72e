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
	"sync"

	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/rooted"
)

// folder is a folder of this machine: a share, a memory stick. All of it happens inside an
// os.Root: no name and no link leads out.
type folder struct {
	dir string

	mu   sync.Mutex
	root *os.Root // nil before it is there
}

// OpenFolder opens a folder. The first Write makes it if it is not there, but not what it
// lies in: where a stick or a share is missing, nothing is to be written in its stead.
func OpenFolder(dir string) (Target, error) {
	f := &folder{dir: dir}
	if _, err := f.inside(); !errors.Is(err, fs.ErrNotExist) {
		return f, err
	}
	if _, err := os.Stat(filepath.Dir(dir)); err != nil {
		return nil, diag.Failure{Err: ErrRefused, Text: diag.Say("没有文件夹 %s：U 盘插好了吗，共享连上了吗",
			"there is no folder %s: is the stick plugged in, the share connected", filepath.Dir(dir))}
	}
	return f, nil
}

// inside is the folder's root.
func (f *folder) inside() (root *os.Root, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.root == nil {
		f.root, err = os.OpenRoot(f.dir)
	}
	return f.root, err
}

func (f *folder) Stat(_ context.Context, name string) (Stat, error) {
	root, err := f.inside()
	if err != nil {
		return Stat{}, err
	}
	info, err := root.Lstat(name)
	if err != nil {
		return Stat{}, err
	}
	if !info.Mode().IsRegular() {
		return Stat{}, fmt.Errorf("%s: %w", filepath.Join(f.dir, name), ErrNoFile)
	}
	return Stat{Size: info.Size(), Modified: info.ModTime()}, nil
}

func (f *folder) Read(_ context.Context, name string) (io.ReadCloser, error) {
	root, err := f.inside()
	if err != nil {
		return nil, err
	}
	return root.Open(name)
}

// part is the name of a file until it is whole. It follows from the file's, so that what
// was left by somebody who was killed is written over by who finishes the work.
func part(name string) string {
	return path.Join(path.Dir(name), ".qinglian-part-"+digest.Of([]byte(path.Base(name))).Short())
}

func (f *folder) Write(_ context.Context, name string, body []byte, _ Meta) error {
	root, err := f.inside()
	if errors.Is(err, fs.ErrNotExist) {
		if err := os.Mkdir(f.dir, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
		root, err = f.inside()
	}
	if err != nil {
		return err
	}
	if dir := path.Dir(name); dir != "." {
		if err := root.MkdirAll(dir, 0o755); err != nil {
			return err
		}
	}
	if err := root.WriteFile(part(name), body, 0o644); err != nil {
		return err
	}
	return rooted.Rename(root, part(name), name)
}

func (f *folder) Delete(_ context.Context, name string) error {
	root, err := f.inside()
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, n := range []string{name, part(name)} {
		if err := rooted.Remove(root, n); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if rooted.Remove(root, dir) != nil {
			return nil // not empty: something else is in it
		}
	}
	return nil
}

// Sweep: a part is named by its file alone, so Write takes it over, and Delete away.
func (f *folder) Sweep(context.Context, string, digest.Digest) error { return nil }

// Streams: a share answers slowly, and a disk is not slower for several.
func (f *folder) Streams() int { return 8 }

func (f *folder) Encodes() bool { return false }

func (f *folder) Close() error {
	if f.root == nil {
		return nil
	}
	return f.root.Close()
}
