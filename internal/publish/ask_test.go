package publish

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// TestParts: the parts of a manifest are all of it, each of files in one folder and not too many.
func TestParts(t *testing.T) {
	var m Manifest
	for i := range mostAsked + 1 {
		m = append(m, Made{Path: fmt.Sprintf("a/%05d.html", i)})
	}
	m = append(m, Made{Path: "b/c.html"}, Made{Path: "d.html"}, Made{Path: "e.html"})
	var sizes []int
	var all Manifest
	for _, part := range m.parts() {
		sizes, all = append(sizes, len(part)), append(all, part...)
		for i := range part {
			if dirOf(part[i].Path) != dirOf(part[0].Path) {
				t.Errorf("%s beside %s", part[i].Path, part[0].Path)
			}
		}
	}
	if fmt.Sprint(sizes) != fmt.Sprint([]int{mostAsked, 1, 1, 2}) || fmt.Sprint(all) != fmt.Sprint(m) {
		t.Errorf("parts of %v", sizes)
	}
	if parts := (Manifest{}).parts(); len(parts) != 0 {
		t.Errorf("%d parts of nothing", len(parts))
	}
}

// TestStands: a folder stands if all that was made is there as it was, and only then. It is
// asked of one that was not looked at, and of one that was.
func TestStands(t *testing.T) {
	s := site{"a/1.html": "1", "a/2.html": "2", "b/1.html": "3"}
	for _, c := range []struct {
		name   string
		change func(dir string) error
		want   bool
	}{
		{"as it was", func(string) error { return nil }, true},
		{"another file", func(dir string) error { return os.WriteFile(filepath.Join(dir, "a/0.txt"), nil, 0o644) }, true},
		{"the first is gone", func(dir string) error { return os.Remove(filepath.Join(dir, "a/1.html")) }, false},
		{"the last is gone", func(dir string) error { return os.Remove(filepath.Join(dir, "a/2.html")) }, false},
		{"a folder is gone", func(dir string) error { return os.RemoveAll(filepath.Join(dir, "b")) }, false},
		{"written anew", func(dir string) error { return os.WriteFile(filepath.Join(dir, "a/2.html"), []byte("22"), 0o644) }, false},
		{"a folder in its place", func(dir string) error {
			return errors.Join(os.Remove(filepath.Join(dir, "b/1.html")), os.Mkdir(filepath.Join(dir, "b/1.html"), 0o755))
		}, false},
		{"a file in the place of its folder", func(dir string) error {
			return errors.Join(os.RemoveAll(filepath.Join(dir, "b")), os.WriteFile(filepath.Join(dir, "b"), nil, 0o644))
		}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			m, _, _ := publishTo(t, dir, s, nil)
			if err := c.change(dir); err != nil {
				t.Fatal(err)
			}
			for _, open := range []func() (*Dir, error){
				func() (*Dir, error) { return Peek(dir) },
				func() (*Dir, error) { return Look(dir, m, 2, nil) },
			} {
				d, err := open()
				if err != nil {
					t.Fatal(err)
				}
				if got, err := d.Stands("", m, 2); got != c.want || err != nil {
					t.Errorf("stands: %v, %v", got, err)
				}
				if err := d.Close(); err != nil {
					t.Error(err)
				}
			}
		})
	}
}
