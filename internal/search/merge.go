package search

import (
	"bytes"
	"encoding/binary"
	"sort"
	"sync"
)

// cursor reads a run.
type cursor struct {
	rest []byte // of a leaf, begun by the postings of the key
	more run    // behind it
	key  key    // 0 at the end
	from Room   // has the leaves that were put away
	room []byte // to read them into
	err  error
}

// seek goes to the first key of a run that is not before from.
func (c *cursor) seek(r run, from key) {
	first := sort.Search(len(r), func(i int) bool { return r[i].before >= from })
	c.rest, c.more = nil, r[max(0, first-1):]
	for c.next(); c.key != 0 && c.key < from; c.next() {
		c.rest = c.rest[bytes.IndexByte(c.rest, 0)+1:]
	}
}

// next goes to the next key.
func (c *cursor) next() {
	if len(c.rest) == 0 && !c.leaf() {
		c.key = 0
		return
	}
	further, n := binary.Uvarint(c.rest)
	c.key += key(further)
	c.rest = c.rest[n:]
}

// leaf goes to the next leaf, if there is one.
func (c *cursor) leaf() bool {
	if len(c.more) == 0 || c.err != nil {
		return false
	}
	next := c.more[0]
	c.key, c.rest, c.more = next.before, next.packed, c.more[1:]
	if next.packed == nil {
		c.room, c.err = c.from.Append(c.room[:0], next.at)
		c.rest = c.room
	}
	return c.err == nil
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

// stretch is the keys from one to before another.
type stretch struct{ from, to key }

var allKeys = stretch{0, 1 << keyBits}

// Keys are cut into about so many stretches, into more where each would have more leaves than
// that, and into fewer where the runs are short.
const (
	leastStretches = 64
	stretchLeaves  = 128
)

// stretched cuts all keys into stretches with about as much in runs.
func stretched(runs []run) (all []stretch) {
	var longest run
	leaves := 0
	for _, r := range runs {
		leaves += len(r)
		if len(r) > len(longest) {
			longest = r
		}
	}
	from, n := allKeys.from, max(leastStretches, leaves/stretchLeaves)
	for i := range longest {
		if to := longest[i].before; i*n/len(longest) != (i-1)*n/len(longest) && to > from {
			all, from = append(all, stretch{from, to}), to
		}
	}
	return append(all, stretch{from, allKeys.to})
}

// merger merges runs.
type merger struct {
	runs     []run
	cursors  []cursor
	postings []posting
}

// newMerger merges runs, of which some leaves may lie in a room.
func newMerger(runs []run, from Room) *merger {
	m := &merger{runs: runs, cursors: make([]cursor, len(runs))}
	for i := range m.cursors {
		m.cursors[i].from = from
	}
	return m
}

// each hands the keys of a stretch in order to take, each with its postings of all runs.
func (m *merger) each(s stretch, take func(key, []posting)) error {
	for i, r := range m.runs {
		m.cursors[i].seek(r, s.from)
	}
	for {
		least := s.to
		for i := range m.cursors {
			if k := m.cursors[i].key; k != 0 && k < least {
				least = k
			}
		}
		if least == s.to {
			break
		}
		m.postings = m.postings[:0]
		for i := range m.cursors {
			if m.cursors[i].key == least {
				m.postings = m.cursors[i].postings(m.postings)
			}
		}
		take(least, m.postings)
	}
	for i := range m.cursors {
		if err := m.cursors[i].err; err != nil {
			return err
		}
	}
	return nil
}

// coded is the entries of a stretch, without a text for each.
type coded struct {
	heads []head
	sets  string // of all
	err   error
}

// head is an entry but for its sets, and where these end.
type head struct {
	key  key
	form form
	end  int
}

// each yields the entries.
func (c coded) each(yield func(entry) bool) {
	from := 0
	for _, h := range c.heads {
		if !yield(entry{h.key, h.form, c.sets[from:h.end]}) {
			return
		}
		from = h.end
	}
}

// code hands the entries of all that stands in runs to take, in the order of their keys. They
// are made on all cores, and taken while those behind them are made.
func code(runs []run, from Room, jobs int, take func(entry)) (err error) {
	all := stretched(runs)
	made := make([]chan coded, len(all)) // unbuffered: a worker is at most one stretch ahead
	for i := range made {
		made[i] = make(chan coded)
	}
	var work sync.WaitGroup
	jobs = max(1, jobs)
	for j := range jobs {
		work.Go(func() {
			m := newMerger(runs, from)
			var c codec
			var heads, taken []head // those of the last stretch may still be read
			for i := j; i < len(all); i += jobs {
				heads, c.sets = heads[:0], c.sets[:0]
				err := m.each(all[i], func(k key, postings []posting) {
					e := c.add(k, postings)
					heads = append(heads, head{k, e.form, len(c.sets)})
				})
				made[i] <- coded{heads, string(c.sets), err}
				heads, taken = taken, heads
			}
		})
	}
	for _, some := range made {
		now := <-some
		if err == nil {
			err = now.err
		}
		if err != nil {
			continue // but receive: the workers wait for that
		}
		for e := range now.each {
			take(e)
		}
	}
	work.Wait()
	return err
}
