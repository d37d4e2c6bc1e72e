package web

import (
	"path"
	"strconv"
	"strings"
	"time"

	"qinglian/internal/address"
	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/digest"
	"qinglian/internal/site"
	"qinglian/internal/view"
)

// cardDigest stands for what lists show of a page, wherever they stand.
func (c *composer) cardDigest(p *site.Page) digest.Digest {
	h := digest.New("card").String(p.Path, c.cover(p).id()).Digest(p.CardDigest)
	kind := c.site.Config.Kinds[p.Card.Kind]
	p.Card.EachFact(func(fact *content.Fact) {
		if fact.Type == config.TypeTable { // its empty cells are shown under their labels, too
			declared, _ := kind.Field(fact.Key)
			h.Int(int64(len(declared.Columns)))
			for _, column := range declared.Columns {
				h.String(column.Key, column.Label, string(column.Type))
			}
		}
		for _, ref := range fact.Refs {
			t := p.Targets[ref]
			h.Int(int64(t.State)).String(t.Path)
			if t.File != nil && t.File.Picture != nil {
				h.String(c.pictures.whole(t.File).id())
			}
			h.String(fileSize(t))
			if t.Page != nil {
				h.String(t.Page.Card.Title)
			}
		}
	})
	for _, t := range p.Terms {
		h.String(t.In.Field, t.Path)
	}
	return h.Sum()
}

// listDigest stands for cards in their order.
func (c *composer) listDigest(pages []*site.Page) digest.Digest {
	h := digest.New("cards").Int(int64(len(pages)))
	for _, p := range pages {
		h.Digest(c.cards[p.Place])
	}
	return h.Sum()
}

// pageDigest stands for what list shows.
func (c *composer) pageDigest(l site.List) digest.Digest {
	return digest.New("list").String(l.Newer, l.Older).Int(int64(l.Number)).Digest(c.listDigest(l.Pages)).Sum()
}

func (c *composer) list(l site.List) *view.List {
	v := &view.List{Cards: c.show(l.Path, l.Pages), Number: l.Number}
	if l.Newer != "" {
		v.Newer = address.Rel(l.Path, l.Newer)
	}
	if l.Older != "" {
		v.Older = address.Rel(l.Path, l.Older)
	}
	return v
}

func (c *composer) show(from string, pages []*site.Page) []*view.Card {
	cards := make([]*view.Card, len(pages))
	for i, p := range pages {
		cards[i] = c.card(from, p)
	}
	return cards
}

func date(t time.Time) view.Date {
	if t.IsZero() {
		return view.Date{}
	}
	return view.Date{Machine: t.Format(time.RFC3339), Minute: t.Format("2006-01-02 15:04"), Day: t.Format("2006年1月2日")}
}

// linking makes the link to a published path.
type linking func(to string) string

// from links from the page at a path.
func from(path string) linking {
	return func(to string) string { return address.Rel(path, to) }
}

// fields is what a page's own fields say.
func (c *composer) fields(p *site.Page, link linking) []view.Field {
	if len(p.Card.Facts) == 0 {
		return nil
	}
	kind := c.site.Config.Kinds[p.Card.Kind]
	out := make([]view.Field, 0, len(p.Card.Facts))
	for _, fact := range p.Card.Facts {
		f := field(fact)
		switch fact.Type {
		case config.TypeTable:
			c.table(&f, p, fact, kind, link)
		case config.TypeImage, config.TypeFile, config.TypeReference:
			c.follow(&f, p, fact, link)
			if f.Links == nil {
				continue // nothing of it is public now
			}
		case config.TypeURL:
			f.Links = []view.Link{{Title: f.Text, URL: f.Text, Outside: true}}
		case config.TypeTelephone:
			f.Links = []view.Link{{Title: f.Text, Tel: strings.Map(dialled, f.Text)}}
		default:
			f.Links = gathered(p, fact, link)
		}
		out = append(out, f)
	}
	return out
}

// field is a fact without its links and rows.
func field(fact content.Fact) view.Field {
	f := view.Field{Key: fact.Key, Label: fact.Label, Type: string(fact.Type), Values: fact.Values}
	switch fact.Type {
	case config.TypeDate:
		t, err := time.Parse(time.RFC3339, fact.Values[0])
		if err == nil {
			f.Date = date(t)
			f.Values = []string{f.Date.Day}
		}
	case config.TypeNumber:
		f.Number, _ = strconv.ParseFloat(fact.Values[0], 64) // checked when it was compiled
	case config.TypeSwitch:
		f.Values = []string{"是"}
	}
	f.Text = strings.Join(f.Values, "、")
	return f
}

// table fills in rows, a cell for each column of the kind's field.
func (c *composer) table(f *view.Field, p *site.Page, fact content.Fact, kind config.Kind, link linking) {
	declared, _ := kind.Field(fact.Key)
	for _, column := range declared.Columns {
		f.Heads = append(f.Heads, column.Label)
	}
	for _, cells := range fact.Rows {
		row := make(view.Row, len(declared.Columns))
		for i, column := range declared.Columns {
			row[i] = view.Field{Key: column.Key, Label: column.Label, Type: string(column.Type)}
			for _, cell := range cells {
				if cell.Key == column.Key {
					row[i] = field(cell)
					if cell.Type == config.TypeReference {
						c.follow(&row[i], p, cell, link)
					}
				}
			}
		}
		f.Rows = append(f.Rows, row)
	}
	f.Newest = f.Rows[newestRow(fact.Rows, declared)]
}

// follow fills in where paths lead. A file is called by its name, an article
// by its title.
func (c *composer) follow(f *view.Field, p *site.Page, fact content.Fact, link linking) {
	f.Values = nil
	for _, ref := range fact.Refs {
		t := p.Targets[ref]
		if t.State != site.Found {
			continue
		}
		title := path.Base(p.Refs[ref].Dest)
		if t.Page != nil {
			title = t.Page.Card.Title
		}
		f.Values = append(f.Values, title)
		f.Links = append(f.Links, view.Link{Title: title, URL: link(t.Path), Kind: fileKind(t), Size: fileSize(t), Picture: c.linked(t, link)})
	}
	f.Text = strings.Join(f.Values, "、")
}

// linked is the picture that a link leads to; nil if it leads elsewhere.
func (c *composer) linked(t site.Target, link linking) *view.Picture {
	if t.File == nil || t.File.Picture == nil {
		return nil
	}
	return c.pictures.whole(t.File).view(link)
}

// fileKind is what readers are told of a file; nothing of a page.
func fileKind(t site.Target) string {
	if t.Page != nil {
		return ""
	}
	return strings.ToUpper(strings.TrimPrefix(path.Ext(t.Path), "."))
}

// fileSize is what readers are told before they load a file: two digits of it.
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

// gathered are the pages of the terms that a field's values are, if a taxonomy
// gathers by it.
func gathered(p *site.Page, fact content.Fact, link linking) []view.Link {
	var out []view.Link
	for _, t := range p.Terms {
		if t.In.Field == fact.Key && !t.In.ByYear {
			out = append(out, view.Link{Title: t.Name, URL: link(t.Path)})
		}
	}
	return out
}

// dialled keeps what a telephone dials.
func dialled(c rune) rune {
	if '0' <= c && c <= '9' || c == '+' {
		return c
	}
	return -1
}
