package theme

import (
	"strings"

	"qinglian/internal/diag"
	"qinglian/internal/search"
)

// finder is the asset that a page of search is given: it reads the index, whose form
// changes with the program and not with the theme.
const finder = "assets/finder.js"

// giveFinder gives it to a theme that searches.
func (l *loader) giveFinder() {
	if _, searches := l.files["layouts/search.html"]; !searches {
		return
	}
	if f, own := l.files[finder]; own {
		l.problems = append(l.problems, diag.Diagnostic{Rule: "theme", Severity: diag.Error, File: f.shown,
			Message: diag.Say("主题有误：finder.js 由程序提供，主题里不能另有一个",
				"the theme has an error: finder.js comes with the program, a theme can't have one of its own"),
			Hint: diag.Say("删掉这个文件，或给它改个名字", "delete this file, or give it another name")})
		return
	}
	l.files[finder] = file{finder, search.Finder()}
	for name, f := range l.files {
		if strings.HasSuffix(name, ".html") && strings.Contains(f.text, "data-search") {
			return
		}
	}
	l.problems = append(l.problems, diag.Diagnostic{
		Rule: "theme", Severity: diag.Warning, File: l.files["layouts/search.html"].shown,
		Message: diag.Say("主题有误：有搜索页，却没有一个版式用 data-search 标出文章的文字，预览里就找不到，文章里也标不出找的词",
			"the theme has an error: there is a page of search, but no layout marks an article's text with "+
				"data-search, so the preview finds nothing and articles do not show the words"),
		Hint: diag.Say(`在文章版式里写 <h1 data-search>{{.Title}}</h1>、<div data-search>{{.Prose}}</div>`,
			`write <h1 data-search>{{.Title}}</h1> and <div data-search>{{.Prose}}</div> in the layouts of articles`)})
}
