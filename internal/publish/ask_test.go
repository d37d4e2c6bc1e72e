package publish

import (
	"fmt"
	"testing"
)

// TestParts: the parts of a manifest are all of it, each of files in one folder and not too many.
func TestParts(t *testing.T) {
	var m Manifest
	for i := range most + 1 {
		m = append(m, Made{Path: fmt.Sprintf("a/%05d.html", i)})
	}
	m = append(m, Made{Path: "b/c.html"}, Made{Path: "d.html"}, Made{Path: "e.html"})
	var sizes []int
	var all Manifest
	for _, part := range m.parts() {
		sizes, all = append(sizes, len(part)), append(all, part...)
		for i := range part {
			if dirOf(part[i].Path) != dirOf(part[0].Path) {
				t.Errorf("%s beside %s", part[i].Path, part[0].Path)
			}
		}
	}
	if fmt.Sprint(sizes) != fmt.Sprint([]int{most, 1, 1, 2}) || fmt.Sprint(all) != fmt.Sprint(m) {
		t.Errorf("parts of %v", sizes)
	}
	if parts := (Manifest{}).parts(); len(parts) != 0 {
		t.Errorf("%d parts of nothing", len(parts))
	}
}
