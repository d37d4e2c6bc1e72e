// Package cache keeps what the last build knew, in files that may be lost at
// any time.
//
// It is sound because every value carries the digest or the stamp of all that
// it was made from, and because a file that is damaged, truncated or written
// by another version of the program is as good as none: loading it is never an
// error.
//
// What every build needs is one file, loaded at once. An edit adds to it what it
// changed ([LoadLog], [Add]), until that is so much that the file is written anew. What
// few pages of a build need lies in a [Pack] and is read piece by piece. A Pack only
// grows; which of its pieces count, the first file says.
//
// A file is replaced by one rename. A log and a pack are written into, but only
// behind all that counts in them: whenever a build is killed, or the disk is full, the
// next one finds what was there before, or all of what was added. One build works on a
// site at a time (cmd/qinglian holds a lock); who only reads beside it finds the same.
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
	body, rest, _, ok := load(root, name, engine)
	if !ok || rest != "" {
		return "", false
	}
	return body, true
}

// load reads a file: its body with the checksum, and what is behind it.
func load(root *os.Root, name string, engine digest.Digest) (body, rest string, sum uint32, ok bool) {
	f, err := root.Open(name)
	if err != nil {
		return "", "", 0, false
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Size() < int64(header) {
		return "", "", 0, false
	}
	head := make([]byte, header)
	if _, err := io.ReadFull(f, head); err != nil {
		return "", "", 0, false
	}
	behind := info.Size() - int64(header)
	length := binary.LittleEndian.Uint64(head[header-12:])
	if length > uint64(behind) {
		return "", "", 0, false
	}
	body, sum, err = text(f, int64(length))
	if err != nil || !bytes.Equal(head, heading(engine, len(body), sum)) {
		return "", "", 0, false
	}
	rest, _, err = text(f, behind-int64(length))
	return body, rest, sum, err == nil
}

// text reads so many bytes, with their checksum, through a buffer that stays in the
// processor's cache.
func text(from io.Reader, length int64) (string, uint32, error) {
	if length == 0 {
		return "", 0, nil
	}
	var b strings.Builder
	b.Grow(int(length))
	sum := crc32.New(polynomial)
	room := make([]byte, min(length, 256<<10))
	n, err := io.CopyBuffer(struct{ io.Writer }{io.MultiWriter(&b, sum)}, io.LimitReader(from, length), room)
	if err == nil && n < length {
		err = io.ErrUnexpectedEOF
	}
	return b.String(), sum.Sum32(), err
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
