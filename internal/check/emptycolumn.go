package check

import (
	"slices"

	"qinglian/internal/config"
	"qinglian/internal/diag"
	"qinglian/internal/site"
)

// emptyColumn is about sections without an article: readers find them empty, and five of
// them fail a site. A section of pages that is its introduction is not. Of one that the
// owner's menu names and that has nothing at all, building says so.
var emptyColumn = Rule{Name: "empty-column", Sure: High,
	Profiles: map[string]Level{"": Hint, "party": Hint, "institution": Hint}, Site: func(w *Whole) {
		for _, s := range w.Site.Sections {
			if len(s.Pages) > 0 || s.Intro != nil && s.Kind == "page" || s.Intro == nil && inMenu(w.Config, s) {
				continue
			}
			w.Report(diag.Diagnostic{Rule: "empty-column", Severity: diag.Warning,
				Message: diag.Say("栏目“%s”里没有文章", "the section %q has no article", s.Title),
				Hint: diag.Say("写第一篇：qinglian new %s \"标题\"；用不着的栏目，从 config.toml 里删去",
					"write the first one: qinglian new %s \"TITLE\"; or take the section out of config.toml", s.Kind),
			}.Placed(w.Config.Where("sections." + s.Name)))
		}
	}}

func inMenu(c config.Config, s *site.Section) bool {
	return slices.ContainsFunc(c.Menu, func(m config.MenuItem) bool { return m.Section == s.Name })
}
