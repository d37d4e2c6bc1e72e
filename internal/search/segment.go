package search

import (
	"slices"

	"qinglian/internal/digest"
	"qinglian/internal/flat"
)

// A segment is the lists of a stretch of documents. Numbers in them begin at the
// segment's first document.
type segment struct {
	texts  []digest.Digest // of its documents
	target int             // see cut
	shards []shard
}

// shard is a part of a segment's entries, written as shard.go says.
type shard struct {
	first key           // that it has
	text  string        // "" if it was put away: it is read when it is asked for
	at    Place         // where it was put
	of    digest.Digest // of the text as a script's literal
}

// Place is where the text of a shard is kept. Its zero value is nowhere.
type Place struct {
	At   int64
	Size int
	Sum  uint32
}

func (p *Place) tape(t *flat.Tape) {
	t.Int64(&p.At)
	t.Int(&p.Size)
	sum := uint64(p.Sum)
	t.Uint(&sum)
	p.Sum = uint32(sum)
}

// Kept is what an index leaves for the next one. It has no shard's text, which is kept
// apart: an edit reads them some at a time, and adds those that it changes.
type Kept struct {
	segments []segment
	facets   []piece
	readings []readings
	groups   []group
	renamed  bool // a file has not the first name that its digest gives
	Changed  bool // there is something to be kept

	Room       // where shards are put away
	Texts Room // where texts wait to be written, and runs to be merged
}

// Room is where something is put away. In the zero Room there is none.
type Room struct {
	Put    func(text []byte) (Place, error)
	Read   func([]Place) ([]string, error)
	Append func(to []byte, at Place) ([]byte, error) // what Read reads
}

// Tape records or plays what is kept, but for the texts that were put away.
func (k *Kept) Tape(t *flat.Tape) {
	flat.Slice(t, &k.segments, func(t *flat.Tape, s *segment) {
		flat.Slice(t, &s.texts, func(t *flat.Tape, d *digest.Digest) { t.Bytes(d[:]) })
		t.Int(&s.target)
		flat.Slice(t, &s.shards, func(t *flat.Tape, s *shard) {
			first := uint64(s.first)
			t.Uint(&first)
			s.first = key(first)
			s.at.tape(t)
			t.Bytes(s.of[:])
		})
	})
	flat.Slice(t, &k.facets, func(t *flat.Tape, p *piece) { t.Bytes(p.of[:]) })
	flat.Slice(t, &k.readings, func(t *flat.Tape, r *readings) {
		t.Bytes(r.titles[:])
		t.String(&r.value)
		t.Bytes(r.of[:])
	})
	flat.Slice(t, &k.groups, func(t *flat.Tape, g *group) {
		t.Bytes(g.from[:])
		t.Bytes(g.of[:])
		t.Bytes(g.docs[:])
		flat.Slice(t, &g.sizes, (*flat.Tape).Int)
	})
	t.Bool(&k.renamed)
}

// same reports whether hits are chosen and shown by the same.
func (k *Kept) same(old *Kept) bool {
	return slices.EqualFunc(k.facets, old.facets, func(a, b piece) bool { return a.of == b.of }) &&
		slices.EqualFunc(k.groups, old.groups, func(a, b group) bool { return a.docs == b.docs })
}

// PutAway has a function put the texts of shards somewhere, those that are nowhere yet
// or, anew, all.
func (k *Kept) PutAway(anew bool, put func(text []byte) (Place, error)) error {
	for _, s := range k.segments {
		for i := range s.shards {
			shard := &s.shards[i]
			if shard.at.Size > 0 && !anew {
				continue
			}
			texts, err := reading(k.Read).texts(s.shards[i : i+1])
			if err != nil {
				return err
			}
			if shard.at, err = put([]byte(texts[0])); err != nil {
				return err
			}
		}
	}
	return nil
}

// Live is how many bytes the texts take that were put away and are still of use.
func (k *Kept) Live() (size int64) {
	for _, s := range k.segments {
		for _, shard := range s.shards {
			size += int64(shard.at.Size)
		}
	}
	return size
}

// reading reads texts that were put away.
type reading func([]Place) ([]string, error)

// texts are those of shards, wherever they are.
func (r reading) texts(shards []shard) ([]string, error) {
	texts := make([]string, len(shards))
	var away []Place
	for i, s := range shards {
		if texts[i] = s.text; s.text == "" {
			away = append(away, s.at)
		}
	}
	if len(away) == 0 {
		return texts, nil
	}
	read, err := r(away)
	if err != nil {
		return nil, err
	}
	for i := range texts {
		if texts[i] == "" {
			texts[i], read = read[0], read[1:]
		}
	}
	return texts, nil
}

// sizes are how many documents the segments but the last are multiples of.
var sizes = []int{1024, 64, 1}

// spans are the segments of n documents: where each ends.
func spans(n int) (ends []int) {
	from := 0
	for _, size := range sizes {
		if end := n / size * size; end > from {
			ends = append(ends, end)
			from = end
		}
	}
	return ends
}

// targets are how large about the shards are: of a site's first segment, and of
// others by their documents. A query reads from each segment, so the shards of small
// ones are small.
func targets(base, docs int) int {
	switch {
	case base == 0:
		return 4 << 10
	case docs >= sizes[1]:
		return 2 << 10
	}
	return 1 << 10
}

// few is how many documents of a segment may have come, gone or changed for it to be
// mended rather than made anew.
const few = 64

// segments makes those of documents, and reports whether one is not as it was.
func segments(docs []Document, old Kept, read *held, jobs int) (now []segment, changed bool, err error) {
	base := 0
	for _, end := range spans(len(docs)) {
		s, made, err := segmentOf(docs, base, end, old, read, jobs)
		if err != nil {
			return nil, false, err
		}
		now = append(now, s)
		changed = changed || made
		base = end
	}
	return now, changed || len(now) != len(old.segments), nil
}

// segmentOf makes the segment of the documents from base to end, out of an old one
// with most of them if there is one.
func segmentOf(docs []Document, base, end int, old Kept, read *held, jobs int) (segment, bool, error) {
	docs = docs[base:end]
	s := segment{texts: make([]digest.Digest, len(docs)), target: targets(base, len(docs))}
	for i, d := range docs {
		s.texts[i] = d.Text
	}
	was, to := s.like(old.segments)
	if was != nil && to.same() {
		return *was, false, nil
	}
	var away stowing
	if was == nil { // else they are few, and listed at once
		away.Room = read.room
		away.left.Store(holdingRuns)
	}
	runs, err := gather(docs, to.changed, base, read, &away, jobs)
	if err != nil {
		return s, false, err
	}
	if was != nil {
		s.shards, err = newMender(was, old.Read, to, runs).shards(s.target, jobs)
		return s, true, err
	}
	c := cutter{target: s.target, put: old.Put}
	if err := code(runs, away.Room, jobs, c.add); err != nil {
		return s, false, err
	}
	s.shards, err = c.done()
	return s, true, err
}

// like finds the old segment that can be mended, if there is one, and what becomes of
// its documents.
func (s *segment) like(old []segment) (was *segment, to moves) {
	for i := range old {
		o := &old[i]
		if more := len(s.texts) - len(o.texts); o.target != s.target || max(more, -more) > few {
			continue
		}
		if to, ok := align(o.texts, s.texts); ok {
			return o, to
		}
	}
	for i := range s.texts {
		to.changed = append(to.changed, i)
	}
	return nil, to
}
