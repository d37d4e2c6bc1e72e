package site

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/diag"
	"qinglian/internal/image"
)

const ruled = "[sections.rules]\nkind = \"regulation\"\n[sections.notices]\nkind = \"notice\""

// TestStates: the words that say what holds of a regulation are those of its kind.
func TestStates(t *testing.T) {
	c, _ := config.Parse(nil)
	state, _ := c.Kinds["regulation"].Field(stateKey)
	for _, said := range []string{stateInForce, stateRevised} {
		if !slices.Contains(state.Choices, said) {
			t.Errorf("no regulation can be %q", said)
		}
	}
	for _, key := range []string{replacesKey, effectiveKey} {
		if _, ok := c.Kinds["regulation"].Field(key); !ok {
			t.Errorf("a regulation has no %q", key)
		}
	}
}

// TestEffect: one that was revised needs one that replaces it, one that was replaced is
// not in force once the other has taken effect.
func TestEffect(t *testing.T) {
	rule := func(state, more string) string {
		return article("2024-01-01", "发布机关: 丁\n状态: "+state+"\n"+more, "")
	}
	for _, c := range []struct{ name, old, next, want string }{
		{"nothing replaces it", rule("已修订", ""), rule("现行有效", ""), "old.md:7 error not-replaced"},
		{"replaced", rule("已修订", ""), rule("现行有效", "取代: old.md\n"), ""},
		{"by its former name", rule("已修订", ""), rule("现行有效", "代替文件: [/rules/old.md]\n"), ""},
		{"repealed alone", rule("已废止", ""), rule("现行有效", ""), ""},
		{"a draft that was revised", rule("已修订", "草稿: true\n"), rule("现行有效", ""), ""},
		{"by a draft", rule("已修订", ""), rule("现行有效", "取代: old\n草稿: true\n"), "old.md:7 warning not-replaced"},
		{"by what is to come", rule("已修订", ""),
			strings.Replace(rule("现行有效", "取代: old.md\n"), "日期: 2024", "日期: 2027", 1), "old.md:7 warning not-replaced"},
		{"by what was taken down", rule("已修订", ""), rule("现行有效", "取代: old.md\n已撤下: 有误\n"), "old.md:7 error not-replaced"},
		{"in force and replaced", rule("现行有效", ""), rule("现行有效", "取代: old.md\n"), "old.md:7 warning still-in-force"},
		{"in force until the other takes effect", rule("现行有效", ""), rule("现行有效", "取代: old.md\n施行日期: 2026-02-01\n"), ""},
		{"the other has taken effect", rule("现行有效", ""), rule("现行有效", "取代: old.md\n施行日期: 2026-01-01\n"),
			"old.md:7 warning still-in-force"},
		{"each replaces the other", rule("现行有效", "取代: next.md\n"), rule("现行有效", "取代: old.md\n"),
			"next.md:8 error cyclic-reference old.md:8 error cyclic-reference"},
		{"a draft for comment and what came of it", rule("征求意见", ""), rule("现行有效", "取代: old.md\n"), ""},
	} {
		_, problems := link(t, map[string]string{config.File: ruled, "content/rules/old.md": c.old, "content/rules/next.md": c.next},
			Selection{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)})
		if got := reported(problems); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func reported(problems diag.List) string {
	var lines []string
	for _, d := range problems {
		lines = append(lines, fmt.Sprintf("%s:%d %s %s", strings.TrimPrefix(d.File, "content/rules/"), d.Line, d.Severity, d.Rule))
	}
	return strings.Join(lines, " ")
}

// TestMentions: an article knows in which field each other one names it, once for each.
func TestMentions(t *testing.T) {
	s, problems := link(t, map[string]string{
		config.File:               ruled,
		"content/rules/old.md":    article("2023-01-01", "发布机关: 丁\n状态: 已修订\n", ""),
		"content/rules/next.md":   article("2024-01-01", "发布机关: 丁\n状态: 现行有效\n取代: old.md\n", "见[旧的](old.md)。"),
		"content/notices/read.md": article("2024-01-02", "原文: [../rules/next.md, ../rules/old.md, ../rules/old.md]\n", ""),
	}, Selection{})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, p := range s.Pages {
		var named []string
		for _, m := range p.NamedBy {
			named = append(named, m.Key+" "+m.From.Path)
		}
		want := map[string]string{
			"rules/old.html":  "original notices/read.html, replaces rules/next.html",
			"rules/next.html": "original notices/read.html",
		}[p.Path]
		if got := strings.Join(named, ", "); got != want {
			t.Errorf("%s: got %q, want %q", p.Path, got, want)
		}
	}
}

// TestTombstones: of an article that was taken down with a word on why, that word stays at
// its address: links lead there, nothing lists it nor names it in the menu, and nothing else of
// it is left.
func TestTombstones(t *testing.T) {
	s, problems := link(t, map[string]string{
		config.File: ruled + "\n[[menu]]\nto = \"notices/gone.md\"\ntitle = \"旧\"",
		"content/notices/gone.md": article("2024-01-01", "标签: [甲]\n旧网址: [old.html]\n附件: form.pdf\n已撤下: 有<误>\n",
			"见[别处](nowhere.md)。"),
		"content/notices/form.pdf":   "",
		"content/notices/removed.md": article("2024-01-01", "已撤下: true\n", ""),
		"content/notices/draft.md":   article("2024-01-01", "已撤下: 有误\n草稿: true\n", ""),
		"content/notices/a.md":       article("2024-01-02", "", "见[一](gone.md#t1)、[二](/old.html)、[三](removed.md)。"),
	}, Selection{})
	if got := reported(problems); got != "config.toml:5 warning empty-page content/notices/a.md:7 warning hidden-target" {
		t.Errorf("got %s", got)
	}
	if len(s.Pages) != 1 || len(s.Sections[0].Pages)+len(s.Sections[1].Pages) != 1 || len(s.Files) != 0 {
		t.Errorf("there are %d pages and %d files", len(s.Pages), len(s.Files))
	}
	for _, taxonomy := range s.Taxonomies {
		if len(taxonomy.Terms) != 1 || taxonomy.Name == "tags" {
			t.Errorf("%s has terms: %+v", taxonomy.Name, taxonomy.Terms)
		}
	}
	if len(s.Tombstones) != 1 {
		t.Fatalf("there are %d tombstones", len(s.Tombstones))
	}
	p := s.Tombstones[0]
	if got := p.Body().Prose; p.Path != "notices/gone.html" || got != "<p>有&lt;误&gt;</p>\n" || p.Place != 1 {
		t.Errorf("%s at place %d says %q", p.Path, p.Place, got)
	}
	want := `<p>见<a href="gone.html">一</a>、<a href="gone.html">二</a>、三。</p>`
	if got := strings.TrimSpace(prose(s, "notices/a.html")); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if len(s.Menu) > 0 {
		t.Errorf("the menu has %+v", s.Menu)
	}
	for _, h := range s.Held {
		want := Held{File: "content/notices/" + h.File[len("content/notices/"):], Title: "2024-01-01", Why: content.HoldWithdrawn,
			Address: "notices/" + strings.TrimSuffix(path.Base(h.File), ".md") + ".html"}
		switch h.File {
		case "content/notices/gone.md":
			want.Path = p.Path
		case "content/notices/draft.md":
			want.Why = content.HoldDraft
		}
		if h != want {
			t.Errorf("got %+v, want %+v", h, want)
		}
	}
}

// TestReview: who writes is reminded on the day, of what is public.
func TestReview(t *testing.T) {
	for fields, want := range map[string]string{
		"复核日期: 2026-01-02\n":             "",
		"复核日期: 2026-01-01\n":             "content/notices/a.md:6 warning review-due",
		"复核日期: 2025-01-01\n草稿: true\n":   "",
		"复核日期: 2025-01-01\n已撤下: 有误\n":    "",
		"复核日期: 2025-01-01\n已撤下: true\n":  "",
		"复核日期: 2025-01-01\n人工智能: true\n": "content/notices/a.md:6 warning review-due",
	} {
		_, problems := link(t, map[string]string{config.File: ruled, "content/notices/a.md": article("2024-01-01", fields, "")},
			Selection{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.FixedZone("CST", 8*3600))})
		if got := reported(problems); got != want {
			t.Errorf("%q: got %q, want %q", fields, got, want)
		}
	}
}

// TestAI: what the writer says comes first, then the surest of the labels that the page's
// pictures have.
func TestAI(t *testing.T) {
	label := func(number string) image.Label { return image.Label{AIGC: `{"Label":"` + number + `"}`} }
	for _, c := range []struct {
		fields string
		labels []image.Label
		want   string
	}{
		{"", []image.Label{{}, {}}, ""},
		{"人工智能: true\n", []image.Label{{}, {}}, "本文含有人工智能生成合成的内容"},
		{"人工智能: true\n", []image.Label{label("2"), {}}, "本文含有人工智能生成合成的内容"},
		{"人工智能: false\n", []image.Label{label("1"), {}}, "本文有人工智能生成合成的图片"},
		{"", []image.Label{label("3"), {}}, "本文的图片疑似由人工智能生成合成"},
		{"", []image.Label{{}, label("2")}, "本文的图片可能由人工智能生成合成"},
		{"", []image.Label{label("3"), label("2")}, "本文的图片可能由人工智能生成合成"},
		{"", []image.Label{label("3"), {Source: "trainedAlgorithmicMedia"}}, "本文有人工智能生成合成的图片"},
	} {
		cfg, docs := compiled(t, map[string]string{config.File: ruled,
			"content/notices/a.md": article("2024-01-01", c.fields+"封面: a.png\n", "![图](b.png)\n")})
		files := []File{
			{Source: "content/notices/a.png", Picture: &image.Info{Format: image.PNG, Label: c.labels[0]}},
			{Source: "content/notices/b.png", Picture: &image.Info{Format: image.PNG, Label: c.labels[1]}},
		}
		s, _ := Link(cfg, docs, files, Selection{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)})
		if got := s.Pages[0].AI(); got != c.want {
			t.Errorf("%q %v: got %q, want %q", c.fields, c.labels, got, c.want)
		}
	}
}
