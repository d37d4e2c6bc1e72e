package display

import (
	"qinglian/internal/digest"
	"qinglian/internal/palette"
	"qinglian/internal/site"
	"qinglian/internal/view"
)

// brand puts the owner's own look.
func (d *Display) brand(s *Sink, v *view.Brand) {
	given, found := d.site.Config.Brand, d.site.Brand
	s.Picture(&v.Logo, d.pictures.maybe(found.Logo))
	favicon := ""
	if found.Favicon != nil {
		favicon = found.Favicon.Path
	}
	s.URL(&v.Favicon, favicon)
	light, dark := Sheets(given.Palette)
	s.URL(&v.Light, light.Path)
	s.URL(&v.Dark, dark.Path)
	s.Picture(&v.Hero, d.pictures.maybe(found.Hero))
	s.Text(&v.Motto, given.Motto)
	Each(s, &v.Columns, found.Columns, func(c *view.Column, column site.Column) {
		s.Text(&c.Title, column.Title)
		Each(s, &c.Links, column.Links, func(l *view.Link, e site.Entry) { leading(s, l, e) })
	})
}

// Sheet is a published style sheet; empty if there is none.
type Sheet struct{ Path, Text string }

// Sheets are those of the owner's colour.
func Sheets(p palette.Palette) (light, dark Sheet) {
	return sheet("brand", p.Light), sheet("brand-dark", p.Dark)
}

func sheet(name, text string) Sheet {
	if text == "" {
		return Sheet{}
	}
	return Sheet{"assets/" + name + "." + digest.Of([]byte(text)).Short() + ".css", text}
}
