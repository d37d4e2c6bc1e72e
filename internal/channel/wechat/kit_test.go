package wechat

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
)

// TestReplaces: a kit takes the place of one of the same article that is as it was
// made, and of nothing else.
func TestReplaces(t *testing.T) {
	settings := address + "id = \"aaaaaaaa\"\n"
	a := compose(t, settings, "字")
	kit, err := a.Kit()
	if err != nil {
		t.Fatal(err)
	}
	if z, err := zip.NewReader(bytes.NewReader(kit), int64(len(kit))); err != nil || !strings.HasPrefix(z.Comment, "qinglian wechat kit ") {
		t.Errorf("the zip is not whole: %v", err)
	}
	changed := bytes.Clone(kit)
	changed[40]++
	other := a
	other.mark = strings.Replace(a.mark, "a.html", "b.html", 1)
	others, _ := other.Kit()
	for _, c := range []struct {
		about string
		old   []byte
		want  bool
	}{
		{"the same", kit, true},
		{"one that was changed", changed, false},
		{"one with something behind it", append(bytes.Clone(kit), 0), false},
		{"one that is cut", kit[1:], false},
		{"another article's", others, false},
		{"nothing", nil, false},
		{"the mark alone", []byte(a.mark + strings.Repeat("0", sealSize)), false},
	} {
		if got, err := a.Replaces(bytes.NewReader(c.old), int64(len(c.old))); got != c.want || err != nil {
			t.Errorf("%s: %t, %v", c.about, got, err)
		}
	}
	next := compose(t, settings, "别的字")
	if got, err := next.Replaces(bytes.NewReader(kit), int64(len(kit))); !got || err != nil {
		t.Errorf("the article's next kit does not take the place of its last one: %v", err)
	}
}
