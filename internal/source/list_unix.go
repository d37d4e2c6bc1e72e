//go:build linux || darwin

package source

import (
	"errors"
	"io/fs"
	"iter"
	"os"
	"slices"

	"golang.org/x/sys/unix"
)

// List lists an open folder: how many entries it has at most, and these. Of tens of
// thousands of files that a build asks for no [fs.FileInfo] is made: that is most of what
// looking at them takes.
func List(folder *os.File) (most int, entries iter.Seq2[Entry, error], err error) {
	names, err := folder.Readdirnames(-1)
	return len(names), Ask(folder, slices.Values(names)), err
}

// Ask is what an open folder has under names, in their order. What is not there is left out.
func Ask(folder *os.File, names iter.Seq[string]) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		var st unix.Stat_t
		for name := range names {
			var err error = unix.EINTR
			for err == unix.EINTR {
				err = unix.Fstatat(int(folder.Fd()), name, &st, unix.AT_SYMLINK_NOFOLLOW)
			}
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				err = &fs.PathError{Op: "lstat", Path: folder.Name() + "/" + name, Err: err}
			}
			e := Entry{name, typeOf(uint32(st.Mode)), Stamp{st.Size, st.Mtim.Nano(), st.Ctim.Nano(), uint64(st.Ino)}}
			if !yield(e, err) {
				return
			}
		}
	}
}

func typeOf(mode uint32) fs.FileMode {
	switch mode & unix.S_IFMT {
	case unix.S_IFREG:
		return 0
	case unix.S_IFDIR:
		return fs.ModeDir
	case unix.S_IFLNK:
		return fs.ModeSymlink
	}
	return fs.ModeIrregular
}
