// Package wechat makes of an article's page the same story as an article of a
// WeChat official account: HTML to paste into its editor, with covers, title,
// digest and the address of the page for 阅读原文.
//
// # What WeChat keeps
//
// There are two filters, and the stricter one counts: what is pasted, and what is
// opened as a draft and saved again, loses every class, id, style and script
// element and whatever is positioned. [Contract] is the list of what stays, with
// where each line is known from. What is made here consists of nothing else
// ([Check]), and styles are literal values on each element.
//
//   - The outermost element loses its padding and background, so they stand on
//     elements inside it.
//   - Lists are paragraphs with a literal marker; an <li> is taken apart.
//   - In code a line break is <br>, and a space &nbsp; where it would be lost.
//   - A table stands in a section that scrolls, and says how wide its columns are.
//   - A signature, and what stands in the middle or at the right, is placed by
//     declarations on each line.
//   - Links out are removed for most accounts. Those to mp.weixin.qq.com stay, and
//     so do those to articles of the site that say where they are in WeChat; the
//     others are numbered and listed at the end, the first few that lead to the site
//     itself with a QR code. Where the page itself has more, 阅读原文 leads to it.
//
// # What of a page is in it
//
// Its text, and what it shows of its front matter. What is left out on purpose is in
// [LeftOut], with why.
//
// # Styles
//
// A theme's wechat.toml has styles by name, each a table of roles ([Roles]) with
// the declarations for the elements in that role. They are written where an
// element is written, so there is no style sheet to take apart afterwards; then
// what is inherited is taken out, since tags count as text. A style may name its
// main colours, which a site may then change, as it may the size of the text.
//
// # Numbers
//
// Characters are counted as code points, the content's size as bytes of UTF-8.
package wechat

import (
	"cmp"
	"slices"

	"qinglian/internal/diag"
	"qinglian/internal/display"
	"qinglian/internal/image"
	"qinglian/internal/site"
)

// Article is what an account's editor needs of a page.
type Article struct {
	Title     string
	Author    string
	Digest    string
	AI        string // the line about AI's part in it; may be empty
	SourceURL string // of the page, for 阅读原文; empty without a base_url
	Fragment  string // HTML, whose pictures are called by their names
	Covers    []Cover
	Pictures  []Picture
	Findings  diag.List

	mark   string    // of its kits
	loaded diag.List // what Load found
}

// Picture is one that the fragment shows.
type Picture struct {
	Name  string     // pictures/1.jpg, others/2.svg, codes/1.png
	File  *site.File // nil for what was made here
	Bytes []byte     // nil until [Article.Load]
}

// Cover is one of the two pictures that stand for the article: the wide one on
// top of a message, the square one below others. A drawing is cut by the browser
// that shows the preview, since nothing here turns one into pixels.
type Cover struct {
	Name   string // cover-wide.jpg; others/cover.svg, which is whole
	Width  int    // pixels
	Height int
	Crop   string // X1_Y1_X2_Y2 in parts of the picture, as draft/add takes it
	File   *site.File
	Bytes  []byte // nil until [Article.Load]

	op image.Operation
}

// The forms of covers (900×383 and 500×500 are what the editor shows).
var (
	wide   = image.Ratio{Width: 900, Height: 383}
	square = image.Ratio{Width: 1, Height: 1}
)

// Of makes the Article of a page in the style that the site's configuration
// chooses of its theme's; file finds a file of the theme. A diag.List is what is
// wrong with the styles.
func Of(s *site.Site, p *site.Page, file func(name string) (shown, text string, ok bool)) (Article, error) {
	shown, text, _ := file(StylesFile)
	all, problems := Styles(shown, text)
	if len(problems) > 0 {
		return Article{}, problems
	}
	style, problems := Choose(all, s.Config)
	if len(problems) > 0 {
		return Article{}, problems
	}
	return Compose(s, p, style)
}

// Compose makes the Article of a page in a style.
func Compose(s *site.Site, p *site.Page, style Style) (Article, error) {
	a := Article{Title: p.Card.Title, Author: cmp.Or(s.Config.WeChat.Author, p.Card.Author),
		Digest: p.Card.Summary, AI: p.AI(), mark: markOf(s, p)}
	if s.Config.BaseURL != "" {
		a.SourceURL = s.URL(p.Path)
	}
	if d, wrong := style.colourless(s.Config); wrong {
		a.find(d)
	}
	style = style.Dressed(s.Config, s.Config.Kinds[p.Card.Kind].Official)
	w := writer{site: s, page: p, display: display.New(s, display.Form{}), style: style, article: &a,
		pictures: map[*site.File]string{}, numbers: map[string]int{}, coded: map[string]bool{}}
	fragment, err := w.fragment()
	if err != nil {
		return Article{}, err
	}
	a.Fragment = fragment
	a.covers(p)
	for _, v := range Check(fragment) {
		a.find(diag.Diagnostic{Rule: "wechat-contract", Severity: diag.Error, File: p.Doc.Path,
			Message: diag.Say("做出来的文章里有微信不收的写法：%s", "the article has what WeChat drops: %s", v),
			Hint:    diag.Say("改主题的 wechat.toml，或者告诉我们", "mend the theme's wechat.toml, or tell us")})
	}
	a.limits(p, s.Config)
	a.Findings = a.Findings.Sort()
	return a, nil
}

// Restyled is the same article in another style, with the pictures that were loaded.
func (a Article) Restyled(other Article) Article {
	other.Pictures, other.Covers, other.loaded = a.Pictures, a.Covers, a.loaded
	other.Findings = slices.Concat(other.Findings, a.loaded)
	return other
}

func (a *Article) find(d diag.Diagnostic) { a.Findings = append(a.Findings, d) }

// Drawn reports whether the browser has to cut the cover.
func (c Cover) Drawn() bool { return c.Name == drawn }

const drawn = others + "cover.svg"

// covers plans the two cuts of the page's cover.
func (a *Article) covers(p *site.Page) {
	f := p.CoverFile()
	drawing := f != nil && f.Picture != nil && f.Picture.Format == image.SVG && f.Picture.Width > 0 &&
		f.Picture.Height > 0
	switch {
	case drawing:
		a.find(diag.Diagnostic{Rule: "wechat-cover", Severity: diag.Warning,
			Message: diag.Say("封面是 SVG 图，公众号不收", "the cover is an SVG, which WeChat does not take"),
			Hint: diag.Say("预览的“公众号”页把它裁成 JPEG，点一下就存下来；或者换成照片",
				"the preview's page for WeChat cuts JPEGs from it, to save with a click; or use a photograph"),
		}.Placed(p.Refs[p.Card.Cover].Where))
	case f == nil || f.Picture == nil || !f.Picture.Scales():
		a.find(diag.Diagnostic{Rule: "wechat-cover", Severity: diag.Warning,
			Message: diag.Say("没有可以裁成公众号封面的照片", "there is no photograph to cut covers from"),
			Hint:    diag.Say("在文章开头写 封面: 照片.jpg（JPEG 或 PNG）", "give a cover in the front matter, JPEG or PNG"),
		}.Placed(p.Doc.Where("cover")))
		return
	}
	focus := site.Focus(p.Card.Focus)
	for _, c := range []struct {
		name          string
		ratio         image.Ratio
		width, height int
	}{{"cover-wide.jpg", wide, wide.Width, wide.Height}, {"cover-square.jpg", square, 500, 500}} {
		cover := Cover{Name: c.name, Width: c.width, Height: c.height, Crop: f.Picture.Crop(c.ratio, focus), File: f,
			op: image.Operation{Ratio: c.ratio, Focus: focus, Width: c.width, Format: image.JPEG}}
		if drawing {
			cover.Name = drawn
		} else {
			cover.Width, cover.Height = f.Picture.Size(cover.op)
		}
		a.Covers = append(a.Covers, cover)
	}
}

// Named finds a picture or cover of the article by its name.
func (a Article) Named(name string) (bytes []byte, ok bool) {
	if i := slices.IndexFunc(a.Pictures, func(p Picture) bool { return p.Name == name }); i >= 0 {
		return a.Pictures[i].Bytes, true
	}
	if i := slices.IndexFunc(a.Covers, func(c Cover) bool { return c.Name == name }); i >= 0 {
		return a.Covers[i].Bytes, true
	}
	return nil, false
}
