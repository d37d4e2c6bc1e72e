package markdown

import (
	"html"
	"strings"
	"unicode"

	"qinglian/internal/pattern"

	"golang.org/x/text/unicode/norm"
)

// What other programs make of a heading's title, for texts that were written for them.
// None of these ids is published: a link with one leads to our id. VuePress, Docusaurus,
// mdBook and others differ from these in signs alone, which the letters show.

// foreignIDs are the rules by which headings get their ids elsewhere.
func foreignIDs() []func(title string) string {
	return []func(string) string{githubID, hexoID, oldHexoID}
}

// githubID is the id by GitHub's rule: letters, marks, digits, _ and - in lower case,
// and a hyphen for each single space; nothing is trimmed.
func githubID(title string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c == ' ':
			return '-'
		case c == '-', unicode.In(c, unicode.L, unicode.M, unicode.Nd, unicode.Nl, unicode.Pc):
			return c
		}
		return -1
	}, strings.ToLower(title))
}

// hexoID is the id by Hexo's rule: accents are taken off, a hyphen stands for ASCII
// signs and spaces, all else is kept. It takes what is in angle brackets for a tag.
func hexoID(title string) string { return slugized(tag().ReplaceAllString(title, "")) }

// oldHexoID is the id by the rule that Hexo had at first: it took the title as HTML.
func oldHexoID(title string) string {
	return slugized(strings.ReplaceAll(html.EscapeString(title), "&#34;", "&quot;"))
}

var (
	tag  = pattern.Of(`<[^>]*>`)
	sign = pattern.Of("[\\s~`!@#$%^&*()\\-_+=[\\]{}|\\\\;:\"'<>,.?/]+")
)

func slugized(title string) string {
	plain := strings.Map(func(c rune) rune {
		if accent(c) || c < ' ' {
			return -1
		}
		return c
	}, norm.NFD.String(title))
	return strings.Trim(sign().ReplaceAllString(norm.NFC.String(plain), "-"), "-")
}

// accent reports whether a mark is one that changes no letter of Latin script into
// another; those of kana, of Arabic or of Indian scripts do.
func accent(c rune) bool { return 0x300 <= c && c <= 0x36f }
