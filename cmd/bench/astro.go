package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

const astroSide = "astro build"

// astro measures Astro's experimental incremental build of the same articles with the
// same pages.
func (j *job) astro() (string, error) {
	n := j.articles / 10
	modules := j.node("astro-"+astroVersion, "astro@"+astroVersion, "node@"+nodeVersion)
	if modules == "" {
		return "## Astro\n\nIt could not be installed.\n\n", nil
	}
	site, err := j.site(n, shipped)
	if err != nil {
		return "", err
	}
	project := filepath.Join(j.dir, "astro")
	if err := os.CopyFS(project, os.DirFS("cmd/bench/astro")); err != nil {
		return "", err
	}
	if err := os.Symlink(modules, filepath.Join(project, "node_modules")); err != nil {
		return "", err
	}
	build := side{name: astroSide, run: func() *exec.Cmd {
		program := filepath.Join(modules, "astro", "bin", "astro.mjs")
		c := command(project, filepath.Join(modules, ".bin", "node"), program, "build")
		c.Env = append(os.Environ(), "ASTRO_TELEMETRY_DISABLED=1", "CONTENT="+filepath.Join(site, "content"))
		return c
	}}
	anew := build
	anew.before = func(int) error {
		for _, name := range []string{"dist", ".cache", ".astro"} {
			if err := os.RemoveAll(filepath.Join(project, name)); err != nil {
				return err
			}
		}
		return nil
	}
	var rows [][]string
	add := func(what string, sides ...side) error {
		all, err := j.alternate(sides...)
		for i := range all {
			rows = append(rows, editRow(what, sides[i].name, all[i], all[1]))
		}
		return err
	}
	if err := add("from nothing", j.build(site, shipped.name, clean), anew); err != nil {
		return "", err
	}
	for _, e := range edits[:5] {
		if err := add(e.what, j.again(site, shipped.name, e.change), build); err != nil {
			return "", err
		}
	}
	head := "## Astro, %s\n\n%d articles, the pages that Hugo makes; Astro %s with `incrementalBuild`, " +
		"which is experimental; %d runs, sides in turn.\n\n"
	return fmt.Sprintf(head, j.on(), n, astroVersion, j.runs) + table(2, editColumns("Astro"), rows) + "\n", nil
}
