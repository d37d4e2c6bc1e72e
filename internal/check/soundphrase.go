package check

import "qinglian/internal/diag"

// soundPhrase is about what is read like one of the owner's phrases and typed with other
// characters. Many words sound alike: it is a hint.
var soundPhrase = Rule{Name: "sound-phrase", Sure: OwnSense, Files: true, Article: func(a *Article) {
	for _, h := range a.phraseHits() {
		if h.how == homophone {
			a.report(h.passage, h.at, h.end,
				Finding{Diagnostic: diag.Diagnostic{Rule: "sound-phrase", Severity: diag.Note,
					Message: diag.Say("“%s”和词库里的“%s”读音一样",
						"%q is read like %q, which is in the site's list", h.typed, h.phrase.text),
					Hint: diag.Say("看看是不是打错了字", "see whether it is a slip")}})
		}
	}
}}
