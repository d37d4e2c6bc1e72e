package check

import (
	"qinglian/internal/diag"
	"qinglian/internal/markdown"
)

// silentMedia is about films and recordings without a text: who can't hear, or see, has
// nothing of them. The text is what the directive encloses.
var silentMedia = Rule{Name: "silent-media", Sure: High, Article: func(a *Article) {
	for _, arg := range a.Facts.Arguments {
		if arg.Key != "src" || arg.Directive != "video" && arg.Directive != "audio" || a.encloses(arg) {
			continue
		}
		what := diag.Say("视频", "the film")
		if arg.Directive == "audio" {
			what = diag.Say("录音", "the recording")
		}
		a.Report(arg.Place, Finding{Diagnostic: diag.Diagnostic{Rule: "silent-media", Severity: diag.Warning,
			Message: diag.Say("%s没有文字稿，听不见的人不知道说了什么", "%s has no text: who can't hear it learns nothing", what),
			Hint: diag.Say("写成 :::%[1]s{src=%[2]s}，下面写文字稿，再写一行 :::",
				"write :::%[1]s{src=%[2]s}, the words that are said below, and a line :::", arg.Directive, arg.Value)}})
	}
}}

// encloses reports whether the directive that has an argument encloses anything.
func (a *Article) encloses(arg markdown.Argument) bool {
	began := map[int]int{} // where in the HTML what a directive encloses begins
	for _, h := range a.Doc.Holes {
		switch {
		case !h.Directive:
		case !h.End:
			began[h.Ref] = h.At
		case a.has(a.Doc.Directives[h.Ref], arg) && h.At > began[h.Ref]:
			return true
		}
	}
	return false
}

// has reports whether a directive was given an argument.
func (a *Article) has(d markdown.Directive, arg markdown.Argument) bool {
	for _, given := range d.Args {
		if given.Key == arg.Key && given.Value == arg.Value && given.Ref == arg.Ref {
			return d.Name == arg.Directive
		}
	}
	return false
}
