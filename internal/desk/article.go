package desk

import (
	"cmp"
	"maps"
	"path"
	"time"

	"qinglian/internal/address"
	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/diag"
	"qinglian/internal/source"
)

// Article is what is known of an article that is to be written.
type Article struct {
	Kind    string // its name or its label; "": that of the section
	Section string // a folder of content/, or its title; "": the first one for the kind. Of a term its taxonomy
	content.Given
}

// Create writes the file of a new article, with its fields laid out.
func Create(s *source.Site, c config.Config, a Article, now time.Time) (name string, refused diag.Text, err error) {
	to, given, refused, err := a.lay(s, c, now)
	if err != nil || refused != (diag.Text{}) {
		return "", refused, err
	}
	name = path.Join(to.Folder, given.Values["slug"]+".md")
	refused, err = Write(s, New(name, []byte(content.New(to.Kind, given))))
	return name, refused, err
}

// lay is where a new article goes and what is known of it by then. The slug is
// written down, so that a corrected title never moves the address; it has a number if
// another article has the one without. The date is now, unless one was typed.
func (a Article) lay(s *source.Site, c config.Config, now time.Time) (to Place, given content.Given,
	refused diag.Text, err error,
) {
	if to, refused = a.Goes(c); refused != (diag.Text{}) {
		return to, given, refused, nil
	}
	date := now.In(c.Zone)
	if typed := a.Values["date"]; typed != "" {
		var ok bool
		if date, ok = content.ParseDate(typed, c.Zone); !ok {
			return to, given, content.NoDate(typed), nil
		}
	}
	given = content.Given{Values: maps.Clone(a.Values), Rows: a.Rows}
	title := given.Values["title"]
	stem := to.stem(title, date)
	there, err := around(s, c, to.Folder, stem)
	if err != nil {
		return to, given, refused, err
	}
	if given.Values["slug"], refused = there.free(to.Folder, stem, title); refused != (diag.Text{}) {
		return to, given, refused, nil
	}
	given.Values["date"] = date.Format("2006-01-02 15:04")
	given.Values["source"] = cmp.Or(given.Values["source"], c.Title)
	return to, given, refused, nil
}

// stem is what the slug of a new article is, or begins with. A term keeps the name under
// which its page may be published already.
func (p Place) stem(title string, date time.Time) string {
	if p.terms != nil {
		return p.terms.Slug(title)
	}
	return address.Stem(date.Format("20060102"), title)
}
