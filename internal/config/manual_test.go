package config

import (
	"os"
	"regexp"
	"slices"
	"testing"
)

// code is what the manual has as code: between backticks, or in a block.
var code = regexp.MustCompile("(?s)```.*?```|`[^`\n]+`|\n    [^\n]+")

// TestManual: the manual names every setting of config.toml. Those of kinds are in the
// page that is made of them.
func TestManual(t *testing.T) {
	text, err := os.ReadFile("../../docs/manual.md")
	if err != nil {
		t.Fatal(err)
	}
	var named []string
	for _, piece := range code.FindAllString(string(text), -1) {
		named = append(named, regexp.MustCompile(`[a-z_]+`).FindAllString(piece, -1)...)
	}
	var check func(f form, within string)
	check = func(f form, within string) {
		for key, inner := range f.keys {
			if key != "*" && !slices.Contains(named, key) {
				t.Errorf("the manual does not name %s%s", within, key)
			}
			if key != "kinds" {
				check(inner, within+key+".")
			}
		}
	}
	check(whole, "")
}
