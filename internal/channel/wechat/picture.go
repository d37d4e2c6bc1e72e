package wechat

import (
	"context"
	"html"
	"path"
	"slices"
	"strconv"
	"strings"

	nethtml "golang.org/x/net/html"

	"qinglian/internal/diag"
	"qinglian/internal/image"
	"qinglian/internal/site"
)

// fileOf is the picture that an element shows.
func (w *writer) fileOf(n *nethtml.Node) (f *site.File, ok bool) {
	number, err := strconv.Atoi(attribute(n, "src"))
	if err != nil || number >= len(w.files) {
		return nil, false
	}
	return w.files[number], true
}

// picture writes a picture of the text, with what it shows below it, unless the text says
// that there itself.
func (w *writer) picture(n *nethtml.Node) {
	f, ok := w.fileOf(n)
	switch alt := attribute(n, "alt"); {
	case ok && captioned(n, alt):
		w.open("section", "picture")
		w.img(w.named(f), alt, w.natural(f))
		w.close("section")
	case ok:
		w.shown(f, alt)
	}
}

// taken are the endings of the pictures that WeChat takes, and others is the folder
// of those that it does not.
var taken = []string{".jpg", ".png"}

const others = "others/"

// named is what a picture of the site is called in the fragment. Each is named of
// once.
func (w *writer) named(f *site.File) string {
	if name, known := w.pictures[f]; known {
		return name
	}
	end := ending(f)
	folder := others
	if slices.Contains(taken, end) {
		folder = "pictures/"
	}
	name := folder + strconv.Itoa(len(w.pictures)+1) + end
	w.pictures[f] = name
	w.article.Pictures = append(w.article.Pictures, Picture{Name: name, File: f})
	if drawnCover := f == w.page.CoverFile() && f.Picture != nil && f.Picture.Format == image.SVG; drawnCover {
		return name // of which covers reports it
	}
	if f.Picture == nil || !f.Picture.Scales() {
		d := diag.Diagnostic{Rule: "wechat-picture", Severity: diag.Warning,
			Message: diag.Say("公众号只收 JPEG 和 PNG 图片，“%s”不是",
				"WeChat takes JPEG and PNG only: not %s", path.Base(f.Source)),
			Hint: diag.Say("预览里复制时会转成 PNG 或 JPEG；或者另存一张 PNG 换上",
				"the preview's copy button turns it into a PNG or JPEG; or use a PNG instead")}
		if f.Picture == nil || f.Picture.Format != image.SVG {
			d.Hint = diag.Say("粘贴以后看看它还在不在，不在就单独上传；或者换成一张不动的图",
				"see whether it is there after pasting, else upload it by hand; or use a picture that does not move")
		}
		w.article.find(w.where(f, d))
	}
	return name
}

// shown writes a picture of the site.
func (w *writer) shown(f *site.File, caption string) { w.framed(f, caption, w.natural(f)) }

// framed writes a picture in a style, with what it shows below it.
func (w *writer) framed(f *site.File, caption, style string) {
	name := w.named(f)
	w.open("section", "picture")
	w.img(name, caption, style)
	w.close("section")
	if caption != "" {
		w.text("p", "caption", caption)
	}
}

func (w *writer) img(name, alt, style string) {
	w.write(`<img src="`, html.EscapeString(name), `" alt="`, html.EscapeString(alt),
		`" style="`, html.EscapeString(style), `">`)
}

// column is how wide WeChat's column is.
const column = 677 // px

// natural is the style of a picture that is as wide as it is, up to the column.
func (w *writer) natural(f *site.File) string {
	style := w.style["img"]
	if f.Picture == nil || f.Picture.Width == 0 || f.Picture.Width >= column {
		return style
	}
	return changed(style, "display:inline-block", "width:"+strconv.Itoa(f.Picture.Width)+"px", "max-width:100%")
}

// changed are declarations with others in place of those of the same properties.
func changed(style string, to ...string) string {
	property := func(declaration string) string {
		name, _, _ := strings.Cut(declaration, ":")
		return strings.TrimSpace(name)
	}
	var kept []string
	for declaration := range strings.SplitSeq(style, ";") {
		replaced := slices.ContainsFunc(to, func(d string) bool { return property(d) == property(declaration) })
		if property(declaration) != "" && !replaced {
			kept = append(kept, declaration)
		}
	}
	return strings.Join(append(kept, to...), ";")
}

// cells are how wide each of so many pictures side by side is.
var cells = map[int]string{2: "48.9%", 3: "32.2%", 4: "23.9%"}

// beside writes pictures side by side, so many to a row. What is no picture stands
// between the rows.
func (w *writer) beside(nodes []*nethtml.Node, columns int) {
	var row []*nethtml.Node
	rows := 0
	flush := func() {
		if len(row) > 0 {
			rows++
			w.row(row, columns)
			row = nil
		}
	}
	var each func(nodes []*nethtml.Node)
	each = func(nodes []*nethtml.Node) {
		for _, n := range nodes {
			switch {
			case n.Data == "img":
				if row = append(row, n); len(row) == columns {
					flush()
				}
			case n.Data == "p" && !says(n):
				each(children(n))
			case n.Type == nethtml.TextNode && !says(n):
			default:
				flush()
				w.blocks([]*nethtml.Node{n})
			}
		}
	}
	each(nodes)
	if rows == 0 && len(row) == 1 {
		w.picture(row[0])
		return
	}
	flush()
}

// row writes pictures in cells of equal width.
func (w *writer) row(pictures []*nethtml.Node, columns int) {
	w.styled("section", changed(w.style["picture"], "text-align:left"))
	for _, n := range pictures {
		f, known := w.fileOf(n)
		if !known {
			continue
		}
		w.styled("section", "display:inline-block;width:"+cells[columns]+";margin:0 1% 0 0;vertical-align:top")
		caption := attribute(n, "alt")
		w.img(w.named(f), caption, w.style["img"])
		if caption != "" {
			w.text("p", "caption", caption)
		}
		w.close("section")
	}
	w.close("section")
}

// ending is that of what will be made of a picture.
func ending(f *site.File) string {
	if f.Picture == nil {
		return path.Ext(f.Path)
	}
	return f.Picture.As(operation(f.Picture, f.Picture.Width)).Ext()
}

// where is the place in the article that shows a file.
func (w *writer) where(f *site.File, d diag.Diagnostic) diag.Diagnostic {
	if f == w.site.Follow {
		return d.Placed(w.site.Config.Where("wechat.follow.picture"))
	}
	for i, t := range w.page.Targets {
		if t.File == f {
			return d.Placed(w.page.Refs[i].Where)
		}
	}
	return d.In(w.page.Doc.Path)
}

// operation makes a picture at most so wide. Only what moves stays as it is.
func operation(i *image.Info, width int) image.Operation {
	o := image.Operation{Width: width}
	if i.Format == image.WebP {
		o.Format = image.PNG
		if !i.Alpha {
			o.Format = image.JPEG
		}
	}
	return o
}

// widths are tried from the widest on until the picture is small enough. The
// column is 677 px; a sharp screen shows two for one.
var widths = []int{1354, 1080, 900, 677, 480}

// Load reads the article's pictures and makes of them what WeChat takes. What it
// can't be made of is reported; an error is the machine's.
func (a *Article) Load(read func(file string) ([]byte, error)) error {
	budget := image.NewBudget(192 << 20)
	raw := map[string][]byte{}
	bytes := func(f *site.File) ([]byte, error) {
		if b, ok := raw[f.Source]; ok {
			return b, nil
		}
		b, err := read(f.Source)
		raw[f.Source] = b
		return b, err
	}
	for i, p := range a.Pictures {
		if p.Bytes != nil {
			continue
		}
		b, err := bytes(p.File)
		if err != nil {
			return err
		}
		if a.Pictures[i].Bytes, err = small(budget, p.File, b); err != nil {
			return err
		}
		if most := limit("picture").Most; len(a.Pictures[i].Bytes) > most {
			a.loaded = append(a.loaded,
				diag.Diagnostic{Rule: "wechat-picture", Severity: diag.Warning, File: p.File.Source,
					Message: diag.Say("这张图缩小以后还有 %d KB，公众号正文最多 %d KB",
						"scaled down this picture still has %d KB, WeChat takes %d", len(a.Pictures[i].Bytes)>>10,
						most>>10),
					Hint: diag.Say("换成 JPEG，或者自己压缩一下", "use a JPEG, or make it smaller yourself")})
		}
	}
	for i, c := range a.Covers {
		b, err := bytes(c.File)
		if err != nil {
			return err
		}
		if c.Drawn() {
			a.Covers[i].Bytes = b
			continue
		}
		made, err := image.Make(context.Background(), budget, c.File.Source, b, c.op)
		if err != nil {
			return err
		}
		a.Covers[i].Bytes = made[0].Bytes
	}
	a.Findings = slices.Concat(a.Findings, a.loaded)
	return nil
}

// small is a picture in the largest form that WeChat takes.
func small(budget *image.Budget, f *site.File, raw []byte) ([]byte, error) {
	if f.Picture == nil {
		return raw, nil
	}
	var last []byte
	for _, width := range widths {
		made, err := image.Make(context.Background(), budget, f.Source, raw, operation(f.Picture, width))
		if err != nil {
			return nil, err
		}
		last = made[0].Bytes
		if len(last) <= limit("picture").Most || !f.Picture.Scales() {
			break
		}
	}
	return last, nil
}
