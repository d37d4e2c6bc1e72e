package flat

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

type pair struct{ key, value string }

func (p *pair) tape(t *Tape) {
	t.String(&p.key)
	t.String(&p.value)
}

// TestEdit: a list that was edited again and again is what its edits, each off a tape,
// make of the first.
func TestEdit(t *testing.T) {
	key := func(p *pair) string { return p.key }
	values := func(t *Tape, all *[]pair) { Slice(t, all, func(t *Tape, p *pair) { p.tape(t) }) }
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		drawn := func() (list []pair) {
			for n := range 12 {
				if r.IntN(2) == 0 {
					list = append(list, pair{fmt.Sprintf("%02d", n), fmt.Sprint(r.IntN(2))})
				}
			}
			return list
		}
		first := drawn()
		was := first
		var edits []Edit[pair]
		for range r.IntN(5) {
			now := drawn()
			e := Between(was, now, key, func(a, b *pair) bool { return *a == *b })
			if e.None() != slices.Equal(was, now) {
				t.Fatalf("from %v to %v: %v", was, now, e)
			}
			for _, p := range e.Put {
				if slices.Contains(was, p) {
					t.Fatalf("from %v to %v: %v is put for nothing", was, now, p)
				}
			}
			var recorded Tape
			e.Tape(&recorded, values)
			var back Edit[pair]
			played := Play(string(recorded.Recorded()))
			if back.Tape(played, values); !played.Whole() {
				t.Fatal("not whole")
			}
			edits, was = append(edits, back), now
		}
		if got := After(first, edits, key); !slices.Equal(got, was) {
			t.Fatalf("got %v, want %v", got, was)
		}
	}
}
