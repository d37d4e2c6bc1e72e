package snapshot

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"time"

	"qinglian"
)

// TestRetitled: the sample site has one article after the other retitled; what a Retouch
// comes to is what a build from nothing does, and it does most of them.
func TestRetitled(t *testing.T) {
	opt := options
	opt.Selection.Now = time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	files := map[string]string{}
	var articles []string
	err := fs.WalkDir(qinglian.Sample, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := fs.ReadFile(qinglian.Sample, name)
		files[name] = string(text)
		if strings.HasSuffix(name, ".md") && strings.Count(name, "/") == 2 {
			articles = append(articles, name)
		}
		return err
	})
	if err != nil || len(articles) < 30 {
		t.Fatalf("%d articles: %v", len(articles), err)
	}
	title := regexp.MustCompile(`(?m)^((?:标题|title)\s*[:=]\s*"?)`)
	p := publish(t, files, opt)
	tried, done := 0, 0
	for i, name := range articles {
		if i%4 > 0 {
			continue
		}
		text := title.ReplaceAllString(files[name], "${1}新")
		if text == files[name] {
			t.Fatalf("%s has no title", name)
		}
		p.put(name, text)
		tried++
		from, snap, state, ok := p.retouch(opt)
		if !ok {
			_, state = p.reopened()
			from = must(Look(p.site, after(), opt))
			if snap, state, err = Take(p.site, from, must(Draw(p.site, opt)), state, opt); err != nil {
				t.Fatal(err)
			}
			t.Log(name, "was linked")
		} else {
			done++
		}
		p.keep(from, snap, state)
		p.equals(opt)
	}
	if done*2 < tried {
		t.Errorf("only %d of %d articles were retouched", done, tried)
	}
}
