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

// few is how many bytes of a part are kept: they only say which moved where the key did.
const few = 4

// Brief is a few bytes of each part of an output, to be kept beside the key.
func (o Output) Brief() string {
	if o.Parts == nil {
		return ""
	}
	return o.Parts().brief()
}

func (p Parts) brief() string {
	b := make([]byte, 0, few*len(p))
	for _, part := range p {
		b = append(b, part.Digest[:few]...)
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
		if len(now) != len(brief) || now[few*i:few*(i+1)] != brief[few*i:few*(i+1)] {
			names = append(names, part.Name)
		}
	}
	return names
}
