package docx

import (
	"path"
	"strings"

	"qinglian/internal/manuscript"
	"qinglian/internal/ooxml"
)

// pictured reports whether there is a picture in an element.
func pictured(n *node) bool {
	if n.Name == "a:blip" || n.Name == "v:imagedata" {
		return true
	}
	for _, c := range n.Children {
		if pictured(c) {
			return true
		}
	}
	return false
}

// drawing reads what is drawn: pictures are kept, texts in boxes listed.
func (r *reader) drawing(n *node, l look) {
	d := drawn{reader: r, look: l}
	d.read(n)
}

type drawn struct {
	*reader
	look
	alt    string
	afloat bool // it stands beside the text
}

func (d *drawn) read(n *node) {
	switch n.Name {
	case "wp:docPr":
		d.alt = manuscript.MeantAlt(n.Attr("descr"))
	case "wp:anchor":
		d.afloat = true
	case "v:shape":
		d.afloat = d.afloat || strings.Contains(n.Attr("style"), "position:absolute")
		d.alt = manuscript.MeantAlt(n.Attr("alt"))
	case "w:txbxContent":
		d.omit(manuscript.TextBox, "", n)
		d.picturesIn(n)
		return
	case "v:textpath":
		d.omit(manuscript.Drawing, "", &node{Name: n.Name, Attrs: n.Attrs})
	case "c:chart":
		d.leave(manuscript.Omission{Why: manuscript.Drawing, What: d.target(n.Attr("r:id"))})
	case "o:OLEObject":
		inside := d.target(n.Attr("r:id"))
		d.used[inside] = true
		what := strings.TrimSpace(n.Attr("ProgID") + " " + inside)
		d.leave(manuscript.Omission{Why: manuscript.Embedded, What: what})
	case "a:blip", "v:imagedata":
		d.picture(n)
	case "mc:AlternateContent":
		d.alternate(n, d.read)
		return
	}
	if ooxml.HoldsText(n.Name) {
		d.omit(manuscript.Drawing, "", &node{Name: n.Name, Text: n.Text})
	}
	for _, c := range n.Children {
		d.read(c)
	}
}

// picturesIn keeps the pictures of a box whose text is listed.
func (d *drawn) picturesIn(n *node) {
	if n.Name == "a:blip" || n.Name == "v:imagedata" {
		d.picture(n)
	}
	for _, c := range n.Children {
		d.picturesIn(c)
	}
}

// picture takes a picture's file into the paragraph.
func (d *drawn) picture(n *node) {
	id := n.Attr("r:embed")
	for _, other := range []string{"r:id", "r:link"} {
		if id == "" {
			id = n.Attr(other)
		}
	}
	rel, ok := d.relations[id]
	switch {
	case !ok:
		return // an empty frame
	case rel.Outside:
		d.leave(manuscript.Omission{Why: manuscript.Elsewhere, What: rel.Target})
		return
	}
	d.used[rel.Target] = true
	if d.hidden == on {
		d.leave(manuscript.Omission{Why: manuscript.Hidden, What: path.Base(rel.Target)})
		return
	}
	number, ok := d.pictures[rel.Target]
	if !ok {
		content, refused := d.Content(rel.Target)
		end := manuscript.PictureEnding(content)
		switch {
		case refused.ZH != "":
			d.leave(manuscript.Omission{Why: manuscript.Unread, What: path.Base(rel.Target)})
			return
		case end == "":
			d.leave(manuscript.Omission{Why: manuscript.BadPicture, What: path.Base(rel.Target)})
			return
		}
		d.out.Pictures = append(d.out.Pictures, manuscript.Picture{Content: content, Ending: end, Alt: d.alt})
		number = len(d.out.Pictures)
		d.pictures[rel.Target] = number
	}
	d.line.spans = append(d.line.spans, manuscript.Span{Picture: number, Afloat: d.afloat})
}
