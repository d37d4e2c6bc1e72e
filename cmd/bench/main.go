// Command bench measures whole builds and writes docs/performance.md.
//
//	go run ./cmd/bench -kit FOLDER [-n 10000] [-runs 5] [-out docs/performance.md]
//
// FOLDER holds gen/, a program that writes a corpus of articles
// (go run . -n N -out CONTENT), and hugo/, a site of Hugo's that makes the same
// pages of it. Hugo itself is installed with the Go tool; where that fails the
// table says so and has our figures alone.
//
// Every figure is of a whole process, as the operating system accounts for it:
// wall clock, processor time (user and system) and the largest resident memory.
// Runs of the two sides alternate, the median is quoted, and a peer is compared
// by ratios: absolute times do not carry over to another machine.
//
// The floor is what any generator of this kind has to do: read, decode the
// front matter, Markdown to HTML, write one page each, on all cores.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

func main() {
	kit := flag.String("kit", "", "folder with gen/ and hugo/")
	n := flag.Int("n", 10000, "articles of the large corpus")
	runs := flag.Int("runs", 5, "counted runs of each command")
	out := flag.String("out", "docs/performance.md", "file to write")
	floor := flag.String("floor", "", "be the floor: build this folder of articles …")
	into := flag.String("into", "", "… into this one")
	flag.Parse()
	var err error
	if *floor != "" {
		err = buildFloor(*floor, *into)
	} else {
		b := bench{n: *n, runs: *runs}
		if b.kit, err = filepath.Abs(*kit); err == nil {
			err = b.run(*out)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// figures are those of one process.
type figures struct {
	wall, cpu time.Duration
	memory    int64 // bytes
}

// measure runs a command in a folder. What it says is thrown away unless it
// fails.
func measure(dir, name string, args ...string) (figures, error) {
	c := exec.Command(name, args...)
	c.Dir = dir
	began := time.Now()
	said, err := c.CombinedOutput()
	f := figures{wall: time.Since(began)}
	if err != nil {
		return f, fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, said)
	}
	f.cpu = c.ProcessState.UserTime() + c.ProcessState.SystemTime()
	f.memory = largest(c.ProcessState)
	return f, nil
}

// median is each figure's own.
func median(all []figures) figures {
	pick := func(of func(figures) int64) int64 {
		values := make([]int64, len(all))
		for i, f := range all {
			values[i] = of(f)
		}
		return medianOf(values)
	}
	return figures{
		time.Duration(pick(func(f figures) int64 { return int64(f.wall) })),
		time.Duration(pick(func(f figures) int64 { return int64(f.cpu) })),
		pick(func(f figures) int64 { return f.memory }),
	}
}

func medianOf[T int64 | time.Duration](all []T) T {
	slices.Sort(all)
	return all[len(all)/2]
}

// side is one of the things compared: what is done before each run, not
// counted, and the run.
type side struct {
	before func(run int) error
	run    func() (figures, error)
}

// alternate runs the sides in turn, one warm-up each, and gives their medians.
func alternate(runs int, sides ...side) ([]figures, error) {
	all := make([][]figures, len(sides))
	for run := range runs + 1 {
		for i, s := range sides {
			if s.before != nil {
				if err := s.before(run); err != nil {
					return nil, err
				}
			}
			f, err := s.run()
			if err != nil {
				return nil, err
			}
			if run > 0 {
				all[i] = append(all[i], f)
			}
		}
	}
	out := make([]figures, len(sides))
	for i := range all {
		out[i] = median(all[i])
	}
	return out, nil
}

// tool builds a program of this module.
func tool(dir, pkg string) (string, error) {
	name := filepath.Join(dir, filepath.Base(pkg))
	said, err := exec.Command("go", "build", "-o", name, pkg).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%s: %w\n%s", pkg, err, said)
	}
	return name, nil
}

const hugoVersion = "v0.165.0"

// hugo installs Hugo; the error says why there is none.
func hugo(dir string) (string, error) {
	c := exec.Command("go", "install", "github.com/gohugoio/hugo@"+hugoVersion)
	c.Env = append(os.Environ(), "CGO_ENABLED=0", "GOBIN="+dir, "GOFLAGS=-mod=mod")
	c.Dir = dir
	if said, err := c.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, said)
	}
	return filepath.Join(dir, "hugo"), nil
}

func machine() string {
	return fmt.Sprintf("%d cores, %s/%s, %s", runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version())
}
