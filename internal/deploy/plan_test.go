package deploy

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"qinglian/internal/build"
	"qinglian/internal/digest"
)

// files are those of a line of words, each PATH=CONTENT.
func files(line string) (out []File) {
	for _, word := range strings.Fields(line) {
		name, content, _ := strings.Cut(word, "=")
		rank := build.Asset
		switch {
		case name == "index.html":
			rank = build.List
		case strings.HasSuffix(name, ".html"):
			rank = build.Page
		case strings.HasSuffix(name, ".xml"):
			rank = build.Feed
		}
		out = append(out, File{name, rank, digest.Of([]byte(content)), int64(len(content))})
	}
	slices.SortFunc(out, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return out
}

// ledger lists files; of those with a question mark what is there is unsure.
func ledger(line string) Ledger {
	l := Ledger{Site: "aaaaaaaa"}
	for _, f := range files(line) {
		path, unsure := strings.CutPrefix(f.Path, "?")
		f.Path = path
		l.Entries = append(l.Entries, Entry{f, unsure})
	}
	slices.SortFunc(l.Entries, func(a, b Entry) int { return strings.Compare(a.Path, b.Path) })
	return l
}

// TestPlan: what goes and what is deleted, in which order, and what may go at once.
func TestPlan(t *testing.T) {
	for _, c := range []struct{ name, there, wanted, want string }{
		{"nothing", "", "", ""},
		{"all stands", "a.css=1 a.html=1", "a.css=1 a.html=1", ""},
		{"the first time", "", "rss.xml=1 index.html=1 a.html=1 b.html=1 z.css=1", "z.css | a.html b.html | index.html | rss.xml"},
		{"one edit", "a.css=1 a.html=1 index.html=1", "a.css=1 a.html=2 index.html=2", "a.html | index.html"},
		{"what is new, then what was there", "a.html=1 index.html=1", "a.html=2 b.html=1 index.html=2", "b.html | a.html | index.html"},
		{"of the same size", "a.html=1", "a.html=2", "a.html"},
		{"deletions are last, pages first", "a.html=1 a.png=1 b.html=1 b.png=1", "c.html=1", "c.html | -a.html -b.html | -a.png -b.png"},
		{"what is unsure goes", "?a.html=1 b.html=1", "a.html=1 b.html=1", "a.html"},
		{"unsure and not wanted", "?a.html=1 b.html=1", "b.html=1", "-a.html"},
		{"another letter case", "Logo.PNG=1 a.html=1", "a.html=1 logo.png=1", "-Logo.PNG | logo.png"},
		{"assets in many folders", "", "a/1.css=1 b/a.html=1 c/2.css=1 d.html=1", "a/1.css c/2.css | d.html b/a.html"},
	} {
		p := newPlan(ledger(c.there), files(c.wanted))
		var got []string
		for _, steps := range [][]step{p.early, p.send, p.gone} {
			for _, wave := range waves(steps) {
				var names []string
				for _, s := range wave {
					names = append(names, map[bool]string{true: "-"}[s.Gone]+s.Path)
				}
				got = append(got, strings.Join(names, " "))
			}
		}
		if got := strings.Join(got, " | "); got != c.want {
			t.Errorf("%s: got  %s, want %s", c.name, got, c.want)
		}
		if p.none() != (c.want == "") {
			t.Errorf("%s: none is %v", c.name, p.none())
		}
	}
}

// TestMoving: before the first write the ledger has all that will be written and all that
// is there; afterwards what was delivered.
func TestMoving(t *testing.T) {
	there := ledger("a.html=1 b.html=1 old.png=1")
	wanted := files("a.html=1 b.html=2 new.html=1")
	p := newPlan(there, wanted)
	l := p.moving(there, "aaaaaaaa")
	said := func() (out string) {
		for _, e := range l.Entries {
			out += fmt.Sprintf("%s%s ", map[bool]string{true: "?"}[e.Unsure], e.Path)
		}
		return out
	}
	if got, want := said(), "a.html ?b.html ?new.html ?old.png "; got != want || !l.Moving {
		t.Errorf("on its way: %s, want %s", got, want)
	}
	if got := fmt.Sprint(len(l.Delivered()), l.Pages()); got != "1 3" {
		t.Errorf("delivered, pages: %s", got)
	}
	for _, s := range p.send {
		l.arrived(s)
	}
	for _, s := range p.gone {
		l.left(s)
	}
	l.finish(Delivery{Files: wanted}, digest.Digest{})
	if got, want := said(), "a.html b.html new.html "; got != want || l.Moving || l.Version != Version(wanted) {
		t.Errorf("whole: %s, want %s", got, want)
	}
	if send, gone := l.Pending(wanted); len(send)+len(gone) > 0 {
		t.Errorf("pending: %s %s", send, gone)
	}
}
