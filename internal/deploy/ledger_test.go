package deploy

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"qinglian/internal/build"
	"qinglian/internal/digest"
)

// sample is a ledger with all that one may say.
func sample() Ledger {
	return Ledger{Site: "aaaaaaaa", Version: digest.Of([]byte("v")), At: time.Date(2026, 11, 29, 10, 30, 0, 0, time.UTC), Moving: true,
		Back: []digest.Digest{digest.Of([]byte("w"))}, Entries: []Entry{
			{File{"a/b.html", build.Page, digest.Of([]byte("b")), 12}, false},
			{File{"a/c d.pdf", build.Asset, digest.Of([]byte("c")), 0}, true},
			{File{"\"quoted\"", build.Feed, digest.Of([]byte("d")), 1 << 40}, false}}}
}

func TestLedger(t *testing.T) {
	whole := sample()
	slices.SortFunc(whole.Entries, func(a, b Entry) int { return strings.Compare(a.Path, b.Path) })
	for _, l := range []Ledger{whole, {Site: "b"}, {}} {
		got, ok := Parse(l.Text())
		if !ok || !reflect.DeepEqual(got, l) {
			t.Errorf("%v got %+v of\n%s", ok, got, l.Text())
		}
	}
	text := whole.Text()
	for _, c := range []struct{ name, from, to string }{
		{"a byte", "b.html", "c.html"},
		{"line ends", "\n", "\r\n"},
		{"a way out", "a/b.html", "../b.html"},
		{"a name of ours", "a/b.html", Name},
		{"cut", "a/c d.pdf\n", ""},
		{"a longer size", " 12 ", " 012 "},
		{"another form", "deploy 1", "deploy 2"},
	} {
		changed := strings.Replace(text, c.from, c.to, 1)
		if c.name != "another form" { // the digest may well be right
			first, rest, _ := strings.Cut(changed, "\n")
			_, body, _ := strings.Cut(rest, "\n")
			if c.name != "a byte" && c.name != "cut" {
				changed = first + "\n" + digest.Of([]byte(body)).String() + "\n" + body
			}
		}
		if _, ok := Parse(changed); ok {
			t.Errorf("%s: it was read:\n%s", c.name, changed)
		}
	}
	if !newer(strings.Replace(text, "deploy 1", "deploy 2", 1)) || newer(text[:40]) {
		t.Error("what a newer program writes is not known from what is damaged")
	}
}

// FuzzParse: what is read is exactly what would be written, and leads nowhere else.
func FuzzParse(f *testing.F) {
	f.Add(sample().Text())
	f.Add(Ledger{Site: "a"}.Text())
	f.Add("qinglian deploy 1\n\nsite\nversion -\nstate whole\nback\n?0 0 feed \"\n")
	f.Fuzz(func(t *testing.T, text string) {
		l, ok := Parse(text)
		if !ok {
			// The same with a digest that is right: damage must not be all that stands in the way.
			if parts := strings.SplitN(text, "\n", 3); len(parts) == 3 {
				text = parts[0] + "\n" + digest.Of([]byte(parts[2])).String() + "\n" + parts[2]
				l, ok = Parse(text)
			}
		}
		if !ok {
			return
		}
		if l.Text() != text {
			t.Errorf("read %q, would write %q", text, l.Text())
		}
		for _, e := range l.Entries {
			if strings.HasPrefix(e.Path, "/") || strings.HasPrefix(e.Path, "../") || strings.HasPrefix(e.Path, ".qinglian") {
				t.Errorf("it lists %q", e.Path)
			}
		}
	})
}
