package check

import (
	"strings"

	"qinglian/internal/diag"
	"qinglian/internal/markdown"
)

// reportNumber adds a finding about a number, with the edits that put a mask into its
// place: the whole mask where the first group was typed, nothing where the others were.
// Asterisks are escaped where the text is Markdown. What a rule has no hint of its own for
// is to be taken out or masked, and fix is named only where it does that.
func (a *Article) reportNumber(p *Passage, from, to int, f Finding, mask string) {
	at, typed := p.Place(from, to)
	if typed {
		f.Edits = a.masked(p, at, p.Text[from:to], mask)
		f.Diagnostic = a.lines.Over(int(at.From), int(at.To), f.Diagnostic)
	}
	switch {
	case f.Hint != (diag.Text{}):
	case f.Edits == "":
		f.Hint = byHand(mask)
	default:
		f.Hint = diag.Say("删去，或写成 %s；qinglian fix --mask 会改好",
			"take it out or write %s, as qinglian fix --mask does", mask)
	}
	if !typed {
		f = p.told(f, p.Text[from:to])
		f.Diagnostic = f.Diagnostic.In(a.File)
	}
	a.found = append(a.found, f)
	a.maskings = append(a.maskings, masking{f, p, from, to, mask})
}

// byHand is what to do about a number that no edit hides.
func byHand(mask string) diag.Text {
	return diag.Say("删去，或写成 %s", "take it out or write %s", mask)
}

// masked are the edits that put a mask into a number's place; none where that would say
// something else.
func (a *Article) masked(p *Passage, at markdown.Place, said, mask string) diag.Edits {
	typed := string(a.Text[at.From:at.To])
	lines := strings.Split(typed, "\n")
	if a.attached || !a.maskable(p, at) || typed != said && !plainNumber(lines) {
		return ""
	}
	end := int(at.From) + len(lines[0])
	edits := []diag.Edit{{At: int(at.From), End: end, Text: p.escaped(mask)}}
	for _, line := range lines[1:] {
		rest := strings.TrimLeft(line, " \t>")
		edits = append(edits, diag.Edit{At: end + 1 + len(line) - len(rest), End: end + 1 + len(line)})
		end += 1 + len(line)
	}
	return diag.Flat(edits...)
}

// maskable reports whether the text of a place can be put in its place alone.
func (a *Article) maskable(p *Passage, at markdown.Place) bool {
	for _, s := range p.pieces {
		if !s.exact && s.typed.From < at.To && at.From < s.typed.To {
			return false
		}
	}
	return p.In != Telephone // a link that calls nobody would be no link
}

// plainNumber reports lines that have nothing but a number in them, and what may begin a
// line of a block.
func plainNumber(lines []string) bool {
	for i, line := range lines {
		if i > 0 {
			line = strings.TrimLeft(line, " \t>")
		}
		for len(line) > 0 {
			_, size := digit(line)
			if size == 0 {
				size = separator(line)
			}
			if size == 0 {
				return false
			}
			line = line[size:]
		}
	}
	return true
}

// separator is the size of what may stand in a number besides digits.
func separator(s string) int {
	for _, mark := range []string{" ", "-", "\u00a0", "\u3000", "\u2009", "\u202f", "\u200b", "－", "—", "‐", "·", "x",
		"X", "Ｘ", "ｘ"} {
		if strings.HasPrefix(s, mark) {
			return len(mark)
		}
	}
	return 0
}

// escaped is a mask as it is typed where the passage stands.
func (p *Passage) escaped(mask string) string {
	if p.In == Field || p.Block == markdown.InCode {
		return mask
	}
	return strings.ReplaceAll(mask, "*", `\*`)
}
