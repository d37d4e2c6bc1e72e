package content

import (
	"strings"
	"testing"
)

// TestExtra: what no kind knows is kept under the names that it was given, in both
// notations and whatever else has the name; it is said only of what can't be kept.
func TestExtra(t *testing.T) {
	const yaml, toml = "标题: 甲\n日期: 2024-05-01\n来源: 乙\n", "title = \"甲\"\ndate = 2024-05-01\nsource = \"乙\"\n"
	for _, c := range []struct{ in, kept, problems string }{
		{"---\n" + yaml + "其他: {旧编号: 0123, toc: true}\n---\n", "旧编号=0123 toc=true", ""},
		{"---\n" + yaml + "extra:\n  旧编号: 0123\n  categories: [甲, 乙]\n  permalink: /a/b.html\n---\n",
			"旧编号=0123 categories=甲,乙 permalink=/a/b.html", ""},
		{"---\n" + yaml + "其他:\n  categories:\n    - 甲\n    - 乙\n  day: 2024-05-01\n标签: [丙]\n---\n", "categories=甲,乙 day=2024-05-01", ""},
		{"---\n" + yaml + "其他:\n    title: 旧标题\n    标签: [旧]\n    草稿: 是\n标签: [丙]\n---\n", "title=旧标题 标签=旧 草稿=是", ""},
		{"---\n其他:\n  旧编号: 1\n" + yaml + "---\n", "旧编号=1", ""},
		{"---\n" + yaml + "其他:\n  说明: |\n    两行\n    文字\n  空:\n---\n", "说明=两行\n文字", ""},
		{"---\n" + yaml + "其他:\n  网址: \"https://a.cn/x: y\"\n  # 注\n\n  备注: 丙\n---\n", "网址=https://a.cn/x: y 备注=丙", ""},
		{"+++\n" + toml + "extra = { \"旧编号\" = \"0123\", toc = true, tags = [\"a\", \"b\"] }\n+++\n", "tags=a,b toc=true 旧编号=0123", ""},
		{"+++\n" + toml + "[extra]\n\"旧编号\" = \"0123\"\nday = 2024-05-01\n+++\n", "day=2024-05-01 旧编号=0123", ""},
		{"---\n" + yaml + "其他:\n---\n", "", ""},
		{"---\n" + yaml + "其他: {}\n---\n", "", ""},
		{"---\n" + yaml + "其他: 文字\n---\n", "", "wrong-type@5:1"},
		{"---\n" + yaml + "其他: [甲, 乙]\n---\n", "", "wrong-type@5:1"},
		{"---\n" + yaml + "其他: {甲: {乙: 丙}}\n---\n", "", "wrong-type@5:6"},
		{"---\n" + yaml + "其他: {甲: [{乙: 丙}], 丁: 戊}\n---\n", "丁=戊", "wrong-type@5:6"},
		{"---\n" + yaml + "其他: {甲: 1, 甲: 2}\n---\n", "甲=1", "field-twice@5:12"},
		{"---\n" + yaml + "其他：\n  旧编号：1\n---\n", "", "full-width@5:3 wrong-type@5:1"},
	} {
		d := defaults(t).Compile("content/examples/a.md", []byte(c.in))
		var said []string
		for _, f := range d.Card.Extra {
			said = append(said, show(f))
		}
		if got := strings.Join(said, " "); got != c.kept || rules(d.Problems) != c.problems {
			t.Errorf("%s\ngot  %s, %s\nwant %s, %s", c.in, got, d.Problems.Error(), c.kept, c.problems)
		}
	}
}

// TestAllowSample: who writes the reason alone is shown where the rule's name goes.
func TestAllowSample(t *testing.T) {
	const yaml, toml = "标题: 甲\n日期: 2024-05-01\n来源: 乙\n", "title = \"甲\"\ndate = 2024-05-01\nsource = \"乙\"\n"
	for in, want := range map[string]string{
		"---\n" + yaml + "检查例外: 号码是虚构的\n---\n":       "写成 检查例外: {id-number: 虚构的示例}",
		"+++\n" + toml + "allow = \"号码是虚构的\"\n+++\n": "写成 allow = { id-number = \"虚构的示例\" }",
	} {
		d := defaults(t).Compile("content/examples/a.md", []byte(in))
		if len(d.Problems) != 1 || d.Problems[0].Hint.ZH != want {
			t.Errorf("%s\ngot %v", in, d.Problems)
		}
	}
}
