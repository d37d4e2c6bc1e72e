package main

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
)

// room is how large the heap may grow before garbage is collected, however
// little of it is in use: a build that has little to do ends before that. A
// site whose Docs fill it is collected as every Go program is.
const room = 128 << 20

const (
	usual = 100 // percent by which the heap outgrows what is in use

	// first is the percentage until something was collected: it is at half of room. A site of
	// a thousand articles never needs more, and memory that was used is cheaper than new.
	first = 1600

	// most leads to room from the least heap that Go reckons with, 4 MiB.
	most = 2 * first
)

// collectLess makes the collector wait for the length of a build: most of what
// a build allocates is garbage soon, and collecting it often is what costs.
func collectLess() (restore func()) {
	c := &collector{percent: debug.SetGCPercent(first), limit: debug.SetMemoryLimit(2 * room)}
	c.watch()
	return c.end
}

// collector sets the percentage anew after each collection. It may learn of
// one late, so until the site proves to be large there is a limit as well; with
// a limit near what is in use there would be no end of collecting, and of giving
// memory back that is needed a moment later.
type collector struct {
	mu      sync.Mutex
	percent int   // as it was
	limit   int64 // as it was
	ended   bool
}

func (c *collector) watch() {
	runtime.AddCleanup(new([64]byte), (*collector).collected, c)
}

func (c *collector) collected() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ended {
		return
	}
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	debug.SetGCPercent(percent(live[0].Value.Uint64()))
	if live[0].Value.Uint64() > room*3/4 {
		debug.SetMemoryLimit(c.limit)
	}
	c.watch()
}

// percent is by how many percent the heap may outgrow the bytes in use.
func percent(live uint64) int {
	if live == 0 {
		return most
	}
	return int(min(max(room*100/live, usual+100)-100, most))
}

func (c *collector) end() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ended = true
	debug.SetGCPercent(c.percent)
	debug.SetMemoryLimit(c.limit)
}
