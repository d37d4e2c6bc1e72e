package main

import (
	"bytes"
	"cmp"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// What a build of foreign texts may print, and take.
const (
	foreignLines  = 200
	foreignTime   = 20 * time.Second      // and
	foreignEach   = 20 * time.Millisecond // for each text
	foreignMemory = 600                   // MiB
)

// TestForeign: a folder that was never meant for qinglian, dropped into content/ as it
// is, is answered on a few screens, in little time and memory; so it is once each text
// has a title. QINGLIAN_FOREIGN names the folder; without it one beside the project is
// taken, if it is there.
func TestForeign(t *testing.T) {
	folder := cmp.Or(os.Getenv("QINGLIAN_FOREIGN"), os.Getenv("QINGLIAN_CORPUS"), filepath.Join("..", "..", "..", "shared", "corpus"))
	_, err := os.Stat(folder)
	if err != nil && os.Getenv("REQUIRE_ALL") == "1" {
		t.Fatal(err)
	}
	if err != nil {
		t.Skipf("QINGLIAN_FOREIGN names no folder of foreign Markdown: %v", err)
	}
	t.Run("as it is", func(t *testing.T) { buildForeign(t, folder, func(_ string, text []byte) []byte { return text }) })
	t.Run("titled", func(t *testing.T) {
		buildForeign(t, folder, func(name string, text []byte) []byte {
			title := strings.NewReplacer("/", " ", `"`, "", `\`, "").Replace(filepath.ToSlash(name))
			return append([]byte("---\ntitle: \""+title+"\"\n---\n"), withoutFrontMatter(text)...)
		})
	})
}

func buildForeign(t *testing.T, folder string, become func(name string, text []byte) []byte) {
	site, texts := foreignSite(t, folder, become)
	if texts == 0 {
		t.Fatalf("there is no Markdown in %s", folder)
	}
	build := exec.Command("qinglian", "build", "--source", site)
	build.Env = append(os.Environ(), "LANG=")
	var out bytes.Buffer
	build.Stdout, build.Stderr = &out, &out
	began := time.Now()
	if err := build.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- build.Wait() }()
	used, err := 0, error(nil) // in MiB: what a process has had is gone with it
	for running := true; running; {
		select {
		case err = <-ended:
			running = false
		case <-time.After(5 * time.Millisecond):
			used = max(used, peak(build.Process.Pid))
		}
	}
	said, took := out.Bytes(), time.Since(began)
	if status := build.ProcessState.ExitCode(); status != exitDone && status != exitSite {
		t.Fatalf("status %d, %v:\n%s", status, err, said)
	}
	if lines := bytes.Count(said, []byte("\n")); lines > foreignLines {
		t.Errorf("%d texts: %d lines:\n%s", texts, lines, said)
	}
	if most := foreignTime + time.Duration(texts)*foreignEach; took > most {
		t.Errorf("%d texts: it took %v, at most %v", texts, took, most)
	}
	if used > foreignMemory {
		t.Errorf("%d texts: %d MiB of memory", texts, used)
	}
}

// foreignSite is a site of which each folder in another one is a section of pages, and
// how many texts it has.
func foreignSite(t *testing.T, folder string, become func(name string, text []byte) []byte) (site string, texts int) {
	t.Helper()
	site = t.TempDir()
	config := "title = \"别处来的\"\n"
	sections := map[string]string{}
	err := filepath.WalkDir(folder, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		inside, _ := filepath.Rel(folder, name)
		if e.IsDir() && strings.HasPrefix(e.Name(), ".") && inside != "." {
			return filepath.SkipDir
		}
		if !e.Type().IsRegular() {
			return nil
		}
		first, rest, deeper := strings.Cut(filepath.ToSlash(inside), "/")
		if !deeper {
			first, rest = "", first
		}
		if sections[first] == "" {
			sections[first] = "s" + strconv.Itoa(len(sections))
			config += "[sections." + sections[first] + "]\nkind = \"page\"\n"
		}
		text, err := os.ReadFile(name)
		if strings.HasSuffix(name, ".md") {
			texts++
			text = become(inside, text)
		}
		write(t, filepath.Join(site, "content", sections[first], filepath.FromSlash(rest)), string(text))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(site, "config.toml"), config)
	return site, texts
}
