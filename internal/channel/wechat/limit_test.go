package wechat

import (
	"fmt"
	"strings"
	"testing"

	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/diag"
	"qinglian/internal/site"
)

// TestLimits: how long things may be, and who says so.
func TestLimits(t *testing.T) {
	a := Article{Title: strings.Repeat("题", 33), Author: strings.Repeat("甲", 17), Digest: strings.Repeat("摘", 121), Fragment: strings.Repeat("文", 20_001), SourceURL: "https://a.cn/"}
	p := &site.Page{Doc: &content.Doc{Path: "a.md"}}
	a.limits(p, config.Config{})
	var got []string
	for _, d := range a.Findings {
		got = append(got, d.Severity.String()+" "+d.Message.ZH)
	}
	want := "note 标题有 33 字，粘贴没有问题，用接口建草稿最多 32\nwarning 作者有 17 字，公众号最多 16\nwarning 摘要有 121 字，公众号最多 120\nnote 正文，连同标签有 20001 字，接口的限度是 20000；后台的限度没有公布"
	if s := strings.Join(got, "\n"); s != want {
		t.Errorf("got\n%s\nwant\n%s", s, want)
	}
	a.Findings = nil
	if a.limits(p, config.Config{WeChat: config.WeChat{Title: 20, Digest: 200}}); len(a.Findings) != 4 || a.Findings[0].Message.ZH != "标题有 33 字，公众号最多 20" {
		t.Errorf("with its own limits: %v", a.Findings)
	}
}

// TestWhereLimits: what is too long is shown where it was typed, with what to do.
func TestWhereLimits(t *testing.T) {
	long := strings.Repeat("字", 70)
	for _, c := range []struct{ settings, front, want string }{
		{"", "标题: \"" + long + "\"  # 长", "content/examples/a.md:2:5-2:77 标题: \"… 把标题缩短到 64 字以内"},
		{"", "标题: 甲\n作者: " + long, "content/examples/a.md:3:5-3:75 作者: 字… 把作者缩短到 16 字以内"},
		{"[wechat]\nauthor = \"" + long + "\"\n", "标题: 甲", "config.toml:2:1-2:82 autho… 把作者缩短到 16 字以内"},
		{"[wechat]\ndigest = 60\n", "标题: 甲\n摘要: " + long, "content/examples/a.md:3:5-3:75 摘要: 字… 把摘要缩短到 60 字以内"},
		{"[wechat]\ndigest = 10\n", "标题: 甲", "content/examples/a.md:0:0-0:0 … 把摘要缩短到 10 字以内"}, // it is an excerpt
	} {
		s := linked(t, map[string]string{config.File: c.settings,
			"content/examples/a.md": "---\n" + c.front + "\n日期: 2025-05-01\n来源: 本站\n---\n这里是一段正文，有十个字以上。\n"})
		var got []string
		for _, d := range composed(t, s).Findings {
			if d.Rule == "wechat-limit" && d.Severity == diag.Warning {
				got = append(got, fmt.Sprintf("%s:%d:%d-%d:%d %s… %s", d.File, d.Line, d.Column, d.EndLine, d.EndColumn,
					string([]rune(d.Source)[:min(5, len([]rune(d.Source)))]), d.Hint.ZH))
			}
		}
		if s := strings.Join(got, "\n"); s != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.front, s, c.want)
		}
	}
}
