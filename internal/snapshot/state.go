package snapshot

import (
	"errors"
	"io"
	"os"
	"slices"
	"sync"
	"sync/atomic"

	"qinglian/internal/build"
	"qinglian/internal/cache"
	"qinglian/internal/content"
	"qinglian/internal/digest"
	"qinglian/internal/flat"
)

// State is what a Snapshot leaves for the next one. The zero State is that of
// a site that was never built, and keeps all in memory; one that was loaded
// keeps the bodies of articles in a pack, the first that are compiled in memory, too.
type State struct {
	Known
	standing  standing
	inspected inspected
	noted     func() inspected // what is kept of the last inspection; nil if there is none
	index     *index           // nil if there is none
	store     *store           // nil if all is in memory
	near      func() []byte    // what is kept for [Shelf.Retouch]; nil if it stands
	articles  digest.Digest    // of all articles, where some alone are known
}

// Index stands for the index of what is searched as it was saved; zero if there is none.
func (s *State) Index() digest.Digest {
	if s.index == nil {
		return digest.Digest{}
	}
	return s.index.sum
}

// Articles stands for the files of all articles and what is in them.
func (s *State) Articles() digest.Digest {
	if s.store != nil && s.store.some {
		return s.articles
	}
	return articles(func(yield func(string, digest.Digest) bool) {
		for _, c := range s.Docs {
			if !yield(c.Doc.Path, c.Digest) {
				return
			}
		}
	})
}

// store is where States lie on the disk, one after the other: a log of what is known,
// whose changes are what an edit made differ, and a pack of Docs and their bodies. Each change says
// how long the pack is, so one that was not finished leaves what was known before.
type store struct {
	pack   *cache.Pack
	noted  bool      // the log on the disk, of whatever build, refers to the pack
	closed bool      // nothing may be added to the pack
	some   bool      // of articles; others are known besides
	known  Known     // what the log holds
	end    cache.End // of the log; zero if there is none
	size   int       // bytes of what is known, as it was last recorded
	tapes  sync.Pool // of *flat.Tape, for bodies: kept to be recorded on again

	left atomic.Int64 // how many bytes of bodies there is room for in memory
}

// holding is for how many bytes of bodies that are compiled there is room in memory: those
// of a thousand articles. A page and the index need each once more. More room is not worth
// what it takes: all bodies of 10,000 articles are 100 MiB more for 3 % of the time.
const holding = 8 << 20

// newStore has States lie in a pack.
func newStore(pack *cache.Pack) *store {
	s := &store{pack: pack}
	s.left.Store(holding)
	return s
}

// stateName is the log of a State in a site's cache folder, packKind the kind of its
// packs.
const (
	stateName = "/docs"
	packKind  = "pack"
)

// Load is the State that the program with the digest engine saved in a folder;
// if there is nothing whole, an empty one. It is to be closed.
func Load(root *os.Root, folder string, engine digest.Digest) (State, error) {
	return OpenShelf(root, folder, engine).State()
}

// fresh is the State of a site that was never built.
func fresh(root *os.Root, folder string) (State, error) {
	pack, err := cache.NewPack(root, folder, packKind)
	if err == nil {
		pack.DropOthers() // of builds that were killed
	}
	return State{store: newStore(pack), index: newIndex(root, folder)}, err
}

// putAway has the body of a Doc read from the pack from now on.
func (s *store) putAway(c Compiled) {
	pack, at := s.pack, c.body.at
	c.Doc.PutAway(func() (b content.Body) {
		recorded, err := pack.Read(at)
		if err != nil {
			return b // the pack remembers
		}
		b.Tape(flat.Play(recorded))
		return b
	})
}

// spill puts the body of a Doc that was compiled just now into the pack. It stays in memory,
// too, while there is room for it.
func (s *store) spill(c *Compiled) (err error) {
	if s == nil || s.closed {
		return nil
	}
	body := c.Doc.Body()
	t, ok := s.tapes.Get().(*flat.Tape)
	if !ok {
		t = new(flat.Tape)
	}
	defer s.tapes.Put(t)
	c.body = stored{}
	if c.body.at, err = s.pack.Add(t.Alone(body.Tape)); err != nil {
		return err
	}
	if s.left.Add(-int64(c.body.at.Size)) < 0 {
		s.putAway(*c)
	}
	return nil
}

// putDocs puts into the pack what is not there yet of the Docs.
func (s *store) putDocs(docs Docs) (_ Docs, err error) {
	whole := true
	var t flat.Tape
	for i := range docs {
		if docs[i].body.doc != (cache.Piece{}) {
			continue
		}
		if whole {
			docs, whole = slices.Clone(docs), false
		}
		if docs[i].body.doc, err = s.pack.Add(t.Alone(docs[i].tape)); err != nil {
			return docs, err
		}
	}
	return docs, nil
}

// err is the first failure of the pack: prose may be lacking since then.
func (s *store) err() error {
	if s == nil {
		return nil
	}
	return s.pack.Err()
}

// sound is a Render that fails when the pack did: what was rendered may lack
// its prose.
func (s *store) sound(render func(io.Writer) error) func(io.Writer) error {
	if s == nil {
		return render
	}
	return func(w io.Writer) error {
		if err := render(w); err != nil {
			return err
		}
		if err := s.pack.Err(); err != nil {
			return build.Machine{Err: err}
		}
		return nil
	}
}

// Save saves a State for [Load], unless it is what was loaded.
func (s *State) Save(root *os.Root, folder string, engine digest.Digest) error {
	if err := s.inspected.save(root, folder, engine); err != nil {
		return err
	}
	if err := s.index.save(root, folder, engine); err != nil {
		return err
	}
	if s.near != nil {
		if err := saveNear(root, folder, engine, s.near()); err != nil {
			return err
		}
	}
	if err := s.store.save(root, folder, engine, s.Known); err != nil {
		return err
	}
	s.Known = s.store.known
	return nil
}

func (s *store) save(root *os.Root, folder string, engine digest.Digest, now Known) error {
	now, moved, err := s.tighten(root, folder, now)
	if err != nil {
		return err
	}
	if now.Docs, err = s.putDocs(now.Docs); err != nil {
		return err
	}
	d, ok := now.since(s.known)
	ok = ok && !moved && s.end != (cache.End{})
	if ok && d.none() {
		return nil
	}
	if err := s.pack.Flush(); err != nil {
		return err
	}
	length := s.pack.Length()
	if ok {
		var t flat.Tape
		t.Int64(&length)
		d.tape(&t, tapeDocs)
		if s.some || s.end.Room(len(t.Recorded())) {
			if s.end, err = cache.Add(root, folder+stateName, s.end, t.Recorded()); err != nil {
				return err
			}
			s.known = now
			return nil
		}
	}
	const each = 80 // bytes that an article takes, about
	t := flat.Record(max(s.size+s.size/8, each*len(now.Docs)))
	name := s.pack.Name()
	t.String(&name)
	t.Int64(&length)
	now.record(t)
	if s.end, err = cache.SaveLog(root, folder+stateName, engine, t.Recorded()); err != nil {
		return err
	}
	s.noted, s.known, s.size = true, now, len(t.Recorded())
	s.pack.DropOthers()
	return nil
}

// room reports whether the log takes what differs in a later Known. Only then may that be
// one of some articles.
func (s *store) room(now Known) bool {
	d, ok := now.since(s.known)
	length := s.pack.Length()
	var t flat.Tape
	t.Int64(&length)
	d.tape(&t, tapeDocs)
	return ok && s.end.Room(len(t.Recorded()))
}

// Hold keeps in memory what is compiled from now on: the pack is read, but other
// programs may add to it.
func (s *State) Hold() {
	if s.store != nil {
		s.store.closed = true
	}
}

// tighten moves the bodies to a new pack, and reports so, when most of the old one is of
// articles as they were before.
func (s *store) tighten(root *os.Root, folder string, now Known) (tight Known, moved bool, err error) {
	if s.some {
		return now, false, nil
	}
	live := int64(0)
	for _, c := range now.Docs {
		live += int64(c.body.at.Size + c.body.doc.Size)
	}
	if s.pack.Length() < 2*live+slack {
		return now, false, nil
	}
	pack, err := cache.NewPack(root, folder, packKind)
	if err != nil {
		return now, false, err
	}
	old := s.pack
	defer old.Close()
	s.pack, s.noted = pack, false
	now.Docs = slices.Clone(now.Docs)
	for i := range now.Docs {
		c := &now.Docs[i]
		b, err := old.Read(c.body.at)
		if err != nil {
			return now, true, err
		}
		c.body = stored{}
		if c.body.at, err = pack.Add([]byte(b)); err != nil {
			return now, true, err
		}
		s.putAway(*c)
	}
	return now, true, nil
}

// slack is how much of a pack may be waste at any rate.
const slack = 1 << 20

// Close lets go of the packs, and deletes those that nothing refers to.
func (s *State) Close() error {
	indexed := s.index.close()
	switch {
	case s.store == nil || s.store.pack == nil:
		return indexed
	case s.store.noted:
		return errors.Join(indexed, s.store.pack.Close())
	}
	return errors.Join(indexed, s.store.pack.Drop())
}
