package search

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// unicoded reads UTF-16.
func unicoded(t *testing.T, b string) string {
	t.Helper()
	if len(b)%2 != 0 {
		t.Fatal("half a unit")
	}
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = uint16(b[2*i]) | uint16(b[2*i+1])<<8
	}
	return string(utf16.Decode(units))
}

// TestTexts: a piece of a file, found by the sizes of those before it, is the text of its
// document.
func TestTexts(t *testing.T) {
	docs := site(100)
	write(&docs[3], `"引"\`, "<p>\t甲 \u3000 乙\u2028</p><p>&#13;</p><p>𠮷&amp;\x01é</p>")
	docs[3].Summary, docs[3].Beside = "摘要", []string{"", "来源"}
	files, kept := index(t, docs, Kept{})
	sizes := map[string][]int{}
	for _, x := range kept.groups {
		sizes[Folder+textKind+naming.EncodeToString(x.of[:])[:nameLength]+".js"] = x.sizes
	}
	var got []string
	for _, f := range files {
		if !f.Texts() {
			continue
		}
		b := whole(t, f)
		at := len("\ufeffqinglianSearch(\"t-abcdefg\",[") - 2 // the mark is one unit
		for _, size := range sizes[f.Path] {
			var s string
			piece := unicoded(t, b[2*at:2*(at+size)])
			if err := json.Unmarshal([]byte(piece), &s); err != nil {
				t.Fatalf("%s: %s", piece, err)
			}
			got = append(got, s)
			at += size + 1
		}
		if rest := unicoded(t, b[2*at:]); rest != ")" {
			t.Errorf("%q is left", rest)
		}
	}
	if len(got) != len(docs) {
		t.Fatalf("%d texts", len(got))
	}
	if want := "\"引\"\\\n摘要\n甲 乙\n𠮷& é\n来源"; got[3] != want {
		t.Errorf("got %q, want %q", got[3], want)
	}
	if want := docs[7].Title + "\n"; !strings.HasPrefix(got[7], want) || strings.Count(got[7], "\n") != 12 {
		t.Errorf("got %q", got[7])
	}
}

// TestTextsAgain: a file is the same whether its texts were held or are read once more;
// if they are others by then, it is none.
func TestTextsAgain(t *testing.T) {
	docs := site(2000)
	files, _ := index(t, docs, Kept{})
	for _, f := range files {
		if held := whole(t, f); f.Texts() && whole(t, f) != held {
			t.Errorf("%s is another one the second time", f.Path)
		}
	}
	for i := range docs {
		write(&docs[i], docs[i].Title, "<p>短</p>")
	}
	made := 0
	for _, f := range files {
		if _, err := f.AppendTo(nil); f.Texts() && err == nil {
			made++
		}
	}
	if made == 0 || made > 150 {
		t.Errorf("%d files were made of the texts that were held", made)
	}
}

// TestPutAway: an index is the same if shards and texts are put away as they are made, and
// then no document is read a second time.
func TestPutAway(t *testing.T) {
	docs := site(2000)
	in, _ := index(t, docs, Kept{})
	var want []string
	for _, f := range in {
		want = append(want, whole(t, f))
	}
	var shards, texts shelf
	files, _ := index(t, docs, Kept{Room: shards.room(), Texts: texts.room()})
	if len(files) != len(want) || len(shards.texts) == 0 || len(texts.texts) == 0 {
		t.Fatalf("%d files, %d shards, %d texts", len(files), len(shards.texts), len(texts.texts))
	}
	for i := range docs {
		docs[i].Prose = func() (string, error) { return "", errors.New("it was read") }
	}
	for i, f := range files {
		if f.Path != in[i].Path || whole(t, f) != want[i] {
			t.Fatalf("%s differs", f.Path)
		}
	}
	full := func([]byte) (Place, error) { return Place{}, errors.New("no space left") }
	for _, room := range []Kept{{Room: Room{Put: full}}, {Texts: Room{Put: full}}} {
		if _, _, err := Index(site(2000), room, nil, 2); err == nil {
			t.Error("a full disk is not noticed")
		}
	}
}

// TestGroups: groups are neither small nor large, and an old article that is taken away
// changes one or two of them.
func TestGroups(t *testing.T) {
	docs := site(2000)
	paths := func(docs []Document) (all []string) {
		n := 0
		for from, group := range groups(docs) {
			if from != n || len(group) > most || len(group) < least && n+len(group) < len(docs) {
				t.Errorf("%d from %d on", len(group), from)
			}
			n += len(group)
			var names []string
			for _, d := range group {
				names = append(names, d.Path)
			}
			all = append(all, fmt.Sprint(names))
		}
		if n != len(docs) {
			t.Errorf("%d documents in groups", n)
		}
		return all
	}
	was := paths(docs)
	if len(was) < 200 || len(was) > 330 {
		t.Errorf("%d groups", len(was))
	}
	for at := 0; at < len(docs); at += 37 {
		now := paths(slices.Delete(slices.Clone(docs), at, at+1))
		now = slices.DeleteFunc(now, func(g string) bool { return slices.Contains(was, g) })
		if len(now) > 6 {
			t.Errorf("without %d %d groups are others", at, len(now))
		}
	}
}
