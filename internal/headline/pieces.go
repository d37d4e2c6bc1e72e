package headline

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// piece is a part of a title, and of what sort it is.
type piece struct {
	span
	sort
}

type sort int

const (
	unknown  sort = iota // one character of which nothing is known
	word                 // known, two characters or more
	toBefore             // one character that belongs to what is before it
	toNext               // one that belongs to what comes next
	counted              // a number, with what it counts
)

// What a piece costs: of two ways to cut a title the cheaper is taken. What the article
// itself names is cheaper than a word; a character of which nothing is known costs two.
var costs = [...]int{unknown: 20, word: 10, toBefore: 11, toNext: 11, counted: 10}

const (
	named    = 8
	repeated = 9
)

// known is a piece that is known for this title alone: where it ends, and what it costs.
type known struct{ to, cost int }

// names makes those known that stand in the title.
func (w *work) names(names []string) {
	for _, name := range names {
		n := utf8.RuneCountInString(name)
		for from := 0; n > 1 && n <= line && from+n <= len(w.title); from++ {
			if w.says(from, from+n) == name {
				w.known[from] = append(w.known[from], known{from + n, named})
			}
		}
	}
}

// cut finds the places in a part of the title that has letters and digits alone.
func (w *work) cut(from, to int) {
	pieces := w.cheapest(from, to)
	for i := 1; i < len(pieces); i++ {
		w.place[pieces[i].from] = w.apart(pieces, i)
	}
}

// apart reports whether a line may end before the piece at i.
func (w *work) apart(pieces []piece, i int) bool {
	before, next := pieces[i-1], pieces[i]
	switch {
	case next.sort == toBefore, before.sort == toNext:
		return false
	case before.sort == toBefore:
		return true
	case before.sort == unknown && next.sort == unknown:
		return false
	case before.sort == unknown:
		first := i
		for first > 0 && pieces[first-1].sort == unknown {
			first--
		}
		return w.whole(pieces[first:i])
	case next.sort == unknown:
		end := i
		for end < len(pieces) && pieces[end].sort == unknown {
			end++
		}
		return !strings.ContainsRune(places, w.title[next.from]) && w.whole(pieces[i:end])
	}
	return true
}

// whole reports whether unknown characters look like words of their own: a pair, or
// several, or what ends like the name of a place. Of three one may be a part of what
// they touch.
func (w *work) whole(unknown []piece) bool {
	last := w.title[unknown[len(unknown)-1].from]
	return len(unknown)%2 == 0 || len(unknown) > 1 && strings.ContainsRune(places, last)
}

// cheapest is the pieces of a part of the title. Of equal ways it is that with the longer
// last piece.
func (w *work) cheapest(from, to int) (pieces []piece) {
	type way struct {
		cost int
		last piece
	}
	best := make([]way, to-from+1)
	for i := range best[1:] {
		best[i+1].cost = math.MaxInt
	}
	for begin := from; begin < to; begin++ {
		so := best[begin-from].cost
		w.each(begin, to, func(p piece, cost int) {
			if b := &best[p.to-from]; so+cost < b.cost {
				*b = way{so + cost, p}
			}
		})
	}
	for end := to; end > from; end = best[end-from].last.from {
		pieces = append(pieces, best[end-from].last)
	}
	slices.Reverse(pieces)
	return pieces
}

// each gives the pieces that begin at a character and end before another, with what they
// cost.
func (w *work) each(from, before int, put func(piece, int)) {
	r := w.title[from]
	alone := single(r)
	put(piece{span{from, from + 1}, alone}, costs[alone])
	if from+1 == before {
		return
	}
	for to := from + 2; to <= min(before, from+words().longest[w.says(from, from+2)]); to++ {
		if words().known[w.says(from, to)] {
			put(piece{span{from, to}, word}, costs[word])
		}
	}
	for _, k := range w.known[from] {
		if k.to <= before {
			put(piece{span{from, k.to}, word}, k.cost)
		}
	}
	if isNumeral(r) {
		for to := from + 2; to <= before; to++ {
			if isCounted(w.title[from:to]) {
				put(piece{span{from, to}, counted}, costs[counted])
			}
		}
	}
	if to := w.latinEnd(from); to > from+1 {
		put(piece{span{from, to}, word}, costs[word])
	}
}

func (w *work) says(from, to int) string { return w.text[w.at[from]:w.at[to]] }

// latinEnd is where a word of Latin letters and digits ends that begins at a character;
// that character if none does.
func (w *work) latinEnd(from int) int {
	latin := func(i int) bool {
		return i >= 0 && i < len(w.title) && w.title[i] < utf8.RuneSelf && isLetter(w.title[i])
	}
	if latin(from - 1) {
		return from
	}
	to := from
	for latin(to) {
		to++
	}
	return to
}
