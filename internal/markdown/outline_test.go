package markdown

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestOfficialPlan: a document as an office pasted it, one line a paragraph.
func TestOfficialPlan(t *testing.T) {
	folder := os.Getenv("QINGLIAN_CORPUS")
	if folder == "" && os.Getenv("REQUIRE_ALL") == "1" {
		t.Fatal("QINGLIAN_CORPUS names no folder of texts")
	}
	if folder == "" {
		t.Skip("QINGLIAN_CORPUS names no folder of texts")
	}
	b, err := os.ReadFile(filepath.Join(folder, "official/plan.md"))
	if err != nil {
		t.Fatal(err)
	}
	c := New().Compile("plan.md", b, 0, Options{})
	levels := map[int]int{}
	for _, a := range c.Anchors {
		levels[a.Level]++
		if n := utf8.RuneCountInString(a.Title); n > 40 {
			t.Errorf("a heading of %d characters: %s", n, a.Title)
		}
	}
	out := c.HTML
	if levels[2] != 3 || levels[3] != 10 || strings.Count(out, "<p>") != 12 || strings.Contains(out, "<strong>") || len(c.Problems) > 0 {
		t.Errorf("%v, %d paragraphs, problems %v\n%s", levels, strings.Count(out, "<p>"), c.Problems, out)
	}
	if got, want := strings.Count(out, "**"), strings.Count(string(b), "**"); got != want {
		t.Errorf("%d redactions, want %d", got, want)
	}
}
