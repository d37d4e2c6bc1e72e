package check

import (
	"strings"
	"unicode/utf8"

	"qinglian/internal/diag"
	"qinglian/internal/pattern"
)

// plateNumber is about the licence plates of cars, beside a word of cars.
var plateNumber = Rule{Name: "plate-number", Sure: Medium, Files: true, Article: func(a *Article) {
	passages := a.Passages()
	for i := range passages {
		p := &passages[i]
		if !strings.Contains(p.Text, "车") && !strings.Contains(p.Text, "牌") && !strings.Contains(p.Ahead, "车") {
			continue
		}
		for _, m := range plates().FindAllStringSubmatchIndex(p.Text, -1) {
			if digits := strings.IndexAny(p.Text[m[2]:m[3]], "0123456789"); digits < 0 {
				continue
			}
			if p.beside(m[2], m[3], 20, "车牌", "号牌", "牌照", "车辆", "驾驶", "轿车", "货车", "客车", "小车", "车号", "汽车", "牌号") {
				plate := p.Text[m[2]:m[3]]
				mask := maskPlate(plate)
				a.reportNumber(p, m[2], m[3],
					Finding{Subject: plate, Diagnostic: diag.Diagnostic{Rule: "plate-number", Severity: diag.Warning,
						Message: diag.Say("这是一个车牌号码", "this is the licence plate of a car"),
						Hint: diag.Say("删去，或写成 %s；公务用车公示的，在文章开头写明 检查例外: {plate-number: 公务用车公示}",
							"take it out or write %s; of official cars say so: allow: {plate-number: official cars}",
							mask)}}, mask)
			}
		}
	}
}}

// maskPlate is the house mask of a plate: where it is from stays, and its last two
// characters.
func maskPlate(plate string) string {
	_, place := utf8.DecodeRuneInString(plate)
	from := place + 1 // behind its letter
	from = len(plate) - len(strings.TrimLeft(plate[from:], "·• "))
	return plate[:from] + strings.Repeat("*", len(plate)-from-2) + plate[len(plate)-2:]
}

var plates = pattern.Of(`([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·• ]?[A-HJ-NP-Z0-9]{5,6})(?:$|[^A-Za-z0-9])`)
