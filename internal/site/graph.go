package site

import (
	"cmp"
	"slices"
	"strings"

	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/diag"
)

// cite enters at each clause the articles that link to it, in the order of the
// clauses, newest first.
func (l *linker) cite() {
	for _, p := range l.site.Pages {
		for _, t := range p.Targets {
			if t.Page == nil || t.Page == p || t.Anchor == "" {
				continue
			}
			anchors := l.anchorsOf(t.Page)
			clause, ok := anchors.ByID(t.Anchor)
			if c := (Citation{clause, p}); ok && anchors.All()[clause].Clause && !cites(t.Page.Citations, c) {
				t.Page.Citations = append(t.Page.Citations, c)
			}
		}
	}
	for _, p := range l.site.Pages {
		slices.SortStableFunc(p.Citations, func(a, b Citation) int { return cmp.Compare(a.Clause, b.Clause) })
	}
}

// cites reports whether the article that citations are just being taken from has
// one already. All of its citations come one after the other.
func cites(known []Citation, c Citation) bool {
	for i := len(known) - 1; i >= 0 && known[i].From == c.From; i-- {
		if known[i] == c {
			return true
		}
	}
	return false
}

// names enters at each article those that name it in a field, newest first.
func (l *linker) names() {
	for _, p := range l.site.Pages {
		p.Card.EachFact(func(fact *content.Fact) {
			if fact.Type != config.TypeReference {
				return
			}
			for _, ref := range fact.Refs {
				to, by := p.Targets[ref].Page, Mention{fact.Key, p}
				if to != nil && to != p && !slices.Contains(to.NamedBy, by) {
					to.NamedBy = append(to.NamedBy, by)
				}
			}
		})
	}
}

// cycles reports articles that refer to themselves in a field, and those that
// a chain of references leads back to where the field says that none does: a
// document can't replace the one that replaces it.
func (l *linker) cycles() {
	for _, p := range l.site.Pages {
		p.Card.EachFact(func(fact *content.Fact) {
			if fact.Type != config.TypeReference {
				return
			}
			for _, ref := range fact.Refs {
				to, chain := p.Targets[ref].Page, []*Page{p}
				if to == p || to != nil && l.acyclic(p, fact.Key) &&
					leadsBack(to, p, fact.Key, &chain, map[*Page]bool{}) {
					l.cycle(p, *fact, ref, chain)
				}
			}
		})
	}
}

func (l *linker) acyclic(p *Page, key string) bool {
	field, _ := l.site.Config.Kinds[p.Card.Kind].Field(key)
	return field.Acyclic
}

// leadsBack follows the references in a field from at, depth first, and leaves
// in chain the way on which it came to goal.
func leadsBack(at, goal *Page, key string, chain *[]*Page, seen map[*Page]bool) bool {
	if at == goal {
		return true
	}
	if seen[at] {
		return false
	}
	seen[at] = true
	*chain = append(*chain, at)
	fact, _ := at.Card.Fact(key)
	for _, ref := range fact.Refs {
		if to := at.Targets[ref].Page; to != nil && leadsBack(to, goal, key, chain, seen) {
			return true
		}
	}
	*chain = (*chain)[:len(*chain)-1]
	return false
}

func (l *linker) cycle(p *Page, fact content.Fact, ref int, chain []*Page) {
	var names []string
	for _, on := range append(chain, p) {
		names = append(names, "《"+on.Card.Title+"》")
	}
	d := p.Refs[ref].Where
	d.Rule, d.Severity = "cyclic-reference", diag.Error
	d.Message = diag.Say("“%s”绕回了自己：%s",
		"%s leads back to the article itself: %s", diag.Text{ZH: fact.Label, EN: fact.Key}, strings.Join(names, " → "))
	d.Hint = diag.Say("去掉这一圈里写错的一处", "take out the one of these that is wrong")
	l.problems = append(l.problems, d)
}

// Near yields the pages, but for those that are related, of which something stands on this
// one's, some of them twice.
func (p *Page) Near(yield func(*Page) bool) {
	more := true
	visit := func(other *Page) {
		if more && other != nil {
			more = yield(other)
		}
	}
	visit(p.Newer)
	visit(p.Older)
	for _, m := range p.NamedBy {
		visit(m.From)
	}
	for _, c := range p.Citations {
		visit(c.From)
	}
	for _, t := range p.Targets {
		visit(t.Page)
	}
	for _, t := range p.Terms {
		visit(t.Text)
	}
}

// Named yields the pages that this one names in its fields.
func (p *Page) Named(yield func(*Page) bool) {
	more := true
	p.Card.EachFact(func(fact *content.Fact) {
		for _, ref := range fact.Refs {
			if to := p.Targets[ref].Page; more && to != nil {
				more = yield(to)
			}
		}
	})
}

// picture finds the picture that the configuration names for the whole site.
func (l *linker) picture() {
	name := l.site.Config.Picture
	if name == "" {
		return
	}
	f := l.static(name)
	if f == nil {
		l.noStatic("picture", name)
		return
	}
	l.site.Picture = f.Path
}
