package main

import (
	"errors"
	"path/filepath"
	"runtime"

	"qinglian/internal/check"
	"qinglian/internal/digest"
	"qinglian/internal/serve"
	"qinglian/internal/snapshot"
)

// publisher is how the preview publishes the site in a folder: as build and diff do.
func (p *program) publisher(folder string) func(serve.Order) serve.Published {
	return func(o serve.Order) serve.Published {
		r, err := p.built(buildFlags{source: folder, output: filepath.Join(folder, "public"),
			jobs: runtime.GOMAXPROCS(0), maxDelete: -1,
			holdBack: o.Back, dry: o.Seen == "", agreed: o.Seen})
		d := r.difference
		out := serve.Published{Output: r.output, Seen: r.seen, Done: err == nil && o.Seen != "", Moved: r.moved,
			New: marks(d.New), Changed: marks(d.Changed), Gone: marks(d.Gone), Pages: d.Pages, Files: d.Files,
			Held: r.held, Broken: r.Broken}
		if err != nil && !r.moved {
			out.Errors = wrongOf(r.problems.Sort())
		}
		if said := (failure{}); errors.As(err, &said) {
			out.Refused = said.text
		}
		return out
	}
}

// inspector is how the preview inspects the site in a folder: as check does.
func (p *program) inspector(folder string) func() (serve.Inspected, error) {
	return func() (out serve.Inspected, err error) {
		s, err := openSite(folder)
		if err != nil {
			return out, err
		}
		defer s.Close()
		opt, err := p.options(buildFlags{jobs: runtime.GOMAXPROCS(0)}, s)
		if err != nil {
			return out, err
		}
		snap, err := p.inspect(s, opt)
		out.Found = inspection{}.of(append(snap.Check.Diagnostics(), snap.Diagnostics...))
		out.Gate = snap.Site != nil && snap.Site.Config.Check.Gate == string(check.Error)
		return out, err
	}
}

func marks(entries []entry) (out []serve.Mark) {
	for _, e := range entries {
		out = append(out, serve.Mark{Path: e.Path, Text: e.Title})
	}
	return out
}

// seen stands for what a Snapshot would publish.
func seen(snap snapshot.Snapshot) string {
	h := digest.New("seen")
	for _, o := range snap.Outputs {
		h.String(o.Path).Digest(o.Key)
	}
	return h.Sum().String()
}
