package published

import (
	"slices"
	"testing"
)

// TestRecord: what the file says, in any order and after a merge; and what it becomes.
func TestRecord(t *testing.T) {
	read := Parse([]byte("# 说明\n<<<<<<< HEAD\nb/b.html 2026-05-01T09:30 bb\n=======\nb/b.html 2026-05-02 b2\n>>>>>>> x\na.html - aa\nc.html 2026-01-01 cc\nwrong line\n"))
	want := Record{{"a.html", "", "aa", 7}, {"b/b.html", "2026-05-01T09:30", "bb", 3}, {"c.html", "2026-01-01", "cc", 8}}
	if !slices.Equal(read, want) {
		t.Fatalf("got %v", read)
	}
	after := read.With(Record{{Path: "a.html", Text: "a2"}, {Path: "b/a.html", Date: "2026-06-01", Text: "ba"}, {Path: "c.html", Date: "2026-07-07", Text: "c2"}})
	if got, want := string(after.Text()), head+"a.html - a2\nb/a.html 2026-06-01 ba\nb/b.html 2026-05-01T09:30 bb\nc.html 2026-01-01 c2\n"; got != want {
		t.Errorf("got\n%s", got)
	}
	if again := Parse(after.Text()).With(nil).Text(); string(again) != string(after.Text()) {
		t.Errorf("read again, it is\n%s", again)
	}
}

// TestMoved: an article is known again by its text and date, else by its name, and by
// neither where two fit.
func TestMoved(t *testing.T) {
	was := Entry{Path: "notices/well.html", Date: "2026-05-01", Text: "aa"}
	for _, c := range []struct {
		among Record
		want  string
	}{
		{Record{{Path: "notices/spring.html", Date: "2026-05-01", Text: "aa"}, {Path: "examples/well.html", Text: "bb"}}, "notices/spring.html"},
		{Record{{Path: "examples/well.html", Text: "bb"}}, "examples/well.html"},
		{Record{{Path: "examples/well.html", Text: "bb"}, {Path: "tasks/well.html", Text: "cc"}}, ""},
		{Record{{Path: "notices/spring.html", Date: "2026-05-02", Text: "aa"}}, ""},
		{Record{{Path: "notices/spring.html", Date: "2026-05-01", Text: "bb"}}, ""},
		{nil, ""},
	} {
		if to, ok := was.Moved(c.among); ok != (c.want != "") || ok && to.Path != c.want {
			t.Errorf("among %v: got %v %v", c.among, to, ok)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("a.html - aa\na.html 2026 b\n# x\n")
	f.Fuzz(func(t *testing.T, text string) {
		once := Parse([]byte(text)).With(nil).Text()
		if twice := Parse(once).With(nil).Text(); string(once) != string(twice) {
			t.Errorf("%q becomes %q", once, twice)
		}
	})
}
