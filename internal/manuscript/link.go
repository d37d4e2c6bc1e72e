package manuscript

import (
	"net/url"
	"slices"
	"strings"
)

// schemes are those of addresses that a page may lead to.
var schemes = []string{"http", "https", "mailto", "tel"}

// Address is an address as it is written; ok is false for one that no page may lead to.
func Address(typed string) (address string, ok bool) {
	u, err := url.Parse(strings.TrimSpace(typed))
	if err != nil || !slices.Contains(schemes, strings.ToLower(u.Scheme)) {
		return "", false
	}
	return u.String(), true
}
