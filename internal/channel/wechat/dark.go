package wechat

import (
	"html"
	"math"
	"strings"

	nethtml "golang.org/x/net/html"
)

// Dark is a fragment as WeChat shows it in its dark mode. WeChat publishes the
// method (wechatjs/mp-darkmode 1.2.1); this is it for opaque colours, which is all
// that a Style may have:
//
//   - A background that is grey and lighter than 40 %, or perceived as white (more
//     than 250 of 255), is turned around about the dark page; one perceived
//     brighter than 190 is darkened to that; one darker than 22 % is lightened to it.
//   - A text or border that is nearly white stays. On the page itself none else is
//     brighter than the page's own text. One that differs from what is behind it by
//     less than 65 gets its lightness turned around, and if that is not enough is
//     made to differ by 65. Borders go by the page, whatever they stand on, and a
//     line under a text by what is behind the element.
//   - An element with a background and no colour of its own gets a colour by these
//     rules.
//
// Its rule of the just noticeable difference is about pictures behind text, of which
// an article has none.
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
	lightest  = colour{0xa3, 0xa3, 0xa3}
	text      = colour{0x19, 0x19, 0x19}
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

// darkened are the declarations of an element in the dark mode. What stands in it is
// held against its background as that is written down, which is rounded.
func darkened(style string, in behind) (string, behind) {
	declarations := strings.Split(style, ";")
	coloured, own, around := false, false, in.ground
	for i, d := range declarations {
		if name, value, _ := strings.Cut(d, ":"); name == "background-color" {
			declarations[i] = name + ":" + recoloured(value, func(c colour) colour {
				in.ground, coloured = c.asGround(), true
				return in.ground
			})
		}
	}
	exact := in.ground
	in.ground = exact.whole()
	for i, d := range declarations {
		switch name, value, _ := strings.Cut(d, ":"); {
		case name == "color":
			value = recoloured(value, func(c colour) colour {
				in.text, own = c, true
				return c.on(in.ground)
			})
			declarations[i] = name + ":" + value
		case name == "text-decoration":
			declarations[i] = name + ":" + recoloured(value, func(c colour) colour { return c.on(around) })
		case strings.HasPrefix(name, "border"):
			declarations[i] = name + ":" + recoloured(value, func(c colour) colour { return c.on(page) })
		}
	}
	if coloured && !own {
		declarations = append(declarations, "color:"+in.text.on(exact).String())
	}
	return strings.Join(declarations, ";"), in
}

// recoloured is a value with its colours changed.
func recoloured(value string, change func(colour) colour) string {
	return inValue().ReplaceAllStringFunc(value, func(word string) string {
		if c, ok := parsed(word); ok {
			return change(c).String()
		}
		return word
	})
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
func (c colour) on(ground colour) colour {
	b, g := c.brightness(), ground.brightness()
	most := lightest.brightness() - page.brightness()
	difference := math.Abs(g - b)
	h, s, l := c.hsl()
	switch {
	case b >= whiteLike:
		return c
	case difference > most && g <= page.brightness()+2:
		return c.to(most + g)
	case difference >= least:
		return c
	case g >= brightGround && l > 90-lightGrey, g < brightGround && l <= lightGrey:
		return ofHSL(h, s, 90-l).on(ground)
	case g >= brightGround:
		return c.to(min(most, g-least))
	}
	return c.to(min(most, g+least))
}
