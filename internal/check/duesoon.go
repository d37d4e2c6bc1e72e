package check

import "qinglian/internal/diag"

// dueSoon is the forecast: what has to be done within the next days, as many as
// config.toml says. On the day of a review building says so, and the year's report has a
// rule of its own.
var dueSoon = Rule{Name: "due-soon", Sure: OwnSense, Site: func(w *Whole) {
	for _, d := range w.Deadlines() {
		if d.Passed(w.Now) || !d.Within(w.Config.Check.Ahead, w.Now) || d.Of == YearReported ||
			d.Of == Reviewed && !w.Now.Before(d.Day) {
			continue
		}
		message, hint := d.forecast()
		w.Report(diag.Diagnostic{Rule: "due-soon", Severity: diag.Note, Message: message, Hint: hint}.Placed(d.Where))
	}
}}

func (d Deadline) forecast() (message, hint diag.Text) {
	over := on(d.Day.AddDate(0, 0, 1))
	switch d.Of {
	case TaskDone:
		return diag.Say("%s的办结期限是 %s%s", "%s is to be done by %s%s", d.What, on(d.Day), d.by()),
			diag.Say("办好了，进度写 已办结", "when it is, set its state to 已办结 (done)")
	case Reviewed:
		return diag.Say("%s要在 %s 复核%s", "%s is to be reviewed on %s%s", d.What, on(d.Day), d.by()),
			diag.Say("看看内容还对不对，再写下一次的日期", "see whether what it says still holds, and give the date of the next review")
	}
	return diag.Say("%s将于 %s 超期%s", "%s will be stale on %s%s", d.What, over, d.by()),
		diag.Say("最迟 %s 发布一篇新的", "publish a new article by %s", on(d.Day))
}
