// Package pattern has regular expressions compiled when they are first asked for. Compiling
// all that the program has took each process 2 ms, and most of them are about what
// somebody wrote wrong.
package pattern

import (
	"regexp"
	"sync"
)

// Of is a regular expression (https://pkg.go.dev/regexp/syntax). One that is none panics
// where it is first used.
func Of(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}
