package address

import "qinglian/internal/pattern"

// LastingPattern is a regular expression of the published paths that [Lasting] is about:
// assets of themes and pieces of the search index.
const LastingPattern = `(?:assets/[^/]+\.[0-9a-f]{10}\.[a-z0-9]+|search/(?:t-)?[a-z2-7]{7}\.js)`

var lastingPath = pattern.Of(`^` + LastingPattern + `$`)

// Lasting reports whether the file at a published path has a name that changes with what
// is in it, so that who has it need not ask again.
func Lasting(path string) bool { return lastingPath().MatchString(path) }
