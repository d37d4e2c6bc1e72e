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
	root := &Page{Doc: &content.Doc{Beside: content.Folder}, Path: "index.html"}
	for _, m := range l.site.Config.Menu {
		e := Entry{Title: m.Title}
		switch s := l.sections[m.Section]; {
		case s != nil:
			e.Title = cmp.Or(m.Title, s.Title)
			e.Path = s.Path
		case strings.HasPrefix(m.To, "https://"), strings.HasPrefix(m.To, "http://"):
			e.URL = m.To
		case m.To == "":
			continue // the configuration was refused
		default:
			to, ok := l.place(root, m)
			if !ok {
				continue
			}
			e.Path = to.Path
		}
		l.empty(e, m)
		l.site.Menu = append(l.site.Menu, e)
	}
}

// empty reports a section with nothing on its page.
func (s *Section) empty() bool { return len(s.Pages) == 0 && s.Intro == nil }

// place is what an entry of the menu leads to on this site.
func (l *linker) place(root *Page, m config.MenuItem) (Target, bool) {
	if t := l.taxonomyAt(m.To); t != nil {
		return Target{State: Found, Path: t.Path}, true
	}
	t, message := l.target(root, markdown.Ref{Dest: m.To})
	if message != nil {
		if l.gone(root, m.To) && message.Severity == diag.Error {
			*message = diag.Diagnostic{Rule: "empty-page", Severity: diag.Warning,
				Message: diag.Say("菜单里的“%s”指到的文章 %s 没有了，菜单里先不显示",
					"%q in the menu leads to the article %s, which is gone: the menu goes without it", m.Title, m.To),
				Hint: diag.Say("写好 content/%s，或在 config.toml 里删去这一项",
					"write content/%s, or take the entry out of config.toml", m.To)}
		}
		l.warn(m, *message)
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
	_, mistyped := l.near(name, false)
	return inside && content.IsArticle(name) && !mistyped
}

// empty warns of an entry of the menu whose page has nothing on it yet. A menu that
// nobody wrote asks for no page by name: it has all sections, of which some are to be
// filled later.
func (l *linker) empty(e Entry, m config.MenuItem) {
	d := diag.Diagnostic{Rule: "empty-page", Severity: diag.Warning,
		Message: diag.Say("菜单里的“%s”还没有内容，读者打开是空的", "%q in the menu has nothing on its page yet", e.Title)}
	for _, s := range l.site.Sections {
		if s.Path == e.Path && s.empty() {
			d.Hint = diag.Say("写第一篇：qinglian new %s \"标题\"；或先从菜单里拿掉",
				"write the first article: qinglian new %s \"TITLE\"; or leave it out of the menu for now", s.Kind)
			l.warn(m, d)
		}
	}
	for _, t := range l.site.Vacant {
		if t.Path == e.Path && t.Text == nil {
			d.Hint = diag.Say("有文章在开头写了 %s，这里就会列出来；或先从菜单里拿掉",
				"articles with the field %s will be listed there; or leave it out of the menu for now", t.Field)
			l.warn(m, d)
		}
	}
}

// warn reports something about an entry of the menu, at its place.
func (l *linker) warn(m config.MenuItem, d diag.Diagnostic) {
	d = d.Placed(m.Where)
	d.File = config.File
	l.problems = append(l.problems, d)
}
