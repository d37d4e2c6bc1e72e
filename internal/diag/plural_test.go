package diag

import "testing"

// TestSingular: what one is counted of is in the singular, wherever the number stands; what
// somebody else wrote stays as it is.
func TestSingular(t *testing.T) {
	for _, c := range []struct {
		en   string
		args []any
		want string
	}{
		{"%d files corrected", []any{1}, "1 file corrected"},
		{"%d files corrected", []any{2}, "2 files corrected"},
		{"%d files corrected", []any{0}, "0 files corrected"},
		{"%d errors and %d warnings; nothing was published", []any{1, 2}, "1 error and 2 warnings; nothing was published"},
		{"%s: %d more places, in %d files in all", []any{"1 files", 1, 1}, "1 files: 1 more place, in 1 file in all"},
		{"%d pictures are used by nothing, %.1f MB", []any{1, 1.5}, "1 picture is used by nothing, 1.5 MB"},
		{"%[2]s: there are %[1]d items that %d links have", []any{1, "a"}, "a: there are 1 item that %!d(string=a) links have"},
		{"entry %d is incomplete", []any{1}, "entry 1 is incomplete"},
		{"compared %d of %d", []any{1, 1}, "compared 1 of 1"},
		{"%d times, %s", []any{1, Text{"一", "1 files"}}, "1 time, 1 files"},
	} {
		if got := Say("%v", c.en, c.args...).EN; got != c.want {
			t.Errorf("%s: got %q, want %q", c.en, got, c.want)
		}
	}
}
