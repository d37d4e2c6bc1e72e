package snapshot

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"qinglian/internal/build"
	"qinglian/internal/digest"
	"qinglian/internal/flat"
	"qinglian/internal/source"
)

// shown is a site of which a State was saved, with what was published of it.
type shown struct {
	onDisk
	site    *source.Site
	from    Sources
	last    Last
	outputs []build.Output    // in the order of their paths, without Render
	bytes   map[string]string // of outputs
}

// publish makes a site and saves what a build of it comes to.
func publish(t *testing.T, files map[string]string, opt Options) *shown {
	t.Helper()
	p := &shown{onDisk: write(t, files)}
	s, state := p.reopened()
	p.site = s
	defer state.Close()
	from, err := Look(s, after(), opt)
	if err != nil {
		t.Fatal(err)
	}
	snap, next, err := Of(s, after(), state, opt)
	if err != nil {
		t.Fatal(err)
	}
	p.keep(from, snap, next)
	return p
}

// keep saves a State and notes what was published.
func (p *shown) keep(from Sources, snap Snapshot, state State) {
	p.t.Helper()
	defer state.Close()
	if p.bytes == nil {
		p.bytes = map[string]string{}
	}
	gone := maps.Clone(p.bytes)
	for _, o := range snap.Outputs {
		delete(gone, o.Path)
		if o.Render == nil {
			continue
		}
		var b bytes.Buffer
		if err := o.Render(&b); err != nil && !strings.HasPrefix(o.Path, "search/") {
			p.t.Fatal(err)
		} else if err == nil {
			p.bytes[o.Path] = b.String()
		}
	}
	for path := range gone {
		delete(p.bytes, path)
	}
	if err := state.Save(p.site.Root, own, thisEngine); err != nil {
		p.t.Fatal(err)
	}
	p.from = from
	p.last = Last{Find: p.find, Pages: snap.Pages, Held: snap.Site.Held, Diagnostics: snap.Diagnostics, Valid: snap.Valid,
		Articles: state.Articles(), Index: state.Index()}
	p.outputs = nil
	for _, o := range snap.Outputs {
		p.outputs = append(p.outputs, build.Output{Path: o.Path, Key: o.Key, Rank: o.Rank, Source: o.Source})
	}
	inOrder(p.outputs)
}

func inOrder(outputs []build.Output) {
	slices.SortFunc(outputs, func(a, b build.Output) int { return strings.Compare(a.Path, b.Path) })
}

func (p *shown) find(path string) (o build.Output, known bool) {
	if i := slices.IndexFunc(p.outputs, func(o build.Output) bool { return o.Path == path }); i >= 0 {
		return p.outputs[i], true
	}
	return o, false
}

// retouch tries to take the site as it stands from what was saved.
func (p *shown) retouch(opt Options) (from Sources, snap Snapshot, state State, ok bool) {
	p.t.Helper()
	from, err := Look(p.site, after(), opt)
	if err != nil {
		p.t.Fatal(err)
	}
	if from.Others != p.from.Others {
		return from, snap, state, false
	}
	design, err := Draw(p.site, opt)
	if err != nil {
		p.t.Fatal(err)
	}
	var edit flat.Edit[build.Output]
	snap, edit.Gone, state, ok = OpenShelf(p.site.Root, own, thisEngine).Retouch(p.site, from, design, opt, p.last)
	edit.Put = snap.Outputs
	inOrder(edit.Put)
	slices.Sort(edit.Gone)
	snap.Outputs = flat.After(p.outputs, []flat.Edit[build.Output]{edit}, func(o *build.Output) string { return o.Path })
	return from, snap, state, ok
}

// equals compares what was published with a Snapshot that was taken from nothing.
func (p *shown) equals(opt Options) {
	p.t.Helper()
	want, _, err := Of(p.site, after(), State{}, opt)
	if err != nil {
		p.t.Fatal(err)
	}
	if !slices.Equal(p.last.Diagnostics, want.Diagnostics) {
		p.t.Errorf("said\n%v\nwant\n%v", p.last.Diagnostics, want.Diagnostics)
	}
	keys, bytesOf := map[string]digest.Digest{}, map[string]string{}
	for _, o := range want.Outputs {
		var b bytes.Buffer
		if err := o.Render(&b); err != nil {
			p.t.Fatal(err)
		}
		keys[o.Path], bytesOf[o.Path] = o.Key, b.String()
	}
	for _, o := range p.outputs {
		if keys[o.Path] != o.Key {
			p.t.Errorf("%s has another key", o.Path)
		}
		delete(keys, o.Path)
	}
	if len(keys) > 0 {
		p.t.Errorf("not there: %v", keys)
	}
	if !maps.Equal(p.bytes, bytesOf) {
		p.t.Error("other bytes")
	}
}

// neighbours is a site with articles that show something of each other, and with others.
func neighbours() map[string]string {
	files := sample()
	files["content/examples/a.md"] = article("甲", long+"\n\n## 背景\n\n见[乙](b/)，![图](a.svg)。")
	files["content/examples/index.md"] = "---\n标题: 案例\n---\n" + long + "介绍。\n"
	for _, section := range []string{"examples", "notices", "search"} { // the index has a folder of that name, too
		files["config.toml"] += "[sections." + section + "]\nkind = \"notice\"\n"
	}
	files["config.toml"] += "[sections.rules]\nkind = \"regulation\"\n[sections.model-sites]\nkind = \"model-site\"\n"
	files["content/search/find.md"] = article("寻访", long)
	files["content/notices/gone.md"] = strings.Replace(article("撤下的", "话。"), "来源:", "已撤下: 数字有误。\n来源:", 1)
	files["content/notices/told.md"] = article("说过的", long+"见[撤下的](gone.md)。")
	files["content/about.md"] = "---\n标题: 关于\n---\n" + long
	for i := range 40 {
		name := string(rune('a'+i/10)) + string(rune('0'+i%10))
		files["content/notices/"+name+".md"] = strings.Replace(article("通知"+name, long+name), "来源:", "标签: [公开"+name[1:]+", 服务]\n来源:", 1)
	}
	files["content/notices/moved.md"] = strings.Replace(article("搬过", long), "来源:", "旧网址: [notices/before.html]\n来源:", 1)
	files["content/notices/shows.md"] = article("引用", long+"\n\n::card{to=a7.md}\n")
	files["content/rules/old.md"] = strings.Replace(article("旧规", long), "来源:", "发布机关: 县府\n状态: 已修订\n来源:", 1)
	files["content/rules/new.md"] = strings.Replace(article("新规", long), "来源:", "发布机关: 县府\n状态: 现行有效\n取代: /rules/old.md\n来源:", 1)
	files["content/terms/tags/fu-wu.md"] = "---\n标题: 服务\n---\n说明。\n"
	files["content/model-sites/s.md"], files["content/model-sites/t.md"] = article("某村", long), article("某街道", long)
	files["content/notices/later.md"] = strings.Replace(article("以后", "话。"), "2024-01-01", "2026-06-01", 1)
	return files
}

// rewording is an edit of one file of [neighbours].
type rewording struct {
	name, file string
	text       func(string) string
	takes      takes
	moves      bool // more than the text is another
}

// takes is what an edit takes.
type takes int

const (
	retouching takes = iota // nothing but what is near is linked
	previewing              // so in a preview; a build links all
	linking                 // all is linked
)

const oneNotice = "content/notices/b3.md"

var rewordings = func() []rewording {
	const a, n = "content/examples/a.md", oneNotice
	return []rewording{
		{"prose", a, func(s string) string { return s + "又一段。\n" }, retouching, false},
		{"prose of another", n, func(s string) string { return s + "龘靐。\n" }, retouching, false},
		{"fewer words", n, func(s string) string { return strings.Replace(s, long, long[:len(long)/2], 1) }, retouching, false},
		{"a line above", a, func(s string) string { return strings.Replace(s, "## 背景", "插进来的一段。\n\n## 背景", 1) }, retouching, false},
		{"a directive", a, func(s string) string { return s + ":::callout{type=note}\n提示\n:::\n" }, retouching, false},
		{"a warning", a, func(s string) string { return s + "[空](http://)。**没有合上。\n" }, retouching, false},
		{"beside a link to what was taken down", "content/notices/told.md", func(s string) string { return s + "又一段。\n" }, retouching, false},
		{"a section in the folder of the index", "content/search/find.md", func(s string) string { return s + "又一段。\n" }, retouching, false},
		{"nothing", a, func(s string) string { return s }, retouching, false},
		{"a page without a section", "content/about.md", func(s string) string { return s + "又一段。\n" }, retouching, false},
		{"a summary", a, func(s string) string { return strings.Replace(s, long, "新的开头。"+long, 1) }, retouching, true},
		{"a title", a, func(s string) string { return strings.Replace(s, "甲", "新", 1) }, retouching, true},
		{"a title on the home page", "content/notices/a0.md", func(s string) string { return strings.Replace(s, "通知", "龘知", 1) }, retouching, true},
		{"a title that names a term", n, func(s string) string { return strings.Replace(s, "通知", "要公开9的服务与人员公开3", 1) }, retouching, true},
		{"a title and the text", n, func(s string) string { return strings.Replace(s, "通知", "通告", 1) + "靐。\n" }, retouching, true},
		{"a title on the second page of a list", "content/notices/d9.md", func(s string) string { return strings.Replace(s, "通知", "齉知", 1) }, retouching, true},
		{"a title with an old address", "content/notices/moved.md", func(s string) string { return strings.Replace(s, "搬过", "搬了", 1) }, retouching, true},
		{"a title that another article leads to", "content/examples/b/index.md", func(s string) string { return strings.Replace(s, "乙", "癸", 1) }, retouching, true},
		{"a title that another article names", "content/rules/old.md", func(s string) string { return strings.Replace(s, "旧规", "老规", 1) }, linking, true},
		{"a title that names another article", "content/rules/new.md", func(s string) string { return strings.Replace(s, "新规", "改规", 1) }, retouching, true},
		{"a title that a directive shows", "content/notices/a7.md", func(s string) string { return strings.Replace(s, "通知", "告知", 1) }, previewing, true},
		{"a title in a list of the theme, all of which is near", "content/model-sites/s.md", func(s string) string { return strings.Replace(s, "村", "镇", 1) }, retouching, true},
		{"a title like no other", "content/notices/b1.md", func(s string) string { return strings.Replace(s, "通知", "告知", 1) }, retouching, true},
		{"a title of a page without a section", "content/about.md", func(s string) string { return strings.Replace(s, "关于", "简介", 1) }, linking, true},
		{"a title of a term", "content/terms/tags/fu-wu.md", func(s string) string { return strings.Replace(s, "服务", "公开1", 1) }, linking, true},
		{"a date", n, func(s string) string { return strings.Replace(s, "2024-01-01", "2024-01-02", 1) }, linking, false},
		{"a tag", n, func(s string) string { return strings.Replace(s, "服务", "监督", 1) }, linking, false},
		{"a heading", a, func(s string) string { return s + "## 做法\n" }, linking, false},
		{"a link", a, func(s string) string { return s + "[丙](c.MARKDOWN)\n" }, linking, false},
		{"a link to one that is not public", a, func(s string) string { return s + "[以后](/notices/later.md)\n" }, linking, false},
		{"a dead link", a, func(s string) string { return s + "[无](none.md)\n" }, linking, false},
		{"a draft", a, func(s string) string { return strings.Replace(s, "来源:", "草稿: true\n来源:", 1) }, linking, false},
		{"withdrawn", a, func(s string) string { return strings.Replace(s, "来源:", "已撤下: 数字有误。\n来源:", 1) }, linking, false},
		{"an error", a, func(s string) string { return s + ":::nothing\n:::\n" }, linking, false},
		{"one that is not public", "content/notices/later.md", func(s string) string { return s + "又一段。\n" }, previewing, false},
		{"an introduction", "content/examples/index.md", func(s string) string { return s + "新的介绍。\n" }, linking, false},
		{"a picture", "content/examples/a.svg", func(string) string { return "<svg><path/></svg>" }, linking, false},
		{"a file", "static/files/表 1.pdf", func(string) string { return "z" }, linking, false},
		{"a file more", "static/new.txt", func(string) string { return "z" }, linking, false},
		{"a table", "data/a.csv", func(string) string { return "a,b\n1,2\n" }, linking, false},
		{"the theme", "layouts/page.html", func(string) string { return `{{define "main"}}{{.Title}}{{end}}` }, linking, false},
		{"the configuration", "config.toml", func(s string) string { return s + "title = \"新\"\n" }, linking, false},
		{"a new article", "content/notices/new.md", func(string) string { return article("新", "话。") }, linking, false},
	}
}()

// TestRetouch: what an edit of a text comes to in a process that knows what is kept
// alone is what a build from nothing comes to, with a few articles; and where more moved
// it is left to linking.
func TestRetouch(t *testing.T) {
	first := neighbours()
	for _, c := range rewordings {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := publish(t, maps.Clone(first), options)
			p.put(c.file, c.text(first[c.file]))
			from, snap, state, ok := p.retouch(options)
			if ok != (c.takes == retouching) {
				t.Fatalf("retouched: %v\n%v", ok, p.last.Diagnostics)
			}
			if !ok {
				return
			}
			if !c.moves && len(snap.Site.Pages) > 20 {
				t.Errorf("%d articles were linked", len(snap.Site.Pages))
			}
			p.keep(from, snap, state)
			p.equals(options)
			// and once more, on top of that
			p.put(oneNotice, first[oneNotice]+"再来一段齉。\n")
			if from, snap, state, ok = p.retouch(options); !ok {
				t.Fatal("not a second time")
			}
			p.keep(from, snap, state)
			p.equals(options)
			_, loaded := p.reopened()
			defer loaded.Close()
			again, _, err := Take(p.site, from, must(Draw(p.site, options)), loaded, options)
			if err != nil || !slices.Equal(again.Diagnostics, p.last.Diagnostics) {
				t.Errorf("the State does not fit the files: %v", err)
			}
		})
	}
}

// TestNoRetouch: what is kept has to be what was published, and the clock in its span.
func TestNoRetouch(t *testing.T) {
	const a = "content/examples/a.md"
	first := neighbours()
	for _, c := range []struct {
		name   string
		change func(*shown, *Options)
		want   bool
	}{
		{"all is well", func(*shown, *Options) {}, true},
		{"an article is due", func(_ *shown, o *Options) { o.Selection.Now = o.Selection.Now.AddDate(1, 0, 0) }, false},
		{"articles are inspected", func(_ *shown, o *Options) { o.Check = true }, false},
		{"another engine", func(_ *shown, o *Options) { o.Engine = digest.Of([]byte("new")) }, false},
		{"what is kept was published elsewhere", func(p *shown, _ *Options) { p.last.Articles = digest.Of([]byte("others")) }, false},
		{"its page has another key", func(p *shown, _ *Options) { p.key("examples/a.html") }, false},
		{"its index is another", func(p *shown, _ *Options) { p.last.Index = digest.Of([]byte("others")) }, false},
		{"what is near is lost", func(p *shown, _ *Options) { p.lose("near") }, false},
		{"the index is lost", func(p *shown, _ *Options) { p.lose("index") }, false},
		{"what is known is lost", func(p *shown, _ *Options) { p.lose("docs") }, false},
		{"an article is gone", func(p *shown, _ *Options) { p.lose("../content/notices/a1.md") }, false},
		{"many were edited", func(p *shown, _ *Options) {
			for name, text := range first {
				if strings.HasPrefix(name, "content/notices/") {
					p.put(name, text+"多。\n")
				}
			}
		}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			opt := options
			p := publish(t, maps.Clone(first), opt)
			p.put(a, first[a]+"又一段龘。\n")
			c.change(p, &opt)
			_, _, state, ok := p.retouch(opt)
			if ok != c.want {
				t.Errorf("retouched: %v", ok)
			}
			if err := state.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

// key gives a published file another key.
func (p *shown) key(path string) {
	i := slices.IndexFunc(p.outputs, func(o build.Output) bool { return o.Path == path })
	p.outputs[i].Key = digest.Of([]byte("another"))
}

// lose deletes a file of what is kept.
func (p *shown) lose(name string) {
	p.t.Helper()
	if err := os.Remove(filepath.Join(p.dir, own, name)); err != nil {
		p.t.Fatal(err)
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// TestOthers: what stands for all but articles' stamps is not moved by an edit of one, and
// is not known as long as another file is young.
func TestOthers(t *testing.T) {
	d := write(t, neighbours())
	s, state := d.reopened()
	defer state.Close()
	look := func(clock int64) Sources { return must(Look(s, clock, options)) }
	before := look(after())
	d.put("content/examples/a.md", article("甲", "短。"))
	now := look(after())
	if before.Others != now.Others || before.Others == (digest.Digest{}) || before.Digest == now.Digest {
		t.Error("an edit of an article moves more than its stamp")
	}
	d.put("static/robots.txt", "User-agent: none\n")
	if look(after()).Others == now.Others {
		t.Error("another file moves nothing")
	}
	if young := look(time.Now().UnixNano()); young.Others != (digest.Digest{}) || young.Trusted {
		t.Error("a young file is trusted")
	}
}
