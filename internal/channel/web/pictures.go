package web

import (
	"io"
	"strconv"
	"strings"

	"qinglian/internal/build"
	"qinglian/internal/content"
	"qinglian/internal/digest"
	"qinglian/internal/image"
	"qinglian/internal/site"
	"qinglian/internal/view"
)

// Make plans what an operation makes of a picture's file: the digest of what it
// is made from, and how it is made.
type Make func(file string, op image.Operation) (digest.Digest, func(io.Writer) error)

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

// pictures plans the files of pictures, each once. The first output of each
// picture comes before the others of all: who renders one makes all that is
// wanted of its picture, for which nobody should have to wait.
type pictures struct {
	make   Make
	shown  map[form]*picture
	shares map[form]string
	begun  map[string]bool // files of which there is an output
	first  []build.Output
	rest   []build.Output
}

// whole is a picture as an article shows it. One of static/ is published as it
// is.
func (c *pictures) whole(f *site.File) *picture {
	return c.show(f, form{file: f.Source}, "")
}

// cover is a page's cover as lists show it, in the form that the theme wants; nil
// without one.
func (c *composer) cover(p *site.Page) *picture {
	f := p.CoverFile()
	switch {
	case f == nil:
		return nil
	case f.Picture == nil || !f.Picture.Scales() || f.Static() || c.theme.Cover == (image.Ratio{}):
		return c.pictures.whole(f)
	}
	return c.pictures.show(f, form{f.Source, c.theme.Cover, p.Card.Focus}, "cover"+focused(p.Card.Focus))
}

// focused tells apart what is cut from one picture around two points.
func focused(f content.Focus) string {
	if f == (content.Focus{}) {
		return ""
	}
	return "-" + strconv.Itoa(50+f.Right) + "x" + strconv.Itoa(50+f.Down)
}

// show is a picture in a form. name stands in the names of its files.
func (c *pictures) show(f *site.File, as form, name string) *picture {
	if made := c.shown[as]; made != nil {
		return made
	}
	made := &picture{}
	c.shown[as] = made
	if f.Picture == nil || f.Static() {
		only := pictureFile{path: f.Path}
		if f.Picture != nil {
			only.width, only.height = f.Picture.Width, f.Picture.Height
		}
		made.files = []pictureFile{only}
		return made
	}
	widths := f.Picture.Widths(as.ratio)
	for i, width := range widths {
		op := image.Operation{Ratio: as.ratio, Focus: site.Focus(as.focus), Width: width}
		file := pictureFile{path: f.Path}
		file.width, file.height = f.Picture.Size(op)
		if i < len(widths)-1 || name != "" {
			file.path = named(f, op, strings.TrimPrefix(name+"-"+strconv.Itoa(width)+"w", "-"))
		}
		c.plan(f, op, file.path)
		made.files = append(made.files, file)
	}
	return made
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

func (c *pictures) plan(f *site.File, op image.Operation, path string) {
	from, render := c.make(f.Source, op)
	to := &c.rest
	if !c.begun[f.Source] {
		c.begun[f.Source] = true
		to = &c.first
	}
	*to = append(*to, build.Output{Path: path, Rank: build.Asset, Source: f.Source,
		Key: digest.New("picture").Digest(from, op.Digest()).Sum(), Render: render})
}

// share is the published path of the picture that stands for a page elsewhere:
// its cover, else the first picture of its text, else the site's; "" if there is
// none, or no address of the site, which it would be part of.
func (c *composer) share(p *site.Page) string {
	if c.site.Config.BaseURL == "" {
		return ""
	}
	for _, f := range append([]*site.File{p.CoverFile()}, p.PictureFiles()...) {
		if f == nil || f.Picture == nil || f.Picture.Format == image.SVG {
			continue // programs that show it want pixels
		}
		if f.Static() {
			return f.Path
		}
		point := content.Focus{}
		if f == p.CoverFile() {
			point = p.Card.Focus
		}
		return c.pictures.share(f, point)
	}
	return c.site.Picture
}

func (c *pictures) share(f *site.File, point content.Focus) string {
	op := f.Picture.Share(site.Focus(point))
	if op.Ratio == (image.Ratio{}) {
		point = content.Focus{} // nothing is cut
	}
	as := form{file: f.Source, focus: point}
	if path, ok := c.shares[as]; ok {
		return path
	}
	path := named(f, op, "share"+focused(point))
	c.shares[as] = path
	c.plan(f, op, path)
	return path
}

// planPictures plans all that pages show of pictures, before the first page is
// rendered.
func (c *composer) planPictures() {
	for i := range c.site.Files {
		if f := &c.site.Files[i]; f.Picture != nil {
			c.pictures.whole(f)
		}
	}
	for _, pages := range [][]*site.Page{c.site.Pages, c.site.Texts} {
		for _, p := range pages {
			c.cover(p)
			c.share(p)
		}
	}
}

// ownPictures stands for what an article's page shows of pictures that neither
// its card nor its text does: all of the cover, and the picture for sharing.
func (c *composer) ownPictures(p *site.Page) digest.Digest {
	var cover *picture
	if f := p.CoverFile(); f != nil {
		cover = c.pictures.whole(f)
	}
	return digest.New("pictures").String(cover.id(), c.share(p)).Sum()
}

// id stands for a picture as pages show it.
func (p *picture) id() string {
	if p == nil {
		return ""
	}
	var b []byte
	for _, f := range p.files {
		b = append(b, f.path...)
		b = strconv.AppendInt(append(b, ' '), int64(f.width), 10)
		b = strconv.AppendInt(append(b, 'x'), int64(f.height), 10)
	}
	return string(b)
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
