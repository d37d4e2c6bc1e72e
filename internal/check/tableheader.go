package check

import (
	"qinglian/internal/diag"
	"qinglian/internal/markdown"
	"qinglian/internal/pattern"
)

// tableHeader is about tables of which no cell of the first row says what stands below.
var tableHeader = Rule{Name: "table-header", Sure: High, Article: func(a *Article) {
	for _, m := range emptyHeads().FindAllIndex(a.Text, -1) {
		at := markdown.Place{From: int32(m[0]), To: int32(m[1])}
		if a.inCode(at) || !a.hasCellBehind(at) {
			continue
		}
		a.Report(markdown.Place{From: at.From, To: at.From + 1},
			Finding{Diagnostic: diag.Diagnostic{Rule: "table-header", Severity: diag.Warning,
				Message: diag.Say("表格第一行是空的，读表的人不知道各列是什么",
					"the table's first row is empty: nobody learns what its columns are"),
				Hint: diag.Say("在第一行写上各列的名字", "name the columns in the first row")}})
	}
}}

// emptyHeads are rows without anything in them above a row of hyphens.
var emptyHeads = pattern.Of(`(?m)^[ \t>]*\|(?:[ \t]*\|)+[ \t]*\n[ \t>]*\|?[ \t]*:?-+:?[ \t]*\|`)

// inCode reports a place that is in code.
func (a *Article) inCode(at markdown.Place) bool {
	for _, r := range a.Facts.Runs {
		if r.Kind == markdown.InCode && r.From < at.To && at.From < r.To {
			return true
		}
	}
	return false
}

// hasCellBehind reports that the next prose behind a place is a cell.
func (a *Article) hasCellBehind(at markdown.Place) bool {
	for _, r := range a.Facts.Runs {
		if r.From >= at.To {
			return r.Kind == markdown.InCell
		}
	}
	return false
}
