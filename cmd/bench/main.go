// Command bench measures whole builds and writes docs/performance.md.
//
//	go run ./cmd/bench -kit FOLDER [-only cold,edit] [-articles 10000] [-runs 5] [-in /dev/shm,/var/tmp]
//
// FOLDER holds gen/, a program that writes a corpus of articles
// (go run . -n N -out CONTENT), and hugo/, a site of Hugo's that makes the same
// pages of it; astro/ beside this file is one of Astro's. What stands beside us is
// installed into a folder of the user's cache; where that fails the document says so
// and has our figures alone.
//
// Every figure is of a whole process, as the operating system accounts for it:
// wall clock, processor time (user and system) and the largest resident memory.
// Runs of the sides alternate, the first of each is not counted, and medians are
// quoted. A ratio is the median of the ratios of runs that followed each other: absolute
// times do not carry over to another machine, nor to another hour of this one.
//
// A run replaces the sections of the document that it measured, each of which says
// when, where and what of, and adds its ratios to the history.
//
// The floor is what any generator of this kind has to do: read, decode the
// front matter, Markdown to HTML, write one page each, on all cores. It makes no lists, so
// it keeps nothing of an article, which its memory shows.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	b := bench{}
	flag.StringVar(&b.kit, "kit", "", "folder with gen/ and hugo/")
	flag.IntVar(&b.articles, "articles", 10000, "articles of the large corpus")
	flag.IntVar(&b.runs, "runs", 5, "counted runs of each side")
	only := flag.String("only", "", "parts to measure, with commas between: "+partNames())
	in := flag.String("in", defaultPlaces,
		"folders to build in, with commas between; the first alone for all but "+everywhere())
	out := flag.String("out", "docs/performance.md", "document to write")
	cache, _ := os.UserCacheDir()
	flag.StringVar(&b.cache, "cache", filepath.Join(cache, "qinglian-bench"),
		"where programs that stand beside us are kept")
	floor := flag.String("floor", "", "be the floor: build this folder of articles …")
	into := flag.String("into", "", "… into this one")
	single := flag.Bool("one", false, "run the command that follows and print its figures")
	flag.Parse()
	var err error
	switch {
	case *single:
		err = one(flag.Args())
	case *floor != "":
		err = buildFloor(*floor, *into)
	default:
		err = b.run(*only, *in, *out)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
