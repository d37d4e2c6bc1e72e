package check

import (
	"strings"

	"qinglian/internal/diag"
)

// reprint is about what is taken over from elsewhere without saying where it stands
// there.
var reprint = Rule{Name: "reprint", Sure: Medium, Article: func(a *Article) {
	source := a.Doc.Card.Source
	if !strings.Contains(source, "转载") && !strings.Contains(source, "转自") && !isPress(source) || a.leadsOut() {
		return
	}
	a.found = append(a.found, Finding{Diagnostic: diag.Diagnostic{Rule: "reprint", Severity: diag.Warning,
		Message: diag.Say("转载“%s”的文章没有原文的网址",
			"the article is taken over from %s and does not say its address there", source),
		Hint: diag.Say("在文末写一行 原文：[题目](https://…)，2026年5月1日",
			"end it with a line such as 原文：[title](https://…)，2026年5月1日"),
	}.Placed(a.Doc.Where("source"))})
}}

// press are sources that everybody takes over from.
var press = []string{"新华社", "新华网", "人民日报", "人民网", "中央电视台", "央视网", "央视新闻", "求是", "光明日报", "经济日报", "中国纪检监察报",
	"中央纪委国家监委网站", "学习强国", "中国政府网", "中国新闻网", "澎湃新闻"}

func isPress(source string) bool {
	for _, name := range press {
		if strings.HasPrefix(strings.TrimSpace(source), name) {
			return true
		}
	}
	return false
}

// leadsOut reports a link to another site.
func (a *Article) leadsOut() bool {
	for _, l := range a.Facts.Links {
		if strings.HasPrefix(l.Dest, "http") {
			return true
		}
	}
	return false
}
