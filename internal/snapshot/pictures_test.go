package snapshot

import (
	"bytes"
	"image"
	"image/jpeg"
	"io"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sync/errgroup"

	"qinglian/internal/digest"
	pixels "qinglian/internal/image"
	"qinglian/internal/source"
)

// TestGallery: a picture that lies beside two articles is made by several at
// once, in one process and in two; what was kept of it and is damaged, or is to
// be verified, is made anew; nothing need be kept.
func TestGallery(t *testing.T) {
	var photo bytes.Buffer
	if err := jpeg.Encode(&photo, image.NewGray(image.Rect(0, 0, 900, 600)), nil); err != nil {
		t.Fatal(err)
	}
	d := write(t, map[string]string{"content/a.jpg": photo.String(), "content/b.jpg": photo.String()})
	s, err := source.Open(d.dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	made := func(galleries int, opt Options) int {
		t.Helper()
		var group errgroup.Group
		for range galleries {
			g := newGallery(s, opt)
			var renders []func(io.Writer) error
			for _, file := range []string{"content/a.jpg", "content/b.jpg"} {
				for _, width := range []int{0, 300, 480} {
					renders = append(renders, g.plan(file, digest.Of(photo.Bytes()), pixels.Operation{Width: width}))
				}
			}
			for _, render := range renders {
				group.Go(func() error {
					var b bytes.Buffer
					if err := render(&b); err != nil {
						return err
					}
					_, err := jpeg.DecodeConfig(&b)
					return err
				})
			}
		}
		if err := group.Wait(); err != nil {
			t.Fatal(err)
		}
		entries, err := os.ReadDir(filepath.Join(d.dir, "made"))
		if err != nil && opt.Pictures != "" {
			t.Fatal(err)
		}
		return len(entries)
	}
	if n := made(1, Options{}); n != 0 {
		t.Errorf("%d are kept unasked", n)
	}
	keep := Options{Pictures: "made"}
	for range 10 {
		if n := made(4, keep); n != 3 {
			t.Errorf("%d are kept of one picture in three sizes", n)
		}
		if err := os.RemoveAll(filepath.Join(d.dir, "made")); err != nil {
			t.Fatal(err)
		}
	}
	made(1, keep)
	kept, err := filepath.Glob(filepath.Join(d.dir, "made", "*"))
	if err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(kept[0])
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		left []byte
		opt  Options
	}{
		"damaged":  {append(whole[:len(whole)-1:len(whole)-1], 'x'), keep},
		"verified": {nil, Options{Pictures: "made", Verify: true}},
	} {
		if err := os.WriteFile(kept[0], c.left, 0o644); err != nil {
			t.Fatal(err)
		}
		made(1, c.opt)
		if again, err := os.ReadFile(kept[0]); err != nil || !bytes.Equal(again, whole) {
			t.Errorf("%s: it was not made anew, %v", name, err)
		}
	}
}
