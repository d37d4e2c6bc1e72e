package snapshot

import (
	"errors"
	"os"
	"sync"

	"qinglian/internal/cache"
	"qinglian/internal/digest"
	"qinglian/internal/flat"
	"qinglian/internal/search"
)

// index is what is kept of a search index: one file that is read as a whole, and a pack
// of its shards, which an edit reads some at a time and adds few to. The file names
// the pack and how long it is, as the file of a State does with its own: a build that
// is killed leaves the file as it was, and what it added to the pack is overwritten.
type index struct {
	search.Kept
	shards *room
	texts  *room         // where texts wait to be written, and runs to be merged
	sum    digest.Digest // of what is in that file; zero if there is none
	size   int           // of it

	from func() (*index, error) // reads what is kept; nil once that was done
}

// room is a pack that is made once something is put into it. It is used from several
// goroutines.
type room struct {
	root         *os.Root
	folder, kind string

	mu   sync.Mutex
	pack *cache.Pack // nil if there is none yet

	noted bool // the file of what is kept refers to the pack
}

func newRoom(root *os.Root, folder, kind string) *room {
	return &room{root: root, folder: folder, kind: kind}
}

// open is the pack.
func (r *room) open() (pack *cache.Pack, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.pack == nil {
		r.pack, err = cache.NewPack(r.root, r.folder, r.kind)
	}
	return r.pack, err
}

func (r *room) put(text []byte) (search.Place, error) {
	pack, err := r.open()
	if err != nil {
		return search.Place{}, err
	}
	piece, err := pack.Add(text)
	return search.Place(piece), err
}

func (r *room) read(at []search.Place) ([]string, error) {
	pack, err := r.open()
	if err != nil {
		return nil, err
	}
	pieces := make([]cache.Piece, len(at))
	for i, p := range at {
		pieces[i] = cache.Piece(p)
	}
	return pack.ReadAll(pieces)
}

func (r *room) append(to []byte, at search.Place) ([]byte, error) {
	pack, err := r.open()
	if err != nil {
		return to, err
	}
	return pack.Append(to, cache.Piece(at))
}

// room is what the index is told of it.
func (r *room) room() search.Room {
	return search.Room{Put: r.put, Read: r.read, Append: r.append}
}

// close lets go of the pack if there is one, and deletes it if nothing refers to it.
func (r *room) close() error {
	if r == nil || r.pack == nil {
		return nil
	}
	pack := r.pack
	if r.pack = nil; r.noted {
		return pack.Close()
	}
	return pack.Drop()
}

// newIndex is that of a site of which nothing is kept.
func newIndex(root *os.Root, folder string) *index {
	x := &index{texts: newRoom(root, folder, textsKind)}
	x.Texts = x.texts.room()
	x.in(newRoom(root, folder, shardsKind))
	return x
}

// in has shards put into a room, and read there.
func (x *index) in(shards *room) {
	x.shards, x.Room = shards, shards.room()
}

// indexName is the file of what is kept of an index, the others are the kinds of its packs.
const (
	indexName  = "/index"
	shardsKind = "shards"
	textsKind  = "texts"
)

// keptIndex is an index of which nothing is read before somebody asks.
func keptIndex(root *os.Root, folder string, engine digest.Digest) *index {
	x := newIndex(root, folder)
	x.from = func() (*index, error) {
		body, ok := cache.Load(root, folder+indexName, engine)
		if !ok {
			return nil, cache.ErrDamaged
		}
		x := newIndex(root, folder)
		t := flat.Play(body)
		name, length := x.tape(t)
		if !t.Whole() {
			return nil, cache.ErrDamaged
		}
		var err error
		x.shards.pack, err = cache.OpenPack(root, name, length)
		x.shards.noted, x.sum, x.size = true, digest.OfText(body), len(body)
		return x, err
	}
	return x
}

// tape records or plays all but the shards' texts; it names their pack.
func (x *index) tape(t *flat.Tape) (pack string, length int64) {
	if !t.Playing() {
		pack, length = x.shards.pack.Name(), x.shards.pack.Length()
	}
	t.String(&pack)
	t.Int64(&length)
	x.Tape(t)
	return pack, length
}

// load is what is kept: nothing, if it is not whole.
func (x *index) load() search.Kept {
	if x == nil {
		return search.Kept{}
	}
	if x.from != nil {
		from := x.from
		x.from = nil
		if kept, err := from(); err == nil {
			*x = *kept
		}
	}
	return x.Kept
}

// next is the index that comes after this one, with the same packs.
func (x *index) next(kept search.Kept) *index {
	if x == nil {
		return &index{Kept: kept}
	}
	now := *x
	now.Kept = kept
	return &now
}

// save keeps an index, if there is something new.
func (x *index) save(root *os.Root, folder string, engine digest.Digest) error {
	if x == nil || !x.Changed {
		return nil
	}
	pack, err := x.shards.open()
	if err != nil {
		return err
	}
	anew := pack.Length() > 2*x.Live()+slack // most of it is of shards as they were
	if anew {
		defer pack.Close()
		x.shards = newRoom(root, folder, shardsKind)
		if pack, err = x.shards.open(); err != nil {
			return err
		}
	}
	if err := errors.Join(x.PutAway(anew, x.shards.put), pack.Flush()); err != nil {
		return err
	}
	x.in(x.shards)
	t := flat.Record(x.size + x.size/8)
	x.tape(t)
	if err := cache.Save(root, folder+indexName, engine, t.Recorded()); err != nil {
		return err
	}
	x.Changed, x.shards.noted, x.sum = false, true, digest.Of(t.Recorded())
	pack.DropOthers()
	if texts := x.texts.pack; texts != nil {
		texts.DropOthers() // of builds that were killed
	}
	return nil
}

// close lets go of the packs.
func (x *index) close() error {
	if x == nil {
		return nil
	}
	return errors.Join(x.shards.close(), x.texts.close())
}
