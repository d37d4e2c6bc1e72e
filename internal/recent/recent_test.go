package recent

import (
	"errors"
	"sync"
	"testing"
)

// TestBounded: what is asked for again and again stays, the rest goes, and no
// more than two generations are held.
func TestBounded(t *testing.T) {
	var m Map[int, int]
	made := map[int]int{}
	get := func(key int) {
		t.Helper()
		v, err := m.Get(key, func() (int, error) {
			made[key]++
			return key * 2, nil
		})
		if err != nil || v != key*2 {
			t.Fatalf("%d: %d, %v", key, v, err)
		}
	}
	for key := 1; key < 5*generation; key++ {
		get(key)
		get(0)
		if n := len(m.young) + len(m.old); n > 2*generation {
			t.Fatalf("holds %d", n)
		}
	}
	get(1)
	if made[0] != 1 || made[1] != 2 {
		t.Errorf("made one that is always asked for %d times, one that was forgotten %d times", made[0], made[1])
	}
}

func TestClear(t *testing.T) {
	var m Map[int, int]
	for key := range generation + 1 {
		m.Get(key, func() (int, error) { return key, nil }) //nolint:errcheck // it does not fail
	}
	m.Clear()
	if n := len(m.young) + len(m.old); n > 0 {
		t.Errorf("holds %d", n)
	}
}

// TestTogether: all that ask for a key get the same value.
func TestTogether(t *testing.T) {
	var m Map[int, *int]
	var group sync.WaitGroup
	got := make([]*int, 8)
	for i := range got {
		group.Go(func() { got[i], _ = m.Get(1, func() (*int, error) { return new(int), nil }) })
	}
	group.Wait()
	for _, v := range got {
		if v == nil || v != got[0] {
			t.Errorf("got %p and %p", v, got[0])
		}
	}
}

func TestFails(t *testing.T) {
	var m Map[int, int]
	broken := errors.New("broken")
	if _, err := m.Get(1, func() (int, error) { return 0, broken }); err != broken {
		t.Error(err)
	}
	if v, err := m.Get(1, func() (int, error) { return 3, nil }); v != 3 || err != nil {
		t.Error(v, err)
	}
}
