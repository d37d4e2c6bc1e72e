package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/html"

	"qinglian/internal/build"
	"qinglian/internal/config"
	"qinglian/internal/site"
	"qinglian/internal/snapshot"
	"qinglian/internal/source"
	"qinglian/themes"
)

// TestPageTags: every page of the sample site, in each profile and each theme, has the page
// tags that are asked of such a page; none is empty, and a time is one.
func TestPageTags(t *testing.T) {
	dir := copyOf(t, sampleSite(t))
	settings, err := os.ReadFile(filepath.Join(dir, config.File))
	if err != nil {
		t.Fatal(err)
	}
	for _, profile := range append([]string{""}, config.Profiles...) {
		for _, theme := range []string{"lotus", "plain"} {
			text := strings.Replace(string(settings), `"lotus"`, `"`+theme+`"`, 1)
			if profile != "" {
				text = `profile = "` + profile + `"` + "\nid_code = \"bm00000000\"\n" + text
			}
			if err := os.WriteFile(filepath.Join(dir, config.File), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
			pages, articles := 0, 0
			for name, page := range rendered(t, dir) {
				tags := tagsOf(page)
				if tags["refresh"] != nil { // it only leads on
					continue
				}
				pages++
				for _, wrong := range lacking(name, profile, tags) {
					t.Errorf("%s of %s for %q: %s", name, theme, profile, wrong)
				}
				if tags["ArticleTitle"] != nil {
					articles++
				}
			}
			if pages < 100 || articles < 40 {
				t.Errorf("%s for %q: %d pages, %d of content", theme, profile, pages, articles)
			}
		}
	}
}

// rendered are the pages of a site.
func rendered(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	s, err := source.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	now := time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)
	opt := snapshot.Options{Themes: themes.FS, Jobs: 2, Selection: site.Selection{Now: now}}
	snap, _, err := snapshot.Of(s, 0, snapshot.State{}, opt)
	if err != nil {
		t.Fatal(err)
	}
	html := slices.DeleteFunc(slices.Clone(snap.Outputs), func(o build.Output) bool { return !strings.HasSuffix(o.Path, ".html") })
	pages := map[string][]byte{}
	var mu sync.Mutex
	err = build.Render(html, 2, func(o build.Output, page []byte) error {
		mu.Lock()
		defer mu.Unlock()
		pages[o.Path] = bytes.Clone(page)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

// tagsOf is what a page says in its tags, by name.
func tagsOf(page []byte) map[string][]string {
	tags := map[string][]string{}
	z := html.NewTokenizer(bytes.NewReader(page))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		token := z.Token()
		if token.Data != "meta" {
			continue
		}
		values := map[string]string{}
		for _, a := range token.Attr {
			values[a.Key] = a.Val
		}
		for _, key := range []string{"name", "property", "itemprop", "http-equiv"} {
			if name, ok := values[key]; ok {
				tags[name] = append(tags[name], values["content"])
			}
		}
	}
	return tags
}

var pubDate = regexp.MustCompile(`^\d{4}-\d\d-\d\d \d\d:\d\d$`)

// lacking is what is wrong with the tags of a page.
func lacking(name, profile string, tags map[string][]string) (wrong []string) {
	asked := []string{"SiteName", "SiteDomain"}
	if profile != "" {
		asked = append(asked, "SiteIDCode")
	}
	if name != "404.html" {
		asked = append(asked, "ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
	}
	if tags["ArticleTitle"] != nil || tags["article:published_time"] != nil {
		asked = append(asked, "ArticleTitle", "PubDate", "ContentSource")
	}
	for _, tag := range asked {
		if len(tags[tag]) != 1 {
			wrong = append(wrong, tag+" is there not once")
		}
	}
	for tag, values := range tags {
		for _, v := range values {
			if strings.TrimSpace(v) == "" || tag == "PubDate" && !pubDate.MatchString(v) {
				wrong = append(wrong, tag+" says "+v)
			}
		}
	}
	return wrong
}
