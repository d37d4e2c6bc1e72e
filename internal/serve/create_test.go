package serve

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestCreate: the form makes an article and opens it, or says why not and keeps what
// was typed.
func TestCreate(t *testing.T) {
	b := newBench(t, How{})
	dir := b.maker.Site.Root.Name()
	post := func(date string) string {
		t.Helper()
		form := url.Values{"section": {"notices"}, "title": {"新的 <一>"}, "field-date": {date}}
		w := b.ask("POST", "/.preview/new", header{"Origin": "http://127.0.0.1:1313", "Run": "", "Body": form.Encode()})
		return w.Body.String()
	}
	const file = "content/notices/20240501-xin-de-yi.md"
	if made := post("2024-05-01 09:30"); !strings.Contains(made, file) {
		t.Errorf("the form says %s", made)
	}
	if text, err := os.ReadFile(filepath.Join(dir, file)); err != nil || !strings.Contains(string(text), "日期: 2024-05-01 09:30") {
		t.Error(err, string(text))
	}
	if len(b.opened) != 1 || b.opened[0] != filepath.Join(dir, file) {
		t.Errorf("opened %q", b.opened)
	}
	refused := func(date, why string) {
		t.Helper()
		for _, want := range []string{why, `value="新的 &lt;一&gt;"`, `value="` + date + `"`} {
			if said := post(date); !strings.Contains(said, want) {
				t.Errorf("the form lacks %s: %s", want, said)
			}
		}
	}
	refused("2024年5月1日", file+" 已经有了，没有覆盖")
	refused("昨天", "时间“昨天”读不懂")
	b.must(os.WriteFile(filepath.Join(dir, "config.toml"), []byte("title = 1\n"), 0o644))
	refused("2024-05-02", "config.toml 有错误，先改好")
	if len(b.opened) != 1 {
		t.Errorf("opened %q", b.opened)
	}
}
