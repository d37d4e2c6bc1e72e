// Package content compiles one article's file into one Doc.
//
// A Doc is to the site what an object file is to a program: all that can be
// known from the file alone. It is a pure function of the file's path and
// bytes and of the configuration's kinds, sections and time zone, so it can be
// kept as long as these stay. What needs the rest of the site stands in Refs
// and in the prose's holes.
//
// A file is content/SECTION/…/name.md, or a bundle content/SECTION/…/name/index.md
// with its pictures beside it; content/SECTION/index.md introduces its
// section, content/index.md the home page. It begins with front matter in TOML
// between lines of +++ or in YAML between lines of ---, each field by its key
// or its Chinese label.
package content

import (
	"time"

	"qinglian/internal/config"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/markdown"
)

// Folder is where a site's articles are.
const Folder = "content"

// Doc is one compiled article.
type Doc struct {
	Path     string // of the file: content/examples/a.md
	Section  string // the folder of its section; "" for a page of the site itself
	Index    bool   // it introduces its section, or the home page
	Folder   string // published folder: "examples", "examples/2024", or ""
	Beside   string // folder of the files that links in it are relative to
	Card     Card
	Prose    []byte // HTML with its holes left out
	Holes    []markdown.Hole
	Refs     []markdown.Ref
	Anchors  []markdown.Anchor
	Problems diag.List

	CardDigest, ProseDigest digest.Digest
}

// Card is what other pages may know of an article.
type Card struct {
	Kind    string
	Title   string
	Slug    string
	Date    time.Time // zero if it has none
	Updated time.Time
	Summary string
	Source  string
	Author  string
	Editor  string
	Tags    []string
	Cover   int // index in Refs; -1 without a cover
	Draft   bool
	Layout  string
	Facts   []Fact // the fields that its kind alone has, in the kind's order
}

// Fact is the value of one field.
type Fact struct {
	Key    string
	Label  string
	Type   config.Type
	Values []string
}

// Public reports whether the article is shown at a moment.
func (c Card) Public(now time.Time, drafts, future bool) bool {
	return (drafts || !c.Draft) && (future || !c.Date.After(now))
}

// digest stands for all of the card.
func (c Card) digest() digest.Digest {
	draft := int64(0)
	if c.Draft {
		draft = 1
	}
	h := digest.New("card").
		String(c.Kind, c.Title, c.Slug, c.Summary, c.Source, c.Author, c.Editor, c.Layout).
		String(c.Date.Format(time.RFC3339), c.Updated.Format(time.RFC3339)).
		Int(draft, int64(c.Cover), int64(len(c.Tags))).String(c.Tags...)
	for _, f := range c.Facts {
		h.String(f.Key, f.Label, string(f.Type)).Int(int64(len(f.Values))).String(f.Values...)
	}
	return h.Sum()
}

func (d *Doc) proseDigest() digest.Digest {
	h := digest.New("prose").String(string(d.Prose))
	for _, hole := range d.Holes {
		end := int64(0)
		if hole.End {
			end = 1
		}
		h.Int(int64(hole.At), int64(hole.Ref), end)
	}
	for _, a := range d.Anchors {
		h.String(a.ID, a.Alias, a.Title).Int(int64(a.Level))
	}
	return h.Sum()
}
