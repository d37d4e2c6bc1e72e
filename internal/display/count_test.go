package display

import (
	"fmt"
	"strings"
	"testing"

	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/markdown"
	"qinglian/internal/site"
)

func TestDivide(t *testing.T) {
	c, _ := config.Parse([]byte("title = \"站\"\n"))
	kind := c.Kinds["model-site"]
	compiler := content.Compiler{Config: c, Dialect: markdown.New()}
	var pages []*site.Page
	for i, typed := range []string{
		"级别: 县级\n地区: 乙镇\n命名日期: 2023-05-01\n星级:\n  - {年度: 2024, 星数: 3}\n  - {年度: 2025, 星数: 5}\n  - {年度: 2009, 星数: 4}\n荣誉: [甲, 乙]",
		"级别: 省级\n地区: 甲镇\n命名日期: 2025-05-01\n星级:\n  - {星数: 1}\n  - {年度: 2025, 说明: 没有评}\n荣誉: [乙]",
		"级别: 县级\n地区: 甲镇\n命名日期: 2023-06-01\n星级:\n  - {年度: 2025, 星数: 10}",
		"地区: 丙镇",
	} {
		doc := compiler.Compile(fmt.Sprintf("content/model-sites/%d.md", i), []byte("---\n标题: 题\n日期: 2026-01-01\n来源: 本站\n"+typed+"\n---\n"))
		if len(doc.Problems) > 0 {
			t.Fatal(doc.Problems)
		}
		pages = append(pages, &site.Page{Doc: &doc})
	}
	for key, want := range map[string]string{
		"level":       "级别: 省级 1, 县级 2,  1",
		"region":      "地区: 甲镇 2, 丙镇 1, 乙镇 1",
		"named_date":  "命名日期: 2025 1, 2023 2,  1",
		"stars.count": "星级: 10 1, 5 1,  2",
		"honours":     "荣誉: 乙 2, 甲 1,  2",
		"brand":       "品牌:  4",
	} {
		name, _, _ := strings.Cut(key, ".")
		field, _ := kind.Field(name)
		n := divide(pages, field, key)
		var parts []string
		for _, p := range n.parts {
			parts = append(parts, fmt.Sprintf("%s %d", p.title, len(p.pages)))
		}
		if got := n.label + ": " + strings.Join(parts, ", "); got != want {
			t.Errorf("%s: got %q, want %q", key, got, want)
		}
	}
}
