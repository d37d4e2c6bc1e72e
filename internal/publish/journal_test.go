package publish

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"qinglian/internal/digest"
	"qinglian/internal/source"
)

// sum is the checksum of a journal of the first form.
func sum(body string) string { return digest.Of([]byte(body)).String() }

func stampOf(d *Dir, name string) source.Stamp {
	info, err := d.root.Lstat(name)
	if err != nil {
		panic(err)
	}
	return source.NewStamp(info)
}

// lists is what a text lists as a journal.
func lists(text string) (id string, paths []string, ok bool) {
	r, ok := parse(text)
	if ok {
		each(r.entries, func(p string) { paths = append(paths, p) })
	}
	return r.id, paths, ok
}

func TestJournal(t *testing.T) {
	v1 := func(body string) string { return "qinglian journal 1\n" + sum(body) + "\n" + body }
	v2 := func(head, entries string) string {
		head += "\n"
		return head + sum(head+entries) + "\n" + entries
	}
	for _, c := range []struct {
		text, want string // paths; "-" for no journal
	}{
		{v1(""), ""},
		{v1("a.html\nb.html\n"), "a.html b.html"},
		{v1("\"a.html\nb.html\n"), "\"a.html b.html"},
		{v1("a.html\nb.html"), "-"},
		{v1("b.html\na.html\n"), "-"}, // as it came to be when a name held a newline
		{v1("a.html\na.html\n"), "-"},
		{v1("a.html\n\nb.html\n"), "-"},
		{v1("../a.html\n"), "-"},
		{strings.Replace(v1("a.html\n"), "a.html", "b.html", 1), "-"},
		{v1("a.html\n") + "b.html\n", "-"},
		{v2("qinglian journal 2", ""), ""},
		{v2("qinglian journal 2", "a.html\nb.html\n"), "a.html b.html"},
		{v2("qinglian journal 2 lotuslotus", "a.html\n"), "lotuslotus: a.html"},
		{v2("qinglian journal 2 lotuslotus", "\"a\\nprecious.html\"\n"), "lotuslotus: a\nprecious.html"},
		{v2("qinglian journal 2", "\"a.html\"\n"), "-"}, // needs no quotes
		{v2("qinglian journal 2", "\"\\x61\"\n"), "-"},
		{v2("qinglian journal 2", "\"a\n"), "-"},
		{v2("qinglian journal 2", "a.html"), "-"},
		{v2("qinglian journal 2", ".qinglian\n"), "-"},
		{v2("qinglian journal 2", ".qinglian-stage/x\n"), "-"},
		{v2("qinglian journal 2", "/a\n"), "-"},
		{v2("qinglian journal 2", "a/../../b\n"), "-"},
		{v2("qinglian journal 2", "..\n"), "-"},
		{v2("qinglian journal 2 ", "a.html\n"), "-"},
		{strings.Replace(v2("qinglian journal 2 lotuslotus", "a.html\n"), "lotuslotus", "otherother", 1), "-"},
		{v2("qinglian journal 3", "a.html\n"), "-"},
		{"", "-"},
		{"qinglian journal 2", "-"},
	} {
		id, paths, ok := lists(c.text)
		got := strings.Join(paths, " ")
		if id != "" {
			got = id + ": " + got
		}
		if !ok {
			got = "-"
		}
		if got != c.want {
			t.Errorf("%q\ngot  %q\nwant %q", c.text, got, c.want)
		}
	}
}

// TestJournalDamaged: what a damaged journal lists is nobody's, and stays.
func TestJournalDamaged(t *testing.T) {
	for _, damage := range []func(string) string{
		func(s string) string { return s + "precious.html\n" },
		func(s string) string { return strings.Replace(s, "old.html", "precious.html", 1) },
		func(s string) string { return strings.Replace(s, "\n", " lotuslotus\n", 1) },
		func(s string) string { return s[:len(s)-1] },
	} {
		dir := t.TempDir()
		publishTo(t, dir, site{"index.html": "1", "old.html": "1"}, nil)
		put(t, dir, site{"precious.html": "theirs"})
		at := filepath.Join(dir, journal)
		b, err := os.ReadFile(at)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(damage(string(b))), 0o644); err != nil {
			t.Fatal(err)
		}
		before := tree(t, dir)
		if _, said := try(t, dir, site{"index.html": "1"}, How{}); len(said) != 1 || !strings.Contains(said[0], "坏了") {
			t.Errorf("%q", said)
		}
		check(t, dir, before)
		if _, said := try(t, dir, site{"new.html": "1"}, How{}); len(said) > 0 {
			t.Errorf("%q", said)
		}
		before["new.html"] = "1"
		check(t, dir, before)
	}
}

// TestNewline: a name with a newline is one name.
func TestNewline(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, site{"precious.html": "theirs"})
	m, _, _ := publishTo(t, dir, site{"a\nprecious.html": "1", "index.html": "1"}, nil)
	if _, rendered, _ := publishTo(t, dir, site{"a\nprecious.html": "1", "index.html": "1"}, m); rendered > 0 {
		t.Error("it was made anew")
	}
	publishTo(t, dir, site{"index.html": "1"}, m)
	check(t, dir, site{"index.html": "1", "precious.html": "theirs"})
}

// FuzzJournal: whatever the names hold, a journal lists them and no others; and
// a text that is not the one written for what it lists is none.
func FuzzJournal(f *testing.F) {
	f.Add("lotuslotus", "a.html\x00b/c.html", "qinglian journal 2 lotuslotus\n")
	f.Add("", "a\nprecious.html\x00\"q\x00b\xff\x00甲\r", "")
	f.Fuzz(func(t *testing.T, id, names, text string) {
		paths := slices.DeleteFunc(strings.Split(names, "\x00"), func(p string) bool { return !listable(p) })
		slices.Sort(paths)
		paths = slices.Compact(paths)
		entries, err := list(paths)
		if err != nil {
			t.Fatal(err)
		}
		id = strings.NewReplacer("\n", "", " ", "").Replace(id)
		if gotID, got, ok := lists(written(record{id, entries})); !ok || gotID != id || !slices.Equal(got, paths) {
			t.Errorf("%q of %q became %q of %q", paths, id, got, gotID)
		}
		// The text below a right first line and checksum.
		for _, text := range []string{text, second + "\n" + sum(second+"\n"+text) + "\n" + text} {
			r, ok := parse(text)
			if ok && strings.HasPrefix(text, second) && written(r) != text {
				t.Errorf("%q is read as %q", text, written(r))
			}
		}
	})
}

// written is the whole of a journal.
func written(r record) string { return r.heading() + r.entries }
