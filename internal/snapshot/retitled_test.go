package snapshot

import (
	"io/fs"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"time"

	"qinglian"
)

// samples are the files of the sample site, and its articles.
func samples(t *testing.T) (files map[string]string, articles []string) {
	t.Helper()
	files = map[string]string{}
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
	return files, articles
}

var ownTitle = regexp.MustCompile(`(?m)^((?:标题|title)\s*[:=]\s*"?)`)

// retitled is an article with another title.
func retitled(t *testing.T, name, text string) string {
	t.Helper()
	now := ownTitle.ReplaceAllString(text, "${1}新")
	if now == text {
		t.Fatalf("%s has no title", name)
	}
	return now
}

// TestRetitled: the sample site has one article after the other retitled; what a Retouch
// comes to is what a build from nothing does, and it does most of them.
func TestRetitled(t *testing.T) {
	t.Parallel()
	opt := options
	opt.Selection.Now = time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	files, articles := samples(t)
	p := publish(t, files, opt)
	tried, done := 0, 0
	for i, name := range articles {
		if i%4 > 0 {
			continue
		}
		p.put(name, retitled(t, name, files[name]))
		tried++
		from, snap, state, ok := p.retouch(opt)
		if !ok {
			_, state = p.reopened()
			from = must(Look(p.site, after(), opt))
			var err error
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

// TestReworded: an editor has the sample site before him and edits titles and texts of one
// article after the other, some of them again. He sees what a build from nothing
// comes to, and mostly without linking all of it.
func TestReworded(t *testing.T) {
	t.Parallel()
	files, articles := samples(t)
	p := previewOf(t, files)
	rnd := rand.New(rand.NewPCG(27, 1))
	const edits = 24
	linked := 0
	for i := range edits {
		name := articles[rnd.IntN(len(articles))]
		if rnd.IntN(2) == 0 {
			files[name] = retitled(t, name, files[name])
		} else {
			files[name] += "再说一句。\n"
		}
		if !p.edit(name, files[name]) {
			p.take(t)
			linked++
		}
		if i%3 == 2 { // edits pile up
			p.equals(t)
		}
	}
	p.fits(t)
	if linked*3 > edits {
		t.Errorf("%d of %d edits took linking all", linked, edits)
	}
}
