// Package qr makes QR codes of addresses (ISO/IEC 18004), for phones to read
// from a screen or from paper.
//
// Codes are of level M, which a crease or a stamp in print does not spoil, and
// have the quiet zone of four modules that the standard asks for. Pictures of
// them are at least 264 pixels wide: chat programs do not find smaller ones well
// when a reader presses long on them. The same address always gives the same
// bytes.
//
// A short ASCII address makes a coarse code, which poor cameras read from afar:
// one of 38 characters has 29 modules, a percent-encoded Chinese path 49 to 57.
package qr

import (
	"bytes"
	"fmt"
	"strconv"
	"sync"

	"rsc.io/qr/coding"
)

const (
	level = coding.M
	quiet = 4 // modules on each side

	// scale is how many pixels a module is wide: a byte of a picture with one
	// bit a pixel.
	scale = 8

	// coarsest is 25 modules: the one coarser kind would be too small a picture.
	coarsest coding.Version = 2
)

// Code is a QR code.
type Code struct{ modules *coding.Code }

// Of is the code of an address. It fails on one of more than 2,331 bytes.
func Of(address string) (Code, error) {
	text := coding.String(address)
	version := coarsest
	for text.Bits(version) > version.DataBytes(level)*8 {
		if version++; version > coding.MaxVersion {
			return Code{}, fmt.Errorf("qr: %d bytes are too many for a QR code", len(address))
		}
	}
	p, err := plans[version]()
	if err != nil {
		return Code{}, err
	}
	return p.code(text), nil
}

// plan is where the bits of a version stand. Finding that takes longer than all the rest,
// so it is done once. The mask is always the first, a chessboard: judging all eight takes
// ten times as long as making the code, and of 3,000 addresses a reader of codes found as
// many either way.
type plan struct {
	version coding.Version
	empty   coding.Code // as it is drawn where all bits are 0
	at      []place     // of each bit
}

// place is where a bit stands in a bitmap.
type place struct {
	byte  int
	shift uint8
}

// plans are those of all versions, each made when it is first asked for.
var plans = func() (all [coding.MaxVersion + 1]func() (plan, error)) {
	for v := coarsest; v <= coding.MaxVersion; v++ {
		all[v] = sync.OnceValues(func() (plan, error) { return planOf(v) })
	}
	return all
}()

func planOf(version coding.Version) (plan, error) {
	drawn, err := coding.NewPlan(version, level, 0)
	if err != nil {
		return plan{}, err
	}
	size := len(drawn.Pixel)
	p := plan{version: version, empty: coding.Code{Size: size, Stride: (size + 7) / 8},
		at: make([]place, 8*(drawn.DataBytes+drawn.CheckBytes))}
	p.empty.Bitmap = make([]byte, p.empty.Stride*size)
	for y, row := range drawn.Pixel {
		for x, pixel := range row {
			here := place{y*p.empty.Stride + x/8, uint8(7 - x%8)}
			if pixel&coding.Black != 0 {
				p.empty.Bitmap[here.byte] |= 1 << here.shift
			}
			if role := pixel.Role(); role == coding.Data || role == coding.Check {
				p.at[pixel.Offset()] = here
			}
		}
	}
	return p, nil
}

// code puts a text into the plan, which has room for it. Whether a bit is set is what no
// processor guesses, so it decides no branch.
func (p plan) code(text coding.String) Code {
	var bits coding.Bits
	text.Encode(&bits, p.version)
	bits.AddCheckBytes(p.version, level)
	c := p.empty
	c.Bitmap = bytes.Clone(c.Bitmap)
	at := p.at
	for _, b := range bits.Bytes() {
		for i := range 8 {
			c.Bitmap[at[i].byte] ^= (b >> (7 - i) & 1) << at[i].shift
		}
		at = at[8:]
	}
	return Code{&c}
}

// Size is how many modules wide and high the code is, with its quiet zone.
func (c Code) Size() int { return c.modules.Size + 2*quiet }

// Pixels is how wide and high the picture is.
func (c Code) Pixels() int { return c.Size() * scale }

// Black reports whether a module is black; (0, 0) is the corner of the quiet
// zone. What lies outside is white.
func (c Code) Black(x, y int) bool { return c.modules.Black(x-quiet, y-quiet) }

// SVG is the code as a drawing, for print of any size.
func (c Code) SVG() []byte {
	n := c.Size()
	b := fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %[1]d %[1]d" width="%[2]d" height="%[2]d" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h%[1]dv%[1]dH0z"/><path d="`, n, c.Pixels())
	for y := range n {
		for x := 0; x < n; {
			run := 0
			for c.Black(x+run, y) {
				run++
			}
			if run > 0 {
				b = appendRun(b, x, y, run)
			}
			x += run + 1
		}
	}
	return append(b, `"/></svg>`...)
}

// appendRun draws black modules that stand side by side.
func appendRun(b []byte, x, y, run int) []byte {
	for _, part := range []struct {
		command string
		value   int
	}{{"M", x}, {" ", y}, {"h", run}, {"v1h-", run}} {
		b = append(b, part.command...)
		b = strconv.AppendInt(b, int64(part.value), 10)
	}
	return append(b, 'z')
}
