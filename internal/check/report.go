package check

import (
	"cmp"
	"slices"

	"qinglian/internal/content"
	"qinglian/internal/diag"
)

// Report is what an inspection comes to.
type Report struct {
	Findings []Finding // as serious as they count for the site; by file, line and column
	Excused  []Excused
	Unread   []Unread // files that could not be looked into
	Files    int      // that were looked into
	Outside  []Outside
}

// Excused is a finding that does not count, and why.
type Excused struct {
	Finding
	Reason string
	Where  diag.Diagnostic // the place of the reason
}

// Unread is a file that could not be looked into, and why.
type Unread struct {
	File string
	Why  diag.Text
}

// Diagnostics are the findings as messages.
func (r Report) Diagnostics() (l diag.List) {
	for _, f := range r.Findings {
		l = append(l, f.Diagnostic)
	}
	return l
}

// Report puts together what was found in files and in the site as a whole: as serious
// as the site has it, without what is allowed, off or excused.
func (c *Checker) Report(files []Looked, whole []Finding) Report {
	j := judge{Checker: c, excuses: map[excusing]*excuse{}, subjects: map[subject]*excuse{}, once: map[subject]bool{}}
	for _, l := range files {
		j.excuse(l)
	}
	j.report.Outside = c.Outside(files)
	for _, l := range files {
		if l.Unread == (diag.Text{}) {
			j.report.Files++
		} else {
			j.report.Unread = append(j.report.Unread, Unread{l.File, l.Unread})
		}
		for _, f := range l.Findings {
			j.find(l.File, f, l.Of...)
		}
	}
	for _, f := range whole {
		j.find(f.File, f)
	}
	for _, e := range j.given {
		j.idle(e)
	}
	slices.SortStableFunc(j.report.Findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Rule, b.Rule))
	})
	return j.report
}

// judge decides what counts.
type judge struct {
	*Checker
	report   Report
	given    []*excuse
	excuses  map[excusing]*excuse
	subjects map[subject]*excuse // what some article has a reason to publish
	once     map[subject]bool    // what was said once
}

// excuse is that of an article, and whether there was something to excuse.
type excuse struct {
	content.Excuse
	file string
	used bool
}

// excusing is a rule that an article excuses itself from.
type excusing struct{ file, rule string }

// subject is what a rule found, in whichever file.
type subject struct{ rule, found string }

// excuse takes in what an article excuses itself from. A number by which a public body is
// reached has its reason for all of the site.
func (j *judge) excuse(l Looked) {
	for _, of := range l.Excuses {
		e := &excuse{Excuse: of, file: l.File}
		j.given = append(j.given, e)
		if of.Reason == "" {
			continue
		}
		j.excuses[excusing{l.File, of.Rule}] = e
		for _, f := range l.Findings {
			if f.Once && f.Rule == of.Rule {
				j.subjects[subject{f.Rule, f.Subject}] = e
			}
		}
	}
}

// reason is the excuse for a finding in a file; nil without one.
func (j *judge) reason(file string, f Finding, of []string) *excuse {
	for _, name := range append(of[:len(of):len(of)], file) {
		if e := j.excuses[excusing{name, f.Rule}]; e != nil {
			return e
		}
	}
	if f.Once {
		return j.subjects[subject{f.Rule, f.Subject}]
	}
	return nil
}

// find counts one finding in a file, which is attached to some articles.
func (j *judge) find(file string, f Finding, articles ...string) {
	if l, ok := j.levels[f.Rule]; ok {
		severity, said := l.Severity()
		if !said {
			return
		}
		f.Severity = severity
	}
	if f.Subject != "" && slices.Contains(j.config.Check.Allow, f.Subject) {
		return
	}
	if e := j.reason(file, f, articles); e != nil {
		e.used = true
		j.report.Excused = append(j.report.Excused, Excused{f, e.Reason, e.Where})
		return
	}
	of := subject{f.Rule, f.Subject}
	if f.Once && j.once[of] {
		return
	}
	j.once[of] = j.once[of] || f.Once
	j.report.Findings = append(j.report.Findings, f)
}
