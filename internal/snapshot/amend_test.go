package snapshot

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"qinglian/internal/build"
	"qinglian/internal/site"
	"qinglian/internal/source"
	"qinglian/themes"
)

// long is enough text for a summary: what comes after it is no other page's.
var long = strings.Repeat("这是一段足够长的正文，后面的字不会进摘要。", 12)

// TestAmend: what an edit of a text comes to without linking is what linking
// comes to; and where more than the page itself may move, it is left to linking.
func TestAmend(t *testing.T) {
	const a = "content/examples/a.md"
	before := article("甲", long+"\n\n## 背景\n\n见[乙](b/)，![图](a.svg)。")
	for _, c := range []struct {
		name, file, text string
		want             bool
	}{
		{"prose", a, before + "又一段。\n", true},
		{"a line above", a, article("甲", long+"\n\n插进来的一段。\n\n## 背景\n\n见[乙](b/)，![图](a.svg)。"), true},
		{"a directive", a, before + ":::callout{type=note}\n提示\n:::\n", true},
		{"a warning", a, before + "[空](http://)。**没有合上。\n", true},
		{"nothing", a, before, true},
		{"a summary", a, article("甲", "新的开头。"+long+"\n\n## 背景\n\n见[乙](b/)，![图](a.svg)。"), false},
		{"a title", a, strings.Replace(before, "甲", "新", 1), false},
		{"a heading", a, before + "## 做法\n", false},
		{"a link", a, before + "[丙](c.MARKDOWN)\n", false},
		{"a dead link", a, before + "[无](none.md)\n", false},
		{"a draft", a, strings.Replace(before, "来源:", "草稿: true\n来源:", 1), false},
		{"an error", a, before + ":::nothing\n:::\n", false},
		{"an introduction", "content/examples/index.md", "---\n标题: 案例\n---\n" + long + "新的介绍。\n", false},
		{"a picture", "content/examples/a.svg", "<svg><path/></svg>", false},
		{"the theme", "layouts/page.html", `{{define "main"}}{{.Title}}{{end}}`, false},
		{"the configuration", "config.toml", "title = \"新\"\n", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := write(t, sample())
			d.put(a, before)
			d.put("content/examples/index.md", "---\n标题: 案例\n---\n"+long+"介绍。\n")
			opt := Options{Selection: site.Selection{Drafts: true, Future: true}, Themes: themes.FS, Jobs: 2, Standing: true, Lazy: true}
			s, from, design, snap, state := begun(t, d.dir, opt)

			d.put(c.file, c.text)
			files := map[string]bool{c.file: true}
			from, ok := from.Again(s, after(), files)
			got, amended := snap, false
			if ok {
				got, amended = snap.Amend(s, from, design, &state, opt, files)
			}
			if amended != c.want {
				t.Fatalf("amended: %v", amended)
			}
			if !amended {
				return
			}
			want, _, err := Of(s, after(), State{}, opt)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(got.Diagnostics, want.Diagnostics) {
				t.Errorf("said\n%v\nwant\n%v", got.Diagnostics, want.Diagnostics)
			}
			if g, w := rendered(t, got.Outputs), rendered(t, want.Outputs); g != w {
				t.Errorf("rendered\n%s\nwant\n%s", g, w)
			}
			if again, _, err := Take(s, from, design, state, opt); err != nil || rendered(t, again.Outputs) != rendered(t, want.Outputs) {
				t.Errorf("the State does not fit the files: %v", err)
			}
		})
	}
}

// TestAmendLater: when the clock has published something meanwhile, it takes linking.
func TestAmendLater(t *testing.T) {
	const a = "content/examples/a.md"
	d := write(t, sample())
	d.put("content/examples/later.md", strings.Replace(article("以后", "话。"), "2024-01-01", "2024-06-01", 1))
	d.put(a, article("甲", long))
	opt := Options{Selection: site.Selection{Now: time.Date(2024, 5, 1, 0, 0, 0, 0, time.UTC)}, Themes: themes.FS, Jobs: 1, Standing: true, Lazy: true}
	s, from, design, snap, state := begun(t, d.dir, opt)
	d.put(a, article("甲", long+"又一段。"))
	files := map[string]bool{a: true}
	from, ok := from.Again(s, after(), files)
	for _, c := range []struct {
		month time.Month
		want  bool
	}{{time.July, false}, {time.May, true}} {
		opt.Selection.Now = time.Date(2024, c.month, 2, 0, 0, 0, 0, time.UTC)
		if _, amended := snap.Amend(s, from, design, &state, opt, files); !ok || amended != c.want {
			t.Errorf("in %s: amended is %v", c.month, amended)
		}
	}
}

// rendered is all outputs with their keys and bytes.
func rendered(t *testing.T, outputs []build.Output) string {
	t.Helper()
	var out []string
	for _, o := range outputs {
		var b bytes.Buffer
		if err := o.Render(&b); err != nil {
			t.Fatal(err)
		}
		out = append(out, fmt.Sprintf("%s %s\n%s", o.Path, o.Key, b.String()))
	}
	slices.Sort(out)
	return strings.Join(out, "\n")
}

// begun is the first Snapshot of a folder, with all that an Amend wants to have.
func begun(t *testing.T, dir string, opt Options) (*source.Site, Sources, Design, Snapshot, State) {
	t.Helper()
	s, err := source.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	from, err := Look(s, after(), opt)
	if err != nil {
		t.Fatal(err)
	}
	design, err := Draw(s, opt)
	if err != nil {
		t.Fatal(err)
	}
	snap, state, err := Take(s, from, design, State{}, opt)
	if err != nil {
		t.Fatal(err)
	}
	return s, from, design, snap, state
}
