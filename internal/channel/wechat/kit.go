package wechat

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"qinglian/internal/digest"
	"qinglian/internal/qr"
	"qinglian/internal/site"
)

// Kit is all of a loaded article as one zip, the same bytes each time:
//
//	article.html      to open in a browser, select all and copy; its pictures are
//	                  in it, since an editor can't fetch them from a folder
//	copy-sheet.txt    title, author, digest and so on, to copy from
//	cover-wide.jpg, cover-square.jpg
//	pictures/, codes/ what the article shows, to upload one by one
//	qr.png            the page's address, for posters
//	others/           what WeChat does not take as it is: drawings, moving pictures,
//	                  a drawn cover, and the page's address as a drawing
//
// It ends with a comment that says of which article it is, and seals it.
func (a Article) Kit() ([]byte, error) {
	files := map[string][]byte{"article.html": a.page(), "copy-sheet.txt": []byte(a.sheet())}
	for _, p := range a.Pictures {
		files[p.Name] = p.Bytes
	}
	for _, c := range a.Covers {
		files[c.Name] = c.Bytes
	}
	if a.SourceURL != "" {
		code, err := qr.Of(a.SourceURL)
		if err != nil {
			return nil, err
		}
		files["qr.png"], files[others+"qr.svg"] = code.PNG(), code.SVG()
	}
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range names {
		// A zip wants a time; the oldest that it can have says that there is none.
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate,
			Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(files[name]); err != nil {
			return nil, err
		}
	}
	if err := z.SetComment(a.mark + digest.Digest{}.String()); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	sealed := b.Bytes()[:b.Len()-sealSize]
	return append(sealed, digest.Of(sealed).String()...), nil
}

// sealSize is how long the seal of a kit is: the digest of all that stands before it.
const sealSize = 2 * len(digest.Digest{})

// markOf is what the comment of a page's kit begins with.
func markOf(s *site.Site, p *site.Page) string {
	return "qinglian wechat kit " + s.Config.ID + " " + p.Path + " "
}

// Replaces reports whether the kit may take the place of a file: that is a kit of the
// same article, and as it was made. Any other file is somebody's.
func (a Article) Replaces(old io.ReaderAt, size int64) (bool, error) {
	end := make([]byte, len(a.mark)+sealSize)
	if size < int64(len(end)) {
		return false, nil
	}
	if _, err := old.ReadAt(end, size-int64(len(end))); err != nil && err != io.EOF {
		return false, err
	}
	seal, ours := strings.CutPrefix(string(end), a.mark)
	if !ours {
		return false, nil
	}
	sum, err := digest.OfAll(io.NewSectionReader(old, 0, size-int64(sealSize)))
	return err == nil && sum.String() == seal, err
}

// types are those of the pictures that a browser shows.
var types = map[string]string{".jpg": "image/jpeg", ".png": "image/png", ".gif": "image/gif", ".svg": "image/svg+xml"}

// page is the fragment in a page of its own, as wide as WeChat's column, with its
// pictures in it.
func (a Article) page() []byte {
	within := a.WithPictures(func(p Picture) string {
		kind, ok := types[path.Ext(p.Name)]
		if !ok {
			return p.Name
		}
		return "data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(p.Bytes)
	})
	return fmt.Appendf(nil, `<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>%s</title>
<style>body{margin:0 auto;max-width:677px;font-family:sans-serif}p,blockquote{margin:0}</style></head>
<body>%s</body></html>
`, html.EscapeString(a.Title), within)
}

// WithPictures is the fragment with its pictures at other addresses.
func (a Article) WithPictures(address func(Picture) string) string {
	src := func(address string) string { return ` src="` + html.EscapeString(address) + `"` }
	var pairs []string
	for _, p := range a.Pictures {
		pairs = append(pairs, src(p.Name), src(address(p)))
	}
	return strings.NewReplacer(pairs...).Replace(a.Fragment)
}

// sheet is what is typed into the editor's fields, in their order. Lines end as
// Notepad wants it.
func (a Article) sheet() string {
	var b strings.Builder
	part := func(label, text string) {
		fmt.Fprintf(&b, "【%s】\r\n%s\r\n\r\n", label, cmp.Or(text, "（没有）"))
	}
	part("标题", a.Title)
	part("作者", a.Author)
	part("摘要", a.Digest)
	part("原文链接", a.SourceURL)
	if a.AI != "" {
		part("人工智能", a.AI+"：文末已经注明；公众号还要求发布者自己声明，发表前在编辑器里选上")
	}
	for _, c := range a.Covers {
		fmt.Fprintf(&b, "【封面 %d×%d】\r\n%s\r\n接口的 pic_crop：%s\r\n\r\n", c.Width, c.Height, c.Name, c.Crop)
	}
	if len(a.Pictures) > 0 {
		b.WriteString("【图片，按出现的先后；others/ 里的公众号不收，要先另存】\r\n")
		for _, p := range a.Pictures {
			b.WriteString(p.Name + "\r\n")
		}
		b.WriteString("\r\n")
	}
	if len(a.Findings) > 0 {
		b.WriteString("【留意】\r\n")
		for _, d := range a.Findings {
			b.WriteString(d.Message.ZH + "。" + d.Hint.ZH + "\r\n")
		}
	}
	return b.String()
}
