package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// part is something that can be measured by itself: a section of the document.
type part struct {
	name       string
	everywhere bool // in each place, not in the first alone
	measure    func(*job) (string, error)
}

// parts are in the order of the document.
func parts() []part {
	return []part{
		{"cold", true, (*job).cold},
		{"edit", true, (*job).edit},
		{"large", false, (*job).large},
		{"astro", false, (*job).astro},
		{"search", false, (*job).search},
	}
}

func partNames() string {
	var names []string
	for _, p := range parts() {
		names = append(names, p.name)
	}
	return strings.Join(names, ",")
}

// everywhere names those that are measured in each place.
func everywhere() string {
	var names []string
	for _, p := range parts() {
		if p.everywhere {
			names = append(names, p.name)
		}
	}
	return strings.Join(names, " and ")
}

// bench is one session of measuring.
type bench struct {
	kit, cache     string
	articles, runs int

	work        string // where our own programs are
	ours        string // our program
	theirs      string // Hugo; "" without it
	hugoVersion string
	commit      string
	doc         document
}

// job is one part in one place, with a folder that is gone afterwards.
type job struct {
	*bench
	where string // memory or disk
	dir   string
}

func (b *bench) run(only, in, out string) (err error) {
	if b.kit, err = filepath.Abs(b.kit); err != nil {
		return err
	}
	if b.work, err = os.MkdirTemp("", "bench-"); err != nil {
		return err
	}
	defer os.RemoveAll(b.work)
	b.ours = filepath.Join(b.work, "qinglian")
	if err := quiet(exec.Command("go", "build", "-o", b.ours, "./cmd/qinglian")); err != nil {
		return err
	}
	old, err := os.ReadFile(out)
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	b.doc = parse(string(old))
	b.doc.notes = ""
	b.commit = commit()
	b.theirs, b.hugoVersion = b.hugo()
	for i, place := range strings.Split(in, ",") {
		for _, p := range parts() {
			if only != "" && !slices.Contains(strings.Split(only, ","), p.name) || i > 0 && !p.everywhere {
				continue
			}
			if err := b.measure(p, place); err != nil {
				return fmt.Errorf("%s in %s: %w", p.name, place, err)
			}
			if err := os.WriteFile(out, []byte(b.doc.text()), 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *bench) measure(p part, place string) error {
	memory, err := inMemory(place)
	if err != nil {
		return err
	}
	j := job{b, "disk", ""}
	if memory {
		j.where = "memory"
	}
	if j.dir, err = os.MkdirTemp(place, "bench-"); err != nil {
		return err
	}
	defer os.RemoveAll(j.dir)
	busy := load()
	text, err := p.measure(&j)
	if err != nil {
		return err
	}
	head, rest, _ := strings.Cut(text, "\n")
	from := fmt.Sprintf("%s, %s; %s", today(), b.commit, machine())
	if busy != "" {
		from += ", load " + busy + " before"
	}
	b.doc.sections[p.name+" "+j.where] = head + "\n\n" + from + ".\n" + rest
	return nil
}

// commit names what is measured; + is for what is not committed.
func commit() string {
	head, err := exec.Command("git", "rev-parse", "--short", "HEAD").Output()
	if err != nil {
		return "no commit"
	}
	changed, err := exec.Command("git", "status", "--porcelain", "--untracked-files=no").Output()
	if err != nil || len(changed) > 0 {
		return strings.TrimSpace(string(head)) + "+"
	}
	return strings.TrimSpace(string(head))
}

// note says in the document why something is not there.
func (b *bench) note(format string, args ...any) {
	b.doc.notes += "\n" + fmt.Sprintf(format, args...) + "\n"
}

// remember puts a ratio into the history.
func (j *job) remember(articles int, column string, ratio float64) {
	j.doc.remember(map[string]string{
		"date": today(), "commit": j.commit, "where": j.where, "articles": fmt.Sprint(articles), column: times(ratio),
	})
}

// build is a side of ours.
func (j *job) build(site, name string, before change) side {
	return side{name: name, before: func(run int) error { return before(site, run) }, run: func() *exec.Cmd {
		return command(site, j.ours, "build")
	}}
}

// again is a side of ours that is built on top of its last build.
func (j *job) again(site, name string, before change) side {
	s := j.build(site, name, before)
	s.rest = trusted
	return s
}

const hugoSide = "hugo --minify"

// hugoSides are Hugo's whole build of a folder of articles, or nothing without it.
func (j *job) hugoSides(content string) []side {
	if j.theirs == "" {
		return nil
	}
	into := filepath.Join(j.dir, "hugo-public")
	return []side{{name: hugoSide, before: func(int) error { return os.RemoveAll(into) }, run: func() *exec.Cmd {
		return command(j.dir, j.theirs, "-s", filepath.Join(j.kit, "hugo"), "-c", content, "-d", into,
			"--minify", "--quiet", "--noBuildLock", "--cacheDir", filepath.Join(j.dir, "cache"))
	}}}
}
