package web

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"qinglian/internal/site"
)

// TestDocuments: what can be found is told with its section, its category, its region
// and its year, the oldest first; texts that stand on lists are not.
func TestDocuments(t *testing.T) {
	f := sample().edit(t, "config.toml", "[sections.notices]", "[sections.sites]\nkind = \"model-site\"\n[sections.notices]")
	f["content/sites/s.md"] = article("戊", "2023-05-01", "类别: 村居\n地区: 清平镇\n")
	_, _, documents := f.selected(t, "engine", site.Selection{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)})
	var got []string
	for _, d := range documents {
		got = append(got, fmt.Sprint(d.Path, " ", d.Day, " ", strings.Join(d.Facets[:], ",")))
	}
	want := []string{"about.html  ,,,", "sites/s.html 2023年5月1日 sites,村居,清平镇,2023", "examples/c.html 2024年1月1日 典型案例,,,2024",
		"notices/n.html 2024年1月2日 动态,,,2024", "examples/b.html 2024年2月1日 典型案例,,,2024", "examples/a.html 2024年3月1日 典型案例,,,2024"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}
