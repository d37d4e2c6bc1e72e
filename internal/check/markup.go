package check

import (
	"bytes"
	"strings"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/css"
	"golang.org/x/net/html"

	"qinglian/internal/diag"
	"qinglian/internal/markdown"
)

// Pages and style sheets in static/ and in a theme are used as they are: neither the sanitiser nor
// the policy of our own pages sees to what they load.

// readPage takes the texts of a web page, and what it loads without https.
func readPage(a *Article, raw []byte) diag.Text {
	text, unread := a.decode(raw)
	if unread != (diag.Text{}) {
		return unread
	}
	z := html.NewTokenizer(bytes.NewReader(text))
	at, in := 0, "" // the element that a text stands in, as far as that matters
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		size := len(z.Raw())
		switch {
		case kind == html.StartTagToken || kind == html.SelfClosingTagToken:
			in = a.tag(z, at)
		case kind == html.TextToken && in == "style":
			a.loads(at, styleLoads(string(text[at:at+size])))
		case kind == html.TextToken && in != "script" && len(bytes.TrimSpace(text[at:at+size])) > 0:
			a.typed(at, size, "")
		case kind == html.EndTagToken:
			in = ""
		}
		at += size
	}
	return unread
}

// readStyle takes what a style sheet loads without https.
func readStyle(a *Article, raw []byte) diag.Text {
	text, unread := a.decode(raw)
	if unread == (diag.Text{}) {
		a.loads(0, styleLoads(string(text)))
	}
	return unread
}

// loads notes stretches of the text behind an offset.
func (a *Article) loads(at int, found []stretch) {
	for _, s := range found {
		a.insecure = append(a.insecure, markdown.Place{From: int32(at + s.from), To: int32(at + s.to)})
	}
}

// loading are the attributes whose addresses a browser loads with the page, by element,
// and the one that all others begin with. Whether a link's is depends on what it is for.
var loading = map[string]string{
	"img": " src srcset ", "source": " src srcset ", "video": " src poster ", "audio": " src ", "track": " src ",
	"iframe": " src ", "frame": " src ", "embed": " src ", "object": " data ", "script": " src ", "input": " src ",
	"body": " background ", "table": " background ", "td": " background ", "th": " background ", "base": " href ",
	"image": " href xlink:href ", "use": " href xlink:href ", "feimage": " href xlink:href ",
}

// linkLoads are the purposes for which a browser loads what a link names.
const linkLoads = " stylesheet icon apple-touch-icon mask-icon preload modulepreload prefetch manifest "

// tag notes what a tag loads, and returns its name. An attribute is looked for
// behind the one before it; once one does not stand as it reads, the tag is the place.
func (a *Article) tag(z *html.Tokenizer, at int) string {
	raw := string(z.Raw())
	name, more := z.TagName()
	element := string(name)
	loaded := loading[element]
	var attributes []html.Attribute
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		attributes = append(attributes, html.Attribute{Key: string(key), Val: string(value)})
		if element == "link" && string(key) == "rel" && isFor(string(value)) {
			loaded = " href "
		}
	}
	behind := 0
	for _, of := range attributes {
		var found []stretch
		switch {
		case of.Key == "style":
			found = styleLoads(of.Val)
		case strings.Contains(loaded, " "+of.Key+" "):
			found = plainAddresses(of.Val)
		}
		i := strings.Index(raw[behind:], of.Val)
		switch {
		case i >= 0:
			a.loads(at+behind+i, found)
			behind += i + len(of.Val)
		case len(found) > 0:
			a.loads(at, []stretch{{0, 1 + len(element)}})
			fallthrough
		default:
			behind = len(raw) // nothing is looked for twice
		}
	}
	return element
}

// isFor reports what a link is for that is loaded.
func isFor(rel string) bool {
	for word := range strings.FieldsSeq(strings.ToLower(rel)) {
		if strings.Contains(linkLoads, " "+word+" ") {
			return true
		}
	}
	return false
}

const plain = "http://"

func isPlain(address string) bool {
	return len(address) > len(plain) && strings.EqualFold(address[:len(plain)], plain)
}

// plainAddresses are those of one address or of a list of them that lack https.
func plainAddresses(value string) (found []stretch) {
	at := 0
	for part := range strings.FieldsFuncSeq(value, func(c rune) bool { return c == ',' || c <= ' ' }) {
		at += strings.Index(value[at:], part)
		if isPlain(part) {
			found = append(found, stretch{at, at + len(part)})
		}
		at += len(part)
	}
	return found
}

// styleLoads is what a style sheet loads without https: url(), and the strings of @import
// and image-set(). A namespace is only a name.
func styleLoads(text string) (found []stretch) {
	l := css.NewLexer(parse.NewInputString(text))
	at, naming, quoted := 0, false, false
	for {
		kind, token := l.Next()
		size, inner := len(token), ""
		switch kind {
		case css.ErrorToken:
			return found
		case css.AtKeywordToken:
			naming, quoted = strings.EqualFold(string(token), "@namespace"), strings.EqualFold(string(token), "@import")
		case css.FunctionToken:
			quoted = quoted || strings.HasSuffix(strings.ToLower(string(token)), "image-set(")
		case css.SemicolonToken, css.LeftBraceToken, css.RightBraceToken:
			naming, quoted = false, false
		case css.StringToken:
			if quoted {
				inner = string(token)
			}
		case css.URLToken:
			_, inner, _ = strings.Cut(string(token), "(")
		}
		if inner = strings.TrimLeft(inner, "\"' \t\n\f"); !naming && isPlain(inner) {
			from := at + size - len(inner)
			found = append(found, stretch{from, from + len(strings.TrimRight(inner, ")\"' \t\n\f"))})
		}
		at += size
	}
}
