// Package palette makes the colours of a site out of the one that its owner has.
//
// A [Palette] is two style sheets, of light and of dark colours, which set the same
// custom properties as those of the built-in tones. In both, what is read stands out from
// what it stands on by 4.5 to 1 (WCAG 2.2, 1.4.3) and what has the focus by 3 to 1
// (1.4.11). In the light one the owner's colour is --tone as it was given; a colour that
// can't be read on paper makes no palette, and [Of] returns the nearest that does.
//
// The others keep the owner's hue. How light and how strong each is follows the built-in
// tones, in OKLCH (CSS Color 4), in which colours of one lightness look equally light
// whatever their hue.
package palette

import (
	"fmt"
	"math"
	"strings"

	"github.com/lucasb-eyer/go-colorful"
)

// Palette is the style sheets of a colour.
type Palette struct{ Light, Dark string }

// role is a colour of a palette: how light it is, and how strong beside the owner's.
type role struct {
	name               string
	lightness, darkest float64 // in the light and in the dark palette, 0 to 1
	strength           float64
}

// roles are all but --tone, --tone-deep and --seal.
var roles = []role{
	{"paper", .978, .203, .07},
	{"panel", .952, .245, .11},
	{"ink", .27, .91, .09},
	{"soft", .487, .745, .11},
	{"line", .888, .35, .17},
	{"wash", .938, .265, .16},
	{"leaf", .878, .335, .28},
	{"vein", .794, .42, .44},
	{"petal-1", .875, .42, .37},
	{"petal-2", .735, .58, .72},
	{"petal-3", .548, .765, 1},
	{"ground", .316, .22, .62},
	{"ground-ink", .91, .82, .19},
	{"ground-link", .97, .928, .1},
}

// How the colours of links and buttons differ from the owner's.
const (
	deeper   = .09  // how much darker --tone-deep is
	darkTone = .782 // how light --tone is in the dark palette
	darkDeep = .845 // --tone-deep
	strong   = .13  // the strength of colours that are as strong as those of the tones
	most     = 1.15 // by how much others may be stronger
)

// pair is two colours that must stand out from each other, by a ratio of WCAG's.
type pair struct {
	ground, text string
	least        float64
}

// pairs are what holds in each palette.
var pairs = func() (all []pair) {
	for _, ground := range []string{"paper", "panel", "wash"} {
		for _, text := range []string{"ink", "soft", "tone", "tone-deep", "seal"} {
			all = append(all, pair{ground, text, 4.5})
		}
	}
	return append(all, pair{"tone", "paper", 4.5}, pair{"tone-deep", "paper", 4.5},
		pair{"petal-1", "ink", 4.5}, pair{"petal-1", "tone-deep", 4.5},
		pair{"ground", "ground-ink", 4.5}, pair{"ground", "ground-link", 4.5}, pair{"paper", "petal-3", 3})
}()

// Of makes the palette of a colour as CSS writes it, #9c2a20 or #a21. It reports nearest,
// and no palette, for one that is too light to be read; both are empty for what is no
// colour.
func Of(given string) (p Palette, nearest string) {
	tone, err := colorful.Hex(given)
	if err != nil {
		return p, ""
	}
	if light := lightOf(tone); holds(light) {
		return Palette{sheet(light, "none", "light"), sheet(darkOf(tone), "brightness(.88)", "dark")}, ""
	}
	l, c, h := tone.OkLch()
	for ; l > 0; l -= .004 {
		darker := colour(inside(l, c, h).Hex()) // as it would be typed
		if holds(lightOf(darker)) {
			return p, darker.Hex()
		}
	}
	return p, "#000000"
}

func lightOf(tone colorful.Color) map[string]colorful.Color {
	l, c, h := tone.OkLch()
	all := map[string]colorful.Color{"tone": tone, "tone-deep": inside(max(l-deeper, 0), c, h),
		"seal": colour("#9f3526")}
	if reddish(c, h) {
		all["seal"] = colour("#765000")
	}
	for _, r := range roles {
		all[r.name] = inside(r.lightness, r.strength*strength(c), h)
	}
	return all
}

func darkOf(tone colorful.Color) map[string]colorful.Color {
	_, c, h := tone.OkLch()
	all := map[string]colorful.Color{"tone": inside(darkTone, .7*strength(c), h),
		"tone-deep": inside(darkDeep, .5*strength(c), h),
		"seal":      colour("#e79a8c")}
	if reddish(c, h) {
		all["seal"] = colour("#e3b566")
	}
	for _, r := range roles {
		all[r.name] = inside(r.darkest, .7*r.strength*strength(c), h)
	}
	return all
}

// strength is the chroma of a palette by that of its owner's colour.
func strength(chroma float64) float64 { return min(chroma, most*strong) }

// reddish: the seal, which is red, would be lost beside such a colour.
func reddish(chroma, hue float64) bool { return chroma > .05 && (hue < 70 || hue > 340) }

// inside is the strongest colour up to a chroma that a screen can show.
func inside(l, c, h float64) colorful.Color {
	for ; c > 0; c -= .002 {
		if shown := colorful.OkLch(l, c, h); shown.IsValid() {
			return shown
		}
	}
	return colorful.OkLch(l, 0, h).Clamped()
}

func colour(hex string) colorful.Color {
	c, err := colorful.Hex(hex)
	if err != nil {
		panic(err) // written above
	}
	return c
}

func holds(all map[string]colorful.Color) bool {
	for _, p := range pairs {
		if contrast(all[p.ground], all[p.text]) < p.least {
			return false
		}
	}
	return true
}

// contrast is the ratio of WCAG 2.2, of colours as they are written.
func contrast(a, b colorful.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (math.Max(x, y) + .05) / (math.Min(x, y) + .05)
}

func luminance(c colorful.Color) float64 {
	r, g, b := colour(c.Hex()).LinearRgb()
	return .2126*r + .7152*g + .0722*b
}

// sheet writes a palette. What dims pictures and the browser's own parts are the same
// for all colours.
func sheet(all map[string]colorful.Color, dim, scheme string) string {
	var b strings.Builder
	b.WriteString(":root{")
	for _, name := range []string{"tone", "tone-deep", "seal"} {
		fmt.Fprintf(&b, "--%s:%s;", name, all[name].Hex())
	}
	for _, r := range roles {
		fmt.Fprintf(&b, "--%s:%s;", r.name, all[r.name].Hex())
	}
	fmt.Fprintf(&b, "--dim:%s;color-scheme:%s}", dim, scheme)
	return b.String()
}
