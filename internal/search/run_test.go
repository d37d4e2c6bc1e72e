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
	var away shelf
	merged := func(room Room, left int64) (all []listed) {
		to := stowing{Room: room}
		to.left.Store(left)
		runs, err := gather(docs, which, 0, &held{texts: make([]text, len(docs))}, &to, 2)
		if err == nil {
			err = merge(runs, room, func(k key, p []posting) { all = append(all, listed{k, append([]posting{}, p...)}) })
		}
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	want := merged(Room{}, 0)
	for _, left := range []int64{0, 20 << 10, 1 << 30} {
		if got := merged(away.room(), left); !reflect.DeepEqual(got, want) {
			t.Errorf("with room for %d bytes other keys", left)
		}
	}
	if len(want) < 1000 || len(away.texts) < 10 {
		t.Errorf("%d keys, %d stretches", len(want), len(away.texts))
	}
}

// TestLostStretch: a stretch that can't be read is no end of a run.
func TestLostStretch(t *testing.T) {
	lost := errors.New("lost")
	room := Room{Append: func(to []byte, at Place) ([]byte, error) {
		if at.At == 1 {
			return to, lost
		}
		return append(to, 6, 2, 0), nil
	}}
	got := ""
	err := merge([]stowed{{away: []Place{{At: 0}, {At: 1}, {At: 2}}}}, room, func(k key, p []posting) {
		got += fmt.Sprintf("%d %d ", k, len(p))
	})
	if !errors.Is(err, lost) || got != "6 1 " {
		t.Errorf("%v, %q", err, got)
	}
}
