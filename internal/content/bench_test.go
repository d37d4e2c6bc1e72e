package content

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// BenchmarkCompile compiles an article of about 1,400 Han characters, with its
// front matter in both languages.
func BenchmarkCompile(b *testing.B) {
	var body strings.Builder
	r := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields("群众 窗口 公开 账目 监督 清单 村民 学校 医院 企业 采购 流程 回访 时限 责任 权力 荷塘 石桥 大厅 夜校")
	for p := range 9 {
		if p%3 == 0 {
			fmt.Fprintf(&body, "\n## %s%d\n\n", words[r.IntN(len(words))], p)
		}
		for range 6 {
			for range 5 + r.IntN(8) {
				body.WriteString(words[r.IntN(len(words))])
			}
			body.WriteString("。")
		}
		body.WriteString("**重点**是[链接](https://example.com/)。\n\n")
	}
	body.WriteString("- 甲\n- 乙\n\n| 一 | 二 |\n|---|---|\n| 1 | 2 |\n")
	for _, c := range []struct{ name, front string }{
		{"toml", "+++\ntitle = \"荷塘里的夜校\"\ndate = 2024-01-02T08:00:00Z\ntags = [\"公开\", \"监督\", \"村务\"]\nsource = \"本站\"\nsummary = \"一句话。\"\n+++\n\n"},
		{"yaml", "---\n标题: 荷塘里的夜校\n日期: 2024-01-02\n标签: [公开, 监督, 村务]\n来源: 本站\n摘要: 一句话。\n---\n\n"},
	} {
		b.Run(c.name, func(b *testing.B) {
			text := []byte(c.front + body.String())
			compiler := defaults(b)
			b.ReportAllocs()
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				if d := compiler.Compile("content/examples/a.md", text); len(d.Problems) > 0 {
					b.Fatal(d.Problems)
				}
			}
		})
	}
}
