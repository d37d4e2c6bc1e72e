package serve

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"qinglian/internal/diag"
)

// TestStartGuard is who is answered by the start page, and with what.
func TestStartGuard(t *testing.T) {
	home := t.TempDir()
	for _, folder := range []string{"site", ".hidden", "empty"} {
		if err := os.MkdirAll(filepath.Join(home, folder), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(home, "site", "config.toml"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	var did []string
	s, err := NewStart(Sites{Hosts: []string{"127.0.0.1:1313"}, Home: home,
		Proposed: func() string { return filepath.Join(home, "new") },
		Known:    func() []Known { return []Known{{Folder: "/a/<b>", Title: "<甲>", There: true}, {Folder: "/gone"}} },
		Open: func(folder string) (Opened, diag.Text) {
			did = append(did, "open "+folder)
			if folder == "none" {
				return Opened{}, diag.Say("没有 %s", "no %s", folder)
			}
			return Opened{folder, "站", "http://127.0.0.1:1/"}, diag.Text{}
		},
		Make: func(n NewSite) diag.Text { did = append(did, "make "+n.Folder+n.Region); return diag.Text{} },
	})
	if err != nil {
		t.Fatal(err)
	}
	const own = "http://127.0.0.1:1313"
	form := header{"Origin": own, "Token": s.run, "Content-Type": formType}
	for _, c := range []struct {
		name, method, path string
		header             header
		body               string
		status             int
		says               string // the Location, or part of the answer
	}{
		{"the page", "GET", s.root(), nil, "", 200, "&lt;甲&gt;"},
		{"its folder for a new site", "GET", s.root(), nil, "", 200, filepath.Join(home, "new")},
		{"without its end", "GET", strings.TrimSuffix(s.root(), "/"), nil, "", 302, s.root()},
		{"without the token", "GET", "/", nil, "", 403, ""},
		{"another host", "GET", s.root(), header{"Host": "a.example"}, "", 403, ""},
		{"another machine", "GET", s.root(), header{"From": "192.0.2.9:40000"}, "", 403, ""},
		{"a script of another page", "GET", s.root(), header{"Origin": "http://127.0.0.1:1314"}, "", 403, ""},
		{"folders", "GET", s.root() + "?in=", nil, "", 200, ">site</a> （网站）"},
		{"a folder that is not there", "GET", s.root() + "?in=" + filepath.Join(home, "none"), nil, "", 200, "打不开这个文件夹"},
		{"opening by a link", "GET", s.root() + "open?folder=site", nil, "", 405, ""},
		{"opening without the secret", "POST", s.root() + "open", header{"Origin": own, "Content-Type": formType}, "folder=site", 403, ""},
		{"opening from nowhere", "POST", s.root() + "open", header{"Token": s.run, "Content-Type": formType}, "folder=site", 403, ""},
		{"opening", "POST", s.root() + "open", form, "folder=site", 201, "site?n=0"},
		{"opening again", "POST", s.root() + "open", form, "folder=site", 201, "site?n=0"},
		{"opening what is none", "POST", s.root() + "open", form, "folder=none", 200, "没有 none"},
		{"making", "POST", s.root() + "make", form, "folder=new&region=乙", 201, "site?n=1"},
		{"making nowhere", "POST", s.root() + "make", form, "folder=", 200, "写上放在哪个文件夹"},
		{"a site's page", "GET", s.root() + "site?n=1", nil, "", 200, "http://127.0.0.1:1/.preview/publish"},
		{"the page of none", "GET", s.root() + "site?n=7", nil, "", 302, s.root()},
		{"a part of a page", "GET", s.root() + "start.html", nil, "", 404, ""},
		{"the style", "GET", s.root() + "new.css", nil, "", 200, "main {"},
	} {
		r := httptest.NewRequestWithContext(t.Context(), c.method, own+c.path, strings.NewReader(c.body))
		r.RemoteAddr = "127.0.0.1:50000"
		for key, value := range c.header {
			switch key {
			case "Host":
				r.Host = value
			case "From":
				r.RemoteAddr = value
			case "Token":
				r.Header.Set(tokenHeader, value)
			default:
				r.Header.Set(key, value)
			}
		}
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if said := w.Header().Get("Location") + w.Body.String(); w.Code != c.status || !strings.Contains(said, c.says) {
			t.Errorf("%s: status %d, want %d\n%s", c.name, w.Code, c.status, said)
		}
		if strings.Contains(w.Body.String(), "hidden<") {
			t.Errorf("%s: lists a hidden folder", c.name)
		}
	}
	if got := strings.Join(did, ", "); got != "open site, open site, open none, make new乙, open new" {
		t.Errorf("did %s", got)
	}
}
