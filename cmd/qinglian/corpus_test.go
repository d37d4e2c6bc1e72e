package main

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestCorpus: Markdown that nobody here wrote is survived. Each file becomes an
// article with a title, as an editor would give it one; whatever is wrong with
// it is said with its place, and what is not an error is published.
func TestCorpus(t *testing.T) {
	site, files := corpusSite(t, strings.NewReplacer())

	var out, errs bytes.Buffer
	status := run([]string{"build", "--source", site, "--json"}, &out, &errs)
	var r report
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		t.Fatalf("%v: %s%s", err, out.String(), errs.String())
	}
	if r.Pages != files {
		t.Errorf("%d pages of %d files", r.Pages, files)
	}
	wrong := 0
	for _, d := range r.Diagnostics {
		if d.Severity == "error" {
			wrong++
		}
		if d.File == "" || d.Message == "" || d.Line == 0 && d.Severity != "note" {
			t.Errorf("no place or no sentence: %+v", d)
		}
	}
	switch status {
	case exitDone:
	case exitSite:
		if wrong == 0 {
			t.Error("refused without an error")
		}
	default:
		t.Errorf("status %d: %s%s", status, out.String(), errs.String())
	}
}

// TestCorpusSearch: what is in foreign texts is found, whatever marks stand in them.
// Links and containers, which lead nowhere here, are taken apart first.
func TestCorpusSearch(t *testing.T) {
	site, _ := corpusSite(t, strings.NewReplacer("](", "]·(", "]:", "] :", ":::", "…", "<img", "<i ", "href=", "data-was="))
	mustRun(t, "build", "--source", site)
	checkFound(t, filepath.Join(site, "public"), 2000)
}

// corpusSite is a site of the corpus, with something replaced in its texts, and how
// many these are.
func corpusSite(t *testing.T, replaced *strings.Replacer) (site string, files int) {
	t.Helper()
	corpus := corpusFolder(t)
	site = t.TempDir()
	write(t, filepath.Join(site, "config.toml"), "title = \"语料\"\n[sections.corpus]\ntitle = \"语料\"\nkind = \"page\"\n")
	err := filepath.WalkDir(corpus, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		inside, _ := filepath.Rel(corpus, name)
		b, err := os.ReadFile(name)
		if strings.HasSuffix(name, ".md") {
			files++
			b = []byte("---\ntitle: " + strings.ReplaceAll(filepath.ToSlash(inside), "/", " ") + "\n---\n" + replaced.Replace(string(withoutFrontMatter(b))))
		}
		write(t, filepath.Join(site, "content", "corpus", inside), string(b))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 50 {
		t.Fatalf("only %d files in %s", files, corpus)
	}
	return site, files
}

// corpusFolder is the folder that QINGLIAN_CORPUS names. It is no part of the
// project; without one there is nothing to survive, which is a failure only
// where everything has to be checked.
func corpusFolder(t *testing.T) string {
	folder := os.Getenv("QINGLIAN_CORPUS")
	if folder == "" {
		missing(t, "QINGLIAN_CORPUS names no folder of foreign Markdown, so none was built")
	}
	return folder
}

func withoutFrontMatter(b []byte) []byte {
	if rest, ok := bytes.CutPrefix(b, []byte("---\n")); ok {
		if _, body, ok := bytes.Cut(rest, []byte("\n---\n")); ok {
			return body
		}
	}
	return b
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
