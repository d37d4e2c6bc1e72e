package site

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"qinglian/internal/address"
	"qinglian/internal/config"
	"qinglian/internal/cores"
	"qinglian/internal/diag"
)

// Taxonomy is the terms that articles are gathered by in one field.
type Taxonomy struct {
	config.Taxonomy
	Path  string  // of the page with all terms: tags/index.html
	Text  *Page   // introduces it: content/terms/tags/index.md; may be nil
	Terms []*Term // those with most articles first; years from the newest
}

// Term is one value of a taxonomy's field with its articles, newest first.
type Term struct {
	In    *Taxonomy
	Name  string
	Path  string // of its first page: tags/dang-jian-nzwh/index.html
	Text  *Page  // what it says of itself: content/terms/tags/….md; may be nil
	Pages []*Page
}

// Archived reports whether the term's own text says that it is over.
func (t *Term) Archived() bool {
	if t.Text == nil {
		return false
	}
	_, archived := t.Text.Card.Fact("archived")
	return archived
}

// text takes in what stands on the page of a term or of a taxonomy: a file in
// content/terms/TAXONOMY/, or in a folder of its own there.
func (l *linker) text(page *Page) {
	name, _, _ := strings.Cut(strings.TrimPrefix(page.Doc.Path, path.Join("content", config.TermsFolder)+"/"), "/")
	var known []string
	for _, t := range l.site.Config.Taxonomies {
		known = append(known, t.Name)
	}
	if !slices.Contains(known, name) {
		hint := diag.Say("放到 content/terms/ 里这些文件夹之一：%s",
			"put it into one of these folders of content/terms/: %s", strings.Join(known, "、"))
		if near := diag.Nearest(name, known); near != "" {
			hint = diag.Say("是不是想放在 content/terms/%s？", "did you mean content/terms/%s?", near)
		}
		l.problems = append(l.problems,
			diag.Diagnostic{Rule: "unknown-taxonomy", Severity: diag.Error, File: page.Doc.Path,
				Message: diag.Say("“%s”不是 config.toml 里的分类", "%q is not a taxonomy of config.toml", name), Hint: hint})
		return
	}
	l.texts[name] = append(l.texts[name], page)
	l.site.Texts = append(l.site.Texts, page)
}

// taxonomies gathers the pages, which are in their order, by their terms.
func (l *linker) taxonomies(sel Selection) {
	for at, c := range l.site.Config.Taxonomies {
		t := &Taxonomy{Taxonomy: c, Path: c.Name + "/index.html"}
		byName := map[string]*Term{}
		term := func(name string) *Term {
			found := byName[name]
			if found == nil {
				found = &Term{In: t, Name: name}
				byName[name] = found
				t.Terms = append(t.Terms, found)
			}
			return found
		}
		for _, p := range l.site.Pages {
			if p.Index {
				continue
			}
			values := p.Card.Values(c.Field)
			p.Terms = slices.Grow(p.Terms, len(values))
			for _, name := range values {
				found := term(name)
				if sel.Outline == nil {
					found.Pages = append(found.Pages, p)
				}
				p.Terms = append(p.Terms, found)
			}
		}
		if sel.Outline != nil {
			for _, m := range sel.Outline.Terms[at] {
				term(m.Name).Pages = l.whole.members(m)
			}
		}
		for _, p := range l.texts[c.Name] {
			l.describe(t, p, term)
		}
		if len(t.Terms) == 0 {
			l.vacant = append(l.vacant, t)
			continue
		}
		l.addresses(t)
		t.order()
		l.site.Taxonomies = append(l.site.Taxonomies, t)
	}
}

// describe gives a text to the term that its title names.
func (l *linker) describe(t *Taxonomy, p *Page, term func(string) *Term) {
	of := &t.Text
	if !p.Index {
		of = &term(p.Card.Title).Text
	}
	if *of == nil {
		*of = p
		return
	}
	l.problems = append(l.problems, diag.Diagnostic{Rule: "term-twice", Severity: diag.Error,
		Message: diag.Say("“%s”已经有说明：%s", "%q has a text already: %s", p.Card.Title, (*of).Doc.Path),
		Hint:    diag.Say("留下其中一篇", "keep one of the two"),
	}.Placed(p.Doc.Where("title")))
}

// addresses gives each term its address and reports two on one.
func (l *linker) addresses(t *Taxonomy) {
	if t.Text != nil {
		t.Text.Path = t.Path
	}
	owner := map[string]*Term{}
	slices.SortFunc(t.Terms, func(a, b *Term) int { return cmp.Compare(a.Name, b.Name) })
	for _, term := range t.Terms {
		term.Path = t.Name + "/" + t.slug(term) + "/index.html"
		if other := owner[term.Path]; other != nil {
			l.problems = append(l.problems, l.sharing(other, term))
			term.Path = t.Name + "/" + address.Term(term.Name) + "/index.html" // one message is enough
		}
		owner[term.Path] = term
		if term.Text != nil {
			term.Text.Path = term.Path
		}
	}
}

// sharing is the message about two terms with one address, where that of the second
// was typed.
func (l *linker) sharing(a, b *Term) diag.Diagnostic {
	slugs := "taxonomies." + b.In.Name + ".slugs"
	where := l.site.Config.Where(slugs + "." + b.Name)
	hint := diag.Say("在 [%[1]s] 下给其中一个写另一个网址名，如 \"%[2]s\" = \"…\"",
		"below [%[1]s] give one of them another name, such as \"%[2]s\" = \"…\"", slugs, b.Name)
	if _, configured := b.In.Slugs[b.Name]; !configured && b.Text != nil {
		where = b.Text.Where("slug")
		hint = diag.Say("在这个文件开头写另一个网址名", "give this file another slug")
	}
	return diag.Diagnostic{Rule: "same-address", Severity: diag.Error, Hint: hint,
		Message: diag.Say("%s“%s”和“%s”的网址相同：%s", "in %s, %q and %q have the same address: %s",
			b.In.Title, a.Name, b.Name, b.Path),
	}.Placed(where)
}

// slug is a term's name in its address: the configured one, that of its own text, else
// the one that every term has.
func (t *Taxonomy) slug(term *Term) string {
	if _, given := t.Slugs[term.Name]; !given && term.Text != nil {
		return term.Text.Card.Slug
	}
	return t.Slug(term.Name)
}

func (t *Taxonomy) order() {
	slices.SortFunc(t.Terms, func(a, b *Term) int {
		if t.ByYear {
			return cmp.Compare(b.Name, a.Name)
		}
		return cmp.Or(cmp.Compare(len(b.Pages), len(a.Pages)), cmp.Compare(a.Name, b.Name))
	})
}

// Related articles: nearTerm is how many neighbours on each side are looked at
// in every term, mostRelated how many are kept. Only those near in time are
// candidates, and weights are the configured ones: with weights over the whole
// site, or buckets compared in full, each new article would change every page
// and take quadratic time.
const (
	nearTerm    = 4
	mostRelated = 4
)

// candidate is a page that shares terms with another.
type candidate struct {
	place, score int // of the page in Pages
}

// relate goes through the pages in their order. The pages of a term are in the same one,
// so a page's place among them is how many of them were met before it. Once these are
// known, no page has to wait for another.
func (l *linker) relate(sel Selection) {
	if sel.Outline != nil {
		l.related(sel.Outline)
		return
	}
	met := map[*Term]int{}
	from := make([]int, len(l.site.Pages)) // where in among those of each page begin
	var among []int                        // places of pages in their terms
	for i, p := range l.site.Pages {
		from[i] = len(among)
		for _, t := range p.Terms {
			among = append(among, met[t])
			met[t]++
		}
	}
	cores.Together(len(l.site.Pages), func(first, end int) {
		var near []candidate
		related := make([]*Page, 0, (end-first)*mostRelated) // one piece of memory for all
		for i, p := range l.site.Pages[first:end] {
			near = near[:0]
			for n, t := range p.Terms {
				near = beside(near, t, among[from[first+i]+n])
			}
			before := len(related)
			for _, c := range nearest(near, p.Place) {
				related = append(related, l.site.Pages[c.place])
			}
			p.Related = related[before:len(related):len(related)]
		}
	})
}

// beside scores the pages beside the one at a place in a term.
func beside(near []candidate, t *Term, at int) []candidate {
	points := t.In.Related()
	if points < 1 {
		return near
	}
	for i := max(0, at-nearTerm); i < min(len(t.Pages), at+nearTerm+1); i++ {
		if i != at {
			near = score(near, t.Pages[i].Place, points)
		}
	}
	return near
}

// nearest are the best candidates for the page at a place, best first.
func nearest(list []candidate, place int) []candidate {
	better := func(a, b candidate) bool {
		nearer := cmp.Compare(distance(a.place, place), distance(b.place, place))
		return cmp.Or(cmp.Compare(b.score, a.score), nearer, cmp.Compare(a.place, b.place)) < 0
	}
	best := list[:0] // it never overtakes what is looked at
	for _, c := range list {
		at := len(best)
		for at > 0 && better(c, best[at-1]) {
			at--
		}
		if len(best) < mostRelated {
			best = append(best, candidate{})
		}
		if at < len(best) {
			copy(best[at+1:], best[at:])
			best[at] = c
		}
	}
	return best
}

// score adds to a page's score; there are few enough to look through.
func score(list []candidate, place, points int) []candidate {
	for i := range list {
		if list[i].place == place {
			list[i].score += points
			return list
		}
	}
	return append(list, candidate{place, points})
}

func distance(a, b int) int { return max(a-b, b-a) }
