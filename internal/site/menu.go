package site

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/diag"
	"qinglian/internal/markdown"
)

// menu resolves where the configured entries lead; without any the menu is the
// sections.
func (l *linker) menu() {
	if len(l.site.Config.Menu) == 0 {
		for _, s := range l.site.Sections {
			l.site.Menu = append(l.site.Menu, Entry{Title: s.Title, Path: s.Path})
		}
		return
	}
	l.site.Menu = l.entries(l.site.Config.Menu, diag.Say("菜单", "the menu"))
}

// entries are what items of this part of the configuration lead to; those that lead
// nowhere are reported and left out.
func (l *linker) entries(items []config.MenuItem, in diag.Text) (entries []Entry) {
	root := &Page{Doc: &content.Doc{Beside: content.Folder}, Path: "index.html"}
	for _, m := range items {
		e := Entry{Title: m.Title, Line: m.Where.Line}
		switch s := l.sections[m.Section]; {
		case s != nil:
			e.Title = cmp.Or(m.Title, s.Title)
			e.Path = s.Path
		case strings.HasPrefix(m.To, "https://"), strings.HasPrefix(m.To, "http://"):
			e.URL = m.To
		case m.To == "":
			continue // the configuration was refused
		default:
			to, ok := l.place(root, m, in)
			if !ok {
				continue
			}
			e.Path = to.Path
		}
		l.empty(e, m, in)
		entries = append(entries, e)
	}
	return entries
}

// empty reports a section with nothing on its page.
func (s *Section) empty() bool { return len(s.Pages) == 0 && s.Intro == nil }

// place is what an entry leads to on this site.
func (l *linker) place(root *Page, m config.MenuItem, in diag.Text) (Target, bool) {
	if t := l.taxonomyAt(m.To); t != nil {
		return Target{State: Found, Path: t.Path}, true
	}
	t, message := l.target(root, markdown.Ref{Dest: m.To})
	if message != nil {
		if l.gone(root, m.To) && message.Severity == diag.Error {
			*message = diag.Diagnostic{Rule: "empty-page", Severity: diag.Warning,
				Message: diag.Say("%s里的“%s”指到的文章 %s 没有了，那里先不显示",
					"%[2]q in %[1]s leads to the article %[3]s, which is gone: it is left out there", in, m.Title,
					m.To),
				Hint: diag.Say("写好 content/%s，或在 config.toml 里删去这一项",
					"write content/%s, or take the entry out of config.toml", m.To)}
		}
		l.warn(m, *message)
	}
	if t.State == Found && slices.Contains(l.site.Tombstones, t.Page) {
		l.warn(m, diag.Diagnostic{Rule: "empty-page", Severity: diag.Warning,
			Message: diag.Say("%s里的“%s”指到的文章 %s 已撤下，那里不再显示",
				"%[2]q in %[1]s leads to the article %[3]s, which was taken down: it is left out there", in, m.Title,
				m.To),
			Hint: diag.Say("在 config.toml 里删去这一项", "take the entry out of config.toml")})
		return t, false
	}
	return t, t.State == Found
}

// taxonomyAt is the taxonomy that an entry names by its address. One without a term
// has a page from then on.
func (l *linker) taxonomyAt(to string) *Taxonomy {
	clean := path.Clean(strings.TrimPrefix(to, "/"))
	named := func(t *Taxonomy) bool { return clean == t.Name || clean == t.Path }
	if i := slices.IndexFunc(l.site.Taxonomies, named); i >= 0 {
		return l.site.Taxonomies[i]
	}
	i := slices.IndexFunc(l.vacant, named)
	if i < 0 {
		return nil
	}
	t := l.vacant[i]
	if !slices.Contains(l.site.Vacant, t) {
		l.addresses(t)
		l.site.Vacant = append(l.site.Vacant, t)
	}
	return t
}

// gone reports an article that an entry of the menu names and that is not there, nor
// another that could be meant: it was deleted, as when the sample site is emptied,
// which must not stop the rest.
func (l *linker) gone(root *Page, dest string) bool {
	name, inside := l.source(root, dest)
	_, mistyped := l.near(name, dest, false)
	return inside && content.IsArticle(name) && !mistyped
}

// empty warns of an entry whose page has nothing on it yet. A menu that
// nobody wrote asks for no page by name: it has all sections, of which some are to be
// filled later.
func (l *linker) empty(e Entry, m config.MenuItem, in diag.Text) {
	d := diag.Diagnostic{Rule: "empty-page", Severity: diag.Warning,
		Message: diag.Say("%s里的“%s”还没有内容，读者打开是空的", "%[2]q in %[1]s has nothing on its page yet", in, e.Title)}
	for _, s := range l.site.Sections {
		if s.Path == e.Path && s.empty() {
			d.Hint = diag.Say("写第一篇：qinglian new %s \"标题\"；或先从%s里拿掉",
				"write the first article: qinglian new %s \"TITLE\"; or leave it out of %s for now", s.Kind, in)
			l.warn(m, d)
		}
	}
	for _, t := range l.site.Vacant {
		if t.Path == e.Path && t.Text == nil {
			d.Hint = diag.Say("有文章在开头写了 %s，这里就会列出来；或先从%s里拿掉",
				"articles with the field %s will be listed there; or leave it out of %s for now", t.Field, in)
			l.warn(m, d)
		}
	}
}

// warn reports something about an entry, at its place.
func (l *linker) warn(m config.MenuItem, d diag.Diagnostic) {
	d = d.Placed(m.Where)
	d.File = config.File
	l.problems = append(l.problems, d)
}
