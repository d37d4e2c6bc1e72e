package main

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// searchRow is one line of the table of search.
type searchRow struct {
	what         string
	ours, theirs string
	ratio        string
}

const pagefindVersion = "1.6.0"

// pagefind installs Pagefind and gives its program; the error says why there is none.
func pagefind(dir string) (string, error) {
	said, err := exec.Command("npm", "install", "--prefix", dir, "--no-audit", "--no-fund", "pagefind@"+pagefindVersion).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w: %s", err, said)
	}
	return filepath.Join(dir, "node_modules", ".bin", "pagefind"), nil
}

// searches compares the index with Pagefind's, of the same articles of the same
// site, and what a query costs with each.
func (b *bench) searches() error {
	var err error
	if b.pagefind, err = pagefind(b.work); err != nil {
		b.notes = append(b.notes, "Pagefind could not be installed, so search stands alone: "+strings.TrimSpace(err.Error()))
	}
	chrome, err := openBrowser()
	if err != nil {
		b.notes = append(b.notes, "Without a browser no query was asked: "+err.Error())
	} else {
		defer chrome.end()
	}
	for _, n := range []int{b.n / 10, b.n} {
		if err := b.indexes(n); err != nil {
			return err
		}
		if chrome == nil {
			continue
		}
		if err := b.queries(n, chrome); err != nil {
			return err
		}
	}
	return nil
}

// compare adds a row of the table of search. What stands beside is left out without
// Pagefind.
func (b *bench) compare(n int, what, ours, its, ratio string) {
	if b.pagefind == "" {
		its, ratio = "", ""
	}
	b.search = append(b.search, searchRow{fmt.Sprintf("%d articles: %s", n, what), ours, its, ratio})
}

// indexes makes both, and measures that.
func (b *bench) indexes(n int) error {
	anew := func(site string, _ int) error { return clean(site) }
	f, err := alternate(b.runs, b.build(n, bare, anew), b.build(n, shipped, anew))
	if err != nil {
		return err
	}
	without, with := f[0], f[1]
	public := filepath.Join(b.site(n, shipped), "public")
	size, files, err := extent(filepath.Join(public, "search"))
	if err != nil {
		return err
	}
	var theirs figures
	var theirSize int64
	theirFiles := 0
	if b.pagefind != "" {
		theirs, err = measure(b.work, b.pagefind, "--site", public, "--glob", "{model-sites,examples,education}/case-*.html", "--root-selector", "article")
		if err != nil {
			return err
		}
		if theirSize, theirFiles, err = extent(filepath.Join(public, "pagefind")); err != nil {
			return err
		}
	}
	b.compare(n, "a build from nothing with search, to one without", fmt.Sprintf("%.2f of its wall, %.2f of its CPU", float64(with.wall)/float64(without.wall), float64(with.cpu)/float64(without.cpu)), "", "")
	b.compare(n, "wall of the index", seconds(with.wall-without.wall), seconds(theirs.wall), ratio(with.wall-without.wall, theirs.wall))
	b.compare(n, "CPU of the index", seconds(with.cpu-without.cpu), seconds(theirs.cpu), ratio(with.cpu-without.cpu, theirs.cpu))
	b.compare(n, "peak memory, ours of the whole build", mebibytes(with.memory), mebibytes(theirs.memory), ratio(with.memory, theirs.memory))
	b.compare(n, "size of the index", fmt.Sprintf("%.1f MB, %d files", float64(size)/1e6, files), fmt.Sprintf("%.1f MB, %d files", float64(theirSize)/1e6, theirFiles), ratio(size, theirSize))
	return nil
}

// extent is how many bytes and files are in a folder.
func extent(dir string) (bytes int64, files int, err error) {
	err = filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err == nil {
			bytes += info.Size()
			files++
		}
		return err
	})
	return bytes, files, err
}

// asked is how many queries of each length are drawn. From recalled characters on
// few enough articles have one that all that is found can be gone through.
const (
	asked    = 20
	recalled = 3
)

// query is a substring of an article.
type query struct {
	text string
	path string // the article's
}

// queries asks both, each query in a browser that has nothing of them yet.
func (b *bench) queries(n int, chrome *browser) error {
	site := b.site(n, shipped)
	public := filepath.Join(site, "public")
	for _, length := range []int{1, 2, 3, 4} {
		queries, err := draw(filepath.Join(site, "content", "examples"), length)
		if err != nil {
			return err
		}
		ours, err := chrome.ask(public, oursPage, queries)
		if err != nil {
			return err
		}
		var theirs answers
		if b.pagefind != "" {
			if theirs, err = chrome.ask(public, theirsPage, queries); err != nil {
				return err
			}
		}
		what := fmt.Sprintf("a first query of %d Han", length)
		b.compare(n, what+", bytes of scripts and index until 10 titles are there", kilobytes(ours.index), kilobytes(theirs.index), ratio(ours.index, theirs.index))
		b.compare(n, what+", bytes of texts or fragments to show where it stands in them", kilobytes(ours.texts), kilobytes(theirs.texts), ratio(ours.texts, theirs.texts))
		b.compare(n, what+", the same again with a processor six times slower", milliseconds(ours.again), milliseconds(theirs.again), ratio(ours.again, theirs.again))
		if length >= recalled {
			b.compare(n, what+", recall", fmt.Sprintf("%d of %d", ours.found, len(queries)), fmt.Sprintf("%d of %d", theirs.found, len(queries)), "")
		}
	}
	return nil
}

// han are enough characters in a row to draw a query from.
var han = regexp.MustCompile(`\p{Han}{8,}`)

// draw draws substrings of articles, the same ones each time.
func draw(dir string, length int) ([]query, error) {
	articles, err := filepath.Glob(filepath.Join(dir, "*.md"))
	if err != nil || len(articles) == 0 {
		return nil, fmt.Errorf("no articles in %s: %w", dir, err)
	}
	r := rand.New(rand.NewPCG(uint64(length), 10))
	var out []query
	for len(out) < asked {
		article := articles[r.IntN(len(articles))]
		text, err := os.ReadFile(article)
		if err != nil {
			return nil, err
		}
		_, body, _ := strings.Cut(string(text), "\n+++\n")
		all := han.FindAllString(body, -1)
		if len(all) == 0 {
			continue
		}
		row := []rune(all[r.IntN(len(all))])
		from := r.IntN(len(row) - length + 1)
		name := strings.TrimSuffix(filepath.Base(article), ".md")
		out = append(out, query{string(row[from : from+length]), filepath.Base(dir) + "/" + name + ".html"})
	}
	return out, nil
}

// answers are the medians over some queries, and how many of the articles they were
// drawn from are among what was found.
type answers struct {
	index int64 // bytes, with the scripts
	texts int64 // bytes, of texts or what stands for them, to show where the words are
	again time.Duration
	found int
}
