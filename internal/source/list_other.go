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
			if err = failed; err != nil {
				break
			}
			here[e.Name] = e
		}
		for name := range names {
			e, there := here[name]
			if !there && err == nil { // letter case may not tell names apart
				if info, gone := os.Lstat(folder.Name() + "/" + name); gone == nil {
					e, there = Entry{name, info.Mode().Type(), NewStamp(info)}, true
				}
			}
			if (there || err != nil) && !yield(e, err) {
				return
			}
		}
	}
}
