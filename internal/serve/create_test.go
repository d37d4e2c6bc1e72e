package serve

import (
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"qinglian/internal/address"
	"qinglian/internal/snapshot"
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

// TestCreateAll: the form is there for every kind that a site can have, with the rows of
// its tables and the articles that its references can lead to, and what it writes is read
// without a mistake.
func TestCreateAll(t *testing.T) {
	all := maps.Clone(files)
	all["config.toml"] += "[sections.sites]\ntitle = \"示范点\"\nkind = \"model-site\"\n[sections.walks]\ntitle = \"路线\"\nkind = \"route\"\n" +
		"[sections.rules]\nkind = \"regulation\"\n"
	all["content/sites/village.md"] = "---\n标题: 柳河村\n日期: 2026-01-02\n来源: 本站\n---\n"
	all["content/sites/school/index.md"] = "---\n标题: \"<校>\"\n日期: 2026-01-03\n来源: 本站\n标签: [莲]\n---\n"
	b := benchOf(t, How{}, all)
	form := func(section string) string {
		return b.ask("GET", "/.preview/new?section="+section, header{"Run": ""}).Body.String()
	}
	for section, want := range map[string]string{
		"walks": `<option value="../sites/school/index.md">&lt;校&gt;</option><option value="../sites/village.md">柳河村</option></optgroup></select>`,
		"rules": "还没有可以选的文章",
		".":     `<a href="?section=." aria-current="page">单页</a>`,
		"tags":  `<datalist id="terms"><option>莲</option></datalist>`,
	} {
		if said := form(section); !strings.Contains(said, want) || strings.Contains(said, "第一篇") {
			t.Errorf("%s: the form lacks %s: %s", section, want, said)
		}
	}
	for section, c := range map[string]struct{ title, more, file, text string }{
		"walks": {"半日", "&field-date=2024-05-01&field-stops-0-site=../sites/village.md&field-stops-0-look=莲，池&field-stops-2-site=../sites/school/index.md",
			"content/walks/20240501-ban-ri.md",
			"站点:  # 按走的先后，每站一行\n  - {去处: \"../sites/village.md\", 看什么: \"莲，池\"}\n  - {去处: \"../sites/school/index.md\"}\n"},
		"rules": {"办法", "&field-date=2024-05-01&field-issuer=县&field-state=现行有效", "content/rules/20240501-ban-fa.md", "发布机关: \"县\""},
		".":     {"关于", "&field-date=2024-05-01", "content/20240501-guan-yu.md", "标题: \"关于\""},
		"tags":  {"莲", "", "content/terms/tags/" + address.Term("莲") + ".md", "标题: \"莲\""},
	} {
		w := b.ask("POST", "/.preview/new", header{"Origin": "http://127.0.0.1:1313", "Run": "", "Body": "section=" + section + "&title=" + c.title + c.more})
		if said := w.Body.String(); !strings.Contains(said, "<code>"+c.file+"</code>") {
			t.Errorf("%s: the form says %s", section, said)
		}
		text, err := b.maker.Site.Read(c.file)
		if err != nil || !strings.Contains(string(text), c.text) {
			t.Errorf("%s: %v\n%s", section, err, text)
		}
	}
	b.must(b.maker.Begin(func() (snapshot.State, error) { return snapshot.State{}, nil }))
	for _, d := range b.maker.Latest().snap.Diagnostics {
		if strings.HasPrefix(d.File, "content/") {
			t.Error(d)
		}
	}
	// What can't be taken is still there to be mended.
	w := b.ask("POST", "/.preview/new", header{"Origin": "http://127.0.0.1:1313", "Run": "", "Body": "section=walks&field-stops-1-site=../sites/village.md&field-stops-1-look=<a>"})
	for _, want := range []string{"先写上标题", `<option value="../sites/village.md" selected>`, `name="field-stops-1-look" value="&lt;a&gt;"`} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("the form lacks %s: %s", want, w.Body)
		}
	}
}
