package theme_test

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"qinglian"
	"qinglian/internal/site"
	"qinglian/internal/snapshot"
	"qinglian/internal/source"
	"qinglian/themes"
)

// with is the built-in theme with a call that is never made in all templates.
func with(t *testing.T, call string) fs.FS {
	t.Helper()
	out := fstest.MapFS{}
	err := fs.WalkDir(themes.FS, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := fs.ReadFile(themes.FS, name)
		if path.Ext(name) == ".html" {
			text = append([]byte("{{if false}}{{"+call+"}}{{end}}"), text...)
		}
		out[name] = &fstest.MapFile{Data: text}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestSampleSite: the sample site, with an article that is out to break it, is
// byte by byte what html/template makes of it.
func TestSampleSite(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, qinglian.Sample); err != nil {
		t.Fatal(err)
	}
	const evil = "\"><script>alert('1')</script>&amp;+`%zz{{.}} --\ufdd0 javascript:x"
	article := "---\ntitle: 'T" + strings.ReplaceAll(evil, "'", "''") + "'\ndate: 2024-05-01\nsource: \"&<>'+\"\nsummary: 'S" + strings.ReplaceAll(evil, "'", "''") + "'\ntags: [\"'<+>\"]\n---\n## a " + evil + "\n\n## b\n\n## c\n"
	for _, folder := range []string{"examples", "notices"} {
		if err := os.WriteFile(filepath.Join(dir, "content", folder, "evil.md"), []byte(article), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want := render(t, dir, with(t, "html 1")) // which package stencil does not know
	for name, got := range render(t, dir, with(t, "print 1")) {
		if got != want[name] {
			at := 0
			for at < min(len(got), len(want[name])) && got[at] == want[name][at] {
				at++
			}
			t.Errorf("%s: got …%.200s\nhtml/template makes …%.200s", name, got[max(0, at-50):], want[name][max(0, at-50):])
		}
		delete(want, name)
	}
	if len(want) > 0 {
		t.Errorf("only html/template makes %v", want)
	}
}

// render is all that a site publishes, by path.
func render(t *testing.T, dir string, builtIn fs.FS) map[string]string {
	t.Helper()
	s, err := source.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	opt := snapshot.Options{Selection: site.Selection{Now: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)}, Themes: builtIn, Jobs: 2}
	snap, _, err := snapshot.Of(s, time.Now().UnixNano(), snapshot.State{}, opt)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, o := range snap.Outputs {
		var b bytes.Buffer
		if err := o.Render(&b); err != nil {
			t.Fatalf("%s: %v", o.Path, err)
		}
		out[o.Path] = b.String()
	}
	if len(out) < 50 {
		t.Fatalf("%d outputs: %v", len(out), snap.Diagnostics)
	}
	return out
}
