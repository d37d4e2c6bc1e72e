package address

import (
	"cmp"
	"encoding/binary"
	"path"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"qinglian/internal/digest"
)

// Syllables don't tell names apart: 公示 and 公式, 监察 and 检察 sound alike, and
// official titles begin alike. So what is made from a name and is not that name
// itself ends in a mark of the whole name, whether or not anything else sounds like
// it: an address never depends on what else a site has.
//
// letters has no vowel, so that no mark is a word, and nothing that looks like
// another letter on paper. No letter case is needed, as some file systems have none.
const (
	letters    = "23456789bcdfghjkmnpqrstvwxyz"
	markLength = 4
)

// mark is the short digest of what a name is of.
func mark(of ...string) string {
	d := digest.New("address").String(of...).Sum()
	n := binary.BigEndian.Uint64(d[:8])
	var m [markLength]byte
	for i := range m {
		m[i] = letters[n%uint64(len(letters))]
		n /= uint64(len(letters))
	}
	return string(m[:])
}

// Marked is a slug that begins with a stem and ends in a mark of what it is of. Two
// with the same stem are the same once in 600,000 times.
func Marked(stem string, of ...string) string {
	return room(stem, 1+markLength) + "-" + mark(of...)
}

// Numbered is the slug that begins with a stem and is the n-th of those that do; the
// first is the stem.
func Numbered(stem string, n int) string {
	if n == 1 {
		return stem
	}
	number := "-" + strconv.Itoa(n)
	return room(stem, len(number)) + number
}

// room cuts a slug so that some bytes more fit behind it.
func room(slug string, more int) string {
	if len(slug)+more <= maxSlug {
		return slug
	}
	return strings.TrimRight(slug[:maxSlug-more], "-_")
}

// Term is the slug of a term. A name that is a slug stays as it is.
func Term(name string) string {
	if ValidSlug(name) && name != "index" {
		return name
	}
	return Marked(cmp.Or(Slug(name, 0), "term"), name)
}

// File is the published name of a file that lies beside an article: an ASCII name in
// lower case, another in pinyin and marked; its ending in lower case.
func File(name string) string {
	name = norm.NFC.String(name)
	ext := path.Ext(name)
	base := strings.TrimSuffix(name, ext)
	slug, ok := FromName(base)
	if !ok || strings.ContainsFunc(ext, func(r rune) bool { return r > unicode.MaxASCII }) {
		slug = Marked(cmp.Or(Slug(base, 0), "file"), name)
	}
	if ext = join(ext); ext != "" {
		return slug + "." + ext
	}
	return slug
}

// Folder is the published name of a folder inside a section.
func Folder(name string) string {
	if slug, ok := FromName(name); ok {
		return slug
	}
	name = norm.NFC.String(name)
	return Marked(cmp.Or(Slug(name, 0), "folder"), name)
}
