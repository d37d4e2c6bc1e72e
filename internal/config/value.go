package config

import (
	"slices"
	"strings"
	"time"

	"qinglian/internal/diag"
	"qinglian/internal/pattern"
)

// codes is how many codes an article for WeChat may show.
func (p *parser) codes(n int) int {
	if n < 0 {
		p.report(diag.Diagnostic{Rule: "config-value",
			Message: diag.Say("二维码的个数不能是 %d", "there can't be %d codes", n),
			Hint:    diag.Say("写 codes = 3；一个都不要，写 codes = 0", "write codes = 3, or codes = 0 for none"),
		}, "wechat", "codes")
		return 0
	}
	return n
}

func (p *parser) zone(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	// "Local" would make the site depend on the machine that builds it.
	if err == nil && name != "Local" && name != "" {
		return zone
	}
	p.report(diag.Diagnostic{Rule: "config-value",
		Message: diag.Say("不认得时区“%s”", "unknown time zone %q", name),
		Hint: diag.Say("北京时间写 timezone = \"Asia/Shanghai\"",
			"for Beijing time write timezone = \"Asia/Shanghai\"")}, "timezone")
	return time.UTC
}

// languageTag is what <html lang> may say.
var languageTag = pattern.Of(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$`)

func (p *parser) language(tag string) {
	if languageTag().MatchString(tag) {
		return
	}
	p.report(diag.Diagnostic{Rule: "config-value",
		Message: diag.Say("“%s”不是语言的代号", "%q is no language tag", tag),
		Hint:    diag.Say("简体中文写 language = \"zh-CN\"", "for Chinese write language = \"zh-CN\"")}, "language")
}

func (p *parser) tone(name string) string {
	if slices.Contains(Tones, name) {
		return name
	}
	p.report(diag.Diagnostic{Rule: "config-value",
		Message: diag.Say("没有色调“%s”", "there is no tone %q", name),
		Hint:    diag.Say("可用的有：%s（青、红、蓝）", "there are: %s", diag.Listed(Tones))}, "tone")
	return Tones[0]
}

func (p *parser) enter(name string) string {
	if name == "" || slices.Contains(Enters, name) {
		return name
	}
	p.report(diag.Diagnostic{Rule: "config-value",
		Message: diag.Say("“markdown.enter”不能是“%s”", "markdown.enter can't be %q", name),
		Hint: diag.Say("写 \"keep\"（每次换行都照样分行）或 \"join\"（连成一段）；不写就逐段判断",
			"write \"keep\" to show every line break or \"join\" to show none; without it each block decides"),
	}, "markdown", "enter")
	return ""
}

func (p *parser) outside(name string) string {
	if slices.Contains(Outsides, name) {
		return name
	}
	p.report(diag.Diagnostic{Rule: "config-value",
		Message: diag.Say("“pictures.outside”不能是“%s”", "pictures.outside can't be %q", name),
		Hint: diag.Say("写 \"link\"（别的网站的图片换成链接，并提醒）或 \"error\"（算错误，不发布）",
			"write \"link\" to show links in place of pictures of other sites or \"error\" to refuse them"),
	}, "pictures", "outside")
	return Outsides[0]
}

// idCode is 10 characters: "bm" and 8 digits, or 10 digits (国办发〔2017〕47号).
func (p *parser) idCode(s string) {
	digits := strings.TrimPrefix(s, "bm")
	if s == "" || len(s) == 10 && strings.Trim(digits, "0123456789") == "" {
		return
	}
	p.report(diag.Diagnostic{Rule: "config-value",
		Message: diag.Say("网站标识码“%s”不对", "%q is not a site's identification code", s),
		Hint: diag.Say("标识码是 10 位数字，或 bm 加 8 位数字；没有就删去这一行",
			"it is 10 digits, or bm and 8 digits; without one take the line out")}, "id_code")
}
