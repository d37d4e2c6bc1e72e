package wechat

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"qinglian/internal/pattern"

	"golang.org/x/net/html"
)

// Kind is what a rule of the contract is about.
type Kind string

// The kinds of rules.
const (
	Element  Kind = "元素"
	Property Kind = "样式"
	Limit    Kind = "限度"
	Refusal  Kind = "错误码" // of the interface
)

// Rule is one line of what is known of WeChat. Confidence is A for official
// documentation or code, B for several independent reports, C for one report or
// an old one. Nothing of it was tried against the live service.
type Rule struct {
	Kind       Kind
	Name       string
	Attributes []string // that an element may have beside style
	Most       int      // of a limit, through the interface
	Paste      int      // of a limit, in the editor; 0 if it is the same, unknown if nobody says
	About      string
	Source     string
	Confidence byte
}

// seen is when all of this was found; the sources have no dates of their own.
const seen = "2026-11-23"

// unknown is a limit that nobody says.
const unknown = -1

const (
	reports   = "排版工具和编辑的报告"
	documents = "官方文档 draft/add"
)

// Contract is all that is known, in the order of the manual.
var Contract = []Rule{
	{Element, "section", nil, 0, 0, "段落和分块；最外层的内边距和背景会被清掉", reports, 'A'},
	{Element, "p", nil, 0, 0, "段落", reports, 'A'},
	{Element, "span", nil, 0, 0, "一段字的样式", reports, 'A'},
	{Element, "strong", nil, 0, 0, "加粗", reports, 'A'},
	{Element, "em", nil, 0, 0, "强调", reports, 'A'},
	{Element, "br", nil, 0, 0, "换行；代码里的换行也用它", reports, 'B'},
	{Element, "blockquote", nil, 0, 0, "引用", reports, 'B'},
	{Element, "img", []string{"src", "alt"}, 0, 0, "宽高写在样式里；太小的 data: 图会被丢掉", reports, 'B'},
	{Element, "table", nil, 0, 0, "放在能横向滚动的 section 里", reports, 'B'},
	{Element, "thead", nil, 0, 0, "", reports, 'B'},
	{Element, "tbody", nil, 0, 0, "", reports, 'B'},
	{Element, "tr", nil, 0, 0, "", reports, 'B'},
	{Element, "th", []string{"colspan", "rowspan"}, 0, 0, "", reports, 'B'},
	{Element, "td", []string{"colspan", "rowspan"}, 0, 0, "", reports, 'B'},
	{Element, "a", []string{"href"}, 0, 0, "只有去 mp.weixin.qq.com 的链接留下", reports, 'B'},
	{Property, "color", nil, 0, 0, "只用写死的颜色，不用 var()", reports, 'A'},
	{Property, "background-color", nil, 0, 0, "不在最外层", reports, 'A'},
	{Property, "font-family", nil, 0, 0, "", reports, 'B'},
	{Property, "font-size", nil, 0, 0, "", reports, 'A'},
	{Property, "font-style", nil, 0, 0, "", reports, 'B'},
	{Property, "font-weight", nil, 0, 0, "", reports, 'A'},
	{Property, "line-height", nil, 0, 0, "", reports, 'A'},
	{Property, "letter-spacing", nil, 0, 0, "", reports, 'B'},
	{Property, "text-align", nil, 0, 0, "", reports, 'A'},
	{Property, "text-decoration", nil, 0, 0, "", reports, 'B'},
	{Property, "text-indent", nil, 0, 0, "", reports, 'B'},
	{Property, "vertical-align", nil, 0, 0, "", reports, 'B'},
	{Property, "word-break", nil, 0, 0, "", reports, 'B'},
	{Property, "margin", nil, 0, 0, "", reports, 'A'},
	{Property, "margin-left", nil, 0, 0, "", reports, 'A'},
	{Property, "padding", nil, 0, 0, "不在最外层", reports, 'A'},
	{Property, "padding-left", nil, 0, 0, "不在最外层", reports, 'A'},
	{Property, "border", nil, 0, 0, "", reports, 'B'},
	{Property, "border-top", nil, 0, 0, "", reports, 'B'},
	{Property, "border-bottom", nil, 0, 0, "", reports, 'B'},
	{Property, "border-left", nil, 0, 0, "", reports, 'B'},
	{Property, "border-radius", nil, 0, 0, "", reports, 'B'},
	{Property, "border-collapse", nil, 0, 0, "表格", reports, 'B'},
	{Property, "display", nil, 0, 0, "只用 block 和 inline-block", reports, 'B'},
	{Property, "width", nil, 0, 0, "", reports, 'A'},
	{Property, "min-width", nil, 0, 0, "表格的格子：不写就被压到一个字宽", "排版工具的写法", 'C'},
	{Property, "max-width", nil, 0, 0, "", reports, 'B'},
	{Property, "height", nil, 0, 0, "图片写 auto", reports, 'A'},
	{Property, "overflow", nil, 0, 0, "auto：放表格的 section", reports, 'B'},
	{Limit, "title", nil, 32, 64, "标题，字", documents, 'A'},
	{Limit, "author", nil, 16, 0, "作者，字", documents, 'A'},
	{Limit, "digest", nil, 120, 0, "摘要，字；空着就取正文前 54 字；旧文档写 128", documents, 'A'},
	{Limit, "content", nil, 20_000, unknown, "正文，字（连同标签），要少于这个数", documents, 'A'},
	{Limit, "bytes", nil, 1 << 20, unknown, "正文，字节", documents, 'A'},
	{Limit, "source", nil, 1 << 10, 0, "原文地址，字节", documents, 'A'},
	{Limit, "picture", nil, 1 << 20, 0, "正文图片，JPEG 或 PNG，字节", "官方文档 media/uploadimg", 'A'},
	{Refusal, "40114", nil, 0, 0, "改草稿时第几篇（index）不对", "官方文档 draft/update", 'A'},
	{Refusal, "41039", nil, 0, 0, "原文地址（content_source_url）不对", "官方文档 draft/update", 'A'},
	{Refusal, "53402", nil, 0, 0, "封面裁不出来：看 copy-sheet.txt 里的 pic_crop", documents, 'A'},
	{Refusal, "88000", nil, 0, 0, "账号没有留言的权限，不要开留言", "官方文档 draft/update", 'A'},
}

func rule(k Kind, name string) (Rule, bool) {
	i := slices.IndexFunc(Contract, func(r Rule) bool { return r.Kind == k && r.Name == name })
	if i < 0 {
		return Rule{}, false
	}
	return Contract[i], true
}

// limit is a limit that stands in the contract.
func limit(name string) Rule {
	r, _ := rule(Limit, name)
	return r
}

// Manual is the contract as a page of the manual.
func Manual() string {
	var b strings.Builder
	b.WriteString("# 微信的规矩\n\n公众号文章里留得下什么，放得下多少，程序照这张表检查。依据是公开资料，没有在真的公众号里试过：A 是官方文档或代码，B 是几份独立的报告，C 是一份报告。\n\n*What stays in an article of a WeChat account, and how much of it, as far as is known: A official documentation or code, B several reports, C one. The program checks it.*\n\n")
	b.WriteString("| | 名字 | 说明 | 接口 | 后台粘贴 | 依据 | 可信 |\n|---|---|---|--:|--:|---|---|\n")
	number := func(n int) string {
		switch n {
		case 0:
			return ""
		case unknown:
			return "没有公布"
		}
		return fmt.Sprint(n)
	}
	for _, r := range Contract {
		name := "`" + r.Name + "`"
		for _, a := range r.Attributes {
			name += " `" + a + "`"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s，%s | %c |\n", r.Kind, name, r.About, number(r.Most),
			number(r.Paste), r.Source, seen, r.Confidence)
	}
	b.WriteString(leftOutManual())
	b.WriteString(compared)
	return b.String()
}

// Check says what in a fragment is not on the list.
func Check(fragment string) (found []string) {
	depth := 0
	z := html.NewTokenizer(strings.NewReader(fragment))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return found
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			found = append(found, checkElement(t, depth == 0)...)
			if t.Data != "br" && t.Data != "img" {
				depth++
			}
		case html.EndTagToken:
			depth--
		case html.CommentToken, html.DoctypeToken:
			found = append(found, "comment")
		}
	}
}

func checkElement(t html.Token, outermost bool) (found []string) {
	r, ok := rule(Element, t.Data)
	if !ok {
		return []string{"<" + t.Data + ">"}
	}
	for _, a := range t.Attr {
		switch {
		case a.Key == "style":
			for _, wrong := range CheckStyle(a.Val, outermost) {
				found = append(found, "<"+t.Data+"> "+wrong)
			}
		case !slices.Contains(r.Attributes, a.Key):
			found = append(found, "<"+t.Data+" "+a.Key+">")
		case a.Key == "href" && !stays(a.Val):
			found = append(found, "<a href="+a.Val+">")
		}
	}
	return found
}

// stays reports whether WeChat keeps a link.
func stays(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host == "mp.weixin.qq.com"
}

// forbidden are parts of values that mean something elsewhere only.
var forbidden = pattern.Of(`(?i)var\(|url\(|calc\(|expression|!important|[<>\\{}"]`)

// CheckStyle says what in the declarations of an element is not on the list.
func CheckStyle(style string, outermost bool) (found []string) {
	for declaration := range strings.SplitSeq(style, ";") {
		name, value, ok := strings.Cut(declaration, ":")
		name = strings.TrimSpace(name)
		if name == "" && !ok {
			continue
		}
		switch _, known := rule(Property, name); {
		case !known:
			found = append(found, name)
		case forbidden().MatchString(value) || strings.TrimSpace(value) == "":
			found = append(found, declaration)
		case name == "display" && !slices.Contains([]string{"block", "inline-block"}, strings.TrimSpace(value)):
			found = append(found, declaration)
		case outermost && (strings.HasPrefix(name, "padding") || name == "background-color"):
			found = append(found, declaration)
		}
	}
	return found
}
