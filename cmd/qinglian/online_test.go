package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// TestOnline: check opens links to other sites when it is asked to, says what came of it
// at the link's place and in each form of the report, and asks for none of it again.
// Nothing else opens any.
func TestOnline(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	answering := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		switch r.URL.Path {
		case "/gone", "/draft", "/kept":
			w.WriteHeader(http.StatusGone)
		case "/old":
			http.Redirect(w, r, "/new", http.StatusMovedPermanently)
		case "/robots":
			w.WriteHeader(http.StatusForbidden)
		}
	})
	other, archive := httptest.NewServer(answering), httptest.NewServer(answering) // two are asked at once
	defer other.Close()
	defer archive.Close()
	dir := t.TempDir()
	write := func(name, text string) {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(strings.NewReplacer("OTHER", other.URL, "ARCHIVE", archive.URL).Replace(text)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	// The site is in a network of its own itself: so links into such are opened.
	write("config.toml", "base_url = \"http://localhost/\"\n")
	write("content/a.md", "---\n标题: 甲\n---\n\n见[旧闻](OTHER/gone#top)、[公报](OTHER/old)、[年鉴](ARCHIVE/robots)。\n")
	write("content/b.md", "---\n标题: 乙\n检查例外: {outside-dead-link: 存档的说明}\n---\n\n[存档](ARCHIVE/kept)。\n")
	write("content/draft.md", "---\n标题: 草稿\n草稿: true\n---\n\n[草稿](OTHER/draft)。\n")
	site := []string{"--source", dir, "--now", "2026-11-24"}
	check := func(args ...string) string {
		t.Helper()
		return answer(t, exitDone, append(append([]string{"check", "-v"}, site...), args...))
	}
	answer(t, exitDone, append([]string{"build", "--output", filepath.Join(dir, "out")}, site...))
	if said := check(); asked.Load() > 0 || strings.Contains(said, "outside-dead-link]") || strings.Contains(said, "没有用到") {
		t.Errorf("asked %d times without being told to: %s", asked.Load(), said)
	}
	said := check("--online")
	for _, want := range []string{
		"警告 content/a.md:5:", "外站的网页不在了（410）：" + other.URL + "/gone#top [outside-dead-link]",
		"外站的网页换了网址：" + other.URL + "/old [outside-moved-link]", "是就换成 " + other.URL + "/new",
		archive.URL + "/robots（那个网站不让程序打开（403）） [outside-unreached-link]",
		"例外：content/b.md:3 outside-dead-link，共 1 处，理由：存档的说明",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not said in\n%s", want, said)
		}
	}
	if strings.Contains(said, other.URL+"/draft") || strings.Contains(said, "没有来得及打开") {
		t.Errorf("a draft is public, or the time was up: %s", said)
	}
	before := asked.Load()
	for format, want := range map[string]string{"json": `"rule":"outside-dead-link"`, "sarif": `"ruleId":"outside-dead-link"`,
		"html": "外站的链接打开看过"} {
		if said := check("--online", "--format", format); !strings.Contains(said, want) {
			t.Errorf("%s: %q is not said in\n%s", format, want, said)
		}
	}
	if said := check("--format", "html"); !strings.Contains(said, "外站的链接没有打开看") || strings.Contains(said, "网页不在了（410）") {
		t.Errorf("without --online: %s", said)
	}
	if asked.Load() != before {
		t.Errorf("what is known was asked %d times again", asked.Load()-before)
	}
	// A site of the public internet opens no door inside, whatever links say.
	write("config.toml", "base_url = \"https://192.0.2.1/\"\n")
	if err := os.Remove(filepath.Join(dir, filepath.FromSlash(answersFile))); err != nil {
		t.Fatal(err)
	}
	if said := check("--online"); !strings.Contains(said, "是内网或本机的地址，没有打开看") || asked.Load() != before {
		t.Errorf("asked %d times: %s", asked.Load()-before, said)
	}
}
