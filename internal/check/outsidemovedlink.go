package check

import "qinglian/internal/diag"

// outsideMovedLink is about links that still lead on to where a page is now: the old
// address may be given up one day.
var outsideMovedLink = Rule{Name: "outside-moved-link", Sure: OwnSense, Online: true, Site: func(w *Whole) {
	for l, a := range w.answered() {
		if a.Moved != "" && a.opened() {
			w.opened(l, diag.Diagnostic{Rule: "outside-moved-link", Severity: diag.Note,
				Message: diag.Say("外站的网页换了网址：%s", "the page of another site has a new address: %s", l.URL),
				Hint:    diag.Say("看看是不是原来的内容，是就换成 %s", "see whether it is the same page, and write %s", a.Moved)})
		}
	}
}}
