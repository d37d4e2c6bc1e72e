// Package cache keeps what the last build knew, in one file that may be lost
// at any time.
//
// It is sound because every value carries the digest or the stamp of all that
// it was made from, and because a file that is damaged, truncated or written
// by another version of the program is as good as none: loading it is never an
// error.
package cache

import (
	"bytes"
	"encoding/gob"
	"io"
	"os"
	"path/filepath"

	"qinglian/internal/digest"
)

const magic = "qinglian cache 1\n"

// Load reads what the program with the digest engine saved, into value (a
// pointer), and reports whether there was any.
func Load(root *os.Root, name string, engine digest.Digest, value any) bool {
	b, err := root.ReadFile(name)
	if err != nil {
		return false
	}
	head := len(magic) + len(engine) + len(digest.Digest{})
	if len(b) < head || string(b[:len(magic)]) != magic || !bytes.Equal(b[len(magic):len(magic)+len(engine)], engine[:]) {
		return false
	}
	sum := digest.Of(b[head:])
	if !bytes.Equal(b[head-len(sum):head], sum[:]) {
		return false
	}
	return gob.NewDecoder(bytes.NewReader(b[head:])).Decode(value) == nil
}

// Save writes a value, whole or not at all.
func Save(root *os.Root, name string, engine digest.Digest, value any) error {
	var body bytes.Buffer
	if err := gob.NewEncoder(&body).Encode(value); err != nil {
		return err
	}
	sum := digest.Of(body.Bytes())
	if err := root.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	temporary := name + ".new"
	f, err := root.Create(temporary)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, io.MultiReader(bytes.NewReader([]byte(magic)), bytes.NewReader(engine[:]), bytes.NewReader(sum[:]), &body))
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return root.Rename(temporary, name)
}
