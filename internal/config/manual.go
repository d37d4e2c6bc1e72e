package config

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// typeNames are the types as the manual calls them.
var typeNames = map[Type]string{
	TypeText: "文字", TypeLong: "长文字", TypeDate: "日期", TypeNumber: "数字", TypeSwitch: "是或否", TypeChoice: "选项", TypeList: "列表",
	TypeURL: "网址", TypeTelephone: "电话", TypeImage: "图片", TypeFile: "文件", TypeReference: "其他文章", TypeTable: "表格",
}

// KindsManual is the manual's page about the kinds of article of a site: their
// fields, as Markdown in Chinese.
func (c Config) KindsManual() string {
	var b strings.Builder
	b.WriteString("# 文章类型和项目\n\n每篇文章开头可以写的项目，用中文名或英文名都行。示例网站里各种写法都有。\n")
	names := slices.Sorted(maps.Keys(c.Kinds))
	common := c.Kinds[names[0]].asDeclared()
	b.WriteString("\n## 所有文章\n")
	writeFields(&b, common)
	for _, name := range names {
		k := c.Kinds[name]
		fmt.Fprintf(&b, "\n## %s `%s`\n", k.Label, name)
		var optional []string
		for _, f := range common {
			if f.Required && slices.Contains(k.Optional, f.Key) {
				optional = append(optional, f.Label)
			}
		}
		if len(optional) > 0 {
			fmt.Fprintf(&b, "\n可以不写：%s。\n", strings.Join(optional, "、"))
		}
		if len(k.Headings) > 0 {
			fmt.Fprintf(&b, "\n正文一般分为：%s。\n", strings.Join(k.Headings, "、"))
		}
		if k.Clauses {
			b.WriteString("\n正文里每个“第…条”都是可以链接的位置：`#第三条` 或 `#t3`。\n")
		}
		if k.Official {
			b.WriteString("\n开头的称谓（各乡镇人民政府：）和文末的落款（单位、日期）自动排好。\n")
		}
		writeFields(&b, k.Own())
	}
	return b.String()
}

// asDeclared is the common fields as they are before a kind makes some optional.
func (k Kind) asDeclared() []Field {
	fields := slices.Clone(k.Common())
	for i := range fields {
		fields[i].Required = fields[i].Required || slices.Contains(k.Optional, fields[i].Key)
	}
	return fields
}

func writeFields(b *strings.Builder, fields []Field) {
	if len(fields) == 0 {
		return
	}
	b.WriteString("\n| 项目 | 英文名 | 写什么 |\n|---|---|---|\n")
	for _, f := range fields {
		label := f.Label
		if f.Required {
			label += "（必填）"
		}
		key := "`" + strings.Join(append([]string{f.Key}, f.Also...), "` `") + "`"
		parts := []string{typeNames[f.Type]}
		if len(f.Choices) > 0 {
			parts[0] += "：" + strings.Join(f.Choices, "、")
		}
		if len(f.Columns) > 0 {
			var columns []string
			for _, c := range f.Columns {
				columns = append(columns, fmt.Sprintf("%s `%s`（%s）", c.Label, c.Key, typeNames[c.Type]))
			}
			parts[0] += "：" + strings.Join(columns, "、")
		}
		if f.Help != "" {
			parts = append(parts, f.Help)
		}
		fmt.Fprintf(b, "| %s | %s | %s |\n", label, key, strings.Join(parts, "；"))
	}
}
