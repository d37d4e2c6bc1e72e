package site

import (
	"html"
	"net/url"
	"slices"

	"qinglian/internal/address"
	"qinglian/internal/markdown"
)

// Filling is what fills the holes of a text that are not links.
type Filling struct {
	// Directive gives the HTML of a directive with what it encloses, which is
	// filled already.
	Directive func(d markdown.Directive, inner []byte) ([]byte, error)
	// Picture adds the attributes of an <img> that say where the picture is and
	// how large.
	Picture func(out []byte, f *File) []byte
}

// Prose is a page's HTML with its holes filled for the page itself.
func (p *Page) Prose(with Filling) (string, error) {
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
			out = p.fill(out, h, with)
		case !h.End:
			open = append(open, len(out))
		default:
			start := open[len(open)-1]
			open = open[:len(open)-1]
			shown, err := with.Directive(p.Directives[h.Ref], out[start:])
			if err != nil {
				return "", err
			}
			out = append(out[:start], shown...)
		}
	}
	return string(append(out, body.Prose[from:]...)), nil
}

func (p *Page) fill(out []byte, h markdown.Hole, with Filling) []byte {
	ref, t := p.Refs[h.Ref], p.Targets[h.Ref]
	switch {
	case t.State != Found:
		return out
	case h.End:
		return append(out, "</a>"...)
	}
	if ref.Image {
		out = with.Picture(append(out, `<img`...), t.File)
		out = append(out, ` alt="`...)
		out = append(out, html.EscapeString(ref.Alt)...)
		out = append(out, `" loading="lazy"`...)
	} else {
		link := address.Rel(p.Path, t.Path)
		if t.Anchor != "" {
			link += "#" + url.PathEscape(t.Anchor)
		}
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
