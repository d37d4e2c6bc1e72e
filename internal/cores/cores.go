// Package cores shares work among the cores of the machine.
package cores

import (
	"iter"
	"sync"
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

// runs is how many pieces many things are cut into: enough for the cores of the
// machines that sites are built on.
const runs = 8

// Together does something with n things on all cores: do is given each run of them, from
// the first to before the last, at the same time as the others.
func Together(n int, do func(from, to int)) {
	var all sync.WaitGroup
	for i := range runs {
		if from, to := n*i/runs, n*(i+1)/runs; from < to {
			all.Go(func() { do(from, to) })
		}
	}
	all.Wait()
}
