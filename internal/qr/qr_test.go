package qr

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image/png"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"rsc.io/qr/coding"
)

// addresses of each number of modules that a site may have, and the longest.
func addresses() []string {
	all := []string{"https://a.cn/", "https://www.qingyuan.example/model-sites/lianxi-school.html"}
	for n := 20; n < 2331; n = n*3/2 + 1 {
		all = append(all, strings.Repeat("https://例.cn/a?b=%E6&", n/22+1)[:n])
	}
	return append(all, strings.Repeat("x", 2331))
}

// TestRead: a reader of codes reads from the picture what was put in, and the
// picture is what the drawing is.
func TestRead(t *testing.T) {
	for _, address := range addresses() {
		c, err := Of(address)
		if err != nil {
			t.Fatalf("%d bytes: %v", len(address), err)
		}
		im, err := png.Decode(bytes.NewReader(c.PNG()))
		if err != nil {
			t.Fatalf("%d bytes: %v", len(address), err)
		}
		if w := im.Bounds().Dx(); w < 240 || w != c.Size()*scale || im.Bounds().Dy() != w {
			t.Errorf("%d bytes: %v", len(address), im.Bounds())
		}
		for y := range im.Bounds().Dy() {
			for x := range im.Bounds().Dx() {
				if r, _, _, _ := im.At(x, y).RGBA(); (r == 0) != c.Black(x/scale, y/scale) {
					t.Fatalf("%d bytes: wrong pixel at %d, %d", len(address), x, y)
				}
			}
		}
		if len(address) > 600 {
			continue // finer than that reader reads well
		}
		bitmap, err := gozxing.NewBinaryBitmapFromImage(im)
		if err != nil {
			t.Fatal(err)
		}
		got, err := qrcode.NewQRCodeReader().Decode(bitmap, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_CHARACTER_SET: "UTF-8"})
		if err != nil || got.GetText() != strings.ToValidUTF8(address, "\ufffd") {
			t.Errorf("%d bytes: read %q, %v", len(address), got, err)
		}
	}
}

// TestDrawn: the code has the modules that the library itself draws, in every version that
// these addresses take.
func TestDrawn(t *testing.T) {
	for _, address := range addresses() {
		c, err := Of(address)
		if err != nil {
			t.Fatalf("%d bytes: %v", len(address), err)
		}
		drawn, err := coding.NewPlan(coding.Version((c.modules.Size-17)/4), level, 0)
		if err != nil {
			t.Fatal(err)
		}
		want, err := drawn.Encode(coding.String(address))
		if err != nil {
			t.Fatal(err)
		}
		for y := range want.Size {
			for x := range want.Size {
				if c.modules.Black(x, y) != want.Black(x, y) {
					t.Fatalf("%d bytes: wrong module at %d, %d", len(address), x, y)
				}
			}
		}
	}
}

func TestTooLong(t *testing.T) {
	if _, err := Of(strings.Repeat("x", 2332)); err == nil {
		t.Error("no error")
	}
}

// TestSVG: the drawing has a square for each run of black modules.
func TestSVG(t *testing.T) {
	c, err := Of("https://www.qingyuan.example/")
	if err != nil {
		t.Fatal(err)
	}
	var svg struct {
		ViewBox string `xml:"viewBox,attr"`
		Paths   []struct {
			D string `xml:"d,attr"`
		} `xml:"path"`
	}
	if err := xml.Unmarshal(c.SVG(), &svg); err != nil {
		t.Fatal(err)
	}
	black := map[[2]int]bool{}
	for _, run := range strings.Split(strings.TrimSuffix(svg.Paths[1].D, "z"), "z") {
		var x, y, n int
		if _, err := fmt.Sscanf(run, "M%d %dh%dv1h-", &x, &y, &n); err != nil {
			t.Fatalf("%q: %v", run, err)
		}
		for i := range n {
			black[[2]int{x + i, y}] = true
		}
	}
	for y := range c.Size() {
		for x := range c.Size() {
			if black[[2]int{x, y}] != c.Black(x, y) {
				t.Fatalf("module %d, %d", x, y)
			}
		}
	}
}

// Each code is another one: a processor learns the branches of one that is made again and
// again, and no site has a page twice.
func BenchmarkPNG(b *testing.B) {
	for i := 0; b.Loop(); i++ {
		c, err := Of(fmt.Sprintf("https://www.qingyuan.example/model-sites/lianxi-%06d.html", i))
		if err != nil {
			b.Fatal(err)
		}
		b.SetBytes(int64(len(c.PNG())))
	}
}
