package cache

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sync/errgroup"

	"qinglian/internal/digest"
)

const name = ".qinglian/cache"

var (
	engine = digest.Of([]byte("engine"))
	sample = "<p>正文</p>\x00\xff"
)

// folder is an empty folder.
func folder(t testing.TB) *os.Root {
	t.Helper()
	root, err := os.OpenRoot(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	return root
}

// saved is a folder in which sample is saved, and the file's bytes.
func saved(t *testing.T) (*os.Root, []byte) {
	t.Helper()
	root := folder(t)
	if err := Save(root, name, engine, []byte(sample)); err != nil {
		t.Fatal(err)
	}
	b, err := root.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return root, b
}

func TestRoundTrip(t *testing.T) {
	root, _ := saved(t)
	for _, want := range []string{sample, "", strings.Repeat("长", 1<<20)} {
		if err := Save(root, name, engine, []byte(want)); err != nil {
			t.Fatal(err)
		}
		if got, ok := Load(root, name, engine); !ok || got != want {
			t.Errorf("of %d bytes got %d, %v", len(want), len(got), ok)
		}
	}
	entries, err := os.ReadDir(filepath.Join(root.Name(), ".qinglian"))
	if err != nil || len(entries) != 1 {
		t.Errorf("left %v, %v", entries, err)
	}
}

// TestNone: a cache that is not there, or not this program's, is no cache.
func TestNone(t *testing.T) {
	root, _ := saved(t)
	for _, c := range []struct {
		name   string
		engine digest.Digest
	}{
		{"other", engine},
		{".qinglian", engine}, // a folder
		{"../cache", engine},
		{name, digest.Digest{}},
		{name, digest.Of([]byte("another engine"))},
	} {
		if got, ok := Load(root, c.name, c.engine); ok || got != "" {
			t.Errorf("%s was loaded for %s: %q", c.name, c.engine, got)
		}
	}
}

// TestDamaged: a file cut short anywhere, with a bit flipped anywhere, or with
// something after its end is no cache.
func TestDamaged(t *testing.T) {
	root, whole := saved(t)
	refused := func(what string, at int, b []byte) {
		if err := root.WriteFile(name, b, 0o644); err != nil {
			t.Fatal(err)
		}
		if got, ok := Load(root, name, engine); ok || got != "" {
			t.Errorf("%s at %d of %d: loaded %q", what, at, len(whole), got)
		}
	}
	refused("longer", len(whole), append(slices.Clone(whole), 0))
	for n := range whole {
		refused("cut", n, whole[:n])
		for bit := range 8 {
			flipped := slices.Clone(whole)
			flipped[n] ^= 1 << bit
			refused("flipped", n, flipped)
		}
	}
}

// TestSaveFails: what can't be saved leaves what was.
func TestSaveFails(t *testing.T) {
	root, whole := saved(t)
	if err := root.Mkdir(name+".new", 0o755); err != nil {
		t.Fatal(err)
	}
	if err := Save(root, name, engine, nil); err == nil {
		t.Error("saved over a folder")
	}
	if err := Save(root, name+"/below", engine, nil); err == nil {
		t.Error("saved below a file")
	}
	if b, err := root.ReadFile(name); err != nil || !slices.Equal(b, whole) {
		t.Errorf("the old one is not the same: %v", err)
	}
}

// TestShare: several may save one file at once.
func TestShare(t *testing.T) {
	root := folder(t)
	body := make([]byte, 1<<20)
	var group errgroup.Group
	for range 8 {
		group.Go(func() error {
			for range 20 {
				if err := Share(root, name, engine, body); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		t.Error(err)
	}
	if got, ok := Load(root, name, engine); !ok || got != string(body) {
		t.Error("it is not whole")
	}
	entries, err := fs.ReadDir(root.FS(), path.Dir(name))
	if err != nil || len(entries) != 1 {
		t.Errorf("%d files, %v", len(entries), err)
	}
}

func BenchmarkLoad(b *testing.B) {
	root := folder(b)
	if err := Save(root, name, engine, make([]byte, 10<<20)); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(10 << 20)
	for b.Loop() {
		if _, ok := Load(root, name, engine); !ok {
			b.Fatal("there is none")
		}
	}
}

func BenchmarkSave(b *testing.B) {
	root := folder(b)
	body := make([]byte, 10<<20)
	b.SetBytes(10 << 20)
	for b.Loop() {
		if err := Save(root, name, engine, body); err != nil {
			b.Fatal(err)
		}
	}
}
