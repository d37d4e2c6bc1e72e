package snapshot

import (
	"os"
	"sync"
	"sync/atomic"

	"qinglian/internal/cache"
	"qinglian/internal/content"
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

// shelved is a Compiled as it was recorded.
type shelved struct {
	path   string
	stamp  source.Stamp
	digest digest.Digest
	record string
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

// tapeShelved plays what [tapeDocs] recorded, each as far as its path.
func tapeShelved(t *flat.Tape, all *[]shelved) {
	flat.Slice(t, all, func(t *flat.Tape, s *shelved) {
		t.String(&s.record)
		head := flat.Play(s.record)
		s.stamp.Tape(head)
		head.Bytes(s.digest[:])
		head.String(&s.path)
	})
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
	s.Known = Known{Compile: k.compile, Docs: make(Docs, len(docs)), Files: filed(k.files)}
	room := make([]content.Doc, len(docs))
	var bad atomic.Bool
	digest.Together(len(docs), func(from, to int) {
		var t flat.Tape
		for i := from; i < to; i++ {
			s.Docs[i].Doc = &room[i]
			if !t.Again(docs[i].record, s.Docs[i].tape) {
				bad.Store(true)
			}
		}
	})
	if bad.Load() {
		return State{}, false
	}
	pack, err := cache.OpenPack(k.root, k.pack, k.length)
	if err != nil {
		return State{}, false
	}
	s.index = keptIndex(k.root, k.folder, k.engine)
	s.store = &store{pack: pack, noted: true, known: s.Known, end: k.end, size: k.size}
	s.noted = sync.OnceValue(func() inspected { return loadInspected(k.root, k.folder, k.engine) })
	for _, c := range s.Docs {
		s.store.putAway(c)
	}
	return s, true
}
