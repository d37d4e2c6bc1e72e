package check

import (
	"slices"
	"strings"

	"qinglian/internal/diag"
	"qinglian/internal/site"
)

// noOriginal is about articles that explain a document by their title, and neither name
// it in 原文 nor link to a regulation: readers of the one must find the other.
var noOriginal = Rule{Name: "no-original", Sure: Medium, Profiles: map[string]Level{"": Hint, "institution": Hint},
	Site: func(w *Whole) {
		for _, p := range w.Site.Pages {
			if !explains(p) || slices.ContainsFunc(p.Targets, isRegulation) {
				continue
			}
			w.Report(diag.Diagnostic{Rule: "no-original", Severity: diag.Warning,
				Message: diag.Say("解读《%s》没有链接到原文", "%q explains a document and does not lead to it", p.Card.Title),
				Hint: diag.Say("在开头写 原文: /regulations/文件名.md，原文那一篇上会列出解读",
					"write original: /regulations/FILE.md in front matter; the document lists its explanations then"),
			}.Placed(p.Where("title")))
		}
	}}

// explains reports an article of a kind that can name its original and has a title that
// says that it explains one.
func explains(p *site.Page) bool {
	_, given := p.Card.Fact("original")
	return !given && !p.Index && (strings.Contains(p.Card.Title, "解读") || strings.Contains(p.Card.Title, "一图读懂"))
}

func isRegulation(t site.Target) bool {
	return t.State != site.Dead && (t.State == site.Hidden || t.Page != nil && t.Page.Card.Kind == "regulation")
}
