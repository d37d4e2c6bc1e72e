package site

import "qinglian/internal/diag"

// Brand is the owner's own look.
type Brand struct {
	Logo    *File // these of static/; nil for the theme's
	Favicon *File
	Hero    *File
	Columns []Column // of links at the foot
}

// Column is some links under a title.
type Column struct {
	Title string
	Links []Entry
}

// brand finds what the configuration names for the owner's look, here and in WeChat.
func (l *linker) brand() {
	given := l.site.Config.Brand
	for _, f := range []struct {
		key, name string
		to        **File
	}{
		{"brand.logo", given.Logo, &l.site.Brand.Logo},
		{"brand.favicon", given.Favicon, &l.site.Brand.Favicon},
		{"brand.hero", given.Hero, &l.site.Brand.Hero},
		{"wechat.follow.picture", l.site.Config.WeChat.Follow.Picture, &l.site.Follow},
	} {
		if f.name == "" {
			continue
		}
		if *f.to = l.static(f.name); *f.to == nil {
			l.noStatic(f.key, f.name)
		}
	}
	for _, c := range given.Columns {
		l.site.Brand.Columns = append(l.site.Brand.Columns,
			Column{c.Title, l.entries(c.Links, diag.Say("页脚", "the foot"))})
	}
}
