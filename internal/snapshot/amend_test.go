package snapshot

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"qinglian/internal/build"
	"qinglian/internal/site"
	"qinglian/internal/source"
	"qinglian/themes"
)

// long is enough text for a summary: what comes after it is no other page's.
var long = strings.Repeat("这是一段足够长的正文，后面的字不会进摘要。", 12)

// previewed are the options of a preview.
var previewed = Options{Selection: site.Selection{Drafts: true, Future: true}, Themes: themes.FS, Jobs: 2, Standing: true, Lazy: true}

// preview is a folder as a preview sees it, with all that an Amend wants to have.
type preview struct {
	onDisk
	site   *source.Site
	from   Sources
	design Design
	snap   Snapshot
	state  State
}

// previewOf is a site of these files as a preview sees it first.
func previewOf(t *testing.T, files map[string]string) *preview {
	t.Helper()
	p := &preview{onDisk: write(t, files)}
	p.site, p.from, p.design, p.snap, p.state = begun(t, p.dir, previewed)
	return p
}

// edit writes a file and has what is seen amended; false says that it takes a Take.
func (p *preview) edit(file, text string) bool {
	p.put(file, text)
	files := map[string]bool{file: true}
	from, ok := p.from.Again(p.site, after(), files)
	if !ok {
		return false
	}
	snap, ok := p.snap.Amend(p.site, from, p.design, &p.state, previewed, files)
	if ok {
		p.snap, p.from = snap, from
	}
	return ok
}

// take links all.
func (p *preview) take(t *testing.T) {
	t.Helper()
	var err error
	if p.from, err = Look(p.site, after(), previewed); err != nil {
		t.Fatal(err)
	}
	if p.design, err = Draw(p.site, previewed); err != nil {
		t.Fatal(err)
	}
	if p.snap, p.state, err = Take(p.site, p.from, p.design, p.state, previewed); err != nil {
		t.Fatal(err)
	}
}

// equals compares what is seen with a Snapshot that was taken from nothing.
func (p *preview) equals(t *testing.T) {
	t.Helper()
	want, _, err := Of(p.site, after(), State{}, previewed)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(p.snap.Diagnostics, want.Diagnostics) {
		t.Errorf("said\n%v\nwant\n%v", p.snap.Diagnostics, want.Diagnostics)
	}
	got, all := rendered(t, p.snap.Outputs), rendered(t, want.Outputs)
	for path, is := range got {
		if is != all[path] {
			t.Errorf("%s is\n%s\nwant\n%s", path, is, all[path])
		}
		delete(all, path)
	}
	if len(all) > 0 {
		t.Errorf("not there: %v", slices.Sorted(maps.Keys(all)))
	}
	if got, want := pagesOf(p.snap), pagesOf(want); !slices.Equal(got, want) {
		t.Errorf("pages\n%q\nwant\n%q", got, want)
	}
}

// fits takes all once more from the State, which has to be that of the files.
func (p *preview) fits(t *testing.T) {
	t.Helper()
	again, _, err := Take(p.site, p.from, p.design, p.state, previewed)
	if err != nil || !maps.Equal(rendered(t, again.Outputs), rendered(t, p.snap.Outputs)) {
		t.Errorf("the State does not fit the files: %v", err)
	}
}

// TestAmend: what an edit of words comes to is what linking all comes to, one edit upon the
// other; and where more moved it is left to linking.
func TestAmend(t *testing.T) {
	first := neighbours()
	for _, c := range rewordings {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := previewOf(t, maps.Clone(first))
			ok := p.edit(c.file, c.text(first[c.file]))
			if ok != (c.takes < linking) {
				t.Fatalf("amended: %v\n%v", ok, p.snap.Diagnostics)
			}
			if !ok { // nothing was changed
				p.take(t)
				p.equals(t)
				return
			}
			p.equals(t)
			for _, text := range []string{first[oneNotice] + "再来一段齉。\n", strings.Replace(first[oneNotice], "通知", "又名", 1), first[oneNotice]} {
				if !p.edit(oneNotice, text) {
					t.Fatal("not a second time")
				}
				p.equals(t)
			}
			if !p.edit(c.file, first[c.file]) {
				t.Fatal("not back")
			}
			p.equals(t)
			p.fits(t)
		})
	}
}

// TestAmendBeside: articles with errors stay as they were when they had none.
func TestAmendBeside(t *testing.T) {
	t.Parallel()
	first := neighbours()
	p := previewOf(t, maps.Clone(first))
	const beside = "content/notices/b4.md" // the next one
	if p.edit(beside, first[beside]+":::nothing\n:::\n") {
		t.Fatal("an error was amended")
	}
	p.take(t)
	if !p.edit(oneNotice, strings.Replace(first[oneNotice], "通知", "又名", 1)) {
		t.Fatal("not amended beside an error")
	}
	p.fits(t)
	if p.edit(beside, first[beside]) {
		t.Fatal("amended without its error")
	}
}

// TestAmendMany: each of many articles may be edited, one after the other.
func TestAmendMany(t *testing.T) {
	t.Parallel()
	first := neighbours()
	p := previewOf(t, maps.Clone(first))
	done := 0
	for name, text := range first {
		if !strings.HasPrefix(name, "content/notices/b") && !strings.HasPrefix(name, "content/notices/c") {
			continue
		}
		if p.edit(name, strings.Replace(text, "通知", "又名", 1)) {
			done++
		} else {
			p.take(t)
		}
	}
	if done < mostTouched || done == 20 {
		t.Errorf("%d were amended", done)
	}
	p.equals(t)
}

// TestAmendFollow: the picture that asks to follow the account is one file, also to an
// article that shows it and was retitled, so that WeChat's article has it once.
func TestAmendFollow(t *testing.T) {
	t.Parallel()
	first := neighbours()
	first["config.toml"] += "[wechat.follow]\npicture = \"f.svg\"\n"
	first["static/f.svg"] = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 5"/>`
	first[oneNotice] += "\n![图](/f.svg)\n"
	p := previewOf(t, first)
	if !p.edit(oneNotice, strings.Replace(first[oneNotice], "通知", "公告", 1)) {
		t.Fatal("not amended")
	}
	shown := 0
	for _, page := range p.snap.Site.Pages {
		for _, to := range page.Targets {
			if to.File == nil || to.File.Source != "static/f.svg" {
				continue
			}
			if shown++; to.File != p.snap.Site.Follow {
				t.Errorf("%s shows another file than the site's", page.Path)
			}
		}
	}
	if shown == 0 {
		t.Error("nothing shows it")
	}
}

// TestAmendUnread: of a file that could not be read that is said, until all is taken again.
func TestAmendUnread(t *testing.T) {
	t.Parallel()
	first := neighbours()
	p := previewOf(t, first)
	p.snap.Unread = []string{oneNotice}
	if p.edit(oneNotice, first[oneNotice]) {
		t.Error("amended")
	}
}

// TestAmendBesideReader: what is shown may be read while it is amended; the race detector
// sees it if not.
func TestAmendBesideReader(t *testing.T) {
	t.Parallel()
	first := neighbours()
	p := previewOf(t, first)
	const rule = "content/rules/new.md" // it is compared at each edit after this one
	if !p.edit(rule, strings.Replace(first[rule], "新规", "改规", 1)) {
		t.Fatal("not amended")
	}
	var stop atomic.Bool
	var reader sync.WaitGroup
	pages := p.snap.Site.Pages
	reader.Go(func() {
		for read := 0; !stop.Load(); {
			for _, page := range pages {
				read += len(page.Card.Title) + len(page.Card.Cuts)
				for _, f := range page.Card.Facts {
					read += len(f.Type)
				}
			}
		}
	})
	for _, title := range []string{"告知一二三四五", "公告一二三四五"} {
		if !p.edit(oneNotice, strings.Replace(first[oneNotice], "通知", title, 1)) {
			t.Error("not amended")
		}
	}
	stop.Store(true)
	reader.Wait()
}

// TestAmendLater: when the clock has published something meanwhile, it takes linking.
func TestAmendLater(t *testing.T) {
	const a = "content/examples/a.md"
	d := write(t, sample())
	d.put("content/examples/later.md", strings.Replace(article("以后", "话。"), "2024-01-01", "2024-06-01", 1))
	d.put(a, article("甲", long))
	opt := Options{Selection: site.Selection{Now: time.Date(2024, 5, 1, 0, 0, 0, 0, time.UTC)}, Themes: themes.FS, Jobs: 1, Standing: true, Lazy: true}
	s, from, design, snap, state := begun(t, d.dir, opt)
	d.put(a, article("甲", long+"又一段。"))
	files := map[string]bool{a: true}
	from, ok := from.Again(s, after(), files)
	for _, c := range []struct {
		month time.Month
		want  bool
	}{{time.July, false}, {time.May, true}} {
		opt.Selection.Now = time.Date(2024, c.month, 2, 0, 0, 0, 0, time.UTC)
		if _, amended := snap.Amend(s, from, design, &state, opt, files); !ok || amended != c.want {
			t.Errorf("in %s: amended is %v", c.month, amended)
		}
	}
}

// rendered is all outputs, by path, with their keys and bytes.
func rendered(t *testing.T, outputs []build.Output) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, o := range outputs {
		var b bytes.Buffer
		if err := o.Render(&b); err != nil {
			t.Fatal(err)
		}
		out[o.Path] = o.Key.String() + "\n" + b.String()
	}
	return out
}

// pagesOf is all pages in their places, with their titles.
func pagesOf(snap Snapshot) (pages []string) {
	for _, page := range snap.Site.Pages {
		pages = append(pages, fmt.Sprintf("%d %s %s", page.Place, page.Path, page.Card.Title))
	}
	return pages
}

// begun is the first Snapshot of a folder, with all that an Amend wants to have.
func begun(t *testing.T, dir string, opt Options) (*source.Site, Sources, Design, Snapshot, State) {
	t.Helper()
	s, err := source.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	from, err := Look(s, after(), opt)
	if err != nil {
		t.Fatal(err)
	}
	design, err := Draw(s, opt)
	if err != nil {
		t.Fatal(err)
	}
	snap, state, err := Take(s, from, design, State{}, opt)
	if err != nil {
		t.Fatal(err)
	}
	return s, from, design, snap, state
}
