// Package address knows what an address in the published site may be, and how
// one is made from what a writer typed.
//
// A published path is slash-separated, relative to the site's root, and made
// of lower-case ASCII letters, digits, hyphens, underscores and dots: such a
// path survives every file system, web server, chat program and printed
// poster. Links between pages are relative ([Rel]), so that a site works under
// any sub-path and from a memory stick.
package address

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxSlug is the longest slug in bytes: with its folder and ending it still
// fits the 29-module QR code that scans well from a poster.
const maxSlug = 80

// ValidSlug reports whether s can stand as one element of a published path.
func ValidSlug(s string) bool {
	if s == "" || len(s) > maxSlug || !isAlnum(s[0]) || !isAlnum(s[len(s)-1]) || deviceName(s) {
		return false
	}
	for i := range len(s) {
		if !isAlnum(s[i]) && s[i] != '-' && s[i] != '_' {
			return false
		}
	}
	return true
}

// ValidPath reports whether p can be a published path: slugs between slashes,
// the last with an ending.
func ValidPath(p string) bool {
	ext := strings.TrimPrefix(path.Ext(p), ".")
	if ext == "" || join(ext) != ext {
		return false
	}
	for element := range strings.SplitSeq(strings.TrimSuffix(p, "."+ext), "/") {
		if !ValidSlug(element) {
			return false
		}
	}
	return true
}

func isAlnum(c byte) bool { return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' }

// deviceName reports names that Windows keeps for devices: no file can have
// them there, whatever its ending.
func deviceName(s string) bool {
	switch s {
	case "con", "prn", "aux", "nul":
		return true
	}
	return len(s) == 4 && (strings.HasPrefix(s, "com") || strings.HasPrefix(s, "lpt")) && '1' <= s[3] && s[3] <= '9'
}

// Portable reports whether a file or folder can have this name on every system:
// Windows has no name with certain characters, none that ends in a dot or a blank,
// and keeps some for devices whatever their ending.
func Portable(name string) bool {
	base, _, _ := strings.Cut(strings.ToLower(name), ".")
	return name != "" && utf8.ValidString(name) && !strings.ContainsAny(name, `<>:"\|?*`) &&
		!strings.ContainsFunc(name, unicode.IsControl) &&
		!strings.HasSuffix(name, ".") && !strings.HasSuffix(name, " ") && !deviceName(strings.TrimRight(base, " "))
}

// FromName makes a slug from a file's name without its ending, if that name is
// ASCII and leaves anything: "2024 Tax_Bureau" becomes "2024-tax_bureau".
func FromName(name string) (slug string, ok bool) {
	for i := range len(name) {
		if name[i] >= unicode.MaxASCII {
			return "", false
		}
	}
	slug = trim(join(name))
	return slug, ValidSlug(slug)
}

// join lower-cases ASCII and turns each run of what a slug can't hold into a
// hyphen.
func join(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(s) {
		if r > unicode.MaxASCII || !isAlnum(byte(r)) && r != '_' {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte('-')
			gap = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// trim cuts a slug to maxSlug and takes joints from its ends.
func trim(s string) string {
	s = strings.Trim(s, "-_")
	if len(s) <= maxSlug {
		return s
	}
	return strings.TrimRight(s[:maxSlug], "-_")
}

// Alias is the published path of an address that a page had before: of a part
// of a path as other generators and servers write it, also with capital letters;
// a folder's address becomes that of its index.html. ok is false for anything
// that is not a page's path inside the site.
func Alias(typed string) (published string, ok bool) {
	p := strings.TrimPrefix(typed, "/")
	if p == "" || strings.HasSuffix(p, "/") {
		p += "index.html"
	}
	for element := range strings.SplitSeq(p, "/") {
		base, _, _ := strings.Cut(strings.ToLower(element), ".")
		if element == "" || !isAlnum(strings.ToLower(element)[0]) || deviceName(base) ||
			strings.Trim(strings.ToLower(element), "abcdefghijklmnopqrstuvwxyz0123456789._-") != "" ||
			strings.HasSuffix(element, ".") {
			return "", false
		}
	}
	if ext := strings.ToLower(path.Ext(p)); ext != ".html" && ext != ".htm" {
		if ext != "" {
			return "", false
		}
		p += "/index.html"
	}
	return p, true
}

// Rel is the relative link from the page at one published path to another:
// from "examples/a.html" to "assets/x.css" it is "../assets/x.css".
func Rel(from, to string) string {
	common := 0
	for i := 0; i < len(from) && i < len(to) && from[i] == to[i]; i++ {
		if from[i] == '/' {
			common = i + 1
		}
	}
	return strings.Repeat("../", strings.Count(from[common:], "/")) + to[common:]
}

// Root is the relative link from a page to the site's root folder: "" for a
// page in it, "../" one folder down.
func Root(from string) string { return strings.Repeat("../", strings.Count(from, "/")) }
