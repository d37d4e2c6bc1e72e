package publish

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"qinglian/internal/build"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
)

// site is a set of outputs by path and text.
type site map[string]string

func (s site) outputs() []build.Output {
	var out []build.Output
	for _, p := range slices.Sorted(maps.Keys(s)) {
		out = append(out, build.Output{Path: p, Key: digest.Of([]byte(s[p])), Rank: build.Page, Render: build.Bytes([]byte(s[p]))})
	}
	return out
}

func publishTo(t *testing.T, dir string, s site, old Manifest) (Manifest, int, Result) {
	t.Helper()
	d, err := Open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	made, err := d.Make(s.outputs(), old, How{Jobs: 2})
	if err != nil {
		t.Fatal(err)
	}
	return made.Manifest, made.Rendered, made.Result
}

// tree is the files of a folder, without the journal and the lock.
func tree(t *testing.T, dir string) site {
	t.Helper()
	s := site{}
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || e.Name() == journal || e.Name() == lockFile || !e.Type().IsRegular() {
			return err
		}
		b, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		s[filepath.ToSlash(rel)] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func check(t *testing.T, dir string, want site) {
	t.Helper()
	if got := tree(t, dir); !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestMake(t *testing.T) {
	dir := t.TempDir()
	first := site{"index.html": "1", "a/b.html": "2", "a/c/d.html": "3"}
	m, rendered, r := publishTo(t, dir, first, nil)
	check(t, dir, first)
	if rendered != 3 || r != (Result{Written: 3}) {
		t.Errorf("rendered %d, %+v", rendered, r)
	}
	stamp, _ := os.Stat(filepath.Join(dir, "index.html"))

	// Nothing changed: nothing is rendered.
	if _, rendered, r = publishTo(t, dir, first, m); rendered != 0 || r != (Result{Unchanged: 3}) {
		t.Errorf("rendered %d, %+v", rendered, r)
	}
	// The manifest is lost: all is rendered, nothing is written.
	if m, rendered, r = publishTo(t, dir, first, nil); rendered != 3 || r != (Result{Unchanged: 3}) {
		t.Errorf("rendered %d, %+v", rendered, r)
	}
	if again, _ := os.Stat(filepath.Join(dir, "index.html")); again.ModTime() != stamp.ModTime() {
		t.Error("an unchanged file lost its time")
	}
	// Somebody altered one of our files, and put one of theirs beside it.
	os.WriteFile(filepath.Join(dir, "a", "b.html"), []byte("altered"), 0o644)
	os.WriteFile(filepath.Join(dir, "a", "mine.txt"), []byte("mine"), 0o644)
	second := site{"index.html": "1", "a/b.html": "2"}
	if _, rendered, r = publishTo(t, dir, second, m); rendered != 1 || r != (Result{1, 1, 1}) {
		t.Errorf("rendered %d, %+v", rendered, r)
	}
	check(t, dir, site{"index.html": "1", "a/b.html": "2", "a/mine.txt": "mine"})
}

// TestErrorPublishesNothing: an error in the last output leaves all as it was.
func TestErrorPublishesNothing(t *testing.T) {
	dir := t.TempDir()
	old := site{"index.html": "1", "b.html": "1"}
	m, _, _ := publishTo(t, dir, old, nil)
	d, err := Open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	outputs := site{"index.html": "2", "z.html": "2"}.outputs()
	outputs[1].Render = func(w io.Writer) error {
		time.Sleep(10 * time.Millisecond)
		return errors.New("broken")
	}
	var list diag.List
	if _, err := d.Make(outputs, m, How{Jobs: 2}); !errors.As(err, &list) || len(list) != 1 || !strings.Contains(list[0].Message.EN, "broken") {
		t.Errorf("got %v", err)
	}
	check(t, dir, old)
}

// TestVerify: a key that lacks something is found out, and nothing published.
func TestVerify(t *testing.T) {
	dir := t.TempDir()
	m, _, _ := publishTo(t, dir, site{"index.html": "1", "a.html": "1", "b.html": "1"}, nil)
	outputs := site{"index.html": "1", "a.html": "1", "b.html": "1"}.outputs()
	outputs[0].Render = build.Bytes([]byte("2")) // under the old key
	outputs[1].Render = build.Bytes([]byte("2"))
	outputs[2].Key, outputs[2].Render = digest.Of([]byte("new")), build.Bytes([]byte("2"))
	d, err := Open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	var list diag.List
	_, err = d.Make(outputs, m, How{Jobs: 2, Verify: true})
	if !errors.As(err, &list) || len(list) != 2 || list[0].Rule != "stale-output" || list[0].File != "a.html" || list[1].File != "b.html" {
		t.Errorf("got %v", err)
	}
	check(t, dir, site{"index.html": "1", "a.html": "1", "b.html": "1"})
	outputs[0].Render, outputs[1].Render = build.Bytes([]byte("1")), build.Bytes([]byte("1"))
	if _, err := d.Make(outputs, m, How{Jobs: 2, Verify: true}); err != nil {
		t.Error(err)
	}
	check(t, dir, site{"index.html": "2", "a.html": "1", "b.html": "1"})
}

// TestWhy: which part of a key moved, and whether the file stands.
func TestWhy(t *testing.T) {
	dir := t.TempDir()
	parts := func(card, prose string) build.Parts {
		return build.Parts{{Name: "card", Digest: digest.Of([]byte(card))}, {Name: "prose", Digest: digest.Of([]byte(prose))}}
	}
	output := func(p build.Parts) build.Output {
		return build.Output{Path: "a.html", Key: digest.Of(fmt.Append(nil, p)), Parts: func() build.Parts { return p }, Render: build.Bytes([]byte("1"))}
	}
	d, err := Open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	made, err := d.Make([]build.Output{output(parts("1", "1"))}, nil, How{Jobs: 1})
	d.Close()
	if err != nil {
		t.Fatal(err)
	}
	why := func(o build.Output, m Manifest) Why {
		t.Helper()
		d, err := Open(dir, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		w, err := d.Why(o, m)
		if err != nil {
			t.Fatal(err)
		}
		return w
	}
	for _, c := range []struct {
		parts build.Parts
		m     Manifest
		want  string
	}{
		{parts("1", "1"), made.Manifest, "{true true []}"},
		{parts("1", "2"), made.Manifest, "{true true [prose]}"},
		{parts("2", "2"), made.Manifest, "{true true [card prose]}"},
		{parts("1", "1")[:1], made.Manifest, "{true true [card]}"},
		{parts("1", "1"), nil, "{false false [card prose]}"},
	} {
		if got := fmt.Sprint(why(output(c.parts), c.m)); got != c.want {
			t.Errorf("%v: got %s, want %s", c.parts, got, c.want)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "a.html"), []byte("altered"), 0o644); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(why(output(parts("1", "1")), made.Manifest)); got != "{true false []}" {
		t.Errorf("altered: got %s", got)
	}
}

// TestForeign: what we did not write is neither overwritten nor deleted.
func TestForeign(t *testing.T) {
	dir := t.TempDir()
	os.WriteFile(filepath.Join(dir, "index.html"), []byte("theirs"), 0o644)
	d, err := Open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	var list diag.List
	if _, err := d.Make(site{"index.html": "ours", "a.html": "ours"}.outputs(), nil, How{Jobs: 1}); !errors.As(err, &list) || list[0].Rule != "foreign-file" {
		t.Errorf("got %v", err)
	}
	check(t, dir, site{"index.html": "theirs"})
}

// TestKilled: a build that stopped at any point of publishing is finished by the
// next, whatever was left behind and whether or not that has the same target.
func TestKilled(t *testing.T) {
	for name, want := range map[string]site{
		"the same":   {"index.html": "2", "new.html": "2", "zzz.html": "2"},
		"as it was":  {"index.html": "1", "old.html": "1"},
		"another":    {"index.html": "3", "last.html": "3"},
		"nearly all": {"index.html": "2", "zzz.html": "2"},
	} {
		dir := t.TempDir()
		m, _, _ := publishTo(t, dir, site{"index.html": "1", "old.html": "1"}, nil)
		d, err := Open(dir, nil)
		if err != nil {
			t.Fatal(err)
		}
		next := site{"index.html": "2", "new.html": "2", "zzz.html": "2"}
		for _, o := range next.outputs() {
			if err := d.Stage(o, []byte("2")); err != nil {
				t.Fatal(err)
			}
		}
		// The last new file can't get to its place: the one before it is there.
		if err := os.MkdirAll(filepath.Join(dir, "zzz.html", "x"), 0o755); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Commit("", slices.Sorted(maps.Keys(next))); err == nil {
			t.Fatal("nothing failed")
		}
		d.Close()
		if got := tree(t, dir); got["new.html"] != "2" || got["index.html"] != "1" || got["old.html"] != "1" {
			t.Fatalf("stopped with %v", got)
		}
		if err := os.RemoveAll(filepath.Join(dir, "zzz.html")); err != nil {
			t.Fatal(err)
		}
		publishTo(t, dir, want, m)
		if got := tree(t, dir); !maps.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
}

// TestLinksOut: a symbolic link in the folder leads nothing out of it.
func TestLinksOut(t *testing.T) {
	outside, dir := t.TempDir(), t.TempDir()
	if err := os.Symlink(outside, filepath.Join(dir, "a")); err != nil {
		t.Fatal(err)
	}
	d, err := Open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if _, err := d.Make(site{"a/b.html": "1"}.outputs(), nil, How{Jobs: 1}); err == nil {
		t.Error("published through a link")
	}
	check(t, outside, site{})
}

// TestNewFolder: a folder that was not there gets its files in the order of
// their rank, whatever stands in its way by then.
func TestNewFolder(t *testing.T) {
	for _, early := range []string{"", "a", "a/theirs.txt", "a/b/theirs.txt"} {
		dir := t.TempDir()
		d, err := Open(dir, nil)
		if err != nil {
			t.Fatal(err)
		}
		want := site{}
		var outputs []build.Output
		for name, rank := range map[string]build.Rank{"a/x.png": build.Asset, "a/x.html": build.Page, "a/B/y.html": build.Page, "a/b/z.html": build.Page,
			"a/index.html": build.List, "a/b/index.html": build.List, "index.html": build.List, "a/rss.xml": build.Feed} {
			outputs = append(outputs, build.Output{Path: name, Rank: rank, Render: build.Bytes([]byte(name))})
			want[name] = name
		}
		slices.SortFunc(outputs, func(a, b build.Output) int { return strings.Compare(a.Path, b.Path) })
		outputs[len(outputs)-1].Render = func(w io.Writer) error { // after the folders were looked at
			if early != "" {
				if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(early)), 0o755); err != nil {
					return err
				}
				if filepath.Ext(early) == "" {
					return errors.Join(os.Mkdir(filepath.Join(dir, early), 0o755), build.Bytes([]byte("index.html"))(w))
				}
				want[early] = "theirs"
				if err := os.WriteFile(filepath.Join(dir, early), []byte("theirs"), 0o644); err != nil {
					return err
				}
			}
			return build.Bytes([]byte("index.html"))(w)
		}
		made, err := d.Make(outputs, nil, How{Jobs: 1})
		d.Close()
		if err != nil || made.Rendered != len(outputs) || made.Result != (Result{Written: len(outputs)}) || len(made.Manifest) != len(outputs) {
			t.Errorf("%s: %d rendered, %+v, %d in the manifest, %v", early, made.Rendered, made.Result, len(made.Manifest), err)
		}
		check(t, dir, want)
	}
}

// TestObstacle: what somebody put in place of a file or folder of ours is named
// and left alone, before anything is published; what is no longer planned
// there is forgotten.
func TestObstacle(t *testing.T) {
	for name, put := range map[string]func(at string) error{
		"a/b.html":     func(at string) error { return os.Mkdir(at, 0o755) },
		"a/c/d.html/x": func(at string) error { return os.WriteFile(at, []byte("theirs"), 0o644) },
		"a/c":          func(at string) error { return os.WriteFile(at, []byte("theirs"), 0o644) },
		"a":            func(at string) error { return os.Symlink(os.TempDir(), at) },
	} {
		dir := t.TempDir()
		publishTo(t, dir, site{"index.html": "1", "a/b.html": "1", "a/c/d.html": "1"}, nil)
		at := filepath.Join(dir, filepath.FromSlash(name))
		obstacle := strings.TrimSuffix(name, "/x")
		if err := errors.Join(os.RemoveAll(filepath.Join(dir, obstacle)), os.MkdirAll(filepath.Dir(at), 0o755), put(at)); err != nil {
			t.Fatal(err)
		}
		before := tree(t, dir)
		d, err := Open(dir, nil)
		if err != nil {
			t.Fatal(err)
		}
		var list diag.List
		_, err = d.Make(site{"index.html": "2", "a/b.html": "2", "a/c/d.html": "2"}.outputs(), nil, How{Jobs: 1})
		if !errors.As(err, &list) || list[0].Rule != "foreign-file" || list[0].File != obstacle {
			t.Errorf("%s: got %v", name, err)
		}
		check(t, dir, before)
		d.Close()

		publishTo(t, dir, site{"index.html": "2"}, nil)
		if _, err := os.Lstat(at); err != nil {
			t.Errorf("%s was deleted: %v", name, err)
		}
	}
}
