package watch

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// deadline is for what happens at once on a machine that has nothing else to do.
const deadline = 20 * time.Second

type place struct {
	*testing.T
	dir string
	w   *Watcher
}

func newPlace(t *testing.T, poll bool, folders ...string) *place {
	t.Parallel()
	p := &place{T: t, dir: t.TempDir()}
	for _, f := range folders {
		p.must(os.MkdirAll(p.at(f), 0o755))
	}
	w, err := Open(p.dir, []string{"content", "config.toml"}, poll)
	p.must(err)
	p.w = w
	t.Cleanup(func() { p.must(w.Close()) })
	return p
}

func (p *place) at(name string) string { return filepath.Join(p.dir, filepath.FromSlash(name)) }

func (p *place) must(err error) {
	p.Helper()
	if err != nil {
		p.Fatal(err)
	}
}

func (p *place) write(name, text string) {
	p.Helper()
	p.must(os.WriteFile(p.at(name), []byte(text), 0o644))
}

// tells waits for Changes until one names a path, or everything.
func (p *place) tells(name string) {
	p.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), deadline)
	defer cancel()
	for {
		c, err := p.w.Next(ctx)
		if err != nil {
			p.Fatalf("%s was not told", name)
		}
		if slices.Contains(c.Paths, name) || name == "" && c.All {
			return
		}
	}
}

func TestTells(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(p *place) (told string)
	}{
		{"a file is written", func(p *place) string { p.write("content/a/x.md", "x"); return "content/a/x.md" }},
		{"a file of the site's own folder", func(p *place) string { p.write("config.toml", "x"); return "config.toml" }},
		{"a file is removed", func(p *place) string {
			p.write("content/a/x.md", "x")
			p.tells("content/a/x.md")
			p.must(os.Remove(p.at("content/a/x.md")))
			return "content/a/x.md"
		}},
		{"a file is renamed over another", func(p *place) string {
			p.write("content/a/x.md", "x")
			p.tells("content/a/x.md")
			p.write("content/a/y.md", "y")
			p.must(os.Rename(p.at("content/a/y.md"), p.at("content/a/x.md")))
			return "content/a/x.md"
		}},
		{"in a new folder", func(p *place) string {
			p.must(os.MkdirAll(p.at("content/b/c/d"), 0o755))
			p.tells("")
			p.write("content/b/c/d/x.md", "x")
			return "content/b/c/d/x.md"
		}},
		{"in a renamed folder", func(p *place) string {
			p.must(os.MkdirAll(p.at("content/a/b"), 0o755))
			p.tells("")
			p.must(os.Rename(p.at("content/a"), p.at("content/z")))
			p.tells("")
			p.write("content/z/b/x.md", "x")
			return "content/z/b/x.md"
		}},
		{"in a folder that was renamed there and back", func(p *place) string {
			for range 10 {
				p.must(os.Rename(p.at("content/a"), p.at("content/z")))
				p.must(os.Rename(p.at("content/z"), p.at("content/a")))
			}
			p.tells("")
			p.write("content/a/x.md", "x")
			return "content/a/x.md"
		}},
		{"in a folder that took the place of another", func(p *place) string {
			p.must(os.MkdirAll(p.at("new/deep"), 0o755))
			p.must(os.RemoveAll(p.at("content/a")))
			p.must(os.Rename(p.at("new"), p.at("content/a")))
			p.tells("")
			p.write("content/a/deep/x.md", "x")
			return "content/a/deep/x.md"
		}},
		{"in a folder that all of the site's went into and came out of", func(p *place) string {
			p.must(os.Rename(p.at("content"), p.at("away")))
			p.tells("")
			p.must(os.Rename(p.at("away"), p.at("content")))
			p.tells("")
			p.write("content/a/x.md", "x")
			return "content/a/x.md"
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := newPlace(t, false, "content/a")
			p.tells(c.do(p))
		})
	}
}

// What belongs to no part, and what editors leave, is not told.
func TestIgnores(t *testing.T) {
	p := newPlace(t, false, "content/a", "public")
	for _, name := range []string{"public/x.html", "notes.txt", "content/a/~$x.md", "content/a/.x.md.swp", "content/a/x.md~", "content/a/4913"} {
		p.write(name, "x")
	}
	p.write("content/a/last.md", "x")
	ctx, cancel := context.WithTimeout(context.Background(), deadline)
	defer cancel()
	c, err := p.w.Next(ctx)
	if err != nil || c.All || !slices.Equal(c.Paths, []string{"content/a/last.md"}) {
		t.Errorf("%+v %v", c, err)
	}
}

// What was seen while nobody waited any longer is told the next time.
func TestKeeps(t *testing.T) {
	p := newPlace(t, false, "content/a")
	p.write("content/a/x.md", "x")
	p.must(os.Remove(p.at("content/a/x.md")))
	until := time.Now().Add(deadline)
	for p.w.seen.nothing() && time.Now().Before(until) {
		ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
		c, err := p.w.Next(ctx)
		cancel()
		if err == nil {
			if !slices.Equal(c.Paths, []string{"content/a/x.md"}) {
				t.Errorf("%+v", c)
			}
			return // this machine was busy elsewhere for so long that it was quiet
		}
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
	}
	p.tells("content/a/x.md")
}

// For how long it has to be quiet: a file that went is about to come back, but
// not one that had only come.
func TestQuiet(t *testing.T) {
	p := newPlace(t, false, "content")
	p.write("content/x.md", "x")
	many := map[string]bool{}
	for i := range 100 {
		many[fmt.Sprintf("content/%d.md", i)] = true
	}
	for _, c := range []struct {
		name     string
		seen     seen
		from, to time.Duration
	}{
		{"one file", seen{files: map[string]bool{"content/x.md": true}}, quietOne, quietOne},
		{"a file that went", seen{files: map[string]bool{"content/x.md": true, "content/gone.md": true}}, quietMost, quietMost},
		{"a file that came and went", seen{files: map[string]bool{"content/x.md": true, "content/gone.md": false}}, quietOne, quietOne + quietEach},
		{"many files", seen{files: many}, quietMost, quietMost},
		{"a folder", seen{all: true}, quietMost, quietMost},
	} {
		p.w.seen = c.seen
		if got := p.w.settles(); got < c.from || got > c.to {
			t.Errorf("%s: %v", c.name, got)
		}
	}
	p.w.seen = seen{files: map[string]bool{}}
}

func TestPolls(t *testing.T) {
	p := newPlace(t, true, "content")
	if why, polling := p.w.Polling(); !polling || why.ZH == "" || why.EN == "" {
		t.Errorf("%v %v", why, polling)
	}
	p.tells("")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := p.w.Next(ctx); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
