package build

import "qinglian/internal/digest"

// Parts is what an output's bytes depend on, each part by its name, so that
// people can see which of them moved. The names are words of the pipeline:
// layout, frame, card, prose, list, neighbours …
type Parts []Part

// Part is one thing that an output depends on.
type Part struct {
	Name   string
	Digest digest.Digest
}

// Add adds a part.
func (p *Parts) Add(name string, d digest.Digest) { *p = append(*p, Part{name, d}) }

// Key is the digest of all parts in their order.
func (p Parts) Key() digest.Digest {
	h := digest.New("parts")
	for _, part := range p {
		h.Digest(part.Digest)
	}
	return h.Sum()
}

// Brief is eight bytes of each part, to be kept beside the key.
func (p Parts) Brief() string {
	b := make([]byte, 0, 8*len(p))
	for _, part := range p {
		b = append(b, part.Digest[:8]...)
	}
	return string(b)
}

// Moved names the parts that differ from those that brief stands for, and all
// of them if there were others.
func (p Parts) Moved(brief string) []string {
	var names []string
	now := p.Brief()
	for i, part := range p {
		if len(now) != len(brief) || now[8*i:8*i+8] != brief[8*i:8*i+8] {
			names = append(names, part.Name)
		}
	}
	return names
}
