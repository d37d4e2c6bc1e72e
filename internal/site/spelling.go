package site

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"

	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/diag"
)

// Spelling is a term that differs from another one of its taxonomy in letter case,
// width or spaces alone: probably the same, typed in another way.
//
// Drafts count, and what is not public now, so that it does not depend on the day
// which spelling is the usual one. Who gives both an address in config.toml, or a text
// of its own, has said that they are two.
type Spelling struct {
	In           config.Taxonomy
	Typed, Meant string
	Docs         []*content.Doc // that have it as typed, by their paths
}

// Spellings finds them all.
func Spellings(c config.Config, docs []*content.Doc) (all []Spelling) {
	for _, t := range c.Taxonomies {
		if t.ByYear {
			continue
		}
		alike := map[string][]*spelled{}
		for _, s := range spelledIn(t, docs) {
			bare := bare(s.name)
			alike[bare] = append(alike[bare], s)
		}
		for _, bare := range slices.Sorted(maps.Keys(alike)) {
			all = append(all, slips(t, alike[bare])...)
		}
	}
	return all
}

// spelled is a term as it is written, and where.
type spelled struct {
	name      string
	docs      []*content.Doc
	described bool // by a text or a line of config.toml
}

func spelledIn(t config.Taxonomy, docs []*content.Doc) (all []*spelled) {
	byName := map[string]*spelled{}
	of := func(name string) *spelled {
		s := byName[name]
		if s == nil {
			s = &spelled{name: name}
			byName[name] = s
			all = append(all, s)
		}
		return s
	}
	for _, d := range docs {
		switch {
		case d.Section == config.TermsFolder && !d.Index && describes(d, t):
			of(d.Card.Title).described = true
		case d.Section != config.TermsFolder && !d.Index:
			for _, name := range d.Card.Values(t.Field) {
				s := of(name)
				s.docs = append(s.docs, d)
			}
		}
	}
	for name := range t.Slugs {
		if s := byName[name]; s != nil {
			s.described = true
		}
	}
	return all
}

// describes reports whether a text is of a term of a taxonomy.
func describes(d *content.Doc, t config.Taxonomy) bool {
	return strings.HasPrefix(d.Path, path.Join(content.Folder, config.TermsFolder, t.Name)+"/")
}

// slips are the terms of a group that should be written like its first one.
func slips(t config.Taxonomy, group []*spelled) (all []Spelling) {
	if len(group) < 2 {
		return nil
	}
	slices.SortFunc(group, usual)
	for _, s := range group[1:] {
		if !s.described {
			slices.SortFunc(s.docs, func(a, b *content.Doc) int { return cmp.Compare(a.Path, b.Path) })
			all = append(all, Spelling{In: t, Typed: s.name, Meant: group[0].name, Docs: s.docs})
		}
	}
	return all
}

// usual puts the spelling first that is to stay.
func usual(a, b *spelled) int {
	if a.described != b.described {
		if a.described {
			return -1
		}
		return 1
	}
	return cmp.Or(cmp.Compare(len(b.docs), len(a.docs)), cmp.Compare(odd(a.name), odd(b.name)),
		cmp.Compare(a.name, b.name))
}

// bare is a term without what makes no other word of it.
func bare(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, width.Fold.String(norm.NFC.String(name)))
}

// odd is how many characters of a term are rarely meant: spaces and wide letters.
func odd(name string) (n int) {
	folded := []rune(width.Fold.String(name))
	for i, r := range []rune(name) {
		if unicode.IsSpace(r) || i < len(folded) && folded[i] != r {
			n++
		}
	}
	return n
}

// spellings warns of terms that are written in two ways, at the first article that has
// the one that is not meant.
func (l *linker) spellings(all []Spelling) {
	for _, s := range all {
		var more diag.Text
		if n := len(s.Docs) - 1; n > 0 {
			more = diag.Say("（还有 %d 篇这样写）", " (%d more articles have it)", n)
		}
		l.problems = append(l.problems, diag.Diagnostic{Rule: "term-spelling", Severity: diag.Warning,
			Message: diag.Say("%s“%s”和“%s”只差大小写、全角半角或空格，多半是一个词%s",
				"in %s, %q and %q differ in letter case, width or spaces alone and are probably one%s",
				s.In.Title, s.Typed, s.Meant, more),
			Hint: diag.Say("写成“%[1]s”（qinglian fix 会自动改）；真是两个词，就在 config.toml 的 [taxonomies.%[2]s.slugs] 下给两个都写网址名",
				"write %[1]q (qinglian fix does it); if they are two, give both a slug below [taxonomies.%[2]s.slugs] in config.toml",
				s.Meant, s.In.Name),
		}.Placed(s.Docs[0].Where(s.In.Field)))
	}
}
