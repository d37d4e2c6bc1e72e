package check

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"qinglian/internal/content"
	"qinglian/internal/diag"
	"qinglian/internal/site"
)

// Deadline is a day until which something is to be done, or the site is at fault.
type Deadline struct {
	Of    Duty
	Day   time.Time // its beginning; until its end there is time
	What  diag.Text // what it is about: “首页”, “栏目“动态””
	Owner string    // who sees to it; may be empty
	Where diag.Diagnostic
}

// Duty is what is to be done by a Deadline.
type Duty string

// The duties: a new article on the home page, in a column or of the account, a task
// to be done, an article to be reviewed, the site's yearly report.
const (
	NewOnHome    Duty = "home"
	NewInColumn  Duty = "column"
	NewOnAccount Duty = "account"
	TaskDone     Duty = "task"
	Reviewed     Duty = "review"
	YearReported Duty = "report"
)

// Passed reports a day that is over.
func (d Deadline) Passed(now time.Time) bool { return !now.Before(d.Day.AddDate(0, 0, 1)) }

// Within reports a day that is no further off than so many, or is over.
func (d Deadline) Within(days int, now time.Time) bool {
	return !now.Before(d.Day.AddDate(0, 0, -days))
}

// Deadlines are all days that the site's editors have to keep, the first one first. Those
// of columns follow from their last articles, those of tasks and reviews stand in
// articles; what is done has none.
func Deadlines(s *site.Site, now time.Time) []Deadline {
	g := gathering{site: s, now: now.In(s.Config.Zone)}
	g.home()
	g.columns()
	g.account()
	g.articles()
	g.report()
	slices.SortStableFunc(g.deadlines, func(a, b Deadline) int {
		return cmp.Or(a.Day.Compare(b.Day), strings.Compare(a.What.ZH, b.What.ZH))
	})
	return g.deadlines
}

// gathering gathers deadlines.
type gathering struct {
	site      *site.Site
	now       time.Time
	deadlines []Deadline
}

func (g *gathering) add(d Deadline) {
	d.Owner = cmp.Or(d.Owner, g.site.Config.Check.Owner)
	g.deadlines = append(g.deadlines, d)
}

// day is the beginning of a moment's day where the site is.
func (g *gathering) day(t time.Time) time.Time {
	t = t.In(g.site.Config.Zone)
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

// home is the deadline of the first page, which shows what is new in all sections. A site
// without an article has nothing that could be stale.
func (g *gathering) home() {
	most := g.site.Config.FreshHome()
	newest := newest(g.site.Pages, func(p *site.Page) bool { return p.In != nil && !p.Index })
	if most.Zero() || newest == nil {
		return
	}
	g.add(Deadline{Of: NewOnHome, Day: most.From(g.day(newest.Card.Date)), What: diag.Say("首页", "the home page"),
		Where: g.site.Config.Where("check.fresh")})
}

func (g *gathering) columns() {
	for _, s := range g.site.Sections {
		most := g.site.Config.Fresh(s.Section)
		newest := newest(s.Pages, func(*site.Page) bool { return true })
		if most.Zero() || newest == nil {
			continue
		}
		g.add(Deadline{Of: NewInColumn, Day: most.From(g.day(newest.Card.Date)), Owner: s.Owner,
			What:  diag.Say("栏目“%s”", "the section %q", s.Title),
			Where: g.site.Config.Where("sections." + s.Name)})
	}
}

// account is the deadline of the WeChat account, of which is known what articles say.
func (g *gathering) account() {
	c := g.site.Config
	newest := newest(g.site.Pages, func(p *site.Page) bool { return p.Card.WeChat != "" })
	if most := c.FreshAccount(); !most.Zero() && newest != nil {
		g.add(Deadline{Of: NewOnAccount, Day: most.From(g.day(newest.Card.Date)), Owner: c.WeChat.Owner,
			What: diag.Say("公众号", "the WeChat account"), Where: c.Where("wechat")})
	}
}

// newest is the last one by date of pages that fit, which may be in any order; nil
// without one that has a date.
func newest(pages []*site.Page, fits func(*site.Page) bool) (last *site.Page) {
	for _, p := range pages {
		if !p.Card.Date.IsZero() && fits(p) && (last == nil || p.Card.Date.After(last.Card.Date)) {
			last = p
		}
	}
	return last
}

// articles are the deadlines that articles have in their front matter.
func (g *gathering) articles() {
	for _, p := range g.site.Pages {
		owner := p.Card.Editor
		if p.In != nil {
			owner = cmp.Or(owner, p.In.Owner)
		}
		if !p.Card.Review.IsZero() {
			g.add(Deadline{Of: Reviewed, Day: g.day(p.Card.Review), Owner: owner, Where: p.Where("review"),
				What: diag.Say("文章《%s》", "the article %q", p.Card.Title)})
		}
		if due := p.Card.Moment(deadlineKey); !due.IsZero() && !done(p.Card) {
			lead, _ := p.Card.Fact("lead")
			g.add(Deadline{Of: TaskDone, Day: g.day(due), Where: p.Where(deadlineKey),
				What:  diag.Say("实事《%s》", "the task %q", p.Card.Title),
				Owner: cmp.Or(strings.Join(lead.Values, "、"), owner)})
		}
	}
}

// What a task says, in kinds.toml's words.
const (
	deadlineKey = "deadline"
	stateKey    = "state"
	stateDone   = "已办结"
)

func done(c content.Card) bool {
	state, _ := c.Fact(stateKey)
	return slices.Contains(state.Values, stateDone)
}

// by says whose a deadline is, behind a sentence about it; nothing if nobody's.
func (d Deadline) by() diag.Text {
	if d.Owner == "" {
		return diag.Text{}
	}
	return diag.Say("（负责：%s）", " (%s)", d.Owner)
}

// passed are the deadlines of a duty that have passed.
func (w *Whole) passed(of Duty) (passed []Deadline) {
	for _, d := range w.Deadlines() {
		if d.Of == of && d.Passed(w.Now) {
			passed = append(passed, d)
		}
	}
	return passed
}

// Deadlines are those of the site.
func (w *Whole) Deadlines() []Deadline {
	if w.deadlines == nil {
		w.deadlines = append([]Deadline{}, Deadlines(w.Site, w.Now)...)
	}
	return w.deadlines
}

// on is a day as messages name it.
func on(day time.Time) string { return day.Format(time.DateOnly) }
