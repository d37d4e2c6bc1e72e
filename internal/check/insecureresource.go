package check

import "qinglian/internal/diag"

// insecureResource is about pages and style sheets in static/ that load something by
// http://, which browsers refuse on a site that has https. Links lead away and load nothing.
var insecureResource = Rule{Name: "insecure-resource", Sure: Medium, Files: true, Article: func(a *Article) {
	for _, at := range a.insecure {
		a.Report(at, Finding{Diagnostic: diag.Diagnostic{Rule: "insecure-resource", Severity: diag.Warning,
			Message: diag.Say("网页用到的文件是用 http:// 取的，浏览器会拦下", "this is loaded by http://, which browsers refuse"),
			Hint: diag.Say("把那个文件放进 static，写它在本站的路径；或者改成 https://",
				"put the file into static and give its path there, or write https://")}})
	}
}}
