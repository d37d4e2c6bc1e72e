package snapshot

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"qinglian/internal/digest"
	"qinglian/internal/site"
	"qinglian/internal/source"
)

func (d onDisk) look(clock int64, opt Options) Sources {
	d.t.Helper()
	s, err := source.Open(d.dir)
	if err != nil {
		d.t.Fatal(err)
	}
	defer s.Close()
	from, err := Look(s, clock, opt)
	if err != nil {
		d.t.Fatal(err)
	}
	return from
}

// TestLook: the digest of the sources moves when anything does that a Snapshot
// is taken of, and stays otherwise.
func TestLook(t *testing.T) {
	early := time.Unix(1_000_000_000, 0)
	for name, c := range map[string]struct {
		edit func(onDisk) error
		opt  Options
		want string
	}{
		"nothing":         {nil, Options{}, "same trusted"},
		"moment":          {nil, Options{Selection: site.Selection{Now: early}}, "same trusted"},
		"jobs":            {nil, Options{Jobs: 9}, "same trusted"},
		"drafts":          {nil, Options{Selection: site.Selection{Drafts: true}}, "moved trusted"},
		"future":          {nil, Options{Selection: site.Selection{Future: true}}, "moved trusted"},
		"theme asked for": {nil, Options{Theme: "bamboo"}, "moved trusted"},
		"address":         {nil, Options{BaseURL: "https://b.example/"}, "moved trusted"},
		"program":         {nil, Options{Engine: digest.Of([]byte("another"))}, "moved trusted"},
		"article touched": {func(d onDisk) error { return os.Chtimes(d.path("content/examples/a.md"), early, early) }, Options{}, "moved trusted"},
		"article gone":    {func(d onDisk) error { return os.Remove(d.path("content/examples/a.md")) }, Options{}, "moved trusted"},
		"article renamed": {func(d onDisk) error {
			return os.Rename(d.path("content/examples/a.md"), d.path("content/examples/x.md"))
		}, Options{}, "moved trusted"},
		"config":          {func(d onDisk) error { return os.Chtimes(d.path("config.toml"), early, early) }, Options{}, "moved trusted"},
		"no config":       {func(d onDisk) error { return os.Remove(d.path("config.toml")) }, Options{}, "moved trusted"},
		"static file":     {func(d onDisk) error { return os.Chtimes(d.path("static/robots.txt"), early, early) }, Options{}, "moved trusted"},
		"table":           {func(d onDisk) error { return d.add("data/a.csv") }, Options{}, "moved trusted"},
		"layout":          {func(d onDisk) error { return d.add("layouts/page.html") }, Options{}, "moved trusted"},
		"file of a theme": {func(d onDisk) error { return d.add("themes/lotus/partials/x.html~") }, Options{}, "moved trusted"},
		"link in a theme": {func(d onDisk) error {
			return os.Symlink(d.path("static"), d.path("themes"))
		}, Options{}, "same untrusted"},
		"elsewhere": {func(d onDisk) error { return d.add("notes/b.txt") }, Options{}, "same trusted"},
		"ignored":   {func(d onDisk) error { return d.add("content/examples/~$a.docx") }, Options{}, "same trusted"},
		"link out":  {func(d onDisk) error { return os.Symlink(os.TempDir(), d.path("content/out")) }, Options{}, "moved trusted"},
	} {
		d := write(t, sample())
		before := d.look(after(), Options{})
		if c.edit != nil {
			if err := c.edit(d); err != nil {
				t.Fatal(name, err)
			}
		}
		now := d.look(after(), c.opt)
		got := "moved"
		if now.Digest == before.Digest {
			got = "same"
		}
		got += map[bool]string{true: " trusted", false: " untrusted"}[now.Trusted]
		if got != c.want || !before.Trusted {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	if write(t, sample()).look(time.Now().UnixNano(), Options{}).Trusted {
		t.Error("files that were written just now are trusted")
	}
}

func (d onDisk) path(name string) string { return filepath.Join(d.dir, filepath.FromSlash(name)) }

func (d onDisk) add(name string) error {
	d.put(name, "x")
	return nil
}

// TestValid: at every moment of its Span a Snapshot is the same, and at the
// next it is another.
func TestValid(t *testing.T) {
	files := map[string]string{"config.toml": "base_url = \"https://www.example.org/\"\ntimezone = \"Asia/Shanghai\"\n"}
	for i, when := range []string{"日期: 2024-01-01\n", "日期: 2024-03-01 09:30\n下线时间: 2024-06-01\n", "日期: 2024-06-01\n", "下线时间: 2024-09-09 12:00\n日期: 2024-01-01\n",
		"日期: 2024-12-31\n草稿: true\n", "日期: 2024-01-01\n复核日期: 2024-07-07\n", "日期: 2024-01-01\n已撤下: 有误\n下线时间: 2024-08-08\n"} {
		files[fmt.Sprintf("content/examples/%d.md", i)] = "---\n标题: 甲\n来源: 本站\n" + when + "---\n文\n"
	}
	d := write(t, files)
	at := func(now time.Time) (string, Span) {
		snap, _ := d.take(State{}, after(), func(o *Options) { o.Selection.Now = now })
		var b strings.Builder
		for _, o := range snap.Outputs {
			fmt.Fprintln(&b, o.Path, o.Key)
		}
		return b.String() + rules(snap), snap.Valid
	}
	now := time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC)
	last, span := at(now)
	spans := 1
	for !span.Until.IsZero() {
		if same, _ := at(span.Until.Add(-time.Second)); same != last || !span.Has(now) || span.Has(span.Until) || span.Has(span.From.Add(-time.Second)) {
			t.Errorf("%v: not the same until its end", span)
		}
		now = span.Until
		next, of := at(now)
		if of.From != now && !of.From.Equal(now) {
			t.Errorf("%v follows %v", of, span)
		}
		if next == last && !now.Equal(time.Date(2024, 12, 30, 16, 0, 0, 0, time.UTC)) { // the draft stays hidden
			t.Errorf("nothing changed at %v", now)
		}
		last, span = next, of
		spans++
	}
	if spans != 8 {
		t.Errorf("%d spans", spans)
	}
}
