package main

import (
	"runtime/debug"
	"testing"
)

// TestPercent: the next collection comes at room, or when the heap has doubled.
func TestPercent(t *testing.T) {
	for live, want := range map[uint64]int{
		0: 3200, 1: 3200, 4 << 20: 3100, 32 << 20: 300, room / 2: 100, room: 100, room * 100: 100,
	} {
		if got := percent(live); got != want {
			t.Errorf("with %d in use: %d, want %d", live, got, want)
		}
	}
}

// TestCollectLess: a build leaves the collector as it was.
func TestCollectLess(t *testing.T) {
	was, limit := debug.SetGCPercent(77), debug.SetMemoryLimit(-1)
	defer debug.SetGCPercent(was)
	collectLess()()
	if got := debug.SetGCPercent(77); got != 77 {
		t.Errorf("left %d percent", got)
	}
	if got := debug.SetMemoryLimit(-1); got != limit {
		t.Errorf("left a limit of %d", got)
	}
}
