package config

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// TestExample: the example is a sound config.toml, has a field and a column of every
// type, and says what each key is for that may be written.
func TestExample(t *testing.T) {
	c, problems := Parse([]byte(strings.ReplaceAll(Example(), "\n# [sections", "\n[sections")))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	k := c.Kinds[exampleName]
	var used, columns []Type
	for _, f := range k.Own() {
		used = append(used, f.Type)
		for _, column := range f.Columns {
			columns = append(columns, column.Type)
		}
	}
	for _, same := range []struct{ got, want []Type }{
		{used, Types}, {columns, cellTypes},
		{slices.Collect(maps.Keys(typeNames)), append(slices.Clone(Types), TypeReason, TypeExtra)},
	} {
		if slices.Sort(same.got); !slices.Equal(same.got, slices.Sorted(slices.Values(same.want))) {
			t.Errorf("got %q, want %q", same.got, same.want)
		}
	}
	form := whole.keys["kinds"].keys["*"].keys
	for _, settings := range []struct {
		got  []setting
		want []string
	}{
		{kindSettings, slices.Sorted(maps.Keys(form))},
		{fieldSettings, slices.Sorted(maps.Keys(form["fields"].keys))},
	} {
		var got []string
		for _, s := range settings.got {
			got = append(got, s.key)
			if !strings.Contains(Example(), s.key+" = ") && s.key != "clauses" && s.key != "official" {
				t.Errorf("the example has no %s", s.key)
			}
		}
		if slices.Sort(got); !slices.Equal(got, settings.want) {
			t.Errorf("described are %q, may be written %q", got, settings.want)
		}
	}
}

// TestKindExample: what is printed of a kind is read back as that kind.
func TestKindExample(t *testing.T) {
	c, problems := Parse([]byte(`
[kinds."甲 乙"]
label = "引\"号\\\u0007\u007f"
fields = [{ key = "a", label = "项", type = "text", help = "一行\n二行" }]
`))
	if len(problems) > 0 || len(c.Kinds) < 10 {
		t.Fatal(problems, c.Kinds)
	}
	for name, k := range c.Kinds {
		again, problems := Parse([]byte(k.Example()))
		if len(problems) > 0 || !reflect.DeepEqual(again.Kinds[name], k) {
			t.Errorf("%v\n%s\ngot  %+v\nwant %+v", problems, k.Example(), again.Kinds[name], k)
		}
	}
}
