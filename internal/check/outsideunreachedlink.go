package check

import "qinglian/internal/diag"

// outsideUnreachedLink is about links that could not be opened from here, which says
// little about whether readers can.
var outsideUnreachedLink = Rule{Name: "outside-unreached-link", Sure: OwnSense, Online: true, Site: func(w *Whole) {
	for l, a := range w.answered() {
		if a.opened() || a.dead() {
			continue
		}
		hint := diag.Say("用浏览器打开看看；真打不开，就换掉或删去",
			"see whether a browser opens it; if none does, change it or take it out")
		if a.Failed == Private {
			hint = diag.Say("外面的读者打不开它：换成公开的网址，或删去链接",
				"readers outside can't open it: give a public address or take the link out")
		}
		w.opened(l, diag.Diagnostic{Rule: "outside-unreached-link", Severity: diag.Note, Hint: hint,
			Message: diag.Say("外站的链接在这台电脑上打不开：%s（%s）",
				"a link to another site can't be opened from here: %s (%s)", l.URL, a.why())})
	}
}}
