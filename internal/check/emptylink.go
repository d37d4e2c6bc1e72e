package check

import (
	"strings"
	"unicode"

	"qinglian/internal/diag"
)

// emptyLink is about links that nobody sees: without a word and without a picture in
// them. A site that was broken into has such ones.
var emptyLink = Rule{Name: "empty-link", Sure: High, Article: func(a *Article) {
	for _, l := range a.Facts.Links {
		shown := strings.ContainsFunc(l.Text,
			func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsSymbol(r) })
		if shown || l.Seen {
			continue
		}
		a.Report(l.Place, Finding{Diagnostic: diag.Diagnostic{Rule: "empty-link", Severity: diag.Warning,
			Message: diag.Say("链接里没有文字，读者看不见它指到 %s",
				"the link has no words: readers don't see that it leads to %s", l.Dest),
			Hint: diag.Say("写上说明去处的文字，或删去链接", "give it words that say where it leads, or take it out")}})
	}
}}
