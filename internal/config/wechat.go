package config

import (
	"qinglian/internal/diag"
	"qinglian/internal/palette"
)

// Sizes of the text of an article for WeChat, in pixels.
const (
	smallestText = 14
	largestText  = 20
)

// Legible is a colour that can be read on white: one that is too light becomes the
// nearest that can. It is empty for what is no colour.
func Legible(color string) string {
	made, nearest := palette.Of(color)
	if made == (palette.Palette{}) {
		return nearest
	}
	return color
}

// wechat takes out what can't be.
func (p *parser) wechat(w WeChat) WeChat {
	if w.Color != "" {
		if made, nearest := palette.Of(w.Color); made == (palette.Palette{}) {
			p.color(w.Color, nearest, "wechat", "color")
			w.Color = ""
		}
	}
	if w.Size != 0 && (w.Size < smallestText || w.Size > largestText) {
		p.report(diag.Diagnostic{Rule: "config-value",
			Message: diag.Say("“wechat.size”不能是 %d", "wechat.size can't be %d", w.Size),
			Hint: diag.Say("正文的字写 %d 到 %d（像素）；不写就用样式的",
				"write %d to %d pixels; without it the style decides", smallestText, largestText)},
			"wechat", "size")
		w.Size = 0
	}
	w.Title, w.Digest = p.length("title", w.Title), p.length("digest", w.Digest)
	return w
}

// length is how many characters something may have; 0 for what WeChat takes.
func (p *parser) length(key string, n int) int {
	if n >= 0 {
		return n
	}
	p.report(diag.Diagnostic{Rule: "config-value",
		Message: diag.Say("“wechat.%s”不能是 %d", "wechat.%s can't be %d", key, n),
		Hint: diag.Say("写最多几个字，如 %s = 60；不写就是公众号允许的字数",
			"write how many characters there may be, such as %s = 60; without it, as many as WeChat takes", key)},
		"wechat", key)
	return 0
}
