package wechat

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"

	"qinglian/internal/config"
	"qinglian/internal/diag"
	"qinglian/internal/pattern"
)

var (
	named    = pattern.Of(`\b[a-z]+\b`)
	fontSize = pattern.Of(`\bfont-size:\s*([0-9.]+)px`)
)

// indented are the declarations of the first lines of paragraphs in official texts.
const indented = ";text-indent:2em"

// Dressed is the style with the site's own wishes, its colour that of its brand if
// nothing else is said, and with literal colours in place of
// their names. official is whether an article's first lines stand as in official texts
// if nothing is said of it.
func (s Style) Dressed(c config.Config, official bool) Style {
	own := c.WeChat
	colours := map[string]string{}
	for _, name := range Colours {
		colours[name] = s[name]
	}
	if main, ok := parsed(cmp.Or(own.Color, c.Brand.Color)); ok {
		colours["accent"], colours["deep"] = main.String(), main.to(main.brightness()*.7).String()
	}
	factor := 1.
	if own.Size > 0 {
		factor = float64(own.Size) / pixels(s["article"], "font-size", float64(own.Size))
	}
	dressed := Style{}
	for role, value := range s {
		if slices.Contains(Colours, role) {
			dressed[role] = colours[role]
			continue
		}
		value = named().ReplaceAllStringFunc(value, func(word string) string {
			if colour := colours[word]; colour != "" {
				return colour
			}
			return word
		})
		dressed[role] = fontSize().ReplaceAllStringFunc(value, func(declaration string) string {
			size, _ := strconv.ParseFloat(fontSize().FindStringSubmatch(declaration)[1], 64) // 0 stays 0
			return fmt.Sprintf("font-size:%gpx", math.Round(size*factor))
		})
	}
	if own.Justify {
		dressed["article"] += ";text-align:justify"
		dressed["paragraph"] += ";text-align:justify"
	}
	if own.Indent != nil {
		official = *own.Indent
	}
	if official {
		dressed["paragraph"] += indented
	}
	return dressed
}

// colourless reports the site's own colour where the style has no use for it.
func (s Style) colourless(own config.Config) (d diag.Diagnostic, wrong bool) {
	if own.WeChat.Color == "" || s["accent"] != "" {
		return d, false
	}
	d = diag.Diagnostic{Rule: "wechat-style", Severity: diag.Warning,
		Message: diag.Say("这套样式没有主色，color 不起作用", "this style names no main colour, so that color changes nothing"),
		Hint: diag.Say("在 wechat.toml 里写 accent 和 deep，样式里用这两个名字代替颜色",
			"give accent and deep in wechat.toml and use these names in place of colours")}
	return d.Placed(own.Where("wechat.color")), true
}
