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
