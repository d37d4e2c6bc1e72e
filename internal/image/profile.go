package image

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"
)

// profile is an ICC profile: what the numbers of the pixels mean as colours.
// It is carried over as it is, which keeps every colour right; computing the
// pixels for sRGB instead would save some hundred bytes, and lose colours that
// newer screens show.
type profile []byte

// maxProfile keeps a profile made to fill memory out; real ones for screens
// and cameras have some kilobytes.
const maxProfile = 1 << 20

// joinProfile puts the pieces of a profile in a JPEG together. Each begins
// with its number, from 1, and how many there are.
func joinProfile(pieces [][]byte) profile {
	var p profile
	for n := range pieces {
		for _, piece := range pieces {
			if int(piece[0]) == n+1 && int(piece[1]) == len(pieces) {
				p = append(p, piece[2:]...)
				break
			}
		}
	}
	return p
}

// worth is p if the published picture needs it: nothing if it is not whole, if
// its colours are not those of the pixels (a CMYK picture becomes RGB), or if
// it is sRGB, which every browser takes a picture without a profile for.
func (p profile) worth(m Model) profile {
	const header = 128
	if len(p) < header+4 || len(p) > maxProfile || int64(binary.BigEndian.Uint32(p)) != int64(len(p)) ||
		string(p[36:40]) != "acsp" {
		return nil
	}
	space := map[Model]string{Colour: "RGB ", Palette: "RGB ", Grey: "GRAY"}[m]
	if string(p[16:20]) != space || p.describes("sRGB") {
		return nil
	}
	return p
}

// describes reports whether the profile's name begins with a word. It is
// ASCII in the second version of ICC and UTF-16 in the fourth.
func (p profile) describes(word string) bool {
	tags := int64(binary.BigEndian.Uint32(p[128:]))
	for table := p[132:]; tags > 0 && len(table) >= 12; tags, table = tags-1, table[12:] {
		if string(table[:4]) != "desc" {
			continue
		}
		at, size := int64(binary.BigEndian.Uint32(table[4:])), int64(binary.BigEndian.Uint32(table[8:]))
		if at+size > int64(len(p)) || size < 12 {
			return false
		}
		tag := p[at : at+size]
		switch string(tag[:4]) {
		case "desc":
			return hasPrefix(tag[12:], word)
		case "mluc":
			text := bytes.ReplaceAll(tag[min(28, len(tag)):], []byte{0}, nil)
			return hasPrefix(text, word)
		}
		return false
	}
	return false
}

// inflate is the content of compressed metadata, nothing if it is damaged or
// longer than most.
func inflate(b []byte, most int64) []byte {
	z, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil
	}
	out, err := io.ReadAll(io.LimitReader(z, most+1))
	if err != nil || int64(len(out)) > most {
		return nil
	}
	return out
}

func deflate(b []byte) []byte {
	var out bytes.Buffer
	z := zlib.NewWriter(&out)
	_, _ = z.Write(b) // a Buffer takes all
	_ = z.Close()
	return out.Bytes()
}
