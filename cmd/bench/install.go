package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// Versions of what stands beside us. Of Hugo the first that can be built is taken: its
// newest asks for a newer Go than ours.
var hugos = []struct{ version, toolchain string }{{"v0.169.0", "go1.27.3"}, {"v0.165.0", "local"}}

const (
	pagefindVersion = "1.6.0"
	astroVersion    = "7.3.5"
	nodeVersion     = "22" // Astro's engine
)

// quiet runs a command and gives what it said if it failed.
func quiet(c *exec.Cmd) error {
	if said, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", c.Path, err, said)
	}
	return nil
}

// hugo installs Hugo; notes say why not another version, or none.
func (b *bench) hugo() (program, version string) {
	for _, h := range hugos {
		dir := filepath.Join(b.cache, "hugo-"+h.version)
		program = filepath.Join(dir, "hugo")
		if exists(program) {
			return program, h.version
		}
		c := command(b.work, "go", "install", "github.com/gohugoio/hugo@"+h.version)
		c.Env = append(os.Environ(), "CGO_ENABLED=0", "GOBIN="+dir, "GOFLAGS=-mod=mod", "GOTOOLCHAIN="+h.toolchain)
		err := quiet(c)
		if err == nil {
			return program, h.version
		}
		b.note("Hugo %s could not be built with %s: %s", h.version, h.toolchain, lastLine(err))
	}
	return "", ""
}

// node installs packages of npm and gives the folder of them, "" if they can't be had.
func (b *bench) node(name string, packages ...string) string {
	dir := filepath.Join(b.cache, name)
	modules := filepath.Join(dir, "node_modules")
	if exists(filepath.Join(dir, "whole")) {
		return modules
	}
	err := os.MkdirAll(dir, 0o755)
	if err == nil {
		args := append([]string{"install", "--prefix", dir, "--no-audit", "--no-fund"}, packages...)
		err = quiet(command(dir, "npm", args...))
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "whole"), nil, 0o644)
	}
	if err != nil {
		b.note("%s could not be installed: %s", name, lastLine(err))
		return ""
	}
	return modules
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}
