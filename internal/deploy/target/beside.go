package target

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"path"
	"strings"
	"sync"

	"qinglian/internal/digest"
)

// beside is the name under which a file is written before it takes its place, and aside
// the one that the old file has while the new one does, where a server can't replace.
// The first is made of the name and the bytes, so that two who send different files at once
// do not write into one another's, and what a cut has left of a file is written over when
// the same file is sent again. The ledger, of whose bytes nobody keeps a record, has one.
func beside(name string, sum digest.Digest) string {
	if name == ledgerName {
		return hidden(name, "new")
	}
	return hidden(name, sum.Short())
}

func aside(name string) string { return hidden(name, "old") }

// Aside is where a file lies, as it was, if the line was cut while another took its place.
func Aside(name string) string { return aside(name) }

func hidden(name, mark string) string {
	folder, base := path.Split(name)
	if len(base) > 100 { // file systems end a name at 255 bytes
		sum := sha256.Sum256([]byte(base))
		base = strings.ToValidUTF8(base[:80], "") + "-" + hex.EncodeToString(sum[:4])
	}
	return folder + "." + base + ".qinglian-" + mark
}

// files is what a server's protocol offers to put a file into another one's place.
type files interface {
	rename(from, to string) error // may refuse where there is something already
	remove(name string) error
}

// replace gives a file the name of another one on a server whose rename does not replace.
// The old file is moved aside first, and back when its place can't be taken. Between the
// two renames, readers find nothing; if the line is cut there, so they do until the next
// run, and the old file lies aside until it is swept. The ledger is looked for there.
func replace(server files, from, to, aside string) error {
	first := server.rename(from, to)
	if first == nil {
		return nil
	}
	if err := server.remove(aside); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := server.rename(to, aside); lost(err) {
		return err
	} else if err != nil {
		return first // nothing was in the way: the first answer is the reason
	}
	if err := server.rename(from, to); err != nil {
		return errors.Join(err, server.rename(aside, to))
	}
	return server.remove(aside)
}

// folders are those of which it is known that they are there, and inside of the place.
type folders struct {
	mutex sync.Mutex
	known map[string]bool
}

func (f *folders) has(folder string) bool {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return f.known[folder]
}

func (f *folders) add(folder string) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if f.known == nil {
		f.known = map[string]bool{}
	}
	f.known[folder] = true
}

// forget forgets a folder, and those above it.
func (f *folders) forget(folder string) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	for ; folder != "."; folder = path.Dir(folder) {
		delete(f.known, folder)
	}
}
