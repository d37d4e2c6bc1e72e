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

// Brief is eight bytes of each part of an output, to be kept beside the key.
func (o Output) Brief() string {
	if o.Parts == nil {
		return ""
	}
	return o.Parts().brief()
}

func (p Parts) brief() string {
	b := make([]byte, 0, 8*len(p))
	for _, part := range p {
		b = append(b, part.Digest[:8]...)
	}
	return string(b)
}

// Moved names the parts that differ from those that brief stands for, and all
// of them if there were others.
func (o Output) Moved(brief string) []string {
	if o.Parts == nil {
		return nil
	}
	var names []string
	parts := o.Parts()
	now := parts.brief()
	for i, part := range parts {
		if len(now) != len(brief) || now[8*i:8*i+8] != brief[8*i:8*i+8] {
			names = append(names, part.Name)
		}
	}
	return names
}
