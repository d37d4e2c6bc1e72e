package publish

import (
	"fmt"
	"os"
	"slices"
	"testing"

	"qinglian/internal/cache"
	"qinglian/internal/digest"
)

// TestManifestKept: what was saved, with what was saved on top of it, is what is loaded; a
// build that changes nothing writes nothing.
func TestManifestKept(t *testing.T) {
	root, err := os.OpenRoot(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	engine := digest.Of([]byte("engine"))
	size := func() int64 {
		info, err := root.Stat("made")
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
	if m, end := Load(root, "made", engine); m != nil || end != (cache.End{}) {
		t.Fatalf("loaded %v", m)
	}
	var m, loaded Manifest
	var end cache.End
	for n := range 9000 {
		m = append(m, Made{Path: fmt.Sprintf("%05d.html", n), Source: "a.md", Parts: "parts", Key: digest.Of([]byte{byte(n)})})
	}
	grown, before := 0, int64(0)
	for step := range 40 {
		if err := m.Save(root, "made", engine, loaded, end); err != nil {
			t.Fatal(err)
		}
		if loaded, end = Load(root, "made", engine); !slices.Equal(loaded, m) {
			t.Fatalf("step %d: %d were loaded of %d", step, len(loaded), len(m))
		}
		now := size()
		if now > before && step > 0 {
			grown++
		}
		before = now
		if err := m.Save(root, "made", engine, loaded, end); err != nil || size() != now {
			t.Fatalf("step %d: nothing changed, and it was written: %v", step, err)
		}
		m = slices.Clone(m)
		m = slices.Delete(m, step*100, step*100+3)
		for i := range 300 {
			m[step*150+i].Key = digest.Of([]byte{byte(step), byte(i)})
		}
		m = append(m, Made{Path: fmt.Sprint("z", step+100)})
	}
	if grown < 30 || grown == 39 {
		t.Errorf("it was added to %d times of 39, and must be written anew at times", grown)
	}
	if m, _ := Load(root, "made", digest.Of([]byte("another engine"))); m != nil {
		t.Error("another program's was loaded")
	}
}
