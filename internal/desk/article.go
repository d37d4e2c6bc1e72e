package desk

import (
	"cmp"
	"maps"
	"path"
	"strings"
	"time"

	"qinglian/internal/address"
	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/diag"
	"qinglian/internal/source"
)

// Article is what is known of an article that is to be written.
type Article struct {
	Kind    string            // its name or its label; "": that of the section
	Section string            // a folder of content/; "": the first one for the kind
	Values  map[string]string // what was typed, by the field's key
}

// Create writes the file of a new article, with its fields laid out. The slug is
// written down, so that a corrected title never moves the address; it has a number if
// another article has the one without. The date is now, unless one was typed.
func Create(s *source.Site, c config.Config, a Article, now time.Time) (name string, refused diag.Text, err error) {
	kind, folder, refused := a.belongs(c)
	if refused != (diag.Text{}) {
		return "", refused, nil
	}
	date := now.In(c.Zone)
	if typed := a.Values["date"]; typed != "" {
		var ok bool
		if date, ok = content.ParseDate(typed, c.Zone); !ok {
			return "", content.NoDate(typed), nil
		}
	}
	values := maps.Clone(a.Values)
	stem := address.Stem(date.Format("20060102"), values["title"])
	there, err := around(s, c, folder, stem)
	if err != nil {
		return "", refused, err
	}
	if values["slug"], refused = there.free(folder, stem, values["title"]); refused != (diag.Text{}) {
		return "", refused, nil
	}
	values["date"] = date.Format("2006-01-02 15:04")
	values["source"] = cmp.Or(values["source"], c.Title)
	name = path.Join(folder, values["slug"]+".md")
	refused, err = Write(s, New(name, []byte(content.New(kind, values))))
	return name, refused, err
}

// belongs is the kind of an article and the folder where it goes.
func (a Article) belongs(c config.Config) (kind config.Kind, folder string, refused diag.Text) {
	if a.Kind != "" {
		if kind, refused = c.KindNamed(a.Kind); refused != (diag.Text{}) {
			return kind, "", refused
		}
	}
	if a.Section == "" {
		folder, refused = folderFor(c, kind)
		return kind, folder, refused
	}
	section, ok := c.Section(a.Section)
	if !ok {
		var known []string
		for _, s := range c.Sections {
			known = append(known, s.Name)
		}
		return kind, "", diag.Say("没有栏目“%s”，有的是：%s", "there is no section %q, there are: %s",
			a.Section, strings.Join(known, "、"))
	}
	if a.Kind != "" && section.Kind != kind.Name {
		return kind, "", diag.Say("栏目“%s”里放的是 %s，不是 %s", "the section %q holds %s, not %s",
			a.Section, section.Kind, kind.Name)
	}
	return c.Kinds[section.Kind], path.Join(content.Folder, section.Name), refused
}

// folderFor is the first section of a kind; a page goes beside the sections.
func folderFor(c config.Config, kind config.Kind) (folder string, refused diag.Text) {
	for _, s := range c.Sections {
		if s.Kind == kind.Name {
			return path.Join(content.Folder, s.Name), refused
		}
	}
	if kind.Name == "page" {
		return content.Folder, refused
	}
	return "", diag.Say("没有放“%s”的栏目，用 --section 指定一个", "no section holds %q, name one with --section", kind.Name)
}
