// Package cores shares work among the cores of the machine.
package cores

import (
	"iter"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

// Share hands out the numbers below n, in their order, to so many workers, each a call
// of work, which keeps what it needs for all of its own: a buffer, an open folder. A
// goroutine for each number costs more than what most of them do: each is waited for,
// and its stack grows anew. The first error ends the work.
func Share(n, workers int, work func(numbers iter.Seq[int]) error) error {
	var next atomic.Int64
	var failed atomic.Bool
	numbers := func(yield func(int) bool) {
		for !failed.Load() {
			if i := int(next.Add(1)) - 1; i >= n || !yield(i) {
				return
			}
		}
	}
	var group errgroup.Group
	for range min(n, max(1, workers)) {
		group.Go(func() error {
			err := work(numbers)
			if err != nil {
				failed.Store(true)
			}
			return err
		})
	}
	return group.Wait()
}
