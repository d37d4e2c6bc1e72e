package check

import (
	"time"

	"qinglian/internal/build"
	"qinglian/internal/config"
	"qinglian/internal/diag"
	"qinglian/internal/published"
	"qinglian/internal/site"
)

// Whole is what a rule sees of the site: what is linked and what would be published, at
// a moment.
type Whole struct {
	Config  config.Config // of the Checker
	Site    *site.Site
	Outputs []build.Output
	Now     time.Time
	Record  published.Record // what was published before; empty for a site that has none
	Outside []Outside
	Answers map[string]Answer // by Target, of the links to other sites that were opened

	deadlines []Deadline // found when a rule asks for them; then not nil
	found     []Finding
}

// Report adds a finding, which has its place.
func (w *Whole) Report(d diag.Diagnostic) { w.found = append(w.found, Finding{Diagnostic: d}) }

// Site inspects what is linked, and the texts of config.toml. Its findings hold for this
// moment alone.
func (c *Checker) Site(w Whole) []Finding {
	w.Config, w.found = c.config, c.settings()
	for _, r := range all {
		if r.Site != nil {
			r.Site(&w)
		}
	}
	return w.found
}
