package search

import (
	"cmp"
	"iter"
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
	text string
	of   digest.Digest // of text as a script's literal
}

// Kept is what an index leaves for the next one.
type Kept struct {
	segments []segment
	readings []readings
	Changed  bool // there is something to be kept
}

// Tape records or plays what is kept.
func (k *Kept) Tape(t *flat.Tape) {
	flat.Slice(t, &k.segments, func(t *flat.Tape, s *segment) {
		flat.Slice(t, &s.texts, func(t *flat.Tape, d *digest.Digest) { t.Bytes(d[:]) })
		t.Int(&s.target)
		flat.Slice(t, &s.shards, func(t *flat.Tape, s *shard) {
			t.String(&s.text)
			t.Bytes(s.of[:])
		})
	})
	flat.Slice(t, &k.readings, func(t *flat.Tape, r *readings) {
		t.Bytes(r.titles[:])
		t.Strings(&r.read.Syllables)
		t.Strings(&r.read.Titles)
	})
}

// Size is about how many bytes [Kept.Tape] records.
func (k *Kept) Size() int {
	size := 0
	for _, s := range k.segments {
		size += len(s.texts) * len(digest.Digest{})
		for _, shard := range s.shards {
			size += len(shard.text) + len(shard.of) + 3
		}
	}
	for _, r := range k.readings {
		size += len(r.read.Titles) * 48
	}
	return size
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

// few is how many documents of a segment may have changed for it to be mended
// rather than made anew.
const few = 64

// segments makes those of documents, and reports whether one is not as it was.
func segments(docs []Document, old []segment, jobs int) (now []segment, changed bool, err error) {
	base := 0
	for _, end := range spans(len(docs)) {
		s, made, err := segmentOf(docs, base, end, old, jobs)
		if err != nil {
			return nil, false, err
		}
		now = append(now, s)
		changed = changed || made
		base = end
	}
	return now, changed || len(now) != len(old), nil
}

// segmentOf makes the segment of the documents from base to end, out of an old one
// with most of them if there is one.
func segmentOf(docs []Document, base, end int, old []segment, jobs int) (segment, bool, error) {
	docs = docs[base:end]
	s := segment{texts: make([]digest.Digest, len(docs)), target: targets(base, len(docs))}
	for i, d := range docs {
		s.texts[i] = d.Text
	}
	was, changed := s.like(old)
	if was != nil && len(changed) == 0 {
		return *was, false, nil
	}
	runs, err := gather(docs, changed, jobs)
	if err != nil {
		return s, false, err
	}
	if was == nil {
		was = &segment{}
	}
	known := make(map[string]digest.Digest, len(was.shards))
	for _, old := range was.shards {
		known[old.text] = old.of
	}
	for text := range cut(mended(was, changed, runs), s.target) {
		now := shard{text: string(text)}
		var same bool
		if now.of, same = known[now.text]; !same {
			now.of = digest.Of(quoted(now.text))
		}
		s.shards = append(s.shards, now)
	}
	return s, true, nil
}

// like finds the old segment that can be mended, if there is one, and which
// documents are to be read.
func (s *segment) like(old []segment) (was *segment, changed []int) {
	for i := range old {
		o := &old[i]
		if more := len(s.texts) - len(o.texts); o.target != s.target || more < 0 || more > few {
			continue
		}
		changed = changed[:0]
		for i, text := range s.texts {
			if i >= len(o.texts) || o.texts[i] != text {
				changed = append(changed, i)
			}
		}
		if len(changed) <= few {
			return o, changed
		}
	}
	changed = changed[:0]
	for i := range s.texts {
		changed = append(changed, i)
	}
	return nil, changed
}

// mended is the entries of a segment with those of changed documents, which were
// gathered, in the place of what it has of them.
func mended(was *segment, changed []int, runs []run) iter.Seq[entry] {
	var gone []bool // up to the last
	for _, n := range changed {
		if n < len(was.texts) {
			gone = append(gone, make([]bool, n+1-len(gone))...)
			gone[n] = true
		}
	}
	return func(yield func(entry) bool) {
		var c codec
		next, stop := iter.Pull2(merged(runs))
		defer stop()
		k, now, more := next()
		for _, shard := range was.shards {
			for e := range entries(shard.text) {
				for more && k < e.key {
					if !yield(c.entry(k, now)) {
						return
					}
					k, now, more = next()
				}
				mine := more && k == e.key
				if mine || e.has(gone) {
					kept := slices.DeleteFunc(c.read(e), func(p posting) bool { return p.doc < len(gone) && gone[p.doc] })
					if mine {
						kept = append(kept, now...)
						slices.SortFunc(kept, func(a, b posting) int { return cmp.Compare(a.doc, b.doc) })
						k, now, more = next()
					}
					if len(kept) == 0 {
						continue
					}
					e = c.entry(e.key, kept)
				}
				if !yield(e) {
					return
				}
			}
		}
		for ; more; k, now, more = next() {
			if !yield(c.entry(k, now)) {
				return
			}
		}
	}
}
