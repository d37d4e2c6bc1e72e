package search

import (
	"encoding/base32"
	"encoding/json"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"qinglian/internal/digest"
)

// Version is that of the files, which the script must know.
const Version = 2

// How many of each there are in one file.
const (
	groupSize   = 32   // shards
	blockSize   = 8    // documents: a hit is scattered, so a block is read for each
	summarySize = 64   // documents' summaries: read where pages can't be
	pageSize    = 1024 // documents' facets and readings
)

// root is what index.js says.
type root struct {
	Version   int        `json:"v"`
	N         int        `json:"n"`
	Segments  []rootPart `json:"segments"`
	Docs      names      `json:"docs"`
	Summaries names      `json:"summaries"`
	Facets    names      `json:"facets"`
	Readings  names      `json:"readings"`
	Sounds    names      `json:"sounds"`
	Suggest   []string   `json:"suggest"`
}

type rootPart struct {
	Base   int     `json:"base"`
	Size   int     `json:"size"`
	Groups parting `json:"groups"`
}

// names are those of files, one behind the other.
type names string

// parting says in which file to find a key: for each file its first key and its
// name, one behind the other, each begun by 1 or 2, as the key has characters.
type parting string

func (p *parting) add(first key, name names) {
	letters := "1"
	if first.second() != 0 {
		letters = "2"
	}
	*p += parting(letters + first.String() + string(name))
}

// Index makes the files of the index of documents that are in the order of their
// numbers, with as much as possible of what was kept. The first is index.js.
func Index(docs []Document, old Kept, suggest []string, jobs int) ([]File, Kept, error) {
	w := writer{files: make([]File, 1), of: map[string]digest.Digest{}, read: old.Read}
	if suggest == nil {
		suggest = []string{}
	}
	r := root{Version: Version, N: len(docs), Segments: []rootPart{}, Suggest: suggest}
	now := Kept{Read: old.Read}
	var titles, summaries, facets []piece
	var work errgroup.Group
	work.Go(func() error {
		titles, summaries, facets = pieces(docs, blockSize, titlesOf), pieces(docs, summarySize, summariesOf), pieces(docs, pageSize, facetsOf)
		for page := range slices.Chunk(docs, pageSize) {
			now.readings = append(now.readings, readingsOf(page, old.readings))
		}
		return nil
	})
	work.Go(func() (err error) {
		now.segments, now.Changed, err = segments(docs, old, jobs)
		return err
	})
	if err := work.Wait(); err != nil {
		return nil, old, err
	}
	from := 0
	for _, s := range now.segments {
		r.Segments = append(r.Segments, w.segment(s, from))
		from += len(s.texts)
	}
	r.Docs = w.pieces(titles)
	r.Summaries = w.json(w.pieces(summaries))
	r.Facets = w.pieces(facets)
	for _, read := range now.readings {
		r.Readings += w.json(read.read)
	}
	r.Sounds = w.json(strings.Fields(sounds))
	value := encoded(r)
	w.files[0] = file("index", digest.Of(value), at(value))
	return w.files, now, nil
}

type writer struct {
	files []File
	of    map[string]digest.Digest // by name
	read  reading
}

// script calls the reader with a value under a name.
func script(name string, value []byte) []byte {
	b := make([]byte, 0, len(value)+len(name)+24)
	b = append(b, `qinglianSearch("`...)
	b = append(b, name...)
	b = append(b, `",`...)
	b = append(b, value...)
	return append(b, ')')
}

var naming = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// nameLength is how many characters a name has: enough that a browser that kept
// an older index hardly ever has another file of a new one's name.
const nameLength = 7

func file(name string, of digest.Digest, value func() ([]byte, error)) File {
	return File{Folder + name + ".js", of, func() ([]byte, error) {
		b, err := value()
		return script(name, b), err
	}}
}

// at is a value that is at hand.
func at(value []byte) func() ([]byte, error) { return func() ([]byte, error) { return value, nil } }

// add adds a file unless there is one with the same value, and names it.
func (w *writer) add(of digest.Digest, value func() ([]byte, error)) names {
	letters := naming.EncodeToString(of[:])
	for {
		name := letters[:nameLength]
		was, taken := w.of[name]
		if taken && was != of {
			letters = letters[1:]
			continue
		}
		if !taken {
			w.of[name] = of
			w.files = append(w.files, file(name, of, value))
		}
		return names(name)
	}
}

// piece is the value of a file.
type piece struct {
	value []byte
	of    digest.Digest
}

// pieces are values of so many documents each.
func pieces[T any](docs []Document, size int, value func([]Document) T) (all []piece) {
	for part := range slices.Chunk(docs, size) {
		b := encoded(value(part))
		all = append(all, piece{b, digest.Of(b)})
	}
	return all
}

func (w *writer) pieces(all []piece) (n names) {
	for _, p := range all {
		n += w.add(p.of, at(p.value))
	}
	return n
}

func (w *writer) json(v any) names {
	b := encoded(v)
	return w.add(digest.Of(b), at(b))
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

// quoted is a shard as a script's literal.
func quoted(shard string) []byte {
	b := make([]byte, 0, len(shard)+8)
	b = append(b, '"')
	for _, c := range []byte(shard) {
		if c == '"' || c == '\\' {
			b = append(b, '\\')
		}
		b = append(b, c)
	}
	return append(b, '"')
}

// text is the value of a shard's file.
func (w *writer) text(s shard) func() ([]byte, error) {
	read := w.read
	return func() ([]byte, error) {
		texts, err := read.texts([]shard{s})
		if err != nil {
			return nil, err
		}
		return quoted(texts[0]), nil
	}
}

func (w *writer) segment(s segment, base int) rootPart {
	part := rootPart{Base: base, Size: len(s.texts)}
	// Where groups end is decided like where shards do, so that a shard more
	// changes one of them.
	var group parting
	var first key
	size := 0
	end := func() {
		if size > 0 {
			part.Groups.add(first, w.json(group))
		}
		group, size = "", 0
	}
	for _, shard := range s.shards {
		k := shard.first
		if size >= 2*groupSize || size >= groupSize/4 && scatter(k)>>20%groupSize < 2 {
			end()
		}
		if size == 0 {
			first = k
		}
		group.add(k, w.add(shard.of, w.text(shard)))
		size++
	}
	end()
	return part
}

// titlesOf is what hits are shown by: [[path, title, day], …].
func titlesOf(docs []Document) [][3]string {
	table := make([][3]string, len(docs))
	for i, d := range docs {
		table[i] = [3]string{d.Path, d.Title, d.Day}
	}
	return table
}

func summariesOf(docs []Document) []string {
	all := make([]string, len(docs))
	for i, d := range docs {
		all[i] = d.Summary
	}
	return all
}

// columns are the values of facets, and which of them each document has.
type columns struct {
	Names [][]string `json:"names"`
	Of    [][]int    `json:"of"`
}

func facetsOf(docs []Document) (c columns) {
	for f := range Facets {
		var values []string
		for _, d := range docs {
			values = append(values, d.Facets[f])
		}
		slices.Sort(values)
		values = slices.Compact(values)
		of := make([]int, len(docs))
		for i, d := range docs {
			of[i], _ = slices.BinarySearch(values, d.Facets[f])
		}
		c.Names, c.Of = append(c.Names, values), append(c.Of, of)
	}
	return c
}
