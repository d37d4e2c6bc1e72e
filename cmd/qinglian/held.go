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
	Reason string     `json:"reason"` // content.Hold
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
		{content.HoldErrors, diag.Say("%d 篇有错误，改好再发布：%s", "%d with errors, to be mended first: %s",
			count[content.HoldErrors], wrongNames(all))},
		{content.HoldWithdrawn, diag.Say("%d 篇已撤下", "%d withdrawn", count[content.HoldWithdrawn])},
	} {
		if count[part.why] > 0 {
			zh, en = append(zh, part.text.ZH), append(en, part.text.EN)
		}
	}
	return diag.Say("没有公开：%s", "not public: %s", diag.Text{ZH: strings.Join(zh, "；"), EN: strings.Join(en, "; ")})
}

// wrongNames names the articles that wait for their errors to be mended.
func wrongNames(all []site.Held) diag.Text {
	var names []string
	for _, h := range all {
		if h.Why == content.HoldErrors {
			names = append(names, h.File)
		}
	}
	return someNames(names)
}

// someNames names the first of some files.
func someNames(names []string) diag.Text {
	shown := names[:min(fewHeld, len(names))]
	t := diag.Text{ZH: strings.Join(shown, "、"), EN: strings.Join(shown, ", ")}
	if len(names) > len(shown) {
		return diag.Say("%s 等", "%s and more", t)
	}
	return t
}

// broken is about public articles with errors: the rest can't be published without them.
func broken(files []string) diag.Text {
	return diag.Say("已经公开的文章有错误，不能先发布其余的，先改好它：%s",
		"articles that are public have errors, so the rest can't be published without them; mend them first: %s",
		someNames(files))
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
