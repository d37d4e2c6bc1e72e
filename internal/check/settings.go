package check

import (
	"qinglian/internal/config"
	"qinglian/internal/diag"
	"qinglian/internal/markdown"
)

// settings inspects the texts of config.toml that readers see: they stand on every page.
func (c *Checker) settings() []Finding {
	text, shown := c.config.Shown()
	a := &Article{File: config.File, Text: text, Config: c.config, lexicon: c.lexicon, attached: true,
		lines: diag.NewLines(config.File, text)}
	for _, s := range shown {
		a.passages = append(a.passages, Passage{Text: s.Value, In: Setting, Key: s.Key,
			pieces: []piece{{typed: markdown.Place{From: int32(s.From), To: int32(s.To)}, exact: s.Exact}}})
	}
	for _, r := range all {
		if r.Files || r.Settings {
			r.Article(a)
		}
	}
	return a.found
}
