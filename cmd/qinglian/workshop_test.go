package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// workshop is a site on the disk that a test edits and builds. Each build is a
// process of its own.
type workshop struct {
	testing.TB
	dir    string // holds the site and what else is made
	site   string
	first  map[string]string // the site's files as they were at first
	broken map[string]bool   // files that edits meant to break
	now    time.Time
	flags  []string // for build
	env    []string // for serve
}

// made is what a build did.
type made struct {
	status int
	report report
	said   string            // the diagnostics
	files  map[string]string // the output folder
}

// siteFiles are the files of testdata/site.txtar, with short articles enough
// for a list of several pages.
var siteFiles = sync.OnceValues(func() (map[string]string, error) {
	archive, err := txtar.ParseFile("testdata/site.txtar")
	if err != nil {
		return nil, err
	}
	files := map[string]string{}
	for _, f := range archive.Files {
		files[f.Name] = string(f.Data)
	}
	for i := range 24 {
		files[fmt.Sprintf("content/news/n%02d.md", i)] = fmt.Sprintf("---\n标题: 第%d条简讯\n日期: 2026-01-%02d\n来源: 本站\n---\n一句话%d。\n", i, i+1, i)
	}
	const gbk = "content/news/gbk.md"
	files[gbk], err = simplifiedchinese.GB18030.NewEncoder().String(files[gbk])
	return files, err
})

// newWorkshop writes the site into a folder of its own.
func newWorkshop(t testing.TB) *workshop {
	t.Helper()
	files, err := siteFiles()
	if err != nil {
		t.Fatal(err)
	}
	w := &workshop{TB: t, dir: inMemory(t), first: files, broken: map[string]bool{},
		now: time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)}
	w.site = filepath.Join(w.dir, "site")
	for _, name := range slices.Sorted(maps.Keys(files)) {
		w.write(name, files[name])
	}
	return w
}

// inMemory is a folder for a test, in memory where the system has such a place:
// thousands of builds would keep a disk busy that nothing here is about.
func inMemory(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "qinglian-test-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}

func (w *workshop) check(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// at is where a file of the site is on the disk.
func (w *workshop) at(name string) string { return filepath.Join(w.site, filepath.FromSlash(name)) }

// read is a file of the site; "" if it is not there.
func (w *workshop) read(name string) string {
	w.Helper()
	b, err := os.ReadFile(w.at(name))
	if !errors.Is(err, fs.ErrNotExist) {
		w.check(err)
	}
	return string(b)
}

func (w *workshop) has(name string) bool {
	_, err := os.Lstat(w.at(name))
	return err == nil
}

func (w *workshop) write(name, text string) {
	w.Helper()
	w.check(os.MkdirAll(filepath.Dir(w.at(name)), 0o755))
	w.check(os.WriteFile(w.at(name), []byte(text), 0o644))
}

func (w *workshop) remove(name string) {
	w.Helper()
	w.check(os.RemoveAll(w.at(name)))
}

// change rewrites a file, if it is there.
func (w *workshop) change(name string, change func(string) string) {
	w.Helper()
	if w.has(name) {
		w.write(name, change(w.read(name)))
	}
}

// list is the files of a folder of the site, without those in folders that
// begin with a dot, sorted.
func (w *workshop) list(folder string) []string {
	w.Helper()
	var names []string
	err := filepath.WalkDir(w.at(folder), func(name string, e fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case e.IsDir() && strings.HasPrefix(e.Name(), "."):
			return fs.SkipDir
		case !e.IsDir():
			rel, _ := filepath.Rel(w.site, name)
			names = append(names, filepath.ToSlash(rel))
		}
		return nil
	})
	w.check(err)
	slices.Sort(names)
	return names
}

// sources are all files that the site is made from.
func (w *workshop) sources() []string {
	names := []string{"config.toml"}
	for _, folder := range []string{"content", "data", "layouts", "static", "themes"} {
		names = append(names, w.list(folder)...)
	}
	return names
}

// articles are the articles in some sections, or in all.
func (w *workshop) articles(sections ...string) []string {
	if len(sections) == 0 {
		sections = []string{""}
	}
	var names []string
	for _, s := range sections {
		for _, name := range w.list(path.Join("content", s)) {
			if strings.HasSuffix(name, ".md") {
				names = append(names, name)
			}
		}
	}
	return names
}

// command is a build of the site in a new process.
func (w *workshop) command(flags ...string) *exec.Cmd {
	args := append([]string{"build", "--json", "--source", w.site, "--now", w.now.Format(time.RFC3339)}, w.flags...)
	c := exec.Command("qinglian", append(args, flags...)...)
	c.Env = append(os.Environ(), "LANG=", "GOGC=400") // a build this small is over before it needs a collector
	return c
}

// build builds the site on top of what is there.
func (w *workshop) build(flags ...string) made {
	w.Helper()
	return w.finish(w.command(flags...), w.at("public"))
}

// clean builds the site from nothing: without a cache and into a new folder.
func (w *workshop) clean() made {
	w.Helper()
	kept, output := filepath.Join(w.dir, "kept"), filepath.Join(w.dir, "clean")
	if w.has(own) {
		w.check(os.Rename(w.at(own), kept))
	}
	m := w.finish(w.command("--output", output), output)
	w.check(os.RemoveAll(output))
	w.check(os.RemoveAll(w.at(own)))
	if _, err := os.Stat(kept); err == nil {
		w.check(os.Rename(kept, w.at(own)))
	}
	return m
}

// finish runs a build and takes what it did.
func (w *workshop) finish(c *exec.Cmd, output string) made {
	w.Helper()
	var out, errs bytes.Buffer
	c.Stdout, c.Stderr = &out, &errs
	err := c.Run()
	m := made{status: c.ProcessState.ExitCode()}
	if m.status < 0 || json.Unmarshal(out.Bytes(), &m.report) != nil {
		w.Fatalf("%v: %v\n%s%s", c.Args, err, out.Bytes(), errs.Bytes())
	}
	var said strings.Builder
	for _, d := range m.report.Diagnostics {
		fmt.Fprintf(&said, "%+v\n", d)
	}
	m.said = said.String()
	m.files = tree(w, output)
	return m
}

// tree is the files of a folder by their paths, journal included; of a
// symbolic link it has where it leads.
func tree(t testing.TB, folder string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(folder, func(name string, e fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || e.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(folder, name)
		if e.Type()&fs.ModeSymlink != 0 {
			to, err := os.Readlink(name)
			files[filepath.ToSlash(rel)] = "link to " + to
			return err
		}
		b, err := os.ReadFile(name)
		files[filepath.ToSlash(rel)] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// differ says in what two trees differ; "" if they don't.
func differ(got, want map[string]string) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(got)) {
		if _, ok := want[name]; !ok {
			fmt.Fprintf(&b, "%s is there, and should not be\n", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if is, ok := got[name]; !ok {
			fmt.Fprintf(&b, "%s is not there\n", name)
		} else if is != want[name] {
			fmt.Fprintf(&b, "%s\n  is  %s\n  not %s\n", name, whereDiffers(is, want[name]), whereDiffers(want[name], is))
		}
	}
	return b.String()
}

// whereDiffers is the part of a text where it begins to differ from another one.
func whereDiffers(text, other string) string {
	at := 0
	for at < min(len(text), len(other)) && text[at] == other[at] {
		at++
	}
	return fmt.Sprintf("%q", text[max(0, at-40):min(len(text), at+80)])
}

// fingerprint stands for all that a clean build depends on.
func (w *workshop) fingerprint() [sha256.Size]byte {
	h := sha256.New()
	fmt.Fprintln(h, w.now, w.flags)
	for _, name := range w.sources() {
		text := w.read(name)
		fmt.Fprintln(h, name, len(text), text)
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// freePort is a port for a server that can't be told to take any. It is below those that the
// system gives to who takes any, as the servers of other tests do meanwhile.
func freePort(t testing.TB) string {
	t.Helper()
	for range 100 {
		port := strconv.Itoa(20000 + rand.IntN(12000))
		if l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", port)); err == nil {
			l.Close()
			return port
		}
	}
	t.Fatal("no port is free")
	return ""
}
