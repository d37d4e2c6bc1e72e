package display

import (
	"strconv"
	"strings"

	"qinglian/internal/content"
	"qinglian/internal/digest"
	"qinglian/internal/image"
	"qinglian/internal/site"
	"qinglian/internal/view"
)

// Variant is a published file that is made of a picture.
type Variant struct {
	Source    string // content/examples/hall.jpg
	Operation image.Operation
	Path      string // examples/hall.480w.jpg
	First     bool   // of its picture's
}

// pictures are all that pages show of pictures. They are planned before the first
// page is made, and not changed afterwards.
type pictures struct {
	ratio    image.Ratio // of covers
	shown    map[form]*picture
	shares   map[form]string
	variants []Variant
	begun    map[string]bool // files of which there is a variant
}

// picture is a picture in one form, as pages show it: a file for each width,
// from narrow to wide. The last is for browsers that can't choose.
type picture struct{ files []pictureFile }

type pictureFile struct {
	path          string
	width, height int // 0 for a drawing that does not say
}

// form is what is shown of a picture.
type form struct {
	file  string
	ratio image.Ratio
	focus content.Focus
}

// plan finds all that pages may show of a site's pictures: each whole, covers as
// the theme wants them, and what stands for a page elsewhere.
func plan(s *site.Site, ratio image.Ratio) pictures {
	all := pictures{ratio: ratio, shown: make(map[form]*picture, 2*len(s.Files)), shares: map[form]string{},
		variants: make([]Variant, 0, 4*len(s.Files)), begun: make(map[string]bool, len(s.Files))}
	for i := range s.Files {
		if s.Files[i].Picture != nil {
			all.planWhole(&s.Files[i])
		}
	}
	named := []*site.File{s.Brand.Logo, s.Brand.Hero}
	for _, m := range s.Marks {
		named = append(named, m.Picture)
	}
	for _, f := range named {
		if f != nil {
			all.planWhole(f)
		}
	}
	for _, pages := range [][]*site.Page{s.Pages, s.Texts} {
		for _, p := range pages {
			for _, t := range p.Targets {
				if t.File != nil {
					all.planWhole(t.File) // one of static/ is not among the site's files
				}
			}
			if f := p.CoverFile(); f != nil {
				as, name := all.coverForm(f, p.Card.Focus)
				all.plan(f, as, name)
			}
			if f, point := sharedPicture(p); f != nil && !f.Static() && s.Config.BaseURL != "" {
				all.planShare(f, point)
			}
		}
	}
	return all
}

// Variants are the files that must be made for what is shown, each once.
func (d *Display) Variants() []Variant { return d.pictures.variants }

func wholeForm(f *site.File) form { return form{file: f.Source} }

func (c *pictures) planWhole(f *site.File) { c.plan(f, wholeForm(f), "") }

// coverForm is how lists show a cover, and what tells its files' names apart.
func (c *pictures) coverForm(f *site.File, focus content.Focus) (as form, name string) {
	if f.Picture == nil || !f.Picture.Scales() || f.Static() || c.ratio == (image.Ratio{}) {
		return wholeForm(f), ""
	}
	return form{f.Source, c.ratio, focus}, "cover" + focused(focus)
}

// whole is a picture as an article shows it. One of static/ is published as it
// is.
func (c *pictures) whole(f *site.File) *picture { return c.shown[wholeForm(f)] }

// maybe is a picture as it is; none for none.
func (c *pictures) maybe(f *site.File) *picture {
	if f == nil {
		return nil
	}
	return c.whole(f)
}

// Whole puts a picture as an article shows it.
func (d *Display) Whole(s *Sink, to **view.Picture, f *site.File) { s.Picture(to, d.pictures.whole(f)) }

// cover is a page's cover as lists show it; nil without one.
func (c *pictures) cover(p *site.Page) *picture {
	f := p.CoverFile()
	if f == nil {
		return nil
	}
	as, _ := c.coverForm(f, p.Card.Focus)
	return c.shown[as]
}

// linked is the picture that a link leads to; nil if it leads elsewhere.
func (c *pictures) linked(t site.Target) *picture {
	if t.File == nil || t.File.Picture == nil {
		return nil
	}
	return c.whole(t.File)
}

// focused tells apart what is cut from one picture around two points.
func focused(f content.Focus) string {
	if f == (content.Focus{}) {
		return ""
	}
	right, down := f.Point()
	return "-" + strconv.Itoa(right) + "x" + strconv.Itoa(down)
}

// plan plans a picture in a form. name stands in the names of its files.
func (c *pictures) plan(f *site.File, as form, name string) {
	if c.shown[as] != nil {
		return
	}
	made := &picture{}
	c.shown[as] = made
	if f.Picture == nil || f.Static() {
		only := pictureFile{path: f.Path}
		if f.Picture != nil {
			only.width, only.height = f.Picture.Width, f.Picture.Height
		}
		made.files = []pictureFile{only}
		return
	}
	widths := f.Picture.Widths(as.ratio)
	for i, width := range widths {
		op := image.Operation{Ratio: as.ratio, Focus: site.Focus(as.focus), Width: width}
		file := pictureFile{path: f.Path}
		file.width, file.height = f.Picture.Size(op)
		if i < len(widths)-1 || name != "" {
			file.path = named(f, op, strings.TrimPrefix(name+"-"+strconv.Itoa(width)+"w", "-"))
		}
		c.add(f, op, file.path)
		made.files = append(made.files, file)
	}
}

func (c *pictures) add(f *site.File, op image.Operation, path string) {
	c.variants = append(c.variants, Variant{f.Source, op, path, !c.begun[f.Source]})
	c.begun[f.Source] = true
}

// named is the path of something that is made of a picture:
// examples/hall.480w.jpg. An ending that is not the result's stays
// (hall.png.share.jpg), since hall.jpg and hall.png may lie in one folder. A dot
// can't come from a writer's own file name that was shortened, so none has it by
// chance.
func named(f *site.File, op image.Operation, what string) string {
	ext := f.Picture.As(op).Ext()
	return strings.TrimSuffix(f.Path, ext) + "." + what + ext
}

// sharedPicture is the picture that stands for a page elsewhere, with the point
// around which it may be cut: the page's cover, else the first picture of its
// text; nil without one.
func sharedPicture(p *site.Page) (f *site.File, point content.Focus) {
	for _, f := range append([]*site.File{p.CoverFile()}, p.PictureFiles()...) {
		if f == nil || f.Picture == nil || f.Picture.Format == image.SVG {
			continue // programs that show it want pixels
		}
		if f == p.CoverFile() {
			point = p.Card.Focus
		}
		return f, point
	}
	return nil, content.Focus{}
}

// Share is the published path of the picture that stands for a page elsewhere:
// one of its own, else the site's; "" if there is none, or no address of the
// site, which it would be part of.
func (d *Display) Share(p *site.Page) string {
	if d.site.Config.BaseURL == "" {
		return ""
	}
	f, point := sharedPicture(p)
	switch {
	case f == nil:
		return d.site.Picture
	case f.Static():
		return f.Path
	}
	as, _ := shareForm(f, point)
	return d.pictures.shares[as]
}

func shareForm(f *site.File, point content.Focus) (form, image.Operation) {
	op := f.Picture.Share(site.Focus(point))
	if op.Ratio == (image.Ratio{}) {
		point = content.Focus{} // nothing is cut
	}
	return form{file: f.Source, focus: point}, op
}

func (c *pictures) planShare(f *site.File, point content.Focus) {
	as, op := shareForm(f, point)
	if _, planned := c.shares[as]; planned {
		return
	}
	c.shares[as] = named(f, op, "share"+focused(as.focus))
	c.add(f, op, c.shares[as])
}

// digest adds up a picture as pages show it; it may be nil.
func (p *picture) digest(h *digest.Hash) {
	if p == nil {
		h.Int(0)
		return
	}
	h.Int(int64(len(p.files)))
	for _, f := range p.files {
		h.String(f.path).Int(int64(f.width), int64(f.height))
	}
}

// view is the picture for a template.
func (p *picture) view(link linking) *view.Picture {
	if p == nil {
		return nil
	}
	last := p.files[len(p.files)-1]
	v := &view.Picture{URL: link(last.path), Width: last.width, Height: last.height}
	if len(p.files) > 1 {
		var set []string
		for _, f := range p.files {
			set = append(set, link(f.path)+" "+strconv.Itoa(f.width)+"w")
		}
		v.SrcSet = strings.Join(set, ", ")
	}
	return v
}
