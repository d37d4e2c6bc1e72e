package verdict

import (
	"cmp"
	"slices"
	"time"

	"qinglian/internal/diag"
	"qinglian/internal/site"
)

// Deadline is a day by which somebody is to do something about an article.
type Deadline struct {
	Day   time.Time // where the site is
	What  diag.Text
	Key   string // of the field that says it
	File  string
	Title string
	Owner string
	Past  bool // it was before the inspection
}

// done is what a task says of itself when nothing is left to do.
const done = "已办结"

// Deadlines are those of all public articles, the first day first: when one is to be
// looked at again, when it goes offline, when a task is to be done.
func (r Report) Deadlines() (all []Deadline) {
	if r.Site == nil {
		return nil
	}
	d := r.duties()
	for _, pages := range [][]*site.Page{r.Site.Pages, r.Site.Texts} {
		for _, p := range pages {
			all = append(all, d.deadlines(p)...)
		}
	}
	slices.SortStableFunc(all, func(a, b Deadline) int {
		return cmp.Or(a.Day.Compare(b.Day), cmp.Compare(a.File, b.File), cmp.Compare(a.Key, b.Key))
	})
	return all
}

func (d duties) deadlines(p *site.Page) (all []Deadline) {
	add := func(key string, day time.Time, what diag.Text) {
		if day.IsZero() {
			return
		}
		day = day.In(d.config.Zone)
		all = append(all, Deadline{Day: day, What: what, Key: key, File: p.Doc.Path, Title: p.Card.Title,
			Owner: d.of(p.Doc.Path, diag.Note).Owner, Past: day.Before(d.Now)})
	}
	add("review", p.Card.Review, diag.Say("复核", "review"))
	add("expires", p.Card.Expires, diag.Say("下线", "goes offline"))
	if state, _ := p.Card.Fact("state"); p.Card.Kind == "task" && !slices.Contains(state.Values, done) {
		add("deadline", p.Card.Moment("deadline"), diag.Say("办结期限", "to be done"))
	}
	return all
}
