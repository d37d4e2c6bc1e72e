package check

import (
	"strings"

	"qinglian/internal/diag"
	"qinglian/internal/pattern"
)

// homeAddress is about where people live, finer than a town: in a column of addresses,
// behind a word for one, or where a named person is said to live.
var homeAddress = Rule{Name: "home-address", Sure: Medium, Files: true, Article: func(a *Article) {
	passages := a.Passages()
	for i := range passages {
		p := &passages[i]
		if !strings.Contains(p.Text, "住") && !strings.Contains(p.Ahead, "住址") {
			continue
		}
		if m := addressCell().FindStringIndex(p.Text); m != nil && strings.Contains(p.Ahead, "住址") {
			a.report(p, m[0], m[1], addressFound())
			continue
		}
		for _, m := range addresses().FindAllStringSubmatchIndex(p.Text, -1) {
			if word := p.Text[m[2]:m[3]]; word != "住" && word != "住在" && word != "家住" || named(p.Before(m[2], 12)) {
				a.report(p, m[4], m[5], addressFound())
			}
		}
	}
}}

const door = `(?:\d+|[一二三四五六七八九十]+)(?:号|栋|幢|单元|室|组|弄)`

var (
	addresses = pattern.Of(`(家庭住址|家庭地址|现住址|户籍地址|住址|现住|居住在|家住|住在|住)[：:于是为\s]{0,3}([\p{Han}\d]{2,30}?` + door +
		`)`)
	addressCell = pattern.Of(`^[\p{Han}\d]{2,30}?` + door)
)

// named reports a text that has a person's name near its end.
func named(before string) bool {
	for at := range before {
		if startsName(before[:at]) && nameAt(before[at:]) != nil {
			return true
		}
	}
	return false
}

func addressFound() Finding {
	return Finding{Diagnostic: diag.Diagnostic{Rule: "home-address", Severity: diag.Note,
		Message: diag.Say("像是个人的住址", "this seems to be where somebody lives"),
		Hint:    diag.Say("只写到乡镇、街道", "leave off what is finer than the town or the street")}}
}
