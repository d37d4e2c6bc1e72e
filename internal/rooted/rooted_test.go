package rooted

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// folder is a root in which there is something of each sort, and what stands beside it.
func folder(t *testing.T) (root *os.Root, outside string) {
	t.Helper()
	dir, err := os.MkdirTemp("", "rooted-") // what clears a t.TempDir away is os.RemoveAll
	check(t, err)
	t.Cleanup(func() { check(t, RemoveFolder(dir)) })
	inside, outside := filepath.Join(dir, "in"), filepath.Join(dir, "out")
	for _, name := range []string{"in/a/b", "in/empty", "out/a"} {
		check(t, os.MkdirAll(filepath.Join(dir, name), 0o755))
	}
	for _, name := range []string{"in/x.html", "in/a/b/x.html", "out/a/precious.html"} {
		check(t, os.WriteFile(filepath.Join(dir, name), []byte(name), 0o644))
	}
	root, err = os.OpenRoot(inside)
	check(t, err)
	t.Cleanup(func() { root.Close() })
	return root, outside
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// link makes a symbolic link, where the machine has such.
func link(t *testing.T, root *os.Root, to, name string) {
	t.Helper()
	if err := os.Symlink(to, filepath.Join(root.Name(), name)); err != nil {
		t.Skip(err)
	}
	if info, err := root.Lstat(name); err != nil || info.Mode().Type() != fs.ModeSymlink {
		t.Skip("the link that was made is none:", err)
	}
}

func gone(t *testing.T, root *os.Root, name string) {
	t.Helper()
	if _, err := root.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%s is there: %v", name, err)
	}
}

func TestRemoveAll(t *testing.T) {
	root, outside := folder(t)
	for _, name := range []string{"a", "x.html", "empty", "never/there"} {
		check(t, RemoveAll(root, name))
		gone(t, root, name)
	}
	if err := RemoveAll(root, "../out"); err == nil {
		t.Error("../out was deleted")
	}
	check(t, RemoveFolder(filepath.Join(outside, "a")))
	if left, err := os.ReadDir(outside); err != nil || len(left) > 0 {
		t.Errorf("%v %v", left, err)
	}
}

// TestRemoveAllLinks: a link is deleted, and not what it leads to.
func TestRemoveAllLinks(t *testing.T) {
	root, outside := folder(t)
	link(t, root, outside, "a/link")
	check(t, RemoveAll(root, "a"))
	gone(t, root, "a")
	if _, err := os.Stat(filepath.Join(outside, "a/precious.html")); err != nil {
		t.Error("a link was followed:", err)
	}
}

func TestRename(t *testing.T) {
	root, _ := folder(t)
	check(t, Rename(root, "a/b/x.html", "x.html"))
	gone(t, root, "a/b/x.html")
	if b, err := root.ReadFile("x.html"); err != nil || string(b) != "in/a/b/x.html" {
		t.Errorf("%s %v", b, err)
	}
	check(t, Rename(root, "a", "c"))
	gone(t, root, "a")
	check(t, Remove(root, "c/b"))
	gone(t, root, "c/b")
}

// TestPlainly: where the system knows no other way, what the root holds can be deleted.
func TestPlainly(t *testing.T) {
	root, _ := folder(t)
	for _, name := range []string{"x.html", "a/b/x.html", "./a/b", "empty"} {
		check(t, plainly(root, os.Remove, name))
		gone(t, root, name)
	}
	link(t, root, "a", "link")
	check(t, plainly(root, os.Remove, "link"))
	gone(t, root, "link")
	if _, err := root.Stat("a"); err != nil {
		t.Error("what a link led to is gone:", err)
	}
}

// TestWithin: the plain way leads nowhere else than the root does.
func TestWithin(t *testing.T) {
	root, outside := folder(t)
	for _, name := range []string{
		"../out/a/precious.html", "a/../../out/a", "..", ".", "",
		filepath.Join(outside, "a/precious.html"), "x.html/y", "never/there",
	} {
		refuses(t, root, name)
	}
	link(t, root, outside, "link")
	link(t, root, "b", "a/near")
	for _, name := range []string{"link/a/precious.html", "link/a", "a/near/x.html"} {
		refuses(t, root, name)
	}
}

func refuses(t *testing.T, root *os.Root, name string) {
	t.Helper()
	done := func(at string) error { t.Errorf("%q: done at %s", name, at); return nil }
	if err := plainly(root, done, name); err == nil {
		t.Errorf("%q: no error", name)
	}
}

// TestWithinMoved: another folder with the root's path is not the root.
func TestWithinMoved(t *testing.T) {
	root, outside := folder(t)
	moved := root.Name() + "-moved"
	if err := os.Rename(root.Name(), moved); err != nil {
		t.Skip(err) // Windows: it is open
	}
	check(t, os.Rename(outside, root.Name()))
	if err := plainly(root, os.Remove, "a/precious.html"); err == nil || !strings.Contains(err.Error(), "another folder") {
		t.Error(err)
	}
}

// TestUnknownWay: what is said of a file is an answer, and no reason to try again.
func TestUnknownWay(t *testing.T) {
	for _, answer := range []error{nil, fs.ErrNotExist, fs.ErrExist, fs.ErrPermission, syscall.ENOTEMPTY, errors.New("path escapes from parent")} {
		if unknownWay(answer) {
			t.Errorf("%v is taken for an unknown way", answer)
		}
	}
	for _, answer := range append([]error{syscall.ENOSYS, syscall.ENOTSUP}, unknownWays...) {
		if !unknownWay(&fs.PathError{Op: "removeat", Path: "x", Err: answer}) {
			t.Errorf("%v is not taken for an unknown way", answer)
		}
	}
}
