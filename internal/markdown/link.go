package markdown

import (
	"bytes"
	"net/url"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"qinglian/internal/diag"
)

// target says what sort of address was typed.
type target int

const (
	inside  target = iota // a file of the site: a hole
	anchor                // a place on the same page
	outside               // another site
	contact               // mailto: or tel:
	refused               // a scheme that does not belong into an article
)

// classify looks at an address the way a browser would: control characters and
// spaces around or inside it do not hide its scheme.
func classify(dest string) (string, target) {
	clean := strings.Map(func(c rune) rune {
		if c < 0x20 || c == 0x7f {
			return -1
		}
		return c
	}, strings.TrimSpace(dest))
	lower := strings.ToLower(clean)
	switch {
	case strings.HasPrefix(clean, "#"):
		return clean, anchor
	case strings.HasPrefix(lower, "http://"), strings.HasPrefix(lower, "https://"):
		return clean, outside
	case strings.HasPrefix(clean, "//"):
		return "https:" + clean, outside
	case strings.HasPrefix(lower, "mailto:"), strings.HasPrefix(lower, "tel:"):
		return clean, contact
	}
	for i, c := range lower {
		switch {
		case 'a' <= c && c <= 'z', i > 0 && ('0' <= c && c <= '9' || strings.ContainsRune("+-.", c)):
			continue
		case c == ':' && i > 0:
			return clean, refused
		}
		break
	}
	return clean, inside
}

// typed is an address as the writer meant it: entities and backslashes resolved,
// the backslashes of Windows paths turned, slips mended.
func typed(dest []byte) string {
	s := plainText(dest)
	if local(s) {
		return s
	}
	return meant(strings.ReplaceAll(s, `\`, "/"))
}

func decode(s string) string {
	if d, err := url.PathUnescape(s); err == nil {
		return d
	}
	return s
}

func (r *renderer) link(n *ast.Link) {
	dest := typed(n.Destination)
	if r.plain {
		r.write(`<a href="`)
		r.html = append(r.html, util.EscapeHTML(util.URLEscape(n.Destination, true))...)
		r.write(`"`)
		r.titleAttr(n.Title)
		r.write(">")
		r.children(n)
		r.write("</a>")
		return
	}
	r.endRaw("a") // no link stands in another
	link, ok := r.startLink(r.linkSpan(n), dest, plainText(n.Title))
	r.linked = ok
	r.inside(n)
	r.linked = false
	if ok {
		r.end(link)
	}
}

// startLink writes the start tag of a link, or leaves its hole. ok is false if
// it can't be one: then it has no end either.
func (r *renderer) startLink(s span, address, title string) (link element, ok bool) {
	dest, sort := classify(address)
	if local(dest) {
		r.localPath(s, dest, false)
		return element{}, false
	}
	link = element{name: "a", ref: -1}
	switch sort {
	case anchor:
		id := decode(dest[1:])
		r.localTag(s, id, title)
	case outside:
		r.linkTag(escapeURL(dest), title, ` class="external" rel="external noopener noreferrer"`)
	case contact:
		r.linkTag(escapeURL(dest), title, "")
	case refused:
		r.unsafeLink(s, dest)
		return element{}, false
	default:
		link.ref = r.fileRef(s, dest, title)
		r.out.Holes = append(r.out.Holes, Hole{At: len(r.html), Ref: link.ref})
	}
	r.facts.link(s, dest, &link)
	return link, true
}

// localTag writes the start tag of a link to a place of the same text.
func (r *renderer) localTag(s span, id, title string) {
	r.write(`<a href="#`)
	begin := len(r.html)
	r.html = appendEscaped(r.html, url.PathEscape(id))
	r.local = append(r.local, localLink{id, "", begin, len(r.html) - begin, r.where(s)})
	r.write(`"`)
	r.attribute("title", title)
	r.write(">")
}

func (r *renderer) linkTag(href, title, rest string) {
	r.write(`<a href="`)
	r.html = appendEscaped(r.html, href)
	r.write(`"`)
	r.attribute("title", title)
	r.write(rest, ">")
}

// escapeURL escapes an address for HTML, which it doesn't need if it consists
// of letters and the usual signs.
func escapeURL(dest string) string {
	for i := range len(dest) {
		if c := dest[i]; !alphanumeric(rune(c)) && strings.IndexByte("-._~:/?#&=,+@", c) < 0 {
			return string(util.URLEscape([]byte(dest), false))
		}
	}
	return dest
}

// fileRef enters an article or file of the site into the text's Refs.
func (r *renderer) fileRef(s span, dest, title string) int {
	path, fragment, _ := strings.Cut(dest, "#")
	path, _, _ = strings.Cut(path, "?")
	r.out.Refs = append(r.out.Refs, Ref{Dest: decode(path), Anchor: decode(fragment), Title: title, Where: r.where(s)})
	return len(r.out.Refs) - 1
}

func (r *renderer) unsafeLink(s span, dest string) {
	r.problemOver(s, diag.Diagnostic{Rule: "unsafe-link", Severity: diag.Error,
		Message: diag.Say("链接地址“%s”不能用", "the link address %q is not allowed", dest),
		Hint: diag.Say("只能用 https:// 开头的网址、本站文件、电话 tel: 和邮箱 mailto:",
			"use an https:// address, a file of this site, tel: or mailto:")})
}

func (r *renderer) titleAttr(title []byte) {
	if title != nil {
		r.write(` title="`)
		r.html = appendText(r.html, title)
		r.write(`"`)
	}
}

func (r *renderer) autoLink(n *ast.AutoLink) {
	dest := n.URL(r.source)
	if n.AutoLinkType == ast.AutoLinkEmail && !bytes.HasPrefix(bytes.ToLower(dest), []byte("mailto:")) {
		dest = append([]byte("mailto:"), dest...)
	}
	label := n.Label(r.source)
	if r.plain {
		r.write(`<a href="`)
		r.html = append(r.html, util.EscapeHTML(util.URLEscape(dest, false))...)
		r.write(`">`, string(util.EscapeHTML(label)), "</a>")
		return
	}
	s := span{n.Pos(), n.Pos() + len(label)}
	shown := text.NewSegment(s.at, s.end)
	if r.source[s.at] == '<' {
		s.end, shown = s.end+len("<>"), text.NewSegment(s.at+1, s.end+1)
	}
	if linked(n) {
		r.literal(label)
		r.facts.literal(n, shown, 0)
		return
	}
	link, ok := r.startLink(s, string(dest), "")
	r.literal(label)
	r.facts.literal(n, shown, 0)
	if ok {
		r.end(link)
	}
}

// linked reports whether a node stands in a link, which can't hold another.
func linked(n ast.Node) bool {
	for n = n.Parent(); n != nil && n.Type() == ast.TypeInline; n = n.Parent() {
		if n.Kind() == ast.KindLink {
			return true
		}
	}
	return false
}

// linkSpan is where a link or picture of Markdown stands.
func (r *renderer) linkSpan(n ast.Node) span {
	at := n.Pos()
	return span{at, max(at, r.linkEnds[at])}
}
