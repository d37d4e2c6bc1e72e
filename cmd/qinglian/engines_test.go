package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// fallbacks are what the style sheets and scripts use that an old engine lacks, in whole or in
// part, and why a reader there misses nothing.
var fallbacks = map[string]string{
	"css-appearance":         "only with its prefix there, which stands beside it",
	"css-color-adjust":       "charts print without their colour, their numbers stand beside them",
	"css-content-visibility": "a quiz whose answers an old engine can't print folded prints them open; contents are opened by the script",
	"css-display-contents":   "in part: what it is used on has no role to lose",
	"css-focus-visible":      "the rule only takes away an outline; dropped, the outline stays",
	"css-marker-pseudo":      "markers have the text's colour",
	"css-masks":              "in part: only with its prefix, which all know; without it there is no pond at a page's foot",
	"css-math-functions":     "in part: max() is there, clamp() is not used",
	"css-scrollbar":          "a bar is seen below the row of the menu, where bars do not hide by themselves",
	"css-overflow":           "in part: nothing but auto and hidden is used",
	"css-page-break":         "in part: break-inside stands beside it",
	"css-paged-media":        "phones do not print page numbers",
	"css-scroll-behavior":    "the page jumps",
	"css-sticky":             "only with its prefix there, which stands beside it",
	"css-text-indent":        "in part: only lengths are used",
	"css3-cursors-newer":     "phones have no cursor",
	"navigator.connection()": "a phone that does not tell what its line costs is taken to be on a good one",
	"multicolumn":            "in part: only breaks between pages are used",
	"text-decoration":        "lines under links have the font's own thickness",
	"text-emphasis":          "only with its prefix there, which stands beside it",
}

// TestEngines: what the oldest engines in use lack is not used, or it has a
// fallback that is named above.
func TestEngines(t *testing.T) {
	node := tool(t, "node", "Node.js")
	packages := filepath.Dir(npm(t, "doiuse", "6.0.6", "postcss@8.5.6", "eslint-plugin-compat@7.0.2", "eslint@9.39.5"))
	output := sampleOutput(t)
	arguments := []string{"testdata/node/engines.mjs", filepath.Dir(packages)}
	for _, ext := range []string{".css", ".js"} {
		for _, name := range files(t, output, ext) {
			arguments = append(arguments, filepath.Join(output, name))
		}
	}
	if len(arguments) < 10 {
		t.Fatalf("too few files: %v", arguments)
	}
	out, err := exec.Command(node, arguments...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, name := range files(t, output, ".css") {
		css, err := os.ReadFile(filepath.Join(output, name))
		if err != nil {
			t.Fatal(err)
		}
		for _, unknown := range []string{"aspect-ratio:", "clamp(", ":is("} { // to the lint
			if strings.Contains(string(css), unknown) {
				t.Errorf("%s: %s", name, unknown)
			}
		}
	}
	used := map[string]bool{}
	for line := range strings.Lines(string(out)) {
		file, rest, _ := strings.Cut(strings.TrimSpace(line), "\t")
		feature, where, _ := strings.Cut(rest, "\t")
		if used[feature] = true; fallbacks[feature] == "" {
			t.Errorf("%s: %s: %s", filepath.Base(file), feature, where)
		}
	}
	for feature := range fallbacks {
		if !used[feature] {
			t.Errorf("%s is not used any more", feature)
		}
	}
}
