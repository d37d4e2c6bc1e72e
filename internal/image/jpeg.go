package image

import (
	"bytes"
	"encoding/binary"
	"slices"

	"qinglian/internal/diag"
)

// Markers of a JPEG file. A file is a row of segments: 0xff, the marker, and,
// but for the first group, a length and data. Coded pixels follow a scan's
// segment.
const (
	mSOI, mEOI, mRST0, mRST7 = 0xd8, 0xd9, 0xd0, 0xd7
	mSOF0, mSOF1, mSOF2      = 0xc0, 0xc1, 0xc2
	mSOF15                   = 0xcf
	mDHT, mJPG, mDAC         = 0xc4, 0xc8, 0xcc
	mSOS                     = 0xda
	mDNL, mDHP, mEXP         = 0xdc, 0xde, 0xdf
	mAPP0, mAPP15, mCOM      = 0xe0, 0xef, 0xfe
)

const (
	exifHead = "Exif\x00\x00"
	xmpHead  = "http://ns.adobe.com/xap/1.0/\x00"
	iccHead  = "ICC_PROFILE\x00"
)

// maxSegment is the most data that a segment can have.
const maxSegment = 0xffff - 2

// jpegReader goes through the segments of a file.
type jpegReader struct {
	picture
	kept  [][]byte // all that stays, without the head
	adobe []byte   // the segment that says how colours are coded
	jfif  []byte   // the first segment, without its thumbnail
	icc   [][]byte // pieces of the colour profile
	frame bool
	scan  bool
}

func readJPEG(raw []byte) (picture, *diag.Diagnostic) {
	r := jpegReader{}
	r.Format = JPEG
	rest := raw[2:]
	for {
		// Before a marker there may be any number of 0xff.
		i := bytes.IndexByte(rest, 0xff)
		for i >= 0 && i+1 < len(rest) && (rest[i+1] == 0xff || rest[i+1] == 0) {
			i++
			if rest[i] != 0xff {
				next := bytes.IndexByte(rest[i:], 0xff)
				if next < 0 {
					i = -1
					break
				}
				i += next
			}
		}
		if i < 0 || i+1 >= len(rest) {
			return r.picture, broken(endsEarly)
		}
		whole, marker := rest[i:], rest[i+1]
		rest = rest[i+2:]
		if marker == mEOI {
			break
		}
		if marker == mSOI || marker == 0x01 || marker >= mRST0 && marker <= mRST7 {
			continue // outside of a scan they mean nothing
		}
		if len(rest) < 2 || int(binary.BigEndian.Uint16(rest)) < 2 || int(binary.BigEndian.Uint16(rest)) > len(rest) {
			return r.picture, broken(endsEarly)
		}
		length := int(binary.BigEndian.Uint16(rest))
		if problem := r.segment(marker, whole[:2+length]); problem != nil {
			return r.picture, problem
		}
		rest = rest[length:]
		if marker == mSOS {
			n := codedLength(rest)
			r.kept = append(r.kept, rest[:n])
			rest = rest[n:]
		}
	}
	if !r.frame || !r.scan {
		return r.picture, broken(endsEarly)
	}
	if r.Model == CMYK && r.adobe == nil {
		return r.picture, odd("CMYK JPEG") // is 255 all ink or none?
	}
	// What is behind the end (a phone's film, the same picture in other light,
	// with their own EXIF) is not kept.
	r.finish()
	return r.picture, nil
}

// codedLength is how long the coded pixels are: to the next marker that is
// not one of theirs.
func codedLength(b []byte) int {
	for at := 0; ; {
		i := bytes.IndexByte(b[at:], 0xff)
		if i < 0 || at+i+1 >= len(b) {
			return len(b)
		}
		at += i
		if m := b[at+1]; m != 0 && (m < mRST0 || m > mRST7) {
			return at
		}
		at += 2
	}
}

func (r *jpegReader) segment(marker byte, whole []byte) *diag.Diagnostic {
	data := whole[4:]
	switch {
	case marker == mSOS:
		r.scan = true
	case marker == mAPP0 && hasPrefix(data, "JFIF\x00") && r.jfif == nil:
		r.jfif = make([]byte, 14)
		copy(r.jfif[:12], data) // the last two are the size of a thumbnail
		return nil
	case marker == mAPP0+14 && hasPrefix(data, "Adobe") && len(data) >= 12:
		r.adobe = data[:12]
		return nil
	case marker == mAPP0+2 && hasPrefix(data, iccHead) && len(data) > len(iccHead)+2:
		r.icc = append(r.icc, data[len(iccHead):])
		return nil
	case marker >= mAPP0 && marker <= mAPP15, marker == mCOM, marker > mAPP15:
		if hasPrefix(data, exifHead) && r.Turn == 0 {
			r.Turn = exifTurn(data[len(exifHead):])
		}
		r.Label = r.Label.or(findLabel(data))
		return nil
	case marker >= mSOF0 && marker <= mSOF15 && marker != mDHT && marker != mJPG && marker != mDAC:
		if problem := r.readFrame(marker, data); problem != nil {
			return problem
		}
	case marker == mDHP || marker == mEXP || marker == mDAC:
		return odd("JPEG")
	}
	r.kept = append(r.kept, whole)
	return nil
}

// readFrame reads the segment that says what the picture is. What the decoder
// can't do is reported here, before anything is worked on.
func (r *jpegReader) readFrame(marker byte, data []byte) *diag.Diagnostic {
	if r.frame || len(data) < 6 || len(data) != 6+3*int(data[5]) {
		return broken(diag.Say("文件开头是乱的", "its head makes no sense"))
	}
	r.frame = true
	r.Depth = int(data[0])
	r.Height, r.Width = int(binary.BigEndian.Uint16(data[1:])), int(binary.BigEndian.Uint16(data[3:]))
	switch data[5] {
	case 1:
		r.Model = Grey
	case 3:
	case 4:
		r.Model = CMYK
	default:
		return odd("JPEG")
	}
	if marker > mSOF2 || r.Depth != 8 || r.Width > 0 && r.Height == 0 {
		return odd("JPEG")
	}
	samples, most := int64(0), int64(1)
	for c := data[6:]; len(c) > 0; c = c[3:] {
		area := int64(c[1]>>4) * int64(c[1]&15)
		samples += area
		most = max(most, area)
	}
	r.Memory = (samples*r.Pixels() + most - 1) / most
	if marker == mSOF2 {
		r.Memory *= 1 + 4 // all coefficients are held, of 32 bits, until the last scan
	}
	if r.Model == CMYK {
		r.Memory += 8 * r.Pixels() // the decoder goes through RGBA
	}
	return nil
}

// finish puts together what stays.
func (r *jpegReader) finish() {
	if r.adobe != nil && r.adobe[11] == 0 && r.Model == Colour {
		r.Memory += 4 * r.Pixels() // stored as RGB
	}
	r.profile = joinProfile(r.icc).worth(r.Model)
	r.Profile = r.profile != nil
	out := []byte{0xff, mSOI}
	if r.jfif != nil {
		out = appendSegment(out, mAPP0, r.jfif)
	}
	out = r.appendExtras(out)
	if r.adobe != nil {
		out = appendSegment(out, mAPP0+14, r.adobe)
	}
	r.parts = slices.Concat([][]byte{out}, r.kept, [][]byte{{0xff, mEOI}})
}

// appendExtras adds what a published JPEG has besides its picture.
func (p *picture) appendExtras(out []byte) []byte {
	if p.Label.Made() {
		out = appendSegment(out, mAPP0+1, append([]byte(xmpHead), p.Label.xmp()...))
	}
	const most = maxSegment - len(iccHead) - 2
	pieces := (len(p.profile) + most - 1) / most
	for i := range pieces {
		data := append([]byte(iccHead), byte(i+1), byte(pieces))
		out = appendSegment(out, mAPP0+2, append(data, p.profile[i*most:min((i+1)*most, len(p.profile))]...))
	}
	return out
}

func appendSegment(out []byte, marker byte, data []byte) []byte {
	out = append(out, 0xff, marker)
	out = binary.BigEndian.AppendUint16(out, uint16(len(data)+2))
	return append(out, data...)
}

// withExtras is a JPEG as the encoder wrote it with what else it has to have.
func (p *picture) withExtras(jpeg []byte) []byte {
	out := make([]byte, 0, len(jpeg)+len(p.profile)+4096)
	out = p.appendExtras(append(out, jpeg[:2]...))
	return append(out, jpeg[2:]...)
}
