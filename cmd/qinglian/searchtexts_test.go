package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
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
