package check

import (
	"strings"

	"qinglian/internal/diag"
)

// mobileNumber is about the numbers of mobile telephones.
//
// One behind a word that asks people to call is published on purpose, most often: it is
// only asked once for the site whether it is meant.
var mobileNumber = Rule{Name: "mobile-number", Sure: High, Files: true, Article: func(a *Article) {
	for _, n := range a.Numbers() {
		taken := 0
		for _, c := range n.stretches(11, 15) {
			digits := c.mobile(&n)
			if digits == "" || c.first < taken {
				continue
			}
			taken = c.end
			a.reportNumber(n.passage, c.from, c.to, mobileFound(n.passage, c, digits), digits[:3]+"****"+digits[7:])
		}
	}
}}

// mobile is the number that a candidate is, without the code of the country; "" if it is
// none.
func (c candidate) mobile(n *number) string {
	digits := strings.TrimPrefix(strings.TrimPrefix(c.digits, "00"), "86")
	if len(digits) != 11 || digits[0] != '1' || digits[1] < '3' || strings.Contains(digits, "X") {
		return ""
	}
	alone := c.first == 0 && c.end == len(n.groups)
	shape := ""
	for _, g := range n.groups[c.first:c.end] {
		shape += string(rune('a' + len(g.digits)))
	}
	switch strings.TrimPrefix(strings.TrimPrefix(shape, "e"), "c") { // 0086, 86
	case "l", "n", "p": // 11 digits, 13, 15
	case "dee", "deee", "hee", "dh", "hh", "dffd": // 138 1234 5678
		if !alone {
			return ""
		}
	default:
		return ""
	}
	if strings.ContainsAny(n.passage.Before(c.from, 1), "$¥￥") || strings.HasPrefix(n.passage.Text[c.to:], "元") {
		return "" // an amount, or a formula
	}
	if n.passage.beside(c.from, c.from, 6, "单号", "编号", "订单", "学号", "工号", "流水", "QQ", "qq", "期数", "文号") {
		return ""
	}
	return digits
}

// asksToCall are words behind which a number is for everybody.
var asksToCall = []string{"联系人", "联系电话", "联系方式", "咨询", "热线", "预约电话", "报名电话", "值班电话", "举报电话", "监督电话",
	"受理电话", "服务电话", "办公电话", "客服", "来电", "致电", "拨打"}

// telephones are fields of articles, and settings, that hold numbers for everybody.
const telephones = " telephone contact organizer "

func mobileFound(p *Passage, c candidate, digits string) Finding {
	f := Finding{Subject: digits, Diagnostic: diag.Diagnostic{Rule: "mobile-number", Severity: diag.Error,
		Message: diag.Say("这是一个手机号码", "this is the number of a mobile telephone")}}
	published := p.In == Telephone || (p.In == Field || p.In == Setting) && strings.Contains(telephones, " "+p.Key+" ")
	for _, w := range asksToCall {
		published = published || strings.Contains(p.Before(c.from, 16), w)
	}
	if published {
		f.Once, f.Severity = true, diag.Warning
		f.Message = diag.Say("联系电话 %s 是手机号码：是公开的办公号码吗？",
			"%s, to be called, is a mobile number: is it the office's?", digits)
		f.Hint = diag.Say("是，就在 config.toml 的 [check] 里写 allow = [\"%s\"]，或在文章开头写 检查例外: {mobile-number: 公开的办公电话}",
			"if so, write allow = [\"%s\"] in [check] of config.toml, or allow: {mobile-number: a published office number} in the article", digits)
		if p.In == Setting {
			f.Hint = diag.Say("是，就在 [check] 里写 allow = [\"%s\"]", "if so, write allow = [\"%s\"] in [check]", digits)
		}
	}
	return f
}
