// Package image turns the pictures that people put beside their articles into
// those that are published: right on every screen, and with nothing in them
// that should not be published. Bytes and an Operation become bytes; nothing
// here touches the machine.
//
// # What a picture is
//
// Inspect reads what a file is from its bytes, whatever it is called, without
// decoding it: how large it is as a reader sees it (after the turn that the
// camera noted), whether it moves, what it holds besides its picture. What
// can't be published is a diagnostic with its cure: formats that browsers do
// not show (HEIC, TIFF, BMP …), files that are empty or end too early, and
// pictures of more than MaxPixels, which no screen shows and which could be
// made to fill a machine's memory from a file of a few bytes.
//
// # What becomes of it
//
// Make decodes a picture once and gives all the variants that were asked for.
//
//   - JPEG and PNG are turned upright, cropped and scaled. A picture is never
//     enlarged. If nothing is to be done to it, its coded pixels are copied as
//     they are and only the rest is dropped.
//   - A photograph saved as PNG becomes a JPEG, of a fraction of the weight; WebP
//     becomes JPEG or PNG, since iOS 13 can't show it; so does a GIF that does
//     not move. CMYK becomes RGB.
//   - What moves (GIF, PNG, WebP) and drawings (SVG) pass through, without what
//     is private. SVG is written anew from what is known to be harmless.
//   - Behind what is transparent a JPEG has white.
//
// # What goes and what stays
//
// Of a file's other contents stays what is needed to show it right: the colour
// profile, gamma and the like, an animation's timing. All else goes: place,
// time, author, camera, comments, thumbnails (which show what was cropped
// away), maker's notes, whatever stands behind the picture's end, and whatever
// we do not know. One thing is written anew: the Label which says that a
// picture was made by AI, since China's law forbids to remove it.
//
// # Memory
//
// A Budget is shared by all who make pictures at once. Make takes from it what
// its picture needs before it decodes, so the sum stays bounded however many
// and however large they are.
package image

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"qinglian/internal/diag"
)

// Format is how a picture is coded. The zero Format is none of these.
type Format uint8

// The formats that are published.
const (
	JPEG Format = iota + 1
	PNG
	GIF
	WebP
	SVG
)

// formats has each format's name and the endings of its files, ours first.
var formats = [...]struct {
	name string
	ends []string
}{
	JPEG: {"JPEG", []string{".jpg", ".jpeg", ".jpe", ".jfif"}},
	PNG:  {"PNG", []string{".png", ".apng"}},
	GIF:  {"GIF", []string{".gif"}},
	WebP: {"WebP", []string{".webp"}},
	SVG:  {"SVG", []string{".svg"}},
}

// String is the format's name as people know it.
func (f Format) String() string { return formats[f].name }

// Named is name with an ending that is the format's: its own, or ours after it.
func (f Format) Named(name string) string {
	if slices.Contains(formats[f].ends, strings.ToLower(path.Ext(name))) {
		return name
	}
	return name + f.Ext()
}

// Ext is the ending of a published file of the format.
func (f Format) Ext() string { return formats[f].ends[0] }

// Model is what a pixel consists of.
type Model uint8

// The models.
const (
	Colour Model = iota
	Grey
	Palette
	CMYK
)

// Info is what is known of a picture before it is decoded.
type Info struct {
	Format        Format
	Width, Height int  // as a reader sees it, after Turn; 0 for an SVG that does not say
	Turn          Turn // what has to be done to the stored pixels
	Bytes         int  // of the file
	Depth         int  // bits of a sample
	Model         Model
	Alpha         bool // it may let through what is behind
	Animated      bool
	Profile       bool // it has colours of its own, other than sRGB
	Private       bool // it holds something that is not published as it is
	Label         Label
	Memory        int64 // bytes that decoding takes
}

// Pixels is how many pixels the picture has.
func (i Info) Pixels() int64 { return int64(i.Width) * int64(i.Height) }

// Scales reports whether there can be variants of the picture; else it is
// published whole, whatever is asked.
func (i Info) Scales() bool { return i.Format != SVG && !i.Animated }

// MaxPixels is the largest picture that is worked on: scanners and stitched
// panoramas reach 100 megapixels.
const MaxPixels = 200_000_000

// MaxSide is how long a side of a picture may be: as in a JPEG, nearly.
const MaxSide = 65_500

// MaxBytes is how long a picture's file may be.
const MaxBytes = 256 << 20

// maxMemory is what decoding may take. Most PNG are decoded row by row and take
// next to nothing; a JPEG that loads in passes takes five times one that does not.
const maxMemory = 600 << 20

// Inspect says what a file is and what is wrong with it. If there is an error
// among the diagnostics, the picture can't be made and Info is what is known.
func Inspect(file string, raw []byte) (Info, diag.List) {
	p, problem := read(raw)
	var problems diag.List
	if problem != nil {
		return p.Info, append(problems, problem.In(file))
	}
	if ext := strings.ToLower(path.Ext(file)); !slices.Contains(formats[p.Format].ends, ext) {
		problems = append(problems, misnamed(p.Format, ext).In(file))
	}
	if p.Model == CMYK {
		problems = append(problems, forPrint().In(file))
	}
	if len(p.dropped) > 0 {
		problems = append(problems, cleaned(p.dropped).In(file))
	}
	return p.Info, problems
}

// picture is a file taken apart.
type picture struct {
	Info
	parts   [][]byte // the same pixels without what is private, but with the Label: mostly pieces of the file
	profile profile  // the colours, if they are not sRGB
	rows    [][]byte // chunks of a PNG that is decoded row by row; nil for others
	png     []byte   // chunks of a PNG that say what its colours are
	dropped []string // what was removed from an SVG, for people
}

// read takes a file apart. The Problem is a diagnostic that has no file yet.
func read(raw []byte) (picture, *diag.Diagnostic) {
	p := picture{}
	var problem *diag.Diagnostic
	switch {
	case len(raw) == 0:
		return p, broken(diag.Say("文件是空的", "the file is empty"))
	case hasPrefix(raw, "\xff\xd8\xff"):
		p, problem = readJPEG(raw)
	case hasPrefix(raw, pngHead):
		p, problem = readPNG(raw)
	case hasPrefix(raw, "GIF87a"), hasPrefix(raw, "GIF89a"):
		p, problem = readGIF(raw)
	case hasPrefix(raw, "RIFF") && len(raw) >= 12 && string(raw[8:12]) == "WEBP":
		p, problem = readWebP(raw)
	case looksLikeSVG(raw):
		p, problem = readSVG(raw)
	default:
		return p, unshown(raw)
	}
	p.Bytes = len(raw)
	if problem != nil {
		return p, problem
	}
	if p.Format != SVG {
		p.Private = p.size() < len(raw) || p.Label.Made() && !bytes.Equal(p.clean(), raw)
	}
	if p.Turn == 0 {
		p.Turn = Upright
	}
	if p.Turn.sideways() {
		p.Width, p.Height = p.Height, p.Width
	}
	switch {
	case p.Format != SVG && (p.Width == 0 || p.Height == 0):
		return p, broken(diag.Say("宽或高是 0", "its width or height is 0"))
	case p.Format != SVG && max(p.Width, p.Height) > MaxSide:
		return p, hugeBy(diag.Say("图片太长：%d×%d，一边最多 %d 像素",
			"the picture is too long: %d×%d; %d pixels are the most in one direction", p.Width, p.Height, MaxSide))
	case p.Pixels() > MaxPixels:
		return p, hugeBy(diag.Say("图片太大：%d×%d，超过 %d 亿像素",
			"the picture is too large: %d×%d; %d hundred million pixels are the most", p.Width, p.Height,
			MaxPixels/100_000_000))
	case p.Memory > maxMemory:
		return p, hugeBy(diag.Say("图片太大：%d×%d，这种编码要占 %d MB 内存，最多 %d MB",
			"the picture is too large: %d×%d, coded as it is, takes %d MB of memory; %d MB are the most", p.Width,
			p.Height, p.Memory>>20, maxMemory>>20))
	}
	return p, nil
}

// clean is the file without what is private.
func (p *picture) clean() []byte { return slices.Concat(p.parts...) }

// size is how long that is.
func (p *picture) size() int {
	n := 0
	for _, part := range p.parts {
		n += len(part)
	}
	return n
}

func hasPrefix(raw []byte, head string) bool {
	return len(raw) >= len(head) && string(raw[:len(head)]) == head
}
