package snapshot

import "io"

// copy is the Render of a file that is published byte for byte.
func (t *taker) copy(name string) func(io.Writer) error {
	root := t.site.Root
	return func(w io.Writer) error {
		f, err := root.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		_, err = io.Copy(w, f)
		return err
	}
}
