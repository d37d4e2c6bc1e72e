package image

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

// The test picture is red and green above blue and white, so every turn of it
// looks different.
var (
	red   = color.NRGBA{255, 0, 0, 255}
	green = color.NRGBA{0, 255, 0, 255}
	blue  = color.NRGBA{0, 0, 255, 255}
	white = color.NRGBA{255, 255, 255, 255}
	none  = color.NRGBA{}
)

type quarters [4]color.NRGBA // top left, top right, bottom left, bottom right

var upright = quarters{red, green, blue, white}

func (q quarters) draw(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetNRGBA(x, y, q[y*2/h*2+x*2/w])
		}
	}
	return m
}

// looks fails if the quarters of a picture have not these colours, about: at a few
// pixels what JPEG does to the edges reaches far.
func looks(t *testing.T, raw []byte, want quarters) {
	t.Helper()
	m, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	b := m.Bounds()
	for i, c := range want {
		got := color.NRGBAModel.Convert(m.At(b.Dx()/4+i%2*b.Dx()/2, b.Dy()/4+i/2*b.Dy()/2)).(color.NRGBA)
		for _, pair := range [][2]byte{{got.R, c.R}, {got.G, c.G}, {got.B, c.B}, {got.A, c.A}} {
			if far := int(pair[0]) - int(pair[1]); far < -30 || far > 30 {
				t.Fatalf("quarter %d is %v, want %v", i, got, c)
			}
		}
	}
}

func file(t testing.TB, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func asJPEG(t testing.TB, m image.Image) []byte { return coded(t, m, 95) }

func coded(t testing.TB, m image.Image, quality int) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, m, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func asPNG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, m); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// asGIF is a GIF of frames.
func asGIF(t testing.TB, frames ...image.Image) []byte {
	t.Helper()
	all := &gif.GIF{}
	for _, m := range frames {
		p := image.NewPaletted(m.Bounds(), color.Palette{red, green, blue, white, color.NRGBA{}})
		for y := range m.Bounds().Dy() {
			for x := range m.Bounds().Dx() {
				p.Set(x, y, m.At(x, y))
			}
		}
		all.Image, all.Delay = append(all.Image, p), append(all.Delay, 10)
	}
	var out bytes.Buffer
	if err := gif.EncodeAll(&out, all); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// photo is a picture with what makes a photograph costly: smooth light, edges
// at all angles, fine texture and the noise of a sensor.
func photo(w, h int, seed uint64) *image.YCbCr {
	m := image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio420)
	dice := rand.New(rand.NewPCG(seed, 1))
	var noise [4096]int
	for i := range noise {
		noise[i] = int(dice.NormFloat64() * 3)
	}
	turn := dice.Float64()
	for y := range h {
		for x := range w {
			u, v := float64(x)/float64(h), float64(y)/float64(h)
			light := 110 + 60*math.Sin(3*u+turn) + 40*v
			if d := math.Hypot(u-.6, v-.4); int(d*24)%3 == 0 {
				light -= 45 * math.Sin(40*(u+turn*v))
			}
			m.Y[y*m.YStride+x] = byte(max(0, min(255, int(light)+noise[dice.Uint32()%4096])))
		}
	}
	for y := range (h + 1) / 2 {
		for x := range (w + 1) / 2 {
			i := y*m.CStride + x
			m.Cb[i] = byte(128 + 30*math.Sin(float64(x)/float64(h)*9))
			m.Cr[i] = byte(128 + 30*math.Cos(float64(y)/float64(h)*7))
		}
	}
	return m
}

// segments puts segments into a JPEG, each a marker and its data.
func segments(jpeg []byte, add ...string) []byte {
	out := bytes.Clone(jpeg[:2])
	for _, s := range add {
		out = appendSegment(out, s[0], []byte(s[1:]))
	}
	return append(out, jpeg[2:]...)
}

// chunks puts chunks into a PNG behind its header, each a name and its data.
func chunks(png []byte, add ...string) []byte {
	const header = len(pngHead) + 12 + 13
	out := bytes.Clone(png[:header])
	for _, c := range add {
		out = append(out, pngChunk(c[:4], []byte(c[4:]))...)
	}
	return append(out, png[header:]...)
}

// exif is EXIF data with an orientation and texts: the camera, the author and
// whatever else.
func exif(order binary.ByteOrder, turn int, texts ...string) string {
	head := "II*\x00"
	if order == binary.ByteOrder(binary.BigEndian) {
		head = "MM\x00*"
	}
	out := append([]byte(head), make([]byte, 4)...)
	order.PutUint32(out[4:], 8)
	u16 := func(n int) { out = append(out, 0, 0); order.PutUint16(out[len(out)-2:], uint16(n)) }
	u32 := func(n int) { out = append(out, 0, 0, 0, 0); order.PutUint32(out[len(out)-4:], uint32(n)) }
	u16(1 + len(texts))
	u16(0x0112)
	u16(3)
	u32(1)
	u16(turn)
	u16(0)
	at := 8 + 2 + 12*(1+len(texts)) + 4
	for i, s := range texts {
		u16([]int{0x010f, 0x013b, 0x9286, 0x927c}[i%4])
		u16(2)
		u32(len(s))
		u32(at)
		at += len(s)
	}
	u32(0)
	for _, s := range texts {
		out = append(out, s...)
	}
	return string(out)
}

// scanOf is the coded pixels of a JPEG of one component.
func scanOf(t testing.TB, raw []byte) []byte {
	t.Helper()
	at := bytes.Index(raw, []byte{0xff, mSOS, 0, 8})
	if at < 0 {
		t.Fatal("no scan")
	}
	return raw[at+10 : len(raw)-2]
}

// components is a JPEG of any number of components, each in a scan of its own,
// with Adobe's word on what they are (or without, if it is negative): what our
// encoder can't write.
func components(t testing.TB, transform int, planes ...*image.Gray) []byte {
	t.Helper()
	gray := asJPEG(t, planes[0])
	b := planes[0].Bounds()
	frame := []byte{8, byte(b.Dy() >> 8), byte(b.Dy()), byte(b.Dx() >> 8), byte(b.Dx()), byte(len(planes))}
	var scans []byte
	for i, p := range planes {
		frame = append(frame, byte(i+1), 0x11, 0)
		scans = appendSegment(scans, mSOS, []byte{1, byte(i + 1), 0, 0, 63, 0})
		scans = append(scans, scanOf(t, asJPEG(t, p))...)
	}
	out := []byte{0xff, mSOI}
	if transform >= 0 {
		out = appendSegment(out, mAPP0+14, append([]byte("Adobe\x00\x64\x00\x00\x00\x00"), byte(transform)))
	}
	rest := gray[2:]
	for rest[1] != mSOS {
		n := 2 + int(binary.BigEndian.Uint16(rest[2:]))
		if rest[1] == mSOF0 {
			out = appendSegment(out, mSOF0, frame)
		} else {
			out = append(out, rest[:n]...)
		}
		rest = rest[n:]
	}
	return append(append(out, scans...), 0xff, mEOI)
}

// planesOf makes a plane of each sample that a function gives for a colour.
func planesOf(m *image.NRGBA, samples func(color.NRGBA) []byte) []*image.Gray {
	var out []*image.Gray
	b := m.Bounds()
	for y := range b.Dy() {
		for x := range b.Dx() {
			for i, s := range samples(m.NRGBAAt(x, y)) {
				if i == len(out) {
					out = append(out, image.NewGray(b))
				}
				out[i].Pix[y*out[i].Stride+x] = s
			}
		}
	}
	return out
}

// profileOf is an ICC profile that says nothing but its space and its name.
func profileOf(space, name string) []byte {
	p := make([]byte, 128)
	copy(p[16:], space)
	copy(p[36:], "acsp")
	p = binary.BigEndian.AppendUint32(p, 1)
	p = append(p, "desc"...)
	p = binary.BigEndian.AppendUint32(p, 144)
	p = binary.BigEndian.AppendUint32(p, uint32(12+len(name)+1))
	p = append(p, "desc\x00\x00\x00\x00"...)
	p = binary.BigEndian.AppendUint32(p, uint32(len(name)+1))
	p = append(append(p, name...), 0)
	binary.BigEndian.PutUint32(p, uint32(len(p)))
	return p
}
