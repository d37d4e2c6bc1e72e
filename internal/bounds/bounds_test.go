package bounds

import (
	"strings"
	"testing"
)

var again = strings.Repeat

// TestMeasure: what is ordinary passes, what is deep or much does not, wherever it
// is hidden.
func TestMeasure(t *testing.T) {
	l := Limits{Bytes: 10_000, Depth: 8, Values: 100}
	toml, yaml := l.TOML, l.YAML
	for _, c := range []struct {
		name    string
		measure func([]byte) *Excess
		text    string
		at      int // -1: it passes
	}{
		{"nothing", toml, "", -1},
		{"a site", toml, "title = \"甲\" # [[[[[[[[[[[[\n[a.b.c]\nx = [1.5, 2.5, {a = 1}]\n", -1},
		{"brackets in quotes", toml, `a = "[[[[[[[[[[[[[\"[[[[[" ` + "\nb = '[[[[[[[[[[[\\'\nc = '''[[[[[[[\n[[[[[[[''' \n", -1},
		{"brackets behind an open quote", toml, "a = \"[[[[[[[[[[[[\nb = " + again("[", 9), 22 + 8},
		{"many short lines of names", toml, again("a.b.c = 1.5\n", 40), -1},
		{"parts", toml, again("a.", 9) + "b = 1", 17},
		{"tables", toml, "x = " + again("{a = ", 9), 4 + 8*5},
		{"values", toml, "x = [" + again("1,", 101), 5 + 2*98 + 1},
		{"closed", toml, again("a = [[[[[[]]]]]]\n", 12), -1},
		{"JSON", toml, again(`{"a":`, 9), 8 * 5},
		{"JSON, quotes", toml, `{"a": "{{{{{{{{{{\"{{{{{", "b": 1}`, -1},
		{"bytes", toml, again("a", 10_001), 0},

		{"an article", yaml, "标题: 甲[[[[[[[[[[[[\n标签: [乙, 丙]\n# [[[[[[[[[[[\n摘要: |\n    [[[[[[[[[[[\n    - - - - - - - - - - -\n日期: 2024-05-01 09:30\n", -1},
		{"quotes", yaml, "a: \"[[[[[[[[[[\n  [[[[[[[[[[[\"\nb: '[[[[[[[[[[[[[[''[['\nc: it's [[[[[[[[[[\n", -1},
		{"rows", yaml, again("- a: 1\n  b: 2\n", 20), -1},
		{"flow", yaml, "a: " + again("[", 9), 3 + 8},
		{"flow below", yaml, "a:\n  " + again("{b: ", 9), 5 + 5*5},
		{"flow over lines", yaml, "a: [\n" + again("[\n", 9), 5 + 7*2},
		{"flow behind an anchor", yaml, "a: &b " + again("[", 9), 6 + 8},
		{"flow behind a tag", yaml, "a: !b " + again("[", 9), 6 + 8},
		{"dashes", yaml, "a:\n" + again("- ", 9) + "b", 18},
		{"dashes behind a name", yaml, "a: " + again("- ", 9) + "b", 18},
		{"indents", yaml, "a:\n b:\n  c:\n   d:\n    e:\n     f:\n      g:\n       h:\n        i:\n", 60},
		{"no block", yaml, "a: b |\n  " + again("[", 9), 9 + 7},
		{"values", yaml, "a: [" + again("1,", 101), 4 + 2*98},
		{"lines", yaml, again("a: 1\n", 51), 50 * 5},
	} {
		e := c.measure([]byte(c.text))
		switch {
		case e == nil && c.at >= 0:
			t.Errorf("%s passes", c.name)
		case e != nil && (c.at < 0 || e.At != c.at):
			t.Errorf("%s: refused at %d, not %d: %s", c.name, e.At, c.at, e.Message.EN)
		}
	}
	if e := l.CSV([]byte(again("a,b\n", 51))); e == nil || e.At != 201 {
		t.Errorf("rows: %v", e)
	}
}
