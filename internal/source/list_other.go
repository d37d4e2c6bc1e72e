//go:build !linux && !darwin

package source

import (
	"errors"
	"io/fs"
	"iter"
	"os"
)

// List lists an open folder: how many entries it has at most, and these.
func List(folder *os.File) (most int, entries iter.Seq2[Entry, error], err error) {
	all, err := folder.ReadDir(-1)
	return len(all), func(yield func(Entry, error) bool) {
		for _, e := range all {
			info, err := e.Info()
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			found := Entry{Name: e.Name(), Type: e.Type()}
			if err == nil {
				found.Stamp = NewStamp(info)
			}
			if !yield(found, err) {
				return
			}
		}
	}, err
}

// Ask is what an open folder has under names, in their order.
func Ask(folder *os.File, names iter.Seq[string]) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		most, all, err := List(folder)
		here := make(map[string]Entry, most)
		for e, failed := range all {
			if err == nil {
				err = failed
			}
			here[e.Name] = e
		}
		if err != nil {
			yield(Entry{}, err)
			return
		}
		for name := range names {
			e, there := here[name]
			if !there { // letter case may not tell names apart
				info, failed := os.Lstat(folder.Name() + "/" + name)
				if errors.Is(failed, fs.ErrNotExist) {
					continue
				}
				if err = failed; err == nil {
					e = Entry{name, info.Mode().Type(), NewStamp(info)}
				}
			}
			if !yield(e, err) {
				return
			}
		}
	}
}
