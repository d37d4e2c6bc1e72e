package check

import "qinglian/internal/diag"

// wrongPhrase is about what the owner's list says must not be written.
var wrongPhrase = Rule{Name: "wrong-phrase", Sure: OwnSense, Files: true, Article: func(a *Article) {
	for _, h := range a.phraseHits() {
		if h.how != exact {
			continue
		}
		d := diag.Diagnostic{Rule: "wrong-phrase", Severity: diag.Error,
			Message: diag.Say("词库里写明不能用“%s”", "the site's list says that %q must not be written", h.typed),
			Hint:    diag.Say("换一种说法", "say it in another way")}
		if h.phrase.instead != "" {
			d.Hint = diag.Say("写成“%s”", "write %q", h.phrase.instead)
		}
		a.report(h.passage, h.at, h.end, Finding{Diagnostic: d})
	}
}}
