package check

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"unicode"

	"qinglian/internal/content"
	"qinglian/internal/diag"
)

// masking is a number that can be hidden: where it stands in which passage, and by what.
type masking struct {
	Finding
	passage *Passage
	from    int // in the passage's text
	to      int
	mask    string
}

// maskRules are those whose findings have a mask of the house.
var maskRules = []Rule{idNumber, mobileNumber, bankCard, passportNumber, plateNumber}

// Mask is an article's text (UTF-8, lines ended by \n) with the numbers of people hidden,
// so that its page shows exactly the mask and nothing else differs; left are those that
// have to be hidden by hand, where that could not be. What is published on purpose, by
// an excuse or by what config.toml allows, stays.
func (c *Checker) Mask(compiler content.Compiler, file string, text []byte) (masked []byte, left []Finding) {
	a := c.compiled(compiler, file, text)
	for _, r := range maskRules {
		r.Article(a)
	}
	slices.SortStableFunc(a.maskings, func(x, y masking) int { return cmp.Compare(y.at(), x.at()) })
	for _, m := range a.maskings {
		if c.stays(a, m) {
			continue
		}
		better, ok := c.hide(compiler, file, text, m)
		if !ok {
			m.Hint = byHand(m.mask)
			left = append(left, m.Finding)
			continue
		}
		text = better
	}
	return text, left
}

// compiled is an article that no rule has looked at.
func (c *Checker) compiled(compiler content.Compiler, file string, text []byte) *Article {
	doc, facts := compiler.CompileWithFacts(file, text)
	return c.article(text, &doc, facts)
}

// at is where the number begins; behind all others if that can't be edited.
func (m masking) at() int {
	if edits := m.Edits.All(); len(edits) > 0 {
		return edits[0].At
	}
	return 0
}

// stays reports a number that is published on purpose.
func (c *Checker) stays(a *Article, m masking) bool {
	reasoned := slices.ContainsFunc(a.Facts.Excuses,
		func(e content.Excuse) bool { return e.Rule == m.Rule && e.Reason != "" })
	return reasoned || m.Once || c.levels[m.Rule] == Off || slices.Contains(c.config.Check.Allow, m.Subject)
}

// hide puts the mask into the text, typed in the way of which the page shows just it:
// escaped, as it is, or with the whole value in the quotes that YAML needs. ok is false if
// none does.
func (c *Checker) hide(compiler content.Compiler, file string, text []byte, m masking) (masked []byte, ok bool) {
	edits := m.Edits.All()
	if len(edits) == 0 {
		return nil, false
	}
	before := c.compiled(compiler, file, text)
	try := func(head, tail string, edits ...diag.Edit) bool {
		masked = edited(text, edits)
		after := c.compiled(compiler, file, masked)
		return after.shown() == before.shownWith(m, head, tail) && len(after.Doc.Problems) <= len(before.Doc.Problems)
	}
	p := m.passage
	for _, typed := range []string{p.escaped(m.mask), m.mask} {
		if edits[0].Text = typed; try(p.Text[:m.from]+m.mask, "", edits...) {
			return masked, true
		}
	}
	if p.In != Field || strings.ContainsAny(p.Text, "\n\"") {
		return nil, false
	}
	begin, end := int(p.pieces[0].typed.From), edits[0].End
	line, _, _ := bytes.Cut(text[end:], []byte("\n"))
	line = bytes.TrimRight(line, " \t")
	head := `"` + p.Text[:m.from] + m.mask
	return masked, try(head, `"`, diag.Edit{At: begin, End: end + len(line), Text: head + string(line) + `"`})
}

// edited is a text with edits made that do not overlap.
func edited(text []byte, edits []diag.Edit) []byte {
	var out []byte
	at := 0
	for _, e := range edits {
		out = append(append(out, text[at:e.At]...), e.Text...)
		at = e.End
	}
	return append(out, text[at:]...)
}

// shown is all that the article says, without white space.
func (a *Article) shown() string {
	var b strings.Builder
	for i := range a.Passages() {
		b.WriteString(a.passages[i].Text)
	}
	return compact(b.String())
}

// shownWith is shown with another text in place of a passage up to a number in it, and one
// more behind the rest of it, in which numbers may have been masked since.
func (a *Article) shownWith(m masking, head, tail string) string {
	var b strings.Builder
	for i := range a.Passages() {
		p := &a.passages[i]
		if p.In == m.passage.In && strings.HasPrefix(p.Text, m.passage.Text[:m.to]) &&
			p.pieces[0].typed.From == m.passage.pieces[0].typed.From {
			b.WriteString(head + p.Text[m.to:] + tail)
			continue
		}
		b.WriteString(p.Text)
	}
	return compact(b.String())
}

func compact(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) {
			return -1
		}
		return c
	}, s)
}
