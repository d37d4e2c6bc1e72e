package feed

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"qinglian/internal/build"
	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/digest"
	"qinglian/internal/image"
	"qinglian/internal/markdown"
	"qinglian/internal/site"
)

var engine = digest.Of([]byte("engine"))

// outputs is what a site of articles in memory gives, by path.
func outputs(t *testing.T, settings string, articles map[string]string, files ...site.File) map[string]build.Output {
	t.Helper()
	c, problems := config.Parse([]byte(settings))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	compiler := content.Compiler{Config: c, Dialect: markdown.New()}
	var docs []*content.Doc
	for name, text := range articles {
		d := compiler.Compile("content/"+name, []byte(text))
		docs = append(docs, &d)
	}
	s, problems := site.Link(c, docs, files, site.Selection{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	out := map[string]build.Output{}
	for _, o := range Outputs(s, engine) {
		out[o.Path] = o
	}
	return out
}

func text(t *testing.T, o build.Output) string {
	t.Helper()
	var b strings.Builder
	if err := o.Render(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const settings = `
title    = "清源 & 清风"
base_url = "https://www.example.org/sub"
[sections.examples]
title = "典型案例"
kind  = "example"
[sections.notes]
`

func articles() map[string]string {
	return map[string]string{
		"index.md":            "---\n标题: 首页\n---\n",
		"about.md":            "---\n标题: 关于\n---\n",
		"examples/index.md":   "---\n标题: 案例\n---\n",
		"examples/a.md":       "---\n标题: 甲 <乙>\n日期: 2024-05-01 09:30\n来源: 丙\n摘要: \"“一” & 二\"\n标签: [公证, \"R&D\"]\n---\n",
		"examples/b.md":       "---\n标题: 乙\n日期: 2024-04-01\n更新时间: 2024-06-01\n来源: 丙\n---\n正文**一**段\n",
		"examples/draft.md":   "---\n标题: 草稿\n日期: 2024-04-01\n来源: 丙\n草稿: true\n---\n",
		"examples/future.md":  "---\n标题: 以后\n日期: 2027-04-01\n来源: 丙\n---\n",
		"examples/c/index.md": "---\n标题: 丙\n日期: 2023-01-01\n更新时间: 2022-01-01\n来源: 丙\n---\n",
	}
}

const header = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"

func TestRSS(t *testing.T) {
	got := text(t, outputs(t, settings, articles())["rss.xml"])
	want := header + `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>` +
		`<title>清源 &amp; 清风</title><link>https://www.example.org/sub/</link><description>清源 &amp; 清风</description><language>zh-CN</language>` +
		`<lastBuildDate>Sat, 01 Jun 2024 00:00:00 +0800</lastBuildDate>` +
		`<atom:link href="https://www.example.org/sub/rss.xml" rel="self" type="application/rss+xml"></atom:link>` +
		`<item><title>甲 &lt;乙&gt;</title><link>https://www.example.org/sub/examples/a.html</link><guid>https://www.example.org/sub/examples/a.html</guid>` +
		`<pubDate>Wed, 01 May 2024 09:30:00 +0800</pubDate><description>“一” &amp; 二</description><category>公证</category><category>R&amp;D</category></item>` +
		`<item><title>乙</title><link>https://www.example.org/sub/examples/b.html</link><guid>https://www.example.org/sub/examples/b.html</guid>` +
		`<pubDate>Mon, 01 Apr 2024 00:00:00 +0800</pubDate><description>正文一段</description></item>` +
		`<item><title>丙</title><link>https://www.example.org/sub/examples/c.html</link><guid>https://www.example.org/sub/examples/c.html</guid>` +
		`<pubDate>Sun, 01 Jan 2023 00:00:00 +0800</pubDate><description></description></item>` +
		`</channel></rss>`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestAtom: what RFC 4287 asks for is there, dates in RFC 3339.
func TestAtom(t *testing.T) {
	out := outputs(t, settings, articles())
	got := text(t, out["examples/atom.xml"])
	for _, want := range []string{
		`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN"><id>https://www.example.org/sub/examples/atom.xml</id><title>清源 &amp; 清风 典型案例</title><subtitle>典型案例</subtitle><updated>2024-06-01T00:00:00+08:00</updated><author><name>清源 &amp; 清风</name></author>`,
		`<link href="https://www.example.org/sub/examples/" rel="alternate" type="text/html"></link>`,
		`<entry><id>https://www.example.org/sub/examples/b.html</id><title>乙</title><published>2024-04-01T00:00:00+08:00</published><updated>2024-06-01T00:00:00+08:00</updated><author><name>丙</name></author><summary>正文一段</summary><link href="https://www.example.org/sub/examples/b.html" rel="alternate" type="text/html"></link></entry>`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s\nlacks %s", got, want)
		}
	}
	if _, ok := out["notes/atom.xml"]; ok {
		t.Error("a section without articles has a feed")
	}
}

func TestJSONFeed(t *testing.T) {
	got := text(t, outputs(t, settings, articles())["feed.json"])
	item := func(name, title, said, published, modified, tags string) string {
		address := "https://www.example.org/sub/examples/" + name + ".html"
		if modified != "" {
			modified = `"date_modified":"` + modified + `",`
		}
		return `{"id":"` + address + `","url":"` + address + `","title":"` + title + `","content_text":"` + said + `","date_published":"` + published + `",` +
			modified + `"authors":[{"name":"丙"}]` + tags + `}`
	}
	want := `{"version":"https://jsonfeed.org/version/1.1","title":"清源 & 清风","home_page_url":"https://www.example.org/sub/",` +
		`"feed_url":"https://www.example.org/sub/feed.json","description":"清源 & 清风","language":"zh-CN","authors":[{"name":"清源 & 清风"}],"items":[` +
		item("a", "甲 <乙>", "“一” & 二", "2024-05-01T09:30:00+08:00", "", `,"tags":["公证","R&D"]`) + "," +
		item("b", "乙", "正文一段", "2024-04-01T00:00:00+08:00", "2024-06-01T00:00:00+08:00", "") + "," +
		item("c", "丙", "", "2023-01-01T00:00:00+08:00", "", "") + "]}\n" // what changed before it was published did not change
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestWho: the writer comes before the source, the organizer before the site; and
// the cover is told of, by its address.
func TestWho(t *testing.T) {
	all := map[string]string{"examples/a.md": "---\n标题: 甲\n日期: 2024-05-01\n来源: 丙\n作者: 丁\n封面: a.png\n标签: [公证, 服务]\n---\n话。\n"}
	cover := site.File{Source: "content/examples/a.png", Picture: &image.Info{Format: image.PNG, Width: 600, Height: 400}}
	out := outputs(t, settings+"[footer]\norganizer = \"县清廉办\"\n", all, cover)
	for path, wants := range map[string][]string{
		"atom.xml": {`<author><name>县清廉办</name></author><link href="https://www.example.org/sub/atom.xml" rel="self" type="application/atom+xml"></link>`,
			`<author><name>丁</name></author><summary>话。</summary><category term="公证"></category><category term="服务"></category>`},
		"feed.json": {`"authors":[{"name":"县清廉办"}],"items":[`, `"authors":[{"name":"丁"}]`, `"image":"https://www.example.org/sub/examples/a.png"`},
	} {
		for _, want := range wants {
			if got := text(t, out[path]); !strings.Contains(got, want) {
				t.Errorf("%s lacks %s:\n%s", path, want, got)
			}
		}
	}
	all["examples/a.md"] = strings.Replace(all["examples/a.md"], "a.png", "b.png", 1)
	cover.Source = "content/examples/b.png"
	if outputs(t, settings+"[footer]\norganizer = \"县清廉办\"\n", all, cover)["feed.json"].Key == out["feed.json"].Key {
		t.Error("another cover, and the key stayed")
	}
}

// TestMark: a site with an id has it in every file, and in the keys.
func TestMark(t *testing.T) {
	before, after := outputs(t, settings, articles()), outputs(t, "id = \"abcdefgh\"\n"+settings, articles())
	for path, o := range after {
		if n := strings.Count(text(t, o), "qinglian abcdefgh"); n != 1 || o.Key == before[path].Key {
			t.Errorf("%s has it %d times", path, n)
		}
		if strings.Contains(text(t, before[path]), "qinglian") {
			t.Errorf("%s has a mark without an id", path)
		}
	}
	if len(after) < 10 {
		t.Errorf("only %d files", len(after))
	}
}

// TestRobots: a site's own robots.txt wins.
func TestRobots(t *testing.T) {
	if got, want := text(t, outputs(t, settings, articles())["robots.txt"]), "User-agent: *\nDisallow:\n\nSitemap: https://www.example.org/sub/sitemap.xml\n"; got != want {
		t.Errorf("got %q", got)
	}
	if _, ok := outputs(t, settings, articles(), site.File{Source: "static/robots.txt"})["robots.txt"]; ok {
		t.Error("there are two")
	}
}

// TestSitemap: an index of a sitemap for each section and one for the rest.
func TestSitemap(t *testing.T) {
	out := outputs(t, settings, articles())
	url := func(path, modified string) string {
		if modified != "" {
			modified = "<lastmod>" + modified + "</lastmod>"
		}
		return "<url><loc>https://www.example.org/sub/" + path + "</loc>" + modified + "</url>"
	}
	const open = header + `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`
	index := strings.ReplaceAll(url("sitemap-pages.xml", "")+url("examples/sitemap.xml", "2024-06-01T00:00:00+08:00")+url("notes/sitemap.xml", ""), "url>", "sitemap>")
	for path, want := range map[string]string{
		"sitemap.xml": header + `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + index + `</sitemapindex>`,
		"sitemap-pages.xml": open + url("", "") + url("about.html", "") + url("tags/", "") + url("tags/r-d-3v94/", "") + url("tags/gong-zheng-xf93/", "") +
			url("archive/", "") + url("archive/2024/", "") + url("archive/2023/", "") + `</urlset>`,
		"notes/sitemap.xml": open + url("notes/", "") + `</urlset>`,
		"examples/sitemap.xml": open + url("examples/", "") +
			url("examples/a.html", "2024-05-01T09:30:00+08:00") +
			url("examples/b.html", "2024-06-01T00:00:00+08:00") + // the later of its dates
			url("examples/c.html", "2023-01-01T00:00:00+08:00") + `</urlset>`,
	} {
		if got := text(t, out[path]); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", path, got, want)
		}
	}
}

// TestManyAddresses: what does not fit into one sitemap is in the next.
func TestManyAddresses(t *testing.T) {
	m := maker{site: &site.Site{}}
	index := m.sitemap("examples/sitemap", make([]located, 2*sitemapSize+1))
	var paths []string
	for _, o := range m.outputs {
		paths = append(paths, fmt.Sprint(o.Path, " ", strings.Count(text(t, o), "<url>")))
	}
	if got := strings.Join(paths, ", "); len(index) != 3 || got != "examples/sitemap.xml 50000, examples/sitemap-2.xml 50000, examples/sitemap-3.xml 1" {
		t.Errorf("%d in the index: %s", len(index), got)
	}
}

// TestUndated: an article without a date is no news, but has its address.
func TestUndated(t *testing.T) {
	out := outputs(t, settings, map[string]string{"notes/my-index.md": "---\n标题: 甲\n---\n"})
	if _, ok := out["rss.xml"]; ok {
		t.Error("a feed without entries")
	}
	if got := text(t, out["notes/sitemap.xml"]); !strings.Contains(got, "<url><loc>https://www.example.org/sub/notes/my-index.html</loc></url>") {
		t.Errorf("got %s", got)
	}
}

// TestNoBaseURL: without an address of the site there is nothing to say.
func TestNoBaseURL(t *testing.T) {
	if got := outputs(t, "", nil); len(got) > 0 {
		t.Errorf("got %v", got)
	}
}

// TestNewest: the feed holds the newest articles, and its key rests while an
// older one changes.
func TestNewest(t *testing.T) {
	all := map[string]string{}
	for i := range 25 {
		all[fmt.Sprintf("examples/n%02d.md", i)] = fmt.Sprintf("---\n标题: 第%d\n日期: 2024-01-%02d\n来源: 丙\n---\n", i, i+1)
	}
	before := outputs(t, settings, all)
	got := text(t, before["rss.xml"])
	if n := strings.Count(got, "<item>"); n != 20 || !strings.Contains(got, "第24<") || strings.Contains(got, "第4<") {
		t.Errorf("%d items of the newest:\n%s", n, got)
	}
	all["examples/n04.md"] += "另一段"
	all["examples/n04.md"] = strings.Replace(all["examples/n04.md"], "第4", "改了", 1)
	older := outputs(t, settings, all)
	if older["rss.xml"].Key != before["rss.xml"].Key || older["examples/sitemap.xml"].Key != before["examples/sitemap.xml"].Key {
		t.Error("a key moved with an article that is not shown")
	}
}

// TestKeys move when the bytes do.
func TestKeys(t *testing.T) {
	before := outputs(t, settings, articles())
	for name, edit := range map[string]struct{ file, old, new string }{
		"title":    {"examples/a.md", "甲", "戊"},
		"summary":  {"examples/a.md", "二", "三"},
		"tag":      {"examples/a.md", "公证", "公正"},
		"date":     {"examples/b.md", "2024-04-01", "2024-04-02"},
		"updated":  {"examples/b.md", "2024-06-01", "2024-06-02"},
		"prose":    {"examples/b.md", "一", "二"}, // it is the summary
		"intro":    {"examples/index.md", "案例", "例"},
		"page":     {"about.md", "关于", "说明"},
		"draft":    {"examples/draft.md", "草稿: true\n", ""},
		"new name": {"examples/b.md", "来源", "网址名: bb\n来源"},
		"base":     {"", "sub", "other"},
		"site":     {"", "清风", "清廉"},
		"section":  {"", "notes", "news"},
		"language": {"", "title ", "language = \"zh\"\ntitle "},
		"column":   {"", "典型案例", "案例"},
		"nothing":  {"", "kind  = \"example\"", "order = 0\nkind = \"example\""},
	} {
		all, own := articles(), settings
		if !strings.Contains(all[edit.file]+own, edit.old) {
			t.Fatalf("%s: nothing to edit", name)
		}
		if edit.file == "" {
			own = strings.Replace(own, edit.old, edit.new, 1)
		} else {
			all[edit.file] = strings.Replace(all[edit.file], edit.old, edit.new, 1)
		}
		moved := compare(t, name, before, outputs(t, own, all))
		if name == "nothing" && len(moved) > 0 {
			t.Errorf("%s: the keys of %s moved", name, moved)
		}
	}
}

// TestZone: moments that were typed with their offset stay; how they are written is
// the site's zone's.
func TestZone(t *testing.T) {
	all := map[string]string{"examples/b.md": articles()["examples/b.md"]}
	for _, day := range []string{"2024-04-01", "2024-06-01"} {
		all["examples/b.md"] = strings.Replace(all["examples/b.md"], day, day+"T10:00:00+08:00", 1)
	}
	before := outputs(t, settings, all)
	moved := compare(t, "zone", before, outputs(t, strings.Replace(settings, "title ", "timezone = \"Asia/Tokyo\"\ntitle ", 1), all))
	if !slices.Contains(moved, "examples/sitemap.xml") {
		t.Errorf("moved %s", moved)
	}
}

// compare names the outputs whose keys moved, and fails where bytes did and the key
// did not. One whose section has another name is another.
func compare(t *testing.T, what string, before, after map[string]build.Output) (moved []string) {
	t.Helper()
	for path, o := range before {
		switch {
		case after[path].Render == nil:
		case o.Key != after[path].Key:
			moved = append(moved, path)
		case text(t, o) != text(t, after[path]):
			t.Errorf("%s: the key of %s stayed, its bytes moved", what, path)
		}
	}
	return moved
}

// TestAI: what readers must be told of AI's part in an article stands in each feed, and
// moves its key.
func TestAI(t *testing.T) {
	all := map[string]string{"examples/a.md": "---\n标题: 甲\n日期: 2024-05-01\n来源: 丙\n封面: a.png\n---\n话。\n"}
	cover := func(label image.Label) map[string]build.Output {
		return outputs(t, settings, all, site.File{Source: "content/examples/a.png",
			Picture: &image.Info{Format: image.PNG, Width: 600, Height: 400, Label: label}})
	}
	plain, labelled := cover(image.Label{}), cover(image.Label{AIGC: `{"Label":"1"}`})
	for _, feed := range site.Feeds("") {
		const line = "话。（本文有人工智能生成合成的图片）"
		before, after := text(t, plain[feed.Path]), text(t, labelled[feed.Path])
		if strings.Contains(before, "人工智能") || !strings.Contains(after, line) {
			t.Errorf("%s: %s", feed.Path, after)
		}
		if plain[feed.Path].Key == labelled[feed.Path].Key {
			t.Errorf("%s: the key stayed", feed.Path)
		}
	}
}
