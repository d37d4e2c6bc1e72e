package check

import (
	"unicode/utf8"

	"qinglian/internal/diag"
)

// rareCharacter is about characters that are in no form in 通用规范汉字表: variants, what
// was typed wrong, and names.
var rareCharacter = Rule{Name: "rare-character", Sure: High, Settings: true, Article: func(a *Article) {
	a.eachUnlisted(false, func(p *Passage, found []rune, at int) {
		_, size := utf8.DecodeRuneInString(p.Text[at:])
		a.report(p, at, at+size, Finding{Diagnostic: diag.Diagnostic{Rule: "rare-character", Severity: diag.Note,
			Message: diag.Say("《通用规范汉字表》里没有：%s", "not in the table of standard characters: %s", spaced(found)),
			Hint:    diag.Say("看看是不是打错了字；姓名、地名用的可以照旧", "see whether it is a slip; in names it may stay")}})
	})
}}
