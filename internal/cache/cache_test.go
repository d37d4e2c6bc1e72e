package cache

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"qinglian/internal/digest"
)

// state is a value such as a build leaves.
type state struct {
	Compile digest.Digest
	Docs    map[string]doc
	Empty   []string
}

type doc struct {
	Text  []byte
	Stamp int64
	Next  *doc
}

const name = ".qinglian/cache"

var (
	engine = digest.Of([]byte("engine"))
	sample = state{
		Compile: digest.Of([]byte("config")),
		Docs: map[string]doc{
			"content/甲.md": {Text: []byte("<p>正文</p>"), Stamp: 1 << 60, Next: &doc{Stamp: -1}},
			"content/b.md": {},
		},
	}
)

// saved is a folder in which sample is saved, and its bytes.
func saved(t *testing.T) (*os.Root, []byte) {
	t.Helper()
	root, err := os.OpenRoot(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	if err := Save(root, name, engine, sample); err != nil {
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
	var got state
	if !Load(root, name, engine, &got) {
		t.Fatal("there is none")
	}
	if !reflect.DeepEqual(got, sample) {
		t.Errorf("got %+v", got)
	}
}

// TestSaveAgain: the later one counts, and nothing else is left in the folder.
func TestSaveAgain(t *testing.T) {
	root, _ := saved(t)
	if err := Save(root, name, engine, state{}); err != nil {
		t.Fatal(err)
	}
	var got state
	if !Load(root, name, engine, &got) || !reflect.DeepEqual(got, state{}) {
		t.Errorf("got %+v", got)
	}
	entries, err := os.ReadDir(filepath.Join(root.Name(), ".qinglian"))
	if err != nil || len(entries) != 1 {
		t.Errorf("left %v, %v", entries, err)
	}
}

// TestNone: a cache that is not there, or not this program's, is no cache; and
// nothing of it gets into the value.
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
		var got state
		if Load(root, c.name, c.engine, &got) {
			t.Errorf("%s was loaded for %s", c.name, c.engine)
		}
		if !reflect.DeepEqual(got, state{}) {
			t.Errorf("%s left %+v", c.name, got)
		}
	}
	var other struct{ Compile []int }
	if Load(root, name, engine, &other) {
		t.Error("a value of another form was loaded")
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
		var got state
		if Load(root, name, engine, &got) || !reflect.DeepEqual(got, state{}) {
			t.Errorf("%s at %d of %d: loaded %+v", what, at, len(whole), got)
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
	if err := Save(root, name, engine, func() {}); err == nil {
		t.Error("a function was saved")
	}
	if err := Save(root, name+"/below", engine, sample); err == nil {
		t.Error("saved below a file")
	}
	if b, err := root.ReadFile(name); err != nil || !slices.Equal(b, whole) {
		t.Errorf("the old one is not the same: %v", err)
	}
}
