package snapshot

import (
	"slices"
	"strings"
	"testing"
)

// TestRunning: a file that runs is refused beside an article, whatever it is
// called, and reported in static/; one that no article refers to is nobody's.
func TestRunning(t *testing.T) {
	const page = "<!DOCTYPE html><script>alert(1)</script>"
	d := write(t, map[string]string{
		"config.toml":                  "base_url = \"https://www.example.org/\"\n",
		"content/examples/a.md":        article("甲", "[一](一.html) [二](二.pdf) [三](三.txt) [四](四.docm) [五](2.asp课件.pdf) [六](六.js)"),
		"content/examples/一.html":      page,
		"content/examples/二.pdf":       page,
		"content/examples/三.txt":       "写作 " + page,
		"content/examples/四.docm":      "x",
		"content/examples/2.asp课件.pdf": "%PDF",
		"content/examples/六.js":        "",
		"content/examples/七.html":      page,
		"static/own.html":              page,
		"static/a.php.txt":             "",
		"static/google1.html":          "google-site-verification: google1.html",
		"static/drawn.svg":             `<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>`,
		"static/plain.svg":             `<svg xmlns="http://www.w3.org/2000/svg"/>`,
		"static/form.xlsm":             "",
	})
	snap, state := d.take(State{}, after(), nil)
	want := strings.Join([]string{
		"warning macro-file content/examples/四.docm", "error running-file content/examples/一.html", "note unused-file content/examples/七.html",
		"error running-file content/examples/二.pdf", "error running-file content/examples/六.js",
		"warning running-file static/a.php.txt", "warning running-file static/drawn.svg", "warning macro-file static/form.xlsm", "warning running-file static/own.html",
	}, "\n")
	sorted := func(s string) string {
		lines := strings.Split(s, "\n")
		slices.Sort(lines)
		return strings.Join(lines, "\n")
	}
	if got := rules(snap); sorted(got) != sorted(want) {
		t.Errorf("said\n%s\nwant\n%s", got, want)
	}
	got := paths(snap.Outputs)
	for path, published := range map[string]bool{"examples/yi-6m9p.html": false, "examples/er-bfqg.pdf": false, "examples/liu-87q7.js": false, "examples/san-ymgx.txt": true,
		"examples/si-yjs5.docm": true, "own.html": true, "a.php.txt": true, "drawn.svg": true} {
		if slices.Contains(got, path) != published {
			t.Errorf("%s is published: %v", path, !published)
		}
	}
	again, _ := d.take(state, after(), nil)
	if rules(again) != rules(snap) {
		t.Errorf("the second time it says\n%s", rules(again))
	}
}
