package check

import "qinglian/internal/diag"

// outsideDeadLink is about links to pages of other sites that are gone.
var outsideDeadLink = Rule{Name: "outside-dead-link", Sure: OwnSense, Online: true, Site: func(w *Whole) {
	for l, a := range w.answered() {
		if a.dead() {
			what := diag.Say("外站的网页不在了（%d）：%s", "the page of another site is gone (%d): %s", a.Status, l.URL)
			if a.Failed == NoHost {
				what = diag.Say("外站的域名不存在了：%s", "the host of another site is gone: %s", l.URL)
			}
			w.opened(l, diag.Diagnostic{Rule: "outside-dead-link", Severity: diag.Warning, Message: what,
				Hint: diag.Say("换成现在的网址，或删去链接", "give the present address or take the link out")})
		}
	}
}}
