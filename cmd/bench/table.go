package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// bench is one session of measuring.
type bench struct {
	kit     string
	n, runs int

	work, ours, own, theirs string // folders and programs; theirs is "" without Hugo
	rows                    []row
	notes                   []string
}

// row is one line of the table.
type row struct {
	what         string
	ours, theirs figures // theirs is zero where there is nothing to compare
	against      string  // what theirs is
}

const siteConfig = `title = "示范宣传站"
base_url = "https://example.org/"
[taxonomies.tags]
title = "标签"
[sections.model-sites]
title = "样板工地"
kind = "notice"
[sections.examples]
title = "案例"
kind = "notice"
[sections.education]
title = "教育"
kind = "notice"
`

func (b *bench) run(out string) (err error) {
	if b.work, err = os.MkdirTemp("", "bench-"); err != nil {
		return err
	}
	defer os.RemoveAll(b.work)
	if b.ours, err = tool(b.work, "./cmd/qinglian"); err != nil {
		return err
	}
	if b.own, err = tool(b.work, "./cmd/bench"); err != nil {
		return err
	}
	if b.theirs, err = hugo(b.work); err != nil {
		b.notes = append(b.notes, "Hugo could not be installed, so there is nothing beside our figures: "+strings.TrimSpace(err.Error()))
		b.theirs = ""
	}
	for _, n := range []int{b.n / 10, b.n} {
		if err := b.corpus(n); err != nil {
			return err
		}
		if err := b.cold(n); err != nil {
			return err
		}
	}
	for _, step := range []func() error{b.floor, b.edits, b.memory} {
		if err := step(); err != nil {
			return err
		}
	}
	return os.WriteFile(out, []byte(b.text(out)), 0o644)
}

// site is the folder of the site with n articles.
func (b *bench) site(n int) string { return filepath.Join(b.work, fmt.Sprint("site-", n)) }

func (b *bench) corpus(n int) error {
	c := exec.Command("go", "run", ".", "-n", fmt.Sprint(n), "-out", filepath.Join(b.site(n), "content"))
	c.Dir = filepath.Join(b.kit, "gen")
	if said, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", c.Dir, err, said)
	}
	return os.WriteFile(filepath.Join(b.site(n), "config.toml"), []byte(siteConfig), 0o644)
}

// build is a build of ours; before is done before each.
func (b *bench) build(n int, before func(run int) error) side {
	return side{before, func() (figures, error) { return measure(b.site(n), b.ours, "build") }}
}

// clean forgets all of a site's earlier builds.
func (b *bench) clean(n int) error {
	for _, name := range []string{"public", ".qinglian", "hugo"} {
		if err := os.RemoveAll(filepath.Join(b.site(n), name)); err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) hugo(n int) side {
	return side{func(int) error { return os.RemoveAll(filepath.Join(b.site(n), "hugo")) }, func() (figures, error) {
		return measure(b.site(n), b.theirs, "-s", filepath.Join(b.kit, "hugo"), "-c", filepath.Join(b.site(n), "content"),
			"-d", filepath.Join(b.site(n), "hugo"), "--minify", "--quiet", "--noBuildLock", "--cacheDir", filepath.Join(b.work, "cache"))
	}}
}

// add measures one thing of ours beside a whole build of Hugo's.
func (b *bench) add(what string, n int, ours side) error {
	sides := []side{ours}
	if b.theirs != "" {
		sides = append(sides, b.hugo(n))
	}
	f, err := alternate(b.runs, sides...)
	if err != nil {
		return err
	}
	r := row{what: what, ours: f[0]}
	if b.theirs != "" {
		r.theirs, r.against = f[1], "hugo --minify"
	}
	b.rows = append(b.rows, r)
	return nil
}

func (b *bench) cold(n int) error {
	return b.add(fmt.Sprintf("from nothing, %d articles", n), n, b.build(n, func(int) error { return b.clean(n) }))
}

func (b *bench) floor() error {
	into := filepath.Join(b.site(b.n), "floor")
	f, err := alternate(b.runs, b.build(b.n, func(int) error { return b.clean(b.n) }),
		side{func(int) error { return os.RemoveAll(into) }, func() (figures, error) {
			return measure(b.site(b.n), b.own, "-floor", "content", "-into", into)
		}})
	if err == nil {
		b.rows = append(b.rows, row{fmt.Sprintf("from nothing, %d articles", b.n), f[0], f[1], "the floor"})
	}
	return err
}

// edits are builds on top of the last one.
func (b *bench) edits() error {
	article := filepath.Join(b.site(b.n), "content", "examples", "case-000101.md")
	if matches, err := filepath.Glob(filepath.Join(b.site(b.n), "content", "examples", "*.md")); err == nil && len(matches) > 0 {
		article = matches[len(matches)/2]
	}
	partial := filepath.Join(b.site(b.n), "themes", "lotus", "partials", "trail.html")
	if err := os.MkdirAll(filepath.Dir(partial), 0o755); err != nil {
		return err
	}
	replace := func(old, text string) func(int) error {
		return func(run int) error {
			t, err := os.ReadFile(article)
			if err != nil {
				return err
			}
			return os.WriteFile(article, []byte(strings.Replace(string(t), old, fmt.Sprintf(text, run), 1)), 0o644)
		}
	}
	aged := func(change func(int) error) func(int) error {
		return func(run int) error {
			time.Sleep(2100 * time.Millisecond) // no file is too young for its stamp to be trusted
			return change(run)
		}
	}
	for _, c := range []struct {
		what   string
		change func(int) error
	}{
		{"nothing changed", func(int) error { return nil }},
		{"one body edited", replace("\n+++\n\n", "\n+++\n\n改%d，")},
		{"one title edited", replace("title = \"", "title = \"改%d")},
		{"one template edited", func(run int) error {
			return os.WriteFile(partial, fmt.Appendf(nil, "<p class=\"trail\">%d</p>", run), 0o644)
		}},
	} {
		if err := b.add(fmt.Sprintf("%s, %d articles", c.what, b.n), b.n, b.build(b.n, aged(c.change))); err != nil {
			return err
		}
	}
	return nil
}

// memory builds ten times as many articles, once.
func (b *bench) memory() error {
	n := b.n * 10
	if err := b.corpus(n); err != nil {
		return err
	}
	f, err := measure(b.site(n), b.ours, "build")
	b.rows = append(b.rows, row{what: fmt.Sprintf("from nothing, %d articles, one run", n), ours: f})
	return err
}
