package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// search compares the index with Pagefind's, of the same articles of the same
// site, and what a query costs with each.
func (j *job) search() (string, error) {
	t := searching{job: j}
	if modules := j.node("pagefind-"+pagefindVersion, "pagefind@"+pagefindVersion); modules != "" {
		t.pagefind = filepath.Join(modules, ".bin", "pagefind")
	}
	chrome, err := openBrowser()
	if err != nil {
		j.note("Without a browser no query was asked: %v", err)
	} else {
		defer chrome.end()
	}
	for _, n := range []int{j.articles / 10, j.articles} {
		site, err := t.indexes(n)
		if err == nil && chrome != nil {
			err = t.queries(n, site, chrome)
		}
		if err != nil {
			return "", err
		}
	}
	head := "## 搜索 Search, %s\n\nThe same articles, searched by Pagefind %s, which reads the pages that the build made; " +
		"one run of it. Queries are drawn from the articles, %d of each length, each asked first by a browser " +
		"that has nothing yet; medians.\n\n"
	return fmt.Sprintf(head, j.on(), pagefindVersion, asked) +
		table(1, []string{"what", "ours", "Pagefind", "ours : its"}, t.rows) + "\n", nil
}

// searching is the table of search while it grows.
type searching struct {
	*job
	pagefind string // the program; "" without it
	rows     [][]string
}

// compare adds a row. What stands beside is left out without Pagefind.
func (t *searching) compare(n int, what, ours, its, ratio string) {
	if t.pagefind == "" {
		its, ratio = "", ""
	}
	t.rows = append(t.rows, []string{fmt.Sprintf("%d articles: %s", n, what), ours, its, ratio})
}

// indexes makes both, measures that and gives the site.
func (t *searching) indexes(n int) (string, error) {
	without, err := t.site(n, bare)
	if err != nil {
		return "", err
	}
	site, err := t.site(n, shipped)
	if err != nil {
		return "", err
	}
	all, err := t.alternate(t.build(without, bare.name, clean), t.build(site, shipped.name, clean))
	if err != nil {
		return "", err
	}
	t.compare(n, "a build from nothing with search, to one without",
		fmt.Sprintf("%.2f of its wall, %.2f of its CPU", all[1].beside(all[0], wall), all[1].beside(all[0], cpu)), "",
		"")
	public := filepath.Join(site, "public")
	size, err := extentOf(filepath.Join(public, "search"))
	if err != nil {
		return "", err
	}
	var its figures
	var itsSize extent
	if t.pagefind != "" {
		its, err = measure(command(t.dir, t.pagefind, "--site", public,
			"--glob", "{model-sites,examples,education}/case-*.html", "--root-selector", "article"))
		if err == nil {
			itsSize, err = extentOf(filepath.Join(public, "pagefind"))
		}
		if err != nil {
			return "", err
		}
	}
	with, base := all[1].median(), all[0].median()
	wall, cpu := with.wall-base.wall, with.cpu-base.cpu
	t.compare(n, "wall of the index", seconds(wall), seconds(its.wall), ratio(wall, its.wall))
	t.compare(n, "CPU of the index", seconds(cpu), seconds(its.cpu), ratio(cpu, its.cpu))
	t.compare(n, "peak memory, ours of the whole build", mebibytes(with.memory), mebibytes(its.memory),
		ratio(with.memory, its.memory))
	t.compare(n, "size of the index", size.text(), itsSize.text(), ratio(size.bytes, itsSize.bytes))
	return site, nil
}

func (x extent) text() string { return fmt.Sprintf("%s, %d files", megabytes(x.bytes), x.files) }

// ratio is how many times as much as theirs ours took.
func ratio[T int64 | time.Duration](ours, theirs T) string {
	if theirs == 0 {
		return ""
	}
	return times(float64(ours) / float64(theirs))
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
func (t *searching) queries(n int, site string, chrome *browser) error {
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
		var its answers
		if t.pagefind != "" {
			if its, err = chrome.ask(public, theirsPage, queries); err != nil {
				return err
			}
		}
		what := fmt.Sprintf("a first query of %d Han, ", length)
		t.compare(n, what+"bytes of scripts and index until 10 titles are there",
			kilobytes(ours.index), kilobytes(its.index), ratio(ours.index, its.index))
		t.compare(n, what+"bytes of texts or fragments to show where it stands in them",
			kilobytes(ours.texts), kilobytes(its.texts), ratio(ours.texts, its.texts))
		t.compare(n, what+"the same again with a processor six times slower",
			milliseconds(ours.again), milliseconds(its.again), ratio(ours.again, its.again))
		if length >= recalled {
			t.compare(n, what+"recall", fmt.Sprintf("%d of %d", ours.found, len(queries)),
				fmt.Sprintf("%d of %d", its.found, len(queries)), "")
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
