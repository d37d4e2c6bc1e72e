package check

import (
	"strconv"
	"strings"
	"time"

	"qinglian/internal/diag"
	"qinglian/internal/site"
)

// yearReport is about the report on a government site's work in the last year, which is
// to be on its home page by 31 January. It is known by its title, and asked for from the
// first day of the year on.
var yearReport = Rule{Name: "year-report", Sure: Medium, Site: func(w *Whole) {
	for _, d := range w.Deadlines() {
		if d.Of != YearReported {
			continue
		}
		severity := diag.Note
		if d.Passed(w.Now) {
			severity = diag.Warning
		}
		year := d.Day.Year() - 1
		w.Report(diag.Diagnostic{Rule: "year-report", Severity: severity,
			Message: diag.Say("还没有 %d 年的网站工作年度报表，最迟 %s 放到首页%s",
				"there is no report yet on the site's work in %d, which is due on the home page by %s%s", year,
				on(d.Day), d.by()),
			Hint: diag.Say("发布一篇，标题写 政府网站工作年度报表（%d年度）",
				"publish one with the title 政府网站工作年度报表（%d年度）", year),
		}.Placed(d.Where))
	}
}}

// report is the deadline of last year's report: for a government's site that is older
// than this year and does not have it.
func (g *gathering) report() {
	year := g.now.Year()
	older := false
	for _, p := range g.site.Pages {
		if isYearReport(p, year-1) {
			return
		}
		older = older || !p.Card.Date.IsZero() && p.Card.Date.In(g.site.Config.Zone).Year() < year
	}
	if g.site.Config.Profile != "gov" || !older {
		return
	}
	g.add(Deadline{Of: YearReported, Day: time.Date(year, time.January, 31, 0, 0, 0, 0, g.site.Config.Zone),
		What:  diag.Say("%d 年的网站工作年度报表", "the report on the site's work in %d", year-1),
		Where: g.site.Config.Where("profile")})
}

func isYearReport(p *site.Page, year int) bool {
	title := p.Card.Title
	return strings.Contains(title, strconv.Itoa(year)) &&
		(strings.Contains(title, "年度报表") || strings.Contains(title, "工作报表") || strings.Contains(title, "工作年度报告"))
}
