package search

import (
	"bytes"
	"encoding/binary"
	"iter"
	"slices"

	"golang.org/x/sync/errgroup"
)

// batch is how many of n documents are gathered at once: few enough that what is noted
// of them stays near the processor, which with 256 of them takes a fifth longer; of many
// more, since each batch has most keys again, and all batches are merged.
func batch(n int) int { return min(max(64, n/128), 256) }

// A run is the postings of a batch of documents by their keys, in order, packed:
// for each key by how much it is larger than the one before and the number of its
// postings, and for each of these the documents left out since the one before, times
// eight, plus 1 if it is titled, 2 if it is often, 4 if it is beside the text; all as
// [binary.AppendUvarint] writes it.
type run []byte

// cursor reads a run.
type cursor struct {
	rest run
	key  key // 0 at the end
	left int // postings
}

// next goes to the next key.
func (c *cursor) next() {
	if len(c.rest) == 0 {
		c.key = 0
		return
	}
	c.key += key(c.number())
	c.left = int(c.number())
}

func (c *cursor) number() uint64 {
	v, n := binary.Uvarint(c.rest)
	c.rest = c.rest[n:]
	return v
}

// postings takes those of the key, and goes to the next.
func (c *cursor) postings(to []posting) []posting {
	next := 0
	for ; c.left > 0; c.left-- {
		v := c.number()
		next += int(v >> 3)
		to = append(to, posting{doc: next, titled: v&1 != 0, often: v&2 != 0, beside: v&4 != 0})
		next++
	}
	c.next()
	return to
}

// gatherer reads documents and notes which keys they have.
type gatherer struct {
	slots []slot // a hash table, a power of two of them, at most half of it used
	used  int
	noted []noted
	read  int // documents of the batch
	// kept to be written into again
	text        []rune
	literal     []byte
	order, room []slot
	packed      []byte
}

// slot is a key and where the first and the latest document with it are noted.
type slot struct {
	key           key // 0 if the slot is free
	first, latest int32
	documents     int32 // with the key
}

// noted is a document that has a key.
type noted struct {
	after int32  // where the next document with the key is noted; -1 if there is none
	doc   uint16 // in its batch
	times uint8
	in    part
}

// part is where a document has a key first.
type part uint8

const (
	title part = iota
	prose
	beside
)

func newGatherer() *gatherer { return &gatherer{slots: make([]slot, 1<<12)} }

// slot finds the slot of a key, or the free one for it.
func (g *gatherer) slot(k key) *slot {
	mask := uint64(len(g.slots) - 1)
	for at := scatter(k) & mask; ; at = (at + 1) & mask {
		if s := &g.slots[at]; s.key == k || s.key == 0 {
			return s
		}
	}
}

func (g *gatherer) grow() {
	old := g.slots
	g.slots = make([]slot, 2*len(old))
	for _, s := range old {
		if s.key != 0 {
			*g.slot(s.key) = s
		}
	}
}

// note notes that the document that is read has a key. begin is where those of
// the document begin.
func (g *gatherer) note(k key, begin int32, in part) {
	s := g.slot(k)
	now := int32(len(g.noted))
	switch {
	case s.key == 0:
		*s = slot{k, now, now, 1}
		if g.used++; 2*g.used > len(g.slots) {
			g.grow()
		}
	case s.latest < begin:
		g.noted[s.latest].after = now
		s.latest = now
		s.documents++
	default:
		g.noted[s.latest].times = min(g.noted[s.latest].times+1, often)
		return
	}
	g.noted = append(g.noted, noted{after: -1, doc: uint16(g.read), times: 1, in: in})
}

// add reads one document more of the batch, and gives its text as a literal, which the
// next one takes the place of.
func (g *gatherer) add(d *Document) ([]byte, error) {
	begin := int32(len(g.noted))
	g.literal = openText(g.literal[:0])
	in := title
	note := func(k key) { g.note(k, begin, in) }
	err := d.blocks(func(of part, block []byte) {
		in = of
		g.text = fold(g.text[:0], block)
		keys(g.text, note)
		g.literal = appendBlock(g.literal, of, block)
	})
	g.literal = closeText(g.literal)
	g.read++
	return g.literal, err
}

// blocks hands each block of a document to visit, the title first.
func (d *Document) blocks(visit func(in part, block []byte)) error {
	visit(title, []byte(d.Title))
	if !d.Excerpt {
		visit(prose, []byte(d.Summary))
	}
	html, err := d.Prose()
	if err != nil {
		return err
	}
	Blocks(html, func(block []byte) { visit(prose, block) })
	for _, value := range d.Beside {
		visit(beside, []byte(value))
	}
	return nil
}

// sort puts the used slots into the order of their keys: eleven bits at a time, the
// lowest first. With slices.SortFunc a whole build of ten thousand articles takes a
// twelfth more of the processor.
func (g *gatherer) sort() {
	const bits = 11
	g.order = g.order[:0]
	for _, s := range g.slots {
		if s.key != 0 {
			g.order = append(g.order, s)
		}
	}
	g.room = slices.Grow(g.room[:0], len(g.order))[:len(g.order)]
	for shift := 0; shift < keyBits; shift += bits {
		var next [1 << bits]int32
		for _, s := range g.order {
			next[s.key>>shift%(1<<bits)]++
		}
		from := int32(0)
		for d, n := range next {
			next[d] = from
			from += n
		}
		for _, s := range g.order {
			d := s.key >> shift % (1 << bits)
			g.room[next[d]] = s
			next[d]++
		}
		g.order, g.room = g.room, g.order
	}
}

// run packs what was noted of a batch, whose documents have these numbers, and
// forgets it.
func (g *gatherer) run(numbers []int) run {
	g.sort()
	packed := g.packed[:0]
	before := key(0)
	for _, s := range g.order {
		packed = binary.AppendUvarint(packed, uint64(s.key-before))
		packed = binary.AppendUvarint(packed, uint64(s.documents))
		before = s.key
		next := 0
		for at := s.first; at >= 0; at = g.noted[at].after {
			n := &g.noted[at]
			doc := numbers[n.doc]
			v := uint64(doc-next) << 3
			if n.in == title {
				v |= 1
			}
			if n.times == often {
				v |= 2
			}
			if n.in == beside {
				v |= 4
			}
			packed = binary.AppendUvarint(packed, v)
			next = doc + 1
		}
	}
	clear(g.slots)
	g.used, g.noted, g.read, g.packed = 0, g.noted[:0], 0, packed
	return bytes.Clone(packed)
}

// gather reads some of a segment's documents, in runs, and holds their texts; the
// segment's first has the number base.
func gather(docs []Document, which []int, base int, read *held, jobs int) ([]run, error) {
	batches := slices.Collect(slices.Chunk(which, batch(len(which))))
	runs := make([]run, len(batches))
	jobs = max(1, min(jobs, len(batches)))
	var group errgroup.Group
	for j := range jobs {
		group.Go(func() error {
			g := newGatherer()
			for i := j; i < len(batches); i += jobs {
				for _, n := range batches[i] {
					literal, err := g.add(&docs[n])
					if err != nil {
						return err
					}
					read.put(base+n, literal)
				}
				runs[i] = g.run(batches[i])
			}
			return nil
		})
	}
	return runs, group.Wait()
}

// merged is the keys of all runs in order, each with its postings of all.
func merged(runs []run) iter.Seq2[key, []posting] {
	return func(yield func(key, []posting) bool) {
		cursors := make([]cursor, len(runs))
		for i, r := range runs {
			cursors[i].rest = r
			cursors[i].next()
		}
		var postings []posting
		for {
			least := key(0)
			for i := range cursors {
				if k := cursors[i].key; k != 0 && (least == 0 || k < least) {
					least = k
				}
			}
			if least == 0 {
				return
			}
			postings = postings[:0]
			for i := range cursors {
				if cursors[i].key == least {
					postings = cursors[i].postings(postings)
				}
			}
			if !yield(least, postings) {
				return
			}
		}
	}
}
