package image

import (
	"image"
	"image/color"
)

// layout is what the planes of pixels are.
type layout uint8

const (
	grey layout = iota // one
	ycc                // luminance, blue, red: as JPEG codes them, the last two often for pairs of pixels
	rgba               // one of four samples, premultiplied
	cmyk               // one of four
)

// pixels is a decoded picture, in the form in which it was coded: a
// photograph's three planes are scaled as they are, which loses nothing and is
// less to do: they have 1.5 bytes a pixel for RGBA's 4.
type pixels struct {
	layout
	w, h   int // of the picture
	planes []plane
	clear  bool // rgba: not all pixels are opaque
}

// halved is p with every plane halved. It is the same picture, of w by h.
func (p *pixels) halved() *pixels {
	out := *p
	out.planes = nil
	for _, old := range p.planes {
		out.planes = append(out.planes, old.halved())
	}
	return &out
}

// source is a decoded picture and what it becomes by halving, each made when
// it is needed first.
type source struct{ levels []*pixels }

// scaled is a part of the picture, upright, at another size. Where at least
// four pixels become one, it is made from halves: from how often halved depends
// on the sizes alone, so it does not matter what else is made.
func (s *source) scaled(part rect, t Turn, w, h int) *pixels {
	level := halvings(part, w, h)
	for len(s.levels) <= level {
		s.levels = append(s.levels, s.levels[len(s.levels)-1].halved())
	}
	return s.levels[level].scaled(part, t, w, h)
}

// halvings is how often a picture is halved before a part of it gets its size.
func halvings(part rect, w, h int) (n int) {
	for step := min(part.w/float64(w), part.h/float64(h)); step >= 4; step /= 2 {
		n++
	}
	return n
}

// axes are those of the stored picture, pw by ph, along which a part of the upright
// one becomes w by h.
func axes(part rect, t Turn, pw, ph, w, h int) (x, y axis) {
	from := t.stored(part, float64(pw), float64(ph))
	mirrorX, mirrorY := t.mirrors()
	if t.sideways() {
		w, h = h, w
	}
	return axis{from.x, from.w, from.w / float64(w), w, mirrorX}, axis{from.y, from.h, from.h / float64(h), h, mirrorY}
}

// scaled is a part of the pixels, upright, at another size.
func (p *pixels) scaled(part rect, t Turn, w, h int) *pixels {
	out := &pixels{layout: p.layout, w: w, h: h, clear: p.clear}
	x, y := axes(part, t, p.w, p.h, w, h)
	for i, old := range p.planes {
		every := 1
		if p.layout == ycc && i > 0 {
			every = 2
		}
		scaled := old.scaled(x.plane(old.everyX, every), y.plane(old.everyY, every))
		if t.sideways() {
			scaled = scaled.transposed()
		}
		scaled.everyX, scaled.everyY = every, every
		out.planes = append(out.planes, scaled)
	}
	return out
}

// plane is the picture's axis as that of a plane of which one sample is for so
// many pixels, before and after.
func (a axis) plane(before, after int) axis {
	return axis{
		from:     a.from / float64(before),
		length:   a.length / float64(before),
		step:     a.length / float64(a.n) * float64(after) / float64(before),
		n:        (a.n + after - 1) / after,
		mirrored: a.mirrored,
	}
}

// rgb is p as RGBA.
func (p *pixels) rgb() *pixels {
	if p.layout == rgba {
		return p
	}
	out := &pixels{layout: rgba, w: p.w, h: p.h, planes: []plane{newPlane(p.w, p.h, 4)}}
	for y := range p.h {
		row := out.planes[0].row(y)
		for x := range p.w {
			r, g, b := p.at(x, y)
			copy(row[x*4:], []byte{r, g, b, 255})
		}
	}
	return out
}

func (p *pixels) at(x, y int) (r, g, b byte) {
	first := p.planes[0].row(y)
	switch p.layout {
	case ycc:
		blue := p.planes[1]
		i := y/blue.everyY*blue.stride + x/blue.everyX
		return color.YCbCrToRGB(first[x], blue.pix[i], p.planes[2].pix[i])
	case cmyk:
		return color.CMYKToRGB(first[x*4], first[x*4+1], first[x*4+2], first[x*4+3])
	}
	return first[x], first[x], first[x]
}

// onWhite puts white behind what can be seen through.
func (p *pixels) onWhite() *pixels {
	if !p.clear {
		return p
	}
	out := &pixels{layout: rgba, w: p.w, h: p.h, planes: []plane{newPlane(p.w, p.h, 4)}}
	for y := range p.h {
		old, row := p.planes[0].row(y), out.planes[0].row(y)
		for i := 0; i < len(row); i += 4 {
			behind := 255 - old[i+3]
			for c := range 3 {
				row[i+c] = byte(min(255, int(old[i+c])+int(behind)))
			}
			row[i+3] = 255
		}
	}
	return out
}

// padded is p in the middle of a white picture of at least so many pixels in
// each direction.
func (p *pixels) padded(least int) *pixels {
	if p.w >= least && p.h >= least {
		return p
	}
	p = p.rgb().onWhite()
	w, h := max(p.w, least), max(p.h, least)
	out := &pixels{layout: rgba, w: w, h: h, planes: []plane{newPlane(w, h, 4)}}
	for i := range out.planes[0].pix {
		out.planes[0].pix[i] = 255
	}
	left, top := (w-p.w)/2, (h-p.h)/2
	for y := range p.h {
		copy(out.planes[0].row(top + y)[left*4:], p.planes[0].row(y))
	}
	return out
}

// picture is p as the encoders take it. Grey, RGBA and YCbCr are those for
// which the encoders have code of their own.
func (p *pixels) picture() image.Image {
	bounds := image.Rect(0, 0, p.w, p.h)
	switch {
	case p.layout == grey:
		return &image.Gray{Pix: p.planes[0].pix, Stride: p.planes[0].stride, Rect: bounds}
	case p.layout == ycc:
		return &image.YCbCr{Y: p.planes[0].pix, YStride: p.planes[0].stride,
			Cb: p.planes[1].pix, Cr: p.planes[2].pix, CStride: p.planes[1].stride,
			SubsampleRatio: image.YCbCrSubsampleRatio420, Rect: bounds}
	case p.clear:
		return &image.NRGBA{Pix: unmultiplied(p.planes[0].pix), Stride: p.planes[0].stride, Rect: bounds}
	}
	return &image.RGBA{Pix: p.rgb().planes[0].pix, Stride: 4 * p.w, Rect: bounds}
}

// unmultiplied is RGBA with colours that do not depend on alpha, as PNG stores
// them. Scaling needs the others, or what can't be seen would bleed into what
// can.
func unmultiplied(pix []byte) []byte {
	out := make([]byte, len(pix))
	for i := 0; i < len(pix); i += 4 {
		a := int(pix[i+3])
		for c := range 3 {
			if a > 0 {
				out[i+c] = byte(min(255, (int(pix[i+c])*255+a/2)/a))
			}
		}
		out[i+3] = pix[i+3]
	}
	return out
}
