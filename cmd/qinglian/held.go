package main

import (
	"path"
	"slices"
	"strings"
	"time"

	"qinglian/internal/content"
	"qinglian/internal/diag"
	"qinglian/internal/site"
)

// held is an article that is not public, in build --json.
type held struct {
	File   string     `json:"file"`
	Title  string     `json:"title"`
	Reason string     `json:"reason"` // draft, future, expired or withdrawn
	Until  *time.Time `json:"until"`  // when it becomes public by itself
}

// moment is a time as JSON has it: null if there is none.
func moment(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	return &at
}

// heldAsData is what is not public as --json has it.
func heldAsData(all []site.Held) []held {
	out := []held{}
	for _, h := range all {
		out = append(out, held{h.File, h.Title, string(h.Why), moment(h.Until)})
	}
	return out
}

// fewHeld is how many of the articles whose date is to come are named.
const fewHeld = 3

// heldBack is what is not public, in one line: how many of each, and when those come
// that only wait for their date.
func heldBack(all []site.Held, now time.Time) diag.Text {
	count := map[content.Hold]int{}
	var waiting []site.Held
	for _, h := range all {
		count[h.Why]++
		if !h.Until.IsZero() {
			waiting = append(waiting, h)
		}
	}
	slices.SortStableFunc(waiting, func(a, b site.Held) int { return a.Until.Compare(b.Until) })
	var zh, en []string
	for _, part := range []struct {
		why  content.Hold
		text diag.Text
	}{
		{content.HoldDraft, diag.Say("%d 篇草稿", "%d drafts", count[content.HoldDraft])},
		{content.HoldFuture, diag.Say("%d 篇未到日期：%s",
			"%d dated later: %s", count[content.HoldFuture], whenShown(waiting, now))},
		{content.HoldExpired, diag.Say("%d 篇已过期", "%d expired", count[content.HoldExpired])},
		{content.HoldWithdrawn, diag.Say("%d 篇已撤下", "%d withdrawn", count[content.HoldWithdrawn])},
	} {
		if count[part.why] > 0 {
			zh, en = append(zh, part.text.ZH), append(en, part.text.EN)
		}
	}
	return diag.Say("没有公开：%s", "not public: %s", diag.Text{ZH: strings.Join(zh, "；"), EN: strings.Join(en, "; ")})
}

// whenShown names the first of those that wait, with the moment of each.
func whenShown(waiting []site.Held, now time.Time) diag.Text {
	var zh, en []string
	for _, h := range waiting[:min(fewHeld, len(waiting))] {
		at := h.Until.Format("01-02 15:04")
		if h.Until.Year() != now.In(h.Until.Location()).Year() {
			at = h.Until.Format("2006-01-02 15:04")
		}
		zh, en = append(zh, shortName(h.File)+"，"+at), append(en, shortName(h.File)+", "+at)
	}
	if len(waiting) > fewHeld {
		return diag.Say("%s 等", "%s and more", diag.Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, "; ")})
	}
	return diag.Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, "; ")}
}

// shortName is an article's file as editors call it: by its name, a bundle by its folder.
func shortName(file string) string {
	if name := path.Base(file); !strings.EqualFold(name, "index.md") {
		return name
	}
	return path.Join(path.Base(path.Dir(file)), path.Base(file))
}

// sameHeld reports whether the same articles are held back for the same reasons.
func sameHeld(a, b []site.Held) bool {
	return slices.EqualFunc(a, b, func(a, b site.Held) bool {
		return a.File == b.File && a.Why == b.Why && a.Path == b.Path && a.Until.Equal(b.Until)
	})
}
