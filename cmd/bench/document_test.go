package main

import (
	"strings"
	"testing"
)

// A run replaces what it measured and adds to its row of the history; all else of the
// document is as it was.
func TestDocument(t *testing.T) {
	d := parse("")
	d.sections["edit memory"] = "## Edits\n\nas they were\n\n"
	d.hand = "## What was learned\n"
	d.remember(map[string]string{"date": "2026-11-26", "commit": "aa", "where": "memory", "articles": "10", bareHugo: "1/3.0"})

	d = parse(d.text())
	d.sections["cold disk"] = "## Cold\n\nanew\n\n"
	d.sections["cold memory"] = "## Cold\n\nin memory\n\n"
	d.remember(map[string]string{"date": "2026-11-27", "commit": "bb", "where": "memory", "articles": "10", bareHugo: "1/3.1"})
	d.remember(map[string]string{"date": "2026-11-27", "commit": "bb", "where": "memory", "articles": "10", pageHugo: "2.50"})

	d = parse(d.text())
	text := d.text()
	if again := parse(text); again.text() != text {
		t.Errorf("written again it is another text:\n%s", again.text())
	}
	if len(d.history) != 2 || d.history[0][bareHugo] != "1/3.0" || d.history[1][bareHugo] != "1/3.1" ||
		d.history[1][pageHugo] != "2.50" {
		t.Errorf("history: %v", d.history)
	}
	last := 0
	for _, part := range []string{"1/3.0", "1/3.1 |", "in memory", "anew", "as they were", written + "## What was learned\n"} {
		at := strings.Index(text, part)
		if at < last {
			t.Errorf("%q is missing, or not in its place:\n%s", part, text)
		}
		last = at
	}
}

func TestTimes(t *testing.T) {
	for ratio, want := range map[float64]string{0: "", 0.25: "1/4.0", 1: "1", 1.5: "1.50", 12: "12.00"} {
		if got := times(ratio); got != want {
			t.Errorf("times(%v) = %q, not %q", ratio, got, want)
		}
	}
}

// The ratio is that of runs which followed each other: the machine's slow hour is in both.
func TestBeside(t *testing.T) {
	ours, theirs := runs{{wall: 2}, {wall: 20}, {wall: 3}}, runs{{wall: 4}, {wall: 40}, {wall: 6}}
	if got := ours.beside(theirs, wall); got != 0.5 {
		t.Errorf("%v", got)
	}
	if got := ours.beside(nil, wall); got != 0 {
		t.Errorf("beside nothing: %v", got)
	}
}
