package verdict

import (
	"cmp"
	"slices"
	"time"

	"qinglian/internal/check"
	"qinglian/internal/diag"
	"qinglian/internal/site"
)

// Deadline is a day by which somebody is to do something.
type Deadline struct {
	Day   time.Time // where the site is
	What  diag.Text
	About diag.Text // an article by its title, a column, the home page
	File  string    // that it follows from
	Owner string
	Past  bool // it was before the inspection

	name string // of the duty, in the file
}

// dutyTexts are what is to be done by the deadlines of the site.
var dutyTexts = map[check.Duty]diag.Text{
	check.NewOnHome:    diag.Say("发新文章", "a new article"),
	check.NewInColumn:  diag.Say("发新文章", "a new article"),
	check.NewOnAccount: diag.Say("发新文章", "a new article"),
	check.TaskDone:     diag.Say("办结期限", "to be done"),
	check.Reviewed:     diag.Say("复核", "review"),
	check.YearReported: diag.Say("发布", "to be published"),
}

// Deadlines are those of the site ([check.Deadlines]) and the days on which articles go
// offline, the first day first.
func (r Report) Deadlines() (all []Deadline) {
	if r.Site == nil {
		return nil
	}
	d := r.duties()
	for _, due := range check.Deadlines(r.Site, r.Now) {
		all = append(all, Deadline{Day: due.Day, What: dutyTexts[due.Of], About: due.What, File: due.Where.File,
			Owner: cmp.Or(due.Owner, d.of(due.Where.File, diag.Note).Owner), Past: due.Passed(r.Now),
			name: string(due.Of) + " " + due.What.ZH})
	}
	for _, pages := range [][]*site.Page{r.Site.Pages, r.Site.Texts} {
		for _, p := range pages {
			day := p.Card.Expires.In(d.config.Zone)
			if p.Card.Expires.IsZero() {
				continue
			}
			all = append(all, Deadline{Day: day, What: diag.Say("下线", "goes offline"),
				About: diag.Say("文章《%s》", "the article %q", p.Card.Title), File: p.Doc.Path,
				Owner: d.of(p.Doc.Path, diag.Note).Owner, Past: day.Before(r.Now), name: "expires"})
		}
	}
	slices.SortStableFunc(all, func(a, b Deadline) int {
		return cmp.Or(a.Day.Compare(b.Day), cmp.Compare(a.File, b.File), cmp.Compare(a.name, b.name))
	})
	return all
}
