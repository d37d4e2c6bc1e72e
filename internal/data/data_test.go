package data

import (
	"encoding/json"
	"fmt"
	"testing"
)

func TestName(t *testing.T) {
	for file, want := range map[string]string{
		"data/honours.toml": "honours true", "data/a.YAML": "a true", "data/a.yml": "a true", "data/名单.csv": "名单 true",
		"data/a.txt": " false", "data/sub/a.toml": " false", "data/README": " false",
	} {
		if name, ok := Name(file); fmt.Sprint(name, " ", ok) != want {
			t.Errorf("%s: %q, %v", file, name, ok)
		}
	}
}

// TestDecode: the same table in each format.
func TestDecode(t *testing.T) {
	for _, c := range []struct{ file, text, want string }{
		{"data/a.toml", "[[rows]]\nname = \"甲\"\nyear = 2024\nday = 2024-05-01", `{"rows":[{"day":"2024-05-01","name":"甲","year":2024}]}`},
		{"data/a.yaml", "rows:\n  - name: 甲\n    year: 2024\n    day: 2024-05-01", `{"rows":[{"day":"2024-05-01","name":"甲","year":2024}]}`},
		{"data/a.json", `{"rows":[{"name":"甲","year":2024}]}`, `{"rows":[{"name":"甲","year":2024}]}`},
		{"data/a.csv", "name,year\n甲,2024\n\"乙,\",2025", `[{"name":"甲","year":"2024"},{"name":"乙,","year":"2025"}]`},
		{"data/a.csv", "", `[]`},
		{"data/a.toml", "", `{}`},
		{"data/a.toml", "a = \n", "1:5"},
		{"data/a.toml", "a = 1\na = 2", "2:1"},
		{"data/a.yaml", "a: [1\n", "1:4"},
		{"data/a.json", "{\"甲\": 1,}", "1:9"},
		{"data/a.json", "{} {}", "1:4"},
		{"data/a.csv", "a,b\n1,2\n3", "3:1"},
	} {
		v, problems := Decode(c.file, []byte(c.text))
		b, _ := json.Marshal(v.Value)
		got := string(b)
		if len(problems) > 0 {
			got = fmt.Sprintf("%d:%d", problems[0].Line, problems[0].Column)
		}
		if got != c.want {
			t.Errorf("%s %q: got %s, want %s %v", c.file, c.text, got, c.want, problems)
		}
	}
}
