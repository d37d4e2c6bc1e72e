package check

import (
	"strings"

	"qinglian/internal/diag"
)

// bareLink is about addresses that stand for themselves: read aloud they are a row of
// letters. In a list of sources they may be wanted, so it is a hint.
var bareLink = Rule{Name: "bare-link", Sure: High, Article: func(a *Article) {
	for _, l := range a.Facts.Links {
		if strings.HasPrefix(l.Text, "http://") || strings.HasPrefix(l.Text, "https://") ||
			strings.HasPrefix(l.Text, "www.") {
			a.Report(l.Place, Finding{Diagnostic: diag.Diagnostic{Rule: "bare-link", Severity: diag.Note,
				Message: diag.Say("链接文字就是网址，朗读时是一串字母",
					"the link's text is its address: read aloud it is a row of letters"),
				Hint: diag.Say("写上网页的名字：[名字](%s)", "give the page's name: [name](%s)", l.Dest)}})
		}
	}
}}
