package check

import (
	"strings"

	"qinglian/internal/diag"
	"qinglian/internal/published"
)

// changedDate is about articles whose date is another than when they were published: a
// falsified date fails a site. What was changed in a text has a field of its own.
var changedDate = Rule{Name: "changed-date", Sure: High, Site: func(w *Whole) {
	for _, p := range w.Site.Pages {
		was, known := w.Record.Find(p.Path)
		now := published.EntryOf(w.Config.Zone, p.Path, p.Doc)
		if !known || was.Date == now.Date || p.Index {
			continue
		}
		w.Report(diag.Diagnostic{Rule: "changed-date", Severity: diag.Warning,
			Message: diag.Say("发布时间和发布的时候不一样：那时是%s",
				"the date is another than when this was published: it was %s", recorded(was.Date)),
			Hint: diag.Say("改回去；改过内容的，另写 更新时间。确实写错了日期的，写 检查例外: {changed-date: 理由}",
				"set it back; when a text is changed, that is its updated; if the date was wrong, write allow: {changed-date: WHY}"),
		}.Placed(p.Where("date")))
	}
}}

// recorded is a recorded date as people write it.
func recorded(date string) diag.Text {
	if date == "" {
		return diag.Say("没有日期", "none")
	}
	date = strings.Replace(date, "T", " ", 1)
	return diag.Text{ZH: " " + date, EN: date}
}
