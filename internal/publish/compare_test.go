package publish

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"qinglian/internal/build"
)

// TestCompare: what is compared is what is then made, whatever is known of the folder,
// and comparing leaves it as it is.
func TestCompare(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	dir := filepath.Join(t.TempDir(), "out")
	var made Manifest
	seen := [3]int{}
	for step := range 60 {
		s := site{"index.html": fmt.Sprint(step)}
		for i := range 6 {
			if random.IntN(3) > 0 {
				s[fmt.Sprintf("d%d/%d.%s", i%2, i, []string{"html", "css"}[i%2])] = fmt.Sprint(random.IntN(2))
			}
		}
		if random.IntN(4) == 0 {
			made = nil // its memory is lost
		}
		diff, before := compared(t, dir, s, made), site{}
		if step > 0 {
			before = tree(t, dir)
		}
		var result Result
		made, _, result = publishTo(t, dir, s, made)
		now := tree(t, dir)
		for _, o := range diff.New {
			seen[0]++
			if _, was := before[o.Path]; was {
				t.Errorf("%d: %s is not new", step, o.Path)
			}
		}
		for _, o := range diff.Changed {
			seen[1]++
			if was, there := before[o.Path]; !there || was == now[o.Path] {
				t.Errorf("%d: %s has not changed", step, o.Path)
			}
		}
		for _, g := range diff.Gone {
			seen[2]++
			if _, there := now[g.Path]; there {
				t.Errorf("%d: %s is not gone", step, g.Path)
			}
		}
		if len(diff.New)+len(diff.Changed) != result.Written || len(diff.Gone)+diff.Dropped != result.Deleted {
			t.Errorf("%d: compared %+v, made %+v", step, diff, result)
		}
	}
	if slices.Contains(seen[:], 0) {
		t.Errorf("seen: %d", seen)
	}
}

func compared(t *testing.T, dir string, s site, m Manifest) Difference {
	t.Helper()
	d, err := Peek(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	var before site
	if d != nil {
		before = tree(t, dir)
	}
	diff, err := d.Compare(s.outputs(), m, How{Jobs: 2})
	if err != nil {
		t.Fatal(err)
	}
	if d != nil && !maps.Equal(before, tree(t, dir)) {
		t.Error("comparing changed the folder")
	}
	return diff
}

// TestCompareNames: the source that a page was made of is known as long as the manifest is.
func TestCompareNames(t *testing.T) {
	dir := t.TempDir()
	s := site{"a.html": "<title>甲</title>", "b.html": "2"}
	outputs := s.outputs()
	outputs[0].Source = "content/a.md"
	d, err := Open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	made, err := d.Make(outputs, nil, How{Jobs: 1})
	if err != nil {
		t.Fatal(err)
	}
	moved := []build.Output{outputs[0], outputs[1]}
	moved[0].Source = "content/moved.md"
	again, err := d.Make(moved, made.Manifest, How{Jobs: 1})
	if err != nil {
		t.Fatal(err)
	}
	for want, m := range map[string]Manifest{"content/a.md": made.Manifest, "content/moved.md": again.Manifest, "": nil} {
		diff, err := d.Compare(outputs[1:], m, How{Jobs: 1})
		if err != nil || len(diff.Gone) != 1 || diff.Gone[0].Source != want || diff.Gone[0].Title != "甲" {
			t.Errorf("%q: got %+v, %v", want, diff, err)
		}
	}
}
