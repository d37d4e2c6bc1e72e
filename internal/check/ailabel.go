package check

import (
	"qinglian/internal/diag"
	"qinglian/internal/markdown"
	"qinglian/internal/pattern"
)

// aiLabel is about articles that say of themselves, or of a picture, that they were made
// with AI and have no label for it.
var aiLabel = Rule{Name: "ai-label", Sure: High, Article: func(a *Article) {
	if a.Doc.Card.AI {
		return
	}
	passages := a.Passages()
	for i := range passages {
		p := &passages[i]
		m := madeByAI().FindStringIndex(p.Text)
		if p.In == Alt || p.Block == markdown.InCaption {
			m = pictureByAI().FindStringIndex(p.Text)
		}
		if m == nil || p.In == Field || p.Block == markdown.InCode {
			continue
		}
		a.report(p, m[0], m[1], Finding{Diagnostic: diag.Diagnostic{Rule: "ai-label", Severity: diag.Warning,
			Message: diag.Say("写明是人工智能生成的，却没有标识", "it is said to be made by AI and has no label"),
			Hint: diag.Say("在文章开头加一行 人工智能: true，网页、订阅和公众号上都会注明",
				"add ai: true to the front matter: page, feed and WeChat say it")}})
		return
	}
}}

var (
	madeByAI    = pattern.Of(`本[文图篇](?:内容)?(?:由|系|为|使用|借助)?(?i:AI|人工智能)[^，。]{0,8}(?:生成|创作|撰写|制作)`)
	pictureByAI = pattern.Of(`(?i:AI|人工智能)[^，。]{0,6}(?:生成|绘制|制作|制图|创作)`)
)
