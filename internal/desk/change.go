package desk

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"qinglian/internal/diag"
	"qinglian/internal/rooted"
	"qinglian/internal/source"
)

// stage is how the names of files begin that are not in their place yet. The rest is
// chance: two programs may write into one folder.
const stage = ".qinglian-new-"

// stale is the age at which what is staged belongs to nobody any more. If it does, its
// change fails: nothing else ever has that name.
const stale = time.Hour

// change is files on the way to their places.
type change struct {
	*source.Site
	files  []File
	staged []string // where each file is until it takes its place
	placed int      // how many have
	made   []string // folders that were not there
}

func (c *change) write() (refused diag.Text, err error) {
	for _, f := range c.files {
		if err := c.makeFolders(f); err != nil {
			return refused, err
		}
		name, err := c.stage(f.path, f.content, f.edited)
		if err != nil {
			return refused, err
		}
		c.staged = append(c.staged, name)
	}
	for i, f := range c.files {
		if refused, err = f.check(c.Site); err != nil || refused != (diag.Text{}) {
			return refused, err
		}
		if err = c.place(f, c.staged[i]); errors.Is(err, fs.ErrExist) {
			return taken(f.path), nil
		}
		if err != nil {
			return refused, err
		}
		c.placed++
	}
	return refused, nil
}

func (c *change) makeFolders(f File) error {
	for _, folder := range folders(f.path) {
		err := c.Root.Mkdir(folder, 0o755)
		if err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
		if err == nil {
			c.made = append(c.made, folder)
		}
	}
	return nil
}

// stage writes a content beside its place, with the mode of the file that is there.
func (c *change) stage(to string, content []byte, there bool) (name string, err error) {
	mode := fs.FileMode(0o644)
	if there {
		info, err := c.Root.Stat(to)
		if err != nil {
			return "", err
		}
		mode = info.Mode().Perm()
	}
	name = path.Join(path.Dir(to), stage+rand.Text())
	f, err := c.Root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, mode)
	if err != nil {
		return "", err
	}
	_, err = f.Write(content)
	if there {
		err = errors.Join(err, f.Chmod(mode)) // the umask may have taken of it
	}
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return "", errors.Join(err, rooted.Remove(c.Root, name)) // it may be what fills the disk
	}
	return name, nil
}

// place puts what was staged into its place. A new file is linked to it, which fails
// where there is one, as renaming does not.
func (c *change) place(f File, staged string) error {
	if f.edited {
		return rooted.Rename(c.Root, staged, f.path)
	}
	err := c.Root.Link(staged, f.path)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	return c.occupy(f.path, staged) // FAT, and some shared folders, have no links
}

// occupy takes a free place with an empty file, over which what was staged is renamed.
func (c *change) occupy(to, staged string) error {
	f, err := c.Root.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	if err = errors.Join(f.Close(), rooted.Rename(c.Root, staged, to)); err != nil {
		return errors.Join(err, rooted.Remove(c.Root, to))
	}
	return nil
}

// undo takes a change back: each file that is still as it was placed, and the folders
// that were made for it.
func (c *change) undo() error {
	var failed []error
	for _, f := range slices.Backward(c.files[:c.placed]) {
		now, err := c.Read(f.path)
		switch {
		case errors.Is(err, fs.ErrNotExist) || err == nil && !bytes.Equal(now, f.content):
			continue // another program has been there since
		case err == nil:
			err = c.revert(f)
		}
		failed = append(failed, err)
	}
	c.tidy()
	for _, folder := range slices.Backward(c.made) {
		rooted.Remove(c.Root, folder) //nolint:errcheck // one in which there is something by now stays
	}
	return errors.Join(failed...)
}

func (c *change) revert(f File) error {
	if !f.edited {
		return rooted.Remove(c.Root, f.path)
	}
	name, err := c.stage(f.path, f.read, true)
	if err != nil {
		return err
	}
	c.staged = append(c.staged, name)
	return rooted.Rename(c.Root, name, f.path)
}

// tidy removes what is staged and has no use any more, also what was left by a program
// that was killed. What can't be removed is hidden, and the next change's to remove.
func (c *change) tidy() {
	for _, name := range c.staged {
		rooted.Remove(c.Root, name) //nolint:errcheck // see above: most have been renamed
	}
	looked := map[string]bool{}
	for _, f := range c.files {
		if folder := path.Dir(f.path); !looked[folder] {
			looked[folder] = true
			c.sweep(folder)
		}
	}
}

func (c *change) sweep(folder string) {
	f, err := c.Root.Open(folder)
	if err != nil {
		return
	}
	defer f.Close()
	names, _ := f.Readdirnames(-1)
	for _, name := range names {
		if !strings.HasPrefix(name, stage) {
			continue
		}
		name = path.Join(folder, name)
		if info, err := c.Root.Lstat(name); err == nil && time.Since(info.ModTime()) > stale {
			rooted.Remove(c.Root, name) //nolint:errcheck // see tidy
		}
	}
}
