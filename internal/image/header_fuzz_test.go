package image

import (
	"bytes"
	"image"
	"strings"
	"testing"

	"qinglian/internal/diag"
)

// FuzzHeader: whatever a picture's file says of itself is read without decoding it, is
// the same under any name, is within the bounds, and is what another decoder reads.
func FuzzHeader(f *testing.F) {
	for _, raw := range planted(&testing.T{}) {
		f.Add(raw)
	}
	for _, name := range []string{"progressive.jpg", "interlaced.png", "lossy.webp", "lossless.webp", "alpha.webp"} {
		raw := file(f, name)
		f.Add(raw[:min(len(raw), 512)])
		f.Add(raw)
	}
	f.Add([]byte(pngHead + "\x00\x00\x00\x0dIHDR\xff\xff\xff\xff\x00\x00\x00\x01\x08\x02\x00\x00\x00"))
	f.Add([]byte("GIF89a\xff\xff\xff\xff\x00\x00\x00"))
	f.Add([]byte("RIFF\x1e\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x02\x00\x00\x00\xff\xff\xff\xff\xff\xff"))
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x22Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		raw = checked(bytes.Clone(raw))
		i, problems := Inspect("a.jpg", raw)
		if again, _ := Inspect("b.svg", raw); again != i {
			t.Fatalf("%+v is %+v under another name", i, again)
		}
		if problems.Count(diag.Error) > 0 {
			return
		}
		if i.Width < 0 || i.Height < 0 || i.Pixels() > MaxPixels || i.Bytes != len(raw) || i.Memory < 0 {
			t.Fatalf("%+v", i)
		}
		c, kind, err := image.DecodeConfig(bytes.NewReader(raw))
		if err != nil || i.Format == SVG {
			return
		}
		upright := c.Width == i.Width && c.Height == i.Height
		if lying := c.Width == i.Height && c.Height == i.Width; !strings.EqualFold(kind, i.Format.String()) || !upright && !lying {
			t.Fatalf("%+v is a %s of %d × %d", i, kind, c.Width, c.Height)
		}
	})
}
