package check

import (
	"slices"
	"strings"

	"qinglian/internal/diag"
)

// fileAuthor is about the names of people that Office keeps in files.
var fileAuthor = Rule{Name: "file-author", Sure: OwnSense, Files: true, Article: func(a *Article) {
	var names []string
	for _, name := range a.authors {
		if name = strings.TrimSpace(name); name != "" && !slices.Contains(names, name) &&
			!slices.Contains(programs, strings.ToLower(name)) {
			names = append(names, name)
		}
	}
	if len(names) > 0 {
		a.ReportFile(Finding{Diagnostic: diag.Diagnostic{Rule: "file-author", Severity: diag.Note,
			Message: diag.Say("附件的属性里有作者：%s", "the file's properties name its authors: %s", strings.Join(names, "、")),
			Hint: diag.Say("不想公开，在 Word、WPS 的“文件—信息—检查文档”里删去",
				"to keep them back, take them out by File, Info, Inspect document")}})
	}
}}

// programs are what stands there in place of a person.
var programs = []string{"administrator", "admin", "user", "windows 用户", "微软用户",
	"microsoft", "microsoft office user", "python-docx", "openpyxl", "apache poi", "wps office", "dell", "lenovo", "hp"}
