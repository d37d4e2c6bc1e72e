package markdown

import (
	"testing"
)

// FuzzRespell: what is not replaced is where it was, in the order it was in, and a
// text without Chinese is left alone.
func FuzzRespell(f *testing.F) {
	for _, s := range []string{
		"|甲|乙|\n|1|2|\n后", "｜甲｜乙｜\n\n｜：—｜—｜\n\n|1|2|", "> 　|甲|乙|\n> |1|2|　\n> 后", "甲\t乙\n1\t2|3\n后",
		"　　● 甲\n　　　● 乙\n后", "-甲\n-乙\n- 丙", "#　甲\n　　> 乙", "1.　甲\n2.　乙", "```\n|甲|乙|\n|1|2|", "<!--\n-甲\n-乙", "甲\n\n---|---\n\n1|2",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		typed := []byte(s)
		r := reading{source: typed, chinese: chinese(typed)}
		for _, g := range r.respell() {
			if g.at < 0 || g.at > len(s) {
				t.Errorf("%q: a message at %d", s, g.at)
			}
		}
		if !r.chinese && len(r.edits) > 0 {
			t.Errorf("%q: edits without Chinese", s)
		}
		put := make([]bool, len(r.source)+1)
		for _, e := range r.edits {
			for i := range e.put {
				put[e.to+i] = true
			}
		}
		last := 0
		for i, c := range r.source {
			at := r.edits.origin(i)
			if at < last || at > len(s) || !put[i] && (at == len(s) || s[at] != c) {
				t.Fatalf("%q became %q: byte %d was at %d", s, r.source, i, at)
			}
			last = at
		}
	})
}
