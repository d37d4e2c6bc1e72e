package image

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"
)

// decode gives the pixels of a picture as they are stored.
func (p *picture) decode() (*pixels, error) {
	in := p.reader()
	switch p.Format {
	case JPEG:
		return pixelsOf(jpeg.Decode(in))
	case PNG:
		return pixelsOf(png.Decode(in))
	case WebP:
		m, err := webp.Decode(in)
		widenRange(m)
		return pixelsOf(m, err)
	}
	return p.decodeGIF(in)
}

// reader reads the file without what is private: what is damaged there does not
// matter.
func (p *picture) reader() io.Reader {
	readers := make([]io.Reader, len(p.parts))
	for i, part := range p.parts {
		readers[i] = bytes.NewReader(part)
	}
	return io.MultiReader(readers...)
}

// decodeGIF gives the first frame, which may be a part of the picture.
func (p *picture) decodeGIF(in io.Reader) (*pixels, error) {
	frame, err := gif.Decode(in)
	if err != nil {
		return nil, err
	}
	whole := image.NewRGBA(image.Rect(0, 0, p.Width, p.Height))
	draw.Draw(whole, frame.Bounds(), frame, frame.Bounds().Min, draw.Src)
	return pixelsOf(whole, nil)
}

// pixelsOf takes over what a decoder gives, without a copy where it can.
func pixelsOf(m image.Image, err error) (*pixels, error) {
	if err != nil {
		return nil, err
	}
	b := m.Bounds()
	p := &pixels{w: b.Dx(), h: b.Dy()}
	single := func(l layout, pix []byte, stride, perPixel int) *pixels {
		p.layout = l
		p.planes = []plane{{pix, stride, p.w, p.h, perPixel, 1, 1}}
		return p
	}
	switch m := m.(type) {
	case *image.Gray:
		return single(grey, m.Pix, m.Stride, 1), nil
	case *image.Gray16:
		return single(grey, highBytes(m.Pix), m.Stride/2, 1), nil
	case *image.CMYK:
		return single(cmyk, m.Pix, m.Stride, 4), nil
	case *image.YCbCr:
		p.takeYCbCr(m)
		return p, nil
	case *image.RGBA:
		p.clear = !m.Opaque()
		return single(rgba, m.Pix, m.Stride, 4), nil
	case *image.NRGBA:
		p.clear = multiply(m.Pix)
		return single(rgba, m.Pix, m.Stride, 4), nil
	case *image.RGBA64:
		p.clear = !m.Opaque()
		return single(rgba, highBytes(m.Pix), m.Stride/2, 4), nil
	case *image.NRGBA64:
		pix := highBytes(m.Pix)
		p.clear = multiply(pix)
		return single(rgba, pix, m.Stride/2, 4), nil
	}
	flat := image.NewRGBA(image.Rect(0, 0, p.w, p.h))
	draw.Draw(flat, flat.Bounds(), m, b.Min, draw.Src)
	p.clear = !flat.Opaque()
	return single(rgba, flat.Pix, flat.Stride, 4), nil
}

func (p *pixels) takeYCbCr(m *image.YCbCr) {
	p.layout = ycc
	x, y := 1, 1
	switch m.SubsampleRatio {
	case image.YCbCrSubsampleRatio422:
		x = 2
	case image.YCbCrSubsampleRatio420:
		x, y = 2, 2
	case image.YCbCrSubsampleRatio440:
		y = 2
	case image.YCbCrSubsampleRatio411:
		x = 4
	case image.YCbCrSubsampleRatio410:
		x, y = 4, 2
	}
	w, h := (p.w+x-1)/x, (p.h+y-1)/y
	p.planes = []plane{{m.Y, m.YStride, p.w, p.h, 1, 1, 1}, {m.Cb, m.CStride, w, h, 1, x, y},
		{m.Cr, m.CStride, w, h, 1, x, y}}
}

// highBytes makes samples of 16 bits 8, in place: no screen that we publish
// for shows the rest.
func highBytes(pix []byte) []byte {
	for i := range len(pix) / 2 {
		pix[i] = byte((int(binary.BigEndian.Uint16(pix[2*i:])) + 128) / 257)
	}
	return pix[:len(pix)/2]
}

// multiply multiplies colours with their alpha, in place, and reports whether
// there is any that is not full.
func multiply(pix []byte) (transparent bool) {
	for i := 0; i+4 <= len(pix); i += 4 {
		a := int(pix[i+3])
		if a == 255 {
			continue
		}
		transparent = true
		for c := range 3 {
			pix[i+c] = byte((int(pix[i+c])*a + 127) / 255)
		}
	}
	return transparent
}

// widenRange makes the samples of a lossy WebP those of a JPEG: WebP's
// luminance goes from 16 to 235 and its chroma to 240, which the decoder hands
// on as it is.
func widenRange(m image.Image) {
	var c *image.YCbCr
	switch m := m.(type) {
	case *image.YCbCr:
		c = m
	case *image.NYCbCrA:
		c = &m.YCbCr
	default:
		return
	}
	var luma, chroma [256]byte
	for v := range 256 {
		luma[v] = byte(max(0, min(255, rounded(float64(v-16)*255/219))))
		chroma[v] = byte(max(0, min(255, 128+rounded(float64(v-128)*255/224))))
	}
	for i, v := range c.Y {
		c.Y[i] = luma[v]
	}
	for i := range c.Cb {
		c.Cb[i], c.Cr[i] = chroma[c.Cb[i]], chroma[c.Cr[i]]
	}
}
