package snapshot

import (
	"errors"
	"io/fs"
	"iter"
	"slices"

	"qinglian/internal/build"
	"qinglian/internal/content"
	"qinglian/internal/cores"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/source"
)

// compile compiles what changed and takes the rest from the last Snapshot.
func (t *taker) compile(compiler content.Compiler, articles []source.File) ([]*content.Doc, error) {
	t.next.Compile = compiler.Digest().Plus(t.opt.Engine)
	if t.old.Compile != t.next.Compile {
		t.old.Docs = nil
	}
	made := make([]Compiled, len(articles)) // until it is compiled, as it was
	var moved []touched
	old := t.old.Docs
	for i, f := range articles {
		for len(old) > 0 && old[0].Doc.Path < f.Path {
			old = old[1:] // its file is gone
		}
		known := len(old) > 0 && old[0].Doc.Path == f.Path
		if known {
			made[i] = old[0]
		}
		if !known || made[i].Stamp != f.Stamp || t.opt.Verify || !t.inspector.stands(f) {
			moved = append(moved, touched{at: i})
		}
	}
	err := cores.Share(len(moved), t.opt.Jobs, func(numbers iter.Seq[int]) (err error) {
		reader := t.site.Reader()
		defer func() { err = errors.Join(err, reader.Close()) }()
		for n := range numbers {
			m := &moved[n]
			if err := t.anew(compiler, reader, articles[m.at], &made[m.at], m); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, m := range moved {
		if m.stale {
			t.say(diag.List{build.Stale(articles[m.at].Path)})
		}
		if m.unread != nil {
			t.unread(articles[m.at].Path, m.unread)
		}
	}
	t.next.Docs = slices.DeleteFunc(made, func(c Compiled) bool { return c.Doc == nil })
	docs := make([]*content.Doc, len(t.next.Docs))
	for i, m := range t.next.Docs {
		docs[i] = m.Doc
	}
	return docs, nil
}

// touched is an article whose file may be another one, and what came of reading it.
type touched struct {
	at     int // its place among all
	stale  bool
	unread error
}

// anew compiles an article, unless the bytes of its file are those that are known.
func (t *taker) anew(compiler content.Compiler, reader *source.Reader, f source.File, c *Compiled, m *touched) error {
	was := *c
	raw, err := reader.ReadUpTo(f.Path, source.MaxText)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		*c = Compiled{} // deleted while we looked
		return nil
	case err != nil && t.opt.Standing:
		m.unread, c.Stamp = err, source.Stamp{} // it is tried again
		return nil
	case err != nil:
		return err
	}
	*c = Compiled{Stamp: t.from.trust(f.Stamp), Digest: digest.Of(raw), Doc: was.Doc}
	reused := was.Doc != nil && (was.Digest == c.Digest || was.Stamp == f.Stamp)
	inspected := t.inspector.unchanged(f.Path, c.Stamp, c.Digest)
	if reused && !t.opt.Verify {
		c.body = was.body
		if !inspected {
			t.inspector.compile(compiler, *c, f.Path, raw)
		}
		return nil
	}
	if inspected {
		c.Doc = compileFile(compiler, f.Path, raw)
	} else {
		c.Doc = t.inspector.compile(compiler, *c, f.Path, raw)
	}
	m.stale = reused && !c.Doc.Same(was.Doc)
	return t.next.store.spill(c)
}

func compileFile(c content.Compiler, name string, raw []byte) *content.Doc {
	text, problems := source.Text(name, raw)
	if problems.Count(diag.Error) > 0 {
		return noText(name, problems)
	}
	d := c.Compile(name, text)
	d.Problems = append(problems, d.Problems...)
	return &d
}

// noText is the Doc of a file that is no text.
func noText(name string, problems diag.List) *content.Doc {
	return &content.Doc{Path: name, Card: content.Card{Slug: content.UnknownSlug(name), Cover: -1}, Problems: problems}
}
