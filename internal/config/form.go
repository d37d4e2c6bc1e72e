package config

import (
	"maps"
	"slices"

	"qinglian/internal/diag"
)

// form is what a value in config.toml must be.
type form struct {
	called diag.Text
	sample string
	fits   func(any) bool
	keys   map[string]form // what a table may hold; "*" stands for a name that the owner chooses
}

var (
	aText   = form{diag.Say("用英文双引号括起来的文字", "a text in quotes"), `"…"`, is[string], nil}
	aNumber = form{diag.Say("整数", "a whole number"), "1", is[int64], nil}
	aSwitch = form{diag.Say("true 或 false", "true or false"), "true", is[bool], nil}
	texts   = form{diag.Say("一个列表", "a list of texts"), `["…", "…"]`, areTexts, nil}
)

func table(keys map[string]form) form {
	return form{diag.Say("一段设置", "a table"), `{ … = "…" }`, is[map[string]any], keys}
}

func listOf(keys map[string]form) form {
	return form{diag.Say("一个列表", "a list of tables"), `[{ … = "…" }]`, areTables, keys}
}

// mark is the form of a mark of a public body.
var mark = table(map[string]form{"paste": aText, "picture": aText, "to": aText})

// menu is the form of entries that lead somewhere.
var menu = listOf(map[string]form{"section": aText, "title": aText, "to": aText})

// whole is the form of config.toml.
var whole = table(map[string]form{
	"id": aText, "title": aText, "description": aText, "base_url": aText, "language": aText, "timezone": aText,
	"theme": aText, "tone": aText, "profile": aText, "id_code": aText, "picture": aText,
	"footer": table(map[string]form{
		"organizer": aText, "contact": aText, "icp": aText, "police": aText, "note": aText,
	}),
	"markdown": table(map[string]form{"enter": aText}),
	"pictures": table(map[string]form{"outside": aText}),
	"host":     table(map[string]form{"kind": aText, "hsts": aNumber}),
	"check": table(map[string]form{
		"gate": aText, "levels": table(map[string]form{"*": aText}), "allow": texts,
		"fresh": aText, "owner": aText, "ahead": aNumber,
		"record": aSwitch, "retired": texts,
	}),
	"slip":  table(map[string]form{"stages": texts}),
	"marks": table(map[string]form{"organ": mark, "mistakes": mark}),
	"wechat": table(map[string]form{
		"style": aText, "color": aText, "size": aNumber, "justify": aSwitch, "indent": aSwitch,
		"author": aText, "title": aNumber, "digest": aNumber, "codes": aNumber,
		"end": aText, "fresh": aText, "owner": aText, "follow": table(map[string]form{"text": aText, "picture": aText}),
	}),
	"sections": table(map[string]form{"*": table(map[string]form{
		"title": aText, "kind": aText, "order": aNumber, "description": aText, "keywords": texts, "type": aText,
		"fresh": aText, "owner": aText,
	})}),
	"search": table(map[string]form{"on": aSwitch, "suggest": texts}),
	"menu":   menu,
	"brand": table(map[string]form{
		"logo": aText, "favicon": aText, "color": aText, "hero": aText, "motto": aText,
		"columns": listOf(map[string]form{"title": aText, "links": menu}),
	}),
	"deploy": table(map[string]form{"*": table(map[string]form{
		"to": aText, "keep": aNumber, "site": aText, "key": aText, "endpoint": aText, "region": aText, "path_style": aSwitch,
		"certificate": aText,
	})}),
	"taxonomies": table(map[string]form{"*": table(map[string]form{
		"title": aText, "field": aText, "order": aNumber, "weight": aNumber,
		"slugs": table(map[string]form{"*": aText}),
	})}),
	"kinds": table(map[string]form{"*": table(map[string]form{
		"label": aText, "optional": texts, "headings": texts, "clauses": aSwitch, "official": aSwitch,
		"fields": fieldForm(map[string]form{
			"columns": fieldForm(nil), "acyclic": aSwitch, "terms": aSwitch, "new": aText,
		}),
	})}),
})

// fieldForm is the form of a list of fields: the keys that columns may have, too, and
// more.
func fieldForm(more map[string]form) form {
	keys := map[string]form{
		"key": aText, "label": aText, "type": aText, "also": texts, "required": aSwitch, "choices": texts,
		"of": texts, "help": aText,
	}
	maps.Copy(keys, more)
	return listOf(keys)
}

func is[T any](v any) bool {
	_, ok := v.(T)
	return ok
}

func areTexts(v any) bool { return are[string](v) }

// areTables: the decoder has one type for [[tables]] and another for a list of
// them in one value.
func areTables(v any) bool { return is[[]map[string]any](v) || are[map[string]any](v) }

func are[T any](v any) bool {
	list, ok := v.([]any)
	return ok && !slices.ContainsFunc(list, func(item any) bool { return !is[T](item) })
}

// tables are the tables that a value consists of.
func tables(v any) []map[string]any {
	switch v := v.(type) {
	case map[string]any:
		return []map[string]any{v}
	case []map[string]any:
		return v
	case []any:
		var out []map[string]any
		for _, item := range v {
			out = append(out, tables(item)...)
		}
		return out
	}
	return nil
}

// check reports what is not known or does not fit in the value of key, and
// takes it out of the table, so that the rest can be decoded.
func (p *parser) check(value any, f form, key ...string) (fits bool) {
	if !f.fits(value) {
		p.report(diag.Diagnostic{Rule: "config-value",
			Message: diag.Say("“%s”应该是%s", "%s must be %s", dotted(key), f.called),
			Hint:    diag.Say("写成 %s = %s", "write %s = %s", key[len(key)-1], f.sample)}, key...)
		return false
	}
	for _, t := range tables(value) {
		for _, name := range slices.Sorted(maps.Keys(t)) {
			inner := append(slices.Clone(key), name)
			of, ok := f.keys[name]
			if !ok {
				of, ok = f.keys["*"]
			}
			if !ok {
				p.unknown(f, inner)
			}
			if !ok || !p.check(t[name], of, inner...) {
				delete(t, name)
			}
		}
	}
	return true
}

func (p *parser) unknown(f form, key []string) {
	known := slices.Sorted(maps.Keys(f.keys))
	hint := diag.Say("去掉这一行；这里可以写：%s", "take it out; there are: %s", diag.Listed(known))
	if near := diag.Nearest(key[len(key)-1], known); near != "" {
		hint = diag.Say("是不是想写 %s？", "did you mean %s?", near)
	}
	p.report(diag.Diagnostic{Rule: "config-unknown-key",
		Message: diag.Say("不认得的设置“%s”", "unknown setting %q", dotted(key)), Hint: hint}, key...)
}
