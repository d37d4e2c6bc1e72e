package cores_test

import (
	"errors"
	"iter"
	"sync/atomic"
	"testing"

	"qinglian/internal/cores"
)

// Each number goes to one worker, and there are no more workers than asked for, or than
// numbers.
func TestShare(t *testing.T) {
	for _, c := range []struct{ n, workers, want int }{
		{0, 4, 0}, {1, 4, 1}, {1000, 4, 4}, {1000, 1, 1}, {1000, 0, 1}, {3, 8, 3},
	} {
		given := make([]atomic.Int32, c.n)
		var workers atomic.Int32
		err := cores.Share(c.n, c.workers, func(numbers iter.Seq[int]) error {
			workers.Add(1)
			for i := range numbers {
				given[i].Add(1)
			}
			return nil
		})
		if err != nil || int(workers.Load()) != c.want {
			t.Errorf("%d for %d: %d workers, %v", c.n, c.workers, workers.Load(), err)
		}
		for i := range given {
			if given[i].Load() != 1 {
				t.Errorf("%d for %d: %d was given %d times", c.n, c.workers, i, given[i].Load())
			}
		}
	}
}

// The first error ends the work of all and is returned.
func TestShareFails(t *testing.T) {
	broken := errors.New("broken")
	var after atomic.Int32
	err := cores.Share(1_000_000, 4, func(numbers iter.Seq[int]) error {
		for i := range numbers {
			if i == 10 {
				return broken
			}
			after.Add(1)
		}
		return nil
	})
	if !errors.Is(err, broken) || after.Load() >= 999_999 {
		t.Errorf("%v after %d", err, after.Load())
	}
}

// Each of many things, few or none is in one run.
func TestTogether(t *testing.T) {
	for _, n := range []int{0, 1, 7, 8, 9, 1000} {
		given := make([]atomic.Int32, n)
		cores.Together(n, func(from, to int) {
			for i := from; i < to; i++ {
				given[i].Add(1)
			}
		})
		for i := range given {
			if given[i].Load() != 1 {
				t.Errorf("of %d, %d was given %d times", n, i, given[i].Load())
			}
		}
	}
}
