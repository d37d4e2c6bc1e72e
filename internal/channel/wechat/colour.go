package wechat

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"qinglian/internal/pattern"

	"golang.org/x/image/colornames"
)

// colour is one in sRGB, each part from 0 to 255.
type colour [3]float64

// inValue finds what may be a colour in a declaration's value.
var inValue = pattern.Of(`(?i)#[0-9a-f]+|rgb\([^)]*\)|[a-z]+`)

// parsed is an opaque colour as it is written in a style: #333, #333333,
// rgb(51, 51, 51) or by its name.
func parsed(value string) (c colour, ok bool) {
	value = strings.ToLower(strings.TrimSpace(value))
	if named, ok := colornames.Map[value]; ok {
		return colour{float64(named.R), float64(named.G), float64(named.B)}, true
	}
	if parts, ok := strings.CutPrefix(value, "rgb("); ok {
		n, err := fmt.Sscanf(strings.ReplaceAll(parts, " ", ""), "%f,%f,%f)", &c[0], &c[1], &c[2])
		return c, n == len(c) && err == nil
	}
	if len(value) == 4 {
		value = string([]byte{value[0], value[1], value[1], value[2], value[2], value[3], value[3]})
	}
	if len(value) != 7 || value[0] != '#' {
		return c, false
	}
	n, err := strconv.ParseUint(value[1:], 16, 32)
	return colour{float64(n >> 16), float64(n >> 8 & 0xff), float64(n & 0xff)}, err == nil
}

func (c colour) String() string {
	c = c.whole()
	return fmt.Sprintf("#%02x%02x%02x", int(c[0]), int(c[1]), int(c[2]))
}

// whole is the colour as it is written down: npm's color rounds to tenths first.
func (c colour) whole() colour {
	for i := range c {
		c[i] = math.Round(math.Round(c[i]*10) / 10)
	}
	return c
}

// brightness is how bright the colour is perceived, of
// https://www.w3.org/TR/AERT/#color-contrast.
func (c colour) brightness() float64 { return (c[0]*299 + c[1]*587 + c[2]*114) / 1000 }

// hsl is hue in degrees, saturation and lightness in percent. It and its inverse
// take the steps of npm's color-convert, so that halves are rounded alike.
func (c colour) hsl() (h, s, l float64) {
	r, g, b := c[0]/255, c[1]/255, c[2]/255
	high, low := max(r, g, b), min(r, g, b)
	l = (high + low) / 2
	d := high - low
	switch {
	case d == 0:
		return 0, 0, l * 100
	case high == r:
		h = (g - b) / d
	case high == g:
		h = 2 + (b-r)/d
	default:
		h = 4 + (r-g)/d
	}
	if h *= 60; h < 0 {
		h += 360
	}
	if l <= .5 {
		return h, d / (high + low) * 100, l * 100
	}
	return h, d / (2 - high - low) * 100, l * 100
}

func ofHSL(h, s, l float64) (c colour) {
	h, s, l = h/360, s/100, l/100
	high := l + s - l*s
	if l < .5 {
		high = l * (1 + s)
	}
	low := 2*l - high
	for i := range c {
		at := h + 1./3*float64(1-i)
		at -= math.Floor(at)
		switch {
		case 6*at < 1:
			c[i] = low + (high-low)*6*at
		case 2*at < 1:
			c[i] = high
		case 3*at < 2:
			c[i] = low + (high-low)*(2./3-at)*6
		default:
			c[i] = low
		}
		c[i] *= 255
	}
	return c
}

// to is the colour made as bright as wanted: all parts by the same factor, and
// where one of them can't change any more, another makes up for it.
func (c colour) to(brightness float64) colour {
	factor := brightness / max(c.brightness(), 1)
	for i := range c {
		c[i] = min(255, c[i]*factor)
	}
	r, g, b := c[0], c[1], c[2]
	switch {
	case g == 0 || r == 255 || b == 255:
		g = (brightness*1000 - r*299 - b*114) / 587
	case r == 0:
		r = (brightness*1000 - g*587 - b*114) / 299
	case b == 0 || g == 255:
		b = (brightness*1000 - r*299 - g*587) / 114
	}
	return colour{min(255, max(0, r)), min(255, max(0, g)), min(255, max(0, b))}
}
