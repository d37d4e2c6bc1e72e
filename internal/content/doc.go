// Package content compiles one article's file into one Doc.
//
// A Doc is to the site what an object file is to a program: all that can be
// known from the file alone. It is a pure function of the file's path and
// bytes and of the configuration's kinds, sections and time zone, so it can be
// kept as long as these stay. What needs the rest of the site stands in Refs
// and in the prose's holes; where each value of the front matter was typed is kept
// for messages that only linking can give.
//
// A file is content/SECTION/…/name.md, or a bundle content/SECTION/…/name/index.md
// with its pictures beside it; content/SECTION/index.md introduces its
// section, content/index.md the home page, content/terms/TAXONOMY/….md a term.
// It begins with front matter in TOML
// between lines of +++ or in YAML between lines of ---, each field by its key
// or its Chinese label.
package content

import (
	"path"
	"slices"
	"strings"
	"time"

	"qinglian/internal/config"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/flat"
	"qinglian/internal/markdown"
)

// Folder is where a site's articles are.
const Folder = "content"

// IsArticle reports files in [Folder] that are articles by their ending.
func IsArticle(file string) bool {
	ext := strings.ToLower(path.Ext(file))
	return strings.HasPrefix(file, Folder+"/") && (ext == ".md" || ext == ".markdown")
}

// Doc is one compiled article.
type Doc struct {
	Path       string // of the file: content/examples/a.md
	Section    string // the folder of its section; "" for a page of the site itself
	Index      bool   // it introduces its section, or the home page
	Folder     string // published folder: "examples", "examples/2024", or ""
	Beside     string // folder of the files that links in it are relative to
	Card       Card
	Prose      string // HTML with its holes left out
	Holes      []markdown.Hole
	Refs       []markdown.Ref
	Directives []markdown.Directive
	Problems   diag.List
	Recognised markdown.Recognised // for the preview's bar

	CardDigest, ProseDigest digest.Digest

	anchors string      // recorded: few Docs are asked for them
	places  string      // of values in the front matter, recorded: part of the body
	fetch   func() Body // of a body that was put away; nil: it is here
	written *Doc        // what stands in the file, if that is not what is shown; never recorded
}

// Card is what other pages may know of an article.
type Card struct {
	Kind    string
	Title   string
	Cuts    []int // places in Title where its lines may end, as package headline has them
	OwnCuts bool  // its writer gave them
	Slug    string
	Date    time.Time // zero if it has none
	Updated time.Time
	Expires time.Time
	Review  time.Time // when its editors are to look at it again
	Summary string
	Excerpt bool // Summary is the beginning of its text: nobody wrote one
	Source  string
	Author  string
	Editor  string
	Tags    []string
	Topics  []string
	Aliases []string // published paths that it had before
	Cover   int      // index in Refs; -1 without a cover
	Focus   Focus    // of the cover
	Draft   bool
	AI      bool   // AI had a part in it, as its writer says
	Gone    bool   // it was taken down
	Reason  string // why; then its address says so from now on. "": nothing stays
	Layout  string
	WeChat  string // address of the same article in WeChat; may be empty
	Facts   []Fact // the fields that its kind alone has, in the kind's order
	Extra   Row    // what it keeps besides, under names of its writer's own: texts and lists
}

// Focus is the point of a picture that is kept in view when it is cropped: how
// far to the right of, and below, the usual one, in percent of its width and
// height. The usual one is in the middle, a third from the top: what people
// photograph has its heads there, and sky or floor where it is cut.
type Focus struct{ Right, Down int }

const usualRight, usualDown = 50, 33

// FocusAt is the Focus at parts of the width and height in percent, from the top left.
func FocusAt(right, down int) Focus { return Focus{right - usualRight, down - usualDown} }

// Point is where it is, in percent of the width and height, from the top left.
func (f Focus) Point() (right, down int) { return usualRight + f.Right, usualDown + f.Down }

// Fact is the value of one field.
type Fact struct {
	Key    string
	Label  string
	Type   config.Type
	Values []string // as typed; a date in RFC 3339, a switch that is on as "true"
	Refs   []int    // of an image, file or reference: what Values lead to, as indices in Doc.Refs
	Rows   []Row    // of a table
}

// Row is one row of a table: the cells that were filled in.
type Row []Fact

// Values is what the article says in a field, by the field's key: all that a
// taxonomy can gather by. A date gives its year.
func (c *Card) Values(key string) []string {
	year := func(t time.Time) []string {
		if t.IsZero() {
			return nil
		}
		return []string{t.Format("2006")}
	}
	text := func(s string) []string {
		if s == "" {
			return nil
		}
		return []string{s}
	}
	switch key {
	case "title":
		return text(c.Title)
	case "date":
		return year(c.Date)
	case "updated":
		return year(c.Updated)
	case "source":
		return text(c.Source)
	case "author":
		return text(c.Author)
	case "editor":
		return text(c.Editor)
	case "wechat_url":
		return text(c.WeChat)
	case "tags":
		return c.Tags
	case "topics":
		return c.Topics
	}
	f, ok := c.Fact(key)
	if ok && f.Type == config.TypeDate {
		return []string{f.Values[0][:4]}
	}
	return f.Values
}

// Fact finds a field of the kind by its key.
func (c *Card) Fact(key string) (Fact, bool) {
	for i := range c.Facts {
		if c.Facts[i].Key == key {
			return c.Facts[i], true
		}
	}
	return Fact{}, false
}

// EachFact visits all fields, and after a table its cells.
func (c *Card) EachFact(visit func(*Fact)) {
	for i := range c.Facts {
		visit(&c.Facts[i])
		for _, row := range c.Facts[i].Rows {
			for j := range row {
				visit(&row[j])
			}
		}
	}
}

// Hold is why an article is held back; "" if it is public.
type Hold string

// Why an article is held back.
const (
	HoldDraft     Hold = "draft"
	HoldFuture    Hold = "future"
	HoldExpired   Hold = "expired"
	HoldWithdrawn Hold = "withdrawn"
	HoldErrors    Hold = "errors" // it has errors, and the rest is published without it
)

// Hold is why the article is not shown at a moment. What has expired or was taken
// down never is, nor what would have expired before its own date.
func (c *Card) Hold(now time.Time, drafts, future bool) Hold {
	early := !future && c.Date.After(now)
	shown := now // from when it could be
	if early {
		shown = c.Date
	}
	switch {
	case c.Gone && c.Reason == "":
		return HoldWithdrawn
	case !c.Expires.IsZero() && !shown.Before(c.Expires):
		return HoldExpired
	case c.Draft && !drafts:
		return HoldDraft
	case early:
		return HoldFuture
	}
	return ""
}

// Turns are the moments at which what is public of the article changes, or what is said
// of it to its editors. Those that it does not have are zero.
func (c *Card) Turns() [4]time.Time {
	turns := [4]time.Time{c.Date, c.Expires, c.Review}
	if _, replaces := c.Fact("replaces"); replaces {
		turns[3] = c.Moment("effective")
	}
	return turns
}

// Moment is what the article says in a date of its kind; zero if nothing.
func (c *Card) Moment(key string) time.Time {
	f, _ := c.Fact(key)
	if f.Type != config.TypeDate {
		return time.Time{}
	}
	t, err := time.Parse(time.RFC3339, f.Values[0])
	if err != nil {
		return time.Time{}
	}
	return t
}

// Public reports whether the article is shown at a moment.
func (c *Card) Public(now time.Time, drafts, future bool) bool {
	return c.Hold(now, drafts, future) == ""
}

// Address is the published path of an article that introduces nothing and describes no
// term.
func (d *Doc) Address() string { return path.Join(d.Folder, d.Card.Slug+".html") }

// InPlaceOf is the Doc shown where its file has another one now, which has errors: they
// are reported.
func (d *Doc) InPlaceOf(now *Doc) *Doc {
	shown := *d
	shown.Problems, shown.written = now.Problems, now
	return &shown
}

// Written is what stands in the file now.
func (d *Doc) Written() *Doc {
	if d.written != nil {
		return d.written
	}
	return d
}

// Unread reports whether the file is no text, so that nothing is known of what is in it.
func (d *Doc) Unread() bool { return d.Card.Kind == "" }

// Same reports whether two Docs of one file are the same in all that pages and
// messages show of them.
func (d *Doc) Same(other *Doc) bool {
	return d.CardDigest == other.CardDigest && d.ProseDigest == other.ProseDigest &&
		slices.Equal(d.Problems, other.Problems)
}

// Reworded reports whether another Doc's card is this one's but for words that are only
// shown: the title, where lines of it may end, the summary.
func (d *Doc) Reworded(other *Doc) bool {
	c := other.Card
	c.Title, c.Cuts, c.OwnCuts = d.Card.Title, d.Card.Cuts, d.Card.OwnCuts
	c.Summary, c.Excerpt = d.Card.Summary, d.Card.Excerpt
	return c.digest() == d.CardDigest
}

// digest stands for all of the card: for what of it is recorded, which is all.
func (c *Card) digest() digest.Digest {
	t := flat.Record(512)
	c.tape(t)
	return digest.New("card").Digest(digest.Of(t.Recorded())).Sum()
}

func (d *Doc) proseDigest() digest.Digest {
	h := digest.New("prose").Digest(digest.OfText(d.Prose)) // not copied into the Hash
	for _, hole := range d.Holes {
		h.Int(int64(hole.At), int64(hole.Ref)).Bool(hole.End).Bool(hole.Directive)
	}
	for _, use := range d.Directives {
		h.String(use.Name).Int(int64(len(use.Args)))
		for _, a := range use.Args {
			h.String(a.Key, a.Value).Int(int64(a.Ref)).Bool(a.Outside)
		}
	}
	for _, a := range d.Anchors() {
		h.String(a.ID, a.Alias, a.Title).Int(int64(a.Level))
	}
	return h.Sum()
}
