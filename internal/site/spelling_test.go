package site

import (
	"fmt"
	"strings"
	"testing"

	"qinglian/internal/config"
)

// TestSpellings: which spelling of a term is the slip, and where it stands.
func TestSpellings(t *testing.T) {
	const both = "[taxonomies.tags]\n[taxonomies.tags.slugs]\n\"Docker\" = \"a\"\n\"docker\" = \"b\"\n"
	for _, c := range []struct {
		settings, tags string // of a.md, b.md, …
		text           string // the term that has one
		want           string
	}{
		{"", "党建 / 普法 / 监察 / 检察", "", ""},
		{"", "Docker / docker / docker", "", "a.md: Docker → docker"},
		{"", "docker / Docker / docker, Docker / Docker", "", "a.md (2): docker → Docker"},
		{"", "Ｄocker / Docker", "", "a.md: Ｄocker → Docker"},              // as many of each
		{"", "B 端软件 / B端软件", "", "a.md: B 端软件 → B端软件"},                    // as many of each
		{"", "docker / Docker", "", "a.md: docker → Docker"},              // neither is odd
		{"", "B　端 / B 端 / b端 / b端", "", "b.md: B 端 → b端; a.md: B　端 → b端"}, // a group
		{"", "Docker / Docker / docker", "docker", "a.md (2): Docker → docker"},
		{"", "Docker / Docker", "docker", "a.md (2): Docker → docker"},
		{both, "Docker / docker", "", ""},
		{"[taxonomies.years]\nfield = \"date\"\n", "Docker / docker", "", ""},
	} {
		files := map[string]string{config.File: c.settings}
		for i, tags := range strings.Split(c.tags, " / ") {
			name := fmt.Sprintf("content/examples/%c.md", 'a'+i)
			files[name] = article("2024-01-01", "草稿: 是\n标签: ["+tags+"]\n", "")
		}
		if c.text != "" {
			files["content/terms/tags/text.md"] = "---\n标题: " + c.text + "\n---\n"
		}
		var got []string
		for _, s := range Spellings(compiled(t, files)) {
			where := strings.TrimPrefix(s.Docs[0].Path, "content/examples/")
			if len(s.Docs) > 1 {
				where += fmt.Sprintf(" (%d)", len(s.Docs))
			}
			got = append(got, where+": "+s.Typed+" → "+s.Meant)
		}
		if got := strings.Join(got, "; "); got != c.want {
			t.Errorf("%s, %s: got %q, want %q", c.tags, c.text, got, c.want)
		}
	}
}
