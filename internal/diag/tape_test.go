package diag

import (
	"reflect"
	"strings"
	"testing"

	"qinglian/internal/flat"
)

func record(l List) string {
	var t flat.Tape
	l.Tape(&t)
	return string(t.Recorded())
}

func play(recorded string) (l List, whole bool) {
	t := flat.Play(recorded)
	l.Tape(t)
	return l, t.Whole()
}

// FuzzTape: whatever stands on a tape is played without a panic, and what is whole is
// the same when it is recorded again, and can be shown and put in order.
func FuzzTape(f *testing.F) {
	f.Add(record(nil))
	f.Add(record(List{{File: "a.md", Line: 3, Column: 1, EndLine: 4, EndColumn: 2, Source: "甲\x00"}}))
	f.Add(record(List{{}, {Rule: "bad-date", Severity: Error, Message: Say("甲", "a"), Hint: Say("乙", "b"), Edits: Flat(Edit{3, 5, "丙"})}, {Severity: Note, Line: -1}}))
	f.Add(strings.Repeat("\xff", 20))
	f.Fuzz(func(t *testing.T, recorded string) {
		l, whole := play(recorded)
		if !whole {
			return
		}
		if again, whole := play(record(l)); !whole || !reflect.DeepEqual(again, l) {
			t.Fatalf("%q: got %+v, then %+v", recorded, l, again)
		}
		for _, d := range l.Sort() {
			d.Edits.All() // may be nonsense, but no panic
			if err := d.Write(&strings.Builder{}, EN); err != nil {
				t.Fatal(err)
			}
		}
	})
}
