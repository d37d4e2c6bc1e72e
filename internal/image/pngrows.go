package image

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image/color"
	"io"
	"slices"
	"strings"
)

// pngRows gives the pixels of a PNG row by row, so that a scan of two hundred
// megapixels takes no more memory than what is made of it. It reads what is
// written as nearly all are: not interlaced, all chunks in their order; what else
// there is the library reads whole.
type pngRows struct {
	layout
	w, h     int
	perPixel int // bytes of a pixel that is given
	clear    bool

	packed      io.ReadCloser
	depth       int
	samples     int // of a stored pixel
	typed       []byte
	above, line []byte // a row as it is stored, with the byte for its filter
	out, copied []byte
	palette     [256][4]byte
	transparent []byte // the one colour that is not seen, 16 bits a sample; nil if there is none
}

// errDamaged is what can't be the pixels of a PNG.
var errDamaged = errors.New("damaged")

// pngSamples is how many samples a stored pixel has, by the type of colour, in what
// depths they come, and in what order the header, the palette, transparency and the
// pixels.
var pngSamples = map[byte]struct {
	samples        int
	depths, orders string
}{
	0: {1, "\x01\x02\x04\x08\x10", "ID ItD"},
	2: {3, "\x08\x10", "ID ItD IPD IPtD"},
	3: {1, "\x01\x02\x04\x08", "IPD IPtD"},
	4: {2, "\x08\x10", "ID"},
	6: {4, "\x08\x10", "ID IPD"},
}

// inRows reports whether the pixels can be given row by row, from the names of the
// chunks that stay, in order, and the header.
func inRows(names []string, header []byte) bool {
	of, known := pngSamples[header[9]]
	if !known || strings.IndexByte(of.depths, header[8]) < 0 || header[10]|header[11]|header[12] != 0 {
		return false
	}
	order := ""
	for _, name := range names {
		switch name {
		case "IHDR", "PLTE", "tRNS":
			order += name[:1]
		case "IDAT":
			order = strings.TrimSuffix(order, "D") + "D"
			continue
		}
		if strings.HasSuffix(order, "D") {
			order += "." // the pixels must come one after the other
		}
	}
	order = strings.TrimSuffix(order, ".")
	return slices.Contains(strings.Fields(of.orders), order)
}

// pngRows begins with the first row.
func (p *picture) pngRows() (*pngRows, error) {
	r := &pngRows{}
	var coded []io.Reader
	for _, chunk := range p.rows {
		data := chunk[8 : len(chunk)-4]
		if crc32.ChecksumIEEE(chunk[4:len(chunk)-4]) != binary.BigEndian.Uint32(chunk[len(chunk)-4:]) {
			return nil, errDamaged
		}
		switch string(chunk[4:8]) {
		case "IHDR":
			r.header(data)
		case "PLTE":
			if len(data) == 0 || len(data)%3 != 0 || r.typed[0] == 3 && len(data) > 3<<r.depth || len(data) > 3*256 {
				return nil, errDamaged
			}
			for i := range len(data) / 3 {
				copy(r.palette[i][:], data[3*i:3*i+3])
			}
		case "tRNS":
			if !r.seesThrough(data) {
				return nil, errDamaged
			}
		case "IDAT":
			coded = append(coded, bytes.NewReader(data))
		}
	}
	for i, c := range r.palette {
		r1, g, b, a := color.NRGBA{c[0], c[1], c[2], c[3]}.RGBA()
		r.palette[i] = [4]byte{byte(r1 >> 8), byte(g >> 8), byte(b >> 8), byte(a >> 8)}
	}
	var err error
	r.packed, err = zlib.NewReader(io.MultiReader(coded...))
	return r, err
}

func (r *pngRows) header(data []byte) {
	r.w, r.h = int(binary.BigEndian.Uint32(data)), int(binary.BigEndian.Uint32(data[4:]))
	r.depth, r.samples = int(data[8]), pngSamples[data[9]].samples
	r.typed = data[9:10]
	r.layout, r.perPixel = rgba, 4
	if data[9] == 0 {
		r.layout, r.perPixel = grey, 1
	}
	size := 1 + (r.w*r.samples*r.depth+7)/8
	r.above, r.line = make([]byte, size), make([]byte, size)
	r.out = make([]byte, r.w*4)
	for i := range r.palette {
		r.palette[i][3] = 255 // what lies behind the palette is black
	}
}

// seesThrough reads what of the picture can be seen through.
func (r *pngRows) seesThrough(data []byte) bool {
	if r.typed[0] == 3 {
		for i, a := range data[:min(len(data), 256)] {
			r.palette[i][3] = a
		}
		return len(data) <= 256
	}
	r.transparent = data
	r.layout, r.perPixel = rgba, 4
	return len(data) == 2*r.samples
}

// next is the next row, until the one after it.
func (r *pngRows) next() ([]byte, error) {
	if _, err := io.ReadFull(r.packed, r.line); err != nil {
		if err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF) {
			err = errDamaged
		}
		return nil, err
	}
	if !r.unfilter() {
		return nil, errDamaged
	}
	r.above, r.line = r.line, r.above
	out := r.out[:r.w*r.perPixel]
	r.give(out, r.above[1:])
	return out, nil
}

// end reports what is wrong behind the last row.
func (r *pngRows) end() error {
	n, err := io.ReadFull(r.packed, make([]byte, 1))
	if n > 0 || err != io.EOF {
		return errors.Join(errDamaged, err)
	}
	return nil
}

// unfilter makes samples of the differences that a row was stored as.
func (r *pngRows) unfilter() bool {
	line, above := r.line[1:], r.above[1:]
	back := max(1, r.samples*r.depth/8)
	switch r.line[0] {
	case 0:
	case 1:
		for i := back; i < len(line); i++ {
			line[i] += line[i-back]
		}
	case 2:
		for i, a := range above {
			line[i] += a
		}
	case 3:
		for i := range line {
			left := 0
			if i >= back {
				left = int(line[i-back])
			}
			line[i] += byte((left + int(above[i])) / 2)
		}
	case 4:
		for i := range line {
			var left, corner byte
			if i >= back {
				left, corner = line[i-back], above[i-back]
			}
			line[i] += paeth(left, above[i], corner)
		}
	default:
		return false
	}
	return true
}

// paeth is the neighbour that left + above - corner is nearest to.
func paeth(left, above, corner byte) byte {
	guess := int(left) + int(above) - int(corner)
	l, a, c := distance(guess, left), distance(guess, above), distance(guess, corner)
	switch {
	case l <= a && l <= c:
		return left
	case a <= c:
		return above
	}
	return corner
}

func distance(a int, b byte) int { return max(a-int(b), int(b)-a) }

// give turns stored samples into those of the layout.
func (r *pngRows) give(out, line []byte) {
	if r.typed[0] == 3 {
		for x := range r.w {
			c := r.palette[r.small(line, x)]
			r.clear = r.clear || c[3] != 255
			copy(out[4*x:], c[:])
		}
		return
	}
	if r.depth >= 8 && r.transparent == nil {
		r.whole(out, line)
		return
	}
	for x := range r.w {
		var pixel [4]byte // its samples
		unseen := r.transparent != nil
		for i := range r.samples {
			var same bool
			pixel[i], same = r.sample(line, x*r.samples+i, i)
			unseen = unseen && same
		}
		if r.layout == grey {
			out[x] = pixel[0]
			continue
		}
		if r.samples == 1 {
			pixel[1], pixel[2] = pixel[0], pixel[0]
		}
		if pixel[3] = 255; unseen {
			pixel[3] = 0
		}
		copy(out[4*x:], pixel[:])
	}
	if r.layout == rgba && multiply(out) {
		r.clear = true
	}
}

// whole turns samples of one or two bytes into those of the layout: the same as
// [pngRows.give], for nearly all that there is.
func (r *pngRows) whole(out, line []byte) {
	if r.depth == 16 {
		r.copied = append(r.copied[:0], line...) // the next row is stored as what differs from it
		line = highBytes(r.copied)
	}
	switch r.samples {
	case 1, 4:
		copy(out, line)
	case 2:
		for x := range r.w {
			y := line[2*x]
			out[4*x], out[4*x+1], out[4*x+2], out[4*x+3] = y, y, y, line[2*x+1]
		}
	case 3:
		for x := range r.w {
			old, pixel := line[3*x:3*x+3], out[4*x:4*x+4]
			pixel[0], pixel[1], pixel[2], pixel[3] = old[0], old[1], old[2], 255
		}
	}
	if r.samples%2 == 0 && multiply(out) {
		r.clear = true
	}
}

// sample is a stored sample as one of 8 bits, and whether it is that of the colour
// that is not seen.
func (r *pngRows) sample(line []byte, at, i int) (s byte, same bool) {
	switch r.depth {
	case 16:
		v := binary.BigEndian.Uint16(line[2*at:])
		same = r.transparent != nil && v == binary.BigEndian.Uint16(r.transparent[2*i:])
		return byte((int(v) + 128) / 257), same
	case 8:
		return line[at], r.transparent != nil && line[at] == r.transparent[2*i+1]
	}
	wide := byte(255 / (1<<r.depth - 1)) // 1 bit becomes 0 or 255
	s = byte(r.small(line, at)) * wide
	return s, r.transparent != nil && s == r.transparent[2*i+1]*wide
}

// small is a sample of 8 bits or fewer.
func (r *pngRows) small(line []byte, at int) int {
	if r.depth == 8 {
		return int(line[at])
	}
	bit := at * r.depth
	return int(line[bit/8]) >> (8 - r.depth - bit%8) & (1<<r.depth - 1)
}
