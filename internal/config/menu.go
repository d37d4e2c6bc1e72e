package config

import (
	"slices"
	"strconv"

	"qinglian/internal/diag"
)

// MenuItem is one entry of the menu, or of a column at the foot: a section, or a title
// with where it leads (an article below content/, a published address, or another site).
type MenuItem struct {
	Section string `toml:"section"`
	Title   string `toml:"title"`
	To      string `toml:"to"`

	Where diag.Diagnostic `toml:"-"` // its place, for messages about it
}

// items checks entries, which are in this part of the configuration, and notes their places.
func (p *parser) items(c Config, items []MenuItem, in diag.Text, key ...string) {
	for i, m := range items {
		key := append(slices.Clone(key), strconv.Itoa(i))
		if at := p.where().Find(key); at >= 0 {
			items[i].Where = diag.Diagnostic{}.At(File, p.text, at)
		}
		_, known := c.Section(m.Section)
		switch {
		case m.Section != "" && !known:
			var names []string
			for _, s := range c.Sections {
				names = append(names, s.Name)
			}
			p.report(diag.Diagnostic{Rule: "config-value",
				Message: diag.Say("%s里的栏目“%s”不存在", "%s names the unknown section %q", in, m.Section),
				Hint:    diag.Say("栏目有：%s", "the sections are: %s", diag.Listed(names))}, key...)
		case m.Section == "" && (m.Title == "" || m.To == ""):
			p.report(diag.Diagnostic{Rule: "config-value",
				Message: diag.Say("%s第 %d 项没有写全", "entry %[2]d of %[1]s is incomplete", in, i+1),
				Hint: diag.Say("写 section = \"栏目文件夹\"，或写 title = \"名字\" 和 to = \"about.md\"",
					"give section = \"…\", or title = \"…\" and to = \"about.md\"")}, key...)
		}
	}
}
