package image

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
)

var photos = flag.String("photos", "", "a folder to which BenchmarkMake writes 50 photographs, for other programs to be measured on")

// BenchmarkMake makes three widths of photographs of 12 megapixels, as many at
// once as there are processors. 50 of them (4000 by 3000, 1.7 MB, to 1600, 960
// and 480) took 17 s of processor time and 16 s on two cores, with 128 MB at
// most; Hugo 0.165 at the same kernel and quality 59 s, 65 s and 190 MB.
func BenchmarkMake(b *testing.B) {
	var raw [][]byte
	for n := range 50 {
		if n >= 4 && *photos == "" {
			break
		}
		raw = append(raw, coded(b, photo(4000, 3000, uint64(n)), 90))
		if *photos == "" {
			continue
		}
		if err := os.WriteFile(filepath.Join(*photos, fmt.Sprintf("%02d.jpg", n)), raw[n], 0o666); err != nil {
			b.Fatal(err)
		}
	}
	budget := NewBudget(256 << 20)
	b.ReportAllocs()
	b.SetBytes(12_000_000)
	b.ResetTimer()
	var next atomic.Int64
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			n := int(next.Add(1)) % len(raw)
			if _, err := Make(context.Background(), budget, "a.jpg", raw[n], Operation{Width: 1600}, Operation{Width: 960}, Operation{Width: 480}); err != nil {
				b.Error(err)
			}
		}
	})
}

// BenchmarkInspect reads a photograph of 12 megapixels without decoding it.
func BenchmarkInspect(b *testing.B) {
	raw := coded(b, photo(4000, 3000, 1), 90)
	b.ReportAllocs()
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		if _, problems := Inspect("a.jpg", raw); len(problems) > 0 {
			b.Fatal(problems)
		}
	}
}
