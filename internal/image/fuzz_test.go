package image

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"testing"

	"qinglian/internal/diag"
)

// FuzzInspect: any bytes are a picture or a diagnostic; what is published of a
// picture has the same pixels, is clean, and stays as it is when it is cleaned
// again; and an operation gives what was planned.
func FuzzInspect(f *testing.F) {
	for _, raw := range planted(&testing.T{}) {
		f.Add(raw, uint16(20), uint8(1))
	}
	for _, name := range []string{"progressive.jpg", "interlaced.png", "lossy.webp", "lossless.webp", "alpha.webp"} {
		f.Add(file(f, name), uint16(0), uint8(0))
	}
	scene := upright.draw(9, 7)
	f.Add(segments(asJPEG(f, scene), "\xe1"+exifHead+exif(binary.BigEndian, 7, `{"AIGC":`+aigc+`}`), "\xe2"+iccHead+"\x01\x01"+string(profileOf("RGB ", "P3"))), uint16(5), uint8(2))
	f.Add(chunks(asPNG(f, scene), "iCCPa\x00\x00"+string(deflate(profileOf("RGB ", "P3"))), "tEXtAIGC\x00"+aigc), uint16(5), uint8(3))
	f.Fuzz(func(t *testing.T, raw []byte, width uint16, ratio uint8) {
		raw = checked(bytes.Clone(raw))
		i, problems := Inspect("a.jpg", raw)
		if problems.Count(diag.Error) > 0 || i.Pixels() > 1<<20 {
			return
		}
		p, problem := read(raw)
		if problem != nil {
			t.Fatal("inspected, but not read")
		}
		same(t, raw, p.clean())
		again, problem := read(p.clean())
		if problem != nil || !bytes.Equal(again.clean(), p.clean()) || again.Label != p.Label || !bytes.Equal(again.profile, p.profile) || again.Private {
			t.Fatalf("%+v\nwas cleaned and became\n%+v %v", p.Info, again.Info, problem)
		}
		o := Operation{Width: int(width), Ratio: Ratio{int(ratio & 15), int(ratio >> 4)}}
		out, err := Make(context.Background(), budget, "a.jpg", raw, o)
		if list, ok := errors.AsType[diag.List](err); ok {
			if len(list) != 1 || list[0].Rule != "broken-picture" && list[0].Rule != "unshown-picture" {
				t.Fatal(err)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		j, problems := Inspect("a"+out[0].Format.Ext(), out[0].Bytes)
		if w, h := i.Size(o); len(problems) > 0 || j.Width != w || j.Height != h || j.Private || j.Label != i.Label {
			t.Fatalf("%+v\nbecame\n%+v %v", i, j, problems)
		}
	})
}

// checked is a PNG whose chunks have the right sums: without them random bytes
// get no further than that.
func checked(raw []byte) []byte {
	if !hasPrefix(raw, pngHead) {
		return raw
	}
	for rest := raw[len(pngHead):]; len(rest) >= 12; {
		n := int64(binary.BigEndian.Uint32(rest))
		if n > int64(len(rest)-12) {
			break
		}
		binary.BigEndian.PutUint32(rest[8+n:], crc32.ChecksumIEEE(rest[4:8+n]))
		rest = rest[12+n:]
	}
	return raw
}

// same fails if two files that are one picture have not the same pixels.
func same(t *testing.T, a, b []byte) {
	t.Helper()
	m, kind, err := image.Decode(bytes.NewReader(a))
	n, kind2, err2 := image.Decode(bytes.NewReader(b))
	if err != nil {
		return // what is damaged may be damaged otherwise
	}
	if err2 != nil || kind != kind2 || m.Bounds() != n.Bounds() {
		t.Fatalf("%s of %v became %s: %v", kind, m.Bounds(), kind2, err2)
	}
	for y := m.Bounds().Min.Y; y < m.Bounds().Max.Y; y++ {
		for x := m.Bounds().Min.X; x < m.Bounds().Max.X; x++ {
			if m.At(x, y) != n.At(x, y) {
				t.Fatalf("the pixel at %d, %d is %v and became %v", x, y, m.At(x, y), n.At(x, y))
			}
		}
	}
}

// FuzzCleanSVG: whatever is cleaned is harmless, whole, and clean.
func FuzzCleanSVG(f *testing.F) {
	for _, s := range []string{
		`<svg onload="a()"><script>a</script><style>@import 'a'</style><use href="//a"/><text>甲<tspan/></text></svg>`,
		`<!DOCTYPE svg [<!ENTITY a "b">]><s:svg xmlns:s="http://www.w3.org/2000/svg" a="&a;"><s:set to="javascript:"/></s:svg>`,
		`<svg><image href="data:image/png;base64,` + base64.StdEncoding.EncodeToString(asPNG(f, upright.draw(2, 2))) + `"/><metadata AIGC='{"Label":"1"}'/></svg>`,
		`<svg><style>a<style>b</style></style></svg><svg/>`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		p, problem := readSVG(raw)
		if problem != nil {
			if problem.Message.EN == unsafeDrawing(impossible).Message.EN {
				t.Fatalf("%s\nis refused after it was cleaned: %s", raw, p.clean())
			}
			return
		}
		harmless(t, p.clean())
		again, problem := readSVG(p.clean())
		if problem != nil || !bytes.Equal(again.clean(), p.clean()) || len(again.dropped) > 0 {
			t.Fatalf("%s\n%s\nis not clean: %s %v %v", raw, p.clean(), again.clean(), again.dropped, problem)
		}
	})
}
