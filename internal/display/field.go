package display

import (
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/site"
	"qinglian/internal/view"
)

// Fields are what a page's own fields say.
func (d *Display) Fields(s *Sink, to *[]view.Field, p *site.Page) {
	kind := d.site.Config.Kinds[p.Card.Kind]
	Each(s, to, publicFacts(p), func(f *view.Field, fact content.Fact) {
		switch fact.Type {
		case config.TypeTable:
			declared, _ := kind.Field(fact.Key)
			d.table(s, f, p, fact, declared)
		case config.TypeImage, config.TypeFile, config.TypeReference, config.TypeURL, config.TypeTelephone:
			d.field(s, f, p, fact) // with links of its own
		default:
			d.field(s, f, p, fact)
			Each(s, &f.Links, gathered(p, fact), func(l *view.Link, t *site.Term) {
				s.Text(&l.Title, t.Name)
				s.URL(&l.URL, t.Path)
			})
		}
	})
}

// publicFacts are the facts that have something to show: a field that names files
// or articles needs one that is public now.
func publicFacts(p *site.Page) []content.Fact {
	shown := func(fact content.Fact) bool {
		return !fact.Type.Names() || slices.ContainsFunc(fact.Refs, func(ref int) bool {
			return p.Targets[ref].State == site.Found
		})
	}
	for i, fact := range p.Card.Facts {
		if !shown(fact) {
			out := slices.Clone(p.Card.Facts[:i])
			for _, fact := range p.Card.Facts[i:] {
				if shown(fact) {
					out = append(out, fact)
				}
			}
			return out
		}
	}
	return p.Card.Facts
}

// field is one that is no table.
func (d *Display) field(s *Sink, f *view.Field, p *site.Page, fact content.Fact) {
	headed(s, f, fact.Key, fact.Label, fact.Type)
	switch fact.Type {
	case config.TypeImage, config.TypeFile, config.TypeReference:
		d.follow(s, f, p, fact.Refs)
	default:
		Made(s, f, fact.Values, readings[fact.Type])
	}
}

// readings are how the values of each type are shown that name no file.
var readings = map[config.Type]func(*view.Field, []string){
	config.TypeText: asTexts, config.TypeLong: asTexts, config.TypeChoice: asTexts, config.TypeList: asTexts,
	config.TypeDate: asDate, config.TypeNumber: asNumber, config.TypeSwitch: asSwitch,
	config.TypeURL: asURL, config.TypeTelephone: asTelephone,
}

func asTexts(f *view.Field, values []string) { f.Values, f.Text = values, joined(values) }

func asDate(f *view.Field, values []string) {
	t, err := time.Parse(time.RFC3339, values[0])
	if err == nil {
		f.Date = date(t)
		values = []string{f.Date.Day}
	}
	asTexts(f, values)
}

func asNumber(f *view.Field, values []string) {
	f.Number, _ = strconv.ParseFloat(values[0], 64) // checked when it was compiled
	asTexts(f, values)
}

func asSwitch(f *view.Field, _ []string) { asTexts(f, []string{"是"}) }

func asURL(f *view.Field, values []string) {
	asTexts(f, values)
	f.Links = []view.Link{{Title: f.Text, URL: f.Text, Outside: true}}
}

func asTelephone(f *view.Field, values []string) {
	asTexts(f, values)
	f.Links = []view.Link{{Title: f.Text, Tel: strings.Map(dialled, f.Text)}}
}

// dialled keeps what a telephone dials.
func dialled(c rune) rune {
	if '0' <= c && c <= '9' || c == '+' {
		return c
	}
	return -1
}

// table has a cell for each column of the kind's field, whether or not it was
// filled in.
func (d *Display) table(s *Sink, f *view.Field, p *site.Page, fact content.Fact, declared config.Field) {
	headed(s, f, fact.Key, fact.Label, fact.Type)
	Each(s, &f.Heads, declared.Columns, func(head *string, column config.Field) { s.Text(head, column.Label) })
	Each(s, &f.Rows, fact.Rows, func(row *view.Row, cells content.Row) {
		Each(s, (*[]view.Field)(row), declared.Columns, func(v *view.Field, column config.Field) {
			if cell := cellOf(cells, column.Key); cell != nil {
				d.field(s, v, p, *cell)
				return
			}
			headed(s, v, column.Key, column.Label, column.Type)
		})
	})
	Pick(s, &f.Newest, f.Rows, newestRow(fact.Rows, declared))
}

// headed puts what a field is called.
func headed(s *Sink, f *view.Field, key, label string, of config.Type) {
	s.Text(&f.Key, key)
	s.Text(&f.Label, label)
	s.Text(&f.Type, string(of))
}

// follow puts where paths lead. A file is called by its name, an article by its
// title.
func (d *Display) follow(s *Sink, f *view.Field, p *site.Page, refs []int) {
	var titles []string
	var public []int
	for _, ref := range refs {
		if t := p.Targets[ref]; t.State == site.Found {
			titles = append(titles, title(t, p.Refs[ref].Dest))
			public = append(public, ref)
		}
	}
	Made(s, f, titles, asTexts)
	Each(s, &f.Links, public, func(l *view.Link, ref int) { d.Target(s, l, p.Targets[ref], p.Refs[ref].Dest) })
}

// title is what a target is called that was typed as a path.
func title(t site.Target, typed string) string {
	if t.Page != nil {
		return t.Page.Card.Called()
	}
	return path.Base(typed)
}

// Target puts a link to what a reference found.
func (d *Display) Target(s *Sink, l *view.Link, t site.Target, typed string) {
	s.Text(&l.Title, title(t, typed))
	s.URL(&l.URL, t.Path)
	s.Text(&l.Kind, fileKind(t))
	s.Text(&l.Size, fileSize(t))
	s.Picture(&l.Picture, d.pictures.linked(t))
}

// fileKind is what readers are shown of a file; nothing of a page.
func fileKind(t site.Target) string {
	if t.Page != nil {
		return ""
	}
	return strings.ToUpper(strings.TrimPrefix(path.Ext(t.Path), "."))
}

// fileSize is what readers are shown before they load a file: two digits of it.
// A picture's own size says nothing of what is published of it.
func fileSize(t site.Target) string {
	if t.File == nil || t.File.Picture != nil || t.File.Size == 0 {
		return ""
	}
	size := float64(t.File.Size)
	for _, unit := range []string{"B", "KB", "MB"} {
		switch {
		case size < 10 && unit != "B":
			return strconv.FormatFloat(size, 'f', 1, 64) + " " + unit
		case size < 1000:
			return strconv.FormatFloat(size, 'f', 0, 64) + " " + unit
		}
		size /= 1024
	}
	return strconv.FormatFloat(size, 'f', 1, 64) + " GB"
}

// gathered are the terms that a field's values are, if a taxonomy gathers by it.
func gathered(p *site.Page, fact content.Fact) []*site.Term {
	var out []*site.Term
	for _, t := range p.Terms {
		if t.In.Field == fact.Key && !t.In.ByYear {
			out = append(out, t)
		}
	}
	return out
}
