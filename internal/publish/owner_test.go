package publish

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
	"qinglian/internal/diag"
)

var (
	lotus = Owner{"lotuslotus", "清莲"}
	other = Owner{"otherother", "别的网站"}
)

// page is the text of a page of a site.
func page(o Owner, title, prose string) string {
	return "<!DOCTYPE html><html><head><meta name=generator content=\"" + build.Mark(o.ID) + "\"><meta name=SiteName content=" + o.Title +
		"><meta property=og:title content=\"" + title + "\"><meta property=og:type content=article><title>x</title></head><body>" + prose + "\n</body></html>\n"
}

// put writes files into a folder.
func put(t *testing.T, dir string, files site) {
	t.Helper()
	for name, text := range files {
		at := filepath.Join(dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(at), 0o755), os.WriteFile(at, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
}

// try publishes and returns what was said, each rule with its file and message.
func try(t *testing.T, dir string, s site, how How) (out Outcome, said []string) {
	t.Helper()
	d, err := Open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	how.Jobs = 2
	out, err = d.Make(s.outputs(), nil, how)
	var problems diag.List
	if err != nil && !errors.As(err, &problems) {
		t.Fatal(err)
	}
	for _, p := range append(problems, out.Found...) {
		said = append(said, strings.TrimSpace(p.Rule+" "+p.File+" "+p.Message.ZH))
	}
	return out, said
}

func firstLine(t *testing.T, dir string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, journal))
	if err != nil {
		t.Fatal(err)
	}
	line, _, _ := strings.Cut(string(b), "\n")
	return line
}

// TestOtherSite: a folder of one site is none for another, which gets to know both
// names; a site that lost its id learns how to get it back.
func TestOtherSite(t *testing.T) {
	dir := t.TempDir()
	mine := site{"index.html": page(lotus, "首页", "")}
	try(t, dir, mine, How{Owner: lotus})
	if got := firstLine(t, dir); got != "qinglian journal 2 lotuslotus" {
		t.Error(got)
	}
	for _, by := range []Owner{other, {Title: "别的网站"}} {
		if _, said := try(t, dir, site{"index.html": "2"}, How{Owner: by, Adopt: true}); len(said) != 1 ||
			said[0] != "foreign-site  输出文件夹是另一个网站《清莲》的，不是《别的网站》的，什么都没有动" {
			t.Errorf("%s: %q", by.ID, said)
		}
		check(t, dir, mine)
	}
	put(t, dir, site{"index.html": "altered"})
	if _, said := try(t, dir, site{"index.html": "2"}, How{Owner: other}); len(said) != 1 || !strings.Contains(said[0], "《lotuslotus》") {
		t.Errorf("%q", said)
	}
}

// TestTakenOver: a journal without an id is taken over, once; it counts as
// another one to a site that only looks.
func TestTakenOver(t *testing.T) {
	dir := t.TempDir()
	old := "qinglian journal 1\n" // what version 0.1 wrote
	body := "a.html\nindex.html\n"
	put(t, dir, site{"a.html": "1", "index.html": "1", journal: old + sum(body) + "\n" + body})
	stands := func(id string) bool {
		d, err := Peek(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		ok, err := d.Stands(id, Manifest{{Path: "a.html", Stamp: stampOf(d, "a.html")}, {Path: "index.html", Stamp: stampOf(d, "index.html")}}, 1)
		if err != nil {
			t.Fatal(err)
		}
		return ok
	}
	if !stands("") || stands(lotus.ID) {
		t.Error("whose is it?")
	}
	if out, said := try(t, dir, site{"index.html": "1", "a.html": "1"}, How{Owner: lotus}); len(said) > 0 || out.Unchanged != 2 {
		t.Error(out, said)
	}
	if got := firstLine(t, dir); got != "qinglian journal 2 lotuslotus" {
		t.Error(got)
	}
	if stands("") || !stands(lotus.ID) {
		t.Error("whose is it now?")
	}
	if _, said := try(t, dir, site{"index.html": "1"}, How{Owner: other}); len(said) != 1 {
		t.Error("it was taken over twice")
	}
}

// TestMost: more deletions than a build may do are reported, by title, and nothing is
// published.
func TestMost(t *testing.T) {
	for _, c := range []struct {
		pages, gone int
		most        func(int) int
		refused     bool
	}{
		{30, 19, Tenth, false},
		{30, 20, Tenth, true},
		{30, 20, nil, false},
		{300, 30, Tenth, false},
		{300, 31, Tenth, true},
		{300, 31, func(int) int { return 31 }, false},
		{300, 31, func(int) int { return 30 }, true},
		{3, 1, func(int) int { return 0 }, true},
	} {
		dir := t.TempDir()
		s := site{"style.css": "x"}
		for i := range c.pages {
			s[fmt.Sprintf("a/%03d.html", i)] = page(lotus, fmt.Sprintf("第%d篇", i), "")
			s[fmt.Sprintf("a/%03d.png", i)] = "x"
		}
		try(t, dir, s, How{Owner: lotus})
		before := tree(t, dir)
		after := tree(t, dir)
		for i := range c.gone {
			delete(after, fmt.Sprintf("a/%03d.html", i))
			delete(after, fmt.Sprintf("a/%03d.png", i))
		}
		after["index.html"] = "new"
		out, said := try(t, dir, after, How{Owner: lotus, Most: c.most})
		if !c.refused {
			if len(said) > 0 || out.Articles != c.gone || out.Deleted != 2*c.gone {
				t.Errorf("%+v: %v, %q", c, out.Articles, said)
			}
			check(t, dir, after)
			continue
		}
		want := fmt.Sprintf("many-deletions  输出文件夹里共 %d 个网页，这次要删去 %d 个，先停下来，什么都没有发布：《第0篇》（a/000.html）", c.pages, c.gone)
		if len(said) != 1 || !strings.HasPrefix(said[0], want) {
			t.Errorf("%+v: %q", c, said)
		}
		check(t, dir, before)
	}
}

// TestLostJournal: what stands in the way is reported at once, and the withdrawn page
// too; adopted, the site is what it should be, and what is foreign stays.
func TestLostJournal(t *testing.T) {
	for name, lose := range map[string]func(at string) error{
		"不见了": os.Remove,
		"坏了":  func(at string) error { return os.WriteFile(at, []byte("qinglian journal 2\nx\n"), 0o644) },
	} {
		dir := t.TempDir()
		try(t, dir, site{"index.html": page(lotus, "首页", "1"), "b/gone.html": page(lotus, "撤下的", ""), "style.css": "x\ny\n", "rss.xml": "1"}, How{Owner: lotus})
		foreign := site{"b/theirs.html": page(other, "别人的", ""), "precious.html": "theirs", "b/precious.txt": "theirs"}
		put(t, dir, foreign)
		if err := lose(filepath.Join(dir, journal)); err != nil {
			t.Fatal(err)
		}
		before := tree(t, dir)
		now := site{"index.html": page(lotus, "首页", "2"), "style.css": "x\ny\n", "rss.xml": "1"}
		want := []string{
			"lost-journal  输出文件夹里的记录 .qinglian " + name + "，里面有 3 个本站生成过的文件，没有覆盖：index.html、rss.xml、style.css",
			"lost-journal  输出文件夹里的记录 .qinglian " + name + "，里面还有 1 个本站的网页，文章已经不公开了：《撤下的》（b/gone.html）",
		}
		_, said := try(t, dir, now, How{Owner: lotus})
		slices.Sort(said)
		slices.Sort(want)
		if !slices.Equal(said, want) {
			t.Errorf("got %q\nwant %q", said, want)
		}
		check(t, dir, before)

		// What has neither mark nor bytes is reported, all of it, and nothing is adopted.
		changed := site{"index.html": now["index.html"], "style.css": "z", "rss.xml": "2", "b/theirs.html": page(lotus, "", "")}
		if _, said := try(t, dir, changed, How{Owner: lotus, Adopt: true}); !slices.Equal(said, []string{
			"foreign-file b/theirs.html 输出文件夹里已有另一个网站《别的网站》的网页，没有覆盖它",
			"foreign-file rss.xml 输出文件夹里已有一个不是 qinglian 写的文件，没有覆盖它",
			"foreign-file style.css 输出文件夹里已有一个不是 qinglian 写的文件，没有覆盖它"}) {
			t.Errorf("%q", said)
		}
		check(t, dir, before)

		// A page that is not planned counts as one that is deleted.
		if _, said := try(t, dir, now, How{Owner: lotus, Adopt: true, Most: func(int) int { return 0 }}); len(said) != 1 || !strings.HasPrefix(said[0], "many-deletions") {
			t.Errorf("%q", said)
		}
		check(t, dir, before)

		out, said := try(t, dir, now, How{Owner: lotus, Adopt: true})
		if len(said) > 0 || !slices.Equal(out.Adopted, []string{"index.html", "rss.xml", "style.css"}) ||
			!slices.Equal(out.Strays, []Page{{"b/gone.html", "撤下的"}}) || out.Result != (Result{1, 2, 1}) || out.Articles != 1 {
			t.Errorf("%+v, %q", out, said)
		}
		for name, text := range foreign {
			now[name] = text
		}
		check(t, dir, now)
	}
}

// TestWithdrawnAlone: the journal is lost, nothing stands in the way, and yet the
// withdrawn page is reported.
func TestWithdrawnAlone(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, site{"gone.html": page(lotus, "撤下的", "")})
	if _, said := try(t, dir, site{"index.html": "1"}, How{Owner: lotus}); len(said) != 1 || !strings.Contains(said[0], "《撤下的》") {
		t.Errorf("%q", said)
	}
	check(t, dir, site{"gone.html": page(lotus, "撤下的", "")})
}

// TestEqualBytes: a foreign file with the very bytes is foreign like any other,
// until it is adopted.
func TestEqualBytes(t *testing.T) {
	for _, by := range []Owner{{}, lotus} {
		dir := t.TempDir()
		try(t, dir, site{"index.html": "1"}, How{Owner: by})
		put(t, dir, site{"a.txt": "1"})
		now := site{"index.html": "1", "a.txt": "1"}
		if _, said := try(t, dir, now, How{Owner: by}); len(said) != 1 || !strings.HasPrefix(said[0], "foreign-file a.txt") {
			t.Errorf("%q", said)
		}
		try(t, dir, site{"index.html": "2"}, How{Owner: by})
		check(t, dir, site{"index.html": "2", "a.txt": "1"})
		if out, said := try(t, dir, now, How{Owner: by, Adopt: true}); len(said) > 0 || !slices.Equal(out.Adopted, []string{"a.txt"}) {
			t.Errorf("%v, %q", out.Adopted, said)
		}
		try(t, dir, site{"index.html": "2"}, How{Owner: by})
		check(t, dir, site{"index.html": "2"})
	}
}

// TestMarkWithoutID: a mark that names no site is no proof of whose a page is.
func TestMarkWithoutID(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, site{"a.html": page(Owner{}, "甲", "1"), "b.html": page(Owner{}, "乙", "1")})
	before := tree(t, dir)
	if _, said := try(t, dir, site{"a.html": page(Owner{}, "甲", "2")}, How{Adopt: true}); len(said) != 1 || !strings.HasPrefix(said[0], "foreign-file a.html") {
		t.Errorf("%q", said)
	}
	check(t, dir, before)
}

// TestLineEnds: git's core.autocrlf changes the journal and the files, or, where
// the journal was not kept, the files alone.
func TestLineEnds(t *testing.T) {
	for _, kept := range []bool{true, false} {
		dir := t.TempDir()
		now := site{"index.html": page(lotus, "首页", "1"), "style.css": "a\nb\n"}
		try(t, dir, now, How{Owner: lotus})
		for _, name := range []string{"index.html", "style.css", journal} {
			b, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			put(t, dir, site{name: strings.ReplaceAll(string(b), "\n", "\r\n")})
		}
		how := How{Owner: lotus}
		if !kept {
			os.Remove(filepath.Join(dir, journal))
			if _, said := try(t, dir, now, how); len(said) != 1 || !strings.Contains(said[0], "core.autocrlf") {
				t.Errorf("%q", said)
			}
			how.Adopt = true
		}
		if _, said := try(t, dir, now, how); len(said) != 1 || !strings.HasPrefix(said[0], "line-ends") {
			t.Errorf("%q", said)
		}
		check(t, dir, now)
		if _, said := try(t, dir, now, How{Owner: lotus}); len(said) > 0 {
			t.Errorf("%q", said)
		}
	}
}

// TestLock: the second of two builds into one folder waits, and says so; looking
// waits for nobody.
func TestLock(t *testing.T) {
	dir := t.TempDir()
	d, err := Open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	o := site{"index.html": "1"}.outputs()[0]
	if err := d.Stage(o, []byte("1")); err != nil {
		t.Fatal(err)
	}
	peeked, err := Peek(dir)
	if err != nil {
		t.Fatal(err)
	}
	peeked.Close()
	waits, done := make(chan bool, 1), make(chan error, 1)
	go func() {
		second, err := Open(dir, func() { waits <- true })
		if err == nil {
			err = second.Close()
		}
		done <- err
	}()
	select {
	case <-waits:
	case <-time.After(5 * time.Second):
		t.Fatal("it does not wait")
	}
	select {
	case err := <-done:
		t.Error("it did not wait", err)
	case <-time.After(50 * time.Millisecond):
	}
	if _, err := d.Commit("", []string{"index.html"}); err != nil {
		t.Errorf("what was staged is gone: %v", err)
	}
	d.Close()
	if err := <-done; err != nil {
		t.Error(err)
	}
	check(t, dir, site{"index.html": "1"})
}
