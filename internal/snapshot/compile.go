package snapshot

import (
	"errors"
	"io/fs"
	"slices"

	"golang.org/x/sync/errgroup"

	"qinglian/internal/build"
	"qinglian/internal/content"
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
	made := make([]Compiled, len(articles))
	stale := make([]bool, len(articles)) // found by verifying
	unread := make([]error, len(articles))
	var group errgroup.Group
	group.SetLimit(max(1, t.opt.Jobs))
	old := t.old.Docs
	for i, f := range articles {
		for len(old) > 0 && old[0].Doc.Path < f.Path {
			old = old[1:] // its file is gone
		}
		var was Compiled
		known := len(old) > 0 && old[0].Doc.Path == f.Path
		if known {
			was = old[0]
		}
		if known && was.Stamp == f.Stamp && !t.opt.Verify && t.inspector.stands(f) {
			made[i] = was
			continue
		}
		group.Go(func() error {
			raw, err := t.site.ReadUpTo(f.Path, source.MaxText)
			if errors.Is(err, fs.ErrNotExist) {
				return nil // deleted while we looked
			}
			if err != nil && t.opt.Standing {
				unread[i], made[i] = err, was
				made[i].Stamp = source.Stamp{} // it is tried again
				return nil
			}
			if err != nil {
				return err
			}
			made[i] = Compiled{Stamp: t.from.trust(f.Stamp), Digest: digest.Of(raw), Doc: was.Doc}
			reused := known && (was.Digest == made[i].Digest || was.Stamp == f.Stamp)
			inspected := t.inspector.unchanged(f.Path, made[i].Stamp, made[i].Digest)
			if reused && !t.opt.Verify {
				made[i].body = was.body
				if !inspected {
					t.inspector.compile(compiler, made[i], f.Path, raw)
				}
				return nil
			}
			if inspected {
				made[i].Doc = compileFile(compiler, f.Path, raw)
			} else {
				made[i].Doc = t.inspector.compile(compiler, made[i], f.Path, raw)
			}
			if reused && !made[i].Doc.Same(was.Doc) {
				stale[i] = true
			}
			return t.next.store.spill(&made[i])
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	docs := make([]*content.Doc, 0, len(made))
	for i, m := range made {
		if stale[i] {
			t.say(diag.List{build.Stale(articles[i].Path)})
		}
		if unread[i] != nil {
			t.unread(articles[i].Path, unread[i])
		}
		if m.Doc != nil {
			docs = append(docs, m.Doc)
		}
	}
	t.next.Docs = slices.DeleteFunc(made, func(c Compiled) bool { return c.Doc == nil })
	return docs, nil
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
