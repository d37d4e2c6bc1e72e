package config

import (
	"strings"

	"qinglian/internal/diag"
)

// A site's id says whose a published file is. It is random, so no two sites have
// the same one, and it stays when the site gets another title or address. It is in
// every page and in the journal of the output: a build deletes nothing there that
// bears another site's.

// idLength is how many characters an id has: 80 bits.
const idLength = 16

// idAlphabet has 32 characters, of which none is easily read as another.
const idAlphabet = "abcdefghijkmnpqrstuvwxyz23456789"

// NewID makes an id of random bytes; only the first 16 count.
func NewID(random [idLength]byte) string {
	for i, b := range random {
		random[i] = idAlphabet[int(b)%len(idAlphabet)]
	}
	return string(random[:])
}

// ValidID reports whether an id can be a site's: it stands in comments of XML, among
// others, which can't hold two hyphens.
func ValidID(s string) bool {
	return 8 <= len(s) && len(s) <= 64 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789") == ""
}

func (p *parser) id(s string) string {
	if s == "" && p.where().Find([]string{"id"}) < 0 || ValidID(s) {
		return s
	}
	p.report(diag.Diagnostic{Rule: "config-value",
		Message: diag.Say("“%s”不能作网站的记号（id）", "%q can't be the id of a site", s),
		Hint: diag.Say("删去这一行，运行 qinglian fix，会写上一个新的；以前有过，就照原样抄回来",
			"take the line out and run: qinglian fix; if the site had one, copy it back as it was")}, "id")
	return ""
}
