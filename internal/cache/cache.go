// Package cache keeps what the last build knew, in files that may be lost at
// any time.
//
// It is sound because every value carries the digest or the stamp of all that
// it was made from, and because a file that is damaged, truncated or written
// by another version of the program is as good as none: loading it is never an
// error.
//
// What every build needs is one file, loaded at once ([Load]). What few pages
// of a build need lies in a [Pack] and is read piece by piece. A Pack only
// grows; which of its pieces count, the first file says.
package cache

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"os"
	"path"
	"strings"

	"qinglian/internal/digest"
	"qinglian/internal/rooted"
)

// A file is the magic, the engine, the length and the checksum of the body,
// and the body. CRC-32C finds damage, all that a disk or a kill can do, at the
// speed of reading; who can write the file can also write its checksum, so a
// stronger one would promise nothing more.
const (
	magic  = "qinglian cache 2\n"
	header = len(magic) + len(digest.Digest{}) + 8 + 4
)

var polynomial = crc32.MakeTable(crc32.Castagnoli)

// Load reads what the program with the digest engine saved; ok is false if
// there is nothing whole.
func Load(root *os.Root, name string, engine digest.Digest) (body string, ok bool) {
	f, err := root.Open(name)
	if err != nil {
		return "", false
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Size() < int64(header) {
		return "", false
	}
	head := make([]byte, header)
	if _, err := io.ReadFull(f, head); err != nil {
		return "", false
	}
	var b strings.Builder
	b.Grow(int(info.Size()) - header)
	sum := crc32.New(polynomial)
	if _, err := io.CopyBuffer(struct{ io.Writer }{io.MultiWriter(&b, sum)}, struct{ io.Reader }{f}, make([]byte, 256<<10)); err != nil {
		return "", false
	}
	if !bytes.Equal(head, heading(engine, b.Len(), sum.Sum32())) {
		return "", false
	}
	return b.String(), true
}

// Has reports whether there is a file of that name, whole or not.
func Has(root *os.Root, name string) bool {
	info, err := root.Lstat(name)
	return err == nil && info.Mode().IsRegular()
}

func heading(engine digest.Digest, length int, sum uint32) []byte {
	head := append([]byte(magic), engine[:]...)
	head = binary.LittleEndian.AppendUint64(head, uint64(length))
	return binary.LittleEndian.AppendUint32(head, sum)
}

// Save writes a file, whole or not at all. Nobody else may be saving it.
func Save(root *os.Root, name string, engine digest.Digest, body []byte) error {
	return save(root, name, name+".new", engine, body)
}

// Share is Save for a file whose name says what it holds: others, a preview
// beside a build, may be saving the same.
func Share(root *os.Root, name string, engine digest.Digest, body []byte) error {
	return save(root, name, name+"."+rand.Text()+".new", engine, body)
}

func save(root *os.Root, name, temporary string, engine digest.Digest, body []byte) error {
	if err := root.MkdirAll(path.Dir(name), 0o755); err != nil {
		return err
	}
	f, err := root.Create(temporary)
	if err != nil {
		return err
	}
	_, err = f.Write(heading(engine, len(body), crc32.Checksum(body, polynomial)))
	if err == nil {
		_, err = f.Write(body)
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = rooted.Rename(root, temporary, name)
	}
	if err != nil {
		return errors.Join(err, rooted.Remove(root, temporary)) // it may be what fills the disk
	}
	return nil
}
