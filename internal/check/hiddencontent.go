package check

import (
	"slices"

	"qinglian/internal/diag"
	"qinglian/internal/manuscript"
)

// hiddenContent is about what a file holds and does not show: comments, tracked changes,
// hidden sheets. Whoever downloads it has them.
var hiddenContent = Rule{Name: "hidden-content", Sure: OwnSense, Files: true, Article: func(a *Article) {
	var said []manuscript.Why
	for _, why := range a.hidden {
		if slices.Contains(said, why) {
			continue
		}
		said = append(said, why)
		a.ReportFile(Finding{Diagnostic: diag.Diagnostic{Rule: "hidden-content", Severity: diag.Warning,
			Message: diag.Say("附件里有看不见的内容：%s，下载的人都能打开看",
				"the file holds what does not show: %s; whoever downloads it can see it", why.Reason()),
			Hint: diag.Say("接受或删去修订，删去批注、隐藏的部分；或者另存为 PDF 再发布",
				"accept or take out changes, comments and what is hidden, or publish it as PDF")}})
	}
}}
