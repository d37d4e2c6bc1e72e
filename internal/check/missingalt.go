package check

import "qinglian/internal/diag"

// missingAlt is about pictures that say nothing to who can't see them. A picture that is
// no more than an ornament is not told from one that is: so it is a warning.
var missingAlt = Rule{Name: "missing-alt", Sure: High, Article: func(a *Article) {
	for _, p := range a.Facts.Pictures {
		if p.Alt == "" {
			a.Report(p.Place, Finding{Diagnostic: diag.Diagnostic{Rule: "missing-alt", Severity: diag.Warning,
				Message: diag.Say("图片没有说明文字，看不见图的人不知道画的是什么",
					"the picture has no text in its place: who can't see it learns nothing"),
				Hint: diag.Say("在方括号里写一句画的是什么，如 ![村民在公示栏前查看账目](%s)", "say in the brackets what it shows: ![…](%s)", p.Dest)}})
		}
	}
}}
