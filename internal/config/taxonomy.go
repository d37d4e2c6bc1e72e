package config

import (
	"maps"
	"slices"
	"strings"

	"qinglian/internal/address"
	"qinglian/internal/diag"
)

// TermsFolder is the folder of content/ with what stands on the pages of
// terms: content/terms/units/tax-bureau.md.
const TermsFolder = "terms"

// Taxonomy gathers articles by the values of one field: each value is a term
// with a page of its own.
//
//	[taxonomies.units]       the folder of its pages in the published site
//	title  = "单位"
//	field  = "unit"          a text, choice or list of any kind, or "date": then
//	                         the terms are years. Without it, the folder's name
//	order  = 3
//	weight = 2               what a shared term counts for related articles;
//	                         1 if left out, 0 for none
//	[taxonomies.units.slugs] addresses of terms in place of pinyin and a mark
//	"公证处" = "notary"
//
// A site that declares none has tags, topics and an archive by year.
type Taxonomy struct {
	Name   string            `toml:"-"`
	Title  string            `toml:"title"`
	Field  string            `toml:"field"`
	Order  int               `toml:"order"`
	Weight *int              `toml:"weight"`
	Slugs  map[string]string `toml:"slugs"`

	ByYear bool `toml:"-"` // its field is a date
}

// Related is what a shared term counts for related articles.
func (t Taxonomy) Related() int {
	switch {
	case t.Weight != nil:
		return *t.Weight
	case t.ByYear:
		return 0 // half the site shares a year
	}
	return 1
}

// Slug is the name of a term in its address: the configured one, else one made from the
// term.
func (t Taxonomy) Slug(term string) string {
	if slug, ok := t.Slugs[term]; ok {
		return slug
	}
	return address.Term(term)
}

func defaultTaxonomies() map[string]Taxonomy {
	return map[string]Taxonomy{
		"tags":    {Title: "标签", Order: 1},
		"topics":  {Title: "专题", Order: 2},
		"archive": {Title: "归档", Field: "date", Order: 3},
	}
}

// taxonomies validates those of a config.toml.
func (p *parser) taxonomies(table map[string]Taxonomy, kinds map[string]Kind) []Taxonomy {
	if len(table) == 0 {
		table = defaultTaxonomies()
	}
	var out []Taxonomy
	for name, t := range table {
		t.Name = name
		if t.Title == "" {
			t.Title = name
		}
		if t.Field == "" {
			t.Field = name
		}
		if !address.ValidSlug(name) || name == "assets" || name == TermsFolder {
			p.report(diag.Diagnostic{Rule: "config-value",
				Message: diag.Say("分类“%s”不能作网址", "the taxonomy %q can't be an address", name),
				Hint: diag.Say("用小写字母、数字和连字符，如 units；不能用 assets、terms",
					"use lower-case letters, digits and hyphens, such as units; not assets or terms"),
			}, "taxonomies", name)
		}
		t.ByYear = p.gathers(t, kinds)
		p.slugs(t)
		out = append(out, t)
	}
	slices.SortFunc(out, func(a, b Taxonomy) int {
		if a.Order != b.Order {
			return a.Order - b.Order
		}
		return strings.Compare(a.Name, b.Name)
	})
	return out
}

// Gathers reports whether articles can be gathered by what they say in the field.
func (f Field) Gathers() bool {
	return !f.Engine && slices.Contains([]Type{TypeText, TypeChoice, TypeList, TypeDate}, f.Type)
}

// gathers checks the field of a taxonomy and reports whether it is a date.
func (p *parser) gathers(t Taxonomy, kinds map[string]Kind) (byYear bool) {
	var known []string
	found := false
	for _, name := range slices.Sorted(maps.Keys(kinds)) {
		for _, f := range kinds[name].Fields {
			if !f.Gathers() {
				continue
			}
			known = append(known, f.Key)
			if f.Key == t.Field {
				found, byYear = true, f.Type == TypeDate
			}
		}
	}
	if found {
		return byYear
	}
	hint := diag.Say("写一个字段的英文名，如 field = \"unit\"", "give the key of a field, such as field = \"unit\"")
	if near := diag.Nearest(t.Field, known); near != "" {
		hint = diag.Say("是不是想写 field = \"%s\"？", "did you mean field = %q?", near)
	}
	p.report(diag.Diagnostic{Rule: "config-value",
		Message: diag.Say("分类“%s”要按“%s”归类，但没有一种文章有这一项文字、选项、列表或日期",
			"the taxonomy %q gathers by %q, but no kind has such a text, choice, list or date", t.Name, t.Field),
		Hint: hint}, "taxonomies", t.Name)
	return false
}

func (p *parser) slugs(t Taxonomy) {
	for name, slug := range t.Slugs {
		if !address.ValidSlug(slug) || slug == "index" {
			p.report(diag.Diagnostic{Rule: "config-value",
				Message: diag.Say("“%s”的网址名“%s”不能用", "the address %[2]q of %[1]q can't be used", name, slug),
				Hint: diag.Say("用小写字母、数字和连字符，如 gong-zheng",
					"use lower-case letters, digits and hyphens, such as gong-zheng"),
			}, "taxonomies", t.Name, "slugs", name)
		}
	}
}
