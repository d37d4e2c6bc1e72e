package image

import (
	"fmt"
	"math"
)

// Ratio is the form of a picture, as in 16:9. The zero Ratio is the picture's
// own.
type Ratio struct{ Width, Height int }

// Focus is the point of a picture that a crop keeps in view. The zero Focus is
// the middle.
type Focus struct{ right, down float64 } // from the middle, in parts of the whole

// At is the Focus at parts of the width and height, from the top left:
// `focus = [0.3, 0.4]`. What lies outside is taken for the edge.
func At(x, y float64) Focus { return Focus{inside(x) - .5, inside(y) - .5} }

func inside(part float64) float64 {
	if !(part > 0) { // or not a number
		return 0
	}
	return min(part, 1)
}

// rect is a part of a picture, in pixels.
type rect struct{ x, y, w, h float64 }

// crop is the largest part of a picture of w by h that has the form of r, with
// f as near to its middle as the edges allow. It consists of whole pixels.
func crop(w, h int, r Ratio, f Focus) rect {
	if r.Width <= 0 || r.Height <= 0 {
		return rect{0, 0, float64(w), float64(h)}
	}
	cw, ch := w, h
	if int64(w)*int64(r.Height) > int64(h)*int64(r.Width) {
		cw = max(1, rounded(float64(h)*float64(r.Width)/float64(r.Height)))
	} else {
		ch = max(1, rounded(float64(w)*float64(r.Height)/float64(r.Width)))
	}
	return rect{around(f.right, cw, w), around(f.down, ch, h), float64(cw), float64(ch)}
}

// around is where a stretch begins that lies in one of most, with a point of
// it in the middle.
func around(from float64, stretch, most int) float64 {
	begin := rounded((from+.5)*float64(most) - float64(stretch)/2)
	return float64(max(0, min(begin, most-stretch)))
}

func rounded(f float64) int { return int(math.Floor(f + .5)) }

// Crop is the part of the picture that a form keeps, as WeChat takes it: the
// corners X1_Y1_X2_Y2 in parts of the width and height.
func (i Info) Crop(r Ratio, f Focus) string {
	c := crop(i.Width, i.Height, r, f)
	w, h := float64(i.Width), float64(i.Height)
	return fmt.Sprintf("%.6f_%.6f_%.6f_%.6f", c.x/w, c.y/h, (c.x+c.w)/w, (c.y+c.h)/h)
}
