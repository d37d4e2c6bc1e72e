package front

import "testing"

// TestWriter: what people write who know neither YAML nor TOML.
func TestWriter(t *testing.T) {
	checkSlips(t, "---", []slipCase{
		// Quotes in a text, and quotes that do not end.
		{`标题: "三本账"晒出来`, "needs-quotes@2:5", `标题: '"三本账"晒出来'`},
		{`标题: "三本账"和"两本账"都晒`, "needs-quotes@2:5", `标题: '"三本账"和"两本账"都晒'`},
		{`title: "他说"好"的那天"`, "needs-quotes@2:8", ""},
		{`标题: 'It's 好'`, "needs-quotes@2:5", `标题: "It's 好"`},
		{`标题: 'It's 好`, "needs-quotes@2:5", ""},
		{"标题: \"没关上\n来源: \"本站\"", "needs-quotes@2:5", "标题: \"没关上\"\n来源: \"本站\""},
		{"标题: '没关上", "needs-quotes@2:5", "标题: \"没关上\""},
		{"摘要: \"一行\n  二行\n来源: 本站", "needs-quotes@2:5", ""},
		{`标题: "甲",`, "front-matter-syntax@2:8", `标题: "甲"`},
		{`标题: "甲" 乙`, "needs-quotes@2:5", ""},
		{`标题: "甲"；`, "front-matter-syntax@2:8", `标题: "甲"`},
		{`标题: "甲" # 注`, "", ""},

		// What begins like something else.
		{"标题: - 试一试", "needs-quotes@2:5", "标题: \"- 试一试\""},
		{"标题: ? 甲", "needs-quotes@2:5", "标题: \"? 甲\""},
		{"标题: |甲", "needs-quotes@2:5", "标题: \"|甲\""},
		{"标题: {甲}乙", "needs-quotes@2:5", "标题: \"{甲}乙\""},
		{"标题: {{ page.title }}", "needs-quotes@2:5", ""},
		{"标题: [甲]", "wrong-type@2:5", ""},

		// What is cut off as a comment.
		{"标题: 清源县 #1 号楼", "needs-quotes@2:9", "标题: \"清源县 #1 号楼\""},
		{"摘要: 参加 #清廉# 活动", "needs-quotes@2:8", "摘要: \"参加 #清廉# 活动\""},
		{"标题: #话题#", "needs-quotes@2:5", "标题: \"#话题#\""},
		{"标题: 甲 #乙", "cut-text@2:7?", ""},
		{"标题: 甲 # 注\n来源:   # 必填", "", ""},
		{"日期: 2024-05-01 #注", "", ""},
		{"标题: C#语言", "", ""},

		// Names.
		{"TITLE: 甲", "other-name@2:1", "title: 甲"},
		{"发布人：张三", "other-name@2:1 full-width@2:4", "作者: 张三"},
		{"lastmod: 2024-05-01", "other-name@2:1", "updated: 2024-05-01"},
		{"categories: [甲]\n标签: [乙]", "other-name@2:1", ""},
		{"标题 测试", "no-mark@2:1", "标题: 测试"},
		{"标题：：测试", "full-width@2:3", "标题: 测试"},
		{"标题　测试：一", "no-mark@2:1", "标题: 测试：一"},
		{"标题: 甲\n标题 党 的", "not-a-field@3:1", ""},
		{"标题: 甲\n\n来源 于生活", "not-a-field@4:1", ""},
		{"星级:\n  - Year: 2023", "other-name@3:5", "星级:\n  - year: 2023"},

		// Lists.
		{"标签：【党建，普法】", "full-width@2:3 not-a-list@2:4", "标签: [党建, 普法]"},
		{"标签: 【党建】【普法】", "not-a-list@2:5", "标签: [党建, 普法]"},
		{"标签: （党建、普法）", "not-a-list@2:5", "标签: [党建, 普法]"},
		{"标签: {党建, 普法}", "not-a-list@2:5", "标签: [党建, 普法]"},
		{"标签: 党建；普法", "not-a-list@2:5", "标签: [党建, 普法]"},
		{"标签: 党建 普法", "not-a-list@2:5", "标签: [党建, 普法]"},
		{"标签: 党建]", "not-a-list@2:5", "标签: [党建]"},
		{"标签: Go 语言", "not-a-list@2:5", "标签: [Go 语言]"},
		{"标签: - 党建 - 普法", "not-a-list@2:5", "标签: [党建, 普法]"},
		{"标签: #党建 #普法", "not-a-list@2:5", "标签: [党建, 普法]"},
		{"tags: [#党建, #普法#]", "needs-quotes@2:8 needs-quotes@2:13", "tags: [党建, 普法]"},
		{"标签: [\n  甲, #注\n  乙,\n]", "", ""},
		{"标签: \"党建，普法\"", "not-a-list@2:5", "标签: [\"党建\", \"普法\"]"},
		{"荣誉: \"先进，2024\"", "not-a-list@2:5", ""},
		{"标签: \"党建\"，\"普法\"", "not-a-list@2:5", "标签: [\"党建\", \"普法\"]"},
		{"标签: [党建, 普法\n来源: 乙", "front-matter-syntax@2:5", "标签: [党建, 普法]\n来源: 乙"},
		{"标签: [党建；普法]", "full-width@2:8", "标签: [党建, 普法]"},

		{"标签:\n- #党建\n- 普法 # 注", "needs-quotes@3:3", "标签:\n- 党建\n- 普法 # 注"},
		{"标签: ~", "", ""},

		// Dates, numbers and switches.
		{"日期: 2026.10.8", "bad-date@2:5", "日期: 2026-10-08"},
		{"日期: \"2026.10.8\"", "bad-date@2:5", "日期: 2026-10-08"},
		{"日期: 20261008", "bad-date@2:5", "日期: 2026-10-08"},
		{"日期: 2026年10月8号", "bad-date@2:5", "日期: 2026-10-08"},
		{"日期: 2026年10月8日上午9时", "bad-date@2:5", "日期: 2026-10-08 09:00"},
		{"日期: 2026年10月8日（星期四）下午3点半", "bad-date@2:5", "日期: 2026-10-08 15:30"},
		{"日期: 二〇二六年十月二十一日", "bad-date@2:5", "日期: 2026-10-21"},
		{"日期: 2026-10-08 09:30:00 +0800", "bad-date@2:5", "日期: 2026-10-08T09:30:00+08:00"},
		{"日期: 2026-10-08 09:30+08:00", "bad-date@2:5", "日期: 2026-10-08T09:30:00+08:00"},
		{"封面: ![图](a.png)", "wrong-type@2:5", "封面: a.png"},
		{"标题: true", "needs-quotes@2:5", "标题: \"true\""},
		{"日期: 10月8日", "bad-date@2:5", ""},
		{"日期: 2026年10月", "bad-date@2:5", ""},
		{"日期: 2026-13-08", "bad-date@2:5", ""},
		{"日期: 2026-02-30", "bad-date@2:5", ""},
		{"日期: 2026/10/8 9:30", "", ""},
		{"日期: 2026-10-08T09:30:00+08:00", "", ""},
		{"草稿: yes", "wrong-type@2:5", "草稿: true"},
		{"草稿: Off", "wrong-type@2:5", "草稿: false"},
		{"草稿: \"true\"", "wrong-type@2:5", "草稿: true"},
		{"草稿: 否", "", ""},
		{"星级:\n  - 年度: 2024年\n    星数: 5星", "wrong-type@3:9 wrong-type@4:9", "星级:\n  - 年度: 2024\n    星数: 5"},
		{"星级:\n  - 星数: 5万", "", ""},
	})
	checkSlips(t, "+++", []slipCase{
		{`title = "三本账"晒出来`, "needs-quotes@2:9", `title = '"三本账"晒出来'`},
		{`title = "他说"好"的那天"`, "needs-quotes@2:9", ""},
		{`title = 'It's 好'`, "needs-quotes@2:9", `title = "It's 好"`},
		{`title = "没关上`, "needs-quotes@2:9", `title = "没关上"`},
		{`title = "甲",`, "front-matter-syntax@2:12", `title = "甲"`},
		{`title = `, "front-matter-syntax@2:7", `title = ""`},
		{`title =`, "front-matter-syntax@2:7", `title = ""`},
		{`title = {{ page.title }}`, "needs-quotes@2:9", ""},
		{`title = 清源县 #1 号楼`, "needs-quotes@2:13", `title = "清源县 #1 号楼"`},
		{`title = #话题#`, "needs-quotes@2:9", `title = "#话题#"`},
		{`TITLE = "甲"`, "other-name@2:1", `title = "甲"`},
		{`发布人 = "张三"`, "other-name@2:1", `"作者" = "张三"`},
		{`title == "甲"`, "full-width@2:7", `title = "甲"`},
		{`title "甲"`, "no-mark@2:1", `title = "甲"`},
		{`标题 测试`, "no-mark@2:1 needs-quotes@2:1 needs-quotes@2:4", `"标题" = "测试"`},
		{`tags = [#党建, #普法]`, "needs-quotes@2:9 needs-quotes@2:14", `tags = ["党建", "普法"]`},
		{`tags = ["党建" "普法"]`, "front-matter-syntax@2:13", `tags = ["党建", "普法"]`},
		{`tags = "党建，普法"`, "not-a-list@2:8", `tags = ["党建", "普法"]`},
		{`tags = 党建，普法`, "not-a-list@2:8", `tags = ["党建", "普法"]`},
		{`tags：【党建，普法】`, "full-width@2:5 not-a-list@2:6", `tags = ["党建", "普法"]`},
		{`date = 2026.10.8`, "bad-date@2:8", `date = 2026-10-08`},
		{`date = "2026.10.8"`, "bad-date@2:8", `date = 2026-10-08`},
		{`date = 2026年10月8日上午9时`, "bad-date@2:8", `date = "2026-10-08 09:00"`},
		{`date = 2026-13-08`, "bad-date@2:8", ""},
		{`date = 2026-10-08 09:30:00`, "", ""},
		{`title = true`, "needs-quotes@2:9", `title = "true"`},
		{`draft = yes`, "wrong-type@2:9", `draft = true`},
		{`draft = "true"`, "wrong-type@2:9", `draft = true`},
	})
}

// TestSettled: of two fields that are one here, the first gets its name, and the other
// is for the writer to decide.
func TestSettled(t *testing.T) {
	slips, mended := read(t, "---\nkeywords: [甲]\ncategories: [乙]\n---\n")
	if slips != "other-name@2:1 other-name@3:1" || mended != "---\ntags: [甲]\ncategories: [乙]\n---\n" {
		t.Errorf("got %s\n%s", slips, mended)
	}
}

// TestIndentedFence: a closing fence that is moved in ends the fields all the same.
func TestIndentedFence(t *testing.T) {
	for _, c := range []struct{ in, slips, mended string }{
		{"---\n标题: 甲\n  ---\n正文", "bad-fence@3:1", "---\n标题: 甲\n---\n正文"},
		{"---\n标题: 甲\n　---\n正文\n\n---\n", "bad-fence@3:1", "---\n标题: 甲\n---\n正文\n\n---\n"},
		{"+++\ntitle = \"甲\"\n\t+++\n正文", "bad-fence@3:1", "+++\ntitle = \"甲\"\n+++\n正文"},
		{"---\n摘要: |\n  甲\n  ---\n标题: 乙\n---\n", "", ""},
	} {
		slips, mended := read(t, c.in)
		want := c.mended
		if want == "" {
			want = c.in
		}
		if slips != c.slips || mended != want {
			t.Errorf("%q\ngot  %s\nwant %s\ngot  %q\nwant %q", c.in, slips, c.slips, mended, want)
		}
	}
}
