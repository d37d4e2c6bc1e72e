package snapshot

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"qinglian/internal/build"
	"qinglian/internal/cache"
	"qinglian/internal/digest"
	"qinglian/internal/site"
	"qinglian/internal/source"
	"qinglian/themes"
)

const own = ".qinglian"

var (
	thisEngine = digest.Of([]byte("engine"))
	options    = Options{Selection: site.Selection{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}, Themes: themes.FS, Engine: thisEngine, Jobs: 2}
)

// reopened is the site's folder and what the last build saved there.
func (d onDisk) reopened() (*source.Site, State) {
	d.t.Helper()
	s, err := source.Open(d.dir)
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() { s.Close() })
	state, err := Load(s.Root, own, thisEngine)
	if err != nil {
		d.t.Fatal(err)
	}
	return s, state
}

// built saves what a build of the site comes to, and renders its pages.
func (d onDisk) built() (pages map[string]string, err error) {
	d.t.Helper()
	s, state := d.reopened()
	snap, next, err := Of(s, after(), state, options)
	if err != nil {
		d.t.Fatal(err)
	}
	defer next.Close()
	pages = map[string]string{}
	for _, o := range snap.Outputs {
		var b strings.Builder
		if failed := o.Render(&b); failed != nil {
			err = failed
		}
		pages[o.Path] = b.String()
	}
	if err != nil {
		return pages, err
	}
	return pages, next.Save(s.Root, own, thisEngine)
}

func (d onDisk) packs() []string {
	d.t.Helper()
	names, err := filepath.Glob(filepath.Join(d.dir, own, "pack-*"))
	if err != nil {
		d.t.Fatal(err)
	}
	return names
}

// TestKept: what was saved is what is loaded, the bodies too, and a build on
// top of it renders the same.
func TestKept(t *testing.T) {
	files := sample()
	files["content/examples/a.svg"] = "<svg><script/></svg>"
	files["content/notices/n.md"] = "无"
	d := write(t, files)
	first, err := d.built()
	if err != nil {
		t.Fatal(err)
	}
	_, fresh := d.take(State{}, after(), nil) // all in memory
	_, loaded := d.reopened()
	defer loaded.Close()
	loaded.holds(t, fresh.Known)
	if again, err := d.built(); err != nil || !reflect.DeepEqual(again, first) {
		t.Errorf("not the same pages, %v", err)
	}
}

// holds compares what was loaded with what is known.
func (s State) holds(t *testing.T, want Known) {
	t.Helper()
	if s.Compile != want.Compile || len(s.Docs) != len(want.Docs) {
		t.Fatalf("loaded %d Docs, want %d", len(s.Docs), len(want.Docs))
	}
	for i, want := range want.Docs {
		name, got := want.Doc.Path, s.Docs[i]
		if got.Stamp != want.Stamp || got.Digest != want.Digest || got.Doc.Path != name {
			t.Errorf("%s: got %+v", name, got)
		}
		body, wanted := got.Doc.Body(), want.Doc.Body()
		if body.Prose != wanted.Prose || fmt.Sprint(body.Holes) != fmt.Sprint(wanted.Holes) || got.Doc.CardDigest != want.Doc.CardDigest {
			t.Errorf("%s: body %q, want %q", name, body.Prose, wanted.Prose)
		}
		if fmt.Sprintf("%+v", got.Doc.Problems) != fmt.Sprintf("%+v", want.Doc.Problems) {
			t.Errorf("%s: problems %+v", name, got.Doc.Problems)
		}
	}
	if !reflect.DeepEqual(s.Files, want.Files) || len(s.Files) == 0 {
		t.Errorf("files %+v", s.Files)
	}
}

// TestKeptByEdits: an edit adds to what is kept, and what is loaded is what a build from
// nothing knows; also when what the last edit added is cut anywhere.
func TestKeptByEdits(t *testing.T) {
	d := write(t, sample())
	if _, err := d.built(); err != nil {
		t.Fatal(err)
	}
	log := filepath.Join(d.dir, own, "docs")
	first, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	for i, edit := range []func(){
		func() { d.put("content/examples/a.md", article("甲一", "改了。")) },
		func() { d.put("content/examples/zz.md", article("新", "新的。")) },
		func() { d.put("content/examples/aa.md", article("又新", "![图](new.svg)")) },
		func() {
			d.put("content/examples/new.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h4v3z"/></svg>`)
		},
		func() { d.put("content/examples/aa.md", article("又新", "没有图了。")) },
		func() {
			for _, name := range []string{"aa.md", "new.svg"} {
				if err := os.Remove(filepath.Join(d.dir, "content/examples", name)); err != nil {
					t.Fatal(err)
				}
			}
		},
	} {
		before, err := os.ReadFile(log)
		if err != nil {
			t.Fatal(err)
		}
		edit()
		if _, err := d.built(); err != nil {
			t.Fatal(err)
		}
		_, fresh := d.take(State{}, after(), nil)
		_, loaded := d.reopened()
		loaded.holds(t, fresh.Known)
		loaded.Close()
		now, err := os.ReadFile(log)
		if err != nil || !strings.HasPrefix(string(now), string(first)) || len(now) <= len(before) {
			t.Errorf("edit %d: the log was not added to, %v", i, err)
		}
		for cut := len(before); cut < len(now); cut += 1 + (len(now)-len(before))/5 {
			if err := os.WriteFile(log, now[:cut], 0o644); err != nil {
				t.Fatal(err)
			}
			if _, err := d.built(); err != nil {
				t.Fatal(err)
			}
			_, loaded := d.reopened()
			loaded.holds(t, fresh.Known)
			loaded.Close()
		}
	}
}

// TestNotKept: another program, or a state or pack that is missing, cut or
// damaged where it is loaded, is none; and nothing is left over.
func TestNotKept(t *testing.T) {
	for name, spoil := range map[string]func(docs, pack string) error{
		"no state":      func(docs, _ string) error { return os.Remove(docs) },
		"no pack":       func(_, pack string) error { return os.Remove(pack) },
		"state cut":     func(docs, _ string) error { return os.Truncate(docs, 100) },
		"pack cut":      func(_, pack string) error { return os.Truncate(pack, 10) },
		"a Doc damaged": func(_, pack string) error { return flip(pack) },
		"state is none": func(docs, _ string) error { return os.WriteFile(docs, []byte("qinglian cache 2\n"), 0o644) },
	} {
		d := write(t, sample())
		first, err := d.built()
		if err != nil {
			t.Fatal(err)
		}
		if err := spoil(filepath.Join(d.dir, own, "docs"), d.packs()[0]); err != nil {
			t.Fatal(err)
		}
		_, loaded := d.reopened()
		if len(loaded.Docs) > 0 {
			t.Errorf("%s: loaded %d Docs", name, len(loaded.Docs))
		}
		if err := loaded.Close(); err != nil {
			t.Error(err)
		}
		if again, err := d.built(); err != nil || !reflect.DeepEqual(again, first) || len(d.packs()) != 1 {
			t.Errorf("%s: not the same pages, %v, packs %v", name, err, d.packs())
		}
	}
}

// flip damages the end of a file.
func flip(name string) error {
	b, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	b[len(b)-1] ^= 1
	return os.WriteFile(name, b, 0o644)
}

// TestPieceDamaged: prose that is not what was put away is never published:
// rendering fails, and it is not the site's fault.
func TestPieceDamaged(t *testing.T) {
	d := write(t, sample())
	if _, err := d.built(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(d.packs()[0])
	if err != nil {
		t.Fatal(err)
	}
	for i := range b[:20] { // of prose, which comes first
		b[i] ^= 1
	}
	if err := os.WriteFile(d.packs()[0], b, 0o644); err != nil {
		t.Fatal(err)
	}
	_, err = d.built()
	if m := (build.Machine{}); !errors.As(err, &m) || !errors.Is(m.Err, cache.ErrDamaged) {
		t.Errorf("got %v", err)
	}
}

// TestSpill: bodies stay in memory while there is room for them; the others are read from
// the pack.
func TestSpill(t *testing.T) {
	files := sample()
	files["content/examples/c.MARKDOWN"] = article("丙", "文。") // each has a body
	d := write(t, files)
	_, fresh := d.take(State{}, after(), nil) // all in memory
	size := 0
	spilled := func(left int) (inMemory int) {
		s, state := d.reopened()
		state.store.left.Store(int64(left))
		_, next, err := Of(s, after(), state, options)
		if err != nil {
			t.Fatal(err)
		}
		defer next.Close()
		next.holds(t, fresh.Known)
		size = 0
		for _, c := range next.Docs {
			size += c.body.at.Size
			if c.Doc.Prose != "" {
				inMemory++
			}
		}
		return inMemory
	}
	all := len(fresh.Docs)
	for _, c := range []struct{ left, want int }{{holding, all}, {0, 0}} {
		if got := spilled(c.left); got != c.want {
			t.Errorf("with room for %d bytes %d bodies are in memory, want %d", c.left, got, c.want)
		}
	}
	if got := spilled(size - 1); got != all-1 {
		t.Errorf("with room for all but a byte %d bodies are in memory, want %d", got, all-1)
	}
}

// TestTightened: a pack that is mostly waste is left for a new one.
func TestTightened(t *testing.T) {
	d := write(t, sample())
	long := strings.Repeat("很长的正文。", 20_000)
	for i := range 9 {
		d.put("content/examples/a.md", article(fmt.Sprint("甲", i), long))
		if _, err := d.built(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.built(); err != nil {
		t.Fatal(err)
	}
	packs := d.packs()
	info, err := os.Stat(packs[0])
	if err != nil || len(packs) != 1 || info.Size() > int64(2*len(long)+slack) || info.Size() < int64(len(long)) {
		t.Errorf("packs %v, %d bytes, %v", packs, info.Size(), err)
	}
}
