package config

import (
	"testing"
	"time"
)

// TestPeriods: how long something may stay as it is, as people write it, and when it ends.
func TestPeriods(t *testing.T) {
	day := time.Date(2025, time.August, 31, 0, 0, 0, 0, time.UTC)
	for typed, want := range map[string]string{
		"14天": "2025-09-14", "14 days": "2025-09-14", "2周": "2025-09-14", "1 week": "2025-09-07",
		"6个月": "2026-02-28", "6月": "2026-02-28", "1 month": "2025-09-30", "1年": "2026-08-31",
		"不限": "2025-08-31", "off": "2025-08-31", // no time at all: Zero
		"14": "", "0天": "", "半年": "", "": "", "-1天": "", "99999天": "", "14天内": "",
	} {
		p, ok := ParsePeriod(typed)
		got := ""
		if ok {
			got = p.From(day).Format(time.DateOnly)
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", typed, got, want)
		}
	}
}

// TestFreshOf: what is asked of a column follows from the profile, its type and its title,
// unless its owner says.
func TestFreshOf(t *testing.T) {
	for _, c := range []struct{ profile, section, want string }{
		{"gov", `title = "工作动态"`, "14 天"},
		{"gov", `title = "现场"` + "\n" + `type = "工作动态"`, "14 天"},
		{"gov", `title = "通知公告"`, "6 个月"},
		{"gov", `title = "政策动态"`, "6 个月"},
		{"gov", `title = "典型案例"`, ""},
		{"", `title = "工作动态"`, ""},
		{"", "title = \"工作动态\"\nfresh = \"30天\"", "30 天"},
		{"gov", "title = \"工作动态\"\nfresh = \"不限\"", ""},
	} {
		parsed, problems := Parse([]byte("profile = \"" + c.profile + "\"\n[sections.a]\nkind = \"page\"\n" + c.section))
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		got := ""
		if p := parsed.Fresh(parsed.Sections[0]); !p.Zero() {
			got = p.Text().ZH
		}
		if got != c.want {
			t.Errorf("%s %s: got %q, want %q", c.profile, c.section, got, c.want)
		}
	}
	_, problems := Parse([]byte("[check]\nfresh = \"半年\"\nahead = -1\n"))
	if len(problems) != 2 {
		t.Errorf("got %v", problems)
	}
}
