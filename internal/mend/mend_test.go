package mend

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"

	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/front"
	"qinglian/internal/markdown"
)

func defaults(t testing.TB) content.Compiler {
	t.Helper()
	c, problems := config.Parse(nil)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return content.Compiler{Config: c, Dialect: markdown.New()}
}

// show is the changes as a small diff.
func show(changes []Change) string {
	var b strings.Builder
	for _, c := range changes {
		if !c.Added {
			fmt.Fprintf(&b, "%d-%s\n", c.Line, c.Before)
		}
		fmt.Fprintf(&b, "%d+%s\n", c.Line, c.After)
	}
	return b.String()
}

func TestArticle(t *testing.T) {
	const ok = "标题: 税务局\n日期: 2024-05-01\n来源: 乙\n"
	const slug = "20240501-shui-wu-ju-xc46"
	for _, c := range []struct {
		file, in, want string
		left           int
	}{
		// The slug that it has now is written down.
		{"税务局.md", "---\n" + ok + "---\n正文", "5+网址名: " + slug + "\n", 0},
		{"税务局/index.md", "---\n" + ok + "---\n正文", "5+网址名: " + slug + "\n", 0},
		{"tax.md", "---\n" + ok + "---\n正文", "5+网址名: tax\n", 0},
		{"税务局.md", "---\ntitle: 税务局\ndate: 2024-05-01\nsource: 乙\n---\n", "5+slug: " + slug + "\n", 0},
		{"税务局.md", "+++\ntitle = \"税务局\"\ndate = 2024-05-01\nsource = \"乙\"\n+++\n", "5+slug = \"" + slug + "\"\n", 0},
		{"税务局.md", "---\n  标题: 税务局\n  日期: 2024-05-01\n  来源: 乙\n---\n", "5+  网址名: " + slug + "\n", 0},
		{"税务局.md", "---\n" + ok + "摘要: |\n  甲\n\n---\n", "8+网址名: " + slug + "\n", 0},
		{"税务局.md", "---\n" + ok + "标签:\n  - 甲\n# 释\n---\n", "8+网址名: " + slug + "\n", 0},
		{"税务局.md", "---\n" + ok + "网址名:\n---\n", "5-网址名:\n5+网址名: " + slug + "\n", 0},
		{"税务局.md", "---\n网址名:   # 不要再改\n" + ok + "---\n", "2-网址名:   # 不要再改\n2+网址名:   " + slug + "  # 不要再改\n", 0},
		{"../model-sites/税务局.md", "+++\ntitle = \"税务局\"\ndate = 2024-05-01\nsource = \"乙\"\n\n[[stars]]\nyear：2024\n+++\n", "6+slug = \"" + slug + "\"\n7-year：2024\n7+year = 2024\n", 0},
		// It has one, or can't have.
		{"税务局.md", "---\n" + ok + "网址名: swj\n---\n正文", "", 0},
		{"税务局.md", "---\n" + ok + "slug: \"swj\"\n---\n正文", "", 0},
		{"税务局.md", "---\n" + ok + "网址名: 税务局\n---\n正文", "", 1},
		{"index.md", "---\n标题: 甲\n---\n", "", 0},
		{"../index.md", "---\n标题: 甲\n---\n", "", 0},
		{"../terms/tags/普法.md", "---\n标题: 普法\n---\n", "", 0},
		// With mistakes in it, it may not be the right one.
		{"税务局.md", "---\n标题: 税务局\n日期: 昨天\n来源: 乙\n---\n", "", 1},
		{"税务局.md", "---\n标题: 税务局\n---\n", "", 2},
		{"税务局.md", "正文", "", 1},
		{"税务局.md", "---\n" + ok + "---\n[无](无.md){javascript:}", "5+网址名: " + slug + "\n", 0},

		// What is certain is corrected; the slug is that of what was meant.
		{"税务局.md", "---\n标题：税务局\n日期: ２０２４-05-01\n来源:乙\n标签: [甲，乙]\n---\n正文：[甲，乙]\n", "2-标题：税务局\n2+标题: 税务局\n3-日期: ２０２４-05-01\n3+日期: 2024-05-01\n4-来源:乙\n4+来源: 乙\n5-标签: [甲，乙]\n5+标签: [甲, 乙]\n6+网址名: " + slug + "\n", 0},
		{"a.md", "－－－\n" + ok + "网址名: a\n----\n正文\n----\n", "1-－－－\n1+---\n6-----\n6+---\n", 0},
		{"a.md", "---\n" + ok + "----\n正文", "5+网址名: a\n5-----\n5+---\n", 0},
		// What is not certain is left.
		{"a.md", "---\n标题: “税务局”\n日期：2024-05-01\n来源: 乙\n网址名: a\n---\n", "3-日期：2024-05-01\n3+日期: 2024-05-01\n", 0},
		{"a.md", "---\n标题：甲\n\n各镇、各部门：\n标签：[甲，乙]\n---\n", "2-标题：甲\n2+标题: 甲\n", 1},
		{"a.md", "题记\n---\n标题：甲\n日期: 2024-05-01\n来源: 乙\n---\n", "3-标题：甲\n3+标题: 甲\n", 1},
	} {
		file := path.Join("content/examples", c.file)
		changes, left := Article(defaults(t), Others{}, file, []byte(c.in))
		if got := show(changes); got != c.want || left != c.left {
			t.Errorf("%s %q: left %d, want %d; got\n%swant\n%s", file, c.in, left, c.left, got, c.want)
		}
	}
}

// TestTerms: terms are written as the other articles write them, where that is all that
// changes.
func TestTerms(t *testing.T) {
	const before, after = "标题: docker\n日期: 2024-05-01\n来源: docker\n", "网址名: a\n"
	others := Others{Terms: map[string]map[string]string{
		"tags": {"docker": "Docker", "B 端": "B端", "Ｃ": "C", "a": "A"}, "unit": {"清源县 税务局": "清源县税务局"},
	}}
	for _, c := range []struct{ in, want string }{
		{"标签: [docker]", "标签: [Docker]"},
		{"标签: [党建, docker , \"B 端\",'Ｃ'] # docker", "标签: [党建, Docker , \"B端\",'C'] # docker"},
		{"标签:\n  - docker\n  - B 端 # B 端", "标签:\n  - Docker\n  - B端 # B 端"},
		{"标签: [docker compose, docker]", "标签: [docker compose, Docker]"},
		{"标签: [党建, a]\n摘要: a", "标签: [党建, A]\n摘要: a"},
		{"标签: [docker, Docker]", "标签: [Docker]"},
		{"标签: [Docker,  \"docker\"]", "标签: [Docker]"},
		{"标签: [党建, docker, Docker]", "标签: [党建, Docker]"},
		{"标签:\n  - docker\n  - Docker", "标签:\n  - Docker\n  - Docker"},
		{"标签：[docker，党建]", "标签: [Docker, 党建]"},
		{"专题: [docker]", "专题: [docker]"},
		{"单位: 清源县 税务局", "单位: 清源县税务局"},
		{"标签: [\"\\x64ocker\"]", "标签: [\"\\x64ocker\"]"}, // not found
	} {
		in := "---\n" + before + c.in + "\n" + after + "---\ndocker\n"
		want := "---\n" + before + c.want + "\n" + after + "---\ndocker\n"
		changes, left := Article(defaults(t), others, "content/examples/a.md", []byte(in))
		if got := string(Apply([]byte(in), changes)); got != want || left > 0 {
			t.Errorf("%s: left %d; got\n%swant\n%s", c.in, left, got, want)
		}
	}
	toml := "+++\ntitle = \"甲\"\ndate = 2024-05-01\nsource = \"乙\"\nslug = \"a\"\ntags = [\n  \"党建\",\n  \"%s\", # docker\n]\n[[media]]\n+++\n"
	changes, _ := Article(defaults(t), others, "content/examples/a.md", fmt.Appendf(nil, toml, "docker"))
	if got, want := show(changes), "8-  \"docker\", # docker\n8+  \"Docker\", # docker\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestShared: an address that another article has too is nobody's to keep.
func TestShared(t *testing.T) {
	text := []byte("---\n标题: 税务局\n日期: 2024-05-01\n来源: 乙\n---\n")
	others := Others{Shared: map[string]bool{"examples/20240501-shui-wu-ju-xc46.html": true}}
	if changes, left := Article(defaults(t), others, "content/examples/税务局.md", text); len(changes) > 0 || left != 1 {
		t.Errorf("changed %+v, left %d", changes, left)
	}
	if changes, left := Article(defaults(t), others, "content/examples/tax.md", text); len(changes) != 1 || left > 0 {
		t.Errorf("changed %+v, left %d", changes, left)
	}
}

// TestApply: line ends stay, also where they are mixed.
func TestApply(t *testing.T) {
	changes := []Change{{Line: 2, Before: "b", After: "B"}, {Line: 3, After: "new", Added: true}, {Line: 3, Before: "c", After: "C"}}
	for in, want := range map[string]string{
		"a\nb\nc\nd":         "a\nB\nnew\nC\nd",
		"a\r\nb\r\nc\r\nd":   "a\r\nB\r\nnew\r\nC\r\nd",
		"a\rb\rc\r":          "a\rB\rnew\rC\r",
		"a\nb\r\nc\r\r\nd\n": "a\nB\r\nnew\r\nC\r\r\nd\n",
		"a\nb\nc":            "a\nB\nnew\nC",
	} {
		if got := string(Apply([]byte(in), changes)); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
		if got := string(Apply([]byte(in), nil)); got != in {
			t.Errorf("%q: got %q without changes", in, got)
		}
	}
}

// FuzzArticle: mended once, nothing is left to do; what the article means and
// every byte of its prose stay.
func FuzzArticle(f *testing.F) {
	f.Add("---\n标题：甲\n日期: 2024-05-01\n来源:乙\n标签: [“党建”，普法］\n---\n正文：[甲，乙]")
	f.Add("+++\n标题 ＝ “甲”\ndate = ２０２４-０５-０１\nsource = 乙\n+++\n正文")
	f.Add("－－－\n标题: 甲\n日期: 2024年5月1日\n来源: 乙\n网址名:\n————\n# 一\n")
	f.Add("---\n标题: 甲\n日期: 2024-05-01\n来源: 乙\n标签: [\"docker\", Docker, B 端]\n---\n")
	c := defaults(f)
	others := Others{Terms: map[string]map[string]string{"tags": {"docker": "Docker", "B 端": "B端", "甲": "甲 乙"}}}
	f.Fuzz(func(t *testing.T, in string) {
		if len(in) > 2048 {
			return
		}
		const file = "content/examples/甲.md"
		text := []byte(in)
		changes, left := Article(c, others, file, text)
		mended := Apply(text, changes)
		if bytes.IndexByte(text, '\r') >= 0 {
			return // not a text as it comes here
		}
		if again, leftAgain := Article(c, others, file, mended); len(again) > 0 || left != leftAgain {
			t.Errorf("%q\nmended %q\nleaves %+v, %d and %d errors", in, mended, again, left, leftAgain)
		}
		before, after := c.Compile(file, text), c.Compile(file, mended)
		if slices.ContainsFunc(before.Card.Tags, func(tag string) bool { return others.Terms["tags"][tag] != "" }) {
			before.CardDigest = after.CardDigest // TestTerms looks at it
		}
		if before.CardDigest != after.CardDigest || before.ProseDigest != after.ProseDigest {
			t.Errorf("%q\nmended %q means something else", in, mended)
		}
		m, _ := front.Read(text, c.Kind(file))
		if !bytes.HasSuffix(mended, text[m.Body:]) {
			t.Errorf("%q\nmended %q: the prose changed", in, mended)
		}
	})
}
