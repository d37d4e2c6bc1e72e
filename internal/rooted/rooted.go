// Package rooted deletes and renames inside an [os.Root], also where the system does
// not know the way in which os.Root does it.
//
// On Windows, os.Root asks for the way of POSIX and takes the old one on three answers.
// Old servers, network drives and Wine answer otherwise, and then nothing could be
// deleted at all. Where an answer is about the way, not about the file, what was asked
// for is done by the plain path of the root's folder, within the same bounds: the path
// still leads to the folder that is open, no component of it is a link, and none leads
// out. Somebody who can write there could make a link of a folder between the check and
// the call; os.Root is asked first, so this is open only where it could do nothing.
//
// All else that is done in a root works everywhere, and is called on it.
package rooted

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
)

// Remove deletes a file, a link, or an empty folder.
func Remove(root *os.Root, name string) error {
	err := root.Remove(name)
	if !unknownWay(err) {
		return err
	}
	return plainly(root, os.Remove, name)
}

// Rename gives a file or a folder another name; a file that has it is replaced.
func Rename(root *os.Root, from, to string) error {
	err := root.Rename(from, to)
	if !unknownWay(err) {
		return err
	}
	return plainly(root, func(at string) error {
		return plainly(root, func(place string) error { return os.Rename(at, place) }, to)
	}, from)
}

// RemoveAll deletes what has a name, if there is anything, and all that is in it. It is
// not os.Root's, and neither os.RemoveAll, which stop at what they can't delete their way.
func RemoveAll(root *os.Root, name string) error {
	info, err := root.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if info.IsDir() {
		if err := empty(root, name); err != nil {
			return err
		}
	}
	if err := Remove(root, name); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// RemoveFolder deletes a folder by its path, with all that is in it.
func RemoveFolder(dir string) error {
	root, err := os.OpenRoot(filepath.Dir(dir))
	if err != nil {
		return err
	}
	return errors.Join(RemoveAll(root, filepath.Base(dir)), root.Close())
}

// empty deletes what is in a folder.
func empty(root *os.Root, name string) error {
	folder, err := root.Open(name)
	if err != nil {
		return err
	}
	names, err := folder.Readdirnames(-1)
	if err = errors.Join(err, folder.Close()); err != nil { // Windows deletes no open folder
		return err
	}
	for _, in := range names {
		if err := RemoveAll(root, path.Join(name, in)); err != nil {
			return err
		}
	}
	return nil
}

// plainly does what the root can't do with a name, by its plain path.
func plainly(root *os.Root, do func(at string) error, name string) error {
	if err := within(root, name); err != nil {
		return err
	}
	return do(filepath.Join(root.Name(), filepath.FromSlash(name)))
}

// within reports, as an error, what would lead the plain path of a name elsewhere than
// the root does: a component that is a link, or stands in for a folder, and a root whose
// own path leads to another folder by now.
func within(root *os.Root, name string) error {
	if !filepath.IsLocal(filepath.FromSlash(name)) || path.Clean(name) == "." {
		return fmt.Errorf("%q is no name inside %s", name, root.Name())
	}
	opened, err := root.Stat(".")
	if err != nil {
		return err
	}
	now, err := os.Stat(root.Name())
	if err != nil {
		return err
	}
	if !os.SameFile(opened, now) {
		return fmt.Errorf("%s is another folder than it was", root.Name())
	}
	for dir := path.Dir(path.Clean(name)); dir != "."; dir = path.Dir(dir) {
		info, err := root.Lstat(dir)
		if err != nil {
			return err
		}
		if !info.IsDir() {
			return fmt.Errorf("%s is no folder", dir)
		}
	}
	return nil
}

// unknownWay reports whether a system does not know how it was asked.
func unknownWay(err error) bool {
	return errors.Is(err, errors.ErrUnsupported) ||
		slices.ContainsFunc(unknownWays, func(answer error) bool { return errors.Is(err, answer) })
}
