package check

import (
	"testing"

	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/markdown"
)

// TestReading: the digest of what readers read is another when they read something
// else, and the same however that was typed.
func TestReading(t *testing.T) {
	c, problems := config.Parse([]byte("[sections.notices]\nkind = \"notice\"\n"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	compiler := content.Compiler{Config: c, Dialect: markdown.New()}
	reading := func(head, text string) string {
		d, facts := compiler.CompileWithFacts("content/notices/a.md", []byte("---\n标题: 甲\n日期: 2026-05-01\n来源: 乙\n"+head+"---\n"+text))
		return Reading(&d, facts)
	}
	const text = "第一段的话，\n还是第一段。\n\n## 小标题\n\n见[这里](https://a.example/)。\n\n![图](a.png)\n"
	base := reading("", text)
	for _, c := range []struct {
		name, head, text string
		same             bool
	}{
		{"as it is", "", text, true},
		{"lines broken anew", "", "第一段的话，还是第一段。\n\n## 小标题\n\n见[这里](https://a.example/)。\n\n![图](a.png)\n", true},
		{"bold", "", "第一段的**话**，\n还是第一段。\n\n## 小标题\n\n见[这里](https://a.example/)。\n\n![图](a.png)\n", true},
		{"what readers don't see", "草稿: true\n审核: 丙 2026-05-01 abcdef\n复核日期: 2027-01-01\n网址名: jia\n", text, true},
		{"a word", "", "第二段的话，\n还是第一段。\n\n## 小标题\n\n见[这里](https://a.example/)。\n\n![图](a.png)\n", false},
		{"two paragraphs", "", "第一段的话，\n\n还是第一段。\n\n## 小标题\n\n见[这里](https://a.example/)。\n\n![图](a.png)\n", false},
		{"a heading's level", "", "第一段的话，\n还是第一段。\n\n### 小标题\n\n见[这里](https://a.example/)。\n\n![图](a.png)\n", false},
		{"where a link leads", "", "第一段的话，\n还是第一段。\n\n## 小标题\n\n见[这里](https://b.example/)。\n\n![图](a.png)\n", false},
		{"a picture", "", "第一段的话，\n还是第一段。\n\n## 小标题\n\n见[这里](https://a.example/)。\n\n![图](b.png)\n", false},
		{"a picture's text", "", "第一段的话，\n还是第一段。\n\n## 小标题\n\n见[这里](https://a.example/)。\n\n![画](a.png)\n", false},
		{"an author", "作者: 丁\n", text, false},
		{"a summary", "摘要: 戊。\n", text, false},
		{"an attachment", "附件: a.pdf\n", text, false},
		{"AI", "人工智能: true\n", text, false},
	} {
		if got := reading(c.head, c.text); (got == base) != c.same {
			t.Errorf("%s: %s, before %s", c.name, got, base)
		}
	}
}
