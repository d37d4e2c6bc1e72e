package check

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/markdown"
	"qinglian/internal/site"
)

// linked is a site of articles, by file, as it is at a moment.
func linked(t *testing.T, settings string, articles map[string]string, now time.Time) *site.Site {
	t.Helper()
	c, problems := config.Parse([]byte(settings))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	compiler := content.Compiler{Config: c, Dialect: markdown.New()}
	var docs []*content.Doc
	for _, name := range slices.Sorted(maps.Keys(articles)) {
		doc := compiler.Compile(name, []byte(articles[name]))
		if len(doc.Problems) > 0 {
			t.Fatal(doc.Problems)
		}
		docs = append(docs, &doc)
	}
	s, _ := site.Link(c, docs, nil, site.Selection{Now: now})
	return s
}

// moment is a day and time where sites are.
func moment(t *testing.T, s string) time.Time {
	t.Helper()
	now, ok := content.ParseDate(s, time.FixedZone("", 8*60*60))
	if !ok {
		t.Fatal(s)
	}
	return now
}

// ofSite is what rules of the site find, as rule, level and message.
func ofSite(t *testing.T, settings string, articles map[string]string, now string) []string {
	t.Helper()
	s := linked(t, settings, articles, moment(t, now))
	c := New(s.Config, nil)
	var found []string
	for _, f := range c.Report(nil, c.Site(Whole{Site: s, Now: moment(t, now)})).Findings {
		found = append(found, fmt.Sprintf("%s %s %s", f.Rule, f.Severity, f.Message.ZH))
	}
	return found
}

// dated is an article of a day.
func dated(day string, more ...string) string {
	return "---\n标题: 甲\n日期: " + day + "\n来源: 乙\n" + strings.Join(more, "\n") + "\n---\n正文。\n"
}

const columns = `
[sections.news]
title = "要闻"
kind = "notice"
owner = "小王"
[sections.notices]
title = "通知公告"
kind = "notice"
[sections.about]
title = "概况"
kind = "page"
[check]
owner = "办公室"
`

// TestFreshness: what is stale at a moment, what is said before, and by when others must
// be updated.
func TestFreshness(t *testing.T) {
	articles := map[string]string{
		"content/news/a.md":      dated("2026-02-19 16:00"),
		"content/news/old.md":    dated("2025-12-01"),
		"content/notices/b.md":   dated("2025-08-31", "公众号链接: https://mp.weixin.qq.com/s/abcdefghijklmnopqrstuv"),
		"content/about/index.md": "---\n标题: 概况\n---\n正文。\n",
	}
	for _, c := range []struct {
		settings, now string
		want          []string
	}{
		{columns, "2026-06-01", nil}, // nobody asks: there is no profile
		{`profile = "gov"` + columns, "2026-02-20", []string{
			"due-soon note 栏目“通知公告”将于 2026-03-01 超期（负责：办公室）", // 9 days: see below
		}},
		{`profile = "gov"` + columns, "2026-03-05 23:59", []string{
			"stale-account note 公众号可能已经超期：最迟 2025-09-14 要有新文章（负责：办公室）",
			"due-soon note 首页将于 2026-03-06 超期（负责：办公室）",
			"due-soon note 栏目“要闻”将于 2026-03-06 超期（负责：小王）",
			"stale-column warning 栏目“通知公告”已经超期：最迟 2026-02-28 要有新文章（负责：办公室）",
		}},
		{`profile = "gov"` + columns, "2026-03-06", []string{
			"stale-home warning 首页已经超期：最迟 2026-03-05 要有新文章（负责：办公室）",
			"stale-column warning 栏目“要闻”已经超期：最迟 2026-03-05 要有新文章（负责：小王）",
		}},
		{`profile = "party"` + columns, "2026-03-06", []string{
			"stale-home note 首页已经超期：最迟 2026-03-05 要有新文章（负责：办公室）",
		}},
		{columns + "fresh = \"1个月\"\nahead = 30\n[sections.other]\ntitle = \"别的\"\nkind = \"page\"\nfresh = \"14天\"", "2026-02-21", []string{
			"due-soon note 首页将于 2026-03-20 超期（负责：办公室）",
			"empty-column note 栏目“别的”里没有文章",
		}},
	} {
		found := ofSite(t, c.settings, articles, c.now)
		if c.want == nil && len(found) > 0 {
			t.Errorf("%s: found %q", c.now, found)
		}
		for _, want := range c.want {
			if c.now == "2026-02-20" { // two days more than are said ahead
				if slices.Contains(found, want) {
					t.Errorf("%s: found %q too early", c.now, want)
				}
			} else if !slices.Contains(found, want) {
				t.Errorf("%s: did not find %q, but\n%s", c.now, want, strings.Join(found, "\n"))
			}
		}
	}
}

// TestTasks: a task is late from the day after its deadline, unless it is done, and said
// before; a review is said before, and on its day by building.
func TestTasks(t *testing.T) {
	const settings = "[sections.tasks]\nkind = \"task\""
	task := func(state string) map[string]string {
		return map[string]string{"content/tasks/a.md": dated("2026-01-01", "牵头单位: 住建局", "办结期限: 2026-05-10", "进度: "+state,
			"复核日期: 2026-05-20")}
	}
	for _, c := range []struct{ state, now, want string }{
		{"推进中", "2026-05-02 23:59", ""},
		{"推进中", "2026-05-03", "due-soon note 实事《甲》的办结期限是 2026-05-10（负责：住建局）"},
		{"推进中", "2026-05-10 23:59", "due-soon note 实事《甲》的办结期限是 2026-05-10（负责：住建局）"},
		{"推进中", "2026-05-11", "late-task warning 实事《甲》过了办结期限 2026-05-10，还没有办结（负责：住建局）"},
		{"已办结", "2026-05-11", ""},
		{"已办结", "2026-05-19", "due-soon note 文章《甲》要在 2026-05-20 复核"},
		{"已办结", "2026-05-20", ""},
	} {
		if got := strings.Join(ofSite(t, settings, task(c.state), c.now), ", "); got != c.want {
			t.Errorf("%s at %s: got %q, want %q", c.state, c.now, got, c.want)
		}
	}
}

// TestYearReport: a government's site has last year's report on its home page by
// 31 January, if it is older than this year.
func TestYearReport(t *testing.T) {
	const settings = "profile = \"gov\"\n[sections.notices]\nkind = \"notice\"\ntitle = \"通知公告\"\n[check]\nfresh = \"不限\""
	report := strings.Replace(dated("2026-01-20"), "标题: 甲", "标题: 政府网站工作年度报表（2025年度）", 1)
	old := dated("2025-11-20")
	for _, c := range []struct {
		profile  string
		articles map[string]string
		now      string
		want     string
	}{
		{"gov", map[string]string{"content/notices/a.md": old}, "2026-01-10", "year-report note"},
		{"gov", map[string]string{"content/notices/a.md": old}, "2026-01-31", "year-report note"},
		{"gov", map[string]string{"content/notices/a.md": old}, "2026-02-01", "year-report warning"},
		{"gov", map[string]string{"content/notices/a.md": old, "content/notices/b.md": report}, "2026-02-01", ""},
		{"gov", map[string]string{"content/notices/a.md": dated("2026-01-02")}, "2026-02-01", ""},
		{"party", map[string]string{"content/notices/a.md": old}, "2026-02-01", ""},
	} {
		var got []string
		for _, f := range ofSite(t, strings.Replace(settings, "gov", c.profile, 1), c.articles, c.now) {
			if strings.HasPrefix(f, "year-report") {
				got = append(got, strings.Join(strings.Fields(f)[:2], " "))
			}
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s at %s: got %q, want %q", c.profile, c.now, got, c.want)
		}
	}
}

// TestDeadlines: all days, the first one first, whether they are over or far off.
func TestDeadlines(t *testing.T) {
	now := moment(t, "2026-03-01")
	s := linked(t, `profile = "gov"`+columns, map[string]string{
		"content/news/a.md":    dated("2026-02-19", "复核日期: 2027-01-01", "责任编辑: 小李"),
		"content/notices/b.md": dated("2025-12-31"),
	}, now)
	var got []string
	for _, d := range Deadlines(s, now) {
		got = append(got, fmt.Sprintf("%s %s %s %s %s:%d", on(d.Day), d.Of, d.What.ZH, d.Owner, d.Where.File, d.Where.Line))
	}
	want := []string{
		"2026-01-31 report 2025 年的网站工作年度报表 办公室 config.toml:1",
		"2026-03-05 column 栏目“要闻” 小王 config.toml:2",
		"2026-03-05 home 首页 办公室 config.toml:0",
		"2026-06-30 column 栏目“通知公告” 办公室 config.toml:6",
		"2027-01-01 review 文章《甲》 小李 content/news/a.md:5",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
