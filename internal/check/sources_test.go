package check

import (
	"strings"
	"testing"
)

// article is one with lines of front matter and a text.
func article(front, text string) string {
	if !strings.Contains(front, "来源:") {
		front += "来源: 县文化馆\n"
	}
	return "---\n标题: 甲\n日期: 2026-05-01\n" + front + "---\n" + text
}

// TestSourcesAndAccess: what readers need to know of an article, and what some of them
// need to read it.
func TestSourcesAndAccess(t *testing.T) {
	for _, c := range []struct{ front, text, want string }{
		{"来源: 网络\n", "", "vague-source 网络"},
		{"来源: 县网络办\n", "", ""},
		{"来源: 人民网\n", "", "reprint 人民网"},
		{"来源: 人民网\n", "[原文](https://a.example/x)", "foreign-host [原文](https://a.example/x)"},
		{"来源: 县文化馆（转载）\n", "", "reprint 县文化馆（转载）"},
		{"来源: 人民武装部\n", "", ""},
		{"来源: 本站\n", "", "no-author 本站"},
		{"来源: 本站\n作者: 林简\n", "", ""},
		{"来源: 县水务局\n", "", "no-author 县水务局"},
		{"", "![会场全景](a.jpg)", "no-credit ![会场全景](a.jpg)"},
		{"", "![会场全景](a.jpg \"王建国摄\")", ""},
		{"", "![会场全景](a.png)", ""},
		{"", "![村居分布图](a.png)", "map-number ![村居分布图](a.png)"},
		{"", "![村居分布图](a.png)\n\n审图号：GS（2024）0650号", ""},
		{"", "![会场](a.png \"AI 生成的示意图\")", "ai-label AI 生成"},
		{"人工智能: true\n", "![会场](a.png \"AI 生成的示意图\")", ""},
		{"", "本文由AI辅助撰写。", "ai-label 本文由AI辅助撰写"},
		{"", "人工智能生成内容的管理办法", ""},
		{"", "![党徽](a.png)", "emblem ![党徽](a.png)"},
		{"", "![会场](guohui.png)", "emblem ![会场](guohui.png)"},
		{"", "![](a.png)", "missing-alt ![](a.png)"},
		{"", "![图1](a.png)", "missing-alt ![图1](a.png)"},
		{"", "![IMG_2034.jpg](a.png)", "missing-alt ![IMG_2034.jpg](a.png)"},
		{"", "![图书馆](a.png)", ""},
		{"", "[点击这里](b.md)", "vague-link [点击这里](b.md)"},
		{"", "[这里。](b.md)", "vague-link [这里。](b.md)"},
		{"", "[更多做法](b.md)", ""},
		{"", "见 https://a.example/", "bare-link https://a.example/, foreign-host https://a.example/"},
		{"", "| | |\n|---|---|\n| 甲 | 乙 |", "table-header |"},
		{"", "| 村 | |\n|---|---|\n| 甲 | 乙 |", ""},
		{"", "```\n| | |\n|---|---|\n| 甲 | 乙 |\n```", ""},
	} {
		text := article(c.front, c.text)
		found, _ := inspected(t, "[footer]\norganizer = \"县水务局\"\n", text)
		if got := strings.Join(found, ", "); got != c.want {
			t.Errorf("%s%s: got %q, want %q", c.front, c.text, got, c.want)
		}
	}
}
