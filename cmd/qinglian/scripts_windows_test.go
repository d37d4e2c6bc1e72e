package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/sys/windows"

	"qinglian/internal/rooted"
)

// TestWindows runs scripts about what only Windows has, with its Chinese code page, in
// a folder as offices name theirs.
func TestWindows(t *testing.T) {
	if page := windows.GetACP(); page != 936 {
		missing(t, "Windows has another code page than 936 here, so no office was tried")
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/windows",
		RequireExplicitExec: true,
		WorkdirRoot:         office(t),
		Setup: func(env *testscript.Env) error {
			env.Setenv("LANG", "") // Chinese
			held := windows.Handle(windows.InvalidHandle)
			env.Values[holder{}] = &held
			env.Defer(func() { windows.CloseHandle(held) }) //nolint:errcheck // mostly it is closed
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "hold": hold},
	})
}

// office is an empty folder on another drive than the system's.
func office(t *testing.T) string {
	t.Helper()
	if _, err := os.Stat(`D:\`); err != nil {
		missing(t, "no drive D: here, so no office was tried")
	}
	at := `D:\工作 (新)`
	if err := os.MkdirAll(at, 0o755); err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp(at, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := rooted.RemoveFolder(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// holder is the key of the file that a script holds open.
type holder struct{}

// hold opens a file as Word does, so that nobody else may write or delete it, and keeps
// it open until the script ends or holds nothing: hold [FILE].
func hold(ts *testscript.TestScript, _ bool, args []string) {
	held, _ := ts.Value(holder{}).(*windows.Handle)
	if len(args) == 0 {
		ts.Check(windows.CloseHandle(*held))
		*held = windows.InvalidHandle
		return
	}
	name, err := windows.UTF16PtrFromString(ts.MkAbs(args[0]))
	ts.Check(err)
	h, err := windows.CreateFile(name, windows.GENERIC_READ|windows.GENERIC_WRITE, windows.FILE_SHARE_READ, nil,
		windows.OPEN_EXISTING, windows.FILE_ATTRIBUTE_NORMAL, 0)
	ts.Check(err)
	*held = h
}

// TestWindowsKilled: when the program is ended in the middle, the next build finishes. Go
// does no more than that for Ctrl-C and for a window that is closed: a build catches neither.
func TestWindowsKilled(t *testing.T) {
	site := filepath.Join(office(t), "网站")
	staged := filepath.Join(site, "public", ".qinglian-stage")
	mustRun(t, "init", site)
	c := exec.Command("qinglian", "build", "--source", site, "--now", "2026-11-24")
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	for until := time.Now().Add(time.Minute); time.Now().Before(until); time.Sleep(time.Millisecond) {
		if entries, err := os.ReadDir(staged); err == nil && len(entries) > 0 {
			break
		}
	}
	c.Process.Kill() //nolint:errcheck // Wait says whether it came too late
	if err := c.Wait(); err == nil {
		t.Fatal("the build had ended before")
	}
	if _, err := os.Stat(filepath.Join(site, "public", "index.html")); err == nil {
		t.Error("half a site is published")
	}
	mustRun(t, "build", "--source", site, "--now", "2026-11-24")
	if _, err := os.Stat(staged); err == nil {
		t.Error("what was staged is still there")
	}
}
