package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/gofrs/flock"
)

// TestWaits: a build waits, and says so, as long as another one works on the site.
func TestWaits(t *testing.T) {
	t.Parallel()
	w := newWorkshop(t)
	w.write(own+"/lock", "")
	w.waits(w.command(), w.at(own+"/lock"), func() {
		if _, err := os.Stat(w.at("public")); !errors.Is(err, fs.ErrNotExist) {
			t.Error("it published beside the other one: ", err)
		}
	})
	if got := strings.Join(w.list("public"), " "); !strings.Contains(got, "public/index.html") {
		t.Errorf("then it published %s", got)
	}
}

// TestDiffWaits: what a build is about to put in its place is not compared with what it
// replaces, also where the build is of another copy of the site.
func TestDiffWaits(t *testing.T) {
	t.Parallel()
	w := newWorkshop(t)
	w.build()
	diff := exec.Command("qinglian", "diff", "--source", w.site, "--now", w.now.Format(time.RFC3339))
	diff.Env = append(os.Environ(), "LANG=")
	var out bytes.Buffer
	diff.Stdout = &out
	page := w.at("public/" + bridgePage)
	whole, err := os.ReadFile(page)
	w.check(err)
	w.check(os.Remove(page)) // as it is on the way from one to the next
	w.waits(diff, w.at("public/.qinglian-lock"), func() { w.check(os.WriteFile(page, whole, 0o644)) })
	if strings.Contains(out.String(), bridgePage) {
		t.Errorf("it compared with what was there before: %s", out.String())
	}
}

// waits runs a command while another program has locked a file, and unlocks it once it was
// seen to wait and meanwhile is done.
func (w *workshop) waits(c *exec.Cmd, lock string, meanwhile func()) {
	w.Helper()
	other := flock.New(lock)
	w.check(other.Lock())
	said, err := os.Create(w.dir + "/said")
	w.check(err)
	defer said.Close()
	c.Stderr = said
	w.check(c.Start())
	defer c.Process.Kill() //nolint:errcheck // it has ended, if all is well
	for began := time.Now(); ; time.Sleep(5 * time.Millisecond) {
		b, err := os.ReadFile(said.Name())
		w.check(err)
		if bytes.Contains(b, []byte("另一个 qinglian")) {
			break
		}
		if time.Since(began) > time.Minute {
			w.Fatalf("it does not wait; said %s", b)
		}
	}
	time.Sleep(200 * time.Millisecond) // for what must not happen
	meanwhile()
	w.check(other.Unlock())
	w.check(c.Wait())
}
