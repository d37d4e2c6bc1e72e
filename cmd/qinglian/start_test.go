package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestDoubleClick: what goes wrong stays until it was read, and nothing is made where the
// program lies.
func TestDoubleClick(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "config.toml"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, ".qinglian"), nil, 0o644); err != nil { // in the way of its memory
		t.Fatal(err)
	}
	var errs bytes.Buffer
	enter := strings.NewReader("\n")
	if status := doubleClicked(dir, enter, &errs, &errs); status == exitDone || enter.Len() > 0 || !strings.Contains(errs.String(), "按回车键关闭窗口") {
		t.Errorf("status %d: %s", status, errs.String())
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 2 {
		t.Errorf("%v %v", entries, err)
	}
}

// TestClicked: what a click can have started, by itself or by a folder's menu.
func TestClicked(t *testing.T) {
	for _, c := range []struct {
		args  []string
		dir   string
		could bool
	}{
		{nil, "", true},
		{[]string{"start", "网站"}, "网站", true},
		{[]string{"start"}, "", false},
		{[]string{"start", "--help", "x"}, "", false},
		{[]string{"build", "x"}, "", false},
	} {
		if dir, could := clicked(c.args); dir != c.dir || could != c.could {
			t.Errorf("%q: %q, %v", c.args, dir, could)
		}
	}
}

// TestKnown: the site that was opened last comes first, each once, and a list that can't be
// read is none.
func TestKnown(t *testing.T) {
	home := t.TempDir()
	for _, name := range []string{"XDG_CONFIG_HOME", "AppData", "HOME"} { // of each system
		t.Setenv(name, home)
	}
	if got := knownFolders(); got != nil {
		t.Errorf("got %q", got)
	}
	odd := "/b\n\"c\""
	for _, folder := range []string{"/a", odd, "/c", "/a"} {
		if err := remember(folder); err != nil {
			t.Fatal(err)
		}
	}
	if got := knownFolders(); !slices.Equal(got, []string{"/a", "/c", odd}) {
		t.Errorf("got %q", got)
	}
	for i := range mostKnown {
		if err := remember(strings.Repeat("/x", i+1)); err != nil {
			t.Fatal(err)
		}
	}
	if got := knownFolders(); len(got) != mostKnown || slices.Contains(got, "/a") {
		t.Errorf("got %q", got)
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, settings, knownFile), []byte("[\"/a"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := knownFolders(); got != nil {
		t.Errorf("got %q", got)
	}
	if err := remember("/d"); err != nil || !slices.Equal(knownFolders(), []string{"/d"}) {
		t.Errorf("%v, %q", err, knownFolders())
	}
}
