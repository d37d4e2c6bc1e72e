package check

import (
	"path"
	"strings"

	"qinglian/internal/diag"
)

// noCredit is about photographs of which the article does not say who took them.
var noCredit = Rule{Name: "no-credit", Sure: Low, Article: func(a *Article) {
	if len(a.Facts.Pictures) == 0 || a.says("摄", "供图", "图片来源", "图源", "制图", "绘图", "资料图", "图：", "图/", "图／") {
		return
	}
	for _, p := range a.Facts.Pictures {
		if ext := strings.ToLower(path.Ext(p.Dest)); ext == ".jpg" || ext == ".jpeg" {
			a.Report(p.Place, Finding{Diagnostic: diag.Diagnostic{Rule: "no-credit", Severity: diag.Note,
				Message: diag.Say("照片没有写是谁拍的", "it is not said who took the photograph"),
				Hint:    diag.Say("在图注或文末写上，如 （王建国 摄）", "say so in the caption or at the end, such as （王建国 摄）")}})
			return
		}
	}
}}

// says reports whether readers find one of some words in the article.
func (a *Article) says(words ...string) bool {
	passages := a.Passages()
	for i := range passages {
		for _, w := range words {
			if strings.Contains(passages[i].Text, w) {
				return true
			}
		}
	}
	return false
}
