package check

import (
	"strings"

	"qinglian/internal/diag"
)

// vagueSource is about sources that name nobody.
var vagueSource = Rule{Name: "vague-source", Sure: Medium, Article: func(a *Article) {
	source := strings.TrimSpace(a.Doc.Card.Source)
	if source == "" || !strings.Contains(" 网络 互联网 网上 网友 转载 未知 不详 佚名 其他 无 综合 综合整理 本网综合 internet web unknown ",
		" "+strings.ToLower(source)+" ") {
		return
	}
	a.found = append(a.found, Finding{Diagnostic: diag.Diagnostic{Rule: "vague-source", Severity: diag.Warning,
		Message: diag.Say("来源“%s”没有说是哪里", "the source %q names nobody", source),
		Hint:    diag.Say("写供稿单位或原来的网站、报刊", "name who supplied it, or the site or paper it is from"),
	}.Placed(a.Doc.Where("source"))})
}}
