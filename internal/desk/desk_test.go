package desk

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"qinglian/internal/config"
	"qinglian/internal/diag"
	"qinglian/internal/source"
)

type tree = map[string]string // what is in a folder; "/" is a folder, "-> to" a link

// lay makes a site's folder, beside which there is another one.
func lay(t *testing.T, files tree) (s *source.Site, dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "site")
	must(t, os.MkdirAll(filepath.Join(dir, "..", "outside"), 0o755))
	must(t, os.Mkdir(dir, 0o755))
	for name, text := range files {
		to := filepath.Join(dir, filepath.FromSlash(name))
		must(t, os.MkdirAll(filepath.Dir(to), 0o755))
		if target, ok := strings.CutPrefix(text, "-> "); ok {
			if err := os.Symlink(target, to); err != nil {
				t.Skip("no links can be made here: ", err)
			}
			continue
		}
		must(t, os.WriteFile(to, []byte(text), 0o644))
	}
	s, err := source.Open(dir)
	must(t, err)
	t.Cleanup(func() { s.Close() })
	return s, dir
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// all is everything in a folder, what is hidden and empty folders included.
func all(t *testing.T, dir string) tree {
	t.Helper()
	found := tree{}
	must(t, filepath.WalkDir(dir, func(full string, e fs.DirEntry, err error) error {
		name, _ := filepath.Rel(dir, full)
		name = filepath.ToSlash(name)
		switch {
		case err != nil || name == ".":
			return err
		case e.IsDir():
			found[name+"/"] = ""
			return nil
		case e.Type()&fs.ModeSymlink != 0:
			to, err := os.Readlink(full)
			found[name] = "-> " + to
			return err
		}
		b, err := os.ReadFile(full)
		found[name] = string(b)
		return err
	}))
	return found
}

// TestWrite: what a change leaves in the folder, and what is refused. Of what is
// refused, and of what fails, nothing stays.
func TestWrite(t *testing.T) {
	article, edited := New("content/news/a.md", []byte("甲")), Edited("content/a.md", []byte("旧"), []byte("新"))
	for _, c := range []struct {
		what    string
		site    tree
		change  []File
		want    tree // what differs from before
		refused string
	}{
		{"a new file, and its folders", nil, []File{article}, tree{"content/": "", "content/news/": "", "content/news/a.md": "甲"}, ""},
		{"a new file at the top", nil, []File{New(config.File, nil)}, tree{config.File: ""}, ""},
		{"an edited file", tree{"content/a.md": "旧"}, []File{edited}, tree{"content/a.md": "新"}, ""},
		{"an edited file that was empty", tree{"content/a.md": ""}, []File{Edited("content/a.md", nil, []byte("新"))}, tree{"content/a.md": "新"}, ""},
		{"several files", tree{"content/a.md": "旧"}, []File{New("content/a/1.jpg", []byte("图")), edited},
			tree{"content/a.md": "新", "content/a/": "", "content/a/1.jpg": "图"}, ""},

		{"a file that is there", tree{"content/news/a.md": "乙"}, []File{article}, nil, "content/news/a.md 已经有了"},
		{"an empty file that is there", tree{"content/news/a.md": ""}, []File{article}, nil, "content/news/a.md 已经有了"},
		{"a folder in its place", tree{"content/news/a.md/x": ""}, []File{article}, nil, "content/news/a.md 已经有了"},
		{"a link to nothing in its place", tree{"content/news/a.md": "-> none.md"}, []File{article}, nil, "content/news/a.md 已经有了"},
		{"a file that changed meanwhile", tree{"content/a.md": "更新"}, []File{edited}, nil, "content/a.md 刚刚被别的程序改动"},
		{"a file that went meanwhile", nil, []File{edited}, nil, "content/a.md 刚刚被别的程序改动"},
		{"an edited file that is a link", tree{"content/b.md": "旧", "content/a.md": "-> b.md"}, []File{edited}, nil, "content/a.md 是一个链接"},
		{"an edited file that leads out", tree{"content/a.md": "-> ../../outside/a.md"}, []File{edited}, nil, "content/a.md 是一个链接"},
		{"a folder that leads out", tree{"content/news": "-> ../../outside"}, []File{article}, nil, "content/news 应该是一个文件夹"},
		{"a folder that leads to another", tree{"content/x/y": "", "content/news": "-> x"}, []File{article}, nil, "content/news 应该是一个文件夹"},
		{"a folder high up that leads out", tree{"content": "-> ../outside"}, []File{article}, nil, "content 应该是一个文件夹"},
		{"a file in place of a folder", tree{"content/news": "x"}, []File{article}, nil, "content/news 应该是一个文件夹"},
		{"several files, the last of which is there", tree{"content/news/a.md": "乙"}, []File{New("content/x/1.jpg", []byte("图")), article}, nil, "content/news/a.md 已经有了"},

		// What only shows when the first ones are in their place.
		{"the same new file twice", tree{"content/a.md": "旧"}, []File{edited, article, article}, nil, "content/news/a.md 已经有了"},
		{"the same edited file twice", tree{"content/a.md": "旧"}, []File{article, edited, edited}, nil, "content/a.md 刚刚被别的程序改动"},
	} {
		t.Run(c.what, func(t *testing.T) {
			s, dir := lay(t, c.site)
			want := all(t, dir)
			maps.Copy(want, c.want)
			refused, err := Write(s, c.change...)
			if err != nil {
				t.Error(err)
			}
			if refused == (diag.Text{}) != (c.refused == "") || !strings.HasPrefix(refused.ZH, c.refused) || c.refused != "" && refused.EN == "" {
				t.Errorf("said %q, not %q", refused, c.refused)
			}
			if got := all(t, dir); !maps.Equal(got, want) {
				t.Errorf("there is %q, not %q", got, want)
			}
			if got := all(t, filepath.Join(dir, "..", "outside")); len(got) > 0 {
				t.Errorf("outside of the site there is %q", got)
			}
		})
	}
}

// TestCheck: a check says what would be refused and writes nothing.
func TestCheck(t *testing.T) {
	s, dir := lay(t, tree{"content/a.md": "旧"})
	before := all(t, dir)
	refused, err := Check(s, New("content/b/b.md", nil), Edited("content/a.md", []byte("旧"), nil))
	if err != nil || refused != (diag.Text{}) {
		t.Errorf("%v, %q", err, refused)
	}
	if refused, _ = Check(s, New("content/a.md", nil)); refused == (diag.Text{}) {
		t.Error("nothing was refused")
	}
	if got := all(t, dir); !maps.Equal(got, before) {
		t.Errorf("there is %q, not %q", got, before)
	}
}

// TestMode: an edited file keeps its mode, which the umask might not give.
func TestMode(t *testing.T) {
	s, dir := lay(t, tree{"content/a.md": "旧"})
	for _, mode := range []fs.FileMode{0o600, 0o640, 0o666} {
		must(t, os.Chmod(filepath.Join(dir, "content/a.md"), mode))
		want, err := s.Root.Stat("content/a.md")
		must(t, err)
		was, err := s.Read("content/a.md")
		must(t, err)
		if refused, err := Write(s, Edited("content/a.md", was, bytes.Repeat(was, 2))); err != nil || refused != (diag.Text{}) {
			t.Error(refused, err)
		}
		if got, err := s.Root.Stat("content/a.md"); err != nil || got.Mode() != want.Mode() {
			t.Errorf("it had %v and has %v", want.Mode(), got.Mode())
		}
	}
}

// TestPlace: a new file takes its place at once or not at all, though nobody has looked
// at it; with links, and where there are none.
func TestPlace(t *testing.T) {
	for _, place := range []func(*change, string, string) error{
		func(c *change, to, staged string) error { return c.place(New(to, nil), staged) },
		(*change).occupy,
	} {
		s, dir := lay(t, tree{stage + "1": "甲", stage + "2": "乙"})
		c := change{Site: s, staged: []string{stage + "1"}}
		must(t, place(&c, "a.md", stage+"1"))
		if err := place(&c, "a.md", stage+"2"); !errors.Is(err, fs.ErrExist) {
			t.Error("what is there was written over: ", err)
		}
		if err := place(&c, "b.md", stage+"3"); err == nil {
			t.Error("what is not there was placed")
		}
		c.tidy()
		if got, want := all(t, dir), (tree{"a.md": "甲", stage + "2": "乙"}); !maps.Equal(got, want) {
			t.Errorf("there is %q, not %q", got, want)
		}
	}
}

// TestAtOnce: of several who make the same new file at the same time, one does.
func TestAtOnce(t *testing.T) {
	s, dir := lay(t, nil)
	var made atomic.Int32
	var writers sync.WaitGroup
	for i := range 8 {
		writers.Go(func() {
			refused, err := Write(s, New("content/a.md", []byte{byte('0' + i)}))
			if err != nil {
				t.Error(err)
			}
			if refused == (diag.Text{}) {
				made.Add(1)
			}
		})
	}
	writers.Wait()
	if got := all(t, dir); made.Load() != 1 || len(got) != 2 {
		t.Errorf("%d made %q", made.Load(), got)
	}
}

// TestTakenBack: what another program wrote in the place of a file that was new, or
// edited, is not taken back with the change, nor is the folder that it is in.
func TestTakenBack(t *testing.T) {
	s, dir := lay(t, tree{"content/a.md": "别人的", "content/b/b.md": "别人的"})
	before := all(t, dir)
	c := change{Site: s, placed: 2, made: []string{"content/b"},
		files: []File{New("content/b/b.md", []byte("甲")), Edited("content/a.md", []byte("旧"), []byte("新"))}}
	must(t, c.undo())
	if got := all(t, dir); !maps.Equal(got, before) {
		t.Errorf("there is %q, not %q", got, before)
	}
}

// TestLeft: what a program that was killed left behind is hidden from builds and the
// watcher; the next change in the folder removes it, but not what another is at.
func TestLeft(t *testing.T) {
	old, young := "content/"+stage+"old", "content/"+stage+"young"
	if !source.Ignored(stage + "old") {
		t.Error("what is staged is content")
	}
	s, dir := lay(t, tree{old: "", young: ""})
	long := time.Now().Add(-2 * stale)
	must(t, os.Chtimes(filepath.Join(dir, old), long, long))
	if refused, err := Write(s, New("content/a.md", nil)); err != nil || refused != (diag.Text{}) {
		t.Error(refused, err)
	}
	if got, want := all(t, dir), (tree{"content/": "", "content/a.md": "", young: ""}); !maps.Equal(got, want) {
		t.Errorf("there is %q, not %q", got, want)
	}
}
