package search

import (
	"errors"
	"fmt"
	"reflect"
	"testing"
)

// TestStow: runs that were put away are merged as those in memory are, some of each too.
func TestStow(t *testing.T) {
	docs := site(600)
	which := make([]int, len(docs))
	for i := range which {
		which[i] = i
	}
	const some = 700 << 10 // bytes, of about twice as many
	var away shelf
	merged := func(room Room, left int64) (all []listed) {
		to := stowing{Room: room}
		to.left.Store(left)
		runs, err := gather(docs, which, 0, &held{texts: make([]text, len(docs))}, &to, 2)
		if err == nil {
			err = newMerger(runs, room).each(allKeys, func(k key, p []posting) { all = append(all, listed{k, append([]posting{}, p...)}) })
		}
		if err != nil {
			t.Fatal(err)
		}
		here := 0
		for _, r := range runs {
			if r[0].packed != nil {
				here++
			}
		}
		if left == some && (here == 0 || here == len(runs)) {
			t.Errorf("%d of %d runs in memory", here, len(runs))
		}
		return all
	}
	want := merged(Room{}, 0)
	for _, left := range []int64{0, some, 1 << 30} {
		if got := merged(away.room(), left); !reflect.DeepEqual(got, want) {
			t.Errorf("with room for %d bytes other keys", left)
		}
	}
	if len(want) < 1000 || len(away.texts) < 10 {
		t.Errorf("%d keys, %d leaves", len(want), len(away.texts))
	}
}

// TestLostLeaf: a leaf that can't be read is no end of a run.
func TestLostLeaf(t *testing.T) {
	lost := errors.New("lost")
	room := Room{Append: func(to []byte, at Place) ([]byte, error) {
		if at.At == 1 {
			return to, lost
		}
		return append(to, 6, 2, 0), nil
	}}
	got := ""
	runs := []run{{{at: Place{At: 0}}, {before: 6, at: Place{At: 1}}, {before: 12, at: Place{At: 2}}}}
	err := newMerger(runs, room).each(allKeys, func(k key, p []posting) { got += fmt.Sprintf("%d %d ", k, len(p)) })
	if !errors.Is(err, lost) || got != "6 1 " {
		t.Errorf("%v, %q", err, got)
	}
	if err := code(runs, room, 2, func(entry) {}); !errors.Is(err, lost) {
		t.Errorf("coding: %v", err)
	}
}
