package snapshot

import (
	"errors"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"qinglian/internal/build"
	"qinglian/internal/cache"
	"qinglian/internal/content"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/flat"
	"qinglian/internal/image"
	"qinglian/internal/source"
)

// State is what a Snapshot leaves for the next one. The zero State is that of
// a site that was never built, and keeps all in memory; one that was loaded
// keeps the bodies of articles in a pack.
type State struct {
	Compile digest.Digest // of the configuration that Docs were compiled with
	Docs    Docs
	Files   map[string]Hashed

	pack       *cache.Pack
	packNoted  bool // the State on the disk, of whatever build, refers to the pack
	saved      bool // the State on the disk is this one
	packClosed bool // nothing may be added to the pack
	standing   standing
	index      *index // of this State; nil if it has none
	size       int    // bytes of the State on the disk
}

// Compiled is a Doc with the file that it was made from.
type Compiled struct {
	Stamp  source.Stamp // zero if it can't be trusted
	Digest digest.Digest
	Doc    *content.Doc

	body cache.Piece
}

// Docs are compiled articles in the order of their paths, as their files are
// listed: what is known is found by going along.
type Docs []Compiled

// Find finds an article by its file.
func (d Docs) Find(path string) (Compiled, bool) {
	i, ok := slices.BinarySearchFunc(d, path, func(c Compiled, path string) int {
		return strings.Compare(c.Doc.Path, path)
	})
	if !ok {
		return Compiled{}, false
	}
	return d[i], true
}

// Hashed is a file that is published as it is.
type Hashed struct {
	Stamp    source.Stamp
	Digest   digest.Digest
	Picture  *image.Info // nil if it is none, or none that can be published
	Problems diag.List
}

// stateName is the file of a State in a site's cache folder, packKind that of its packs.
const (
	stateName = "/docs"
	packKind  = "pack"
)

// Load is the State that the program with the digest engine saved in a folder;
// if there is nothing whole, an empty one. It is to be closed.
func Load(root *os.Root, folder string, engine digest.Digest) (State, error) {
	if s, ok := load(root, folder, engine); ok {
		return s, nil
	}
	return Fresh(root, folder)
}

// Fresh is the State of a site that was never built.
func Fresh(root *os.Root, folder string) (State, error) {
	pack, err := cache.NewPack(root, folder, packKind)
	if err == nil {
		pack.DropOthers() // of builds that were killed
	}
	return State{pack: pack}, err
}

func load(root *os.Root, folder string, engine digest.Digest) (s State, ok bool) {
	body, ok := cache.Load(root, folder+stateName, engine)
	if !ok {
		return s, false
	}
	t := flat.Play(body)
	name, length := s.tape(t)
	if !t.Whole() {
		return State{}, false
	}
	pack, err := cache.OpenPack(root, name, length)
	if err != nil {
		return State{}, false
	}
	s.index = keptIndex(root, folder, engine)
	s.pack, s.packNoted, s.saved, s.size = pack, true, true, len(body)
	for _, c := range s.Docs {
		s.putAway(c)
	}
	return s, true
}

// tape records or plays all of a State but its pack, which it names.
func (s *State) tape(t *flat.Tape) (pack string, length int64) {
	if !t.Playing() {
		pack, length = s.pack.Name(), s.pack.Length()
	}
	t.String(&pack)
	t.Int64(&length)
	t.Bytes(s.Compile[:])
	var room []content.Doc // some at a time
	flat.Slice(t, (*[]Compiled)(&s.Docs), func(t *flat.Tape, c *Compiled) {
		if t.Playing() {
			if len(room) == 0 {
				room = make([]content.Doc, 256)
			}
			c.Doc, room = &room[0], room[1:]
		}
		c.Stamp.Tape(t)
		t.Bytes(c.Digest[:])
		c.Doc.Tape(t)
		c.body.Tape(t)
	})
	tapeMap(t, &s.Files, func(t *flat.Tape, h *Hashed) {
		h.Stamp.Tape(t)
		t.Bytes(h.Digest[:])
		drawn := h.Picture != nil
		t.Bool(&drawn)
		if drawn {
			if h.Picture == nil {
				h.Picture = &image.Info{}
			}
			h.Picture.Tape(t)
		}
		h.Problems.Tape(t)
	})
	return pack, length
}

// tapeMap records or plays a map in the order of its keys.
func tapeMap[V any](t *flat.Tape, m *map[string]V, each func(*flat.Tape, *V)) {
	keys := slices.Sorted(maps.Keys(*m))
	n := len(keys)
	t.Int(&n)
	if t.Playing() {
		*m = make(map[string]V, max(0, min(n, 1<<20)))
	}
	for i := 0; i < n && !t.Bad(); i++ {
		var key string
		if !t.Playing() {
			key = keys[i]
		}
		t.String(&key)
		v := (*m)[key]
		each(t, &v)
		if t.Playing() {
			(*m)[key] = v
		}
	}
}

// putAway has the body of a Doc read from the pack from now on.
func (s *State) putAway(c Compiled) {
	pack, at := s.pack, c.body
	c.Doc.PutAway(func() (b content.Body) {
		recorded, err := pack.Read(at)
		if err != nil {
			return b // the pack remembers
		}
		b.Tape(flat.Play(string(recorded)))
		return b
	})
}

// spill puts the body of a Doc that was compiled just now into the pack.
func (s *State) spill(c *Compiled) (err error) {
	if s.pack == nil || s.packClosed {
		return nil
	}
	body := c.Doc.Body()
	var t flat.Tape
	body.Tape(&t)
	if c.body, err = s.pack.Add(t.Recorded()); err != nil {
		return err
	}
	s.putAway(*c)
	return nil
}

// sound is a Render that fails when the pack did: what was rendered may lack
// its prose.
func (s *State) sound(render func(io.Writer) error) func(io.Writer) error {
	if s.pack == nil {
		return render
	}
	pack := s.pack
	return func(w io.Writer) error {
		if err := render(w); err != nil {
			return err
		}
		if err := pack.Err(); err != nil {
			return build.Machine{Err: err}
		}
		return nil
	}
}

// Save saves a State for [Load], unless it is what was loaded.
func (s *State) Save(root *os.Root, folder string, engine digest.Digest) error {
	if err := s.index.save(root, folder, engine); err != nil {
		return err
	}
	if s.saved {
		return nil
	}
	if err := s.tighten(root, folder); err != nil {
		return err
	}
	if err := s.pack.Flush(); err != nil {
		return err
	}
	t := flat.Record(s.size + s.size/8)
	s.tape(t)
	if err := cache.Save(root, folder+stateName, engine, t.Recorded()); err != nil {
		return err
	}
	s.packNoted, s.saved = true, true
	s.pack.DropOthers()
	return nil
}

// Hold keeps in memory what is compiled from now on: the pack is read, but other
// programs may add to it.
func (s *State) Hold() { s.packClosed = true }

// tighten moves the bodies to a new pack when most of the old one is of
// articles as they were before.
func (s *State) tighten(root *os.Root, folder string) error {
	live := int64(0)
	for _, c := range s.Docs {
		live += int64(c.body.Size)
	}
	if s.pack.Length() < 2*live+slack {
		return nil
	}
	pack, err := cache.NewPack(root, folder, packKind)
	if err != nil {
		return err
	}
	old := s.pack
	defer old.Close()
	s.pack, s.packNoted = pack, false
	for i := range s.Docs {
		c := &s.Docs[i]
		b, err := old.Read(c.body)
		if err != nil {
			return err
		}
		if c.body, err = pack.Add(b); err != nil {
			return err
		}
		s.putAway(*c)
	}
	return nil
}

// slack is how much of a pack may be waste at any rate.
const slack = 1 << 20

// Close lets go of the packs, and deletes those that nothing refers to.
func (s *State) Close() error {
	indexed := s.index.close()
	switch {
	case s.pack == nil:
		return indexed
	case s.packNoted:
		return errors.Join(indexed, s.pack.Close())
	}
	return errors.Join(indexed, s.pack.Drop())
}

// same reports whether two States hold the same, down to the very Docs.
func same(a, b State) bool {
	if a.Compile != b.Compile || len(a.Docs) != len(b.Docs) || len(a.Files) != len(b.Files) {
		return false
	}
	for i, c := range b.Docs {
		if was := a.Docs[i]; was.Doc != c.Doc || was.Stamp != c.Stamp {
			return false
		}
	}
	for name, h := range b.Files {
		if was := a.Files[name]; was.Digest != h.Digest || was.Stamp != h.Stamp {
			return false
		}
	}
	return true
}
