package main

import (
	"bytes"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var articles = flag.Int("articles", 1000, "how many articles the site of BenchmarkBuild has")

// BenchmarkBuild: builds of a site of synthetic articles, as on the command
// line but for starting the process: from nothing, with nothing changed, and
// after one edit of each kind.
func BenchmarkBuild(b *testing.B) {
	site := benchSite(b, *articles)
	build := func(b *testing.B) {
		b.Helper()
		var said bytes.Buffer
		if status := run([]string{"build", "--source", site, "--now", "2026-11-24"}, &said, &said); status != exitDone {
			b.Fatal(said.String())
		}
	}
	edited := filepath.Join(site, "content", "examples", "a00007.md")
	edit := func(old, text string) func(int) {
		return func(i int) { replaceIn(b, edited, old, fmt.Sprintf(text, i)) }
	}
	for _, c := range []struct {
		name   string
		change func(int)
	}{
		{"cold", func(int) {
			for _, name := range []string{"public", own} {
				if err := os.RemoveAll(filepath.Join(site, name)); err != nil {
					b.Fatal(err)
				}
			}
		}},
		{"nothing", func(int) {}},
		{"body", edit("正文", "正文%d，")},
		{"title", edit("title = \"", "title = \"第%d题")},
		{"template", func(i int) {
			text := fmt.Sprintf("<p class=\"trail\">%d</p>", i)
			if err := os.WriteFile(filepath.Join(site, "themes", "lotus", "partials", "trail.html"), []byte(text), 0o644); err != nil {
				b.Fatal(err)
			}
		}},
	} {
		b.Run(c.name, func(b *testing.B) {
			build(b)
			for i := 0; b.Loop(); i++ {
				b.StopTimer()
				c.change(i)
				time.Sleep(20 * time.Millisecond) // past the clock's grain
				b.StartTimer()
				build(b)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(*articles), "ns/article")
		})
	}
}

// BenchmarkCheck: inspections of such a site: of all of it, again with nothing changed, and
// of all of it with ten thousand phrases.
func BenchmarkCheck(b *testing.B) {
	site := benchSite(b, *articles)
	check := func(b *testing.B) {
		b.Helper()
		var said bytes.Buffer
		if status := run([]string{"check", "--source", site, "--now", "2026-11-24", "--fail-on", "off"}, &said, &said); status != exitDone {
			b.Fatal(said.String())
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	var phrases strings.Builder
	for range 10_000 {
		for range 6 + random.IntN(7) {
			phrases.WriteRune(rune(0x4E00 + random.IntN(5000)))
		}
		phrases.WriteByte('\n')
	}
	for _, c := range []struct {
		name, list string
		cold       bool
	}{{"cold", "", true}, {"nothing", "", false}, {"phrases", phrases.String(), true}} {
		b.Run(c.name, func(b *testing.B) {
			if err := os.MkdirAll(filepath.Join(site, "lexicon"), 0o755); err != nil {
				b.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(site, "lexicon", "a.txt"), []byte(c.list), 0o644); err != nil {
				b.Fatal(err)
			}
			time.Sleep(2100 * time.Millisecond) // past the grain of stamps
			check(b)
			for b.Loop() {
				b.StopTimer()
				if c.cold {
					if err := os.RemoveAll(filepath.Join(site, own)); err != nil {
						b.Fatal(err)
					}
				}
				b.StartTimer()
				check(b)
			}
		})
	}
}

func replaceIn(b *testing.B, name, old, text string) {
	b.Helper()
	t, err := os.ReadFile(name)
	if err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(strings.Replace(string(t), old, text, 1)), 0o644); err != nil {
		b.Fatal(err)
	}
}

// benchSite writes a site of n articles of about 1,400 Han characters, three
// tags each, in three sections.
func benchSite(b *testing.B, n int) string {
	b.Helper()
	dir := b.TempDir()
	put := func(name, text string) {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	put("config.toml", "title = \"测速\"\nbase_url = \"https://www.example.org/\"\n[taxonomies.tags]\n"+
		"[sections.model-sites]\nkind = \"notice\"\n[sections.examples]\nkind = \"notice\"\n[sections.education]\nkind = \"notice\"\n")
	put("themes/lotus/partials/trail.html", "<p class=\"trail\"></p>")
	r := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields("群众 窗口 公开 账目 监督 清单 村民 学校 医院 企业 采购 流程 回访 时限 责任 权力 荷塘 石桥 大厅 夜校 老人 孩子 公示 询价 验收 工期 图纸 台账 分班 食堂")
	sentence := func() string {
		var s strings.Builder
		for range 5 + r.IntN(8) {
			s.WriteString(words[r.IntN(len(words))])
		}
		return s.String() + "。"
	}
	sections := []string{"model-sites", "examples", "education"}
	begin := time.Date(2010, 1, 1, 8, 0, 0, 0, time.UTC)
	for i := range n {
		var t strings.Builder
		fmt.Fprintf(&t, "+++\ntitle = \"%s%s\"\ndate = %s\n", words[r.IntN(len(words))], words[r.IntN(len(words))], begin.Add(time.Duration(i)*time.Hour).Format(time.RFC3339))
		fmt.Fprintf(&t, "tags = [\"%s\", \"%s\", \"%s\"]\nsource = \"本站\"\nsummary = \"%s\"\n+++\n\n正文：", words[r.IntN(10)], words[10+r.IntN(10)], words[20+r.IntN(10)], sentence())
		for p := range 9 {
			if p%3 == 0 {
				fmt.Fprintf(&t, "\n## %s%d\n\n", words[r.IntN(len(words))], p)
			}
			for range 6 {
				t.WriteString(sentence())
			}
			t.WriteString("**重点**是[链接](https://example.com/)。\n\n")
		}
		t.WriteString("- 甲\n- 乙\n\n| 一 | 二 |\n|---|---|\n| 1 | 2 |\n")
		put(fmt.Sprintf("content/%s/a%05d.md", sections[i%3], i), t.String())
	}
	return dir
}
