package markdown

import (
	"regexp"
	"sync"
)

// pattern is a regular expression that is compiled when it is first asked for:
// a build that compiles no article does not pay for those about its text.
func pattern(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}
