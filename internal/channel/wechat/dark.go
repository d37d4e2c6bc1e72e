package wechat

import (
	"fmt"
	"html"
	"strconv"
	"strings"

	nethtml "golang.org/x/net/html"
)

// Dark is a fragment as WeChat shows it in its dark mode. WeChat publishes the
// method (wechatjs/mp-darkmode, doc/cn/principle.md); this is it for opaque
// colours, which is all that a Style may have:
//
//   - A background that is grey and lighter than 40 %, or perceived as white (more
//     than 250 of 255), is turned around about the dark page; one perceived
//     brighter than 190 is darkened to that; one darker than 22 % is lightened to it.
//   - A text or border that is nearly white stays. One that differs from what is
//     behind it by less than 65 gets its lightness turned around, and if that is
//     not enough is made to differ by 65. On the page itself it differs by no more
//     than white does: the published code takes the page's own text, which is white
//     and 60 % opaque, for opaque here.
//   - An element with a background and no colour of its own gets a colour by these
//     rules.
//
// Perceived brightness is (299 R + 587 G + 114 B) / 1000, of
// https://www.w3.org/TR/AERT/#color-contrast.
func Dark(fragment string) string {
	var b strings.Builder
	scope := []behind{{page, text}}
	z := nethtml.NewTokenizer(strings.NewReader(fragment))
	for {
		switch z.Next() {
		case nethtml.ErrorToken:
			return b.String()
		case nethtml.StartTagToken:
			t := z.Token()
			style, inside := darkened(attributeOf(t, "style"), scope[len(scope)-1])
			b.WriteString("<" + t.Data)
			for _, a := range t.Attr {
				if a.Key == "style" {
					a.Val = style
				}
				b.WriteString(" " + a.Key + `="` + html.EscapeString(a.Val) + `"`)
			}
			b.WriteString(">")
			if t.Data != "br" && t.Data != "img" {
				scope = append(scope, inside)
			}
		case nethtml.EndTagToken:
			if len(scope) > 1 {
				scope = scope[:len(scope)-1]
			}
			b.Write(z.Raw())
		default:
			b.Write(z.Raw())
		}
	}
}

func attributeOf(t nethtml.Token, key string) string {
	for _, a := range t.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// The page and its text in WeChat's dark mode, and the text in the light one.
var (
	page      = colour{0x19, 0x19, 0x19}
	text      = colour{0x19, 0x19, 0x19}
	white     = colour{0xff, 0xff, 0xff}
	pageLight = 100 * 0x19 / 255. // percent
)

// The thresholds of the method.
const (
	whiteLike    = 250
	least        = 65
	brightest    = 190
	brightGround = 100
	lightGrey    = 40 // percent, as the next
	darkest      = 22
)

// behind is what is behind an element, and the colour that its text has in the
// light mode.
type behind struct{ ground, text colour }

// darkened are the declarations of an element in the dark mode.
func darkened(style string, in behind) (string, behind) {
	declarations := strings.Split(style, ";")
	coloured := false
	for i, d := range declarations {
		name, value, _ := strings.Cut(d, ":")
		if c, ok := hex(value); ok && name == "background-color" {
			in.ground = c.asGround()
			declarations[i] = name + ":" + in.ground.String()
			coloured = true
		}
	}
	own := false
	for i, d := range declarations {
		name, value, _ := strings.Cut(d, ":")
		switch {
		case name == "color":
			if c, ok := hex(value); ok {
				in.text, own = c, true
				declarations[i] = name + ":" + c.on(in.ground).String()
			}
		case strings.HasPrefix(name, "border"):
			at := strings.LastIndexByte(value, ' ')
			if c, ok := hex(value[at+1:]); ok {
				declarations[i] = name + ":" + value[:at+1] + c.on(page).String()
			}
		}
	}
	if coloured && !own {
		declarations = append(declarations, "color:"+in.text.on(in.ground).String())
	}
	return strings.Join(declarations, ";"), in
}

// colour is one in sRGB, each part from 0 to 255.
type colour [3]float64

func hex(value string) (c colour, ok bool) {
	value = strings.TrimSpace(value)
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
	return fmt.Sprintf("#%02x%02x%02x", int(c[0]+.5), int(c[1]+.5), int(c[2]+.5))
}

func (c colour) brightness() float64 { return (c[0]*299 + c[1]*587 + c[2]*114) / 1000 }

// hsl is hue in degrees, saturation and lightness in percent.
func (c colour) hsl() (h, s, l float64) {
	r, g, b := c[0]/255, c[1]/255, c[2]/255
	high, low := max(r, g, b), min(r, g, b)
	l = (high + low) / 2
	if d := high - low; d > 0 {
		s = d / (1 - abs(2*l-1))
		switch high {
		case r:
			h = 60 * (g - b) / d
		case g:
			h = 60*(b-r)/d + 120
		default:
			h = 60*(r-g)/d + 240
		}
		if h < 0 {
			h += 360
		}
	}
	return h, s * 100, l * 100
}

func ofHSL(h, s, l float64) (c colour) {
	s, l = s/100, l/100
	a := s * min(l, 1-l)
	for i, n := range []float64{0, 8, 4} {
		k := n + h/30
		for k >= 12 {
			k -= 12
		}
		c[i] = 255 * (l - a*max(-1, min(k-3, 9-k, 1)))
	}
	return c
}

func abs(x float64) float64 { return max(x, -x) }

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

// asGround is a background in the dark mode.
func (c colour) asGround() colour {
	h, s, l := c.hsl()
	switch b := c.brightness(); {
	case s == 0 && l > lightGrey || b > whiteLike:
		return ofHSL(0, 0, min(100, 100+pageLight-l))
	case b > brightest:
		return c.to(brightest)
	case l < darkest:
		return ofHSL(h, s, darkest)
	}
	return c
}

// on is a text or border in the dark mode.
func (c colour) on(ground colour) colour { return c.onGround(ground, true) }

func (c colour) onGround(ground colour, turn bool) colour {
	b, g := c.brightness(), ground.brightness()
	most := white.brightness() - page.brightness()
	difference := abs(g - b)
	h, s, l := c.hsl()
	switch {
	case b >= whiteLike:
		return c
	case difference > most && g <= page.brightness()+2:
		return c.to(most + g)
	case difference >= least:
		return c
	case g >= brightGround && turn && l > 90-lightGrey, g < brightGround && turn && l <= lightGrey:
		return ofHSL(h, s, 90-l).onGround(ground, false)
	case g >= brightGround:
		return c.to(min(most, g-least))
	}
	return c.to(min(most, g+least))
}
