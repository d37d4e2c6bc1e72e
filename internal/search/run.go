package search

import (
	"bytes"
	"encoding/binary"
	"sync/atomic"
)

// A run is the postings of some documents by their keys, in order, packed: for each key by
// how much it is larger than the one before, its postings, and a 0. A posting is the
// documents since the one before, times two; plus 1 if there are flags behind it, which
// say where and how often the document has the key. All numbers are as
// [binary.AppendUvarint] writes them.
type run []byte

// stowed is a run, or where its stretches were put away, each begun by a key.
type stowed struct {
	run
	away []Place
}

// stretch is about how many bytes of a run are put away, and read, at once.
const stretch = 16 << 10

// stowing is where runs are put away once those in memory are too many.
type stowing struct {
	Room
	left atomic.Int64 // how many bytes of runs there is room for in memory
}

// holdingRuns is for how many bytes of runs there is room in memory: those of some ten
// thousand articles.
const holdingRuns = 16 << 20

// stow stows what was noted of documents, which have these numbers.
func (s *stowing) stow(g *gatherer, numbers []int) (r stowed, err error) {
	g.pack(numbers)
	if s.Put == nil || s.left.Add(-int64(len(g.packed))) >= 0 {
		r.run = bytes.Clone(g.packed)
		return r, nil
	}
	r.away = make([]Place, len(g.ends))
	from := 0
	for i, end := range g.ends {
		if r.away[i], err = s.Put(g.packed[from:end]); err != nil {
			return r, err
		}
		from = end
	}
	return r, nil
}

// here are runs of which none was put away.
func here(all []stowed) []run {
	runs := make([]run, len(all))
	for i, r := range all {
		runs[i] = r.run
	}
	return runs
}

// The flags of a posting.
const (
	isTitled = 1 << iota
	isOften
	isBeside
)

// cursor reads a run.
type cursor struct {
	rest []byte // begun by the postings of the key
	key  key    // 0 at the end
	away []Place
	from Room
	room []byte // to read into
	err  error
}

// next goes to the next key.
func (c *cursor) next() {
	if len(c.rest) == 0 && len(c.away) > 0 {
		c.room, c.err = c.from.Append(c.room[:0], c.away[0])
		c.rest, c.away = c.room, c.away[1:]
	}
	if len(c.rest) == 0 || c.err != nil {
		c.key = 0
		return
	}
	further, n := binary.Uvarint(c.rest)
	c.key += key(further)
	c.rest = c.rest[n:]
}

// postings takes those of the key, and goes to the next.
func (c *cursor) postings(to []posting) []posting {
	b := c.rest
	for doc := -1; b[0] != 0; {
		v, n := uint64(b[0]), 1
		if v >= 0x80 {
			v, n = binary.Uvarint(b)
		}
		doc += int(v >> 1)
		p := posting{doc: doc}
		if v&1 != 0 {
			flags := b[n]
			p.titled, p.often, p.beside = flags&isTitled != 0, flags&isOften != 0, flags&isBeside != 0
			n++
		}
		to, b = append(to, p), b[n:]
	}
	c.rest = b[1:]
	c.next()
	return to
}

func appendPosting(to []byte, further int, in part, times int) []byte {
	v := uint64(further) << 1
	if in == prose && times < often {
		return binary.AppendUvarint(to, v)
	}
	flags := byte(0)
	switch in {
	case title:
		flags = isTitled
	case beside:
		flags = isBeside
	}
	if times >= often {
		flags |= isOften
	}
	return append(binary.AppendUvarint(to, v|1), flags)
}

// merge hands the keys of all runs in order to each, with their postings of all. Those that
// were put away are read from a room.
func merge(runs []stowed, from Room, each func(key, []posting)) error {
	cursors := make([]cursor, len(runs))
	for i, r := range runs {
		cursors[i] = cursor{rest: r.run, away: r.away, from: from}
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
			break
		}
		postings = postings[:0]
		for i := range cursors {
			if cursors[i].key == least {
				postings = cursors[i].postings(postings)
			}
		}
		each(least, postings)
	}
	for i := range cursors {
		if err := cursors[i].err; err != nil {
			return err
		}
	}
	return nil
}
