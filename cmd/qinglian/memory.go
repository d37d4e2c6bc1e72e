package main

import (
	"runtime"
	"runtime/debug"
	"sync"
)

const (
	// untouched is how large the heap may grow before garbage is collected for
	// the first time. A build that has little to do ends before that.
	untouched = 128 << 20
	// roomy is by how many percent the heap may outgrow what is in use after
	// that: most of what a build allocates is garbage soon.
	roomy = 150
)

// collectLess makes the collector wait for the length of a build. The limit
// alone would do harm: a site whose Docs are larger would be collected without
// end. So the first collection lifts it.
func collectLess() (restore func()) {
	var mu sync.Mutex
	restored := false
	percent, limit := debug.SetGCPercent(-1), debug.SetMemoryLimit(untouched)
	runtime.AddCleanup(new([64]byte), func(struct{}) {
		mu.Lock()
		defer mu.Unlock()
		if !restored {
			debug.SetGCPercent(roomy)
			debug.SetMemoryLimit(limit)
		}
	}, struct{}{})
	return func() {
		mu.Lock()
		defer mu.Unlock()
		restored = true
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	}
}
