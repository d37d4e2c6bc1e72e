package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/gofrs/flock"
)

// TestWaits: a build waits, and says so, as long as another one works on the site.
func TestWaits(t *testing.T) {
	t.Parallel()
	w := newWorkshop(t)
	other := flock.New(w.at(own + "/lock"))
	w.check(other.Lock())
	said, err := os.Create(w.dir + "/said")
	w.check(err)
	defer said.Close()
	build := w.command()
	build.Stderr = said
	w.check(build.Start())
	defer build.Process.Kill() //nolint:errcheck // it has ended, if all is well
	for began := time.Now(); ; time.Sleep(5 * time.Millisecond) {
		b, err := os.ReadFile(said.Name())
		w.check(err)
		if bytes.Contains(b, []byte("另一个 qinglian")) {
			break
		}
		if time.Since(began) > time.Minute {
			t.Fatalf("it does not wait; said %s", b)
		}
	}
	time.Sleep(200 * time.Millisecond) // for what must not happen
	if _, err := os.Stat(w.at("public")); !errors.Is(err, fs.ErrNotExist) {
		t.Error("it published beside the other one: ", err)
	}
	w.check(other.Unlock())
	w.check(build.Wait())
	if got := strings.Join(w.list("public"), " "); !strings.Contains(got, "public/index.html") {
		t.Errorf("then it published %s", got)
	}
}
