package content

import (
	"slices"

	"qinglian/internal/diag"
	"qinglian/internal/headline"
)

// headline finds where lines of the title may end: where its writer says so, else between
// the words that it is made of.
func (c *compiler) headline(body int, f *fields) {
	card := &c.doc.Card
	marked := f.value("title_breaks")
	if marked == "" || card.Title == "" {
		card.Cuts = headline.Cuts(card.Title, card.names(), c.text[body:])
		return
	}
	cuts, same := headline.Given(card.Title, marked)
	if !same {
		f.problems = append(f.problems, diag.Diagnostic{Rule: "other-title", Severity: diag.Error,
			Message: diag.Say("“标题换行”去掉竖线是“%s”，和标题“%s”不一样", "title_breaks without its bars is %q, and the title is %q",
				headline.Unmarked(marked), card.Title),
			Hint: diag.Say("照抄标题，在可以换行的地方加竖线 |，别的字不要动",
				"copy the title, put a bar | where a line may end, and change nothing else"),
		}.Placed(f.over("title_breaks")))
		return
	}
	card.Cuts, card.OwnCuts = cuts, true
}

// names are what an article gives in its fields that may stand in its title.
func (c *Card) names() []string {
	names := slices.Concat(c.Tags, c.Topics, []string{c.Source, c.Author})
	for _, f := range c.Facts {
		names = append(names, f.Values...)
	}
	return names
}
