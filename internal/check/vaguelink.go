package check

import (
	"strings"

	"qinglian/internal/diag"
)

// vagueLink is about links whose text does not say where they lead: who has links read
// aloud one by one hears nothing else.
var vagueLink = Rule{Name: "vague-link", Sure: High, Article: func(a *Article) {
	for _, l := range a.Facts.Links {
		text := strings.ToLower(strings.Trim(l.Text, " \u3000。，！!>》»…（）()“”[]【】"))
		if text != "" && strings.Contains(vagueTexts, " "+text+" ") {
			a.Report(l.Place, Finding{Diagnostic: diag.Diagnostic{Rule: "vague-link", Severity: diag.Warning,
				Message: diag.Say("链接文字“%s”没有说通到哪里", "the link's text %q does not say where it leads", l.Text),
				Hint: diag.Say("用目标的题目作链接文字，如 见[办事指南](%s)",
					"make the target's title the link's text: [title](%s)", l.Dest)}})
		}
	}
}}

const vagueTexts = " 点击 点我 点此 点这里 点击这里 点击此处 点击查看 点击下载 点击进入 这里 此处 这儿 链接 网址 更多 详情 查看 查看详情 查看更多 阅读全文 下载 " +
	"here click this more link "
