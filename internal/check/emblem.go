package check

import (
	"qinglian/internal/config"
	"qinglian/internal/diag"
	"qinglian/internal/pattern"
)

// emblem is about emblems of state and party: never an ornament, and from the official
// file. What a picture shows is known by what it is called, so it is a hint.
var emblem = Rule{Name: "emblem", Sure: Medium,
	Article: func(a *Article) {
		for _, p := range a.Facts.Pictures {
			if emblems().MatchString(p.Alt) || emblems().MatchString(p.Dest) {
				a.Report(p.Place, Finding{Diagnostic: emblemFound()})
			}
		}
	},
	Site: func(w *Whole) {
		for key, file := range map[string]string{"brand.logo": w.Config.Brand.Logo, "brand.hero": w.Config.Brand.Hero,
			"brand.favicon": w.Config.Brand.Favicon, "picture": w.Config.Picture} {
			if emblems().MatchString(file) {
				d := emblemFound().Placed(w.Config.Where(key))
				d.File = config.File
				w.Report(d)
			}
		}
	},
}

var emblems = pattern.Of(`(?i)国徽|党徽|国旗|党旗|警徽|军徽|guohui|danghui|national[-_ ]?emblem|party[-_ ]?emblem`)

func emblemFound() diag.Diagnostic {
	return diag.Diagnostic{Rule: "emblem", Severity: diag.Note,
		Message: diag.Say("国徽、党徽、国旗、党旗不能作装饰，也不能变形、变色",
			"emblems and flags of state and party are no ornament, and not to be altered"),
		Hint: diag.Say("看看是否应当使用；用就用官方发布的标准图案", "see whether it may be used, and use the official file")}
}
