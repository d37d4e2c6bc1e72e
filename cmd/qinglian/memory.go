package main

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
)

// room is how large the heap may grow before garbage is collected again, however little
// of it is in use; the first time it is half of that. A build that has little to do ends
// before. A site whose Docs fill it is collected as every Go program is.
const room = 128 << 20

// By how many percent the heap may outgrow what is in use.
const (
	usualPercent = 100
	mostPercent  = room / leastHeap * 100

	// firstPercent is for the time before anything was collected. Of a thousand articles little
	// is in use by then, and they end before the next time: memory that was used is cheaper
	// than new.
	firstPercent = mostPercent / 2
)

// leastHeap is what Go takes to be in use if less is.
const leastHeap = 4 << 20

// collectLess makes the collector wait for the length of a build: most of what
// a build allocates is garbage soon, and collecting it often is what costs.
func collectLess() (restore func()) {
	c := &collector{percent: debug.SetGCPercent(firstPercent), limit: debug.SetMemoryLimit(2 * room)}
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
		return mostPercent
	}
	return int(min(max(room*100/live, usualPercent+100)-100, mostPercent))
}

func (c *collector) end() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ended = true
	debug.SetGCPercent(c.percent)
	debug.SetMemoryLimit(c.limit)
}
