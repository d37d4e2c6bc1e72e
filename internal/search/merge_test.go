package search

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestStretches: cut into stretches, runs say what they say as a whole.
func TestStretches(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var runs []run
	for doc := range 5 {
		var g gatherer
		for range 40_000 >> doc {
			g.noted = append(g.noted, place(0, part(random.IntN(3))).with(pair('一'+random.Int32N(300), '一'+random.Int32N(300))))
		}
		runs = append(runs, g.run([]int{doc}))
	}
	var parts []listed
	whole := list(runs...)
	cut := stretched(runs)
	if len(cut) < leastStretches/8 {
		t.Errorf("only %d stretches", len(cut))
	}
	m := newMerger(runs, Room{})
	for _, s := range cut {
		err := m.each(s, func(k key, postings []posting) { parts = append(parts, listed{k, slices.Clone(postings)}) })
		if err != nil {
			t.Fatal(err)
		}
	}
	same := func(a, b listed) bool { return a.key == b.key && slices.Equal(a.postings, b.postings) }
	if len(whole) == 0 || !slices.EqualFunc(whole, parts, same) {
		t.Errorf("%d keys, in stretches %d, or other postings", len(whole), len(parts))
	}
	for _, jobs := range []int{1, 3} {
		var entries []entry
		if err := code(runs, Room{}, jobs, func(e entry) { entries = append(entries, e) }); err != nil {
			t.Fatal(err)
		}
		if len(entries) != len(whole) {
			t.Fatalf("jobs %d: %d entries, not %d", jobs, len(entries), len(whole))
		}
		var c codec
		for i, l := range whole {
			if e := c.entry(l.key, l.postings); entries[i] != e {
				t.Fatalf("jobs %d: %v, not %v", jobs, entries[i], e)
			}
		}
	}
}
