package image

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"strings"
	"testing"

	"qinglian/internal/diag"
)

var budget = NewBudget(1 << 30)

// made makes one picture and holds what Inspect said of it against it.
func made(t *testing.T, raw []byte, o Operation) Variant {
	t.Helper()
	out, err := Make(context.Background(), budget, "a.jpg", raw, o)
	if err != nil {
		t.Fatal(err)
	}
	i, _ := Inspect("a.jpg", raw)
	w, h := i.Size(o)
	v := out[0]
	if v.Width != w || v.Height != h || v.Format != i.As(o) {
		t.Errorf("made %v %dx%d, planned %v %dx%d", v.Format, v.Width, v.Height, i.As(o), w, h)
	}
	j, problems := Inspect("b"+v.Format.Ext(), v.Bytes)
	if len(problems) > 0 || j.Width != w || j.Height != h || j.Format != v.Format || j.Turn != Upright || j.Private {
		t.Errorf("what was made is %+v, %v", j, problems)
	}
	return v
}

// TestForms: every way of coding a picture looks the same afterwards.
func TestForms(t *testing.T) {
	scene := upright.draw(32, 24)
	hole := quarters{red, green, blue, none}
	gray := quarters{white, {A: 255}, {A: 255}, white}
	half := color.NRGBA{128, 128, 128, 255}
	sixteen := image.NewNRGBA64(scene.Bounds())
	sixteenGray := image.NewGray16(scene.Bounds())
	palette := image.NewPaletted(scene.Bounds(), color.Palette{red, green, blue, none})
	plainGray := image.NewGray(scene.Bounds())
	for y := range 24 {
		for x := range 32 {
			sixteen.Set(x, y, hole.draw(32, 24).At(x, y))
			sixteenGray.Set(x, y, half)
			palette.Set(x, y, hole.draw(32, 24).At(x, y))
			plainGray.Set(x, y, gray.draw(32, 24).At(x, y))
		}
	}
	inverted := func(c color.NRGBA) []byte { return []byte{c.R, c.G, c.B, 255} } // Adobe stores 255 for no ink
	for name, c := range map[string]struct {
		raw    []byte
		want   quarters
		format Format // of a variant
		model  Model
	}{
		"baseline.jpg":    {asJPEG(t, scene), upright, JPEG, Colour},
		"progressive.jpg": {file(t, "progressive.jpg"), upright, JPEG, Colour},
		"grey.jpg":        {asJPEG(t, plainGray), gray, JPEG, Grey},
		"rgb.jpg":         {components(t, 0, planesOf(scene, func(c color.NRGBA) []byte { return []byte{c.R, c.G, c.B} })...), upright, JPEG, Colour},
		"full.jpg": {components(t, 1, planesOf(scene, func(c color.NRGBA) []byte {
			y, b, r := color.RGBToYCbCr(c.R, c.G, c.B)
			return []byte{y, b, r}
		})...), upright, JPEG, Colour},
		"cmyk.jpg": {components(t, 0, planesOf(scene, inverted)...), upright, JPEG, CMYK},
		"ycck.jpg": {components(t, 2, planesOf(scene, func(c color.NRGBA) []byte {
			y, b, r := color.RGBToYCbCr(255-c.R, 255-c.G, 255-c.B)
			return []byte{y, b, r, 255}
		})...), upright, JPEG, CMYK},
		"8.png":          {asPNG(t, scene), upright, PNG, Colour},
		"alpha.png":      {asPNG(t, hole.draw(32, 24)), hole, PNG, Colour},
		"16.png":         {asPNG(t, sixteen), hole, PNG, Colour},
		"grey16.png":     {asPNG(t, sixteenGray), quarters{half, half, half, half}, PNG, Grey},
		"palette.png":    {asPNG(t, palette), hole, PNG, Palette},
		"interlaced.png": {file(t, "interlaced.png"), upright, PNG, Colour},
		"still.gif":      {asGIF(t, hole.draw(32, 24)), hole, PNG, Palette},
		"lossy.webp":     {file(t, "lossy.webp"), upright, JPEG, Colour},
		"lossless.webp":  {file(t, "lossless.webp"), upright, JPEG, Colour},
		"alpha.webp":     {file(t, "alpha.webp"), hole, PNG, Colour},
	} {
		t.Run(name, func(t *testing.T) {
			i, problems := Inspect(name, c.raw)
			if c.model == CMYK && len(problems) == 1 && problems[0].Rule == "cmyk-picture" {
				problems = nil
			}
			if len(problems) > 0 || i.Width != 32 || i.Height != 24 || i.Model != c.model || i.Private || i.Animated {
				t.Fatalf("%+v %v", i, problems)
			}
			if alpha := c.want[3].A == 0; alpha != i.Alpha && i.Format != GIF {
				t.Errorf("alpha: %v", i.Alpha)
			}
			for _, o := range []Operation{{}, {Width: 16}, {Width: 3000}, {Ratio: Ratio{1, 1}}} {
				v := made(t, c.raw, o)
				looks(t, v.Bytes, c.want)
				if v.Format != c.format {
					t.Errorf("%+v gives %v", o, v.Format)
				}
			}
			flat := c.want
			for n := range flat {
				if flat[n].A == 0 {
					flat[n] = white
				}
			}
			looks(t, made(t, c.raw, Operation{Format: JPEG}).Bytes, flat)
			looks(t, made(t, c.raw, Operation{Format: PNG, Width: 20}).Bytes, c.want)
		})
	}
}

// TestTurns: whatever way the camera was held, the picture stands upright, in
// both orders of EXIF's bytes, whole, scaled, cropped and odd-sized.
func TestTurns(t *testing.T) {
	// What is stored is what becomes upright when it is turned.
	stored := map[int]quarters{
		1: {red, green, blue, white}, 2: {green, red, white, blue}, 3: {white, blue, green, red}, 4: {blue, white, red, green},
		5: {red, blue, green, white}, 6: {green, white, red, blue}, 7: {white, green, blue, red}, 8: {blue, red, white, green},
	}
	for turn := 1; turn <= 8; turn++ {
		for _, size := range [][2]int{{64, 48}, {63, 47}} {
			w, h := size[0], size[1]
			if turn >= 5 {
				w, h = h, w
			}
			for name, raw := range map[string][]byte{
				"little": segments(asJPEG(t, stored[turn].draw(w, h)), "\xe1"+exifHead+exif(binary.LittleEndian, turn, "Canon")),
				"big":    segments(asJPEG(t, stored[turn].draw(w, h)), "\xe1"+exifHead+exif(binary.BigEndian, turn)),
				"png":    chunks(asPNG(t, stored[turn].draw(w, h)), "eXIf"+exif(binary.BigEndian, turn)),
			} {
				i, _ := Inspect("a.jpg", raw)
				if i.Width != size[0] || i.Height != size[1] || i.Turn != Turn(turn) || !i.Private {
					t.Errorf("%s: turn %d: %+v", name, turn, i)
				}
				for _, o := range []Operation{{}, {Width: 40}, {Width: 13}, {Ratio: Ratio{1, 1}, Width: 24}} {
					looks(t, made(t, raw, o).Bytes, upright)
				}
				// The crop is one of the upright picture.
				top := made(t, raw, Operation{Ratio: Ratio{4, 1}, Focus: At(0, 0)})
				looks(t, top.Bytes, quarters{red, green, red, green})
				left := made(t, raw, Operation{Ratio: Ratio{1, 3}, Focus: At(0, .5)})
				looks(t, left.Bytes, quarters{red, red, blue, blue})
			}
		}
	}
}

// TestProblems: what can't be published is told, with a cure, and is not made.
func TestProblems(t *testing.T) {
	whole := asJPEG(t, upright.draw(64, 64))
	flat := asPNG(t, upright.draw(64, 64))
	bomb := bytes.Clone(flat)
	binary.BigEndian.PutUint32(bomb[16:], 60_000)
	binary.BigEndian.PutUint32(bomb[20:], 60_000)
	endless := bytes.Clone(flat)
	binary.BigEndian.PutUint32(endless[16:], 0xffffffff)
	binary.BigEndian.PutUint32(endless[20:], 0xffffffff)
	bombJPEG := bytes.Clone(whole)
	sof := bytes.Index(bombJPEG, []byte{0xff, mSOF0})
	copy(bombJPEG[sof+5:], "\xff\xff\xff\xff")
	flatGIF := asGIF(t, upright.draw(64, 64))
	bombGIF := append([]byte("GIF89a\xff\xff\xff\xff"), flatGIF[10:]...)
	arithmetic := bytes.Clone(whole)
	arithmetic[sof+1] = 0xc9
	twelve := bytes.Clone(whole)
	twelve[sof+4] = 12
	noWidth := bytes.Clone(flat)
	binary.BigEndian.PutUint32(noWidth[16:], 0)
	scene := upright.draw(8, 8)
	bare := components(t, -1, planesOf(scene, func(c color.NRGBA) []byte { return []byte{c.R, c.G, c.B, 255} })...)
	for name, c := range map[string]struct {
		raw  []byte
		want string
	}{
		"empty":            {nil, "broken-picture: the file is empty"},
		"text":             {[]byte("not a picture"), "broken-picture: not a picture"},
		"one byte":         {[]byte{0xff}, "broken-picture: not a picture"},
		"jpeg head":        {whole[:20], "broken-picture: its end is missing"},
		"jpeg half":        {whole[:len(whole)/2], "broken-picture: its end is missing"},
		"jpeg no end":      {whole[:len(whole)-2], "broken-picture: its end is missing"},
		"png half":         {flat[:len(flat)/2], "broken-picture: its end is missing"},
		"png no end":       {flat[:len(flat)-12], "broken-picture: its end is missing"},
		"gif half":         {flatGIF[:len(flatGIF)/2], "broken-picture: its end is missing"},
		"webp half":        {file(t, "lossy.webp")[:80], "broken-picture: its end is missing"},
		"no width":         {noWidth, "broken-picture: its width or height is 0"},
		"png bomb":         {bomb, "huge-picture: 60000×60000"},
		"endless png":      {endless, "huge-picture: "},
		"jpeg bomb":        {bombJPEG, "huge-picture: 65535×65535"},
		"gif bomb":         {bombGIF, "huge-picture: 65535×65535"},
		"arithmetic":       {arithmetic, "unshown-picture: JPEG is a rare coding"},
		"12 bit":           {twelve, "unshown-picture: JPEG is a rare coding"},
		"cmyk of whom":     {bare, "unshown-picture: CMYK JPEG is a rare coding"},
		"heic":             {[]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), "unshown-picture: HEIC"},
		"heic family":      {[]byte("\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1heic"), "unshown-picture: HEIC"},
		"avif":             {[]byte("\x00\x00\x00\x1cftypavif\x00\x00\x00\x00"), "unshown-picture: AVIF"},
		"avif family":      {[]byte("\x00\x00\x00\x1cftypmif1\x00\x00\x00\x00mif1avif"), "unshown-picture: AVIF"},
		"tiff":             {[]byte("II*\x00\x08\x00\x00\x00"), "unshown-picture: TIFF"},
		"big tiff":         {[]byte("MM\x00*\x00\x00\x00\x08"), "unshown-picture: TIFF"},
		"bmp":              {[]byte("BM\x36\x00\x00\x00"), "unshown-picture: BMP"},
		"psd":              {[]byte("8BPS\x00\x01"), "unshown-picture: Photoshop"},
		"pdf":              {[]byte("%PDF-1.7"), "unshown-picture: PDF"},
		"film":             {[]byte("\x00\x00\x00\x18ftypmp42"), "unshown-picture: video"},
		"html":             {[]byte("<html><svg></svg></html>"), "unsafe-svg: "},
		"half svg":         {[]byte("<svg><g>"), "unsafe-svg: not a whole SVG"},
		"svg of a fortune": {[]byte(`<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><svg>&b;</svg>`), "unsafe-svg: not a whole SVG"},
	} {
		rule, text, _ := strings.Cut(c.want, ": ")
		_, problems := Inspect("a.jpg", c.raw)
		if len(problems) != 1 || problems[0].Rule != rule || !strings.Contains(problems[0].Message.EN, text) || problems[0].Hint.ZH == "" || problems[0].File != "a.jpg" || problems[0].Severity != diag.Error {
			t.Errorf("%s: %v", name, problems)
		}
		_, err := Make(context.Background(), budget, "a.jpg", c.raw, Operation{})
		if list, ok := errors.AsType[diag.List](err); !ok || len(list) != 1 || list[0].Rule != rule {
			t.Errorf("%s: made with %v", name, err)
		}
	}
}

// TestDamaged: what only the decoder sees is told by Make, also when the coded
// pixels were to be copied.
func TestDamaged(t *testing.T) {
	whole := asJPEG(t, photo(64, 64, 1))
	at := bytes.Index(whole, []byte{0xff, mSOS}) + 20
	short := append(bytes.Clone(whole[:at]), 0xff, mEOI)
	flat := asPNG(t, upright.draw(64, 64))
	flat[len(flat)-20] ^= 1
	for _, raw := range [][]byte{short, flat} {
		if _, problems := Inspect("a.jpg", raw); problems.Count(diag.Error) > 0 {
			t.Error(problems)
		}
		_, err := Make(context.Background(), budget, "a.jpg", raw, Operation{})
		if list, ok := errors.AsType[diag.List](err); !ok || list[0].Rule != "broken-picture" || list[0].File != "a.jpg" {
			t.Error(err)
		}
	}
}

func TestNames(t *testing.T) {
	raw := asPNG(t, upright.draw(4, 4))
	for name, want := range map[string]string{
		"a.png": "", "a.PNG": "", "图/a.apng": "",
		"a.jpg": "a.jpg:0:0: this is a PNG picture, but it is called .jpg [misnamed-picture]",
		"a":     "a:0:0: this is a PNG picture, but it is called … [misnamed-picture]",
	} {
		_, problems := Inspect(name, raw)
		if got := problems.Error(); got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestLossless: a picture that needs nothing keeps its coded pixels.
func TestLossless(t *testing.T) {
	plain := coded(t, photo(300, 200, 1), 80)
	v := made(t, segments(plain, "\xfeSECRET"), Operation{Width: 300})
	if !bytes.Equal(v.Bytes, plain) {
		t.Error("the JPEG was coded anew")
	}
	flat := asPNG(t, upright.draw(30, 20))
	if v = made(t, chunks(flat, "tEXtAuthor\x00SECRET"), Operation{Width: 30}); !bytes.Equal(v.Bytes, flat) {
		t.Error("the PNG was coded anew")
	}
	heavy := coded(t, photo(300, 200, 1), 100)
	if v = made(t, heavy, Operation{}); len(v.Bytes)*2 > len(heavy) {
		t.Errorf("%d bytes of %d are left", len(v.Bytes), len(heavy))
	}
	restarts := segments(plain, "\xdd\x00\x00")
	if v = made(t, restarts, Operation{}); !bytes.Contains(v.Bytes, []byte("\xff\xdd\x00\x04\x00\x00")) {
		t.Error("a segment that decoding needs is gone")
	}
}

// TestPhotograph: a photograph that somebody saved as PNG becomes a JPEG.
func TestPhotograph(t *testing.T) {
	m := image.NewRGBA(image.Rect(0, 0, 400, 300))
	draw.Draw(m, m.Bounds(), photo(400, 300, 1), image.Point{}, draw.Src)
	raw := asPNG(t, m)
	if v := made(t, raw, Operation{}); v.Format != JPEG || len(v.Bytes)*4 > len(raw) {
		t.Errorf("%v of %d bytes", v.Format, len(v.Bytes))
	}
}

// TestAnimated: what moves passes through, unless a still is asked for.
func TestAnimated(t *testing.T) {
	a, b := upright.draw(16, 16), quarters{white, blue, green, red}.draw(16, 16)
	moving := asGIF(t, a, b)
	other := asPNG(t, b)
	apng := chunks(asPNG(t, a), "acTL\x00\x00\x00\x02\x00\x00\x00\x00")
	apng = append(apng[:len(apng)-12], pngChunk("fdAT", append([]byte{0, 0, 0, 1}, other[bytes.Index(other, []byte("IDAT"))+4:len(other)-16]...))...)
	apng = append(apng, pngChunk("IEND", nil)...)
	for _, raw := range [][]byte{moving, apng} {
		if v := made(t, raw, Operation{Width: 8}); !bytes.Equal(v.Bytes, raw) || v.Width != 16 {
			t.Errorf("%v of %d bytes is not the same", v.Format, len(v.Bytes))
		}
		i, _ := Inspect("a", raw)
		if !i.Animated || i.Scales() || len(i.Widths(Ratio{})) != 1 {
			t.Errorf("%+v", i)
		}
		v := made(t, raw, Operation{Format: JPEG})
		looks(t, v.Bytes, upright)
	}
}

// TestShare: always a JPEG of 300 by 300 or more with all that can be made out.
func TestShare(t *testing.T) {
	for _, c := range []struct{ w, h, wide, high int }{
		{2400, 1600, 1200, 800}, {100, 80, 300, 300}, {400, 200, 400, 300}, {3000, 300, 600, 300}, {200, 3000, 300, 300}, {900, 9000, 900, 900},
	} {
		i := Info{Format: PNG, Width: c.w, Height: c.h}
		if w, h := i.Size(i.Share(Focus{})); w != c.wide || h != c.high {
			t.Errorf("%d by %d is shared as %d by %d", c.w, c.h, w, h)
		}
	}
	hole := asPNG(t, quarters{red, none, blue, none}.draw(100, 80))
	i, _ := Inspect("a.png", hole)
	v := made(t, hole, i.Share(Focus{}))
	m, _, err := image.Decode(bytes.NewReader(v.Bytes))
	if err != nil || v.Format != JPEG {
		t.Fatal(v.Format, err)
	}
	for at, want := range map[image.Point]color.NRGBA{{10, 10}: white, {290, 290}: white, {110, 120}: red, {110, 180}: blue, {190, 150}: white} {
		got := color.NRGBAModel.Convert(m.At(at.X, at.Y)).(color.NRGBA)
		if fmt.Sprint(got.R > 128, got.G > 128, got.B > 128) != fmt.Sprint(want.R > 128, want.G > 128, want.B > 128) {
			t.Errorf("at %v: %v", at, got)
		}
	}
}

func TestWidths(t *testing.T) {
	for _, c := range []struct {
		w, h int
		r    Ratio
		want string
	}{
		{4000, 3000, Ratio{}, "[480 960 1600]"}, {1600, 10, Ratio{}, "[480 960 1600]"}, {1700, 10, Ratio{}, "[480 960 1600]"},
		{1500, 10, Ratio{}, "[480 960 1500]"}, {1000, 10, Ratio{}, "[480 960]"}, {900, 10, Ratio{}, "[480 900]"},
		{500, 10, Ratio{}, "[480]"}, {480, 10, Ratio{}, "[480]"}, {300, 10, Ratio{}, "[300]"}, {30000, 900, Ratio{}, "[480 960 1600]"},
		{4000, 3000, Ratio{1, 4}, "[480 750]"},
	} {
		if got := fmt.Sprint(Info{Format: JPEG, Width: c.w, Height: c.h}.Widths(c.r)); got != c.want {
			t.Errorf("%d by %d: %s, want %s", c.w, c.h, got, c.want)
		}
	}
}

// TestLong: pictures as long as they come are no larger than they were, and a pixel
// at least. Those that are not cut are black at one end and white at the other, as
// they were.
func TestLong(t *testing.T) {
	scaled, wide, square := Operation{Width: 480}, Operation{Ratio: Ratio{235, 100}, Width: 900}, Operation{Ratio: Ratio{1, 1}, Focus: At(1, 1)}
	for _, c := range []struct {
		w, h int
		op   Operation
		want image.Point
	}{
		{30_000, 40, scaled, image.Pt(480, 1)}, {30_000, 40, wide, image.Pt(94, 40)}, {30_000, 40, square, image.Pt(40, 40)},
		{40, 30_000, scaled, image.Pt(40, 30_000)}, {40, 30_000, wide, image.Pt(40, 17)}, {40, 30_000, square, image.Pt(40, 40)},
		{1, 5000, scaled, image.Pt(1, 5000)}, {5000, 1, scaled, image.Pt(480, 1)}, {1, 1, scaled, image.Pt(1, 1)},
		{1, 5000, wide, image.Pt(1, 1)}, {5000, 1, wide, image.Pt(2, 1)}, {5000, 1, square, image.Pt(1, 1)},
	} {
		m := image.NewGray(image.Rect(0, 0, c.w, c.h))
		for i := range m.Pix {
			if c.w > c.h && i%c.w*2 >= c.w || c.w < c.h && i/c.w*2 >= c.h {
				m.Pix[i] = 255
			}
		}
		v := made(t, asJPEG(t, m), c.op)
		if got := image.Pt(v.Width, v.Height); got != c.want {
			t.Errorf("%d by %d, %+v: %v, want %v", c.w, c.h, c.op, got, c.want)
		}
		if c.op != scaled || c.w == c.h {
			continue
		}
		small, _, err := image.Decode(bytes.NewReader(v.Bytes))
		if err != nil {
			t.Fatal(err)
		}
		end := small.Bounds().Max
		first, _, _, _ := small.At(0, 0).RGBA()
		last, _, _, _ := small.At(end.X-1, end.Y-1).RGBA()
		if first > 0x2000 || last < 0xe000 {
			t.Errorf("%d by %d: from %x to %x", c.w, c.h, first, last)
		}
	}
}

// TestHundredMegapixels are worked on, one at a time, whatever the budget.
func TestHundredMegapixels(t *testing.T) {
	var raw bytes.Buffer
	if err := png.Encode(&raw, image.NewGray(image.Rect(0, 0, 10_000, 10_000))); err != nil {
		t.Fatal(err)
	}
	out, err := Make(context.Background(), NewBudget(1), "a.png", raw.Bytes(), Operation{Width: 480})
	if err != nil || out[0].Width != 480 {
		t.Fatal(err)
	}
}

// TestBudget: who waits for memory can be called off.
func TestBudget(t *testing.T) {
	b := NewBudget(100)
	release, err := b.take(context.Background(), 1000)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	raw := asJPEG(t, upright.draw(8, 8))
	if _, err := Make(ctx, b, "a.jpg", raw, Operation{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	release()
	if _, err := Make(context.Background(), b, "a.jpg", raw, Operation{}); err != nil {
		t.Error(err)
	}
}

// TestAlone: a result does not depend on what else is made.
func TestAlone(t *testing.T) {
	raw := asJPEG(t, photo(900, 700, 1))
	ops := []Operation{{Width: 480}, {Width: 200}, {Width: 100, Ratio: Ratio{16, 9}, Focus: At(.2, .9)}, {Width: 60, Format: PNG}, {Format: JPEG, Quality: 30}}
	together, err := Make(context.Background(), budget, "a.jpg", raw, ops...)
	if err != nil {
		t.Fatal(err)
	}
	for n, o := range ops {
		if v := made(t, raw, o); !bytes.Equal(v.Bytes, together[n].Bytes) {
			t.Errorf("%+v depends on the others", o)
		}
	}
}

// TestDigest: no two operations have the same name.
func TestDigest(t *testing.T) {
	seen := map[string]Operation{}
	for _, o := range []Operation{{}, {Width: 1}, {Least: 1}, {Format: JPEG}, {Format: PNG}, {Quality: 1}, {Ratio: Ratio{1, 1}}, {Ratio: Ratio{1, 2}},
		{Focus: At(.1, .5)}, {Focus: At(.5, .1)}} {
		name := o.Digest().String()
		if was, ok := seen[name]; ok {
			t.Errorf("%+v and %+v", was, o)
		}
		seen[name] = o
	}
	if (Operation{Focus: At(.5, .5)}).Digest() != (Operation{}).Digest() {
		t.Error("the middle is not the middle")
	}
}
