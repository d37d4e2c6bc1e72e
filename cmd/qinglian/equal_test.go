package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

var scripts = flag.Int("scripts", 8, "how many random edit scripts TestEqual runs")

// TestEqual: whatever is edited, in whatever order, a build on top of the last
// one leaves the same bytes and says the same as a build from nothing.
func TestEqual(t *testing.T) {
	for seed := range uint64(*scripts) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			e := newEditor(t, seed)
			published := 0
			for step := range 12 {
				what := e.edit(step%2 == 1)
				got, gotSaid := e.build(e.site)
				clean := e.copySite()
				want, wantSaid := e.build(clean)
				if gotSaid != wantSaid {
					t.Fatalf("step %d, %s: diagnostics differ\non top %s\nclean  %s", step, what, gotSaid, wantSaid)
				}
				if want == nil {
					continue // refused: nothing was published, the old site stands
				}
				published++
				for _, name := range slices.Sorted(maps.Keys(union(got, want))) {
					if got[name] != want[name] {
						t.Fatalf("step %d, %s: %s differs\non top %q\nclean  %q", step, what, name, got[name], want[name])
					}
				}
			}
			if published == 0 {
				t.Error("no step published anything: the edits prove nothing")
			}
		})
	}
}

// mending is the edit that undoes broken links and deletions.
const mending = 11

// editor edits a site at random.
type editor struct {
	t       *testing.T
	r       *rand.Rand
	site    string
	now     time.Time
	deleted map[string][]byte
}

func newEditor(t *testing.T, seed uint64) *editor {
	e := &editor{t: t, r: rand.New(rand.NewPCG(seed, 1)), site: filepath.Join(t.TempDir(), "site"),
		now: time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC), deleted: map[string][]byte{}}
	if status := run([]string{"init", e.site}, &bytes.Buffer{}, &bytes.Buffer{}); status != 0 {
		t.Fatal("init failed")
	}
	return e
}

// articles lists the site's articles.
func (e *editor) articles() []string {
	var names []string
	e.check(filepath.WalkDir(filepath.Join(e.site, "content"), func(name string, _ fs.DirEntry, err error) error {
		if strings.HasSuffix(name, ".md") {
			names = append(names, name)
		}
		return err
	}))
	return names
}

func (e *editor) check(err error) {
	e.t.Helper()
	if err != nil {
		e.t.Fatal(err)
	}
}

// replace changes a line of an article's front matter, or adds text to it.
func (e *editor) replace(name string, change func(text string) string) {
	b, err := os.ReadFile(name)
	e.check(err)
	e.check(os.WriteFile(name, []byte(change(string(b))), 0o644))
}

// edit makes one random edit, or mends what the last ones broke, and says
// which.
func (e *editor) edit(mend bool) string {
	all := e.articles()
	name := all[e.r.IntN(len(all))]
	number := fmt.Sprint(e.r.IntN(1000))
	setting := func(toml, yaml, value string) func(string) string {
		return func(text string) string {
			key := yaml + ": "
			if strings.HasPrefix(text, "+++") {
				key, value = toml+" = ", `"`+value+`"`
			}
			lines := strings.SplitAfter(text, "\n")
			for i, l := range lines {
				if strings.HasPrefix(l, key) {
					lines[i] = key + value + "\n"
					return strings.Join(lines, "")
				}
			}
			return lines[0] + key + value + "\n" + strings.Join(lines[1:], "")
		}
	}
	kind := e.r.IntN(mending)
	if mend && e.r.IntN(2) == 0 {
		kind = mending
	}
	switch kind {
	case 0:
		e.replace(name, func(s string) string { return s + "\n新的一段" + number + "。\n" })
	case 1:
		e.replace(name, setting("title", "标题", "新题"+number))
	case 2:
		e.replace(name, setting("date", "日期", fmt.Sprintf("2026-1%d-%02d 10:00", e.r.IntN(3), 1+e.r.IntN(28))))
	case 3:
		e.replace(name, setting("slug", "网址名", "name-"+number))
	case 4:
		e.replace(name, func(s string) string { return s + "\n见[别处](missing-" + number + ".md)。\n" })
	case mending:
		for _, name := range all {
			e.replace(name, func(s string) string { return strings.ReplaceAll(s, "\n见[别处](missing-", "\n见别处（") })
		}
		for _, name := range slices.Sorted(maps.Keys(e.deleted)) {
			e.check(os.WriteFile(name, e.deleted[name], 0o644))
			delete(e.deleted, name)
		}
	case 5:
		b, err := os.ReadFile(name)
		e.check(err)
		e.deleted[name] = b
		e.check(os.Remove(name))
	case 6:
		e.replace(filepath.Join(e.site, "config.toml"), func(s string) string {
			return strings.Replace(s, "order       = 2", "order       = "+fmt.Sprint(e.r.IntN(6)), 1)
		})
	case 7:
		e.check(os.WriteFile(filepath.Join(e.site, "static", "a.txt"), []byte(number), 0o644))
	case 8:
		e.now = e.now.Add(time.Duration(e.r.IntN(20)-10) * 24 * time.Hour)
	case 9:
		e.check(os.MkdirAll(filepath.Join(e.site, "layouts"), 0o755))
		e.check(os.WriteFile(filepath.Join(e.site, "layouts", "term.html"), []byte(`{{define "main"}}<h1>`+number+`{{.Title}}</h1>{{end}}`), 0o644))
	case 10:
		name = filepath.Join(e.site, "public", "index.html")
		e.check(os.MkdirAll(filepath.Dir(name), 0o755))
		e.check(os.WriteFile(name, []byte("altered"), 0o644))
		if _, err := os.Stat(filepath.Join(e.site, "public", ".qinglian")); err != nil {
			e.check(os.Remove(name)) // never built: it would be somebody else's
		}
		return "alter public/index.html"
	}
	return "edit of " + name
}

// copySite is the site's sources in a new folder.
func (e *editor) copySite() string {
	to := filepath.Join(e.t.TempDir(), "clean")
	e.check(os.CopyFS(to, os.DirFS(e.site)))
	e.check(os.RemoveAll(filepath.Join(to, "public")))
	e.check(os.RemoveAll(filepath.Join(to, own)))
	return to
}

// build builds a site and returns what it published and said; files is nil
// when the site was refused.
func (e *editor) build(site string) (files map[string]string, said string) {
	var out, errs bytes.Buffer
	status := run([]string{"build", "--source", site, "--json", "--now", e.now.Format(time.RFC3339)}, &out, &errs)
	var r struct{ Diagnostics json.RawMessage }
	e.check(json.Unmarshal(out.Bytes(), &r))
	if status == exitMachine {
		e.t.Fatalf("build failed: %s", out.String())
	}
	if status != 0 {
		return nil, string(r.Diagnostics)
	}
	files = map[string]string{}
	public := filepath.Join(site, "public")
	e.check(filepath.WalkDir(public, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(name)
		rel, _ := filepath.Rel(public, name)
		files[rel] = string(b)
		return err
	}))
	return files, string(r.Diagnostics)
}

func union(a, b map[string]string) map[string]bool {
	all := map[string]bool{}
	for name := range a {
		all[name] = true
	}
	for name := range b {
		all[name] = true
	}
	return all
}
