package site

import (
	"time"

	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/diag"
)

// Held is an article that is not public, and why.
type Held struct {
	File, Title string
	Why         content.Hold
	Until       time.Time // when it becomes public by itself; zero if it does not
	Address     string    // that it would have; "" for an introduction
	Path        string    // published, of the page that says why it was taken down; "" without one
}

func (l *linker) hold(d *content.Doc, why content.Hold) {
	l.hidden[form(d.Path)] = true
	l.withheld = append(l.withheld, d.Card.Aliases...)
	h := Held{File: d.Path, Title: d.Card.Title, Why: why, Address: addressOf(d)}
	switch why {
	case content.HoldFuture:
		h.Until = d.Card.Date
		l.awaited = append(l.awaited, d)
	case content.HoldDraft, content.HoldErrors:
		l.awaited = append(l.awaited, d)
	}
	l.site.Held = append(l.site.Held, h)
}

// holdBack leaves out an article with errors. They are warnings, as a draft's are: they
// will be mended before it is published.
func (l *linker) holdBack(d *content.Doc, wrong diag.List) {
	l.named = append(l.named, d.Path)
	for _, p := range d.Problems {
		if p.Severity != diag.Error {
			l.problems = append(l.problems, p)
		}
	}
	for _, p := range wrong {
		p.Severity = diag.Warning
		l.problems = append(l.problems, p)
	}
	l.hold(d, content.HoldErrors)
}

// bury takes in an article that was taken down with a word on why. Links lead to the page
// that says so.
func (l *linker) bury(given int, d *content.Doc) {
	l.pages = append(l.pages, Page{Doc: d.Tombstone(), In: l.sections[d.Section], Path: d.Address(), Given: given})
	page := &l.pages[len(l.pages)-1]
	l.byFile[form(d.Path)] = page
	l.site.Tombstones = append(l.site.Tombstones, page)
	l.site.Held = append(l.site.Held,
		Held{File: d.Path, Title: d.Card.Title, Why: content.HoldWithdrawn, Address: page.Path, Path: page.Path})
}

// addressOf is the published path of an article alone.
func addressOf(d *content.Doc) string {
	if d.Index || d.Section == config.TermsFolder {
		return ""
	}
	return d.Address()
}

// review reports an article that is due to be looked at again.
func (l *linker) review(d *content.Doc) {
	due := d.Card.Review
	if due.IsZero() || due.After(l.now) {
		return
	}
	l.problems = append(l.problems, diag.Diagnostic{Rule: "review-due", Severity: diag.Warning,
		Message: diag.Say("《%s》到了复核日期：%s", "%q was to be reviewed by %s", d.Card.Title, due.Format(time.DateOnly)),
		Hint: diag.Say("看看内容还对不对；看过了，写上下一次的日期，或删去这一行",
			"see whether what it says still holds; then give the date of the next review, or take the line out"),
	}.Placed(d.Where("review")))
}

// Next is when the first of them becomes public by itself; zero if none does.
func Next(held []Held) (next time.Time) {
	for _, h := range held {
		if !h.Until.IsZero() && (next.IsZero() || h.Until.Before(next)) {
			next = h.Until
		}
	}
	return next
}
