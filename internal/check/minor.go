package check

import (
	"slices"
	"strconv"
	"strings"

	"qinglian/internal/diag"
	"qinglian/internal/pattern"
)

// minor is about children who are named: a name beside an age under 18 or a class.
var minor = Rule{Name: "minor", Sure: Medium, Files: true, Article: func(a *Article) {
	passages := a.Passages()
	for i := range passages {
		p := &passages[i]
		if !strings.Contains(p.Text, "岁") && !strings.Contains(p.Text, "年级") {
			continue
		}
		level := diag.Warning
		if p.In == Alt { // what a picture shows is for its own text to say, and that is short
			level = diag.Note
		}
		for at := range p.Text {
			if !startsName(p.Text[:at]) {
				continue
			}
			for _, size := range slices.Backward(nameAt(p.Text[at:])) {
				if to := child(p, at, at+size); to > 0 {
					a.report(p, at, to, minorFound(level, p.Text[at:at+size]))
					break
				}
			}
		}
	}
}}

var (
	ageBehind   = pattern.Of(`^(?:[，,、（(]?(?:今年|现年|年仅|刚满|男|女|[，,、 ])){0,4}[（(]?(\d{1,2}|[一二三四五六七八九]|十[一二三四五六七]?)周?岁`)
	classBehind = pattern.Of(`^(?:[，,、（(]|是|系|就读于|在|今年|男|女|读|上|[\p{Han}]{2,8}(?:小学|学校|中学)){0,4}[一二三四五六七八九]年级`)
	kin         = pattern.Of(`^多?的(?:大|小|长|次|独生|亲生|养)?(?:女儿|儿子|女孩|男孩|孩子|孙|外孙|弟|妹|侄|外甥)`)
	span        = pattern.Of(`^(?:以上|以下|及|至|到|-|—|~|～)`)
)

// child is where what says that somebody is a child ends, behind the name; 0 if nothing
// says it.
func child(p *Passage, from, to int) int {
	rest := p.Text[to:]
	if m := ageBehind().FindStringSubmatchIndex(rest); m != nil && !span().MatchString(rest[m[1]:]) &&
		!kin().MatchString(rest[m[1]:]) {
		if n, err := strconv.Atoi(rest[m[2]:m[3]]); err != nil || n < 18 {
			return to + m[1]
		}
	}
	if m := classBehind().FindStringIndex(rest); m != nil {
		return to + m[1]
	}
	before := p.Before(from, 12)
	if i := strings.LastIndex(before, "年级"); i >= 0 {
		if between := before[i+len("年级"):]; strings.HasSuffix(between, "学生") || strings.HasSuffix(between, "同学") ||
			strings.HasSuffix(between, "班") {
			return to
		}
	}
	return 0
}

func minorFound(level diag.Severity, name string) Finding {
	return Finding{Subject: name, Diagnostic: diag.Diagnostic{Rule: "minor", Severity: level,
		Message: diag.Say("“%s”像是未成年人的姓名", "%q seems to be the name of a child", name),
		Hint: diag.Say("隐去名字，如 %s某；本人和监护人都同意公开的，在文章开头写明 检查例外: {minor: 监护人同意}",
			"hide it: %s某; if guardian and child agree, say so: allow: {minor: with consent}",
			string([]rune(name)[:1]))}}
}
