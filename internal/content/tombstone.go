package content

import (
	"html"
	"strings"

	"qinglian/internal/config"
	"qinglian/internal/diag"
)

// Retracted stands where others name an article that was taken down: its title may be
// what nobody is to read.
const Retracted = "一篇已撤下的文章"

// Called is what others call the article: its title, as long as it stands.
func (c *Card) Called() string {
	if c.Gone {
		return Retracted
	}
	return c.Title
}

// Tombstone is what stays of an article that was taken down with a word on why: at the
// article's address its title, its date and that word. Nothing else of it is in the
// Doc, so that nothing else can be shown.
func (d *Doc) Tombstone() *Doc {
	c := &d.Card
	t := &Doc{Path: d.Path, Section: d.Section, Folder: d.Folder, Beside: d.Beside, places: d.Body().places,
		Card: Card{Kind: c.Kind, Title: c.Title, Slug: c.Slug, Date: c.Date, Updated: c.Updated, Expires: c.Expires,
			Summary: strings.Join(strings.Fields(c.Reason), " "), Excerpt: true, Aliases: c.Aliases, Cover: -1,
			Draft: c.Draft, Gone: true, Reason: c.Reason}}
	for paragraph := range strings.SplitSeq(c.Reason, "\n") {
		if paragraph = strings.TrimSpace(paragraph); paragraph != "" {
			t.Prose += "<p>" + html.EscapeString(paragraph) + "</p>\n"
		}
	}
	t.CardDigest, t.ProseDigest = t.Card.digest(), t.proseDigest()
	return t
}

// reason is why the article was taken down, if its address is to say so. That of a list
// can't: it stays for the list.
func (c *compiler) reason(f *fields) string {
	why := f.value("gone")
	if why == "true" {
		return ""
	}
	if why != "" && (c.doc.Index || c.doc.Section == config.TermsFolder) {
		f.problems = append(f.problems, diag.Diagnostic{Rule: "gone-list", Severity: diag.Error,
			Message: diag.Say("栏目、专题和首页的页面总在，不能换成撤下的说明",
				"the page of a section, a term or the site stays: it can't be a word on why this was taken down"),
			Hint: diag.Say("要撤下这段介绍，写 true；要说明，写在正文里",
				"write true to take this text down; what is to be said goes into the text"),
		}.Placed(f.over("gone")))
		return ""
	}
	return why
}
