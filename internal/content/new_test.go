package content

import (
	"testing"

	"qinglian/internal/config"
)

// TestNewRows: rows that were given are read back as they were meant; a row in which
// nothing was filled in is none.
func TestNewRows(t *testing.T) {
	c := defaults(t)
	c.Config.Sections = []config.Section{{Name: "s", Kind: "route"}}
	const text = `"引号"，逗号, 冒号: #井 {括号}`
	given := Given{Values: map[string]string{"title": "甲", "date": "2024-05-01"}, Rows: map[string][]map[string]string{"stops": {
		{"site": "../model-sites/a.md", "look": text},
		{"site": " ", "look": ""},
		{"stay": "10 分钟", "other": "乙"},
	}}}
	d := c.Compile("content/s/x.md", []byte(New(c.Config.Kinds["route"], given)))
	stops, _ := d.Card.Fact("stops")
	if len(d.Problems) > 0 || len(stops.Rows) != 2 {
		t.Fatalf("%v, %v", d.Problems, stops.Rows)
	}
	if got := show(stops); got != "stops=[site=../model-sites/a.md#0 look="+text+"][stay=10 分钟]" {
		t.Error(got)
	}
	dated := Given{Rows: map[string][]map[string]string{"progress": {{"day": "2024-05-01 09:30", "text": "乙"}}}}
	c.Config.Sections[0].Kind = "task"
	d = c.Compile("content/s/x.md", []byte(New(c.Config.Kinds["task"], dated)))
	progress, _ := d.Card.Fact("progress")
	if got := show(progress); got != "progress=[day=2024-05-01T09:30:00+08:00 text=乙]" {
		t.Error(got, d.Problems)
	}
}
