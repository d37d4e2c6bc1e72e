package check

import "qinglian/internal/diag"

// staleAccount is about a WeChat account without a new article, as far as articles say
// where they stand there. What the account has besides is not known: so it is a hint.
var staleAccount = Rule{Name: "stale-account", Sure: High, Site: func(w *Whole) {
	for _, d := range w.passed(NewOnAccount) {
		w.Report(diag.Diagnostic{Rule: "stale-account", Severity: diag.Note,
			Message: diag.Say("公众号可能已经超期：最迟 %s 要有新文章%s",
				"the WeChat account may be stale: a new article was due by %s%s",
				on(d.Day), d.by()),
			Hint: diag.Say("发一篇，再在文章开头写上公众号链接；发过别的就不用管",
				"publish one there and give its address as wechat_url; if it has others, all is well"),
		}.Placed(d.Where))
	}
}}
