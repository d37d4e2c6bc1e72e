package diag

import (
	"testing"
	"unicode/utf8"
)

// FuzzLines: places are those that At would find.
func FuzzLines(f *testing.F) {
	f.Add("甲乙\n\n丙 a\r\n", 4, 7)
	f.Add("", 0, 9)
	f.Add("甲\xff\n", 99, -1)
	f.Fuzz(func(t *testing.T, s string, a, b int) {
		p := NewLines("a.md", []byte(s))
		for _, at := range []int{a, b, a} {
			if 0 < at && at < len(s) && !utf8.RuneStart(s[at]) {
				continue // nothing begins inside a character
			}
			if got, want := p.At(at, Diagnostic{}), (Diagnostic{}).At("a.md", []byte(s), at); got != want {
				t.Errorf("%q at %d: %+v, want %+v", s, at, got, want)
			}
			if got, want := p.Over(at, b, Diagnostic{}), (Diagnostic{}).Over("a.md", []byte(s), at, b); got != want {
				t.Errorf("%q from %d to %d: %+v, want %+v", s, at, b, got, want)
			}
		}
	})
}
