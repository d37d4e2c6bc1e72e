package host

import (
	"encoding/xml"
	"net/url"
	"strconv"
	"strings"
)

func number(n int) string { return strconv.Itoa(n) }

// caddyQuote is a text between double quotes as Caddy reads it, to which a backslash is
// nothing but itself.
func caddyQuote(s string) string { return `"` + strings.ReplaceAll(s, `"`, `\"`) + `"` }

// quote is a text between double quotes as nginx and Apache read it.
func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// indent moves the lines of a text to the right.
func indent(columns int, s string) string {
	space := "\n" + strings.Repeat(" ", columns)
	return space[1:] + strings.ReplaceAll(strings.TrimRight(s, "\n"), "\n", space)
}

// remark is a text as it may stand in a remark, of XML too.
func remark(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "--", "- -")), " ")
}

// written is a path as it stands in an address; no character of it means anything to a
// server's configuration.
func written(path string) string {
	return strings.NewReplacer("$", "%24", "'", "%27", ";", "%3B").Replace((&url.URL{Path: path}).EscapedPath())
}

// literal is a path in a rule that takes $ for a reference, and writes addresses itself.
func literal(path string) string { return strings.NewReplacer(`\`, `\\`, "$", `\$`).Replace(path) }

func xmlText(s string) (string, error) {
	var b strings.Builder
	err := xml.EscapeText(&b, []byte(s))
	return b.String(), err
}
