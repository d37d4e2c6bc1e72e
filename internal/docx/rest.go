package docx

import (
	"path"
	"strconv"
	"strings"

	"qinglian/internal/diag"
	"qinglian/internal/manuscript"
	"qinglian/internal/ooxml"
)

// note takes the mark of a note into the paragraph. Its text is read now, by the
// relations of its own part.
func (r *reader) note(kind, id string, l look) {
	own, _ := r.field()
	n := r.noteParts[kind].byID[id]
	if n == nil || r.within || own || l.hidden == on {
		return // what nothing refers to is listed in the end
	}
	number, ok := r.notes[n]
	if !ok {
		number = len(r.out.Notes) + 1
		r.notes[n] = number
		r.out.Notes = append(r.out.Notes, nil)
		r.out.Notes[number-1] = r.noteBlocks(kind, n)
	}
	r.line.spans = append(r.line.spans, manuscript.Span{Note: number})
}

// notePart is a part with notes.
type notePart struct {
	notes     []*node
	byID      map[string]*node
	relations map[string]ooxml.Relation
}

func (r *reader) noteBlocks(kind string, n *node) []manuscript.Block {
	relations, fields, outer := r.relations, r.fields, r.line
	r.relations, r.fields, r.within = r.noteParts[kind].relations, nil, true
	left := len(r.out.Left)
	blocks := r.blocks(n)
	if len(r.fields) > 0 { // one has no end: the note is read without them
		r.out.Left, r.fields, r.deeper, r.bare = r.out.Left[:left], nil, 0, true
		blocks = r.blocks(n)
		r.bare = false
	}
	r.relations, r.fields, r.within, r.line = relations, fields, false, outer
	return blocks
}

// noteKinds are the sorts of notes.
var noteKinds = []string{"footnote", "endnote"}

// readNotes reads the parts with the notes.
func (r *reader) readNotes() (refused diag.Text) {
	for _, kind := range noteKinds {
		name := r.related(kind + "s")
		p := notePart{byID: map[string]*node{}}
		root, refused := r.Tree(name)
		if refused != (diag.Text{}) {
			return refused
		}
		if root != nil {
			p.notes = root.Children
		}
		for _, n := range p.notes {
			p.byID[n.Attr("id")] = n
		}
		if p.relations, refused = r.Relations(name); refused != (diag.Text{}) {
			return refused
		}
		r.noteParts[kind] = p
	}
	return refused
}

// rest lists what the text does not show: notes without a mark, comments, headers, and
// every other part that has a text.
func (r *reader) rest() {
	r.line = line{}
	r.spareNotes()
	for _, name := range r.Names {
		switch {
		case r.used[name]:
		case strings.HasSuffix(name, ".xml"):
			r.spare(name)
		case strings.Contains(name, "/embeddings/"):
			r.leave(manuscript.Omission{Why: manuscript.Embedded, What: name})
		case strings.Contains(name, "/media/"):
			r.leave(manuscript.Omission{Why: manuscript.Unused, What: name})
		}
	}
}

// spareNotes lists the notes that no mark refers to.
func (r *reader) spareNotes() {
	for _, kind := range noteKinds {
		for _, n := range r.noteParts[kind].notes {
			if _, ok := r.notes[n]; !ok {
				r.omit(manuscript.Unused, "", n)
			}
		}
	}
}

// spare lists the text of a part that is not read otherwise.
func (r *reader) spare(name string) {
	root, refused := r.Tree(name)
	if refused != (diag.Text{}) {
		if !strings.HasPrefix(name, "customxml/") { // data of other programs, in any encoding
			r.leave(manuscript.Omission{Why: manuscript.Unread, What: name})
		}
		return
	}
	switch base := path.Base(name); {
	case strings.HasPrefix(base, "header") || strings.HasPrefix(base, "footer"):
		r.omit(manuscript.Header, "", root)
	case strings.HasPrefix(base, "comments"):
		r.comments(root)
	case strings.Contains(name, "/charts/") || strings.Contains(name, "/diagrams/"):
		r.omit(manuscript.Drawing, "", root)
	default:
		r.omit(manuscript.Unused, "", root)
	}
}

// comments lists the comments, each with its author and its place.
func (r *reader) comments(root *node) {
	for _, n := range root.Children {
		if text := said(n); strings.TrimSpace(text) != "" {
			after, placed := r.anchors[n.Attr("id")]
			r.leave(manuscript.Omission{Why: manuscript.Comment, By: n.Attr("author"), Text: text,
				After: after, First: placed && after == ""})
		}
	}
}

// symbols are the signs of fonts of symbols that have a character of their own.
var symbols = map[string]map[uint64]rune{
	"wingdings": {0x6c: '●', 0x6e: '■', 0x75: '◆', 0x76: '❖', 0xa7: '▪', 0xa8: '□', 0xd8: '➢', 0xe0: '→',
		0xfb: '✗', 0xfc: '✓', 0xfd: '☒', 0xfe: '☑'},
	"wingdings 2": {0x50: '✓', 0x51: '☒', 0x52: '☑', 0x54: '☒', 0xa3: '□', 0x2a: '□'},
	"symbol":      {0xb7: '•', 0xb4: '×', 0xb1: '±', 0xb0: '°', 0xa3: '≤', 0xb3: '≥'},
}

// legible is a text in which signs of the fonts of symbols are characters of their own:
// they are typed as private ones, which readers see as empty boxes.
func (r *reader) legible(text string) string {
	return strings.Map(func(c rune) rune {
		if c < 0xf020 || c > 0xf0ff {
			return c
		}
		for _, font := range []string{"wingdings", "symbol"} {
			if own, ok := symbols[font][uint64(c&0xff)]; ok {
				return own
			}
		}
		r.leave(manuscript.Omission{Why: manuscript.Symbol, What: strconv.FormatInt(int64(c), 16)})
		return -1
	}, text)
}

// symbol reads a character of a font of symbols.
func (r *reader) symbol(n *node, l look) {
	font := n.Attr("font")
	code, err := strconv.ParseUint(n.Attr("char"), 16, 32)
	if c, ok := symbols[strings.ToLower(font)][code&0xff]; err == nil && ok {
		r.text(string(c), l, true)
		return
	}
	if err == nil && (code < 0xe000 || code > 0xf8ff) && code >= 0x20 {
		r.text(string(rune(code)), l, true)
		return
	}
	r.leave(manuscript.Omission{Why: manuscript.Symbol, What: font + " " + n.Attr("char")})
}
