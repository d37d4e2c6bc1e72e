package main

import (
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestWatch: build --watch publishes after each save, tells a mistake once and
// goes on, and ends when it is interrupted.
func TestWatch(t *testing.T) {
	t.Parallel()
	w := newWorkshop(t)
	c := exec.Command("qinglian", "build", "--watch", "--source", w.site)
	c.Env = append(os.Environ(), "LANG=")
	out, errs := new(said), new(said)
	c.Stdout, c.Stderr = out, errs
	w.check(c.Start())
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	wait := func(what string, ok func() bool) {
		t.Helper()
		for began := time.Now(); !ok(); time.Sleep(5 * time.Millisecond) {
			if time.Since(began) > deadline {
				c.Process.Kill() //nolint:errcheck // the test has failed
				t.Fatalf("%s: not within %v\n%s%s", what, deadline, out, errs)
			}
		}
	}
	public := func(text string) func() bool {
		return func() bool { return strings.Contains(w.read("public/"+bridgePage), text) }
	}
	wait("the first build", func() bool { return strings.Contains(out.String(), "完成") })
	w.change(bridge, func(s string) string { return s + "\n第一次改。\n" })
	wait("a save", public("第一次改。"))

	before := w.read(bridge)
	w.write(bridge, strings.Replace(before, "日期:", "日期: 某天", 1))
	wait("a mistake", func() bool { return strings.Contains(errs.String(), "bad-date") })
	if !public("第一次改。")() {
		t.Error("the published page went with a mistake")
	}
	w.write(bridge, before+"\n第二次改。\n")
	wait("mended", public("第二次改。"))
	if n := strings.Count(errs.String(), "[bad-date]"); n != 1 {
		t.Errorf("told %d times:\n%s", n, errs)
	}

	// A photograph comes over a slow line, and is named before it is there.
	photo := photograph(t, 800, 600)
	for i := range 20 {
		w.write("content/examples/slow.jpg", photo[:len(photo)*(i+1)/20])
		if i == 3 {
			w.change(bridge, func(s string) string { return s + "\n![照片](slow.jpg)\n" })
		}
		time.Sleep(100 * time.Millisecond)
	}
	wait("the photograph", public("slow.jpg"))
	if strings.Contains(errs.String(), "broken-picture") {
		t.Errorf("a photograph was called broken while it was copied:\n%s", errs)
	}

	began := time.Now()
	w.check(c.Process.Signal(syscall.SIGINT))
	if err := <-ended; err != nil || time.Since(began) > deadline {
		t.Errorf("ended after %v: %v", time.Since(began), err)
	}
	if again := w.build(); again.status != exitDone || again.report.Written > 0 {
		t.Errorf("a build after it wrote %d: %s", again.report.Written, again.said)
	}
}
