package desk

import (
	"fmt"
	"path"
	"strings"

	"qinglian/internal/address"
	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/diag"
)

// Place is a folder in which new articles can stand, and of which kind they are there.
type Place struct {
	Name   string // of the section or taxonomy; "." for pages beside the sections
	Title  string
	Kind   config.Kind
	Folder string // content/…

	terms *config.Taxonomy // what stands there are its terms; nil for articles
}

// beside is the name of the place of pages beside the sections.
const beside = "."

// Terms reports whether what stands there are texts of a taxonomy's terms.
func (p Place) Terms() bool { return p.terms != nil }

// PlaceOf is the name of the place that an article stands in.
func PlaceOf(d *content.Doc) string {
	switch d.Section {
	case "":
		return beside
	case config.TermsFolder:
		inside := strings.TrimPrefix(d.Path, path.Join(content.Folder, config.TermsFolder)+"/")
		name, _, _ := strings.Cut(inside, "/")
		return name
	}
	return d.Section
}

// Places are all of a site: its sections in their order, then where pages stand, if no
// section is for them, then the taxonomies whose terms may have a text.
func Places(c config.Config) (all []Place) {
	paged := false
	for _, s := range c.Sections {
		all = append(all, Place{Name: s.Name, Title: s.Title, Kind: c.Kinds[s.Kind],
			Folder: path.Join(content.Folder, s.Name)})
		paged = paged || s.Kind == "page"
	}
	if !paged {
		all = append(all, Place{Name: beside, Title: c.Kinds["page"].Label, Kind: c.Kinds["page"],
			Folder: content.Folder})
	}
	for i, t := range c.Taxonomies {
		if !t.ByYear {
			all = append(all, Place{Name: t.Name, Title: t.Title, Kind: c.Kinds["term"],
				Folder: path.Join(content.Folder, config.TermsFolder, t.Name), terms: &c.Taxonomies[i]})
		}
	}
	return all
}

// Goes is where an article is to stand.
func (a Article) Goes(c config.Config) (to Place, refused diag.Text) {
	among := Places(c)
	if a.Kind != "" {
		kind, refused := c.KindNamed(a.Kind)
		if refused != (diag.Text{}) {
			return to, refused
		}
		if among = of(kind, among); len(among) == 0 {
			return to, noPlace(kind)
		}
		if refused = a.elsewhere(c, kind, among); refused != (diag.Text{}) {
			return to, refused
		}
	}
	if a.Section == "" {
		return a.only(among)
	}
	for _, p := range among {
		if a.Section == p.Name || a.Section == p.Title {
			return p, refused
		}
	}
	return to, diag.Say("没有栏目“%s”，有的是：%s", "there is no section %q, there are: %s", a.Section, listed(among))
}

// of are the places of a kind.
func of(kind config.Kind, all []Place) (some []Place) {
	for _, p := range all {
		if p.Kind.Name == kind.Name {
			some = append(some, p)
		}
	}
	return some
}

// only is the place of an article that names none: the first section of its kind. Of
// taxonomies none comes before another.
func (a Article) only(among []Place) (to Place, refused diag.Text) {
	if len(among) > 1 && among[0].Terms() {
		return to, diag.Say("加上 --section，写明是哪个分类的：%s", "say of which taxonomy it is with --section: %s", listed(among))
	}
	return among[0], refused
}

// elsewhere refuses a section that is there and holds another kind.
func (a Article) elsewhere(c config.Config, kind config.Kind, among []Place) (refused diag.Text) {
	s, ok := c.Section(a.Section)
	if !ok || s.Kind == kind.Name {
		return refused
	}
	return diag.Say("栏目“%s”里放的是 %s，不是 %s；可以放在：%s", "the section %q holds %s, not %s, which can go to: %s",
		a.Section, s.Kind, kind.Name, listed(among))
}

// noPlace says how a site comes to have a section for a kind.
func noPlace(kind config.Kind) diag.Text {
	if kind.Name == "term" {
		return diag.Say("config.toml 里没有能写说明的分类，先加一段：[taxonomies.topics]，下面写 title = \"专题\"",
			"config.toml has no taxonomy for it; add [taxonomies.topics] and below it title = \"专题\"")
	}
	folder := kind.Name
	if !address.ValidSlug(folder) {
		folder = "articles"
	}
	lines := fmt.Sprintf("[sections.%s]\ntitle = %q\nkind  = %q", folder, kind.Label, kind.Name)
	return diag.Say("还没有放“%s”的栏目。在 config.toml 里加上这几行，再来一次：\n\n%s\n",
		"there is no section for %s yet. Add these lines to config.toml, then do it once more:\n\n%s\n",
		kind.Name, lines)
}

// listed are places as one types them, with their titles.
func listed(places []Place) string {
	names := make([]string, len(places))
	for i, p := range places {
		names[i] = p.Name + "（" + p.Title + "）"
		if p.Name == beside {
			names[i] = p.Title
		}
	}
	return strings.Join(names, "、")
}
