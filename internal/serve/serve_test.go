package serve

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"qinglian/internal/diag"
	"qinglian/internal/site"
	"qinglian/internal/snapshot"
	"qinglian/internal/source"
	"qinglian/themes"
)

var files = map[string]string{
	"config.toml": "title = \"小站\"\nbase_url = \"https://a.example/\"\nid_code = \"bm00000000\"\n[footer]\norganizer = \"县清廉办\"\ncontact = \"0999-555-0100\"\n" +
		"[sections.notices]\ntitle = \"动态\"\nkind = \"notice\"\n",
	"content/notices/one.md":    "---\n标题: 第一篇\n日期: 2026-01-02\n来源: 本站\n---\n见[第二篇](two.md)。\n\n**第二段**，两 words。\n",
	"content/notices/two.md":    "---\n标题: 第二篇\n日期: 2026-01-03\n来源: 本站\n草稿: true\n---\n话。\n",
	"content/notices/later.md":  "---\n标题: 以后\n日期: 2026-06-01 08:00\n来源: 本站\n---\n各乡镇：\n话一\n话二。\n\n县纪委监委\n2026年6月1日\n",
	"static/.preview/events":    "不能挡住预览",
	"static/qinglian-preview.x": "别的文件",
}

// bench is a site with a Maker and a Server of it.
type bench struct {
	*testing.T
	*Server
	maker  *Maker
	now    time.Time
	opened []string
	shown  int
}

func newBench(t *testing.T, how How) *bench {
	t.Helper()
	dir := t.TempDir()
	b := &bench{T: t, now: time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)}
	for name, text := range files {
		to := filepath.Join(dir, filepath.FromSlash(name))
		b.must(os.MkdirAll(filepath.Dir(to), 0o755))
		b.must(os.WriteFile(to, []byte(text), 0o644))
	}
	s, err := source.Open(dir)
	b.must(err)
	t.Cleanup(func() { s.Close() })
	how.Desk = Desk{Root: s.Root, Run: func(path string) error { b.opened = append(b.opened, path); return nil }}
	if how.Hosts == nil {
		how.Hosts = []string{"127.0.0.1:1313"}
	}
	b.Server, err = New(how)
	b.must(err)
	b.maker = &Maker{Site: s,
		Clock: func() (int64, error) { return time.Now().UnixNano(), nil },
		Options: func() snapshot.Options {
			return snapshot.Options{Themes: themes.FS, Jobs: 1, Standing: true, Selection: site.Selection{Now: b.now, Drafts: true, Future: true}}
		},
		Show: func(p *Preview, _ []string) { b.shown++; b.Show(p, "") },
	}
	if err := b.maker.Begin(func() (snapshot.State, error) { return snapshot.State{}, nil }); err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *bench) must(err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

// ask answers one request.
func (b *bench) ask(method, path string, header map[string]string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://127.0.0.1:1313"+path, nil)
	r.RemoteAddr = "127.0.0.1:50000"
	for key, value := range header {
		switch key {
		case "Host":
			r.Host = value
		case "From":
			r.RemoteAddr = value
		default:
			r.Header.Set(key, value)
		}
	}
	w := httptest.NewRecorder()
	b.ServeHTTP(w, r)
	return w
}

// TestGuard is who is answered.
func TestGuard(t *testing.T) {
	type header = map[string]string
	open := newBench(t, How{})
	shared := newBench(t, How{Token: "secret", Hosts: []string{"127.0.0.1:1313", "192.0.2.7:1313"}, Phone: "http://192.0.2.7:1313/secret/"})
	const own, phone = "http://127.0.0.1:1313", "192.0.2.9:40000"
	for _, c := range []struct {
		name   string
		of     *bench
		method string
		path   string
		header header
		status int
	}{
		{"a page", open, "GET", "/notices/one.html", nil, 200},
		{"its head", open, "HEAD", "/notices/one.html", nil, 200},
		{"a page written to", open, "POST", "/notices/one.html", header{"Origin": own}, 405},
		{"another host", open, "GET", "/", header{"Host": "evil.example:1313"}, 403},
		{"another port", open, "GET", "/", header{"Host": "127.0.0.1:80"}, 403},
		{"another origin", open, "GET", "/", header{"Origin": "http://evil.example"}, 403},
		{"another origin with this name", open, "GET", "/", header{"Origin": "https://127.0.0.1:1313"}, 403},
		{"a frame of a page elsewhere", open, "GET", "/", header{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}, 403},
		{"a picture of a page elsewhere", open, "GET", "/", header{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}, 403},
		{"another port's script", open, "GET", "/.preview/events", header{"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"}, 403},
		{"a link on a page elsewhere", open, "GET", "/", header{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, 200},
		{"opening without an origin", open, "POST", "/.preview/open?file=content/notices/one.md", nil, 403},
		{"opening from nowhere", open, "POST", "/.preview/open?file=content/notices/one.md", header{"Origin": "null"}, 403},
		{"opening by a link", open, "GET", "/.preview/open?file=content/notices/one.md", nil, 404},
		{"opening", open, "POST", "/.preview/open?file=content/notices/one.md", header{"Origin": own}, 200},
		{"opening what is not there", open, "POST", "/.preview/open?file=content/notices/no.md", header{"Origin": own}, 409},
		{"opening what is outside", open, "POST", "/.preview/open?file=../x.md", header{"Origin": own}, 409},
		{"opening a folder", open, "POST", "/.preview/open?folder=content", header{"Origin": own}, 200},
		{"opening a folder that is a file", open, "POST", "/.preview/open?folder=config.toml", header{"Origin": own}, 409},
		{"the parts of the preview's pages", open, "GET", "/.preview/bar.html", nil, 404},
		{"the code without phones", open, "GET", "/.preview/qr.png?page=index.html", nil, 404},
		{"without a token", shared, "GET", "/", nil, 403},
		{"with another token", shared, "GET", "/secre/", nil, 403},
		{"with the token in another place", shared, "GET", "/index.html?secret", nil, 403},
		{"with the token", shared, "GET", "/secret/", nil, 200},
		{"with the token alone", shared, "GET", "/secret", nil, 302},
		{"a phone", shared, "GET", "/secret/notices/one.html", header{"Host": "192.0.2.7:1313", "From": phone}, 200},
		{"the code", shared, "GET", "/secret/.preview/qr.png?page=index.html", header{"Host": "192.0.2.7:1313", "From": phone}, 200},
		{"a phone that opens", shared, "POST", "/secret/.preview/open?file=config.toml", header{"Host": "192.0.2.7:1313", "Origin": "http://192.0.2.7:1313", "From": phone}, 403},
		{"a phone's form", shared, "GET", "/secret/.preview/new", header{"Host": "192.0.2.7:1313", "From": phone}, 403},
		{"a phone that writes", shared, "POST", "/secret/.preview/new?title=x", header{"Host": "192.0.2.7:1313", "Origin": "http://192.0.2.7:1313", "From": phone}, 403},
	} {
		w := c.of.ask(c.method, c.path, c.header)
		if w.Code != c.status {
			t.Errorf("%s: status %d, want %d\n%s", c.name, w.Code, c.status, w.Body)
		}
		if w.Header().Get("X-Qinglian-Build") != "1" {
			t.Errorf("%s: no number", c.name)
		}
		if w.Code == http.StatusForbidden && (strings.Contains(w.Body.String(), "secret") || strings.Contains(w.Body.String(), "小站")) {
			t.Errorf("%s: told %s", c.name, w.Body)
		}
	}
	if got := fmt.Sprint(open.opened, shared.opened); strings.Count(got, "content") != 2 {
		t.Errorf("opened %s", got)
	}
}

// A site's own file can't stand where the preview's are.
func TestOwnNames(t *testing.T) {
	b := newBench(t, How{})
	if w := b.ask("GET", "/.preview/preview.js", nil); w.Code != 200 || !strings.Contains(w.Body.String(), "EventSource") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := b.ask("GET", "/qinglian-preview.x", nil); w.Code != 200 || w.Body.String() != "别的文件" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestBar(t *testing.T) {
	b := newBench(t, How{})
	page := b.ask("GET", "/notices/one.html", nil).Body.String()
	for _, want := range []string{`<span class="file">content/notices/one.md</span>`, `<span class="words">12 字</span>`, `<i data-path="notices/two.html">草稿</i>`, "2026-06-01 08:00 起公开"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s in\n%s", want, page[strings.Index(page, "<aside id=\"qinglian"):])
		}
	}
	for near, line := range map[string]string{"第二段，两 words。": "8", "见第二篇。": "6", "没有": "1", "": "1"} {
		if got := b.ask("GET", "/.preview/line?page=notices/one.html&near="+url.QueryEscape(near), nil); got.Body.String() != line {
			t.Errorf("%q is on line %s, not %s", near, got.Body, line)
		}
	}
}

// The bar says what was taken of a text's form for granted, and nothing of others.
func TestRecognised(t *testing.T) {
	b := newBench(t, How{})
	page := b.ask("GET", "/notices/later.html", nil).Body.String()
	for _, want := range []string{"<summary>版面</summary>", "2 段里的换行照样分行", "认出了开头的称谓", "认出了文末的落款"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s in\n%s", want, page[strings.Index(page, "<aside id=\"qinglian"):])
		}
	}
	if page := b.ask("GET", "/notices/one.html", nil).Body.String(); strings.Contains(page, "<summary>版面</summary>") {
		t.Error("a text of single lines has a form")
	}
}

// The bar speaks one language, its marks included.
func TestBarInEnglish(t *testing.T) {
	page := newBench(t, How{Lang: diag.EN}).ask("GET", "/notices/one.html", nil).Body.String()
	for _, want := range []string{`<i data-path="notices/two.html">draft</i>`, "public from 2026-06-01 08:00"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s in\n%s", want, page[strings.Index(page, "<aside id=\"qinglian"):])
		}
	}
}

// What only the clock changes is shown, too: a mark that is no longer true.
func TestBecomesPublic(t *testing.T) {
	b := newBench(t, How{})
	b.maker.all = true
	b.maker.make()
	if b.shown != 1 {
		t.Errorf("%d Previews of one site", b.shown)
	}
	b.now = time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)
	b.maker.all = true
	b.maker.make()
	if page := b.ask("GET", "/notices/later.html", nil).Body.String(); b.shown != 2 || strings.Contains(page, "起公开") {
		t.Errorf("%d Previews; the page is still marked", b.shown)
	}
}

// A failure that changes is told as it is now, and is gone with its cause.
func TestStuck(t *testing.T) {
	b := newBench(t, How{})
	clock := b.maker.Clock
	fail := func(text string) {
		b.maker.Clock = func() (int64, error) { return 0, fmt.Errorf("%s", text) }
		for range patience + 1 {
			b.maker.make()
		}
	}
	fail("失败一")
	fail("失败二")
	page := b.ask("GET", "/notices/one.html", nil).Body.String()
	if strings.Contains(page, "失败一") || !strings.Contains(page, "失败二") || !strings.Contains(page, "第二段") {
		t.Errorf("after two failures:\n%s", page)
	}
	b.maker.Clock = clock
	b.maker.make()
	if page := b.ask("GET", "/notices/one.html", nil).Body.String(); strings.Contains(page, "失败") {
		t.Errorf("after it is over:\n%s", page)
	}
}

// TestBrokenPicture: a picture that can't be shown is told of on the pages that
// refer to it; what concerns no page, on all.
func TestBrokenPicture(t *testing.T) {
	b := newBench(t, How{})
	put := func(name, text string) {
		b.must(b.maker.Site.Root.WriteFile(name, []byte(text), 0o644))
		then := time.Now().Add(-time.Minute) // written to its end
		b.must(b.maker.Site.Root.Chtimes(name, then, then))
	}
	said := func() string {
		b.maker.all = true
		b.maker.make()
		p := b.maker.Latest()
		var all []string
		for _, path := range []string{"index.html", "notices/one.html", "notices/two.html"} {
			all = append(all, fmt.Sprint(len(p.over(path)), len(p.elsewhere(path))))
		}
		return strings.Join(all, ", ")
	}
	put("content/notices/hall.jpg", "")
	put("content/notices/one.md", files["content/notices/one.md"]+"\n![大厅](hall.jpg)\n")
	if got := said(); got != "0 1, 1 0, 0 1" {
		t.Errorf("with a broken picture: %s", got)
	}
	put("config.toml", files["config.toml"]+"[wrong]\n")
	if got := said(); got != "1 1, 2 0, 1 1" {
		t.Errorf("with a wrong setting too: %s", got)
	}
	put("config.toml", files["config.toml"])
	put("content/notices/one.md", files["content/notices/one.md"])
	if got := said(); got != "0 0, 0 0, 0 0" {
		t.Errorf("when all is well: %s", got)
	}
}
