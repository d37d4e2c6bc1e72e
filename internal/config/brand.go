package config

import (
	"strconv"

	"qinglian/internal/diag"
	"qinglian/internal/palette"
)

// Brand is how a site looks like its owner's own, with any theme that shows it.
type Brand struct {
	Logo    string   `toml:"logo"`    // of static/, in place of the theme's mark
	Favicon string   `toml:"favicon"` // of static/
	Color   string   `toml:"color"`   // #9c2a20; it wins over the tone
	Hero    string   `toml:"hero"`    // of static/, at the head of the home page
	Motto   string   `toml:"motto"`   // the sentence there, in place of the site's description
	Columns []Column `toml:"columns"` // of links at the foot

	Palette palette.Palette `toml:"-"` // of Color
}

// Column is some links under a title.
type Column struct {
	Title string     `toml:"title"`
	Links []MenuItem `toml:"links"`
}

func (p *parser) brand(c *Config) {
	b := &c.Brand
	if b.Color != "" {
		var nearest string
		if b.Palette, nearest = palette.Of(b.Color); b.Palette == (palette.Palette{}) {
			p.color(b.Color, nearest, "brand", "color")
		}
	}
	for i, column := range b.Columns {
		key := []string{"brand", "columns", strconv.Itoa(i)}
		if column.Title == "" || len(column.Links) == 0 {
			p.report(diag.Diagnostic{Rule: "config-value",
				Message: diag.Say("页脚第 %d 栏没有写全", "column %d at the foot is incomplete", i+1),
				Hint: diag.Say("写 title = \"名字\" 和 links = [{ title = \"名字\", to = \"https://…\" }]",
					"give title = \"…\" and links = [{ title = \"…\", to = \"https://…\" }]")}, key...)
		}
		p.items(*c, column.Links, diag.Say("页脚第 %d 栏", "column %d at the foot", i+1), append(key, "links")...)
	}
}

// color reports a colour of which no palette can be made.
func (p *parser) color(given, nearest string, key ...string) {
	d := diag.Diagnostic{Rule: "config-value",
		Message: diag.Say("“%s”不是颜色", "%q is not a colour", given),
		Hint: diag.Say("写 # 和六位数字、字母，如 color = \"#9c2a20\"",
			"write # and six hexadecimal digits, such as color = \"#9c2a20\"")}
	if nearest != "" {
		d.Message = diag.Say("颜色 %s 太浅，写成字在纸上看不清（反差不到 4.5 比 1）",
			"the colour %s is too light to be read on paper (less than 4.5 to 1)", given)
		d.Hint = diag.Say("最接近又看得清的是 color = \"%s\"", "the nearest that can be read is color = \"%s\"", nearest)
	}
	p.report(d, key...)
}
