package image

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"slices"

	"qinglian/internal/diag"
)

const pngHead = "\x89PNG\r\n\x1a\n"

// What stays of a PNG, by its chunks' names: the picture, what its colours
// are (which also stays when the pixels are coded anew), and an animation's
// frames. Text, time, EXIF, and what programs keep for themselves goes.
const (
	pngPicture = "IHDR PLTE tRNS IDAT IEND bKGD pHYs sBIT acTL fcTL fdAT"
	pngColours = "gAMA cHRM sRGB cICP mDCV cLLI"
)

const xmpKeyword = "XML:com.adobe.xmp"

func readPNG(raw []byte) (picture, *diag.Diagnostic) {
	p := picture{}
	p.Format = PNG
	var kept [][]byte
	var icc []byte
	ended, coded := false, false
	rest := raw[len(pngHead):]
	for !ended {
		if len(rest) < 12 || int64(binary.BigEndian.Uint32(rest)) > int64(len(rest)-12) {
			return p, broken(endsEarly)
		}
		length := int(binary.BigEndian.Uint32(rest))
		name, data, chunk := string(rest[4:8]), rest[8:8+length], rest[:12+length]
		rest = rest[12+length:]
		switch {
		case name == "IHDR" && length == 13 && p.Depth == 0:
			p.pngHeader(data)
		case p.Depth == 0:
			return p, broken(diag.Say("文件开头是乱的", "its head makes no sense"))
		case name == "iCCP":
			if _, packed, ok := bytes.Cut(data, []byte{0}); ok && len(packed) > 1 && icc == nil {
				icc = inflate(packed[1:], maxProfile)
			}
			continue
		case name == "tRNS":
			p.Alpha = true
		case name == "acTL":
			p.Animated = true
		case name == "IDAT":
			coded = true
		case name == "IEND":
			ended = true
		}
		switch {
		case contains(pngPicture, name):
			kept = append(kept, chunk)
		case contains(pngColours, name):
			p.png = append(p.png, chunk...)
		default:
			p.pngOther(name, data)
		}
	}
	if !coded {
		return p, broken(endsEarly)
	}
	names := make([]string, len(kept))
	for i, chunk := range kept {
		names[i] = string(chunk[4:8])
	}
	if inRows(names, kept[0][8:]) {
		p.rows, p.Memory = kept, 64*8*int64(min(p.Width, MaxSide))
	}
	p.profile = profile(icc).worth(p.Model)
	p.Profile = p.profile != nil
	p.parts = slices.Concat([][]byte{raw[:len(pngHead)], kept[0], p.pngChunks()}, kept[1:]) // the first is the header
	return p, nil
}

func contains(names, name string) bool {
	for i := 0; i+4 <= len(names); i += 5 {
		if names[i:i+4] == name {
			return true
		}
	}
	return false
}

func (p *picture) pngHeader(data []byte) {
	const most = 1 << 30 // their product must be a number
	p.Width, p.Height = int(min(binary.BigEndian.Uint32(data), most)), int(min(binary.BigEndian.Uint32(data[4:]), most))
	p.Depth = int(data[8])
	size := int64(4) // bytes of a pixel as the decoder gives it
	switch data[9] {
	case 0:
		p.Model, size = Grey, 1
	case 2:
	case 3:
		p.Model, size = Palette, 1+4
	case 4, 6:
		p.Alpha = true
	}
	if p.Depth == 16 {
		size *= 2
	}
	if data[12] != 0 {
		size *= 2 // interlaced: each pass is a picture of its own
	}
	p.Memory = size * p.Pixels()
}

// pngOther looks into a chunk that goes.
func (p *picture) pngOther(name string, data []byte) {
	const most = 1 << 20
	switch name {
	case "eXIf":
		p.Turn = max(p.Turn, exifTurn(data))
		p.Label = p.Label.or(findLabel(data))
	case "tEXt":
		keyword, text, _ := bytes.Cut(data, []byte{0})
		if string(keyword) == "AIGC" {
			p.Label = p.Label.or(Label{AIGC: standard(string(text))})
		}
		p.Label = p.Label.or(findLabel(text))
	case "zTXt":
		if _, packed, ok := bytes.Cut(data, []byte{0}); ok && len(packed) > 1 {
			p.Label = p.Label.or(findLabel(inflate(packed[1:], most)))
		}
	case "iTXt":
		keyword, text := internationalText(data, most)
		if keyword == "AIGC" {
			p.Label = p.Label.or(Label{AIGC: standard(string(text))})
		}
		p.Label = p.Label.or(findLabel(text))
	case "caBX":
		p.Label = p.Label.or(findLabel(data))
	}
}

// internationalText takes an iTXt chunk apart: keyword, 0, whether and how it
// is compressed, language, 0, the keyword in it, 0, text.
func internationalText(data []byte, most int64) (keyword string, text []byte) {
	key, rest, ok := bytes.Cut(data, []byte{0})
	if !ok || len(rest) < 2 {
		return "", nil
	}
	packed := rest[0] == 1
	_, rest, _ = bytes.Cut(rest[2:], []byte{0})
	_, text, _ = bytes.Cut(rest, []byte{0})
	if packed {
		text = inflate(text, most)
	}
	return string(key), text
}

func (l Label) pngText() []byte {
	if !l.Made() {
		return nil
	}
	return append([]byte(xmpKeyword+"\x00\x00\x00\x00\x00"), l.xmp()...)
}

func pngChunk(name string, data []byte) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	out = append(append(out, name...), data...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:]))
}

// pngChunks are what else a published PNG has to have. They stand behind the
// header: colours must come before the palette and the pixels.
func (p *picture) pngChunks() []byte {
	var out []byte
	if p.profile != nil {
		out = pngChunk("iCCP", append([]byte("ICC\x00\x00"), deflate(p.profile)...))
	}
	out = append(out, p.png...)
	if p.Label.Made() {
		out = append(out, pngChunk("iTXt", p.Label.pngText())...)
	}
	return out
}

// withChunks is a PNG as the encoder wrote it with these.
func (p *picture) withChunks(png []byte) []byte {
	const header = len(pngHead) + 12 + 13
	return slices.Concat(png[:header], p.pngChunks(), png[header:])
}
