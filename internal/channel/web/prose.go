package web

import (
	"fmt"
	"html/template"
	"path"

	"qinglian/internal/address"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/markdown"
	"qinglian/internal/site"
	"qinglian/internal/theme"
	"qinglian/internal/view"
)

// proseDigest stands for a page's prose as it is shown: with its holes filled
// and its directives by their templates.
func (c *composer) proseDigest(p *site.Page) digest.Digest {
	filled := p.FilledDigest()
	pictures := p.PictureFiles()
	if len(p.Directives)+len(pictures) == 0 {
		return filled
	}
	h := digest.New("shown").Digest(filled).String(c.theme.Sizes)
	for _, f := range pictures {
		h.String(c.pictures.whole(f).id())
	}
	for _, use := range p.Directives {
		d, ok := c.theme.Directive(use.Name)
		if !ok {
			c.noTemplate(p, use)
			continue
		}
		h.Digest(d.Digest)
		for _, name := range d.Data {
			h.Digest(c.tables[name].Digest)
		}
		for _, a := range use.Args {
			t := target(p, a)
			if t.Page != nil {
				h.Digest(c.cards[t.Page.Place])
			}
			if t.File != nil && t.File.Picture != nil {
				h.String(c.pictures.whole(t.File).id())
			}
			h.String(fileSize(t))
		}
	}
	return h.Sum()
}

func (c *composer) noTemplate(p *site.Page, use markdown.Directive) {
	d := use.Where
	d.Rule, d.Severity = "no-template", diag.Error
	d.Message = diag.Say("主题没有“%s”的模板，显示不出来", "the theme has no template for %q", use.Name)
	d.Hint = diag.Say("换一种写法，或在主题里放一个 directives/%s.html", "write it another way, or put directives/%s.html into the theme", use.Name)
	c.found = append(c.found, d)
}

// target is what an argument leads to; the zero Target if it is a text.
func target(p *site.Page, a markdown.Arg) site.Target {
	if a.Ref < 0 {
		return site.Target{}
	}
	return p.Targets[a.Ref]
}

// prose is a page's text as HTML.
func (c *composer) prose(p *site.Page) (template.HTML, error) {
	count := 0
	html, err := p.Prose(site.Filling{
		Directive: func(use markdown.Directive, inner []byte) ([]byte, error) {
			count++
			d, ok := c.theme.Directive(use.Name)
			if !ok {
				return nil, fmt.Errorf("no template for the directive %s", use.Name)
			}
			return d.Execute(c.directive(p, use, inner, count, d.Data))
		},
		Picture: func(out []byte, f *site.File) []byte {
			return theme.AppendPicture(out, c.pictures.whole(f).view(from(p.Path)), c.theme.Sizes)
		},
	})
	return template.HTML(html), err
}

func (c *composer) directive(p *site.Page, use markdown.Directive, inner []byte, count int, tables []string) view.Directive {
	v := view.Directive{Name: use.Name, Root: address.Root(p.Path), Body: template.HTML(inner), Data: map[string]any{}, Count: count}
	for _, name := range tables {
		v.Data[name] = c.tables[name].Value
	}
	for _, a := range use.Args {
		arg := view.Arg{Key: a.Key, Text: a.Value}
		t := target(p, a)
		switch {
		case t.State == site.Found:
			arg.Link = &view.Link{Title: path.Base(a.Value), URL: address.Rel(p.Path, t.Path), Kind: fileKind(t), Size: fileSize(t), Picture: c.linked(t, from(p.Path))}
			if t.Page != nil {
				arg.Link.Title = t.Page.Card.Title
				v.Card = c.card(p.Path, t.Page)
			}
		case a.Outside:
			arg.Link = &view.Link{Title: a.Value, URL: a.Value, Outside: true}
		}
		v.Args = append(v.Args, arg)
	}
	return v
}
