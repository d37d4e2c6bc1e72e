package check

import (
	"strings"

	"qinglian/internal/diag"
	"qinglian/internal/pattern"
)

// passportNumber is about the numbers of passports, which are too plain to be told
// without a word that says what they are.
var passportNumber = Rule{Name: "passport-number", Sure: High, Files: true, Article: func(a *Article) {
	passages := a.Passages()
	for i := range passages {
		p := &passages[i]
		if !strings.Contains(p.Text, "护照") && !strings.Contains(p.Ahead, "护照") {
			continue
		}
		for _, m := range passports().FindAllStringSubmatchIndex(p.Text, -1) {
			if p.beside(m[2], m[3], 20, "护照") {
				number := p.Text[m[2]:m[3]]
				a.reportNumber(p, m[2], m[3],
					Finding{Subject: number, Diagnostic: diag.Diagnostic{Rule: "passport-number", Severity: diag.Error,
						Message: diag.Say("这是一个护照号码", "this is the number of a passport")}}, number[:3]+"***"+
						number[len(number)-3:])
			}
		}
	}
}}

var passports = pattern.Of(`(?:^|[^A-Za-z0-9])((?:[DEGPSHMK]\d{8}|E[A-HJ-NP-Z]\d{7}))(?:$|[^A-Za-z0-9])`)
