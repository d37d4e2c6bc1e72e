package main

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// variant is a way in which sites are built: Hugo's has no search.
type variant struct{ name, config string }

var (
	bare     = variant{"without search", "[search]\non = false\n"}
	shipped  = variant{"as shipped", ""}
	variants = []variant{bare, shipped}
)

const siteConfig = `title = "示范宣传站"
base_url = "https://example.org/"
[taxonomies.tags]
title = "标签"
[sections.model-sites]
title = "样板工地"
kind = "notice"
[sections.examples]
title = "案例"
kind = "notice"
[sections.education]
title = "教育"
kind = "notice"
`

// site makes the folder of a site with n articles.
func (j *job) site(n int, v variant) (string, error) {
	site := filepath.Join(j.dir, fmt.Sprint(strings.ReplaceAll(v.name, " ", "-"), "-", n))
	gen := filepath.Join(j.kit, "gen")
	err := quiet(command(gen, "go", "run", ".", "-n", fmt.Sprint(n), "-out", filepath.Join(site, "content")))
	if err != nil {
		return "", err
	}
	return site, os.WriteFile(filepath.Join(site, "config.toml"), []byte(siteConfig+v.config), 0o644)
}

// clean forgets all of a site's earlier builds.
func clean(site string, _ int) error {
	for _, name := range []string{"public", ".qinglian"} {
		if err := os.RemoveAll(filepath.Join(site, name)); err != nil {
			return err
		}
	}
	return nil
}

// change is what is done to a site before it is built.
type change func(site string, run int) error

// edits are what is done to a site that was built.
var edits = []struct {
	what   string
	change change
}{
	{"nothing changed", func(string, int) error { return nil }},
	{"one body edited", edit("\n+++\n\n", "\n+++\n\n改%d，")},
	{"one title edited", edit("title = \"", "title = \"改%d")},
	{"one new article", newest},
	{"one old article deleted", deleted},
	{"one picture changed", picture},
	{"one template edited", template},
}

// edit replaces the first old text of an article.
func edit(old, text string) change {
	return func(site string, run int) error {
		article, t, err := middle(site, 0)
		if err != nil {
			return err
		}
		return os.WriteFile(article, []byte(strings.Replace(t, old, fmt.Sprintf(text, run), 1)), 0o644)
	}
}

// middle is one of the articles in the middle of a section, so many before the one
// that is edited.
func middle(site string, before int) (article, text string, err error) {
	all, err := filepath.Glob(filepath.Join(site, "content", "examples", "case-*.md"))
	if err != nil || len(all) < 2*before+1 {
		return "", "", fmt.Errorf("%d articles in examples: too few to edit one", len(all))
	}
	article = all[len(all)/2-before]
	t, err := os.ReadFile(article)
	return article, string(t), err
}

var dated = regexp.MustCompile(`(?m)^date = .*$`)

// newest adds an article of today.
func newest(site string, run int) error {
	_, t, err := middle(site, 0)
	if err != nil {
		return err
	}
	t = dated.ReplaceAllString(t, "date = "+time.Now().UTC().Format(time.RFC3339))
	t = strings.Replace(t, "title = \"", fmt.Sprintf("title = \"新%d", run), 1)
	return os.WriteFile(filepath.Join(site, "content", "examples", fmt.Sprintf("new-%d.md", run)), []byte(t), 0o644)
}

func deleted(site string, _ int) error {
	article, _, err := middle(site, 9)
	if err != nil {
		return err
	}
	return os.Remove(article)
}

// picture writes another photograph beside an article, which the run that is not
// counted puts there.
func picture(site string, run int) error {
	article, t, err := middle(site, 5)
	if err != nil {
		return err
	}
	m := image.NewGray(image.Rect(0, 0, 1600, 1200))
	for i := range m.Pix {
		m.Pix[i] = uint8(i%m.Stride/8 + run)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		return err
	}
	err = os.WriteFile(filepath.Join(filepath.Dir(article), "bench.jpg"), b.Bytes(), 0o644)
	if err != nil || run > 0 {
		return err
	}
	return os.WriteFile(article, []byte(t+"\n![图](bench.jpg)\n"), 0o644)
}

// template edits the trail, which all pages of articles have.
func template(site string, run int) error {
	partial := filepath.Join(site, "themes", "lotus", "partials", "trail.html")
	if err := os.MkdirAll(filepath.Dir(partial), 0o755); err != nil {
		return err
	}
	return os.WriteFile(partial, fmt.Appendf(nil, "<p class=\"trail\">%d</p>", run), 0o644)
}

// extent is what lies in a folder.
type extent struct {
	files, bytes  int64
	pages, inside int64 // pages of articles, and the bytes in them
}

func extentOf(dir string) (x extent, err error) {
	err = filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		x.files++
		x.bytes += info.Size()
		if strings.HasSuffix(name, ".html") && strings.Contains(filepath.ToSlash(name), "/case-") {
			x.pages++
			x.inside += info.Size()
		}
		return nil
	})
	return x, err
}

// page is how many bytes the page of an article has.
func (x extent) page() int64 { return x.inside / max(x.pages, 1) }
