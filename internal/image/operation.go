package image

import (
	"math"

	"qinglian/internal/digest"
)

// version names how pictures are made. Whoever changes what Make gives for the
// same source and operation changes it too: results are kept for good.
const version = 1

// Operation is what is to be made of a picture. The zero Operation is the
// picture as it is, without what is private.
type Operation struct {
	Ratio   Ratio
	Focus   Focus  // what Ratio keeps in view
	Width   int    // the most pixels in a row; 0 for as many as there are
	Least   int    // the fewest in a row and a column: white is put around
	Format  Format // JPEG or PNG; 0 for what suits the picture
	Quality int    // of a JPEG that is coded anew, 1 to 100; 0 for what suits the width
}

// Digest names the operation. A result depends on nothing but the digest of
// its source and this.
func (o Operation) Digest() digest.Digest {
	return digest.New("picture").Int(version, int64(o.Ratio.Width), int64(o.Ratio.Height),
		int64(math.Float64bits(o.Focus.right)), int64(math.Float64bits(o.Focus.down)),
		int64(o.Width), int64(o.Least), int64(o.Format), int64(o.Quality)).Sum()
}

// Widths of variants. A telephone is 360 to 430 pixels wide and shows two or
// three for one, a column of text on a desk is about 800: 480 is for lists and
// plain telephones, 960 for telephones and columns, 1600 for columns on sharp
// screens and pictures as wide as the page. Each is at most twice the one
// before, so a reader loads at most four times the pixels that are shown.
var widths = []int{480, 960, 1600}

// Widths are those at which a picture is published when it is shown in the
// form r: all that it has pixels for, and its own if it lies below the largest.
// Its own takes the place of one that is hardly smaller.
func (i Info) Widths(r Ratio) []int {
	own := int(crop(i.Width, i.Height, r, Focus{}).w)
	if !i.Scales() {
		return []int{own}
	}
	var out []int
	for _, w := range widths {
		if w*9 < own*8 {
			out = append(out, w)
		}
	}
	if len(out) < len(widths) {
		out = append(out, min(own, widths[len(out)]))
	}
	return out
}

// Whole is the operation for all of the picture, as large as it is published.
func (i Info) Whole() Operation {
	w := i.Widths(Ratio{})
	return Operation{Width: w[len(w)-1]}
}

// quality is finer for small variants: they are often shown at their size,
// while a large one is mostly shown at two pixels for one, which hides more.
func quality(width int) int {
	if width > 960 {
		return 76
	}
	return 82
}

// Sizes of a share picture: WeChat takes one of 300 by 300 or more, and shows
// none wider than 1200.
const (
	shareWidth = 1200
	shareLeast = 300
)

// Share is the operation for the picture that stands for a page elsewhere. One
// much longer than wide, or much wider than high, is cut: what is left after
// scaling all of it could not be made out. A drawing stays one (As says so) and
// can't stand there.
func (i Info) Share(f Focus) Operation {
	o := Operation{Width: shareWidth, Least: shareLeast, Format: JPEG}
	switch {
	case i.Width > 2*i.Height:
		o.Ratio, o.Focus = Ratio{2, 1}, f
	case i.Height > 2*i.Width:
		o.Ratio, o.Focus = Ratio{1, 1}, f
	}
	return o
}

// Size is how large the result of an operation is.
func (i Info) Size(o Operation) (w, h int) {
	if !i.changes(o) {
		return i.Width, i.Height
	}
	w, h = i.scaled(o)
	return max(w, o.Least), max(h, o.Least)
}

// scaled is the size before white is put around.
func (i Info) scaled(o Operation) (w, h int) {
	part := crop(i.Width, i.Height, o.Ratio, o.Focus)
	w, h = int(part.w), int(part.h)
	if o.Width > 0 && o.Width < w {
		w, h = o.Width, max(1, rounded(part.h*float64(o.Width)/part.w))
	}
	return w, h
}

// As is the format of the result of an operation.
func (i Info) As(o Operation) Format {
	switch {
	case !i.changes(o):
		return i.Format
	case o.Format != 0:
		return o.Format
	case i.Format == JPEG, i.Format == WebP && !i.Alpha, i.photograph():
		return JPEG
	}
	return PNG
}

// photograph reports whether a PNG is one: drawings and screenshots compress to
// a fraction of a byte a pixel, the noise of a camera does not.
func (i Info) photograph() bool {
	return i.Format == PNG && i.Model == Colour && !i.Alpha && int64(i.Bytes) > i.Pixels()*int64(i.Depth)/8 &&
		i.Pixels() > 100_000
}

// changes reports whether an operation does anything to the picture. What moves
// stays as it is unless a still picture is asked for by its format.
func (i Info) changes(o Operation) bool {
	return i.Format != SVG && (!i.Animated || o.Format != 0)
}
