package cache

import (
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path"
	"slices"
	"strings"
	"sync"

	"qinglian/internal/flat"
	"qinglian/internal/rooted"
)

// ErrDamaged says that a piece of a pack is not what was put there: without
// the cache the build would have come out well.
var ErrDamaged = errors.New("the cache is damaged")

// Piece is a place in a pack. Its zero value is none.
type Piece struct {
	At   int64
	Size int
	Sum  uint32
}

// Tape records or plays a piece.
func (p *Piece) Tape(t *flat.Tape) {
	t.Int64(&p.At)
	t.Int(&p.Size)
	sum := uint64(p.Sum)
	t.Uint(&sum)
	p.Sum = uint32(sum)
}

// Pack is a file of pieces. It grows while a build works and is read by the
// same build: nothing is renamed over it or cut from it while it is open. It is
// used from several goroutines.
type Pack struct {
	root *os.Root
	name string

	mu      sync.Mutex
	file    *os.File
	written int64  // how long the file is
	waiting []byte // what comes behind that
	err     error  // the first failure

	rooms sync.Pool // of *[]byte, to read into
}

// packBuffer is how much is gathered before it is written, atOnce about how much is read
// at once: what stays in the processor's cache while it is copied.
const (
	packBuffer = 1 << 20
	atOnce     = 128 << 10
)

// NewPack makes an empty pack of a kind in a folder, under a name that none has there.
func NewPack(root *os.Root, folder, kind string) (*Pack, error) {
	if err := root.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	for n := 1; ; n++ {
		name := path.Join(folder, fmt.Sprintf("%s-%d", kind, n))
		f, err := root.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
		if errors.Is(err, os.ErrExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		return &Pack{root: root, name: name, file: f}, nil
	}
}

// OpenPack opens a pack that was length bytes long when what is in it was
// noted. What a build that was killed left behind that is overwritten.
func OpenPack(root *os.Root, name string, length int64) (*Pack, error) {
	f, err := root.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && (!info.Mode().IsRegular() || info.Size() < length) {
		err = ErrDamaged
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &Pack{root: root, name: name, file: f, written: length}, nil
}

// Name is the pack's path, for [OpenPack].
func (p *Pack) Name() string { return p.name }

// Length is how long the pack is, with what waits to be written.
func (p *Pack) Length() int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.written + int64(len(p.waiting))
}

// Add puts a piece into the pack.
func (p *Pack) Add(b []byte) (Piece, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	at := Piece{p.written + int64(len(p.waiting)), len(b), crc32.Checksum(b, polynomial)}
	if cap(p.waiting)-len(p.waiting) < len(b) {
		p.waiting = slices.Grow(p.waiting, max(len(b), cap(p.waiting)))
	}
	p.waiting = append(p.waiting, b...)
	if len(p.waiting) >= packBuffer {
		return at, p.flush()
	}
	return at, p.err
}

// Flush writes all that waits. A build flushes before it saves where the
// pieces are.
func (p *Pack) Flush() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.flush()
}

func (p *Pack) flush() error {
	if len(p.waiting) == 0 || p.err != nil {
		return p.err
	}
	n, err := p.file.WriteAt(p.waiting, p.written)
	p.written += int64(n)
	p.waiting = p.waiting[:copy(p.waiting, p.waiting[n:])]
	p.err = err
	return err
}

// Read is a piece of the pack. A failure is also kept for [Pack.Err].
func (p *Pack) Read(at Piece) (string, error) {
	text, err := p.ReadAll([]Piece{at})
	if err != nil {
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.err == nil { // else err may be of it: joined, it would double with each read
			p.err = err
		}
		return "", err
	}
	return text[0], nil
}

// Append appends a piece of the pack, which is read to where it belongs if there is room.
func (p *Pack) Append(to []byte, at Piece) ([]byte, error) {
	b, err := p.bytes(at, to[len(to):])
	if err == nil && crc32.Checksum(b, polynomial) != at.Sum {
		err = ErrDamaged
	}
	if err != nil {
		return to, err
	}
	return append(to, b...), nil
}

// ReadAll is pieces of the pack. Those that lie one behind the other are read at once.
func (p *Pack) ReadAll(at []Piece) ([]string, error) {
	all := make([]string, 0, len(at))
	room, ok := p.rooms.Get().(*[]byte)
	if !ok {
		room = new([]byte)
	}
	defer p.rooms.Put(room)
	for len(at) > 0 {
		n, span := 1, Piece{At: at[0].At, Size: at[0].Size}
		for n < len(at) && at[n].At == span.At+int64(span.Size) && at[n].Size >= 0 && span.Size < atOnce {
			span.Size += at[n].Size
			n++
		}
		b, err := p.bytes(span, *room)
		if err != nil {
			return nil, err
		}
		*room = b
		text := string(b)
		for _, piece := range at[:n] {
			if crc32.Checksum(b[:piece.Size], polynomial) != piece.Sum {
				return nil, ErrDamaged
			}
			all = append(all, text[:piece.Size])
			b, text = b[piece.Size:], text[piece.Size:]
		}
		at = at[n:]
	}
	return all, nil
}

// bytes is what is at a place, which is not known to be whole, in the room for it if
// that is enough.
func (p *Pack) bytes(at Piece, room []byte) ([]byte, error) {
	p.mu.Lock()
	length := p.written + int64(len(p.waiting))
	if at.At < 0 || at.Size < 0 || int64(at.Size) > length || at.At > length-int64(at.Size) {
		p.mu.Unlock()
		return nil, ErrDamaged
	}
	if at.At+int64(at.Size) > p.written {
		if err := p.flush(); err != nil {
			p.mu.Unlock()
			return nil, err
		}
	}
	p.mu.Unlock()
	b := slices.Grow(room[:0], at.Size)[:at.Size]
	if _, err := p.file.ReadAt(b, at.At); err != nil {
		return nil, errors.Join(ErrDamaged, err)
	}
	return b, nil
}

// Err is the first failure of a Read or a write: what was made of the pack
// since then is worth nothing.
func (p *Pack) Err() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.err
}

// Close lets go of the pack. What waits is dropped.
func (p *Pack) Close() error { return p.file.Close() }

// Drop closes a pack and deletes it.
func (p *Pack) Drop() error { return errors.Join(p.Close(), rooted.Remove(p.root, p.name)) }

// DropOthers deletes the packs of a folder that are of the same kind as this one:
// nothing refers to them any more. One that can't be deleted now goes another time.
func (p *Pack) DropOthers() {
	dir := path.Dir(p.name)
	kind := p.name[len(dir)+1 : strings.LastIndexByte(p.name, '-')+1]
	folder, err := p.root.Open(dir)
	if err != nil {
		return
	}
	defer folder.Close()
	names, _ := folder.Readdirnames(-1)
	for _, name := range names {
		if strings.HasPrefix(name, kind) && name != path.Base(p.name) {
			rooted.Remove(p.root, path.Join(dir, name)) //nolint:errcheck // see above
		}
	}
}
