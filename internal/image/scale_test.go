package image

import (
	"image"
	"image/color"
	"math"
	"testing"

	"golang.org/x/image/draw"
)

func TestCrop(t *testing.T) {
	for _, c := range []struct {
		w, h  int
		ratio Ratio
		focus Focus
		want  rect
	}{
		{100, 50, Ratio{}, At(.1, .1), rect{0, 0, 100, 50}},
		{100, 50, Ratio{2, 1}, Focus{}, rect{0, 0, 100, 50}},
		{100, 50, Ratio{1, 1}, Focus{}, rect{25, 0, 50, 50}},
		{100, 50, Ratio{1, 1}, At(.3, .4), rect{5, 0, 50, 50}},
		{100, 50, Ratio{1, 1}, At(0, 0), rect{0, 0, 50, 50}},
		{100, 50, Ratio{1, 1}, At(1, 1), rect{50, 0, 50, 50}},
		{100, 50, Ratio{1, 1}, At(-3, math.NaN()), rect{0, 0, 50, 50}},
		{100, 50, Ratio{1, 1}, At(math.Inf(1), 9), rect{50, 0, 50, 50}},
		{100, 50, Ratio{4, 1}, At(.5, .3), rect{0, 3, 100, 25}},
		{50, 100, Ratio{16, 9}, At(.5, .5), rect{0, 36, 50, 28}},
		{900, 383, Ratio{235, 100}, Focus{}, rect{0, 0, 900, 383}},
		{1, 1000, Ratio{1000, 1}, Focus{}, rect{0, 500, 1, 1}},
		{1000, 1, Ratio{1, 1000}, At(1, 0), rect{999, 0, 1, 1}},
		{3, 3, Ratio{-1, 2}, Focus{}, rect{0, 0, 3, 3}},
	} {
		if got := crop(c.w, c.h, c.ratio, c.focus); got != c.want {
			t.Errorf("%d by %d as %v around %v: %v, want %v", c.w, c.h, c.ratio, c.focus, got, c.want)
		}
	}
}

// TestTaps: weights lie within the line and add up to 1, at every size.
func TestTaps(t *testing.T) {
	for _, most := range []int{1, 2, 3, 7, 100, 1001} {
		for _, n := range []int{1, 2, 3, 5, 99, 100, 333} {
			for _, mirrored := range []bool{false, true} {
				a := axis{length: float64(most), n: n, mirrored: mirrored}.plane(1, 1)
				taps := a.taps(most)
				for i := range n {
					first, weights := taps.of(i)
					sum := int32(0)
					for _, w := range weights {
						sum += w
					}
					if sum != fixed || first < 0 || first+len(weights) > most {
						t.Fatalf("%d to %d: pixel %d has %d from %d on: %v", most, n, i, len(weights), first, weights)
					}
				}
			}
		}
	}
}

// TestPlain: a plain surface stays what it is, to the last bit, at any size.
func TestPlain(t *testing.T) {
	for _, v := range []byte{0, 1, 127, 254, 255} {
		for _, n := range []int{1, 4} {
			p := newPlane(37, 23, n)
			for i := range p.pix {
				p.pix[i] = v
			}
			for _, w := range []int{1, 5, 36, 37} {
				s := &source{levels: []*pixels{{w: 37, h: 23, planes: []plane{p}}}}
				for _, got := range s.scaled(rect{0, 0, 37, 23}, Upright, w, w).planes[0].pix {
					if got != v {
						t.Fatalf("%d became %d", v, got)
					}
				}
			}
		}
	}
}

// TestLikeDraw: scaling gives what golang.org/x/image/draw gives with the same
// kernel, nearly; also from halves, and chroma does not move.
func TestLikeDraw(t *testing.T) {
	m := photo(803, 601, 3)
	smooth := image.NewRGBA(image.Rect(0, 0, 803, 601)) // the noise apart: what becomes of it does not matter
	draw.Draw(smooth, smooth.Bounds(), m, image.Point{}, draw.Src)
	for _, w := range []int{700, 401, 190, 77} {
		h := w * 601 / 803
		want := image.NewRGBA(image.Rect(0, 0, w, h))
		draw.CatmullRom.Scale(want, want.Bounds(), m, m.Bounds(), draw.Src, nil)
		p, err := pixelsOf(m, nil)
		if err != nil {
			t.Fatal(err)
		}
		got := (&source{levels: []*pixels{p}}).scaled(rect{0, 0, 803, 601}, Upright, w, h).picture()
		if db := likeness(got, want); db < 42 {
			t.Errorf("to %d: %.1f dB from YCbCr", w, db)
		}
		p, err = pixelsOf(smooth, nil)
		if err != nil {
			t.Fatal(err)
		}
		got = (&source{levels: []*pixels{p}}).scaled(rect{0, 0, 803, 601}, Upright, w, h).picture()
		if db := likeness(got, want); db < 42 {
			t.Errorf("to %d: %.1f dB from RGBA", w, db)
		}
	}
}

// likeness is the ratio of signal to noise in decibels.
func likeness(a, b image.Image) float64 {
	sum, n := 0., 0.
	for y := range b.Bounds().Dy() {
		for x := range b.Bounds().Dx() {
			p, q := color.RGBAModel.Convert(a.At(x, y)).(color.RGBA), color.RGBAModel.Convert(b.At(x, y)).(color.RGBA)
			for _, d := range []float64{float64(p.R) - float64(q.R), float64(p.G) - float64(q.G), float64(p.B) - float64(q.B)} {
				sum += d * d
				n++
			}
		}
	}
	return 10 * math.Log10(255*255/(sum/n+1e-9))
}
