package serve

import (
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"

	"qinglian/internal/address"
	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/desk"
)

// entry is a field of the form that makes an article, or a cell of a table in it.
type entry struct {
	config.Field
	T      func(zh, en string) string
	Name   string // in the form
	Value  string
	Rows   [][]entry // of a table
	Groups []group   // of a reference: what can be chosen
}

// group is articles to choose from, by what is written in front matter for each.
type group struct {
	Title    string
	Articles []choice
}

type choice struct{ Path, Title string }

// shownRows is how many rows of a table the form has; more are written in the file.
const shownRows = 5

// asks reports whether the form has the field. It leaves to the editor what names
// files that lie beside the article, which is not there yet.
func asks(f config.Field) bool {
	return f.New == config.NewAsked && f.Type != config.TypeImage && f.Type != config.TypeFile
}

func fieldName(f config.Field) string { return "field-" + f.Key }

func cellName(f config.Field, row int, column config.Field) string {
	return fieldName(f) + "-" + strconv.Itoa(row) + "-" + column.Key
}

// entries are the fields of the form for a place, with what is given for them.
func (s *Server) entries(p *Preview, in desk.Place, given content.Given) (all []entry) {
	for _, f := range in.Kind.Fields {
		if !asks(f) {
			continue
		}
		e := s.entry(p, in, f, fieldName(f), given.Values[f.Key])
		for i := range shownRows {
			var row []entry
			for _, column := range f.Columns {
				value := ""
				if i < len(given.Rows[f.Key]) {
					value = given.Rows[f.Key][i][column.Key]
				}
				row = append(row, s.entry(p, in, column, cellName(f, i, column), value))
			}
			e.Rows = append(e.Rows, row)
		}
		all = append(all, e)
	}
	return all
}

func (s *Server) entry(p *Preview, in desk.Place, f config.Field, name, value string) entry {
	e := entry{Field: f, T: s.say, Name: name, Value: value}
	if f.Type == config.TypeReference {
		e.Groups = p.articles(in.Folder, f.Of)
	}
	return e
}

// articles are those of some kinds, or all, as an article in a folder refers to them.
func (p *Preview) articles(folder string, kinds []string) (groups []group) {
	for _, section := range p.snap.Site.Sections {
		g := group{Title: section.Title}
		for _, listed := range section.Pages {
			page := p.page(listed.Place) // with the title that it has now
			if len(kinds) == 0 || slices.Contains(kinds, page.Card.Kind) {
				to := address.Rel(path.Join(folder, "new.md"), page.Doc.Path)
				g.Articles = append(g.Articles, choice{to, page.Card.Title})
			}
		}
		if g.Articles != nil {
			groups = append(groups, g)
		}
	}
	return groups
}

// undescribed are the terms of a taxonomy that have no text yet.
func (p *Preview) undescribed(taxonomy string) (names []string) {
	for _, t := range p.snap.Site.Taxonomies {
		for _, term := range t.Terms {
			if t.Name == taxonomy && term.Text == nil {
				names = append(names, term.Name)
			}
		}
	}
	return names
}

// typed is what was filled in for an article of a kind.
func typed(r *http.Request, kind config.Kind) content.Given {
	given := content.Given{Values: map[string]string{"title": strings.TrimSpace(r.Form.Get("title"))},
		Rows: map[string][]map[string]string{}}
	for _, f := range kind.Fields {
		if !asks(f) {
			continue
		}
		if v := strings.TrimSpace(r.Form.Get(fieldName(f))); v != "" {
			given.Values[f.Key] = v
		}
		if f.Type != config.TypeTable {
			continue
		}
		for i := range shownRows {
			row := map[string]string{}
			for _, column := range f.Columns {
				row[column.Key] = strings.TrimSpace(r.Form.Get(cellName(f, i, column)))
			}
			given.Rows[f.Key] = append(given.Rows[f.Key], row)
		}
	}
	return given
}
