package snapshot

import (
	"slices"

	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/markdown"
	"qinglian/internal/source"
)

// edit is what became of an article.
type edit struct {
	at       int      // its place among all
	now      Compiled // without a Doc if it is as it was
	reworded bool     // more than its text is another
}

// editOf is what became of an article. ok is false if it differs in more than words.
func (t *taker) editOf(at int, was, now Compiled) (e edit, ok bool) {
	return edit{at, now, was.Doc.CardDigest != now.Doc.CardDigest}, t.rewords(was.Doc, now.Doc)
}

// rewords reports whether one article differs in nothing that moves it, or another one.
func (t *taker) rewords(was, now *content.Doc) bool {
	if now.Problems.Count(diag.Error) > 0 || !sameRefs(was, now) || !was.Reworded(now) {
		return false
	}
	return !slices.ContainsFunc(t.design.config.Taxonomies, func(c config.Taxonomy) bool { // one may be of titles
		return !slices.Equal(was.Card.Values(c.Field), now.Card.Values(c.Field))
	})
}

// reread is an article as its file is now, with the same Doc if its bytes are.
func (t *taker) reread(compiler content.Compiler, f source.File, was Compiled) (now Compiled, ok bool) {
	raw, err := t.site.ReadUpTo(f.Path, source.MaxText)
	now = Compiled{Stamp: t.from.trust(f.Stamp), Digest: digest.Of(raw), Doc: was.Doc, body: was.body}
	if now.Digest != was.Digest {
		now.Doc, now.body = compileFile(compiler, f.Path, raw), stored{}
	}
	return now, err == nil
}

// sameToOthers reports whether two Docs of one file differ in nothing that
// linking, or another page, looks at.
func sameToOthers(a, b *content.Doc) bool {
	return a.CardDigest == b.CardDigest && sameRefs(a, b)
}

// sameRefs reports whether two Docs of one file lead to the same, and others to them.
func sameRefs(a, b *content.Doc) bool {
	return slices.Equal(a.Anchors(), b.Anchors()) &&
		slices.EqualFunc(a.Refs, b.Refs, func(a, b markdown.Ref) bool {
			a.Where, b.Where = diag.Diagnostic{}, diag.Diagnostic{}
			return a == b
		})
}

// without takes what was found in an article out of a list, which it may change. ok is false
// if more is said of the article: what linking says of it is not known here.
func without(all diag.List, d *content.Doc) (rest diag.List, ok bool) {
	var of diag.List
	rest = slices.DeleteFunc(all, func(said diag.Diagnostic) bool {
		if said.File == d.Path {
			of = append(of, said)
		}
		return said.File == d.Path
	})
	return rest, slices.Equal(of.Sort(), slices.Clone(d.Problems).Sort())
}
