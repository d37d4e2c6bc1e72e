package web

import (
	"fmt"
	"html/template"

	"qinglian/internal/address"
	"qinglian/internal/data"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/display"
	"qinglian/internal/markdown"
	"qinglian/internal/site"
	"qinglian/internal/theme"
	"qinglian/internal/view"
)

// texts show the prose of pages: they fill its holes, and its directives by their
// templates.
type texts struct {
	display *display.Display
	theme   *theme.Theme
	tables  map[string]data.Table
}

// digest stands for a page's prose as it is shown: for its text, and for what fills
// its holes.
func (t texts) digest(p *site.Page) digest.Digest {
	filled := p.FilledDigest()
	pictures := p.PictureFiles()
	if len(p.Directives)+len(pictures) == 0 {
		return filled
	}
	s := display.Digesting("prose")
	display.Known(s, new(digest.Digest), filled, filled)
	s.Text(new(string), t.theme.Sizes)
	for _, f := range pictures {
		t.display.Whole(s, new(*view.Picture), f)
	}
	for _, use := range p.Directives {
		if d, ok := t.theme.Directive(use.Name); ok {
			t.directive(s, &view.Directive{}, p, use, d)
		}
	}
	return s.Sum()
}

// problems are the directives of a text that the theme can't show.
func (t texts) problems(p *site.Page) (problems diag.List) {
	for _, use := range p.Directives {
		if _, ok := t.theme.Directive(use.Name); ok {
			continue
		}
		d := use.Where
		d.Rule, d.Severity = "no-template", diag.Error
		d.Message = diag.Say("主题没有“%s”的模板，显示不出来", "the theme has no template for %q", use.Name)
		d.Hint = diag.Say("换一种写法，或在主题里放一个 directives/%s.html",
			"write it another way, or put directives/%s.html into the theme", use.Name)
		problems = append(problems, d)
	}
	return problems
}

// html is a page's text as HTML.
func (t texts) html(p *site.Page) (template.HTML, error) {
	count := 0
	html, err := p.Prose(site.Filling{
		Directive: func(use markdown.Directive, inner []byte) ([]byte, error) {
			count++
			d, ok := t.theme.Directive(use.Name)
			if !ok {
				return nil, fmt.Errorf("no template for the directive %s", use.Name)
			}
			v := view.Directive{Root: address.Root(p.Path), Body: template.HTML(inner), Count: count}
			t.directive(display.Filling(p.Path), &v, p, use, d)
			return d.Execute(v)
		},
		Picture: func(out []byte, f *site.File) []byte {
			var shown *view.Picture
			t.display.Whole(display.Filling(p.Path), &shown, f)
			return theme.AppendPicture(out, shown, t.theme.Sizes)
		},
	})
	return template.HTML(html), err
}

// directive is what the template of a directive sees of one use but for what that
// encloses and where it stands, which is the text's.
func (t texts) directive(s *display.Sink, v *view.Directive, p *site.Page, use markdown.Directive,
	by *theme.Directive) {
	display.Known(s, &v.Name, use.Name, by.Digest)
	v.Data = map[string]any{}
	for _, name := range by.Data {
		display.Keyed(s, &v.Data, name, func(value *any) {
			display.Known(s, value, t.tables[name].Value, t.tables[name].Digest)
		})
	}
	display.Each(s, &v.Args, use.Args, func(arg *view.Arg, a markdown.Arg) {
		s.Text(&arg.Key, a.Key)
		s.Text(&arg.Text, a.Value)
		switch to := found(p, a); {
		case s.If(a.Outside):
			display.Made(s, &arg.Link, []string{a.Value}, outside)
		case s.If(to != nil):
			display.Maybe(s, &arg.Link, to, func(l *view.Link, to *site.Target) {
				t.display.Target(s, l, *to, a.Value)
			})
			if s.If(to.Page != nil && !to.Page.Card.Gone) {
				t.display.Card(s, &v.Card, to.Page)
			}
		}
	})
}

// found is what an argument leads to, if that is public; nil if it is a text.
func found(p *site.Page, a markdown.Arg) *site.Target {
	if a.Ref < 0 || p.Targets[a.Ref].State != site.Found {
		return nil
	}
	return &p.Targets[a.Ref]
}

func outside(l **view.Link, to []string) { *l = &view.Link{Title: to[0], URL: to[0], Outside: true} }
