package main

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// beyondServe are edits that are not to a site's files, or that wait.
var beyondServe = regexp.MustCompile(`^(now|flags|alter-output|delete-output|delete-all-output|foreign-file|spoil-cache|delete-cache|refused-build|failed-build|kill)$`)

// TestSoak: after many edits the preview is as it was after the first hundred,
// and every page is that of a clean build.
func TestSoak(t *testing.T) {
	if runtime.GOOS != "linux" {
		missing(t, "memory and open files are read from /proc, which is not here")
	}
	t.Parallel()
	count := 150
	if os.Getenv("REQUIRE_ALL") == "1" {
		count = 2000
	}
	w := newWorkshop(t)
	p := w.serve()
	alphabet := slices.DeleteFunc(slices.Clone(edits), func(e edit) bool { return beyondServe.MatchString(e.name) })
	r := rand.New(rand.NewPCG(*seed, 6))
	proof := proof{workshop: w}
	var script []string
	var memory, files int
	for n := range count {
		line := proof.choose(alphabet[r.IntN(len(alphabet))], r.IntN(1000), r.IntN(1000))
		script = append(script, line)
		w.check(proof.line(line))
		if s := p.get(""); s.status != http.StatusOK && !strings.Contains(s.body, `class="over"`) {
			t.Fatalf("after %s: status %d\n%s", line, s.status, s.body)
		}
		time.Sleep(time.Duration(r.IntN(40)) * time.Millisecond)
		if n%100 == 99 {
			w.restoreAll()
			p.matches(script)
			if n == 99 {
				memory, files = p.resident(), p.handles()
			}
		}
	}
	w.restoreAll()
	p.matches(script)
	// What lives grows only by what the pack held at first; the rest is when the
	// collector comes round.
	now := p.resident()
	t.Logf("%d KiB of memory, after a hundred edits %d", now, memory)
	if now > memory*5/4+4<<10 {
		t.Errorf("%d KiB of memory, after a hundred edits %d", now, memory)
	}
	if now := p.handles(); now > files+4 { // connections that come and go
		t.Errorf("%d open files, after a hundred edits %d", now, files)
	}
}

func (p *editing) matches(script []string) {
	p.Helper()
	defer func() {
		if p.Failed() {
			p.Logf("after\n%s", strings.Join(script, "\n"))
		}
	}()
	p.shows(bridgePage, "一条河")
	p.equal()
}

// resident is the memory of the process in KiB.
func (p *editing) resident() (kib int) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.process.Process.Pid))
	p.check(err)
	m := regexp.MustCompile(`VmRSS:\s*(\d+) kB`).FindSubmatch(b)
	kib, err = strconv.Atoi(string(m[1]))
	p.check(err)
	return kib
}

// handles is how many files the process has open.
func (p *editing) handles() int {
	entries, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", p.process.Process.Pid))
	p.check(err)
	return len(entries)
}
