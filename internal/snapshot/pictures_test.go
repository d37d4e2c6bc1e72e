package snapshot

import (
	"bytes"
	"image"
	"image/jpeg"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"golang.org/x/sync/errgroup"

	"qinglian/internal/diag"
	"qinglian/internal/digest"
	pixels "qinglian/internal/image"
	"qinglian/internal/source"
)

// TestGallery: a picture that lies beside two articles is made by several at
// once, in one process and in two; what was kept of it and is damaged is made anew;
// nothing need be kept.
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
	for name, left := range map[string][]byte{"damaged": append(whole[:len(whole)-1:len(whole)-1], 'x'), "empty": nil} {
		if err := os.WriteFile(kept[0], left, 0o644); err != nil {
			t.Fatal(err)
		}
		made(1, keep)
		if again, err := os.ReadFile(kept[0]); err != nil || !bytes.Equal(again, whole) {
			t.Errorf("%s: it was not made anew, %v", name, err)
		}
	}
}

// TestVerifiedFiles: who verifies reads files again, whatever their stamps say.
func TestVerifiedFiles(t *testing.T) {
	files := sample()
	files["content/examples/a.svg"] = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h4v3z"/></svg>`
	files["static/a.txt"] = "甲"
	d := write(t, files)
	for _, name := range []string{"content/examples/a.svg", "static/a.txt"} {
		_, state := d.take(State{}, after(), nil)
		was := state.Files[name]
		if was.Stamp == (source.Stamp{}) {
			t.Fatalf("%s is not known", name)
		}
		was.Digest[0]++
		state.Files[name] = was
		for _, verify := range []bool{false, true} {
			snap, next := d.take(state, after(), func(o *Options) { o.Verify = verify })
			stale := slices.ContainsFunc(snap.Diagnostics, func(d diag.Diagnostic) bool { return d.Rule == "stale-output" && d.File == name })
			if stale != verify || (next.Files[name].Digest == was.Digest) == verify {
				t.Errorf("%s, verify %v: stale %v, digest %v", name, verify, stale, next.Files[name].Digest)
			}
		}
	}
}
