package search

import (
	"encoding/base32"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sync/errgroup"

	"qinglian/internal/digest"
)

// Version is that of the files, which the script must know.
const Version = 3

// How many of each there are in one file.
const (
	groupSize = 32   // shards
	pageSize  = 1024 // documents' facets and readings
)

// root is what index.js says.
type root struct {
	Version  int        `json:"v"`
	N        int        `json:"n"`
	Segments []rootPart `json:"segments"`
	Docs     counted    `json:"docs"`
	Facets   names      `json:"facets"`
	Readings names      `json:"readings"`
	Sounds   names      `json:"sounds"`
	Suggest  []string   `json:"suggest"`
}

type rootPart struct {
	Base   int     `json:"base"`
	Size   int     `json:"size"`
	Groups parting `json:"groups"`
}

// names are those of files, one behind the other.
type names string

// counted are names of files, each begun by how many documents the file has, in base 16.
type counted string

// parting says in which file to find a key: for each file its first key and its
// name, one behind the other, each begun by 1 or 2, as the key has characters.
type parting string

// appendKey begins a part.
func appendKey(to []byte, first key) []byte {
	letters := "1"
	if first.second() != 0 {
		letters = "2"
	}
	return append(append(to, letters...), first.String()...)
}

// Index makes the files of the index of documents that are in the order of their
// numbers, with as much as possible of what was kept. The first is index.js.
func Index(docs []Document, old Kept, suggest []string, jobs int) ([]File, Kept, error) {
	now := Kept{Room: old.Room, Texts: old.Texts}
	read := held{texts: make([]text, len(docs)), room: old.Texts}
	var work errgroup.Group
	work.Go(func() error {
		now.facets = pieces(docs, facetsOf)
		for page := range slices.Chunk(docs, pageSize) {
			now.readings = append(now.readings, readingsOf(page, old.readings))
		}
		return nil
	})
	work.Go(func() (err error) {
		now.segments, now.Changed, err = segments(docs, old, &read, jobs)
		return err
	})
	if err := work.Wait(); err != nil {
		return nil, old, err
	}
	var err error
	if now.groups, err = read.groups(docs, old.groups); err != nil {
		return nil, old, err
	}
	files := now.Files(suggest)
	now.Changed = now.Changed || !now.same(&old)
	return files, now, nil
}

// Files are those of an index that is kept. What was kept of some is their names alone:
// they can't be written again.
func (k *Kept) Files(suggest []string) []File {
	w := k.name(suggest, func(name, digest.Digest) bool { return false })
	return w.files
}

// name names all files, and has index.js and those made that do not stand.
func (k *Kept) name(suggest []string, stands func(name, digest.Digest) bool) *writer {
	w := &writer{files: make([]File, 1), of: make(map[name]digest.Digest, k.count()), stands: stands, read: k.Read}
	if suggest == nil {
		suggest = []string{}
	}
	r := root{Version: Version, Segments: []rootPart{}, Suggest: suggest}
	for _, s := range k.segments {
		r.Segments = append(r.Segments, w.segment(s, r.N))
		r.N += len(s.texts)
	}
	var docs, facets, readings []byte
	for i := range k.groups {
		docs = w.group(docs, &k.groups[i])
	}
	for _, f := range k.facets {
		facets = w.add(facets, plain, f.of, f.made)
	}
	for _, f := range k.readings {
		readings = w.add(readings, plain, f.of, f.made)
	}
	r.Docs, r.Facets, r.Readings = counted(docs), names(facets), names(readings)
	r.Sounds = names(w.json(nil, strings.Fields(sounds)))
	k.renamed = k.renamed || w.renamed
	value := encoded(r)
	w.files[0] = file("index", digest.Of(value), at(value).script)
	return w
}

// count is about how many files there are.
func (k *Kept) count() int {
	n := 2*len(k.groups) + len(k.facets) + len(k.readings) + 2
	for _, s := range k.segments {
		n += len(s.shards) + len(s.shards)/(groupSize/2)
	}
	return n
}

// name is that of a file: the letters of its digest, and its kind. A site has tens of
// thousands, so none is a text before somebody asks.
type name [nameLength + 1]byte

// The kinds of files.
const (
	plain byte = iota
	ofTexts
)

// appendTo appends the name as the files have it.
func (n name) appendTo(to []byte) []byte {
	if n[nameLength] == ofTexts {
		to = append(to, textKind...)
	}
	return append(to, n[:nameLength]...)
}

func (n name) path() string { return Folder + string(n.appendTo(nil)) + extension }

type writer struct {
	files   []File
	of      map[name]digest.Digest
	stands  func(name, digest.Digest) bool
	read    reading
	renamed bool // a file has not the first name that its digest gives
}

var naming = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// nameLength is how many characters a name has: enough that a browser that kept
// an older index hardly ever has another file of a new one's name.
const nameLength = 7

func file(name string, of digest.Digest, made making) File {
	return File{Folder + name + extension, of, name, made}
}

const extension = ".js"

// value appends what a file calls the reader with.
type value func(to []byte) ([]byte, error)

// script makes a value's file.
func (v value) script(to []byte, name string) ([]byte, error) {
	to = append(to, `qinglianSearch("`...)
	to = append(to, name...)
	to, err := v(append(to, `",`...))
	return append(to, ')'), err
}

// at is a value that is at hand.
func at[text []byte | string](b text) value {
	return func(to []byte) ([]byte, error) { return append(to, b...), nil }
}

// add appends the name of a file, and adds the file unless it stands: only then is what
// makes it asked for.
func (w *writer) add(to []byte, kind byte, of digest.Digest, made func() making) []byte {
	var letters [26]byte // as many as a digest has
	naming.Encode(letters[:8], of[:5])
	for at := 0; ; at++ {
		if at == 1 {
			naming.Encode(letters[:], of[:])
		}
		n := name{nameLength: kind}
		copy(n[:nameLength], letters[at:])
		was, taken := w.of[n]
		if taken && was != of {
			w.renamed = true
			continue
		}
		if !taken {
			w.of[n] = of
		}
		if !taken && !w.stands(n, of) {
			w.files = append(w.files, file(string(n.appendTo(nil)), of, made()))
		}
		return n.appendTo(to)
	}
}

// piece is the value of a file; of one that was kept, what it is named by alone.
type piece struct {
	value []byte
	of    digest.Digest
}

// pieces are values of so many documents each.
func pieces[T any](docs []Document, value func([]Document) T) (all []piece) {
	for part := range slices.Chunk(docs, pageSize) {
		b := encoded(value(part))
		all = append(all, piece{b, digest.Of(b)})
	}
	return all
}

// made makes the file of a value.
func (p piece) made() making {
	if p.value == nil {
		return notKept
	}
	return at(p.value).script
}

func notKept(to []byte, _ string) ([]byte, error) { return to, errNotKept }

var errNotKept = errors.New("the value of this file of the index was not kept")

func (w *writer) json(to []byte, v any) []byte {
	b := encoded(v)
	p := piece{b, digest.Of(b)}
	return w.add(to, plain, p.of, p.made)
}

// encoded is JSON, all of which is a script's literal too: encoding/json
// escapes the two line ends that older scripts do not allow.
func encoded(v any) []byte {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // strings and numbers
	}
	return []byte(strings.TrimSuffix(b.String(), "\n"))
}

// appendQuoted appends a shard as a script's literal.
func appendQuoted[text string | []byte](to []byte, shard text) []byte {
	to = append(to, '"')
	for i := range len(shard) {
		if c := shard[i]; c == '"' || c == '\\' {
			to = append(to, '\\')
		}
		to = append(to, shard[i])
	}
	return append(to, '"')
}

// text is the value of a shard's file.
func (w *writer) text(s shard) value {
	read := w.read
	return func(to []byte) ([]byte, error) {
		texts, err := read.texts([]shard{s})
		if err != nil {
			return to, err
		}
		return appendQuoted(to, texts[0]), nil
	}
}

func (w *writer) segment(s segment, base int) rootPart {
	part := rootPart{Base: base, Size: len(s.texts)}
	// Where groups end is decided like where shards do, so that a shard more
	// changes one of them.
	var groups, group []byte // parting
	var first key
	size := 0
	end := func() {
		if size > 0 {
			groups = w.json(appendKey(groups, first), parting(group))
		}
		group, size = group[:0], 0
	}
	for _, shard := range s.shards {
		k := shard.first
		if size >= 2*groupSize || size >= groupSize/4 && scatter(k)>>20%groupSize < 2 {
			end()
		}
		if size == 0 {
			first = k
		}
		group = w.add(appendKey(group, k), plain, shard.of,
			func() making { return w.text(shard).script })
		size++
	}
	end()
	part.Groups = parting(groups)
	return part
}

// titles are what hits of a group are shown by.
type titles struct {
	Docs  [][3]string `json:"docs"`  // path, title, day
	Texts names       `json:"texts"` // the file with their texts
	Sizes []int       `json:"sizes"` // of these
}

// group names the two files of a group, what its hits are shown by and their texts. What
// makes them is the files' from then on.
func (w *writer) group(to []byte, g *group) []byte {
	made := g.made
	if made == nil {
		made = notKept
	}
	texts := w.add(nil, ofTexts, g.of, func() making { return made })
	docs := piece{of: g.docs}
	if g.shown != nil {
		docs.value = encoded(titles{g.shown, names(texts), g.sizes})
		docs.of = digest.Of(docs.value)
	}
	g.docs, g.shown, g.made = docs.of, nil, nil
	return w.add(strconv.AppendInt(to, int64(len(g.sizes)), 16), plain, docs.of, docs.made)
}

// columns are the values of facets, and which of them each document has.
type columns struct {
	Names [][]string `json:"names"`
	Of    [][]int    `json:"of"`
}

func facetsOf(docs []Document) (c columns) {
	for f := range Facets {
		numbers := map[string]int{}
		for i := range docs {
			numbers[docs[i].Facets[f]] = 0
		}
		values := slices.Sorted(maps.Keys(numbers))
		for n, v := range values {
			numbers[v] = n
		}
		of := make([]int, len(docs))
		for i := range docs {
			of[i] = numbers[docs[i].Facets[f]]
		}
		c.Names, c.Of = append(c.Names, values), append(c.Of, of)
	}
	return c
}
