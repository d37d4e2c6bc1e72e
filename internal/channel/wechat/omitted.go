package wechat

import (
	"fmt"
	"strings"
)

// Omission is something that the page of an article shows and the article for
// WeChat leaves out on purpose.
type Omission struct {
	Part string // of package view: Article.Newer
	Name string // what readers know it as
	Why  string
}

const (
	afterwards = "发出以后不能改，网页上会变"
	elsewhere  = "后台另有一栏"
	ofSite     = "网站的框架，公众号有自己的"
)

// LeftOut is all that is left out, in the order of the manual. Whatever else a page
// shows of its article has a form here.
var LeftOut = []Omission{
	{"Article.Title", "标题", elsewhere},
	{"Article.Date", "发布时间", "公众号显示发出的时间"},
	{"Article.Updated", "更新时间", "公众号显示发出的时间"},
	{"Article.Draft", "“草稿”字样", "复制过去的是正文，发不发在后台定"},
	{"Article.WeChat", "去公众号看的链接", "就是这一篇"},
	{"Article.Contents", "目录", "文章里不能跳转"},
	{"Article.Newer", "上一篇", afterwards},
	{"Article.Older", "下一篇", afterwards},
	{"Article.Related", "相关文章（写了“公众号链接”的在“往期推荐”里）", "公众号里去不了，网页上会变"},
	{"Article.CitedBy", "哪些文章引用了条文", afterwards},
	{"Article.NamedBy", "在哪些学习路线上", afterwards}, // what else names it stands in the article
	{"Article.Extra", "“其他”里的各项", "自带的主题不显示"},
	{"Page.Trail", "当前位置", ofSite},
	{"Page.Frame", "页头、页脚、栏目", ofSite},
	{"Page.Name", "栏目", ofSite},
	{"Page.Title", "网页的标题", elsewhere},
	{"Page.Description", "网页的介绍", "就是摘要，后台另有一栏"},
	{"Page.Canonical", "网址和它的二维码", "就是“阅读原文”"},
}

// leftOutManual is the list as a part of the manual.
func leftOutManual() string {
	var b strings.Builder
	b.WriteString("\n## 网页上有、公众号文章里不带的\n\n" +
		"正文，和文章开头写的各项，公众号文章里都有。故意不带的只有这些。\n\n" +
		"*All that a page shows of its article is in the article for WeChat, but for these.*\n\n" +
		"| 网页上的 | 为什么不带 |\n|---|---|\n")
	for _, o := range LeftOut {
		fmt.Fprintf(&b, "| %s | %s |\n", o.Name, o.Why)
	}
	return b.String()
}
