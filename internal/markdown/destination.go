package markdown

import (
	"strings"
	"unicode/utf8"

	"qinglian/internal/pattern"
)

// What an address is, by its shape alone.
var (
	webAddress  = pattern.Of(`(?i)^https?://[^\s，。；！？、“”<>]+$`)
	fileAddress = pattern.Of(`(?i)[^/\\]\.(` + fileTypes + `)(#\S*)?$`)
	mailAddress = pattern.Of(`^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}$`)
	// phoneNumber is one with its area code, a mobile one, or 400-…: a file may
	// well be called 2026-10-01.
	phoneNumber = pattern.Of(`^(\+?86[- ]?)?(0\d{2,3}[- ]?\d{3,4}[- ]?\d{3,4}|1[3-9]\d[- ]?\d{4}[- ]?\d{4}|[48]00[- ]?\d{3,4}[- ]?\d{3,4})$`)
	// scheme is what a web address begins with, typed as it may be.
	scheme = pattern.Of(`^(?i)(https?)([:：][/／\\]+|[/／\\]{2})`)
	// contactScheme needs a colon of half the width.
	contactScheme = pattern.Of(`^(?i)(mailto|tel)：`)
)

// fileTypes are the ends of the names of files that offices publish.
const fileTypes = `md|pdf|docx?|xlsx?|pptx?|wps|et|dps|ofd|txt|csv|zip|rar|7z|` + pictureTypes + `|mp[34]|html?`

const pictureTypes = `png|jpe?g|gif|webp|svg|avif|bmp|heic|heif|tiff?`

// proseMarks divide clauses; no address or name of a file has them.
const proseMarks = "，。；：！？、“”"

// isFile reports whether an address names a file: it ends like one, and is not
// a clause that does.
func isFile(dest string) bool {
	return fileAddress().MatchString(dest) && !strings.ContainsAny(dest, proseMarks) && !strings.Contains(dest, "://")
}

// meant is the address that a typed one was meant as, where that is certain:
// https：//a.cn, https://a.cn/x。, a@b.cn without mailto:, a number without tel:.
func meant(dest string) string {
	if strings.HasPrefix(dest, "https://") || strings.HasPrefix(dest, "http://") {
		return trimProse(dest)
	}
	if m := scheme().FindStringSubmatch(dest); m != nil {
		if host, _ := utf8.DecodeRuneInString(dest[len(m[0]):]); letterOrDigit(host) {
			return trimProse(m[1] + "://" + dest[len(m[0]):])
		}
		return dest
	}
	if m := contactScheme().FindStringSubmatch(dest); m != nil {
		return m[1] + ":" + dest[len(m[0]):]
	}
	switch trimmed := strings.TrimRight(dest, proseMarks); {
	case trimmed == "" || !strings.ContainsAny(trimmed, "@0123456789") && len(trimmed) == len(dest):
	case isFile(trimmed):
		return trimmed
	case mailAddress().MatchString(trimmed):
		return "mailto:" + trimmed
	case phoneNumber().MatchString(trimmed):
		return "tel:" + strings.ReplaceAll(trimmed, " ", "-")
	}
	return dest
}

// trimProse takes the Chinese punctuation off the end of a web address: marks of
// clauses, and brackets that it did not open.
func trimProse(dest string) string {
	for {
		last, size := utf8.DecodeLastRuneInString(dest)
		if last < utf8.RuneSelf || !strings.ContainsRune(proseMarks+"…", last) &&
			!(closes(last) && !opened(dest, last)) {
			return dest
		}
		dest = dest[:len(dest)-size]
	}
}

// opened reports whether a text has the bracket that another closes.
func opened(s string, end rune) bool {
	for _, c := range s {
		if closing(c) == end {
			return true
		}
	}
	return false
}
