package image

import (
	"encoding/binary"
	"slices"

	"qinglian/internal/diag"
)

// Blocks of a GIF.
const (
	gifExtension, gifFrame, gifEnd = 0x21, 0x2c, 0x3b
	gifControl                     = 0xf9
	gifApplication, gifLast        = 0xff, 0x00
)

// gifLoops are the applications' blocks that say how often a GIF is played.
// What other applications write goes, XMP first of all.
var gifLoops = []string{"\x0bNETSCAPE2.0", "\x0bANIMEXTS1.0"}

const gifXMP = "\x0bXMP DataXMP"

func readGIF(raw []byte) (picture, *diag.Diagnostic) {
	p := picture{}
	p.Format, p.Depth, p.Model = GIF, 8, Palette
	if len(raw) < 13 {
		return p, broken(endsEarly)
	}
	p.Width, p.Height = int(binary.LittleEndian.Uint16(raw[6:])), int(binary.LittleEndian.Uint16(raw[8:]))
	p.Memory = 5 * p.Pixels()
	head := 13 + gifColours(raw[10])
	if len(raw) < head {
		return p, broken(endsEarly)
	}
	frames := 0
	var kept [][]byte
	for rest := raw[head:]; ; {
		n := gifBlock(rest)
		if n == 0 {
			return p, broken(endsEarly)
		}
		block := rest[:n]
		rest = rest[n:]
		switch {
		case block[0] == gifEnd:
			if frames == 0 {
				return p, broken(endsEarly)
			}
			p.Animated = frames > 1
			p.parts = slices.Concat([][]byte{[]byte("GIF89a"), raw[6:head], p.Label.gifBlock()}, kept,
				[][]byte{{gifEnd}})
			return p, nil
		case block[0] == gifFrame:
			frames++
			kept = append(kept, block)
		case block[1] == gifControl:
			p.Alpha = p.Alpha || block[3]&1 != 0
			kept = append(kept, block)
		case block[1] == gifApplication && (hasPrefix(block[2:], gifLoops[0]) || hasPrefix(block[2:], gifLoops[1])):
			kept = append(kept, block)
		default:
			p.Label = p.Label.or(findLabel(block))
		}
	}
}

// gifColours is the size of the table of colours that flags announce.
func gifColours(flags byte) int {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (flags&7 + 1)
}

// gifBlock is how long the first block is; 0 if it does not end or is none.
func gifBlock(b []byte) int {
	at := 0
	switch {
	case len(b) > 0 && b[0] == gifEnd:
		return 1
	case len(b) > 10 && b[0] == gifFrame:
		at = 10 + gifColours(b[9]) + 1
	case len(b) > 2 && b[0] == gifExtension:
		at = 2
		if b[1] == gifControl && (len(b) < 8 || b[2] != 4) {
			return 0
		}
	default:
		return 0
	}
	for at < len(b) && b[at] != gifLast {
		at += 1 + int(b[at])
	}
	if at >= len(b) {
		return 0
	}
	return at + 1
}

// gifBlock is the label as XMP stands in a GIF: not in pieces with lengths, but
// behind it every number down to 0, on which any byte taken for a length ends.
func (l Label) gifBlock() []byte {
	if !l.Made() {
		return nil
	}
	out := append([]byte{gifExtension, gifApplication}, gifXMP...)
	out = append(append(out, l.xmp()...), 1)
	for i := 255; i >= 0; i-- {
		out = append(out, byte(i))
	}
	return append(out, gifLast)
}
