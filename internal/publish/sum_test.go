package publish

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"qinglian/internal/diag"
	"qinglian/internal/digest"
)

// summed opens a folder and takes the digests of what is published there.
func summed(t *testing.T, dir string, m Manifest) Manifest {
	t.Helper()
	d, err := Peek(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	out, err := d.Sum(m, 2)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// names reports whether a manifest has the digests of a site's files, and no others.
func names(m Manifest, s site) bool {
	sums, want := map[string]digest.Digest{}, map[string]digest.Digest{}
	for _, made := range m {
		sums[made.Path] = made.Sum
	}
	for p, text := range s {
		want[p] = digest.Of([]byte(text))
	}
	return maps.Equal(sums, want)
}

// TestSum: the digests are those of the files, whatever the manifest still knows, and
// of nobody else's files.
func TestSum(t *testing.T) {
	dir := t.TempDir()
	now := site{"index.html": "1", "a/b.html": "1", "a/c.css": "1", "gone.html": "1", "blocked.html": "1"}
	first, _, _ := publishTo(t, dir, now, nil)
	first = summed(t, dir, first)
	now["index.html"], now["new.html"] = "2", "1"
	second, _, _ := publishTo(t, dir, now, first)
	put(t, dir, site{"foreign.html": "1"})
	for _, c := range []struct {
		name string
		m    Manifest
	}{{"that of now", second}, {"an old one", first}, {"a lost one", nil}} {
		if got := summed(t, dir, c.m); !names(got, now) {
			t.Errorf("with %s: got %v", c.name, got)
		}
	}
	put(t, dir, site{"a/b.html": "by hand"})
	for _, p := range []string{"gone.html", "blocked.html"} {
		if err := os.Remove(filepath.Join(dir, p)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "blocked.html"), 0o755); err != nil {
		t.Fatal(err)
	}
	now = site{"index.html": "2", "a/b.html": "by hand", "a/c.css": "1", "new.html": "1"}
	if got := summed(t, dir, summed(t, dir, second)); !names(got, now) {
		t.Errorf("touched by hand: got %v", got)
	}
}

// TestSumKept: a digest is kept over builds, without reading the file again, while the
// file stands; with it the manifest is as good for the next build as it was.
func TestSumKept(t *testing.T) {
	dir := t.TempDir()
	s := site{"a.html": "1", "b.html": "1"}
	m, _, _ := publishTo(t, dir, s, nil)
	m = summed(t, dir, m)
	said := digest.Of([]byte("what the manifest says"))
	m[0].Sum, m[1].Sum = said, said
	s["b.html"] = "2"
	m, rendered, _ := publishTo(t, dir, s, m)
	if rendered != 1 {
		t.Errorf("rendered %d", rendered)
	}
	if m = summed(t, dir, m); m[0].Sum != said {
		t.Error("a file that stands was read again")
	}
	if m[1].Sum != digest.Of([]byte("2")) {
		t.Error("the digest of a file that was written anew was kept")
	}
	if m, rendered, _ = publishTo(t, dir, s, summed(t, dir, nil)); rendered != 2 || !names(summed(t, dir, m), s) {
		t.Errorf("a manifest of digests alone: rendered %d, %v", rendered, m)
	}
}

// TestVerifySum: a kept digest that is not that of the bytes is found out.
func TestVerifySum(t *testing.T) {
	dir := t.TempDir()
	s := site{"a.html": "1", "b.html": "1"}
	m, _, _ := publishTo(t, dir, s, nil)
	m = summed(t, dir, m)
	for _, wrong := range []bool{false, true} {
		if wrong {
			m[0].Sum = digest.Of([]byte("2"))
		}
		d, err := Open(dir, nil)
		if err != nil {
			t.Fatal(err)
		}
		_, err = d.Make(s.outputs(), m, How{Jobs: 2, Verify: true})
		d.Close()
		list := diag.List{}
		if errors.As(err, &list) != wrong || wrong && (len(list) != 1 || list[0].File != "a.html") {
			t.Errorf("wrong %t: got %v", wrong, err)
		}
	}
}
