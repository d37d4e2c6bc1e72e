package check

import "qinglian/internal/diag"

// staleColumn is about sections without a new article for longer than such columns may
// go, or their owner says.
var staleColumn = Rule{Name: "stale-column", Sure: High, Profiles: modelFor, Site: func(w *Whole) {
	for _, d := range w.passed(NewInColumn) {
		w.Report(diag.Diagnostic{Rule: "stale-column", Severity: diag.Warning,
			Message: diag.Say("%s已经超期：最迟 %s 要有新文章%s",
				"%s is stale: a new article was due by %s%s", d.What, on(d.Day), d.by()),
			Hint: diag.Say("发布一篇新的；多久要更新，写在栏目的 fresh 里，如 fresh = \"6个月\"，不要求就写 \"不限\"",
				"publish a new one; how long it may go without is its fresh, such as \"6 months\"; \"off\" asks for none"),
		}.Placed(d.Where))
	}
}}
