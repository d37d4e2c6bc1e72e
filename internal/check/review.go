package check

import (
	"strings"

	"qinglian/internal/content"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/pattern"
)

// changedSinceReview is about articles that say who reviewed them, and whose text is
// another by now: a review is of one text, and any edit after it voids it.
var changedSinceReview = Rule{Name: "changed-since-review", Sure: OwnSense, Article: func(a *Article) {
	written := a.Facts.Reviewed
	if written.Text == "" {
		return
	}
	d := diag.Diagnostic{Rule: "changed-since-review", Severity: diag.Warning}
	mark := reviews().FindStringSubmatch(written.Text)
	switch {
	case mark == nil:
		d.Message = diag.Say("审核写得不全，看不出审的是哪一稿", "this does not say which text was reviewed, by whom and when")
		d.Hint = diag.Say("照审核单底下那一行写：姓名、日期、稿件码，如 张三 2026-11-20 3f2a9c；审核单用 qinglian slip %s 打印",
			"write what stands at the foot of the slip, such as: 张三 2026-11-20 3f2a9c; qinglian slip %s prints one",
			a.File)
	case strings.EqualFold(mark[1], Reading(a.Doc, a.Facts)):
		return
	default:
		d.Message = diag.Say("审核以后，文字改过", "the text was changed after its review")
		d.Hint = diag.Say("重新审核：用 qinglian slip %s 打印审核单，审完照底下那一行写",
			"have it reviewed again: print a slip with qinglian slip %s", a.File)
	}
	a.found = append(a.found, Finding{Diagnostic: d.Placed(written.Where)})
}}

// reviews is how a review is written: who, when, and at its end what was read.
var reviews = pattern.Of(`^\s*\S.*\s\d{4}-\d{1,2}-\d{1,2}\s+([0-9a-fA-F]{6})\s*$`)

// Reading is a short digest of what readers read of an article: its words, where its
// headings, links and pictures stand and what they name, and the fields that they see.
// It is the same whichever way that was typed. When it is published is no part of it: a
// date is written when the review is done. It guards against an oversight, not against
// who means to deceive.
func Reading(doc *content.Doc, facts content.Facts) string {
	h := digest.New("reading")
	part := func(name string, of ...string) { h.String(name).Int(int64(len(of))).String(of...) }
	c := doc.Card
	part("head", c.Title, c.Source, c.Author, c.Editor)
	part("tags", c.Tags...)
	part("topics", c.Topics...)
	if !c.Excerpt {
		part("summary", c.Summary)
	}
	if c.Cover >= 0 {
		part("cover", doc.Refs[c.Cover].Dest)
	}
	h.Bool(c.AI).Bool(c.Gone).String(c.Reason)
	for _, f := range c.Facts {
		part("field", f.Key)
		part("values", f.Values...)
		for _, row := range f.Rows {
			part("row")
			for _, cell := range row {
				part(cell.Key, cell.Values...)
			}
		}
	}
	for runs := facts.Runs; len(runs) > 0; {
		var block strings.Builder
		of := runs[0].Block
		for ; len(runs) > 0 && runs[0].Block == of; runs = runs[1:] {
			block.WriteString(strings.Join(strings.Fields(runs[0].Text), "")) // lines may be broken anew
		}
		part("block", block.String())
	}
	for _, head := range facts.Headings {
		part("heading", head.Text)
		h.Int(int64(head.Level))
	}
	for _, l := range facts.Links {
		part("link", l.Dest, l.Text)
	}
	for _, p := range facts.Pictures {
		part("picture", p.Dest, p.Alt, p.Title)
	}
	for _, a := range facts.Arguments {
		part("argument", a.Directive, a.Key, a.Value)
	}
	return h.Sum().String()[:6]
}
