package image

import "encoding/binary"

// Turn is what has to be done to the stored pixels so that they stand upright:
// EXIF's orientation, 1 to 8. Cameras do not turn what they store.
type Turn uint8

// Upright is the Turn that changes nothing.
const Upright Turn = 1

// sideways reports whether width and height change places.
func (t Turn) sideways() bool { return t >= 5 && t <= 8 }

// mirrors says on which of the stored axes the picture runs backwards, seen
// from the upright picture. A sideways Turn changes the axes' places first.
func (t Turn) mirrors() (x, y bool) {
	return t == 2 || t == 3 || t == 7 || t == 8, t == 3 || t == 4 || t == 6 || t == 7
}

// stored is where a rectangle of the upright picture lies in the stored one,
// which is w by h.
func (t Turn) stored(r rect, w, h float64) rect {
	if t.sideways() {
		r = rect{r.y, r.x, r.h, r.w}
	}
	x, y := t.mirrors()
	if x {
		r.x = w - r.x - r.w
	}
	if y {
		r.y = h - r.y - r.h
	}
	return r
}

// exifTurn finds the orientation in EXIF data (a small TIFF file). Whatever is
// not as it should be means upright.
func exifTurn(tiff []byte) Turn {
	var order binary.ByteOrder = binary.LittleEndian
	switch {
	case hasPrefix(tiff, "MM\x00*"):
		order = binary.BigEndian
	case !hasPrefix(tiff, "II*\x00"):
		return Upright
	}
	if len(tiff) < 8 {
		return Upright
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return Upright
	}
	entries := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(entries) < 12 {
			break
		}
		if order.Uint16(entries) == 0x0112 {
			if t := order.Uint16(entries[8:]); t >= 1 && t <= 8 {
				return Turn(t)
			}
			break
		}
		entries = entries[12:]
	}
	return Upright
}
