package search

import (
	"slices"

	"qinglian/internal/digest"
)

// moves is what becomes of a segment's documents in a later one.
type moves struct {
	numbers []int // which each has now; -1 if it is gone. nil if none has another
	gone    []int // those of before that are not there as they were
	changed []int // those of now that are to be read
}

// same reports whether all is as it was.
func (m moves) same() bool { return m.numbers == nil && len(m.gone)+len(m.changed) == 0 }

// align finds out which documents of a segment are still there. Both are in the order
// of their numbers, so what comes and goes moves those behind it, all by as much. ok is
// false if more than a few came, or went.
func align(was, now []digest.Digest) (m moves, ok bool) {
	numbers := make([]int, len(was))
	moved := false
	i, j := 0, 0
	for (i < len(was) || j < len(now)) && len(m.gone) <= few && len(m.changed) <= few {
		if i < len(was) && j < len(now) && was[i] == now[j] {
			numbers[i] = j
			moved = moved || i != j
			i, j = i+1, j+1
			continue
		}
		came, went := ahead(now[j:], was, i), ahead(was[i:], now, j)
		switch {
		case came > 0 && (went <= 0 || came <= went):
			for range came {
				m.changed, j = append(m.changed, j), j+1
			}
		case went > 0:
			for range went {
				m.gone, numbers[i], i = append(m.gone, i), -1, i+1
			}
		default: // another in its place
			if i < len(was) {
				m.gone, numbers[i], i = append(m.gone, i), -1, i+1
			}
			if j < len(now) {
				m.changed, j = append(m.changed, j), j+1
			}
		}
	}
	if moved {
		m.numbers = numbers
	}
	return m, len(m.gone) <= few && len(m.changed) <= few
}

// ahead is how far from the beginning the document at a place of another list stands;
// 0 if it is not among the next few.
func ahead(list, other []digest.Digest, at int) int {
	if at >= len(other) {
		return 0
	}
	return max(0, slices.Index(list[:min(len(list), few)], other[at]))
}
