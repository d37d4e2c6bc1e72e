package check

import (
	"qinglian/internal/diag"
	"qinglian/internal/pattern"
)

// mapNumber is about maps without the number of their review.
var mapNumber = Rule{Name: "map-number", Sure: Medium, Article: func(a *Article) {
	for _, p := range a.Facts.Pictures {
		if !mapPictures().MatchString(p.Alt) && !mapPictures().MatchString(p.Title) || a.says("审图号") {
			continue
		}
		a.Report(p.Place, Finding{Diagnostic: diag.Diagnostic{Rule: "map-number", Severity: diag.Warning,
			Message: diag.Say("地图没有写审图号", "the map has no review number"),
			Hint: diag.Say("在图注或图下写上，如 审图号：GS（2024）0650号；用自然资源部门的标准地图",
				"write it below, such as 审图号：GS（2024）0650号, and use a standard map")}})
	}
}}

var mapPictures = pattern.Of(`地图|区划图|行政区图|分布图`)
