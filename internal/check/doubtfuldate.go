package check

import (
	"time"

	"qinglian/internal/diag"
)

// firstSite is when the first site of China was connected: no page is older.
const firstSite = 1994

// doubtfulDate is about dates that can't be when something was published or changed.
// What is dated in the future waits for its day, and building says so.
var doubtfulDate = Rule{Name: "doubtful-date", Sure: High, Site: func(w *Whole) {
	for _, p := range w.Site.Pages {
		d := diag.Diagnostic{Rule: "doubtful-date", Severity: diag.Warning}
		date, updated := p.Card.Date, p.Card.Updated
		switch {
		case updated.After(w.Now):
			d.Message = diag.Say("更新时间 %s 还没有到",
				"it says that it was updated on %s, which is to come", updated.Format(time.DateOnly))
			d.Hint = diag.Say("写真正更新的时间", "give the day on which it was")
			d = d.Placed(p.Where("updated"))
		case !updated.IsZero() && updated.AddDate(0, 0, 1).Before(date):
			d.Message = diag.Say("更新时间 %s 早于发布时间",
				"it says that it was updated on %s, before it was published", updated.Format(time.DateOnly))
			d.Hint = diag.Say("两个时间写反了就换过来", "if the two are mixed up, change them round")
			d = d.Placed(p.Where("updated"))
		case !date.IsZero() && date.Year() < firstSite:
			d.Message = diag.Say("发布时间是 %d 年，那时还没有网站", "it is dated %d, when there were no sites yet", date.Year())
			d.Hint = diag.Say("写在本站发布的时间；文件本身的日期写在正文或 发布日期 里",
				"give the day on which it was published here; that of a document has a field of its own")
			d = d.Placed(p.Where("date"))
		default:
			continue
		}
		w.Report(d)
	}
}}
