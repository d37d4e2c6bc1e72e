package main

import (
	"fmt"
	"html"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// The article that is saved, and its page.
const (
	bridge     = "content/examples/bridge.md"
	bridgePage = "examples/bridge.html"
)

// saves are the ways in which programs save a file.
var saves = []struct {
	name string
	save func(p *editing, name, text string)
}{
	{"written over", func(p *editing, name, text string) { p.write(name, text) }},
	{"emptied and written in two steps", func(p *editing, name, text string) {
		f, err := os.Create(p.at(name))
		p.check(err)
		time.Sleep(20 * time.Millisecond)
		half := len(text) / 2
		for _, part := range []string{text[:half], text[half:]} {
			_, err = f.WriteString(part)
			p.check(err)
			time.Sleep(20 * time.Millisecond)
		}
		p.check(f.Close())
	}},
	{"written beside and renamed", func(p *editing, name, text string) {
		p.write(name+".new", text)
		p.check(os.Rename(p.at(name+".new"), p.at(name)))
	}},
	{"vim", func(p *editing, name, text string) {
		try := path.Join(path.Dir(name), "4913")
		p.write(try, "")
		p.remove(try)
		p.check(os.Rename(p.at(name), p.at(name+"~")))
		p.write(name, text)
		p.remove(name + "~")
	}},
	{"WPS", func(p *editing, name, text string) {
		lock := path.Join(path.Dir(name), "~$"+path.Base(name))
		p.write(lock, "锁")
		p.remove(name)
		time.Sleep(100 * time.Millisecond)
		p.write(name, text)
		p.remove(lock)
	}},
	{"Notepad", func(p *editing, name, text string) {
		p.write(name, "")
		p.write(name, text)
	}},
	{"in GBK", func(p *editing, name, text string) {
		gbk, err := simplifiedchinese.GB18030.NewEncoder().String(text)
		p.check(err)
		p.write(name, gbk)
	}},
	{"with CRLF and a mark", func(p *editing, name, text string) {
		p.write(name, "\ufeff"+strings.ReplaceAll(text, "\n", "\r\n"))
	}},
	{"at the end", func(p *editing, name, text string) {
		f, err := os.OpenFile(p.at(name), os.O_APPEND|os.O_WRONLY, 0)
		p.check(err)
		_, err = f.WriteString(strings.TrimPrefix(text, p.read(name)))
		p.check(err)
		p.check(f.Close())
	}},
	{"twice, 10 ms apart", func(p *editing, name, text string) {
		p.write(name, text+"\n多余的。\n")
		time.Sleep(10 * time.Millisecond)
		p.write(name, text)
	}},
	{"again at the same time and size", func(p *editing, name, text string) {
		p.write(name, strings.Replace(text, "一条河", "一条江", 1))
		info, err := os.Stat(p.at(name))
		p.check(err)
		p.write(name, text)
		p.check(os.Chtimes(p.at(name), info.ModTime(), info.ModTime()))
	}},
}

// ways are the ways of seeing that something changed.
var ways = []struct {
	name  string
	flags []string
}{{"told", nil}, {"polling", []string{"--poll"}}}

// TestSaves: however a program saves, the page is that of what was saved, and
// no error is shown on the way.
func TestSaves(t *testing.T) {
	for _, way := range ways {
		t.Run(way.name, func(t *testing.T) {
			t.Parallel()
			p := newWorkshop(t).serve(way.flags...)
			p.reader("", bridgePage, "notices/index.html")
			p.shows(bridgePage, "一条河")
			for i, s := range saves {
				p.write(bridge, p.first[bridge])
				p.await("the page is as at first", func() string {
					if strings.Contains(p.get(bridgePage).page(), "保存") {
						return "it is not"
					}
					return ""
				})
				before := p.errs.String()
				s.save(p, bridge, fmt.Sprintf("%s\n\n保存%d次。\n", p.read(bridge), i+1))
				p.shows(bridgePage, fmt.Sprintf("保存%d次。", i+1))
				if text := p.get(bridgePage).page(); !strings.Contains(text, "一条河") {
					t.Errorf("%s: the page is %s", s.name, text)
				}
				if after := p.errs.String(); after != before {
					t.Errorf("%s: said %s", s.name, strings.TrimPrefix(after, before))
				}
			}
			p.equal()
		})
	}
}

// TestServed: what else happens to a site, while pages are asked for.
func TestServed(t *testing.T) {
	for i, c := range []struct {
		name string
		do   func(p *editing)
	}{
		{"touched without a change", func(p *editing) {
			p.write("content/notices/other.md", strings.Replace(p.first["content/notices/warned.md"], "有警告的", "另一篇", 1))
			p.shows("notices/other.html", "另一篇")
			before := p.build()
			now := time.Now()
			p.check(os.Chtimes(p.at(bridge), now, now))
			p.write("content/about.md", p.read("content/about.md"))
			p.write("content/notices/list/not-used.txt", "没有文章用到")
			p.append("content/fancy.md", "\n又一段。\n")
			p.shows("fancy.html", "又一段。")
			time.Sleep(300 * time.Millisecond) // nothing is to follow
			if got := p.build(); got > before+2 {
				p.Errorf("build %d after %d", got, before)
			}
		}},
		{"a folder is renamed", func(p *editing) {
			for range 3 {
				p.check(os.Rename(p.at("content/activities"), p.at("content/notices/walks")))
				p.check(os.Rename(p.at("content/notices/walks"), p.at("content/activities")))
			}
			p.check(os.Rename(p.at("content/examples/scale"), p.at("content/examples/steelyard")))
			p.shows("examples/steelyard.html", "秤")
			p.append("content/examples/steelyard/index.md", "\n改过。\n")
			p.shows("examples/steelyard.html", "改过。")
			p.append("content/activities/walk.md", "\n也改过。\n")
			p.shows("activities/walk.html", "也改过。")
			p.equal()
		}},
		{"a folder moves in, out and back", func(p *editing) {
			outside := filepath.Join(p.dir, "outside")
			p.check(os.MkdirAll(filepath.Join(outside, "deep", "er"), 0o755))
			article := "---\n标题: 移来的\n日期: 2026-03-04\n来源: 本站\n---\n在这里。\n"
			p.check(os.WriteFile(filepath.Join(outside, "deep", "er", "in.md"), []byte(article), 0o644))
			for range 2 {
				p.check(os.Rename(filepath.Join(outside, "deep"), p.at("content/examples/deep")))
				p.shows("examples/deep/er/in.html", "在这里。")
				p.append("content/examples/deep/er/in.md", "\n改过。\n")
				p.shows("examples/deep/er/in.html", "改过。")
				p.check(os.Rename(p.at("content/examples/deep"), filepath.Join(outside, "deep")))
				p.await("the page is gone", func() string {
					if s := p.get("examples/deep/er/in.html"); s.status != http.StatusNotFound {
						return fmt.Sprint(s.status)
					}
					return ""
				})
				p.check(os.WriteFile(filepath.Join(outside, "deep", "er", "in.md"), []byte(article), 0o644))
			}
			p.equal()
		}},
		{"500 files are pasted", func(p *editing) {
			for i := range 500 {
				p.write(fmt.Sprintf("content/news/batch%d/p%03d.md", i%50, i), fmt.Sprintf("---\n标题: 粘贴%d\n日期: 2025-01-02\n来源: 本站\n---\n第%d篇。\n", i, i))
			}
			p.shows("news/batch49/p499.html", "第499篇。")
			p.append("content/news/batch7/p107.md", "\n改过。\n")
			p.shows("news/batch7/p107.html", "改过。")
			p.equal()
		}},
		{"a file is deleted and restored", func(p *editing) {
			p.remove("content/notices/warned.md")
			p.await("the page is gone", func() string {
				if s := p.get("notices/warned.html"); s.status != http.StatusNotFound {
					return fmt.Sprint(s.status)
				}
				return ""
			})
			p.remove(bridge) // others lead to it
			p.complains("", "dead-link")
			p.restore("content/notices/warned.md")
			p.restore(bridge)
			p.shows("notices/warned.html", "字")
			p.shows(bridgePage, "一条河")
			p.equal()
		}},
		{"a file is deleted and a folder stands in its place", func(p *editing) {
			p.remove("content/notices/warned.md")
			p.check(os.Mkdir(p.at("content/notices/warned.md"), 0o755))
			p.await("the page is gone", func() string {
				if s := p.get("notices/warned.html"); s.status != http.StatusNotFound {
					return fmt.Sprint(s.status)
				}
				return ""
			})
			p.remove("content/notices/warned.md")
			p.restore("content/notices/warned.md")
			p.shows("notices/warned.html", "字")
		}},
		{"a mistake in an article", func(p *editing) {
			for _, c := range []struct{ text, rule, stands string }{
				{"\n改了，见[别处](nowhere.md)。\n", "dead-link", "改了"},
				{"\n:::callot\n错\n:::\n", "unknown-directive", "一条河"},
				{"\n![图](nothing.png)\n", "missing-picture", "一条河"},
			} {
				p.write(bridge, p.first[bridge]+c.text)
				p.complains(bridgePage, c.rule)
				p.stands(bridgePage, c.stands)
				if s := p.get("about.html"); len(s.overlay()) > 0 || !strings.Contains(s.body, "一座桥") {
					p.Errorf("elsewhere the overlay is %q, and the bar\n%s", s.overlay(), aside.FindString(s.body))
				}
				p.write(bridge, p.first[bridge])
				p.shows(bridgePage, "一条河")
			}
			p.write(bridge, strings.Replace(p.first[bridge], "日期: 2026-05-10 10:00", "日期: 昨天", 1))
			p.complains(bridgePage, "bad-date")
			p.stands(bridgePage, "一条河")
			p.append(bridge, "\n见[别处](nowhere.md)和![图](nothing.png)。\n")
			for _, rule := range []string{"bad-date", "dead-link", "missing-picture"} { // all of a file's, wherever found
				p.complains(bridgePage, rule)
			}
			if s := p.get(bridgePage); strings.Count(aside.FindString(s.body), ">第 ") != 3 {
				p.Errorf("not each of three errors has its line:\n%s", aside.FindString(s.body))
			}
			p.stands(bridgePage, "一条河")
			p.append("content/about.md", "\n别的还在改。\n")
			p.shows("about.html", "别的还在改。")
			p.write(bridge, p.first[bridge])
			p.shows(bridgePage, "一条河")
			p.equal()
		}},
		{"config.toml is broken and mended", func(p *editing) {
			p.append("config.toml", "\n[footer\n")
			p.complains("", "config-syntax")
			p.complains(bridgePage, "config-syntax")
			p.append(bridge, "\n仍在改。\n")
			p.stands(bridgePage, "仍在改。")
			p.write("config.toml", strings.Replace(p.first["config.toml"], "清风小站", "新的站名", 1))
			p.shows("", "新的站名")
			p.remove("config.toml")
			p.complains("", "no-site")
			p.restore("config.toml")
			p.shows("", "清风小站")
			p.equal()
		}},
		{"the theme is edited", func(p *editing) {
			p.write("themes/plain/assets/plain.css", "body { width: 123px; }\n")
			p.await("the style sheet is new", func() string {
				s := p.get("")
				at := strings.Index(s.body, ".css")
				href := s.body[strings.LastIndexAny(s.body[:at], `"=`)+1 : at+4]
				if css := p.get(href); !strings.Contains(css.body, "123px") || css.header.Get("Content-Type") != "text/css; charset=utf-8" {
					return href + ": " + css.body
				}
				return ""
			})
			p.append("themes/plain/partials/footer.html", "<i>页脚</i>")
			p.shows(bridgePage, "页脚")
			p.write("layouts/section.html", `{{define "main"}}<h1>{{.Titel}}</h1>{{end}}`)
			p.complains("notices/index.html", "theme")
			p.complains(bridgePage, "theme")
			p.stands("notices/index.html", "公开的事")
			p.write("layouts/section.html", `{{define "main"}}<h1>自己的{{.Title}}</h1>{{end}}`)
			p.shows("notices/index.html", "自己的")
			p.remove("layouts/section.html")
			p.shows("notices/index.html", "公开的事")
			p.check(os.Rename(p.at("layouts"), p.at("layouts-away")))
			p.remove("content/fancy.md")
			p.check(os.Rename(p.at("layouts-away"), p.at("layouts")))
			p.restore("content/fancy.md")
			p.shows("fancy.html", "fancy")
			p.equal()
		}},
		{"a template fails on one page", func(p *editing) {
			p.write("layouts/notice.html", `{{define "main"}}{{(index .List.Cards 20).Title}}{{end}}`)
			p.await("an error is shown", func() string {
				if s := p.get("notices/open.html"); !strings.Contains(s.body, "notice.html") {
					return s.body
				}
				return ""
			})
			p.remove("layouts/notice.html")
			p.shows("notices/open.html", "公开的事")
		}},
		{"a data file is broken and mended", func(p *editing) {
			p.write("data/prices.csv", "name,price\n水泥,421\n")
			p.shows(bridgePage, "421")
			p.write("data/honours.toml", "[[honours]]\nyear = 二〇二六\n")
			p.complains("", "data")
			p.restore("data/honours.toml")
			p.shows("", "欢迎")
			p.equal()
		}},
		{"static files", func(p *editing) {
			p.write("static/form.txt", "新的表格\n")
			p.write("static/deep/er/more.txt", "更多\n")
			p.await("they are served", func() string {
				return strings.TrimPrefix(p.get("form.txt").body+p.get("deep/er/more.txt").body, "新的表格\n更多\n")
			})
			p.write("static/deep/er/more.txt", "更多了\n")
			p.await("they are served", func() string { return strings.TrimPrefix(p.get("deep/er/more.txt").body, "更多了\n") })
			p.equal()
		}},
		{"a picture is added", func(p *editing) {
			p.append(bridge, "\n![图](new.svg)\n")
			p.complains(bridgePage, "missing-picture")
			p.write("content/examples/new.svg", p.first["content/sites/tree.svg"])
			p.shows(bridgePage, "new.svg")
			p.equal()
		}},
		{"many saves at once", func(p *editing) {
			p.write("themes/plain/theme.toml", p.read("themes/plain/theme.toml")+"\n")
			for i := range 40 {
				p.write(bridge, fmt.Sprintf("%s\n保存%d。\n", p.first[bridge], i))
				p.write("content/about.md", fmt.Sprintf("%s\n保存%d。\n", p.first["content/about.md"], i))
				time.Sleep(time.Duration(i) * time.Millisecond)
			}
			p.shows(bridgePage, "保存39。")
			p.shows("about.html", "保存39。")
			p.equal()
		}},
		{"all of it goes and comes back", func(p *editing) {
			p.check(os.Rename(p.at("content"), p.at("away")))
			p.await("an error is shown", func() string {
				if o := p.get("404.html").overlay(); !strings.Contains(strings.Join(o, ""), "no-content") {
					return fmt.Sprint(o)
				}
				return ""
			})
			p.check(os.Rename(p.at("away"), p.at("content")))
			p.shows(bridgePage, "一条河")
			p.append(bridge, "\n改过。\n")
			p.shows(bridgePage, "改过。")
			p.equal()
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for _, way := range ways {
				if way.name == "polling" && i%3 > 0 && os.Getenv("REQUIRE_ALL") != "1" {
					continue // it waits for the most part of its time
				}
				t.Run(way.name, func(t *testing.T) {
					t.Parallel()
					p := newWorkshop(t).serve(way.flags...)
					p.reader("", "index.html")
					c.do(p)
				})
			}
		})
	}
}

// A site with a mistake from its beginning gets a page that says so.
func TestServedFromNothing(t *testing.T) {
	article := "---\n标题: 第一篇\n日期: 2026-01-02\n来源: 本站\n---\n写好了。\n"
	for _, c := range []struct {
		name   string
		break_ map[string]string
		rule   string
		mend   map[string]string
	}{
		{"the first article", map[string]string{"content/notices/first.md": strings.Replace(article, "2026-01-02", "昨天", 1)}, "bad-date",
			map[string]string{"content/notices/first.md": article}},
		{"config.toml", map[string]string{"config.toml": "titel = 1\n[", "content/notices/first.md": article}, "config-syntax", nil},
		{"the theme", map[string]string{"layouts/base.html": "{{if}}", "content/notices/first.md": article}, "theme",
			map[string]string{"layouts/base.html": ""}},
		{"no content", map[string]string{"content": ""}, "no-content", map[string]string{"content/notices/first.md": article}},
		{"no config.toml", map[string]string{"config.toml": "", "content/notices/first.md": article}, "no-site", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorkshop(t)
			for _, name := range w.sources() {
				w.remove(name)
			}
			const config = "title = \"新站\"\nbase_url = \"https://a.example/\"\nid_code = \"bm00000000\"\n[footer]\norganizer = \"县清廉办\"\ncontact = \"0999-555-0100\"\n[sections.notices]\ntitle = \"动态\"\nkind = \"notice\"\n"
			set := func(files map[string]string) {
				for name, text := range files {
					if text == "" {
						w.remove(name)
					} else {
						w.write(name, text)
					}
				}
			}
			set(map[string]string{"config.toml": config})
			set(c.break_)
			p := w.serve()
			for _, address := range []string{"notices/first.html", "", "any/where/"} {
				if s := p.get(address); c.rule == "bad-date" && address != "notices/first.html" {
					if !strings.Contains(s.body, `notices/first.html">第一篇</a>`) {
						t.Errorf("%q does not lead to the page that has an error:\n%s", address, s.body)
					}
					continue
				}
				p.complains(address, c.rule)
				if s := p.get(address); !strings.HasPrefix(s.body, "<!") || s.header.Get("Content-Type") != "text/html; charset=utf-8" {
					t.Errorf("%s: %v\n%s", address, s.header, s.body)
				}
			}
			set(map[string]string{"config.toml": config})
			set(c.mend)
			p.shows("notices/first.html", "写好了。")
			p.equal()
		})
	}
}

// TestPorts: a busy port is passed by, unless it was asked for.
func TestPorts(t *testing.T) {
	w := newWorkshop(t)
	var taken []net.Listener
	for port := firstPort; port < firstPort+2; port++ {
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err == nil { // else another program has it
			taken = append(taken, l)
		}
	}
	defer func() {
		for _, l := range taken {
			l.Close()
		}
	}()
	p := w.serve("--port", "-1")
	var port int
	if _, err := fmt.Sscanf(p.base, "http://127.0.0.1:%d/", &port); err != nil || port < firstPort+2 || port > firstPort+100 {
		t.Errorf("address %s", p.base)
	}
	p.shows(bridgePage, "一条河")

	var out, errs strings.Builder
	if status := run([]string{"serve", "--source", w.site, "--port", fmt.Sprint(port)}, &out, &errs); status != exitMachine || !strings.Contains(errs.String(), "不写 --port") {
		t.Errorf("status %d: %s", status, errs.String())
	}
}

// TestUnwatched: where the system has no more watches, the site is polled, and
// that is said in one line.
func TestUnwatched(t *testing.T) {
	strace := strace(t)
	for _, inject := range []string{"inotify_add_watch:error=ENOSPC:when=3+", "inotify_init1:error=EMFILE"} {
		t.Run(inject, func(t *testing.T) {
			t.Parallel()
			calls, _, _ := strings.Cut(inject, ":")
			w := newWorkshop(t)
			p := w.serveUnder([]string{strace, "-D", "-f", "--seccomp-bpf", "-qq", "-o", filepath.Join(w.dir, "trace"), "-e", "trace=" + calls, "-e", "inject=" + inject})
			p.reader("")
			p.append(bridge, "\n改过。\n")
			p.shows(bridgePage, "改过。")
			if said := p.errs.String(); strings.Count(said, "\n") != 1 || !strings.Contains(said, "定时查看") {
				t.Errorf("said %q", said)
			}
		})
	}
}

// TestUnreadable: a file that can't be read for a while is tried again, then
// told over what stood, and forgotten when it can be read.
func TestUnreadable(t *testing.T) {
	t.Parallel()
	strace := strace(t)
	p := newWorkshop(t).serve()
	p.reader("")
	fault := exec.Command(strace, "-f", "-p", fmt.Sprint(p.process.Process.Pid), "-o", os.DevNull, "-P", p.at(bridge), "-e", "trace=read", "-e", "inject=read:error=EACCES")
	said := new(said)
	fault.Stderr = said
	p.check(fault.Start())
	p.await("strace is there", func() string {
		if !strings.Contains(said.String(), "attached") {
			return said.String()
		}
		return ""
	})
	n := 0
	p.await("the failure is shown", func() string {
		s := p.get(bridgePage)
		if n == 0 || strings.Contains(s.page(), fmt.Sprintf("改过%d次。", n)) { // by a thread that strace does not hold yet
			n++
			p.append(bridge, fmt.Sprintf("\n改过%d次。\n", n))
		}
		if o := s.overlay(); !strings.Contains(strings.Join(o, ""), "bridge.md") {
			return fmt.Sprint(o)
		}
		return ""
	})
	p.stands(bridgePage, "一条河")
	p.append("content/examples/scale/index.md", "\n别的文章照样更新。\n")
	p.shows("examples/scale.html", "别的文章照样更新。")
	p.check(fault.Process.Signal(os.Interrupt))
	fault.Wait() //nolint:errcheck // it was told to
	p.shows(bridgePage, fmt.Sprintf("改过%d次。", n))
	p.equal()
}

// TestLan: phones see the site by an address that nobody guesses, and can do
// nothing to the machine that shows it.
func TestLan(t *testing.T) {
	t.Parallel()
	ips := lanAddresses()
	if len(ips) == 0 {
		missing(t, "this machine is in no network, so no phone could be played")
	}
	w := newWorkshop(t)
	opened := w.opener()
	p := w.serve("--lan")
	here, err := url.Parse(p.base)
	w.check(err)
	if len(strings.Trim(here.Path, "/")) < 16 {
		t.Errorf("the address is %s", p.base)
	}
	phone := *p
	phone.base = "http://" + net.JoinHostPort(ips[0], here.Port()) + here.Path
	if !strings.Contains(p.out.String(), phone.base) || !strings.Contains(p.out.String(), "█") {
		p.await("the phone's address and code are shown", func() string {
			if out := p.out.String(); !strings.Contains(out, phone.base) || !strings.Contains(out, "█") {
				return out
			}
			return ""
		})
	}
	home := phone.get("")
	for _, m := range regexp.MustCompile(`(?:href|src|action)="([^"]*)"`).FindAllStringSubmatch(home.body, -1) {
		to, err := url.Parse(phone.base)
		w.check(err)
		to, err = to.Parse(html.UnescapeString(m[1]))
		w.check(err)
		if to.Host != here.Host && to.Host != net.JoinHostPort(ips[0], here.Port()) {
			continue
		}
		inside, ok := strings.CutPrefix(to.Path, here.Path)
		if !ok {
			t.Errorf("%s leads out of the address", m[1])
			continue
		}
		if s := phone.get(inside + "?" + to.RawQuery); s.status != http.StatusOK && !strings.HasSuffix(inside, "/open") && !strings.HasSuffix(inside, "/new") {
			t.Errorf("%s: status %d", m[1], s.status)
		}
	}
	if s := phone.get("no/such/page.html"); s.status != http.StatusNotFound || strings.Contains(s.page(), `="/assets`) || !strings.Contains(s.page(), here.Path+"index.html") {
		t.Errorf("the page for what is missing: %d\n%s", s.status, s.page())
	}
	host := "http://" + net.JoinHostPort(ips[0], here.Port())
	for _, address := range []string{"/", "/index.html", "/" + bridgePage, "/.preview/preview.js", "/.preview/events", "/0000000000000000/", here.Path[:10] + "/"} {
		r, err := http.Get(host + address)
		w.check(err)
		body, err := io.ReadAll(r.Body)
		w.check(err)
		r.Body.Close()
		if r.StatusCode != http.StatusForbidden || strings.Contains(string(body), strings.Trim(here.Path, "/")) || strings.Contains(string(body), "清风") {
			t.Errorf("%s: status %d %s", address, r.StatusCode, body)
		}
	}
	secret := p.secret()
	if strings.Contains(phone.get(bridgePage).body, secret) {
		t.Error("a phone is given the secret of the run")
	}
	for _, c := range []struct {
		of     *editing
		path   string
		form   url.Values
		origin string
		status int
	}{
		{&phone, "open", url.Values{"file": {bridge}}, host, http.StatusForbidden},
		{&phone, "new", url.Values{"section": {"notices"}, "title": {"别人写的"}}, host, http.StatusForbidden},
		{p, "open", url.Values{"file": {bridge}}, "", http.StatusForbidden},
		{p, "open", url.Values{"file": {bridge}}, "null", http.StatusForbidden},
		{p, "open", url.Values{"file": {bridge}}, "http://evil.example", http.StatusForbidden},
		{p, "open", url.Values{"file": {"../outside.md"}}, "http://" + here.Host, http.StatusConflict},
		{p, "open", url.Values{"file": {"content/lessons/film.mp4"}}, "http://" + here.Host, http.StatusConflict},
		{p, "open", url.Values{"folder": {"public"}}, "http://" + here.Host, http.StatusConflict},
		{p, "open", url.Values{"file": {bridge}}, "http://" + here.Host, http.StatusOK},
	} {
		r, err := http.NewRequest(http.MethodPost, c.of.base+".preview/"+c.path, strings.NewReader(c.form.Encode()))
		w.check(err)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("X-Qinglian-Token", secret)
		if c.origin != "" {
			r.Header.Set("Origin", c.origin)
		}
		got, err := p.client.Do(r)
		w.check(err)
		got.Body.Close()
		if got.StatusCode != c.status {
			t.Errorf("%s %v from %q: status %d", c.of.base+c.path, c.form, c.origin, got.StatusCode)
		}
	}
	p.await("the article is opened", func() string { return strings.TrimPrefix(opened(), w.at(bridge)+"\n") })
	if s := phone.get(".preview/new"); s.status != http.StatusForbidden {
		t.Errorf("the form on a phone: %d", s.status)
	}
	token := strings.Trim(here.Path, "/")
	w.now = time.Now()
	for name, text := range w.build().files {
		if strings.Contains(text, token) || strings.Contains(text, "qinglian-preview") {
			t.Errorf("%s has something of the preview", name)
		}
	}
}

// opener has the program open files with one that only notes their names, which
// are told by the function.
func (w *workshop) opener() func() string {
	bin, notes := filepath.Join(w.dir, "bin"), filepath.Join(w.dir, "opened")
	w.check(os.MkdirAll(bin, 0o755))
	w.check(os.WriteFile(filepath.Join(bin, "xdg-open"), []byte("#!/bin/sh\necho \"$1\" >> '"+notes+"'\n"), 0o755))
	w.env = append(w.env, "PATH="+bin+":"+os.Getenv("PATH"))
	return func() string {
		b, _ := os.ReadFile(notes)
		return string(b)
	}
}

// TestTwoOnOneSite: two previews and builds of one site are all right.
func TestTwoOnOneSite(t *testing.T) {
	t.Parallel()
	w := newWorkshop(t)
	w.build()
	one, other := w.serve(), w.serve()
	for i := range 6 {
		w.write(bridge, fmt.Sprintf("%s\n第%d次。\n", w.first[bridge], i))
		w.write(fmt.Sprintf("content/news/more%d.md", i), strings.Replace(w.first["content/news/n03.md"], "简讯", "又一条简讯", 1))
		w.now = time.Now()
		if m := w.build(); m.status != exitDone || !strings.Contains(m.files[bridgePage], fmt.Sprintf("第%d次。", i)) {
			t.Fatalf("build: %d %s", m.status, m.said)
		}
		one.shows(bridgePage, fmt.Sprintf("第%d次。", i))
		other.shows(bridgePage, fmt.Sprintf("第%d次。", i))
	}
	if d := differ(w.build("--verify").files, w.clean().files); d != "" {
		t.Error(d)
	}
	one.equal()
	other.equal()
	for name, text := range tree(t, w.at("public")) {
		if strings.Contains(text, "qinglian-preview") || strings.Contains(text, ".preview/") {
			t.Errorf("%s has something of the preview", name)
		}
	}
}

// TestInterrupted: Ctrl-C ends it at once, and nothing stays behind but what a
// build leaves too.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	w := newWorkshop(t)
	p := w.serve()
	p.client.Timeout = 0
	events, err := p.client.Get(p.base + ".preview/events?page=index.html")
	w.check(err)
	defer events.Body.Close()
	line := make([]byte, 64)
	if n, err := events.Body.Read(line); err != nil || !strings.HasPrefix(string(line[:n]), `data: {"build":1}`) {
		t.Fatalf("%q %v", line[:n], err)
	}
	w.append(bridge, "\n改过。\n")
	p.shows(bridgePage, "改过。")
	if status := p.interrupt(); status != exitDone {
		t.Errorf("it ended with status %d", status)
	}
	if c, err := net.Dial("tcp", strings.TrimSuffix(strings.TrimPrefix(p.base, "http://"), "/")); err == nil {
		c.Close()
		t.Error("the port still answers")
	}
	for _, name := range w.list(".") {
		if w.first[name] == "" {
			t.Errorf("%s is left in the site", name)
		}
	}
	left := regexp.MustCompile(`^\.qinglian/(docs|pack-\d+|theme)$`)
	if names := cached(w); slices.ContainsFunc(names, func(name string) bool { return !left.MatchString(name) }) {
		t.Errorf("left in the cache: %v", names)
	}
}
