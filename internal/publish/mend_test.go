package publish

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"qinglian/internal/build"
	"qinglian/internal/flat"
)

// mended mends a folder from one site to another.
func mended(t *testing.T, dir string, m Manifest, from, to site) (Manifest, Outcome, error) {
	t.Helper()
	d, err := Open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if stands, err := d.Stands("", m, 2); err != nil || !stands {
		t.Fatalf("it does not stand: %v", err)
	}
	edit := flat.Between(from.outputs(), to.outputs(), func(o *build.Output) string { return o.Path },
		func(a, b *build.Output) bool { return a.Key == b.Key })
	out, made, err := d.Mend(m, edit, How{Jobs: 2})
	return flat.After(m, []flat.Edit[Made]{made}, pathOf), out, err
}

// TestMend: a folder that was mended again and again is as if all outputs had been made.
func TestMend(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	names := []string{"index.html", "a.js", "a/b.js", "a/\x01c.js", "\"d.js", "z/e.js", "z/f/g.js"}
	drawn := func() site {
		s := site{"index.html": fmt.Sprint(r.IntN(3)), "page.html": "p"}
		for _, name := range names[1:] {
			if r.IntN(2) == 0 {
				s[name] = fmt.Sprint(r.IntN(3))
			}
		}
		return s
	}
	mend, whole := t.TempDir(), t.TempDir()
	is := drawn()
	m, _, _ := publishTo(t, mend, is, nil)
	all, _, _ := publishTo(t, whole, is, nil)
	for range 60 {
		to := drawn()
		next, out, err := mended(t, mend, m, is, to)
		if err != nil {
			t.Fatal(err)
		}
		var want Result
		all, _, want = publishTo(t, whole, to, all)
		if out.Result != want {
			t.Fatalf("from %v to %v: %+v, want %+v", is, to, out.Result, want)
		}
		check(t, mend, to)
		if a, b := read(t, mend, journal), read(t, whole, journal); a != b {
			t.Fatalf("the journal is %q, want %q", a, b)
		}
		same := func(a, b Made) bool { return a.Path == b.Path && a.Key == b.Key && a.Rank == b.Rank }
		if !slices.EqualFunc(next, all, same) {
			t.Fatalf("the manifest is %v, want %v", next, all)
		}
		m, is = next, to
	}
}

// TestMendForeign: what stands in the place of a new output is left alone.
func TestMendForeign(t *testing.T) {
	dir := t.TempDir()
	is := site{"index.html": "1"}
	m, _, _ := publishTo(t, dir, is, nil)
	for _, name := range []string{"a.js", "b"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("2"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"a.js", "b/c.js"} {
		if _, _, err := mended(t, dir, m, is, site{"index.html": "2", name: "2"}); err == nil {
			t.Errorf("%s was published", name)
		}
		check(t, dir, site{"index.html": "1", "a.js": "2", "b": "2"})
	}
}

func read(t *testing.T, dir, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
