package snapshot

import (
	"os"
	"sync"
	"sync/atomic"

	"qinglian/internal/cache"
	"qinglian/internal/content"
	"qinglian/internal/cores"
	"qinglian/internal/digest"
	"qinglian/internal/flat"
	"qinglian/internal/source"
)

// Shelf is a State that was saved and of which no article was taken down yet: where
// each begins, and what its file was, is all that is read of them.
type Shelf struct {
	known[shelved]

	root   *os.Root
	folder string
	engine digest.Digest
	pack   string // its name
	length int64  // of the pack
	end    cache.End
	size   int
	whole  bool // there is one
}

// shelved is a Compiled as it is on the shelf.
type shelved struct {
	path   string
	stamp  source.Stamp
	digest digest.Digest
	doc    cache.Piece
}

func (s *shelved) tape(t *flat.Tape) {
	t.String(&s.path)
	s.stamp.Tape(t)
	t.Bytes(s.digest[:])
	s.doc.Tape(t)
}

// OpenShelf is what the program with the digest engine saved in a folder.
func OpenShelf(root *os.Root, folder string, engine digest.Digest) *Shelf {
	k := EmptyShelf(root, folder, engine)
	body, changes, end := cache.LoadLog(root, folder+stateName, engine)
	if end == (cache.End{}) {
		return k
	}
	t := flat.Play(body)
	t.String(&k.pack)
	t.Int64(&k.length)
	k.tape(t, tapeShelved)
	k.whole = t.Whole()
	later := make([]difference[shelved], len(changes))
	for i, change := range changes {
		t := flat.Play(change)
		t.Int64(&k.length)
		later[i].tape(t, tapeShelved)
		k.whole = k.whole && t.Whole()
	}
	k.known = k.with(later, func(s *shelved) string { return s.path })
	k.end, k.size = end, len(body)
	return k
}

// EmptyShelf is that of a site of which nothing is known.
func EmptyShelf(root *os.Root, folder string, engine digest.Digest) *Shelf {
	return &Shelf{root: root, folder: folder, engine: engine}
}

// tapeShelved records or plays articles.
func tapeShelved(t *flat.Tape, all *[]shelved) {
	flat.Slice(t, all, func(t *flat.Tape, s *shelved) { s.tape(t) })
}

// these are the articles in some places.
func (k *Shelf) these(places []int) []shelved {
	docs := make([]shelved, len(places))
	for i, place := range places {
		docs[i] = k.docs[place]
	}
	return docs
}

// State is all of it, or an empty one if there is nothing whole. It is to be closed.
func (k *Shelf) State() (State, error) {
	if s, ok := k.state(k.docs); ok {
		return s, nil
	}
	return fresh(k.root, k.folder)
}

// state is a State with some of the articles.
func (k *Shelf) state(docs []shelved) (s State, ok bool) {
	if !k.whole {
		return s, false
	}
	pack, err := cache.OpenPack(k.root, k.pack, k.length)
	if err != nil {
		return s, false
	}
	s.Known = Known{Compile: k.compile, Docs: make(Docs, len(docs)), Files: filed(k.files)}
	var bad atomic.Bool
	cores.Together(len(docs), func(from, to int) {
		if !take(pack, docs[from:to], s.Docs[from:to]) {
			bad.Store(true)
		}
	})
	if bad.Load() {
		pack.Close() //nolint:errcheck // it was only read
		return State{}, false
	}
	s.index = keptIndex(k.root, k.folder, k.engine)
	s.store = newStore(pack)
	s.store.noted, s.store.known, s.store.end, s.store.size = true, s.Known, k.end, k.size
	s.noted = sync.OnceValue(func() inspected { return loadInspected(k.root, k.folder, k.engine) })
	for _, c := range s.Docs {
		s.store.putAway(c)
	}
	return s, true
}

// take takes articles off the shelf.
func take(pack *cache.Pack, docs []shelved, to Docs) (ok bool) {
	pieces := make([]cache.Piece, len(docs))
	for i, d := range docs {
		pieces[i] = d.doc
	}
	records, err := pack.ReadAll(pieces)
	if err != nil {
		return false
	}
	room := make([]content.Doc, len(docs))
	var t flat.Tape
	for i, d := range docs {
		to[i] = Compiled{Stamp: d.stamp, Digest: d.digest, Doc: &room[i], body: stored{doc: d.doc}}
		if !t.Again(records[i], to[i].tape) || room[i].Path != d.path {
			return false
		}
	}
	return true
}
