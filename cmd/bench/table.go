package main

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// bench is one session of measuring.
type bench struct {
	kit     string
	n, runs int

	work, ours, own, theirs string // folders and programs; theirs is "" without Hugo
	pagefind                string // the program; "" without it
	rows                    []row
	search                  []searchRow
	notes                   []string
}

// variant is a way in which sites are built: Hugo's has no search.
type variant struct{ name, config string }

var (
	bare     = variant{"without search", "[search]\non = false\n"}
	shipped  = variant{"as shipped", ""}
	variants = []variant{bare, shipped}
)

// row is one line of the table.
type row struct {
	what         string
	ours, theirs figures // theirs is zero where there is nothing to compare
	against      string  // what theirs is
}

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

func (b *bench) run(out string) (err error) {
	if b.work, err = os.MkdirTemp("", "bench-"); err != nil {
		return err
	}
	defer os.RemoveAll(b.work)
	if b.ours, err = tool(b.work, "./cmd/qinglian"); err != nil {
		return err
	}
	if b.own, err = tool(b.work, "./cmd/bench"); err != nil {
		return err
	}
	if b.theirs, err = hugo(b.work); err != nil {
		b.notes = append(b.notes, "Hugo could not be installed, so there is nothing beside our figures: "+strings.TrimSpace(err.Error()))
		b.theirs = ""
	}
	for _, n := range []int{b.n / 10, b.n} {
		for _, v := range variants {
			if err := b.corpus(n, v); err != nil {
				return err
			}
		}
		if err := b.add("from nothing", n, func(site string, _ int) error { return clean(site) }); err != nil {
			return err
		}
	}
	for _, step := range []func() error{b.floor, b.edits, b.memory, b.searches} {
		if err := step(); err != nil {
			return err
		}
	}
	return os.WriteFile(out, []byte(b.text(out)), 0o644)
}

// site is the folder of a site with n articles.
func (b *bench) site(n int, v variant) string {
	return filepath.Join(b.work, fmt.Sprint(strings.ReplaceAll(v.name, " ", "-"), "-", n))
}

func (b *bench) corpus(n int, v variant) error {
	c := exec.Command("go", "run", ".", "-n", fmt.Sprint(n), "-out", filepath.Join(b.site(n, v), "content"))
	c.Dir = filepath.Join(b.kit, "gen")
	if said, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", c.Dir, err, said)
	}
	return os.WriteFile(filepath.Join(b.site(n, v), "config.toml"), []byte(siteConfig+v.config), 0o644)
}

// change is what is done to a site before it is built.
type change func(site string, run int) error

func (b *bench) build(n int, v variant, before change) side {
	site := b.site(n, v)
	return side{func(run int) error { return before(site, run) }, func() (figures, error) { return measure(site, b.ours, "build") }}
}

// clean forgets all of a site's earlier builds.
func clean(site string) error {
	for _, name := range []string{"public", ".qinglian"} {
		if err := os.RemoveAll(filepath.Join(site, name)); err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) hugo(n int) side {
	content, into := filepath.Join(b.site(n, bare), "content"), filepath.Join(b.work, "hugo-public")
	return side{func(int) error { return os.RemoveAll(into) }, func() (figures, error) {
		return measure(b.work, b.theirs, "-s", filepath.Join(b.kit, "hugo"), "-c", content,
			"-d", into, "--minify", "--quiet", "--noBuildLock", "--cacheDir", filepath.Join(b.work, "cache"))
	}}
}

// add measures one thing of ours, in each variant, beside a whole build of Hugo's.
func (b *bench) add(what string, n int, before change) error {
	var sides []side
	for _, v := range variants {
		sides = append(sides, b.build(n, v, before))
	}
	if b.theirs != "" {
		sides = append(sides, b.hugo(n))
	}
	f, err := alternate(b.runs, sides...)
	if err != nil {
		return err
	}
	for i, v := range variants {
		r := row{what: fmt.Sprintf("%s, %d articles, %s", what, n, v.name), ours: f[i]}
		if b.theirs != "" {
			r.theirs, r.against = f[len(variants)], "hugo --minify"
		}
		b.rows = append(b.rows, r)
	}
	return nil
}

func (b *bench) floor() error {
	site, into := b.site(b.n, bare), filepath.Join(b.work, "floor")
	f, err := alternate(b.runs, b.build(b.n, bare, func(site string, _ int) error { return clean(site) }),
		side{func(int) error { return os.RemoveAll(into) }, func() (figures, error) {
			return measure(site, b.own, "-floor", "content", "-into", into)
		}})
	if err == nil {
		b.rows = append(b.rows, row{fmt.Sprintf("from nothing, %d articles, %s", b.n, bare.name), f[0], f[1], "the floor"})
	}
	return err
}

// edits are builds on top of the last one.
func (b *bench) edits() error {
	for _, c := range []struct {
		what   string
		change change
	}{
		{"nothing changed", func(string, int) error { return nil }},
		{"one body edited", edit("\n+++\n\n", "\n+++\n\n改%d，")},
		{"one title edited", edit("title = \"", "title = \"改%d")},
		{"one new article", newest},
		{"one old article deleted", deleted},
		{"one picture changed", picture},
		{"one template edited", func(site string, run int) error {
			partial := filepath.Join(site, "themes", "lotus", "partials", "trail.html")
			if err := os.MkdirAll(filepath.Dir(partial), 0o755); err != nil {
				return err
			}
			return os.WriteFile(partial, fmt.Appendf(nil, "<p class=\"trail\">%d</p>", run), 0o644)
		}},
	} {
		err := b.add(c.what, b.n, func(site string, run int) error {
			time.Sleep(2100 * time.Millisecond) // no file is too young for its stamp to be trusted
			return c.change(site, run)
		})
		if err != nil {
			return err
		}
	}
	return nil
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
		return "", "", fmt.Errorf("no article to edit: %w", err)
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
	if err := os.WriteFile(filepath.Join(filepath.Dir(article), "bench.jpg"), b.Bytes(), 0o644); err != nil || run > 0 {
		return err
	}
	return os.WriteFile(article, []byte(t+"\n![图](bench.jpg)\n"), 0o644)
}

// memory builds ten times as many articles, once.
func (b *bench) memory() error {
	n := b.n * 10
	for _, v := range variants {
		if err := b.corpus(n, v); err != nil {
			return err
		}
		f, err := measure(b.site(n, v), b.ours, "build")
		if err != nil {
			return err
		}
		b.rows = append(b.rows, row{what: fmt.Sprintf("from nothing, %d articles, %s, one run", n, v.name), ours: f})
		if err := os.RemoveAll(b.site(n, v)); err != nil {
			return err
		}
	}
	return nil
}
