package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"testing"
	"time"
)

// bomb is a site of which one part is far more than anybody writes: n pieces of
// something. The program answers it as it should, within a time and a peak of
// memory: what is within the limits of docs/manual.md takes what grows with n,
// what is not is refused.
type bomb struct {
	name    string
	files   func(n int) map[string]string // besides a plain config.toml and one article
	few     int                           // pieces for `make test`
	many    int                           // with REQUIRE_ALL=1
	rule    string                        // that many are refused by; "" if they are built
	seconds float64                       // for many
	mib     int                           // the most memory, for many
}

// TestBombs builds each bomb with the real program, whose time and memory are
// measured; without REQUIRE_ALL some small ones in this process, to see that they
// are sites and that nothing breaks.
func TestBombs(t *testing.T) {
	all := os.Getenv("REQUIRE_ALL") == "1"
	if all && runtime.GOOS != "linux" {
		t.Fatal("the peak of a process's memory is read from /proc, which is not here")
	}
	for i, b := range bombs {
		if !all && i%5 != 0 {
			continue // some of each sort, in a few seconds
		}
		t.Run(b.name, func(t *testing.T) {
			n := b.few
			if all {
				n = b.many
			}
			site := inMemory(t)
			files := b.files(n)
			for _, f := range [][2]string{{"config.toml", "title = \"甲\"\n"}, {"content/ok.md", titled("甲\n")}} {
				if _, given := files[f[0]]; !given {
					files[f[0]] = f[1]
				}
			}
			for name, text := range files {
				write(t, filepath.Join(site, name), text)
			}
			got := crater{}
			if all {
				got = detonate(t, site, b.seconds, b.mib)
			} else {
				got = fizzle(t, site)
			}
			t.Logf("%d: status %d, %.2f s, %d MiB, cache %d KiB, %v", n, got.status, got.seconds, got.mib, got.cache>>10, got.rules)
			if got.killed {
				t.Fatalf("%d pieces took %.1f s and %d MiB and went on", n, got.seconds, got.mib)
			}
			if got.mib > b.mib {
				t.Errorf("%d pieces took %d MiB, %d are the most", n, got.mib, b.mib)
			}
			switch refused := slices.Contains(got.rules, b.rule); {
			case got.status != exitDone && got.status != exitSite:
				t.Errorf("status %d: %s", got.status, got.said)
			case all && b.rule != "" && !refused:
				t.Errorf("not refused by %s but %v", b.rule, got.rules)
			case all && b.rule == "" && got.status != exitDone:
				t.Errorf("refused by %v", got.rules)
			}
		})
	}
}

// titled is a text as the file of an article.
func titled(text string) string { return "---\n标题: 甲\n---\n" + text }

// crater is what is left of a bomb.
type crater struct {
	status  int
	killed  bool
	seconds float64
	mib     int      // at the peak
	cache   int64    // bytes
	rules   []string // that told something
	said    string
}

// detonate builds a site in a process of its own, which is killed when it takes
// more than it may.
func detonate(t *testing.T, site string, seconds float64, mib int) (c crater) {
	t.Helper()
	c, out := spend(t, seconds, mib, "build", "--json", "--source", site)
	if !c.killed {
		c.read(t, out)
	}
	c.cache = weight(filepath.Join(site, ".qinglian"))
	return c
}

// spend runs the program in a process of its own, which is killed when it takes more
// than it may.
func spend(t *testing.T, seconds float64, mib int, args ...string) (c crater, printed []byte) {
	t.Helper()
	var out, errs bytes.Buffer
	p := exec.Command("qinglian", args...)
	p.Stdout, p.Stderr = &out, &errs
	begun := time.Now()
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- p.Wait() }()
	for running := true; running; {
		select {
		case <-ended:
			running = false
		case <-time.After(2 * time.Millisecond):
			c.mib = max(c.mib, peak(p.Process.Pid))
			if time.Since(begun).Seconds() > seconds || c.mib > 2*mib {
				c.killed = true
				_ = p.Process.Kill() // it may have ended
			}
		}
	}
	c.seconds, c.status, c.said = time.Since(begun).Seconds(), p.ProcessState.ExitCode(), errs.String()
	return c, out.Bytes()
}

// fizzle builds a site in this process.
func fizzle(t *testing.T, site string) (c crater) {
	t.Helper()
	var out, errs bytes.Buffer
	begun := time.Now()
	c.status = run([]string{"build", "--json", "--source", site}, &out, &errs)
	c.seconds, c.said = time.Since(begun).Seconds(), errs.String()
	c.read(t, out.Bytes())
	return c
}

// read reads what a build reported.
func (c *crater) read(t *testing.T, reported []byte) {
	t.Helper()
	var r report
	if err := json.Unmarshal(reported, &r); err != nil {
		t.Fatalf("%v: %s%s", err, reported, c.said)
	}
	for _, d := range r.Diagnostics {
		if !slices.Contains(c.rules, d.Rule) {
			c.rules = append(c.rules, d.Rule)
		}
	}
}

var hwm = regexp.MustCompile(`VmHWM:\s*(\d+) kB`)

// peak is the most memory that a process has had so far, in MiB; 0 if it ended.
func peak(pid int) int {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	m := hwm.FindSubmatch(b)
	if err != nil || m == nil {
		return 0
	}
	kib, err := strconv.Atoi(string(m[1]))
	if err != nil {
		return 0
	}
	return kib >> 10
}

// weight is how many bytes the files of a folder have.
func weight(dir string) (bytes int64) {
	_ = filepath.WalkDir(dir, func(_ string, e os.DirEntry, err error) error {
		if err != nil {
			return nil // a folder that is not there weighs nothing
		}
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() {
			bytes += info.Size()
		}
		return nil
	})
	return bytes
}
