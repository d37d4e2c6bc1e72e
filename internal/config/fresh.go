package config

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"qinglian/internal/diag"
	"qinglian/internal/pattern"
)

// Period is how long a column may go without a new article. The zero one has no end.
type Period struct{ Months, Days int }

// Zero reports the Period that has no end.
func (p Period) Zero() bool { return p == Period{} }

// forever is how config.toml says that something needs no new articles.
var forever = []string{"不限", "off"}

var period = pattern.Of(`^(\d{1,4})\s*(天|日|周|星期|个月|月|年|days?|weeks?|months?|years?)$`)

// ParsePeriod reads a Period as people write it: 14天, 2周, 6个月, 30 days; 不限 and off
// are the one that has no end.
func ParsePeriod(s string) (p Period, ok bool) {
	if slices.Contains(forever, s) {
		return p, true
	}
	m := period().FindStringSubmatch(s)
	if m == nil {
		return p, false
	}
	n, err := strconv.Atoi(m[1])
	if err != nil || n == 0 {
		return p, false
	}
	switch strings.TrimSuffix(m[2], "s") {
	case "天", "日", "day":
		return Period{Days: n}, true
	case "周", "星期", "week":
		return Period{Days: 7 * n}, true
	case "年", "year":
		return Period{Months: 12 * n}, true
	}
	return Period{Months: n}, true
}

// From is the day on which it ends when it begins on a day. A month ends with its last
// day: what began on 31 August ends in six months on 28 February.
func (p Period) From(day time.Time) time.Time {
	end := day.AddDate(0, p.Months, 0)
	if end.Day() != day.Day() {
		end = end.AddDate(0, 0, -end.Day())
	}
	return end.AddDate(0, 0, p.Days)
}

// Text is the Period as people read it.
func (p Period) Text() diag.Text {
	switch {
	case p.Months == 0:
		return diag.Say("%d 天", "%d days", p.Days)
	case p.Months%12 == 0:
		return diag.Say("%d 年", "%d years", p.Months/12)
	}
	return diag.Say("%d 个月", "%d months", p.Months)
}

// twoWeeks and halfYear are what 政府网站与政务新媒体检查指标 (国办秘函〔2019〕19号) gives
// the home page and columns of news, and columns of notices and documents.
var (
	twoWeeks = Period{Days: 14}
	halfYear = Period{Months: 6}
)

// columnWords are those by which columns are known to be of news or of documents, in
// their types and titles; what a word of documents is in is no column of news.
var columnWords = []struct {
	words []string
	most  Period
}{
	{[]string{"通知", "公告", "公示", "政策", "文件", "法规"}, halfYear},
	{[]string{"动态", "要闻", "新闻", "快讯", "资讯"}, twoWeeks},
}

// Fresh is how long a section may go without a new article: as the owner says, or as
// such a column is inspected on a site that has a profile.
func (c Config) Fresh(s Section) Period {
	if s.Fresh != "" {
		p, _ := ParsePeriod(s.Fresh)
		return p
	}
	if c.Profile == "" {
		return Period{}
	}
	for _, known := range columnWords {
		for _, word := range known.words {
			if strings.Contains(s.Type, word) || strings.Contains(s.Title, word) {
				return known.most
			}
		}
	}
	return Period{}
}

// FreshHome is how long the site as a whole may go without a new article.
func (c Config) FreshHome() Period { return c.fortnight(c.Check.Fresh) }

// FreshAccount is how long the WeChat account may.
func (c Config) FreshAccount() Period { return c.fortnight(c.WeChat.Fresh) }

func (c Config) fortnight(given string) Period {
	if given == "" && c.Profile != "" {
		return twoWeeks
	}
	p, _ := ParsePeriod(given)
	return p
}

// periods takes out what is no Period.
func (p *parser) periods(c *Config) {
	p.period(&c.Check.Fresh, "check", "fresh")
	p.period(&c.WeChat.Fresh, "wechat", "fresh")
	for i := range c.Sections {
		p.period(&c.Sections[i].Fresh, "sections", c.Sections[i].Name, "fresh")
	}
}

func (p *parser) period(s *string, key ...string) {
	if _, ok := ParsePeriod(*s); ok || *s == "" {
		return
	}
	p.report(diag.Diagnostic{Rule: "config-value",
		Message: diag.Say("“%s”看不懂：“%s”", "%s can't be %q", dotted(key), *s),
		Hint: diag.Say("写多久要有新文章，如 \"14天\"、\"6个月\"；不要求就写 \"不限\"",
			"say within what time a new article is due, such as \"14 days\" or \"6 months\"; \"off\" asks for none"),
	}, key...)
	*s = ""
}
