package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestNothingChanged: a build of what was built already only looks at the
// files, and says what the last one said; whatever moved since, of the site or
// of the output, is seen.
func TestNothingChanged(t *testing.T) {
	t.Parallel()
	site := filepath.Join(t.TempDir(), "site")
	run([]string{"init", site}, &bytes.Buffer{}, &bytes.Buffer{})
	in := func(name string) string { return filepath.Join(site, filepath.FromSlash(name)) }
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	build := func(now string, flags ...string) (said report) {
		t.Helper()
		var out bytes.Buffer
		if status := run(append([]string{"build", "--source", site, "--json", "--now", now}, flags...), &out, &bytes.Buffer{}); status != exitDone {
			t.Fatal(out.String())
		}
		check(json.Unmarshal(out.Bytes(), &said))
		return said
	}
	const now = "2026-11-24 08:00"
	first := build(now)
	old := func() {
		t.Helper()
		time.Sleep(2100 * time.Millisecond) // no file is so young any more that its stamp is not trusted
		build(now)
	}
	old()
	// A build that does more than look makes the objects anew, which are gone.
	looks := func(what, now string, want bool, flags ...string) {
		t.Helper()
		check(os.Remove(in(own + "/docs")))
		said := build(now, flags...)
		if _, err := os.Stat(in(own + "/docs")); (err != nil) != want {
			t.Errorf("%s: only looked: %v, want %v", what, err != nil, want)
		} else if err != nil {
			check(os.WriteFile(in(own+"/docs"), nil, 0o644))
		}
		if want && (said.Pages != first.Pages || said.Outputs != first.Outputs || said.Unchanged != first.Outputs || said.Rendered > 0 ||
			len(said.Diagnostics) != len(first.Diagnostics)) {
			t.Errorf("%s: said %+v", what, said)
		}
	}
	looks("nothing", now, true)
	looks("a moment later", "2026-11-24 08:01", true)
	looks("years before", "2020-01-01", false)
	looks("now again", now, false)
	looks("still", now, true)

	check(os.WriteFile(in("public/index.html"), []byte("altered"), 0o644))
	looks("an altered page", now, false)
	looks("mended", now, true)
	check(os.Remove(in("public/404.html")))
	looks("a deleted page", now, false)
	check(os.WriteFile(in("public/mine.txt"), nil, 0o644))
	looks("somebody else's file", now, true)
	check(os.Remove(in("public/.qinglian")))
	args := []string{"build", "--source", site, "--json", "--now", now}
	if status := run(args, &bytes.Buffer{}, &bytes.Buffer{}); status != exitSite {
		t.Errorf("no journal: status %d", status)
	}
	looks("adopted", now, false, "--adopt")
	looks("adopted before", now, true)

	check(os.WriteFile(in("static/a.txt"), nil, 0o644))
	looks("a new file", now, false)
	looks("a file so young", now, false)
	first = build(now)
	old()
	looks("the file has aged", now, true)
	check(os.WriteFile(in("content/about.md"), []byte("x"), 0o644))
	var out bytes.Buffer
	if status := run([]string{"build", "--source", site, "--now", now}, &out, &out); status != exitSite {
		t.Errorf("an article without front matter: status %d, %s", status, out.String())
	}
}

// TestTwoFolders: what was edited before a build into another folder is not taken for
// published in the first one, though it is known; and a build of one edit links a few
// articles alone.
func TestTwoFolders(t *testing.T) {
	t.Parallel()
	w := newWorkshop(t)
	const a, b = "content/examples/bridge.md", "content/tasks/water.md"
	for _, name := range []string{a, b} {
		w.append(name, "\n"+strings.Repeat("足够长的一段话，后面的字不进摘要。", 20)+"\n")
	}
	w.build()
	time.Sleep(2100 * time.Millisecond)
	elsewhere := filepath.Join(w.dir, "elsewhere")
	into := func() made { return w.finish(w.command("--output", elsewhere), elsewhere) }
	for i, step := range []struct {
		edit  string
		build func() made
		few   bool
	}{
		{"", func() made { return w.build() }, false},
		{"", into, false},
		{a, func() made { return w.build() }, true},
		{b, into, false}, // a was not published there
		{a, into, true},
		{b, func() made { return w.build() }, false},
		{b, func() made { return w.build() }, true},
	} {
		if step.edit != "" {
			w.append(step.edit, fmt.Sprintf("\n后面的一段%d。\n", i))
		}
		got := step.build()
		if few := got.report.Linked < got.report.Pages; few != step.few || got.status != exitDone {
			t.Errorf("step %d: %d of %d articles linked", i, got.report.Linked, got.report.Pages)
		}
		if d := differ(got.files, w.clean().files); d != "" {
			t.Errorf("step %d: %s", i, d)
		}
	}
}
