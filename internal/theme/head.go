package theme

import (
	"strings"

	"qinglian/internal/diag"
	"qinglian/internal/pattern"
)

// head is how a theme shows what the program writes for programs: page tags, cards for
// what shares a page, feeds, the mark by which a page is known as ours.
var head = pattern.Of(`\.Head\b`)

// tagged warns of a theme whose pages would have none of it.
func (l *loader) tagged() {
	frame, ok := l.files[base]
	for name, f := range l.files {
		if (name == base || strings.HasPrefix(name, "partials/")) && head().MatchString(f.text) {
			return
		}
	}
	if !ok {
		return // that it is missing is said of each layout
	}
	l.problems = append(l.problems, diag.Diagnostic{Rule: "theme", Severity: diag.Warning, File: frame.shown,
		Message: diag.Say("主题有误：网页里没有 {{.Head}}，页面标签（标题、发布时间、来源）、分享卡片和 RSS 都没有了",
			"the theme has an error: its pages lack {{.Head}}: page tags (title, time, source), cards for sharing and feeds"),
		Hint: diag.Say("在 <head> 里加一行 {{.Head}}", "put {{.Head}} into <head>, on a line of its own")})
}
