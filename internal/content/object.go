package content

import (
	"qinglian/internal/flat"
	"qinglian/internal/markdown"
)

// A Doc is kept as two things: what linking needs of it, which each build reads
// for all articles, and its body, which is read when its page is rendered, or when
// there is something to be said about it.

// Body is the prose of a Doc: HTML with its holes left out. Beside it stands where
// values of the front matter were typed, which nobody asks for but messages.
type Body struct {
	Prose  string
	Holes  []markdown.Hole
	places string
}

// Tape records or plays a body.
func (b *Body) Tape(t *flat.Tape) {
	t.String(&b.Prose)
	flat.Slice(t, &b.Holes, func(t *flat.Tape, h *markdown.Hole) {
		t.Int(&h.At)
		t.Int(&h.Ref)
		t.Bool(&h.End)
		t.Bool(&h.Directive)
	})
	t.String(&b.places)
}

// PutAway takes the body out of the Doc; from now on fetch gives it.
func (d *Doc) PutAway(fetch func() Body) {
	d.Prose, d.Holes, d.places, d.fetch = "", nil, "", fetch
}

// Body is the Doc's prose, wherever it is.
func (d *Doc) Body() Body {
	if d.fetch == nil {
		return Body{d.Prose, d.Holes, d.places}
	}
	return d.fetch()
}

// Tape records or plays what linking needs of a Doc: all but its body.
func (d *Doc) Tape(t *flat.Tape) {
	t.String(&d.Path)
	t.String(&d.Section)
	t.Bool(&d.Index)
	t.String(&d.Folder)
	t.String(&d.Beside)
	d.Card.tape(t)
	flat.Slice(t, &d.Refs, tapeRef)
	t.String(&d.anchors)
	flat.Slice(t, &d.Directives, tapeDirective)
	d.Problems.Tape(t)
	t.Int(&d.Recognised.Joined)
	t.Int(&d.Recognised.Kept)
	t.Bool(&d.Recognised.Salutation)
	t.Bool(&d.Recognised.Signature)
	t.Bytes(d.CardDigest[:])
	t.Bytes(d.ProseDigest[:])
}

func (c *Card) tape(t *flat.Tape) {
	for _, s := range []*string{
		&c.Kind, &c.Title, &c.Slug, &c.Summary, &c.Source, &c.Author, &c.Editor, &c.Layout, &c.WeChat, &c.Reason,
	} {
		t.String(s)
	}
	flat.Slice(t, &c.Cuts, (*flat.Tape).Int)
	t.Bool(&c.OwnCuts)
	t.Time(&c.Date)
	t.Time(&c.Updated)
	t.Time(&c.Expires)
	t.Time(&c.Review)
	t.Strings(&c.Tags)
	t.Strings(&c.Topics)
	t.Strings(&c.Aliases)
	t.Int(&c.Cover)
	t.Int(&c.Focus.Right)
	t.Int(&c.Focus.Down)
	t.Bool(&c.Excerpt)
	t.Bool(&c.Draft)
	t.Bool(&c.AI)
	t.Bool(&c.Gone)
	flat.Slice(t, &c.Facts, tapeFact)
	flat.Slice(t, (*[]Fact)(&c.Extra), tapeFact)
}

func tapeFact(t *flat.Tape, f *Fact) {
	t.String(&f.Key)
	t.String(&f.Label)
	t.String((*string)(&f.Type)) // who records writes nothing: others may be reading
	t.Strings(&f.Values)
	flat.Slice(t, &f.Refs, (*flat.Tape).Int)
	flat.Slice(t, &f.Rows, func(t *flat.Tape, r *Row) { flat.Slice(t, (*[]Fact)(r), tapeFact) })
}

func tapeRef(t *flat.Tape, r *markdown.Ref) {
	t.Bool(&r.Image)
	t.Bool(&r.Article)
	for _, s := range []*string{&r.Dest, &r.Anchor, &r.Title, &r.Alt} {
		t.String(s)
	}
	r.Where.Tape(t)
}

func recordAnchors(anchors []markdown.Anchor) string {
	if len(anchors) == 0 {
		return ""
	}
	t := flat.Record(48 * len(anchors))
	flat.Slice(t, &anchors, tapeAnchor)
	return string(t.Recorded())
}

// Anchors are the places in the article that a link can lead to.
func (d *Doc) Anchors() (anchors []markdown.Anchor) {
	if d.anchors != "" {
		flat.Slice(flat.Play(d.anchors), &anchors, tapeAnchor)
	}
	return anchors
}

func tapeAnchor(t *flat.Tape, a *markdown.Anchor) {
	t.String(&a.ID)
	t.String(&a.Alias)
	titled := a.Title == a.ID // as of most headings
	if t.Bool(&titled); titled {
		a.Title = a.ID
	} else {
		t.String(&a.Title)
	}
	t.Int(&a.Level)
	t.Bool(&a.Clause)
}

func tapeDirective(t *flat.Tape, d *markdown.Directive) {
	t.String(&d.Name)
	flat.Slice(t, &d.Args, func(t *flat.Tape, a *markdown.Arg) {
		t.String(&a.Key)
		t.String(&a.Value)
		t.Int(&a.Ref)
		t.Bool(&a.Outside)
	})
	d.Where.Tape(t)
}
