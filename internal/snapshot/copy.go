package snapshot

import (
	"io"

	"qinglian/internal/build"
)

// copy is the Render of a file that is published byte for byte.
func (t *taker) copy(name string) func(io.Writer) error {
	root := t.site.Root
	return func(w io.Writer) error {
		f, err := root.Open(name)
		if err != nil {
			return build.Machine{Err: err}
		}
		defer f.Close()
		if _, err = io.Copy(w, f); err != nil {
			return build.Machine{Err: err}
		}
		return nil
	}
}
