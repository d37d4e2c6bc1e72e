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
	shown  bool            // readers see it
}

// What a text is, each key has to say: something that readers see, which is inspected as
// articles are, or a setting of the program.
var (
	aText    = shown(aSetting)
	texts    = shown(settings)
	aSetting = form{called: diag.Say("用英文双引号括起来的文字", "a text in quotes"), sample: `"…"`, fits: is[string]}
	settings = form{called: diag.Say("一个列表", "a list of texts"), sample: `["…", "…"]`, fits: areTexts}
	aNumber  = form{called: diag.Say("整数", "a whole number"), sample: "1", fits: is[int64]}
	aSwitch  = form{called: diag.Say("开关，也就是 true（是）或 false（否）", "true or false"), sample: "true", fits: is[bool]}
)

func shown(f form) form {
	f.shown = true
	return f
}

func table(keys map[string]form) form {
	return form{called: diag.Say("一段设置", "a table"), sample: `{ … = "…" }`, fits: is[map[string]any], keys: keys}
}

func listOf(keys map[string]form) form {
	return form{called: diag.Say("一个列表", "a list of tables"), sample: `[{ … = "…" }]`, fits: areTables, keys: keys}
}

// mark is the form of a mark of a public body.
var mark = table(map[string]form{"paste": aSetting, "picture": aSetting, "to": aSetting})

// menu is the form of entries that lead somewhere.
var menu = listOf(map[string]form{"section": aSetting, "title": aText, "to": aSetting})

// whole is the form of config.toml.
var whole = table(map[string]form{
	"id": aSetting, "title": aText, "description": aText, "base_url": aSetting,
	"language": aSetting, "timezone": aSetting,
	"theme": aSetting, "tone": aSetting, "profile": aSetting, "id_code": aSetting, "picture": aSetting,
	"footer": table(map[string]form{
		"organizer": aText, "contact": aText, "icp": aSetting, "police": aSetting, "note": aText,
	}),
	"markdown": table(map[string]form{"enter": aSetting}),
	"pictures": table(map[string]form{"outside": aSetting}),
	"host":     table(map[string]form{"kind": aSetting, "hsts": aNumber}),
	"check": table(map[string]form{
		"gate": aSetting, "levels": table(map[string]form{"*": aSetting}), "allow": settings,
		"fresh": aSetting, "owner": aSetting, "ahead": aNumber,
		"record": aSwitch, "retired": settings,
	}),
	"slip":  table(map[string]form{"stages": settings}),
	"marks": table(map[string]form{"organ": mark, "mistakes": mark}),
	"wechat": table(map[string]form{
		"style": aSetting, "color": aSetting, "size": aNumber, "justify": aSwitch, "indent": aSwitch,
		"author": aText, "title": aNumber, "digest": aNumber, "codes": aNumber,
		"end": aText, "fresh": aSetting, "owner": aSetting,
		"follow": table(map[string]form{"text": aText, "picture": aSetting}),
	}),
	"sections": table(map[string]form{"*": table(map[string]form{
		"title": aText, "kind": aSetting, "order": aNumber, "description": aText, "keywords": texts, "type": aText,
		"fresh": aSetting, "owner": aSetting,
	})}),
	"search": table(map[string]form{"on": aSwitch, "suggest": texts}),
	"menu":   menu,
	"brand": table(map[string]form{
		"logo": aSetting, "favicon": aSetting, "color": aSetting, "hero": aSetting, "motto": aText,
		"columns": listOf(map[string]form{"title": aText, "links": menu}),
	}),
	"deploy": table(map[string]form{"*": table(map[string]form{
		"to": aSetting, "keep": aNumber, "site": aSetting, "key": aSetting, "endpoint": aSetting, "region": aSetting,
		"path_style":  aSwitch,
		"certificate": aSetting,
	})}),
	"taxonomies": table(map[string]form{"*": table(map[string]form{
		"title": aText, "field": aSetting, "order": aNumber, "weight": aNumber,
		"slugs": table(map[string]form{"*": aSetting}),
	})}),
	"kinds": table(map[string]form{"*": table(map[string]form{
		"label": aText, "optional": settings, "headings": settings, "clauses": aSwitch, "official": aSwitch,
		"fields": fieldForm(map[string]form{
			"columns": fieldForm(nil), "acyclic": aSwitch, "terms": aSwitch, "new": aSetting,
		}),
	})}),
})

// fieldForm is the form of a list of fields: the keys that columns may have, too, and
// more.
func fieldForm(more map[string]form) form {
	keys := map[string]form{
		"key": aSetting, "label": aText, "type": aSetting, "also": settings, "required": aSwitch, "choices": texts,
		"of": settings, "help": aSetting,
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
			Hint:    diag.Say("写成 %s = %s", "write %s = %s", key[len(key)-1], f.written(value))}, key...)
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
