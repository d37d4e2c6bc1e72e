package config

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"qinglian/internal/diag"
)

// readersSee are the keys of config.toml whose texts readers see. Whoever adds a key says
// in its form which it is, and here, if it is one of them.
const readersSee = `brand.columns.links.title brand.columns.title brand.motto description footer.contact footer.note
footer.organizer kinds.*.fields.choices kinds.*.fields.columns.choices kinds.*.fields.columns.label
kinds.*.fields.label kinds.*.label menu.title search.suggest sections.*.description sections.*.keywords
sections.*.title sections.*.type taxonomies.*.title title wechat.author wechat.end wechat.follow.text`

// TestShown: each text that readers see is listed where it stands, and no setting is.
func TestShown(t *testing.T) {
	text, err := toml.Marshal(filled(whole, ""))
	if err != nil {
		t.Fatal(err)
	}
	whole, all := Config{text: text}.Shown()
	var keys []string
	for _, s := range all {
		if !s.Exact || string(whole[s.From:s.To]) != s.Value {
			t.Errorf("%s stands not at %q", s.Value, whole[s.From:s.To])
		}
		keys = append(keys, strings.TrimPrefix(s.Value, "the text of "))
	}
	slices.Sort(keys)
	if got, want := strings.Join(keys, " "), strings.Join(strings.Fields(readersSee), " "); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// filled is a value of a form: each text names its key.
func filled(f form, key string) any {
	text := "the text of " + key
	switch {
	case f.fits(text):
		return text
	case f.fits([]any{text}):
		return []string{text}
	case f.fits(int64(1)):
		return 1
	case f.fits(true):
		return true
	}
	values := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(f.keys)) {
		values[strings.ReplaceAll(name, "*", "any")] = filled(f.keys[name], strings.TrimPrefix(key+"."+name, "."))
	}
	if f.fits([]any{values}) {
		return []map[string]any{values}
	}
	return values
}

// TestShownPlaces: the line of the key is the place of what is not typed as it reads, and
// the same text twice stands in two places.
func TestShownPlaces(t *testing.T) {
	const text = "title = \"甲\\u4e59\" # 甲乙\n[brand]\ncolumns = [{ title = \"丙\", links = [\n" +
		"{ title = \"丁\", to = \"a.md\" },\n{ title = \"丁\", to = \"b.md\" }] }]\n"
	c, problems := Parse([]byte(text))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var got []string
	whole, all := c.Shown()
	for _, s := range all {
		d := diag.Diagnostic{}.Over(File, whole, s.From, s.To)
		got = append(got, s.Key+" "+string(rune('0'+d.Line))+" "+string(whole[s.From:s.To]))
	}
	want := []string{"title 4 丁", "title 5 丁", "title 3 丙", "title 1 甲乙"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
