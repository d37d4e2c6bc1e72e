package diag

import (
	"slices"
	"strconv"
	"strings"

	"qinglian/internal/pattern"
)

// verb is what takes an argument in a format; counted is one of a number and the plural that
// it counts, with the verb behind that if there is one.
var (
	verb    = pattern.Of(`%(?:\[(\d+)\])?[-+# 0]*[\d.]*[a-zA-Z]`)
	counted = pattern.Of(`^%(?:\[\d+\])?d(?: more| other)* [a-z]{3,}s\b(?: (?:are|were|have|fail)\b)?`)
)

// agree are verbs of many, and those of one.
var agree = strings.NewReplacer(" are", " is", " were", " was", " have", " has", " fail", " fails")

// singular is an English format with what its numbers count in the singular where a number is
// one. What is not of the format, such as a name, is left alone.
func singular(format string, args []any) string {
	if !slices.Contains(args, any(1)) || strings.Contains(format, "%%") {
		return format
	}
	var b strings.Builder
	next, done := 0, 0
	for _, m := range verb().FindAllStringSubmatchIndex(format, -1) {
		if m[2] >= 0 {
			next, _ = strconv.Atoi(format[m[2]:m[3]])
			next--
		}
		at := next
		next++
		found := counted().FindString(format[m[0]:])
		if found == "" || at < 0 || at >= len(args) || args[at] != any(1) {
			continue
		}
		words := strings.Fields(found)
		noun := slices.IndexFunc(words, func(w string) bool { return strings.HasSuffix(w, "s") })
		words[noun] = strings.TrimSuffix(words[noun], "s")
		b.WriteString(format[done:m[0]] + agree.Replace(strings.Join(words, " ")))
		done = m[0] + len(found)
	}
	return b.String() + format[done:]
}
