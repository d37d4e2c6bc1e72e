package check

import "qinglian/internal/diag"

// staleHome is about a site without a new article. It is never an error: what ends it is
// to publish, which an error may forbid.
var staleHome = Rule{Name: "stale-home", Sure: High, Profiles: modelFor, Site: func(w *Whole) {
	for _, d := range w.passed(NewOnHome) {
		w.Report(diag.Diagnostic{Rule: "stale-home", Severity: diag.Warning,
			Message: diag.Say("首页已经超期：最迟 %s 要有新文章%s",
				"the home page is stale: a new article was due by %s%s", on(d.Day), d.by()),
			Hint: diag.Say("发布一篇新的；%s没有更新，检查时整个网站不合格",
				"publish a new one: a site without one for %s fails an inspection", w.Config.FreshHome().Text()),
		}.Placed(d.Where))
	}
}}

// modelFor are the levels of what inspections of government sites count, for which it is
// only a model to the others.
var modelFor = map[string]Level{"party": Hint, "institution": Hint}
