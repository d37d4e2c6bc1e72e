package web

import (
	"qinglian/internal/build"
	"qinglian/internal/digest"
	"qinglian/internal/display"
	"qinglian/internal/site"
)

// namer digests what pages show.
type namer struct {
	*Plan
	sink  *display.Sink // digests
	scrap sheet         // for what is digested
	alike map[partOf]digest.Digest
}

// partOf is a part that is put from a section.
type partOf struct {
	name    string
	section *site.Section
}

// commonParts is how many parts each page has beside its own.
const commonParts = 6

// parts are all that a page depends on.
func (n *namer) parts(p *page) build.Parts {
	parts := make(build.Parts, 0, len(p.parts)+commonParts)
	for _, part := range p.parts {
		if part.there == nil || part.there(p.article) {
			parts.Add(part.name, n.part(part, p.article))
		}
	}
	if p.text != nil {
		parts.Add("prose", n.prose(p.text))
	}
	parts.Add("address", digest.New("page").String(p.class, p.path).Sum())
	parts.Add("engine", n.engine)
	parts.Add("layout", p.paper.digest)
	parts.Add("frame", n.frame)
	parts.Add("needs", p.paper.needs.digest)
	return parts
}

// part stands for one of an article's page. What all articles of a section have alike
// is remembered.
func (n *namer) part(part part, article *site.Page) digest.Digest {
	var alike partOf
	if part.same != nil {
		alike = partOf{part.name, part.same(article)}
	}
	if known, ok := n.alike[alike]; ok && alike.section != nil {
		return known
	}
	n.sink.Reset(part.name)
	part.put(n.Plan, n.sink, &n.scrap, article)
	sum := n.sink.Sum()
	if alike.section != nil {
		n.alike[alike] = sum
	}
	return sum
}
