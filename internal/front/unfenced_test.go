package front

import (
	"strings"
	"testing"
)

// TestUnfenced: fields that no fence stands before are kept: only fences are missing.
func TestUnfenced(t *testing.T) {
	const both, before = "在第一行前、最后一项后各加一行 ", "在第一行前加一行 "
	for _, c := range []struct{ in, cure string }{
		{"标题: 通知\n日期: 2026-05-01\n\n正文", both + "---"},
		{"标题：通知\n日期：2026年5月1日\n正文", both + "---"},
		{"\n标题: 通知\n\n正文", both + "---"},
		{"标签:\n  - 党建\n- 普法\n题目: 通知", both + "---"},
		{"title = \"通知\"\ndate = 2026-05-01\n", both + "+++"},
		{"title: 通知\ndate: 2026-05-01\n---\n正文", before + "---"},
		{"title: 通知\ndate: 2026-05-01\n----\n正文\n\n---\n\n正文", before + "---"},
		{"title: 通知\npermalink: /a/\ncomments: true\n---\n正文", before + "---"},
		{"title = \"通知\"\n+++\n正文", before + "+++"},
		{"时间：5月1日\n\n各镇、各部门：", "在最前面加几行："},
		{"通知\n标题: 通知\n日期: 2026-05-01", "在最前面加几行："},
	} {
		_, slips := Read([]byte(c.in), kind(t))
		if len(slips) != 1 || slips[0].Rule != "no-front-matter" || slips[0].Edits != "" ||
			strings.Split(slips[0].Hint.ZH, "\n")[0] != c.cure {
			t.Errorf("%q: got %v", c.in, slips)
		}
	}
}
