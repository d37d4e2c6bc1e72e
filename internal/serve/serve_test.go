package serve

import (
	"context"
	"fmt"
	"maps"
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
	"static/own.html":           "<!DOCTYPE html><body><script>alert(1)</script></body>",
	"static/own.svg":            "<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>",
	"static/own.xml":            "<a/>",
	"static/own.mht":            "MIME-Version: 1.0",
	"static/own.pdf":            "%PDF-1.7",
	"static/own.js":             "alert(1)",
	"private/notes.md":          "不是网站的",
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
	return benchOf(t, how, files)
}

func benchOf(t *testing.T, how How, files map[string]string) *bench {
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
	how.Site = s
	how.Opener = Opener{Root: s.Root, Run: func(path string) error { b.opened = append(b.opened, path); return nil }}
	if how.Hosts == nil {
		how.Hosts = []string{"127.0.0.1:1313"}
	}
	b.Server, err = New(how)
	b.must(err)
	b.maker = &Maker{Site: s,
		Clock: func() (int64, error) { return time.Now().UnixNano(), nil },
		Options: func() snapshot.Options {
			return snapshot.Options{Themes: themes.FS, Jobs: 1, Standing: true, Lazy: true,
				Selection: site.Selection{Now: b.now, Drafts: true, Future: true}}
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

// ask answers one request. Of the header, Host and From are not the header's, Run
// has the request carry the secret of the run, and Body is a form.
func (b *bench) ask(method, path string, header map[string]string) *httptest.ResponseRecorder {
	ctx, cancel := context.WithTimeout(b.Context(), 5*time.Second) // what is let through by mistake may go on
	defer cancel()
	r := httptest.NewRequestWithContext(ctx, method, "http://127.0.0.1:1313"+path, strings.NewReader(header["Body"]))
	r.RemoteAddr = "127.0.0.1:50000"
	for key, value := range header {
		switch key {
		case "Host":
			r.Host = value
		case "From":
			r.RemoteAddr = value
		case "Run":
			r.Header.Set(tokenHeader, b.run)
		case "Body":
			r.Header.Set("Content-Type", formType)
		default:
			r.Header.Set(key, value)
		}
	}
	w := httptest.NewRecorder()
	b.ServeHTTP(w, r)
	return w
}

type header = map[string]string

// TestGuard is who is answered.
func TestGuard(t *testing.T) {
	open := newBench(t, How{})
	shared := newBench(t, How{Token: "secret", Hosts: []string{"127.0.0.1:1313", "192.0.2.7:1313"},
		Phone: "http://192.0.2.7:1313/secret/"})
	const own, phone = "http://127.0.0.1:1313", "192.0.2.9:40000"
	carrier := newBench(t, How{Carriage: Carriage{Places: func() []string { return []string{"web"} },
		Carry: func(context.Context, string, func(Carried)) Carried {
			t.Error("it was delivered")
			return Carried{}
		}}})
	publisher := newBench(t, How{Publish: func(o Order) Published {
		if o.Seen != "" {
			t.Errorf("published: %+v", o)
		}
		return Published{}
	}, Check: func() (Inspected, error) { return Inspected{}, nil }})
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
		{"a frame of a page elsewhere", open, "GET", "/",
			header{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}, 403},
		{"a picture of a page elsewhere", open, "GET", "/",
			header{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}, 403},
		{"another port's script", open, "GET", "/.preview/events",
			header{"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"}, 403},
		{"a link on a page elsewhere", open, "GET", "/",
			header{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, 200},
		{"opening without an origin", open, "POST", "/.preview/open?file=content/notices/one.md", nil, 403},
		{"opening from nowhere", open, "POST", "/.preview/open?file=content/notices/one.md", header{"Origin": "null"},
			403},
		{"opening by a link", open, "GET", "/.preview/open?file=content/notices/one.md", nil, 405},
		{"opening without the secret", open, "POST", "/.preview/open?file=content/notices/one.md",
			header{"Origin": own}, 403},
		{"opening with another secret", open, "POST", "/.preview/open?file=content/notices/one.md",
			header{"Origin": own, tokenHeader: "secret"}, 403},
		{"opening with the secret, from nowhere", open, "POST", "/.preview/open?file=content/notices/one.md",
			header{"Origin": "null", "Run": ""}, 403},
		{"choosing a look without the secret", open, "POST", "/.preview/wechat/look", header{"Origin": own}, 403},
		{"choosing a look by a link", open, "GET", "/.preview/wechat/look?style=a", nil, 405},
		{"a form with files", open, "POST", "/.preview/new",
			header{"Origin": own, "Run": "", "Content-Type": "multipart/form-data; boundary=a"}, 415},
		{"a form that is too long", open, "POST", "/.preview/new",
			header{"Origin": own, "Run": "", "Body": strings.Repeat("a", longestForm+1)}, 413},
		{"a form that is none", open, "POST", "/.preview/new", header{"Origin": own, "Run": "", "Body": "a=%zz"}, 400},
		{"the form that imports", open, "GET", "/.preview/import", nil, 200},
		{"an import without the secret", open, "POST", "/.preview/import", header{"Origin": own, "Content-Type": "multipart/form-data; boundary=a"}, 403},
		{"an import from nowhere", open, "POST", "/.preview/import",
			header{"Origin": "null", "Run": "", "Content-Type": "multipart/form-data; boundary=a"}, 403},
		{"an import without parts", open, "POST", "/.preview/import", header{"Origin": own, "Run": "", "Content-Type": "multipart/form-data"}, 400},
		{"an import as text", open, "POST", "/.preview/import", header{"Origin": own, "Run": "", "Content-Type": "text/plain"}, 415},
		{"importing what does not lie there", open, "POST", "/.preview/import",
			header{"Origin": own, "Run": "", "Body": "file=private/notes.md"}, 409},
		{"importing an article", open, "POST", "/.preview/import",
			header{"Origin": own, "Run": "", "Body": "file=content/notices/one.md"}, 409},
		{"the page of an article", open, "GET", "/.preview/page?file=content/notices/one.md", nil, 302},
		{"an article without a section", open, "POST", "/.preview/new",
			header{"Origin": own, "Run": "", "Body": "title=a"}, 409},
		{"an article of a section that is not there", open, "POST", "/.preview/new",
			header{"Origin": own, "Run": "", "Body": "section=NOPE&title=a"}, 409},
		{"writing to a line", open, "POST", "/.preview/line", header{"Origin": own, "Run": ""}, 405},
		{"writing to events", open, "POST", "/.preview/events", header{"Origin": own, "Run": ""}, 405},
		{"writing to the script", open, "POST", "/.preview/preview.js", header{"Origin": own, "Run": ""}, 405},
		{"writing to WeChat's page", open, "POST", "/.preview/wechat?page=notices/one.html",
			header{"Origin": own, "Run": ""}, 405},
		{"putting", open, "PUT", "/.preview/new", header{"Origin": own, "Run": ""}, 405},
		{"opening", open, "POST", "/.preview/open?file=content/notices/one.md", header{"Origin": own, "Run": ""}, 200},
		{"the form, over this machine's other address", open, "GET", "/.preview/new", header{"From": "[::1]:50000"},
			200},
		{"opening what is not there", open, "POST", "/.preview/open?file=content/notices/no.md",
			header{"Origin": own, "Run": ""}, 409},
		{"opening what is outside", open, "POST", "/.preview/open?file=../x.md", header{"Origin": own, "Run": ""}, 409},
		{"opening a folder", open, "POST", "/.preview/open?folder=content", header{"Origin": own, "Run": ""}, 200},
		{"opening what a system might run", open, "POST", "/.preview/open?file=static/own.js",
			header{"Origin": own, "Run": ""}, 409},
		{"opening what is no part of the site", open, "POST", "/.preview/open?file=private/notes.md",
			header{"Origin": own, "Run": ""}, 409},
		{"opening a folder that is no part of the site", open, "POST", "/.preview/open?folder=private",
			header{"Origin": own, "Run": ""}, 409},
		{"opening a folder that is a file", open, "POST", "/.preview/open?folder=config.toml",
			header{"Origin": own, "Run": ""}, 409},
		{"the parts of the preview's pages", open, "GET", "/.preview/bar.html", nil, 404},
		{"the code without phones", open, "GET", "/.preview/qr.png?page=index.html", nil, 404},
		{"without a token", shared, "GET", "/", nil, 403},
		{"with another token", shared, "GET", "/secre/", nil, 403},
		{"with the token in another place", shared, "GET", "/index.html?secret", nil, 403},
		{"with the token", shared, "GET", "/secret/", nil, 200},
		{"with the token alone", shared, "GET", "/secret", nil, 302},
		{"a phone", shared, "GET", "/secret/notices/one.html", header{"Host": "192.0.2.7:1313", "From": phone}, 200},
		{"the code", shared, "GET", "/secret/.preview/qr.png?page=index.html",
			header{"Host": "192.0.2.7:1313", "From": phone}, 200},
		{"a phone that opens", shared, "POST", "/secret/.preview/open?file=config.toml",
			header{"Host": "192.0.2.7:1313", "Origin": "http://192.0.2.7:1313", "From": phone, "Run": ""}, 403},
		{"a phone's import", shared, "GET", "/secret/.preview/import", header{"Host": "192.0.2.7:1313", "From": phone}, 403},
		{"a phone that imports", shared, "POST", "/secret/.preview/import",
			header{"Host": "192.0.2.7:1313", "Origin": "http://192.0.2.7:1313", "From": phone, "Run": "", "Content-Type": "multipart/form-data; boundary=a"}, 403},
		{"publishing", open, "GET", "/.preview/publish", nil, 404},
		{"publishing where it is allowed", publisher, "GET", "/.preview/publish", nil, 200},
		{"publishing without the secret", publisher, "POST", "/.preview/publish", header{"Origin": own, "Body": "seen=a"}, 403},
		{"publishing from elsewhere", publisher, "POST", "/.preview/publish",
			header{"Origin": "http://127.0.0.1:1314", "Run": "", "Body": "seen=a"}, 403},
		{"a delivery", carrier, "GET", "/.preview/delivery", nil, 200},
		{"delivering by a link", carrier, "PUT", "/.preview/delivery?place=web", header{"Origin": own, "Run": ""}, 405},
		{"delivering without the secret", carrier, "POST", "/.preview/delivery", header{"Origin": own, "Body": "place=web"}, 403},
		{"delivering from elsewhere", carrier, "POST", "/.preview/delivery",
			header{"Origin": "http://127.0.0.1:1314", "Run": "", "Body": "place=web"}, 403},
		{"delivering to no place", carrier, "POST", "/.preview/delivery", header{"Origin": own, "Run": "", "Body": "place=x"}, 404},
		{"delivering where there is none", open, "POST", "/.preview/delivery", header{"Origin": own, "Run": "", "Body": "place=web"}, 404},
		{"a phone that delivers", carrier, "POST", "/.preview/delivery", header{"Origin": own, "From": phone, "Run": ""}, 403},
		{"a phone that looks at a delivery", carrier, "GET", "/.preview/delivery", header{"From": phone}, 403},
		{"opening what was not published", open, "POST", "/.preview/open?published=1", header{"Origin": own, "Run": ""}, 409},
		{"a phone that publishes", publisher, "POST", "/.preview/publish", header{"Origin": own, "From": phone, "Run": ""}, 403},
		{"a phone that looks what would be published", publisher, "GET", "/.preview/publish", header{"From": phone}, 403},
		{"a phone's form", shared, "GET", "/secret/.preview/new", header{"Host": "192.0.2.7:1313", "From": phone}, 403},
		{"a phone that writes", shared, "POST", "/secret/.preview/new?title=x",
			header{"Host": "192.0.2.7:1313", "Origin": "http://192.0.2.7:1313", "From": phone, "Run": ""}, 403},
	} {
		w := c.of.ask(c.method, c.path, c.header)
		if w.Code != c.status {
			t.Errorf("%s: status %d, want %d\n%s", c.name, w.Code, c.status, w.Body)
		}
		if w.Header().Get("X-Qinglian-Build") != "1" {
			t.Errorf("%s: no number", c.name)
		}
		if w.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: it may be taken for something else", c.name)
		}
		if w.Code == http.StatusForbidden &&
			(strings.Contains(w.Body.String(), "secret") || strings.Contains(w.Body.String(), "小站")) {
			t.Errorf("%s: answered %s", c.name, w.Body)
		}
	}
	if got := fmt.Sprint(open.opened, shared.opened); len(open.opened)+len(shared.opened) != 2 ||
		strings.Count(got, "content") != 2 {
		t.Errorf("opened %s", got)
	}
}

// A site's own file can't stand where the preview's are.
func TestOwnNames(t *testing.T) {
	b := newBench(t, How{})
	if w := b.ask("GET", "/.preview/preview.js", nil); w.Code != 200 ||
		!strings.Contains(w.Body.String(), "EventSource") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := b.ask("GET", "/qinglian-preview.x", nil); w.Code != 200 || w.Body.String() != "别的文件" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// TestContained: what can run a script and is no page of the theme belongs to no
// origin; only pages of the theme have the bar, and only in a tab of this machine's
// the secret. Nothing is taken for what it is not said to be.
func TestContained(t *testing.T) {
	b := newBench(t, How{Phone: "http://192.0.2.7:1313/"})
	for path, c := range map[string]struct{ contained, dressed bool }{
		"/":                    {false, true},
		"/notices/one.html":    {false, true},
		"/no-such-page.html":   {false, true},
		"/own.html":            {true, false},
		"/own.svg":             {true, false},
		"/own.xml":             {true, false},
		"/own.mht":             {true, false},
		"/own.pdf":             {false, false},
		"/own.js":              {false, false},
		"/rss.xml":             {true, false},
		"/.preview/preview.js": {false, false},
	} {
		w := b.ask("GET", path, header{"Sec-Fetch-Dest": "document"})
		if got := w.Header().Get("Content-Security-Policy") == "sandbox"; got != c.contained {
			t.Errorf("%s: contained is %v", path, got)
		}
		if got := strings.Contains(w.Body.String(), "<aside data-qinglian-preview"); got != c.dressed {
			t.Errorf("%s: dressed is %v", path, got)
		}
		if got := strings.Contains(w.Body.String(), b.run); got != c.dressed {
			t.Errorf("%s: has the secret: %v", path, got)
		}
		if w.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s may be taken for something else", path)
		}
	}
	form := b.ask("GET", "/.preview/new", header{"Sec-Fetch-Dest": "document"}).Header().Get("Content-Security-Policy")
	for _, bound := range []string{"default-src 'self'", "form-action 'self'"} {
		if !strings.Contains(form, bound) {
			t.Errorf("the form's policy %q lacks %s", form, bound)
		}
	}
	for why, h := range map[string]header{
		"a frame": {"Sec-Fetch-Dest": "iframe"}, "a script": {"Sec-Fetch-Dest": "empty"},
		"a phone": {"Sec-Fetch-Dest": "document", "From": "192.0.2.9:40000"},
	} {
		if w := b.ask("GET", "/notices/one.html", h); w.Code != 200 || strings.Contains(w.Body.String(), b.run) {
			t.Errorf("%s is given the secret", why)
		}
		if w := b.ask("GET", "/.preview/new", h); strings.Contains(w.Body.String(), b.run) {
			t.Errorf("%s is given the secret of the form", why)
		}
	}
	if w := b.ask("GET", "/.preview/new", nil); !strings.Contains(w.Body.String(), b.run) {
		t.Error("the form has no secret")
	}
}

func TestBar(t *testing.T) {
	b := newBench(t, How{})
	page := b.ask("GET", "/notices/one.html", nil).Body.String()
	for _, want := range []string{`<span class="file">content/notices/one.md</span>`,
		`<span class="words">12 字</span>`, `<i data-path="notices/two.html">草稿</i>`, "2026-06-01 08:00 起公开"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s in\n%s", want, page[strings.Index(page, "<aside data-"):])
		}
	}
	for near, line := range map[string]string{"第二段，两 words。": "8", "见第二篇。": "6", "没有": "1", "": "1"} {
		got := b.ask("GET", "/.preview/line?page=notices/one.html&near="+url.QueryEscape(near), nil)
		if got.Body.String() != line {
			t.Errorf("%q is on line %s, not %s", near, got.Body, line)
		}
	}
}

// The bar lists what readers don't see, with the reason: what is shown here by a link.
func TestBarHeld(t *testing.T) {
	all := maps.Clone(files)
	all["content/notices/gone.md"] = "---\n标题: <旧>\n日期: 2026-01-02\n来源: 本站\n已撤下: 是\n---\n"
	all["content/notices/past.md"] = "---\n标题: 过去\n日期: 2026-01-02\n来源: 本站\n下线时间: 2026-02-02\n---\n"
	page := benchOf(t, How{}, all).ask("GET", "/notices/one.html", nil).Body.String()
	const want = `<summary>4 篇没有公开</summary><div class="up"><a href="../notices/later.html">以后 · 2026-06-01 08:00 起公开</a>` +
		`<a href="../notices/two.html">第二篇 · 草稿</a><span>&lt;旧&gt; · 已撤下</span><span>过去 · 已过期</span></div>`
	if !strings.Contains(page, want) {
		t.Errorf("no %s in\n%s", want, page[strings.Index(page, "<aside data-"):])
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
			t.Errorf("no %s in\n%s", want, page[strings.Index(page, "<aside data-"):])
		}
	}
}

// What only the clock changes is shown, too: a mark that is no longer true.
func TestBecomesPublic(t *testing.T) {
	b := newBench(t, How{})
	clock := b.maker.Clock
	b.maker.Clock = func() (int64, error) { // by then no file is young
		now, err := clock()
		return now + int64(time.Minute), err
	}
	b.maker.all = true
	b.maker.make()
	if b.shown != 1 || !b.maker.unmoved(b.maker.Options()) {
		t.Fatalf("%d Previews of one site; nothing moved: %v", b.shown, b.maker.unmoved(b.maker.Options()))
	}
	b.now = time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)
	b.maker.all = true
	b.maker.make()
	if page := b.ask("GET", "/notices/later.html", nil).Body.String(); b.shown != 2 || strings.Contains(page, "起公开") {
		t.Errorf("%d Previews; the page is still marked", b.shown)
	}
}

// A failure that changes is reported as it is now, and is gone with its cause.
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

// TestBrokenPicture: a picture that can't be shown is reported on the pages that
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
