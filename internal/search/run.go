package search

import (
	"encoding/binary"
	"sync/atomic"
)

// A run is the postings of some documents by their keys, in order, packed: for each key by
// how much it is larger than the one before, its postings, and a 0. A posting is the
// documents since the one before, times two; plus 1 if there are flags behind it, which
// say where and how often the document has the key. All numbers are as
// [binary.AppendUvarint] writes them. It is cut into leaves, so that it can be read from any
// key on.
type run []leaf

// leaf is the postings of some keys, from behind one on.
type leaf struct {
	before key
	packed []byte // nil if it was put away
	at     Place
}

// leafSize is about how many bytes a leaf has.
const leafSize = 4 << 10

// stowing is where runs are put away once those in memory are too many.
type stowing struct {
	Room
	left atomic.Int64 // how many bytes of runs there is room for in memory
}

// holdingRuns is for how many bytes of runs there is room in memory: those of some ten
// thousand articles.
const holdingRuns = 16 << 20

// stow stows what was noted of documents, which have these numbers.
func (s *stowing) stow(g *gatherer, numbers []int) (run, error) {
	g.pack(numbers)
	if s.Put == nil || s.left.Add(-int64(len(g.packed))) >= 0 {
		return g.held(), nil
	}
	away := make(run, len(g.leaves))
	for i, l := range g.leaves {
		at, err := s.Put(l.packed)
		if err != nil {
			return nil, err
		}
		away[i] = leaf{before: l.before, at: at}
	}
	return away, nil
}

// The flags of a posting.
const (
	isTitled = 1 << iota
	isOften
	isBeside
)

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
