package site

import (
	"html"
	"net/url"
	"slices"

	"qinglian/internal/address"
	"qinglian/internal/markdown"
)

// Prose is a page's HTML with its holes filled for the page itself. show gives
// the HTML of a directive with what it encloses, which is filled already.
func (p *Page) Prose(show func(d markdown.Directive, inner []byte) ([]byte, error)) ([]byte, error) {
	body := p.Body()
	if len(body.Holes) == 0 {
		return body.Prose, nil
	}
	out := make([]byte, 0, len(body.Prose)+len(body.Holes)*48)
	var open []int // where in out the directives around begin, the innermost last
	from := 0
	for _, h := range body.Holes {
		out = append(out, body.Prose[from:h.At]...)
		from = h.At
		switch {
		case !h.Directive:
			out = p.fill(out, h)
		case !h.End:
			open = append(open, len(out))
		default:
			start := open[len(open)-1]
			open = open[:len(open)-1]
			shown, err := show(p.Directives[h.Ref], out[start:])
			if err != nil {
				return nil, err
			}
			out = append(out[:start], shown...)
		}
	}
	return append(out, body.Prose[from:]...), nil
}

func (p *Page) fill(out []byte, h markdown.Hole) []byte {
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
	for _, a := range p.Anchors() {
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
