package search

import (
	"maps"
	"slices"

	"golang.org/x/sync/errgroup"

	"qinglian/internal/digest"
	"qinglian/internal/flat"
)

// A segment is the lists of a stretch of documents. Numbers in them begin at the
// segment's first document.
type segment struct {
	texts  []digest.Digest // of its documents
	shards [][]byte
}

// Kept is what an index leaves for the next one.
type Kept struct {
	segments []segment
	Changed  bool // there is something to be kept
}

// Tape records or plays what is kept.
func (k *Kept) Tape(t *flat.Tape) {
	flat.Slice(t, &k.segments, func(t *flat.Tape, s *segment) {
		flat.Slice(t, &s.texts, func(t *flat.Tape, d *digest.Digest) { t.Bytes(d[:]) })
		flat.Slice(t, &s.shards, func(t *flat.Tape, b *[]byte) {
			text := string(*b)
			t.String(&text)
			*b = []byte(text)
		})
	})
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

// few is how many documents of a segment may have changed for it to be mended
// rather than made anew.
const few = 64

// segmentOf makes a segment, out of an old one with most of its documents if
// there is one.
func segmentOf(docs []Document, old []segment, jobs int) (segment, bool, error) {
	s := segment{texts: make([]digest.Digest, len(docs))}
	for i, d := range docs {
		s.texts[i] = d.Text
	}
	var changed []int
	var was *segment
	for i := range old {
		if o := &old[i]; len(o.texts) == len(docs) || len(o.texts) < len(docs) && len(docs)-len(o.texts) <= few {
			changed = changed[:0]
			for i, text := range s.texts {
				if i >= len(o.texts) || o.texts[i] != text {
					changed = append(changed, i)
				}
			}
			if len(changed) == 0 {
				return *o, false, nil
			}
			if len(changed) <= few && len(changed) < len(docs) {
				was = o
				break
			}
		}
	}
	if was == nil {
		changed = changed[:0]
		for i := range docs {
			changed = append(changed, i)
		}
	}
	lists, err := listsOf(docs, changed, jobs)
	if err != nil {
		return s, false, err
	}
	if was != nil {
		if lists, err = mend(was, changed, lists, jobs); err != nil {
			return s, false, err
		}
	}
	for _, shard := range cut(lists) {
		var b []byte
		before := key(0)
		for _, l := range shard {
			b = l.appendTo(b, before)
			before = l.key
		}
		s.shards = append(s.shards, slices.Clip(b))
	}
	return s, true, nil
}

// row is a list while it is made.
type row struct {
	docs, title, many tail
	doc               int // that is being read
	times             int // that it has the key
	titled            bool
}

// tail is numbers with the last of them.
type tail struct {
	bytes []byte
	last  int // plus one
}

func (t *tail) add(n int) {
	t.bytes = appendNumber(t.bytes, n-t.last)
	t.last = n + 1
}

// join puts the numbers of another tail, all larger, behind those of t.
func (t *tail) join(other tail) {
	if len(other.bytes) == 0 {
		return
	}
	first, rest := number(other.bytes)
	t.bytes = append(appendNumber(t.bytes, first-t.last), rest...)
	t.last = other.last
}

// often is how many times a document must have a key to be among the many.
const often = 3

func (r *row) end() {
	if r.times == 0 {
		return
	}
	r.docs.add(r.doc)
	if r.titled {
		r.title.add(r.doc)
	}
	if r.times >= often {
		r.many.add(r.doc)
	}
	r.times, r.titled = 0, false
}

// listsOf are the lists of some of the documents, in the order of their keys.
func listsOf(docs []Document, which []int, jobs int) ([]list, error) {
	jobs = max(1, min(jobs, len(which)/16))
	made := make([]map[key]*row, jobs)
	var group errgroup.Group
	for j := range jobs {
		part := which[len(which)*j/jobs : len(which)*(j+1)/jobs]
		group.Go(func() (err error) {
			made[j], err = rowsOf(docs, part)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	all := made[0]
	for _, more := range made[1:] {
		for k, r := range more {
			first := all[k]
			if first == nil {
				all[k] = r
				continue
			}
			first.docs.join(r.docs)
			first.title.join(r.title)
			first.many.join(r.many)
		}
	}
	lists := make([]list, 0, len(all))
	for _, k := range slices.Sorted(maps.Keys(all)) {
		r := all[k]
		lists = append(lists, list{key: k, docs: r.docs.bytes, title: r.title.bytes, many: r.many.bytes})
	}
	return lists, nil
}

func rowsOf(docs []Document, which []int) (map[key]*row, error) {
	rows := map[key]*row{}
	var room []row
	var text []rune
	for _, n := range which {
		titled := true
		note := func(k key) {
			r := rows[k]
			if r == nil {
				if len(room) == 0 {
					room = make([]row, 256)
				}
				r, room = &room[0], room[1:]
				rows[k] = r
			}
			if r.doc != n {
				r.end()
				r.doc = n
			}
			r.times++
			r.titled = r.titled || titled
		}
		read := func(block []byte) {
			text = fold(text[:0], block)
			keys(text, note)
		}
		d := &docs[n]
		read([]byte(d.Title))
		titled = false
		read([]byte(d.Summary))
		prose, err := d.Prose()
		if err != nil {
			return nil, err
		}
		Blocks(prose, read)
	}
	for _, r := range rows {
		r.end()
	}
	return rows, nil
}

// mend puts the lists of changed documents in the place of what a segment has of
// them.
func mend(was *segment, changed []int, now []list, jobs int) ([]list, error) {
	gone := make([]bool, len(was.texts))
	for _, n := range changed {
		if n < len(gone) {
			gone[n] = true
		}
	}
	olds := make([][]list, len(was.shards))
	var group errgroup.Group
	group.SetLimit(max(1, jobs))
	for i := range was.shards {
		group.Go(func() error {
			olds[i] = parse(was.shards[i])
			for j := range olds[i] {
				drop(&olds[i][j], gone)
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	var out []list
	for _, l := range slices.Concat(olds...) {
		for len(now) > 0 && now[0].key < l.key {
			out = append(out, now[0])
			now = now[1:]
		}
		if len(now) > 0 && now[0].key == l.key {
			l.docs, l.title, l.many = merge(l.docs, now[0].docs), merge(l.title, now[0].title), merge(l.many, now[0].many)
			now = now[1:]
		}
		if len(l.docs) > 0 {
			out = append(out, l)
		}
	}
	return append(out, now...), nil
}

// drop takes documents out of a list.
func drop(l *list, gone []bool) {
	for _, part := range []*[]byte{&l.docs, &l.title, &l.many} {
		if has(*part, gone) {
			numbers := slices.DeleteFunc(decode(*part), func(n int) bool { return gone[n] })
			*part = encode(numbers)
		}
	}
}

func has(b []byte, gone []bool) bool {
	for at := -1; len(b) > 0; {
		var n int
		n, b = number(b)
		if at += n + 1; gone[at] {
			return true
		}
	}
	return false
}

func decode(b []byte) (out []int) {
	for at := -1; len(b) > 0; {
		var n int
		n, b = number(b)
		at += n + 1
		out = append(out, at)
	}
	return out
}

func encode(numbers []int) []byte {
	var t tail
	for _, n := range numbers {
		t.add(n)
	}
	return t.bytes
}

func merge(a, b []byte) []byte {
	if len(b) == 0 {
		return a
	}
	all := append(decode(a), decode(b)...)
	slices.Sort(all)
	return encode(all)
}
