package desk

import (
	"strings"
	"testing"
	"time"

	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/diag"
)

const settings = `title = "清源"
[sections.cases]
title = "案例"
kind = "example"
[sections.more]
title = "更多"
kind = "example"
[sections.rules]
title = "法规"
kind = "regulation"
`

// TestCreate: where a new article goes, and what is refused.
func TestCreate(t *testing.T) {
	c, problems := config.Parse([]byte(settings))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	now := time.Date(2026, 5, 31, 20, 0, 0, 0, time.UTC) // in China it is June
	for _, test := range []struct {
		kind, section, title, date string
		want                       string // the file, or the sentence
	}{
		{"example", "", "三本账", "", "content/cases/20260601-san-ben-zhang.md"},
		{"典型案例", "", "三本账", "", "content/cases/20260601-san-ben-zhang.md"},
		{"example", "more", "三本账", "", "content/more/20260601-san-ben-zhang.md"},
		{"", "rules", "三本账", "", "content/rules/20260601-san-ben-zhang.md"},
		{"", "rules", "三本账", "2024年5月1日", "content/rules/20240501-san-ben-zhang.md"},
		{"page", "", "？", "", "content/20260601-article.md"},
		{"", "rules", "三本账", "昨天", "时间“昨天”读不懂"},
		{"exampel", "", "三本账", "", "没有“exampel”这种文章"},
		{"example", "rules", "三本账", "", "栏目“rules”里放的是 regulation，不是 example"},
		{"", "none", "三本账", "", "没有栏目“none”，有的是：cases（案例）、more（更多）、rules（法规）、单页、tags（标签）、topics（专题）"},
		{"", "更多", "三本账", "", "content/more/20260601-san-ben-zhang.md"},
		{"example", "tags", "三本账", "", "没有栏目“tags”，有的是：cases（案例）、more（更多）"},
		{"notice", "", "三本账", "", "还没有放“notice”的栏目。在 config.toml 里加上这几行，再来一次：\n\n[sections.notice]\ntitle = \"动态\""},
		{"term", "", "三本账", "", "加上 --section，写明是哪个分类的：tags（标签）、topics（专题）"},
		{"term", "topics", "三本账", "", "content/terms/topics/san-ben-zhang-"}, // where its page is already
		{"分类说明", "标签", "三本账", "2024-05-01", "content/terms/tags/san-ben-zhang-"},
		{"term", "rules", "三本账", "", "栏目“rules”里放的是 regulation，不是 term；可以放在：tags（标签）、topics（专题）"},
		{"term", "archive", "三本账", "", "没有栏目“archive”，有的是：tags（标签）、topics（专题）"},
	} {
		s, _ := lay(t, nil)
		values := map[string]string{"title": test.title, "date": test.date}
		name, refused, err := Create(s, c, Article{Kind: test.kind, Section: test.section, Given: content.Given{Values: values}}, now)
		if err != nil {
			t.Error(err)
		}
		if got := name + refused.ZH; !strings.HasPrefix(got, test.want) {
			t.Errorf("%+v: %s", test, got)
		}
		if text, _ := s.Read(name); refused == (diag.Text{}) && !strings.Contains(string(text), test.title) {
			t.Errorf("%+v: the file has %q", test, text)
		}
		if len(values) > 2 {
			t.Errorf("%+v: what was typed has become %v", test, values)
		}
	}
}

// TestCreateAlike: two files are never given one slug, whoever has it; a title that is
// there already is not made again.
func TestCreateAlike(t *testing.T) {
	c, problems := config.Parse([]byte(settings))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	front := func(title, fields string) string {
		return "---\n标题: " + title + "\n日期: 2024-05-01\n来源: 本站\n" + fields + "---\n"
	}
	const first, second = "content/cases/20240501-san-ben-zhang.md", "content/cases/20240501-san-ben-zhang-2.md"
	for _, test := range []struct {
		file, text string // what is there
		want       string // the file, or the sentence
	}{
		{"content/cases/a.md", front("别的", "网址名: 20240501-san-ben\n"), first},
		{"content/more/20240501-san-ben-zhang.md", front("三本张", ""), first},
		{first, front("三本张", ""), second},
		{"content/cases/20240501-San-Ben-Zhang.md", front("三本张", ""), second},
		{first, front("三本张", "网址名: other\n"), second},
		{first, "\xff\xfe\xff", second},
		{"content/cases/a.md", front("三本张", "网址名: 20240501-san-ben-zhang\n"), second},
		{"content/cases/20240501-san-ben-zhang/index.md", front("三本张", ""), second},
		{"content/cases/a.md", front("三本张", "旧网址: [cases/20240501-san-ben-zhang.html]\n"), second},
		{first, front("三本账", ""), first + " 已经有了"},
		{"content/cases/a.md", front("三本账", "网址名: 20240501-san-ben-zhang\n"), "content/cases/a.md 已经有了"},
	} {
		s, _ := lay(t, tree{test.file: test.text})
		values := map[string]string{"title": "三本账", "date": "2024-05-01"}
		name, refused, err := Create(s, c, Article{Section: "cases", Given: content.Given{Values: values}}, time.Now())
		if err != nil {
			t.Error(err)
		}
		if got := name + refused.ZH; !strings.HasPrefix(got, test.want) {
			t.Errorf("beside %s %q: %s", test.file, test.text, got)
		}
	}
}

// TestOnlyTaxonomy: a term goes to the taxonomy that is the only one, under the address
// that it has; without one it is said how there comes to be one.
func TestOnlyTaxonomy(t *testing.T) {
	for settings, want := range map[string]string{
		"[taxonomies.units]\nfield = \"unit\"\nslugs = { \"公证处\" = \"notary\" }\n[taxonomies.archive]\nfield = \"date\"": "content/terms/units/notary.md",
		"[taxonomies.archive]\nfield = \"date\"": "config.toml 里没有能写说明的分类，先加一段：[taxonomies.topics]",
	} {
		c, problems := config.Parse([]byte(settings))
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		s, _ := lay(t, nil)
		a := Article{Kind: "term", Given: content.Given{Values: map[string]string{"title": "公证处"}}}
		name, refused, err := Create(s, c, a, time.Now())
		if err != nil || !strings.HasPrefix(name+refused.ZH, want) {
			t.Errorf("%s: %s%s %v", settings, name, refused.ZH, err)
		}
	}
}
