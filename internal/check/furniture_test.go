package check

import (
	"strings"
	"testing"

	"qinglian/internal/build"
)

// levelsOf are those of what a rule found, without the others.
func levelsOf(found []string, rule string) string {
	var some []string
	for _, f := range found {
		if name, rest, _ := strings.Cut(f, " "); name == rule {
			level, _, _ := strings.Cut(rest, " ")
			some = append(some, level)
		}
	}
	return strings.Join(some, " ")
}

// TestFurniture: what rules of the site find in one article or its configuration, and what
// is near it and right.
func TestFurniture(t *testing.T) {
	const section = "\n[sections.notices]\nkind = \"notice\"\n[sections.regulations]\nkind = \"regulation\"\n"
	titled := func(title string, more ...string) string {
		return strings.Replace(dated("2026-05-01", more...), "标题: 甲", "标题: "+title, 1)
	}
	rule := func(title, state string) string {
		return titled(title, "发布机关: 丙", "状态: "+state)
	}
	for _, c := range []struct{ rule, settings, notice, regulation, want string }{
		{"site-domain", `base_url = "https://www.a.example/"` + "\nprofile = \"gov\"", "", "", "warning"},
		{"site-domain", `base_url = "https://www.a.gov.cn/"` + "\nprofile = \"gov\"", "", "", ""},
		{"site-domain", `base_url = "https://www.a.example/"`, "", "", ""},
		{"site-domain", `base_url = "https://10.0.0.1/"`, "", "", "warning"},
		{"thin-tags", `profile = "gov"`, dated("2026-05-01"), "", "note note"}, // the site, and a column with an article
		{"thin-tags", "", dated("2026-05-01"), "", ""},
		{"thin-tags", "profile = \"gov\"\ndescription = \"乙\"", "", "", ""},
		{"thin-tags", "profile = \"gov\"\ndescription = \"乙\"", dated("2026-05-01"), "", "note"},
		{"no-original", `profile = "gov"`, titled("《规则》解读"), "", "warning"},
		{"no-original", "", titled("《规则》解读"), "", "note"},
		{"no-original", `profile = "gov"`, titled("《规则》解读", "原文: /regulations/r.md"), rule("规则", "现行有效"), ""},
		{"no-original", `profile = "gov"`, titled("《规则》解读") + "见[规则](../regulations/r.md)。", rule("规则", "现行有效"), ""},
		{"no-original", `profile = "gov"`, titled("规则怎么用"), "", ""},
		{"doubtful-date", "", titled("甲", "更新时间: 2026-07-01"), "", "warning"},
		{"doubtful-date", "", titled("甲", "更新时间: 2026-04-01"), "", "warning"},
		{"doubtful-date", "", titled("甲", "更新时间: 2026-05-01"), "", ""},
		{"doubtful-date", "", dated("1984-05-01"), "", "warning"},
		{"doubtful-date", "", dated("1994-05-01"), "", ""},
		{"repealed", "", "", rule("规则（已废止）", "现行有效"), "warning"},
		{"repealed", "", "", rule("规则（已废止）", "已废止"), ""},
		{"repealed", "", "", rule("废止管理规则", "现行有效"), ""},
	} {
		articles := map[string]string{}
		if c.notice != "" {
			articles["content/notices/n.md"] = c.notice
		}
		if c.regulation != "" {
			articles["content/regulations/r.md"] = c.regulation
		}
		if got := levelsOf(ofSite(t, c.settings+section, articles, "2026-06-01"), c.rule); got != c.want {
			t.Errorf("%s of %q %q %q: got %q, want %q", c.rule, c.settings, c.notice, c.regulation, got, c.want)
		}
	}
}

// TestThinTags: a page without a date is one of a government's.
func TestThinTags(t *testing.T) {
	pages := map[string]string{"content/about.md": "---\n标题: 甲\n---\n正文。\n", "content/dated.md": dated("2026-05-01"),
		"content/index.md": "---\n标题: 乙\n---\n正文。\n", "content/notices/index.md": "---\n标题: 丙\n---\n正文。\n"}
	for profile, want := range map[string]string{"gov": "note", "party": "", "institution": ""} {
		settings := "description = \"乙\"\nprofile = \"" + profile + "\"\n[sections.notices]\nkind = \"notice\"\n"
		if got := levelsOf(ofSite(t, settings, pages, "2026-06-01"), "thin-tags"); got != want {
			t.Errorf("%s: got %q, want %q", profile, got, want)
		}
	}
}

// TestLinks: what links of an article lead to, and what near them is right.
func TestLinks(t *testing.T) {
	const settings = "base_url = \"https://www.own.example/\"\n[check]\nretired = [\"Old.example.org\"]\n"
	for _, c := range []struct{ text, want string }{
		{"见[旧站](https://old.example.org/a)。", "foreign-host [旧站](https://old.example.org/a), retired-domain [旧站](https://old.example.org/a)"},
		{"见[旧站](http://www.OLD.example.org/a)。", "foreign-host [旧站](http://www.OLD.example.org/a), retired-domain [旧站](http://www.OLD.example.org/a)"},
		{"见[新站](https://bold.example.org/a)。", "foreign-host [新站](https://bold.example.org/a)"},
		{"见[本站](https://www.own.example/a.html)、[电话](tel:12345)。", ""},
		{"已公布[](https://www.own.example/a.html)。", "empty-link [](https://www.own.example/a.html)"},
		{"已公布[。](https://www.own.example/a.html)", "empty-link [。](https://www.own.example/a.html)"},
		{"![](https://pic.example.org/a.png)", "foreign-host ![](https://pic.example.org/a.png)"},
		{"<img src=\"https://pic.example.org/a.png\">", "foreign-host <img src=\"https://pic.example.org/a.png\">"},
		{"[![](https://pic.example.org/a.png)](https://www.own.example/a.html)", ""},
		{"<a href=\"https://www.own.example/a.html\"><img src=\"a.png\" alt=\"甲\"></a>", ""},
		{"<a href=\"https://www.own.example/a.html\"><img src=\"https://pic.example.org/a.png\"></a>", ""},
		{"[![](a.png)](https://www.own.example/a.html)", "missing-alt ![](a.png)"},
		{"[→](https://www.own.example/a.html)", ""},
	} {
		found, _ := inspected(t, settings, head+c.text)
		if got := strings.Join(found, ", "); got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

// TestUnlinkedFile: a document in static/ that nothing leads to, and what is none.
func TestUnlinkedFile(t *testing.T) {
	s := linked(t, "[sections.notices]\nkind = \"notice\"", map[string]string{"content/notices/n.md": dated("2026-05-01")}, moment(t, "2026-06-01"))
	found := New(s.Config, nil).Site(Whole{Site: s, Now: moment(t, "2026-06-01"), Outputs: []build.Output{
		{Path: "a.XLSX", Source: "static/a.XLSX"}, {Path: "robots.txt", Source: "static/robots.txt"}, {Path: "n/b.pdf", Source: "content/n/b.pdf"},
	}})
	if len(found) != 1 || found[0].Rule != "unlinked-file" || found[0].File != "static/a.XLSX" {
		t.Errorf("got %v", found)
	}
}
