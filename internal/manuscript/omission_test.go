package manuscript

import "testing"

// TestOmissionSaid: no name of a part, author or text of a document spoils the list.
func TestOmissionSaid(t *testing.T) {
	o := Omission{Why: Comment, By: "李\x1b[31m四", Text: "甲\u202e乙\n丙", What: "a\nb\x07.bin"}
	if got, want := o.Said().ZH, "批注（李[31m四）：“甲乙 丙”：a b.bin"; got != want {
		t.Errorf("%q, not %q", got, want)
	}
}
