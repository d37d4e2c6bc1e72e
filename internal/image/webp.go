package image

import (
	"bytes"
	"encoding/binary"

	"qinglian/internal/diag"
)

// Flags in the first chunk of an extended WebP.
const webpMoves, webpXMP, webpEXIF, webpAlpha, webpProfile = 0x02, 0x04, 0x08, 0x10, 0x20

// webpPicture are the chunks that stay.
const webpPicture = "VP8  VP8L VP8X ALPH ANIM ANMF ICCP"

func readWebP(raw []byte) (picture, *diag.Diagnostic) {
	p := picture{}
	p.Format, p.Depth = WebP, 8
	if int64(binary.LittleEndian.Uint32(raw[4:]))+8 > int64(len(raw)) {
		return p, broken(endsEarly)
	}
	end := max(12, 8+int(binary.LittleEndian.Uint32(raw[4:])))
	var kept []byte
	for rest := raw[12:end]; len(rest) > 0; {
		if len(rest) < 8 {
			return p, broken(endsEarly)
		}
		length := int64(binary.LittleEndian.Uint32(rest[4:]))
		padded := 8 + length + length&1
		if padded > int64(len(rest)) {
			return p, broken(endsEarly)
		}
		name, data := string(rest[:4]), rest[8:8+length]
		switch {
		case name == "ICCP":
			p.profile = profile(data).worth(p.Model)
			p.Profile = p.profile != nil
			fallthrough
		case contains(webpPicture, name):
			p.webpHeader(name, data)
			kept = append(kept, rest[:padded]...)
		default:
			if name == "EXIF" {
				p.Turn = max(p.Turn, exifTurn(bytes.TrimPrefix(data, []byte(exifHead))))
			}
			p.Label = p.Label.or(findLabel(data))
		}
		rest = rest[padded:]
	}
	if p.Memory == 0 {
		return p, broken(endsEarly)
	}
	p.parts = [][]byte{p.webpFile(kept)}
	return p, nil
}

// webpHeader reads what a chunk says of the picture; the first that does
// is the one for the whole.
func (p *picture) webpHeader(name string, data []byte) {
	first := p.Width == 0
	switch {
	case name == "VP8X" && len(data) >= 10 && first:
		p.Width, p.Height = 1+little24(data[4:]), 1+little24(data[7:])
		p.Alpha, p.Animated = data[0]&webpAlpha != 0, data[0]&webpMoves != 0
	case name == "VP8 " && len(data) >= 10 && data[0]&1 == 0 && first: // only a key frame says how large it is
		p.Width = int(binary.LittleEndian.Uint16(data[6:]) & 0x3fff)
		p.Height = int(binary.LittleEndian.Uint16(data[8:]) & 0x3fff)
	case name == "VP8L" && len(data) >= 5 && first:
		bits := binary.LittleEndian.Uint32(data[1:])
		p.Width, p.Height = 1+int(bits&0x3fff), 1+int(bits>>14&0x3fff)
		p.Alpha = bits>>28&1 != 0
	}
	switch name {
	case "VP8 ":
		p.Memory = 7 * p.Pixels()
	case "VP8L":
		p.Memory = 12 * p.Pixels()
	case "ANMF":
		p.Memory = max(p.Memory, 1)
	}
}

func little24(b []byte) int { return int(b[0]) | int(b[1])<<8 | int(b[2])<<16 }

// webpFile puts the chunks that stay into a file. Only an extended one holds a
// label, so a simple one becomes that.
func (p *picture) webpFile(kept []byte) []byte {
	extended := hasPrefix(kept, "VP8X") && len(kept) >= 18
	if p.Label.Made() && !extended {
		head := make([]byte, 18)
		copy(head, "VP8X\x0a")
		if p.Alpha {
			head[8] = webpAlpha
		}
		putLittle24(head[12:], p.Width-1)
		putLittle24(head[15:], p.Height-1)
		kept = append(head, kept...)
		extended = true
	}
	if extended {
		kept[8] &^= webpXMP | webpEXIF
	}
	if p.Label.Made() {
		kept[8] |= webpXMP
		xmp := p.Label.xmp()
		kept = binary.LittleEndian.AppendUint32(append(kept, "XMP "...), uint32(len(xmp)))
		kept = append(append(kept, xmp...), make([]byte, len(xmp)&1)...)
	}
	out := binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(kept)+4))
	return append(append(out, "WEBP"...), kept...)
}

func putLittle24(b []byte, n int) { b[0], b[1], b[2] = byte(n), byte(n>>8), byte(n>>16) }
