package site

import (
	"html"
	"net/url"
	"slices"

	"qinglian/internal/address"
	"qinglian/internal/markdown"
)

// Prose is a page's HTML with its holes filled for the page itself.
func (p *Page) Prose() []byte {
	out := make([]byte, 0, len(p.Doc.Prose)+len(p.Holes)*48)
	from := 0
	for _, h := range p.Holes {
		out = append(out, p.Doc.Prose[from:h.At]...)
		from = h.At
		out = p.fill(out, h)
	}
	return append(out, p.Doc.Prose[from:]...)
}

func (p *Page) fill(out []byte, h markdown.Hole) []byte {
	if h.Directive {
		return out // what it encloses is shown as it is
	}
	ref, t := p.Refs[h.Ref], p.Targets[h.Ref]
	switch {
	case t.State != Found:
		return out
	case h.End:
		return append(out, "</a>"...)
	}
	link := address.Rel(p.Path, t.Path)
	if t.Anchor != "" {
		link += "#" + url.PathEscape(t.Anchor)
	}
	if ref.Image {
		out = append(out, `<img src="`...)
		out = append(out, html.EscapeString(link)...)
		out = append(out, `" alt="`...)
		out = append(out, html.EscapeString(ref.Alt)...)
		out = append(out, `" loading="lazy"`...)
	} else {
		out = append(out, `<a href="`...)
		out = append(out, html.EscapeString(link)...)
		out = append(out, '"')
	}
	if ref.Title != "" {
		out = append(out, ` title="`...)
		out = append(out, html.EscapeString(ref.Title)...)
		out = append(out, '"')
	}
	return append(out, '>')
}

// Headings is what a table of contents shows of a page: its second and third
// levels.
func (p *Page) Headings() []markdown.Anchor {
	var out []markdown.Anchor
	for _, a := range p.Anchors {
		if a.Level == 2 || a.Level == 3 {
			out = append(out, a)
		}
	}
	return out
}

func sorted(words []string) []string {
	slices.Sort(words)
	return words
}
