package config

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"qinglian/internal/diag"
)

// written is a value of another type as this form has it: what was typed, where that can
// be meant, else a sample.
func (f form) written(value any) string {
	switch v := value.(type) {
	case string:
		word := strings.ToLower(strings.TrimSpace(v))
		_, err := strconv.Atoi(word)
		switch {
		case f.fits(int64(0)) && err == nil:
			return word
		case f.fits(true) && slices.Contains([]string{"false", "no", "off", "否", "不", "关"}, word):
			return "false"
		case f.fits([]any{v}):
			return "[" + strconv.Quote(v) + "]"
		}
	case int64, float64, bool:
		if f.fits("") {
			return strconv.Quote(fmt.Sprint(v))
		}
	}
	return f.sample
}

// unknown reports a key that a table can't have, with the nearest one that it can, or the
// table that has it.
func (p *parser) unknown(f form, key []string) {
	name := key[len(key)-1]
	known := slices.Sorted(maps.Keys(f.keys))
	hint := diag.Say("去掉这一行；这里可以写：%s", "take it out; there are: %s", diag.Listed(known))
	owner := ""
	for _, table := range slices.Sorted(maps.Keys(whole.keys)) {
		if _, ok := whole.keys[table].keys[name]; ok && owner == "" {
			owner = table
		}
	}
	if of, ok := whole.keys[name]; ok && of.keys == nil {
		hint = diag.Say("这是整个网站的设置：把这一行移到第一个 [ 开头的行之前",
			"this is a setting of the whole site: move it above the first line that begins with [")
	} else if near := diag.Nearest(name, known); near != "" {
		hint = diag.Say("是不是想写 %s？", "did you mean %s?", near)
	} else if owner != "" {
		hint = diag.Say("把这一行移到 [%s] 下面；没有那一行，就先写上", "move it below [%s], which you may have to write first", owner)
	}
	p.report(diag.Diagnostic{Rule: "config-unknown-key",
		Message: diag.Say("不认得的设置“%s”", "unknown setting %q", dotted(key)), Hint: hint}, key...)
}

// meantKind is what to write for a kind of article that there is not: its name, if it was
// called by its label or nearly so.
func (c Config) meantKind(typed string) diag.Text {
	names := slices.Sorted(maps.Keys(c.Kinds))
	for _, name := range names {
		if c.Kinds[name].Label == typed {
			return diag.Say("写成 kind = \"%s\"", "write kind = \"%s\"", name)
		}
	}
	if near := diag.Nearest(typed, names); near != "" {
		return diag.Say("是不是想写 kind = \"%s\"？", "did you mean kind = \"%s\"?", near)
	}
	labels := make([]string, 0, len(names))
	for _, name := range names {
		labels = append(labels, name+"（"+c.Kinds[name].Label+"）")
	}
	return diag.Text{ZH: "可用的有：" + diag.Listed(labels).ZH, EN: "there are: " + diag.Listed(names).EN}
}
