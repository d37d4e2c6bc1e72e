package check

import "qinglian/internal/diag"

// thinTags is about page tags for which a government's site says nothing. The program
// leaves none empty: a column without a description is described by its name, which says
// nothing, and a page without a date lacks the tags of content.
var thinTags = Rule{Name: "thin-tags", Sure: High, Site: func(w *Whole) {
	if w.Config.Profile != "gov" {
		return
	}
	describe := func(key, title string) {
		w.Report(diag.Diagnostic{Rule: "thin-tags", Severity: diag.Note,
			Message: diag.Say("“%s”没有 description，页面标签里的栏目描述只好写它的名字",
				"%q has no description, so that its page tag has only the name", title),
			Hint: diag.Say("写一句这里有什么：description = \"……\"", "say in one sentence what is there: description = \"…\""),
		}.Placed(w.Config.Where(key)))
	}
	if w.Config.Description == "" {
		describe("title", w.Config.Title)
	}
	for _, s := range w.Site.Sections {
		if s.Description == "" && len(s.Pages) > 0 {
			describe("sections."+s.Name, s.Title)
		}
	}
	for _, p := range w.Site.Pages {
		intro := p == w.Site.Home || p.In != nil && p == p.In.Intro // whose page is the column's
		if p.Card.Date.IsZero() && !intro {
			w.Report(diag.Diagnostic{Rule: "thin-tags", Severity: diag.Note, File: p.Doc.Path,
				Message: diag.Say("没有日期，页面标签里就没有标题、发布时间和来源",
					"it has no date, so that its page tags lack title, time and source"),
				Hint: diag.Say("在文章开头写 日期: 和 来源:", "give date: and source: at its beginning")})
		}
	}
}}
