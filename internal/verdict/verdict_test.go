package verdict

import (
	"slices"
	"strings"
	"testing"
	"time"

	"qinglian/internal/check"
	"qinglian/internal/config"
	"qinglian/internal/diag"
	"qinglian/internal/rules"
	"qinglian/internal/site"
)

// TestItems: each rule that decides an item has its page, and each rule of the inspection
// decides one, but those about reviews, excuses and new addresses, which inspections don't count.
func TestItems(t *testing.T) {
	vetoes := 0
	deciding := []string{"changed-since-review", "idle-excuse", "outside-moved-link"}
	for _, item := range items {
		deciding = append(deciding, item.Rules...)
	}
	for _, r := range check.Rules() {
		if !slices.Contains(deciding, r.Name) {
			t.Errorf("%s decides no item", r.Name)
		}
	}
	for _, item := range items {
		for _, rule := range item.Rules {
			if _, ok := rules.Find(rule); !ok {
				t.Errorf("%s is decided by %s, which is no rule", item.Name.EN, rule)
			}
		}
		if item.Veto {
			vetoes++
		}
	}
	if vetoes != 8 {
		t.Errorf("%d items fail a site by themselves, not 8", vetoes)
	}
}

func found(rule string, severity diag.Severity) diag.Diagnostic {
	return diag.Diagnostic{Rule: rule, Severity: severity, File: "content/a.md", Message: diag.Say("有", "found")}
}

// TestJudge: an error fails an item, a doubt leaves it to people, and nothing passes
// that was not asked.
func TestJudge(t *testing.T) {
	personal := func(r Report) judged {
		for _, j := range r.judge() {
			if j.Name.EN == "leaked personal data" {
				return j
			}
		}
		t.Fatal("there is no item about personal data")
		return judged{}
	}
	parsed := func(text string) *site.Site {
		c, problems := config.Parse([]byte(text))
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		return &site.Site{Config: c}
	}
	all := "[check.levels]\n"
	for _, rule := range []string{"id-number", "mobile-number", "bank-card", "passport-number", "plate-number", "home-address", "minor", "private-picture"} {
		all += rule + " = \"off\"\n"
	}
	plain := parsed("")
	for _, c := range []struct {
		name string
		of   Report
		want Outcome
		says string
	}{
		{"nothing", Report{Site: plain}, Passed, "图片、扫描件、音视频里的由人看"},
		{"an error", Report{Site: plain, Problems: diag.List{found("id-number", diag.Error)}}, Failed, "错误 1 处；图片"},
		{"a warning", Report{Site: plain, Problems: diag.List{found("minor", diag.Warning)}}, Open, "警告 1 处，由人看；图片"},
		{"a hint", Report{Site: plain, Problems: diag.List{found("home-address", diag.Note)}}, Open, "提示 1 处，由人看；图片"},
		{"another rule", Report{Site: plain, Problems: diag.List{found("dead-link", diag.Error)}}, Passed, "图片"},
		{"an excuse", Report{Site: plain, Excused: []check.Excused{{Finding: check.Finding{Diagnostic: found("id-number", diag.Error)}}}},
			Passed, "例外 1 处，理由见后；图片"},
		{"one file", Report{Site: plain, Named: []string{"content/a.md"}}, Open, "图片"},
		{"no site", Report{}, Open, "图片"},
		{"all off", Report{Site: parsed(all)}, Open, "图片"},
	} {
		if got := personal(c.of); got.Outcome != c.want || !strings.HasPrefix(got.remark().ZH, c.says) {
			t.Errorf("%s: %s, %s", c.name, got.Outcome, got.remark().ZH)
		}
	}
	if j := (Report{Site: plain}).judge()[0]; j.Name.EN != "serious wrong wording" || j.Outcome != Open {
		t.Errorf("nothing was found of %s, so it is %s", j.Name.EN, j.Outcome)
	}
	five := Report{Site: plain}
	for range 5 {
		five.Problems = append(five.Problems, found("empty-page", diag.Warning))
	}
	if v, outcome := five.verdict(five.judge()); outcome != Failed || !strings.Contains(v.ZH, "空白栏目达 5 个") {
		t.Errorf("five empty columns: %s", v.ZH)
	}
	five.Problems = five.Problems[1:]
	if _, outcome := five.verdict(five.judge()); outcome != Open {
		t.Errorf("four empty columns: %s", outcome)
	}
}

// TestFold: no line of a calendar has more than 75 bytes, no character is divided, and
// what was folded is whole again when it is unfolded.
func TestFold(t *testing.T) {
	for _, line := range []string{"", "SUMMARY:x", strings.Repeat("a", 75), strings.Repeat("a", 76), strings.Repeat("清", 80),
		"x" + strings.Repeat("😀", 60), strings.Repeat("ab清😀", 40)} {
		var b strings.Builder
		fold(&b, line)
		for part := range strings.SplitSeq(strings.TrimSuffix(b.String(), "\r\n"), "\r\n") {
			if len(part) > 75 || strings.ToValidUTF8(part, "?") != part {
				t.Errorf("%q has the line %q", line, part)
			}
		}
		if got := strings.ReplaceAll(b.String(), "\r\n ", ""); got != line+"\r\n" {
			t.Errorf("%q became %q", line, got)
		}
	}
	if got := escaped("a;b,c\\d\r\ne\nf"); got != `a\;b\,c\\d\ne\nf` {
		t.Errorf("got %s", got)
	}
}

// TestColumns: columns are counted in units of UTF-16; of a line that is not there as
// they are.
func TestColumns(t *testing.T) {
	w := sarifWriter{lines: map[string][][]byte{}, text: func(string) []byte { return []byte("a\n😀清😀x\n") }}
	for _, c := range []struct{ line, column, want int }{{1, 1, 1}, {2, 1, 1}, {2, 2, 3}, {2, 3, 4}, {2, 4, 6}, {2, 5, 7}, {2, 0, 0}, {9, 4, 4}} {
		if got := w.column("f", c.line, c.column); got != c.want {
			t.Errorf("%d:%d is column %d, want %d", c.line, c.column, got, c.want)
		}
	}
}

// TestBroken: where config.toml can't be read there is a report all the same.
func TestBroken(t *testing.T) {
	r := Report{Now: time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC), Problems: diag.List{found("config-syntax", diag.Error)}}
	page, err := r.Page(diag.EN, true)
	if err != nil || !strings.Contains(string(page), "Not passed: 1 error, 0 warnings") || !strings.Contains(string(page), PageMark) {
		t.Errorf("%v: %s", err, page)
	}
	if got := string(r.Calendar(diag.ZH)); strings.Contains(got, "VEVENT") || !strings.Contains(got, CalendarMark) {
		t.Error(got)
	}
}
