package site

import (
	"time"

	"qinglian/internal/content"
)

// Held is an article that is not public, and why.
type Held struct {
	File, Title string
	Why         content.Hold
	Until       time.Time // when it becomes public by itself; zero if it does not
}

func (l *linker) hold(d *content.Doc, why content.Hold) {
	l.hidden[form(d.Path)] = true
	l.withheld = append(l.withheld, d.Card.Aliases...)
	h := Held{File: d.Path, Title: d.Card.Title, Why: why}
	if why == content.HoldFuture {
		h.Until = d.Card.Date
	}
	l.site.Held = append(l.site.Held, h)
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
