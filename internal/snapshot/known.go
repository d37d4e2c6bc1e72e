package snapshot

import (
	"iter"
	"maps"
	"slices"
	"strings"

	"qinglian/internal/cache"
	"qinglian/internal/content"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/flat"
	"qinglian/internal/image"
	"qinglian/internal/source"
)

// Known is what a Snapshot knows of the site's files. It is a value: nothing in it says
// how it lies on the disk, and what is in it is not changed.
type Known struct {
	Compile digest.Digest // of the configuration that Docs were compiled with
	Docs    Docs
	Files   map[string]Hashed
}

// Compiled is a Doc with the file that it was made from.
type Compiled struct {
	Stamp  source.Stamp // zero if it can't be trusted
	Digest digest.Digest
	Doc    *content.Doc

	body stored
}

// stored is where an article lies in a pack: its body, and the rest of its Doc, once that
// was saved. They are apart since of most articles only one is read.
type stored struct{ at, doc cache.Piece }

// Docs are compiled articles in the order of their paths, as their files are
// listed: what is known is found by going along.
type Docs []Compiled

// Find finds an article by its file.
func (d Docs) Find(path string) (Compiled, bool) {
	i, ok := d.at(path)
	if !ok {
		return Compiled{}, false
	}
	return d[i], true
}

// at finds where an article stands.
func (d Docs) at(path string) (int, bool) {
	return slices.BinarySearchFunc(d, path, func(c Compiled, path string) int {
		return strings.Compare(c.Doc.Path, path)
	})
}

// Hashed is a file that is published as it is.
type Hashed struct {
	Stamp    source.Stamp
	Digest   digest.Digest
	Picture  *image.Info // nil if it is none, or none that can be published
	Problems diag.List
}

func (h *Hashed) tape(t *flat.Tape) {
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
}

// same reports whether two files are known alike.
func (h *Hashed) same(other *named) bool { return h.Digest == other.Digest && h.Stamp == other.Stamp }

// same reports whether it is the very Doc, of a file with the same stamp.
func (c *Compiled) same(other *Compiled) bool {
	return c.Doc == other.Doc && c.Stamp == other.Stamp && c.body == other.body
}

// known is a Known as it is recorded. Its articles are compiled ones or, where it is
// played, those of a [Shelf], which stand in it alike.
type known[T any] struct {
	compile digest.Digest
	docs    []T
	files   []named
}

func (k *known[T]) tape(t *flat.Tape, docs func(*flat.Tape, *[]T)) {
	t.Bytes(k.compile[:])
	docs(t, &k.docs)
	tapeFiles(t, &k.files)
}

// record records all that is known.
func (k Known) record(t *flat.Tape) {
	all := known[Compiled]{k.Compile, k.Docs, k.listed()}
	all.tape(t, tapeDocs)
}

// tapeDocs records articles as [tapeShelved] plays them.
func tapeDocs(t *flat.Tape, docs *[]Compiled) {
	flat.Slice(t, docs, func(t *flat.Tape, c *Compiled) {
		s := shelved{c.Doc.Path, c.Stamp, c.Digest, c.body.doc}
		s.tape(t)
	})
}

// tape records or plays the Doc without its body, but with where that is, into a Doc that
// is there.
func (c *Compiled) tape(t *flat.Tape) {
	c.Doc.Tape(t)
	c.body.at.Tape(t)
}

// difference is what of one Known is another way in a later one.
type difference[T any] struct {
	docs  flat.Edit[T]
	files flat.Edit[named]
}

// named is a file that is published as it is, with its name.
type named struct {
	name string
	Hashed
}

func (d *difference[T]) tape(t *flat.Tape, docs func(*flat.Tape, *[]T)) {
	d.docs.Tape(t, docs)
	d.files.Tape(t, tapeFiles)
}

func (d *difference[T]) none() bool { return d.docs.None() && d.files.None() }

// since is what differs from an earlier Known. ok is false if all does.
func (k Known) since(old Known) (d difference[Compiled], ok bool) {
	if k.Compile != old.Compile {
		return d, false
	}
	d.docs = flat.Between(old.Docs, k.Docs, pathOf, func(a, b *Compiled) bool { return a.same(b) })
	d.files = flat.Between(old.listed(), k.listed(), nameOf, func(a, b *named) bool { return a.same(b) })
	return d, true
}

// with is what is known with what differs in later ones, the last one last.
func (k known[T]) with(later []difference[T], pathOf func(*T) string) known[T] {
	docs, files := make([]flat.Edit[T], len(later)), make([]flat.Edit[named], len(later))
	for i, d := range later {
		docs[i], files[i] = d.docs, d.files
	}
	k.docs = flat.After(k.docs, docs, pathOf)
	k.files = flat.After(k.files, files, nameOf)
	return k
}

// articles stands for all articles: for their files and what is in them.
func articles(texts iter.Seq2[string, digest.Digest]) digest.Digest {
	h := digest.New("articles")
	for path, text := range texts {
		h.String(path).Digest(text)
	}
	return h.Sum()
}

func pathOf(c *Compiled) string { return c.Doc.Path }

func nameOf(n *named) string { return n.name }

// listed is the files in the order of their names.
func (k Known) listed() []named {
	list := make([]named, 0, len(k.Files))
	for _, name := range slices.Sorted(maps.Keys(k.Files)) {
		list = append(list, named{name, k.Files[name]})
	}
	return list
}

func filed(list []named) map[string]Hashed {
	files := make(map[string]Hashed, len(list))
	for _, n := range list {
		files[n.name] = n.Hashed
	}
	return files
}

func tapeFiles(t *flat.Tape, list *[]named) {
	flat.Slice(t, list, func(t *flat.Tape, n *named) {
		t.String(&n.name)
		n.tape(t)
	})
}
