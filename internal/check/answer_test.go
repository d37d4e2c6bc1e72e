package check

import (
	"testing"

	"qinglian/internal/config"
	"qinglian/internal/diag"
	"qinglian/internal/site"
)

// TestAnswers: what is said of a link to another site, by what came of opening it.
func TestAnswers(t *testing.T) {
	settings, _ := config.Parse([]byte("[check]\nallow = [\"http://a.example/allowed\"]\n"))
	checker := New(settings, nil)
	say := func(url string, answers map[string]Answer) (rule string) {
		at := diag.Diagnostic{File: "content/a.md", Line: 3}
		files := []Looked{{File: at.File, Links: []Outside{{url, at}}}}
		report := checker.Report(files, checker.Site(Whole{Site: &site.Site{Config: settings}, Outside: checker.Outside(files), Answers: answers}))
		for _, f := range report.Findings {
			if of, _ := Find(f.Rule); of.Online {
				rule += f.Rule
				if f.File != "content/a.md" || f.Line != 3 {
					t.Errorf("%s: at %s:%d", url, f.File, f.Line)
				}
			}
		}
		return rule
	}
	const dead, moved, unreached = "outside-dead-link", "outside-moved-link", "outside-unreached-link"
	for _, c := range []struct {
		answer Answer
		want   string
	}{
		{Answer{Status: 200}, ""}, {Answer{Status: 304}, ""},
		{Answer{Status: 404}, dead}, {Answer{Status: 410}, dead}, {Answer{Failed: NoHost}, dead},
		{Answer{Status: 200, Moved: "https://b.example/"}, moved}, {Answer{Status: 404, Moved: "https://b.example/"}, dead},
		{Answer{Status: 403}, unreached}, {Answer{Status: 429}, unreached}, {Answer{Status: 503}, unreached},
		{Answer{Status: 418}, unreached}, {Answer{Failed: Slow}, unreached}, {Answer{Failed: Offline}, unreached},
		{Answer{Failed: Untrusted}, unreached}, {Answer{Failed: Private}, unreached}, {Answer{Failed: Endless}, unreached},
	} {
		if got := say("http://me:secret@a.example/x#part", map[string]Answer{"http://a.example/x": c.answer}); got != c.want {
			t.Errorf("%+v: got %q, want %q", c.answer, got, c.want)
		}
		if got := say("http://a.example/allowed", map[string]Answer{"http://a.example/allowed": c.answer}); got != "" {
			t.Errorf("%+v: an address that is allowed: %q", c.answer, got)
		}
	}
	links := []Outside{{"http://a.example/1", diag.Diagnostic{File: "a"}}, {"http://a.example/2", diag.Diagnostic{File: "a"}},
		{"http://b.example/", diag.Diagnostic{File: "b"}}}
	left := Unopened(links, map[string]Answer{"http://b.example/": {Status: 200}})
	if len(left) != 1 || left[0].File != "a" || left[0].Why.EN != "links to other sites that were not opened in time: 2" {
		t.Errorf("not opened: %+v", left)
	}
}
