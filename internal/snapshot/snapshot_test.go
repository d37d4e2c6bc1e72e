package snapshot

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"qinglian/internal/build"
	"qinglian/internal/content"
	"qinglian/internal/digest"
	"qinglian/internal/site"
	"qinglian/internal/source"
	"qinglian/themes"
)

// onDisk is a site in a folder of its own.
type onDisk struct {
	t   *testing.T
	dir string
}

// write makes a site of files with their texts.
func write(t *testing.T, files map[string]string) onDisk {
	t.Helper()
	d := onDisk{t, t.TempDir()}
	for name, text := range files {
		d.put(name, text)
	}
	return d
}

func (d onDisk) put(name, text string) {
	d.t.Helper()
	full := filepath.Join(d.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		d.t.Fatal(err)
	}
	if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
		d.t.Fatal(err)
	}
}

// after is a clock at which all that was written is old enough to be trusted.
func after() int64 { return time.Now().Add(time.Hour).UnixNano() }

func (d onDisk) take(old State, clock int64, change func(*Options)) (Snapshot, State) {
	d.t.Helper()
	s, err := source.Open(d.dir)
	if err != nil {
		d.t.Fatal(err)
	}
	defer s.Close()
	opt := Options{Selection: site.Selection{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}, Themes: themes.FS,
		Engine: digest.Of([]byte("engine")), Jobs: 2}
	if change != nil {
		change(&opt)
	}
	snap, next, err := Of(s, clock, old, opt)
	if err != nil {
		d.t.Fatal(err)
	}
	return snap, next
}

func article(title, text string) string {
	return "---\n标题: " + title + "\n日期: 2024-01-01\n来源: 本站\n---\n" + text + "\n"
}

func sample() map[string]string {
	return map[string]string{
		"config.toml":                  "base_url = \"https://www.example.org/\"\n",
		"content/examples/a.md":        article("甲", "见[乙](b/) ![图](a.svg)"),
		"content/examples/b/index.md":  article("乙", "[表](表.csv)"),
		"content/examples/c.MARKDOWN":  article("丙", ""),
		"content/examples/a.svg":       "<svg/>",
		"content/examples/b/表.csv":     "1,2",
		"content/examples/b/原稿.docx":   "x",
		"content/examples/b/~$原稿.docx": "x",
		"static/files/表 1.pdf":         "y",
		"static/robots.txt":            "User-agent: *\n",
		"notes/a.txt":                  "z",
	}
}

// rules are what a snapshot says, in short.
func rules(s Snapshot) string {
	var out []string
	for _, d := range s.Diagnostics {
		out = append(out, fmt.Sprintf("%s %s %s", d.Severity, d.Rule, d.File))
	}
	return strings.Join(out, "\n")
}

func paths(outputs []build.Output) []string {
	var out []string
	for _, o := range outputs {
		out = append(out, o.Path)
	}
	slices.Sort(out)
	return out
}

// TestOutputs: pages, what they refer to and static/ are published; what lies
// beside an article unused is noted.
func TestOutputs(t *testing.T) {
	snap, _ := write(t, sample()).take(State{}, after(), nil)
	if got, want := rules(snap), "note unused-file content/examples/b/原稿.docx"; got != want {
		t.Errorf("said %s", got)
	}
	got := slices.DeleteFunc(paths(snap.Outputs), func(p string) bool { return strings.HasPrefix(p, "assets/") || strings.HasPrefix(p, "search/") })
	want := strings.Fields("404.html archive/2024/index.html archive/index.html atom.xml education/index.html education/sitemap.xml " +
		"examples/a.html examples/a.svg examples/atom.xml examples/b.html examples/b/biao-bfsx.csv examples/c.html examples/feed.json " +
		"examples/index.html examples/rss.xml examples/sitemap.xml feed.json files/表_1.pdf index.html model-sites/index.html " +
		"model-sites/sitemap.xml notices/index.html notices/sitemap.xml robots.txt rss.xml search.html sitemap-pages.xml sitemap.html sitemap.xml")
	want[slices.Index(want, "files/表_1.pdf")] = "files/表 1.pdf"
	if !slices.Equal(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
	if snap.Pages != 3 {
		t.Errorf("%d pages", snap.Pages)
	}
}

// TestCopies: files are published byte for byte, pictures aside.
func TestCopies(t *testing.T) {
	files := sample()
	d := write(t, files)
	s, err := source.Open(d.dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	snap, _, err := Of(s, after(), State{}, Options{Themes: themes.FS, Selection: site.Selection{Future: true}})
	if err != nil {
		t.Fatal(err)
	}
	copies := 0
	for _, o := range snap.Outputs {
		text, ok := files[o.Source]
		if !ok || o.Rank != build.Asset || isDrawn(o.Path) {
			continue
		}
		copies++
		var b strings.Builder
		if err := o.Render(&b); err != nil || b.String() != text {
			t.Errorf("%s: %q, %v", o.Path, b.String(), err)
		}
	}
	if copies != 3 {
		t.Errorf("%d files are copied", copies)
	}
}

// TestMarks: with another id no output keeps its key if its bytes move; what is made
// anew with each article says whose it is.
func TestMarks(t *testing.T) {
	d := write(t, sample())
	d.put("config.toml", "id = \"otherother\"\n"+sample()["config.toml"])
	before, _ := d.take(State{}, after(), nil)
	d.put("config.toml", "id = \"abcdefgh\"\n"+sample()["config.toml"])
	now, _ := d.take(State{}, after(), nil)
	was := map[string]build.Output{}
	for _, o := range before.Outputs {
		was[o.Path] = o
	}
	marked := 0
	for _, o := range now.Outputs {
		if o.Rank == build.Asset {
			continue // they are what they are named
		}
		var a, b strings.Builder
		if err := errors.Join(was[o.Path].Render(&a), o.Render(&b)); err != nil {
			t.Fatal(err)
		}
		if a.String() != b.String() && o.Key == was[o.Path].Key {
			t.Errorf("%s has the key of other bytes", o.Path)
		}
		has := strings.Contains(b.String(), "qinglian abcdefgh")
		if !has && !strings.HasPrefix(o.Path, "showcase.") {
			t.Errorf("%s has no mark", o.Path)
		}
		if has {
			marked++
		}
	}
	if marked < 10 {
		t.Errorf("%d outputs have a mark", marked)
	}
}

// TestWellKnown: what others ask the site for by its name is published, but nothing
// else that is hidden.
func TestWellKnown(t *testing.T) {
	d := write(t, sample())
	d.put("static/.well-known/security.txt", "1")
	d.put("static/.well-known/acme/token", "1")
	d.put("static/.hidden/x.txt", "1")
	d.put("static/.well-known/.x", "1")
	snap, _ := d.take(State{}, after(), nil)
	var got []string
	for _, o := range snap.Outputs {
		if strings.Contains("/"+o.Path, "/.") {
			got = append(got, o.Path)
		}
	}
	if want := []string{".well-known/acme/token", ".well-known/security.txt"}; !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

// compiled is the article a.
func compiled(t *testing.T, s State) Compiled {
	t.Helper()
	c, ok := s.Docs.Find("content/examples/a.md")
	if !ok {
		t.Fatal("there is no a.md")
	}
	return c
}

// kept names the files whose Docs one State has from another.
func kept(now, was State) []string {
	var out []string
	for _, c := range now.Docs {
		name := c.Doc.Path
		if before, _ := was.Docs.Find(name); c.Doc == before.Doc {
			out = append(out, strings.TrimPrefix(name, "content/examples/"))
		}
	}
	slices.Sort(out)
	return out
}

var everyDoc = []string{"a.md", "b/index.md", "c.MARKDOWN"}

// TestNothingChanged: nothing is compiled and the same is said and published.
func TestNothingChanged(t *testing.T) {
	d := write(t, sample())
	first, state := d.take(State{}, after(), nil)
	second, next := d.take(state, after(), nil)
	if got := kept(next, state); !slices.Equal(got, everyDoc) {
		t.Errorf("kept only %v", got)
	}
	if rules(first) != rules(second) || len(first.Outputs) != len(second.Outputs) {
		t.Errorf("said %s, then %s", rules(first), rules(second))
	}
	for i, o := range first.Outputs {
		if o.Path != second.Outputs[i].Path || o.Key != second.Outputs[i].Key {
			t.Errorf("%s: another key", o.Path)
		}
	}
}

// TestOneChanged: it alone is compiled; what is gone is forgotten.
func TestOneChanged(t *testing.T) {
	d := write(t, sample())
	_, state := d.take(State{}, after(), nil)
	d.put("content/examples/a.md", article("新甲", ""))
	d.put("content/examples/d.md", article("丁", ""))
	if err := os.Remove(filepath.Join(d.dir, "content/examples/c.MARKDOWN")); err != nil {
		t.Fatal(err)
	}
	_, next := d.take(state, after(), nil)
	if got := kept(next, state); !slices.Equal(got, []string{"b/index.md"}) {
		t.Errorf("kept %v", got)
	}
	if got := compiled(t, next).Doc.Card.Title; len(next.Docs) != 3 || got != "新甲" {
		t.Errorf("%d Docs, title %s", len(next.Docs), got)
	}
}

// TestTouched: a file whose stamp moved but whose bytes did not is read, not
// compiled.
func TestTouched(t *testing.T) {
	d := write(t, sample())
	_, state := d.take(State{}, after(), nil)
	early := time.Unix(1_000_000_000, 0)
	if err := os.Chtimes(filepath.Join(d.dir, "content/examples/a.md"), early, early); err != nil {
		t.Fatal(err)
	}
	_, next := d.take(state, after(), nil)
	if got := kept(next, state); !slices.Equal(got, everyDoc) {
		t.Errorf("kept only %v", got)
	}
	if compiled(t, next).Stamp.ModTime != early.UnixNano() {
		t.Error("the new stamp was not taken")
	}
}

// TestFreshStamp: a file that is as young as the clock's grain may change again
// under the same stamp, so its stamp is not kept; it is read the next time.
func TestFreshStamp(t *testing.T) {
	d := write(t, sample())
	info, err := os.Stat(filepath.Join(d.dir, "content/examples/a.md"))
	if err != nil {
		t.Fatal(err)
	}
	written := source.NewStamp(info).Latest()
	for clock, trusted := range map[int64]bool{
		written:                    false,
		written - int64(time.Hour): false,
		written + int64(grain):     false,
		written + int64(grain) + 1: true,
	} {
		_, state := d.take(State{}, clock, nil)
		stamp := compiled(t, state).Stamp
		if got := stamp != (source.Stamp{}); got != trusted {
			t.Errorf("%d after it was written: trusted %v", clock-written, got)
		}
	}

	_, state := d.take(State{}, written, nil)
	if h := state.Files["content/examples/a.svg"]; h.Stamp != (source.Stamp{}) {
		t.Error("a picture's stamp is trusted")
	}
	// Another text of the same length, as an editor saves it within the grain.
	d.put("content/examples/a.md", strings.Replace(sample()["content/examples/a.md"], "甲", "乙", 1))
	if err := os.Chtimes(filepath.Join(d.dir, "content/examples/a.md"), info.ModTime(), info.ModTime()); err != nil {
		t.Fatal(err)
	}
	_, next := d.take(state, written, nil)
	if got := compiled(t, next).Doc.Card.Title; got != "乙" {
		t.Errorf("the old text was taken: %s", got)
	}
	if got := kept(next, state); !slices.Equal(got, everyDoc[1:]) {
		t.Errorf("kept %v", got)
	}
}

// TestCompiledAnew: with another program, or another configuration for
// compiling, no Doc is kept; with another title of the site all are.
func TestCompiledAnew(t *testing.T) {
	for _, c := range []struct {
		config string
		change func(*Options)
		want   []string
	}{
		{"title = \"另一个\"\n", nil, everyDoc},
		{"timezone = \"UTC\"\n", nil, nil},
		{"[kinds.example]\nlabel = \"例\"\n", nil, nil},
		{"", func(o *Options) { o.Engine = digest.Of([]byte("another")) }, nil},
		{"", func(o *Options) { o.Selection.Drafts = true }, everyDoc},
		{"", func(o *Options) { o.BaseURL = "https://b.example/" }, everyDoc},
	} {
		d := write(t, sample())
		_, state := d.take(State{}, after(), nil)
		d.put("config.toml", c.config)
		_, next := d.take(state, after(), c.change)
		if got := kept(next, state); !slices.Equal(got, c.want) {
			t.Errorf("%q: kept %v", c.config, got)
		}
	}
}

// TestSaid: what is wrong is said, each time the same, whether or not a file
// was read again; and what can't be looked into is left out.
func TestSaid(t *testing.T) {
	for name, c := range map[string]struct {
		edit   map[string]string // "" takes a file away
		change func(*Options)
		want   string
		none   bool // no outputs at all
	}{
		"no site":        {map[string]string{"config.toml": ""}, nil, "error no-site config.toml", true},
		"damaged config": {map[string]string{"config.toml": "title = \"\xff\""}, nil, "error unreadable config.toml", true},
		"config in GBK": {map[string]string{"config.toml": "title = \"\xc9\xf9\""}, nil,
			"note no-base-url config.toml\nnote not-utf8 config.toml\nnote unused-file content/examples/b/原稿.docx", false},
		"no content": {map[string]string{"content/examples/a.md": "", "content/examples/b/index.md": "", "content/examples/c.MARKDOWN": "",
			"content/examples/a.svg": "", "content/examples/b/表.csv": "", "content/examples/b/原稿.docx": "", "content/examples/b/~$原稿.docx": ""}, nil,
			"warning no-content content", false},
		"unknown theme": {map[string]string{"config.toml": "base_url = \"https://a.example/\"\ntheme = \"bamboo\""}, nil,
			"error unknown-theme ", true},
		"unknown theme asked for": {nil, func(o *Options) { o.Theme = "bamboo" }, "error unknown-theme ", true},
		"theme elsewhere":         {nil, func(o *Options) { o.Theme = "../lotus" }, "error unknown-theme ", true},
		"folder of all themes":    {nil, func(o *Options) { o.Theme = "." }, "error unknown-theme ", true},
		"theme that is no name": {map[string]string{"config.toml": "base_url = \"https://a.example/\"\ntheme = \"../x\""}, nil,
			"error config-value config.toml\nnote unused-file content/examples/b/原稿.docx", false},
		"another base_url": {nil, func(o *Options) { o.BaseURL = "b.example" },
			"error config-value \nnote no-base-url config.toml\nnote unused-file content/examples/b/原稿.docx", false},
		"no base_url": {map[string]string{"config.toml": "#\n"}, nil,
			"note no-base-url config.toml\nnote unused-file content/examples/b/原稿.docx", false},
		"mistakes": {map[string]string{"content/examples/a.md": article("甲", "[](nothing.md)"), "content/notices/n.md": "无", "static/robots.txt": "",
			"content/examples/a.svg": "<svg><script/></svg>", "content/examples/c.MARKDOWN": article("丙", "![图](a.svg)")}, nil,
			"error dead-link content/examples/a.md\nwarning cleaned-svg content/examples/a.svg\n" +
				"note unused-file content/examples/b/原稿.docx\nerror no-front-matter content/notices/n.md", false},
		"names": {map[string]string{"static/con.txt": "1", "static/a:b/x.": "1", "static/q?.txt": "1", "static/.well-known/security.txt": "1",
			"static/.well-known/.x": "1", "static/a\nb.txt": "1"}, nil,
			"note unused-file content/examples/b/原稿.docx\nwarning unportable-name static/a:b/x.\nerror control-in-name static/a\\nb.txt\n" +
				"warning unportable-name static/con.txt\nwarning unportable-name static/q?.txt", false},
		"damaged article": {map[string]string{"content/examples/a.md": article("\xc9\xf9", "")}, nil,
			"error unreadable content/examples/a.md\nnote unused-file content/examples/a.svg\nnote unused-file content/examples/b/原稿.docx", false},
		"same address": {map[string]string{"static/examples/A.html": "x"}, nil,
			"note unused-file content/examples/b/原稿.docx\nerror same-address static/examples/A.html", false},
	} {
		d := write(t, sample())
		for file, text := range c.edit {
			if text != "" {
				d.put(file, text)
			} else if err := os.Remove(filepath.Join(d.dir, filepath.FromSlash(file))); err != nil {
				t.Fatal(err)
			}
		}
		snap, state := d.take(State{}, after(), c.change)
		if got := rules(snap); got != c.want {
			t.Errorf("%s\ngot\n%s\nwant\n%s", name, got, c.want)
		}
		if (len(snap.Outputs) == 0) != c.none {
			t.Errorf("%s: %d outputs", name, len(snap.Outputs))
		}
		again, _ := d.take(state, after(), c.change)
		if !slices.Equal(again.Diagnostics, snap.Diagnostics) {
			t.Errorf("%s: then said\n%s", name, rules(again))
		}
	}
}

// TestOwnLayout: a layout of the site's own wins over the theme's.
func TestOwnLayout(t *testing.T) {
	files := sample()
	files["layouts/404.html"] = `{{define "main"}}<p>另一页</p>{{end}}`
	d := write(t, files)
	s, err := source.Open(d.dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	snap, _, err := Of(s, after(), State{}, Options{Themes: themes.FS})
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(snap.Outputs, func(o build.Output) bool { return o.Path == "404.html" })
	if at < 0 {
		t.Fatal("there is no 404.html")
	}
	var b strings.Builder
	if err := snap.Outputs[at].Render(&b); err != nil || !strings.Contains(b.String(), "另一页") {
		t.Errorf("got %s, %v", b.String(), err)
	}
}

// TestDocsAreShared: a Snapshot does not change what the State holds.
func TestDocsAreShared(t *testing.T) {
	d := write(t, sample())
	_, state := d.take(State{}, after(), nil)
	before := map[string]content.Doc{}
	for _, c := range state.Docs {
		before[c.Doc.Path] = *c.Doc
	}
	d.put("content/examples/b/index.md", article("乙", "草"))
	d.take(state, after(), func(o *Options) { o.Selection.Now = time.Time{} })
	for _, c := range state.Docs {
		if fmt.Sprintf("%+v", *c.Doc) != fmt.Sprintf("%+v", before[c.Doc.Path]) {
			t.Errorf("%s changed", c.Doc.Path)
		}
	}
}
