package markdown

import (
	"bytes"
	"net/url"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"qinglian/internal/diag"
)

func (r *renderer) image(n *ast.Image) {
	alt := words(n, r.source)
	if r.plain {
		r.write(`<img src="`)
		r.html = append(r.html, util.EscapeHTML(util.URLEscape(n.Destination, true))...)
		r.write(`" alt="`, string(util.EscapeHTML([]byte(alt))), `"`)
		r.titleAttr(n.Title)
		r.write(">")
		return
	}
	r.picture(r.linkSpan(n), typed(n.Destination), alt, plainText(n.Title))
}

// picture leaves the hole of a picture, or writes a link to one of another site.
func (r *renderer) picture(s span, address, alt, title string) {
	if dest, sort := classify(address); sort == outside && !r.ownOnly {
		r.outsidePicture(s, dest, alt, title)
		return
	}
	if ref := r.pictureRef(s, address, alt, title); ref >= 0 {
		r.out.Holes = append(r.out.Holes, Hole{At: len(r.html), Ref: ref})
		r.facts.picture(s, ref)
		r.said = nil
	}
}

// outsidePicture writes what stands in place of a picture of another site: a link to
// it, or in a link its words alone.
func (r *renderer) outsidePicture(s span, dest, alt, title string) {
	r.problemOver(s, diag.Diagnostic{Rule: "outside-picture", Severity: diag.Warning,
		Message: diag.Say("图片在别的网站 %s 上，原处换成了链接",
			"the picture is on another site, %s; a link stands in its place", Host(dest)),
		Hint: download})
	if last := len(r.out.Holes) - 1; bytes.HasSuffix(r.html, []byte("</a>")) &&
		(last < 0 || r.out.Holes[last].At < len(r.html)) {
		r.write(" ") // pictures stand apart without one
	}
	text := []byte("图片")
	for _, given := range []string{alt, title} {
		if given = strings.TrimSpace(given); given != "" {
			text = []byte(given)
			break
		}
	}
	linked := r.linked || slices.ContainsFunc(r.open, func(e element) bool { return e.name == "a" })
	link := element{}
	if !linked {
		link, _ = r.startLink(s, dest, "")
	}
	r.facts.outsidePicture(s, string(text))
	r.literal(text)
	if !linked {
		r.end(link)
	}
}

var download = diag.Say("把图片下载下来，放在文章旁边，写成 ![说明](图片.png)",
	"put the picture beside the article and write ![text](picture.png)")

// Host is the site of an address, for messages: all pictures of one are one mistake.
func Host(address string) string {
	address, _ = classify(address)
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		address = strings.ToLower(u.Host)
	}
	return short(address)
}

// short is the beginning of an address: a picture may be written into one.
func short(dest string) string {
	const most = 60
	if r := []rune(dest[:min(len(dest), 4*most+4)]); len(r) > most {
		return string(r[:most]) + "…"
	}
	return dest
}

// pictureRef is the Ref of a picture; -1 if it can't be one.
func (r *renderer) pictureRef(s span, address, alt, title string) int {
	dest, sort := classify(address)
	switch {
	case local(dest):
		r.localPath(s, dest, true)
		return -1
	case sort == outside:
		r.problemOver(s, diag.Diagnostic{Rule: "outside-picture", Severity: diag.Error,
			Message: diag.Say("图片在别的网站 %s 上，不在本站", "the picture is on another site, %s", Host(dest)), Hint: download})
		return -1
	case unshown().MatchString(dest):
		r.problemOver(s, diag.Diagnostic{Rule: "unshown-picture", Severity: diag.Error,
			Message: diag.Say("浏览器不能显示图片“%s”这种格式", "browsers can't show the picture %q", dest),
			Hint: diag.Say("用看图软件另存为 .jpg；苹果手机可在“设置、相机、格式”里选“兼容性最佳”",
				"save it as .jpg; on an iPhone choose Settings, Camera, Formats, Most Compatible")})
		return -1
	case sort != inside:
		r.problemOver(s, diag.Diagnostic{Rule: "outside-picture", Severity: diag.Error,
			Message: diag.Say("图片“%s”不是本站的文件", "the picture %q is not a file of this site", short(dest)),
			Hint: diag.Say("把图片存成文件，放在文章旁边，写成 ![说明](图片.png)",
				"save the picture as a file beside the article and write ![text](picture.png)")})
		return -1
	}
	path, _, _ := strings.Cut(dest, "?")
	r.out.Refs = append(r.out.Refs, Ref{Image: true, Dest: decode(path), Alt: alt, Title: title, Where: r.where(s)})
	return len(r.out.Refs) - 1
}
