package wechat

import (
	"fmt"
	"strings"
	"testing"

	"qinglian/internal/config"
)

// TestAfter: what stands below an article in WeChat, in its order.
func TestAfter(t *testing.T) {
	const account = "[wechat]\nend = \"完\"\n[wechat.follow]\ntext = \"长按关注 <清风>\"\npicture = \"follow.png\"\n"
	head := func(title, more string) string {
		return "---\n标题: " + title + "\n日期: 2025-05-01\n来源: 本站\n标签: [村务]\n" + more + "---\n话。\n"
	}
	files := map[string]string{
		config.File:             account,
		"content/examples/a.md": head("甲", ""),
		"content/examples/b.md": head("没有发过的", ""),
	}
	for i := range 2 {
		files[fmt.Sprintf("content/examples/c%d.md", i)] = head(fmt.Sprintf("发过的 %d", i), fmt.Sprintf("公众号链接: https://mp.weixin.qq.com/s/%d\n", i))
	}
	s := linked(t, files)
	a := composed(t, s)
	said := textOf(a.Fragment)
	at := 0
	for _, part := range []string{"话。\n", "完\n", "来源：本站", "往期推荐\n", "发过的", "长按关注 <清风>"} {
		i := strings.Index(said[at:], part)
		if i < 0 {
			t.Errorf("%q is not where it should be in\n%s", part, said)
			continue
		}
		at += i
	}
	for part, want := range map[string]int{`<a href="https://mp.weixin.qq.com/s/`: 2, "没有发过的": 0, `alt="关注" style="vertical-align:img;display:inline-block;width:258px`: 1} {
		if got := strings.Count(a.Fragment, part); got != want {
			t.Errorf("%s is there %d times, want %d in\n%s", part, got, want, a.Fragment)
		}
	}
	delete(files, config.File)
	if said := textOf(composed(t, linked(t, files)).Fragment); strings.Contains(said, "完") || strings.Contains(said, "关注") {
		t.Errorf("nobody asked for what is in %s", said)
	}
}

// TestChapters: a style may number the headings, but for those of a text that does so
// itself, and for a single one.
func TestChapters(t *testing.T) {
	style := plain()
	style["h2-number"] = "color:#111111"
	for text, want := range map[string]string{
		"## 起\n\n### 小\n\n## 承\n":          "01\n起|02\n承",
		"## 起\n":                           "",
		"## 一、起\n\n## 二、承\n":               "",
		"## 第一章 起\n\n## 第二章 承\n":           "",
		"## 1. 起\n\n## 2. 承\n":             "",
		"## （一）起\n\n## （二）承\n":             "",
		"## 三本账\n\n## 一位书记\n\n## 2024 年\n": "01\n三本账|02\n一位书记|03\n2024 年",
	} {
		s := fewArticles(t, "", text)
		a, err := Compose(s, pageOf(t, s, "content/examples/a.md"), style)
		if err != nil {
			t.Fatal(err)
		}
		said := textOf(a.Fragment)
		for part := range strings.SplitSeq(want, "|") {
			if !strings.Contains(said, part) {
				t.Errorf("%q: %q is not in %q", text, part, said)
			}
		}
		if want == "" && strings.Contains(said, "01") {
			t.Errorf("%q is numbered: %q", text, said)
		}
	}
}
