package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestSearchTexts: what hits are verified by and shown with is read in pieces of a few
// kilobytes; where the server gives no pieces, or files of texts are gone, it is the same
// out of the pages.
func TestSearchTexts(t *testing.T) {
	browser := openBrowser(t)
	output := sampleOutput(t)
	texts := searchedTexts(t, output)
	files := http.FileServer(http.Dir(output))
	for _, c := range []struct {
		name   string
		pieces bool
		serve  func(w http.ResponseWriter, r *http.Request)
	}{
		{"pieces", true, files.ServeHTTP},
		{"no pieces", false, func(w http.ResponseWriter, r *http.Request) {
			r.Header.Del("Range")
			files.ServeHTTP(w, r)
		}},
		{"gone", false, func(w http.ResponseWriter, r *http.Request) {
			if strings.HasPrefix(r.URL.Path, "/search/t-") {
				http.NotFound(w, r)
				return
			}
			files.ServeHTTP(w, r)
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var pages, whole atomic.Int64
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if name := r.URL.Path; strings.HasSuffix(name, ".html") && name != "/search.html" {
					pages.Add(1)
				} else if strings.HasPrefix(name, "/search/t-") && r.Header.Get("Range") == "" {
					whole.Add(1)
				}
				c.serve(w, r)
			}))
			defer server.Close()
			tab, _ := openTab(t, browser, server.URL+"/")
			for _, s := range []string{"三本账", "老槐树下", "税务局"} {
				want := having(texts, s)
				do(t, tab, chromedp.Navigate(server.URL+"/search.html?q="+url.QueryEscape(s)))
				until(t, tab, `document.getElementById("found").dataset.state === "done" && document.querySelector(".snippet mark") !== null`)
				f := eval[foundPage](t, tab, lookAtFound)
				slices.Sort(f.Results)
				if !slices.Equal(f.Results, want) || f.Marked != s || f.Status != fmt.Sprintf("共 %d 篇", len(want)) {
					t.Errorf("%q: %+v, want %q", s, f, want)
				}
			}
			if pages.Load() == 0 != c.pieces || whole.Load() > 0 {
				t.Errorf("%d pages were read, %d texts without asking for a piece", pages.Load(), whole.Load())
			}
		})
	}
}

// TestSearchTextsPublic: files of texts hold what is public and nothing else, and words
// that were taken out are in none of them any more.
func TestSearchTextsPublic(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "config.toml"), "title = \"站\"\n[sections.notices]\ntitle = \"通知\"\nkind = \"notice\"\n")
	article := func(name, fields, text string) {
		write(t, filepath.Join(dir, "content", "notices", name+".md"),
			"---\n标题: 篇"+name+"\n来源: 县纪委\n日期: 2026-01-02\n"+fields+"---\n\n"+text+"\n")
	}
	texts := func() string {
		t.Helper()
		mustRun(t, "build", "--source", dir)
		names, err := filepath.Glob(filepath.Join(dir, "public", "search", "t-*.js"))
		if err != nil || len(names) == 0 {
			t.Fatalf("no texts, %v", err)
		}
		var all strings.Builder
		for _, name := range names {
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for i := 0; i+1 < len(b); i += 2 {
				all.WriteRune(rune(b[i]) | rune(b[i+1])<<8)
			}
		}
		return all.String()
	}
	holds := func(all, word string, want bool) {
		t.Helper()
		if strings.Contains(all, word) != want {
			t.Errorf("%s is there: %v", word, !want)
		}
	}
	article("a", "", "荷塘<!-- 内部批注 -->月色。")
	article("b", "草稿: true\n", "草稿的话。")
	article("c", "下线时间: 2026-02-01\n", "过期的话。")
	article("d", "", "后来撤下的话。")
	article("e", "", "后来删去的话。")
	was := texts()
	for word, want := range map[string]bool{"荷塘月色": true, "内部批注": false, "草稿的话": false, "过期的话": false, "后来撤下的话": true, "后来删去的话": true} {
		holds(was, word, want)
	}
	article("d", "已撤下: 内容有误，已撤下。\n", "后来撤下的话。")
	if err := os.Remove(filepath.Join(dir, "content", "notices", "e.md")); err != nil {
		t.Fatal(err)
	}
	now := texts()
	for word, want := range map[string]bool{"荷塘月色": true, "后来撤下的话": false, "内容有误": false, "后来删去的话": false} {
		holds(now, word, want)
	}
}
