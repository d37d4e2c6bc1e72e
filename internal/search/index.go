package search

import (
	"encoding/base32"
	"encoding/json"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"qinglian/internal/address"
	"qinglian/internal/digest"
)

// Version is that of the files, which the script must know.
const Version = 1

// How many of each there are in one file.
const (
	groupSize = 64   // shards
	blockSize = 16   // documents
	pageSize  = 1024 // documents' facets and initials
)

// root is what index.js says.
type root struct {
	Version  int        `json:"v"`
	N        int        `json:"n"`
	Segments []rootPart `json:"segments"`
	Docs     []string   `json:"docs"`
	Facets   []string   `json:"facets"`
	Initials []string   `json:"initials"`
	Suggest  []string   `json:"suggest"`
}

type rootPart struct {
	Base   int      `json:"base"`
	Size   int      `json:"size"`
	Groups []string `json:"groups"` // first key, name, …
}

// Index makes the files of the index of documents that are in the order of their
// numbers, with as much as possible of what was kept. The first is index.js.
func Index(docs []Document, old Kept, suggest []string, jobs int) ([]File, Kept, error) {
	w := writer{files: make([]File, 1), have: map[string]bool{}}
	if suggest == nil {
		suggest = []string{}
	}
	r := root{Version: Version, N: len(docs), Segments: []rootPart{}, Docs: []string{}, Facets: []string{}, Initials: []string{}, Suggest: suggest}
	var now Kept
	from := 0
	for _, end := range spans(len(docs)) {
		s, made, err := segmentOf(docs[from:end], old.segments, jobs)
		if err != nil {
			return nil, old, err
		}
		now.segments = append(now.segments, s)
		now.Changed = now.Changed || made
		part, err := w.segment(s, jobs)
		if err != nil {
			return nil, old, err
		}
		part.Base = from
		r.Segments = append(r.Segments, part)
		from = end
	}
	now.Changed = now.Changed || len(now.segments) != len(old.segments)
	for block := range slices.Chunk(docs, blockSize) {
		r.Docs = append(r.Docs, w.block(block))
	}
	for page := range slices.Chunk(docs, pageSize) {
		r.Facets = append(r.Facets, w.facets(page))
		r.Initials = append(r.Initials, w.initials(page))
	}
	value := encoded(r)
	w.files[0] = file("index", digest.Of(value), func() []byte { return value })
	return w.files, now, nil
}

type writer struct {
	files []File
	have  map[string]bool
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

// nameOf is a name of 45 bits: among 10,000 files two have the same once in a
// million sites.
func nameOf(d digest.Digest) string {
	return naming.EncodeToString(d[:6])[:9]
}

func file(name string, of digest.Digest, value func() []byte) File {
	return File{Folder + name + ".js", of, func() []byte { return script(name, value()) }}
}

func (w *writer) add(of digest.Digest, value func() []byte) string {
	name := nameOf(of)
	if !w.have[name] {
		w.have[name] = true
		w.files = append(w.files, file(name, of, value))
	}
	return name
}

func (w *writer) json(v any) string {
	b := encoded(v)
	return w.add(digest.Of(b), func() []byte { return b })
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
func quoted(shard []byte) []byte {
	b := make([]byte, 0, len(shard)+8)
	b = append(b, '"')
	for _, c := range shard {
		if c == '"' || c == '\\' {
			b = append(b, '\\')
		}
		b = append(b, c)
	}
	return append(b, '"')
}

func (w *writer) segment(s segment, jobs int) (rootPart, error) {
	part := rootPart{Size: len(s.texts), Groups: []string{}}
	digests := make([]digest.Digest, len(s.shards))
	var group errgroup.Group
	group.SetLimit(max(1, jobs))
	for i, shard := range s.shards {
		group.Go(func() error {
			digests[i] = digest.Of(quoted(shard))
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return part, err
	}
	// Where groups end is decided like where shards do, so that a shard more
	// changes one of them.
	var run []string
	end := func() {
		if len(run) > 0 {
			first := run[0]
			part.Groups = append(part.Groups, first, w.json(run))
			run = nil
		}
	}
	for i, shard := range s.shards {
		first := firstKey(shard)
		if len(run)/2 >= 2*groupSize || len(run)/2 >= groupSize/4 && scatter(first)>>20%groupSize < 2 {
			end()
		}
		run = append(run, first.String(), w.add(digests[i], func() []byte { return quoted(shard) }))
	}
	end()
	return part, nil
}

func firstKey(shard []byte) key {
	runes := []rune(string(shard[1:min(len(shard), 9)]))
	if shard[0] == '0' {
		return pair(runes[0], 0)
	}
	return pair(runes[0], runes[1])
}

func (w *writer) block(docs []Document) string {
	table, summaries := make([][3]string, len(docs)), make([]string, len(docs))
	for i, d := range docs {
		table[i] = [3]string{d.Path, d.Title, d.Day}
		summaries[i] = d.Summary
	}
	return w.json(struct {
		D [][3]string `json:"d"`
		S string      `json:"s"`
	}{table, w.json(summaries)})
}

func (w *writer) facets(docs []Document) string {
	var columns struct {
		Names [][]string `json:"names"`
		Of    [][]int    `json:"of"`
	}
	for f := range Facets {
		var names []string
		for _, d := range docs {
			names = append(names, d.Facets[f])
		}
		slices.Sort(names)
		names = slices.Compact(names)
		of := make([]int, len(docs))
		for i, d := range docs {
			of[i], _ = slices.BinarySearch(names, d.Facets[f])
		}
		columns.Names, columns.Of = append(columns.Names, names), append(columns.Of, of)
	}
	return w.json(columns)
}

// initials writes the titles of documents as the first letters of their readings.
func (w *writer) initials(docs []Document) string {
	all := make([]string, len(docs))
	for i, d := range docs {
		var b strings.Builder
		for syllable := range strings.SplitSeq(address.Slug(d.Title, 0), "-") {
			if syllable != "" {
				b.WriteByte(syllable[0])
			}
		}
		all[i] = b.String()
	}
	return w.json(all)
}
