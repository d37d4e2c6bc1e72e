package publish

import (
	"fmt"
	"strings"
	"testing"

	"qinglian/internal/build"
	"qinglian/internal/digest"
)

// large is a site of a thousand pages of the usual size in ten folders.
func large() []build.Output {
	var out []build.Output
	for i := range 1000 {
		p := fmt.Sprintf("section-%d/page-%d.html", i%10, i)
		b := []byte(p + strings.Repeat("正文", 2500))
		out = append(out, build.Output{Path: p, Key: digest.Of(b), Rank: build.Page, Render: build.Bytes(b)})
	}
	return out
}

func make1000(b *testing.B, dir string, old Manifest) Manifest {
	d, err := Open(dir, nil)
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	made, err := d.Make(large(), old, How{Jobs: 2})
	if err != nil {
		b.Fatal(err)
	}
	return made.Manifest
}

// BenchmarkFirst publishes into a folder that is not there yet.
func BenchmarkFirst(b *testing.B) {
	for b.Loop() {
		make1000(b, b.TempDir()+"/public", nil)
	}
}

// BenchmarkUnchanged looks at what is published and finds that all is well.
func BenchmarkUnchanged(b *testing.B) {
	dir := b.TempDir()
	m := make1000(b, dir, nil)
	outputs := large()
	for b.Loop() {
		d, err := Open(dir, nil)
		if err != nil {
			b.Fatal(err)
		}
		if made, err := d.Make(outputs, m, How{Jobs: 2}); err != nil || made.Rendered > 0 {
			b.Fatal(made.Rendered, err)
		}
		d.Close()
	}
}

// BenchmarkCompared renders all again, since the manifest is lost, and finds
// the same bytes.
func BenchmarkCompared(b *testing.B) {
	dir := b.TempDir()
	make1000(b, dir, nil)
	for b.Loop() {
		make1000(b, dir, nil)
	}
}
