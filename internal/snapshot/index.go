package snapshot

import (
	"errors"
	"os"

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
	pack  *cache.Pack   // nil if nothing was kept yet
	noted bool          // the file on the disk refers to the pack
	sum   digest.Digest // of what is in that file; zero if there is none
	size  int           // of it

	from func() (index, error) // reads what is kept; nil once that was done
}

// indexName is the file of what is kept of an index, shardsKind the kind of its packs.
const (
	indexName  = "/index"
	shardsKind = "shards"
)

// keptIndex is an index of which nothing is read before somebody asks.
func keptIndex(root *os.Root, folder string, engine digest.Digest) *index {
	return &index{from: func() (index, error) {
		var x index
		body, ok := cache.Load(root, folder+indexName, engine)
		if !ok {
			return x, cache.ErrDamaged
		}
		t := flat.Play(body)
		name, length := x.tape(t)
		if !t.Whole() {
			return index{}, cache.ErrDamaged
		}
		pack, err := cache.OpenPack(root, name, length)
		if err != nil {
			return index{}, err
		}
		x.pack, x.noted, x.sum, x.size = pack, true, digest.OfText(body), len(body)
		x.Read = x.reading()
		return x, nil
	}}
}

// tape records or plays all but the shards' texts; it names their pack.
func (x *index) tape(t *flat.Tape) (pack string, length int64) {
	if !t.Playing() {
		pack, length = x.pack.Name(), x.pack.Length()
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
			*x = kept
		}
	}
	return x.Kept
}

// next is the index that comes after this one, with the same pack.
func (x *index) next(kept search.Kept) *index {
	now := &index{Kept: kept}
	if x != nil {
		now.pack, now.noted, now.sum, now.size = x.pack, x.noted, x.sum, x.size
	}
	return now
}

// reading reads texts of shards from the pack.
func (x *index) reading() func([]search.Place) ([]string, error) {
	pack := x.pack
	return func(at []search.Place) ([]string, error) {
		pieces := make([]cache.Piece, len(at))
		for i, p := range at {
			pieces[i] = cache.Piece(p)
		}
		return pack.ReadAll(pieces)
	}
}

// save keeps an index, if there is something new.
func (x *index) save(root *os.Root, folder string, engine digest.Digest) error {
	if x == nil || !x.Changed {
		return nil
	}
	anew := x.pack == nil || x.pack.Length() > 2*x.Live()+slack // most of it is of shards as they were
	if anew {
		pack, err := cache.NewPack(root, folder, shardsKind)
		if err != nil {
			return err
		}
		old := x.pack
		x.pack, x.noted = pack, false
		if old != nil {
			defer old.Close()
		}
	}
	put := func(text []byte) (search.Place, error) {
		piece, err := x.pack.Add(text)
		return search.Place(piece), err
	}
	if err := errors.Join(x.PutAway(anew, put), x.pack.Flush()); err != nil {
		return err
	}
	t := flat.Record(x.size + x.size/8)
	x.tape(t)
	if err := cache.Save(root, folder+indexName, engine, t.Recorded()); err != nil {
		return err
	}
	x.Changed, x.noted, x.Read, x.sum = false, true, x.reading(), digest.Of(t.Recorded())
	x.pack.DropOthers()
	return nil
}

// close lets go of the pack, and deletes it if nothing refers to it.
func (x *index) close() error {
	switch {
	case x == nil || x.pack == nil:
		return nil
	case x.noted:
		return x.pack.Close()
	}
	return x.pack.Drop()
}
