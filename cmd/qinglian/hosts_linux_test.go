package main

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// servers are started with what `qinglian host` prints for them, or over what a build
// makes for them, and hardly anything else.
var servers = []struct {
	name, program, from string
	kind                string // of [host] in config.toml
	configure           func(h *hosted) (command []string)
	lacks               []string // headers that it can't send
}{
	{"nginx", "nginx", "nginx-light", "", (*hosted).nginx, nil},
	{"caddy", "caddy", "caddy", "", (*hosted).caddy, nil},
	{"apache", "apache2", "apache2-bin", "", (*hosted).apache, nil},
	{"htaccess", "apache2", "apache2-bin", "apache", (*hosted).htaccess, nil},
	{"tomcat", tomcatHome + "/bin/catalina.sh", "tomcat10-common", "tomcat", (*hosted).tomcat,
		[]string{"Referrer-Policy", "Content-Security-Policy"}},
}

// request is one below the site's address, and what is said to it.
type request struct {
	path     string
	status   int
	kind     string // Content-Type, without what follows a semicolon
	kept     int    // for how many seconds; 0 for anything but a year
	coding   string // Content-Encoding; "-" for small files, with which servers do as they like
	location string // below the site's address
}

// answers are what each server says.
var answers = []request{
	{"", 200, "text/html", briefly, "gzip", ""},
	{"index.html", 200, "text/html", briefly, "gzip", ""},
	{"examples/", 200, "text/html", briefly, "gzip", ""},
	{"search.html?q=%E6%B8%85%E5%BB%89&p=2", 200, "text/html", briefly, "gzip", ""},
	{"ASSETS.css", 200, "text/css", aYear, "gzip", ""}, // those of the site, see realName
	{"ASSETS.js", 200, "text/javascript", aYear, "gzip", ""},
	{"PIECE.js", 200, "text/javascript", aYear, "-", ""},
	{"TEXTS.js", 200, "text/javascript", aYear, "gzip", ""},
	{"search/index.js", 200, "text/javascript", briefly, "-", ""},
	{"model-sites/tax-bureau/hall.svg", 200, "image/svg+xml", briefly, "gzip", ""},
	{"rss.xml", 200, "application/xml", briefly, "gzip", ""},
	{"feed.json", 200, "application/json", briefly, "gzip", ""},
	{"showcase.csv", 200, "text/csv", briefly, "-", ""},
	{"robots.txt", 200, "text/plain", briefly, "-", ""},
	{"files/a.webp", 200, "image/webp", briefly, "", ""},
	{"files/a.avif", 200, "image/avif", briefly, "", ""},
	{"files/a.woff2", 200, "font/woff2", briefly, "", ""},
	{"files/a.mjs", 200, "text/javascript", briefly, "", ""},
	{"files/a.webmanifest", 200, "application/manifest+json", briefly, "", ""},
	{"files/a.ofd", 200, "application/ofd", briefly, "", ""},
	{"%E9%80%9A%E7%9F%A5/%E8%A1%A8%20%E4%B8%80.txt", 200, "text/plain", briefly, "", ""},
	{".well-known/security.txt", 200, "text/plain", briefly, "", ""},
	{"examples", redirect, "", 0, "", "examples/"},
	{"old/123.html", 301, "", 0, "", "examples/moved.html"},
	{"old/Folder/", 301, "", 0, "", "examples/moved.html"},
	{"old/Folder/index.html", 301, "", 0, "", "examples/moved.html"},
	{"none.html", 404, "text/html", 0, "-", ""},
	{"examples/deep/none/", 404, "text/html", 0, "-", ""},
	{"%E6%B2%A1%E6%9C%89.html", 404, "text/html", 0, "-", ""},
	{"assets/lotus.0123456789.css", 404, "text/html", 0, "-", ""},
	{"old/123xhtml", 404, "text/html", 0, "-", ""},
	{"search/", 404, "text/html", 0, "-", ""},
	{"assets/", 404, "text/html", 0, "-", ""}, // a folder without a page
	{".qinglian", 404, "text/html", 0, "-", ""},
	{".qinglian-lock", 404, "text/html", 0, "-", ""},
	{"files/.secret", 404, "text/html", 0, "-", ""},
}

const (
	briefly  = 300
	aYear    = 31536000
	redirect = 3 // any of its statuses
)

// maxAge is for how long an answer may be kept.
var maxAge = regexp.MustCompile(`max-age=(\d+)`)

// always are the headers of each page, a missing one too.
var always = map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "strict-origin-when-cross-origin",
	"X-Frame-Options": "SAMEORIGIN", "Content-Security-Policy": "frame-ancestors 'self'"}

// TestHosts: each server answers as the table says, at the root of its address and below
// a path.
func TestHosts(t *testing.T) {
	sites := map[string]string{} // by their path and kind of host
	for _, server := range servers {
		if _, err := exec.LookPath(placed(server.program)); err != nil {
			continue // its tests say so
		}
		for _, at := range []string{"/", "/清 廉/"} {
			if sites[at+server.kind] == "" {
				sites[at+server.kind] = hostedSite(t, at, server.kind)
			}
		}
	}
	for _, server := range servers {
		for _, at := range []string{"/", "/清 廉/"} {
			t.Run(server.name+at, func(t *testing.T) {
				t.Parallel()
				program := debian(t, server.program, server.from)
				h := newHosted(t, program, sites[at+server.kind], "http", at)
				h.start(server.configure(h))
				for _, want := range answers {
					h.expect(want, server.lacks)
				}
				h.styled("examples/deep/none/")
				h.pieced()
				if at != "/" {
					h.expect(request{strings.TrimSuffix(h.address, "/"), redirect, "", 0, "", "."}, nil)
				}
			})
		}
	}
}

// expect asks, and holds the answer against what is wanted of a server that lacks some headers.
func (h *hosted) expect(want request, lacks []string) {
	h.Helper()
	path := h.realName(want.path)
	got, body := h.get(path)
	status := got.StatusCode
	switch {
	case status == http.StatusForbidden:
		status = http.StatusNotFound // to a reader it is the same
	case want.status == redirect && status/100 == 3:
		status = redirect
	}
	kind, _, _ := strings.Cut(got.Header.Get("Content-Type"), ";")
	kept := -1
	if m := maxAge.FindStringSubmatch(got.Header.Get("Cache-Control")); m != nil {
		kept, _ = strconv.Atoi(m[1])
	}
	coding := got.Header.Get("Content-Encoding")
	if status != want.status || kind != want.kind && want.kind != "" || coding != want.coding && want.coding != "-" {
		h.Errorf("%s: %d %s, compressed by %q", path, got.StatusCode, kind, coding)
	}
	if want.kept == 0 && kept > briefly || want.kept > 0 && (kept > want.kept || kept < want.kept-2) {
		h.Errorf("%s is kept for %d seconds", path, kept)
	}
	if to := below(h.T, h.address, got.Header.Get("Location")); to != want.location {
		h.Errorf("%s leads to %q", path, to)
	}
	if strings.Contains(body, "Index of") || want.status == 404 && !strings.Contains(body, "没有这个页面") {
		h.Errorf("%s shows %.300s", path, body)
	}
	for name, value := range always {
		v := got.Header.Values(name)
		if want.location == "" && !slices.Contains(lacks, name) && (len(v) != 1 || v[0] != value) {
			h.Errorf("%s: %s is %q", path, name, v)
		}
	}
}

// TestHostsEncrypted: what is printed for an https address is understood, too, and HSTS is sent.
func TestHostsEncrypted(t *testing.T) {
	site := hostedSite(t, "/", "")
	name := filepath.Join(site, "config.toml")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, append(text, "\n[host]\nhsts = 180\n"...), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, server := range servers[:3] {
		t.Run(server.name, func(t *testing.T) {
			t.Parallel()
			h := newHosted(t, debian(t, server.program, server.from), site, "https", "/")
			h.start(server.configure(h))
			got, _ := h.get("")
			if got.StatusCode != 200 || got.Header.Get("Strict-Transport-Security") != "max-age=15552000" {
				t.Errorf("%d, HSTS %q", got.StatusCode, got.Header.Get("Strict-Transport-Security"))
			}
		})
	}
}

// hostedSite is a copy of the sample site with what the table asks for, built for an
// address with a path and a kind of host.
func hostedSite(t *testing.T, at, kind string) string {
	t.Helper()
	site := copyOf(t, sampleSite(t))
	files := map[string]string{
		"content/examples/moved.md": "---\n标题: 搬了家的\n日期: 2026-05-01\n来源: 本站\n" +
			"旧网址: [old/123.html, old/Folder/]\n---\n话。\n",
		"static/files/a.webp": "RIFF", "static/files/a.avif": "a", "static/files/a.woff2": "a", "static/files/a.ofd": "a",
		"static/files/a.mjs": "a", "static/files/a.webmanifest": "{}", "static/通知/表 一.txt": "字",
		"static/.well-known/security.txt": "Contact: mailto:a@a.example\n",
	}
	if kind != "" {
		text, err := os.ReadFile(filepath.Join(site, "config.toml"))
		if err != nil {
			t.Fatal(err)
		}
		files["config.toml"] = string(text) + "\n[host]\nkind = \"" + kind + "\"\n"
	}
	for name, text := range files {
		name = filepath.Join(site, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	mustRun(t, "build", "--source", site, "--base-url", "http://127.0.0.1"+at, "--now", "2026-11-24")
	if err := os.WriteFile(filepath.Join(site, "public", "files", ".secret"), []byte("a"), 0o644); err != nil {
		t.Fatal(err)
	}
	return site
}

// TestHostsShown: no page asks for what the server's headers or its own policy forbid, and
// no style or script is turned away for its type.
func TestHostsShown(t *testing.T) {
	site := hostedSite(t, "/qing/", "")
	h := newHosted(t, debian(t, "nginx", "nginx-light"), site, "http", "/qing/")
	h.start(h.nginx())
	pages := strings.Fields("index.html search.html showcase.html figures.html ledger.html writing.html 404.html " +
		"education/lotus-poems.html")
	visit(t, openBrowser(t), pages, h.address)
}
