package config

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"qinglian/internal/diag"
)

// typeNames are the types as the manual calls them.
var typeNames = map[Type]diag.Text{
	TypeText: diag.Say("文字", "a text"), TypeLong: diag.Say("长文字", "a text of several lines"), TypeDate: diag.Say("日期",
		"a date"),
	TypeNumber: diag.Say("数字", "a number"), TypeSwitch: diag.Say("是或否", "true or false"), TypeChoice: diag.Say("选项",
		"one of the choices"),
	TypeList: diag.Say("列表", "a list of texts"), TypeURL: diag.Say("网址", "an address"), TypeTelephone: diag.Say("电话",
		"a telephone number"),
	TypeImage: diag.Say("图片", "pictures beside the article"), TypeFile: diag.Say("文件",
		"other files beside the article"),
	TypeReference: diag.Say("其他文章", "other articles, by their paths"), TypeTable: diag.Say("表格", "rows of columns"),
	TypeReason: diag.Say("是，或一句话", "true, or a text that says why"),
	TypeExtra:  diag.Say("名字自己起的几项文字", "texts and lists under names of one's own"),
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
	b.WriteString(ownKinds + Example() + "```\n")
	return b.String()
}

// ownKinds begins the part about the kinds that a site adds.
const ownKinds = "\n## 自己的文章类型\n\n" +
	"抄进 `config.toml` 再改。`qinglian kinds --example` 打印的就是它；" +
	"后面写类型的名字，如 `qinglian kinds --example notice`，打印那一种：\n\n" +
	"*Copy it into `config.toml` and change it. `qinglian kinds --example` prints it; " +
	"with the name of a kind, that kind.*\n\n```toml\n"

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
		parts := []string{typeNames[f.Type].ZH}
		if len(f.Choices) > 0 {
			parts[0] += "：" + strings.Join(f.Choices, "、")
		}
		if len(f.Columns) > 0 {
			var columns []string
			for _, c := range f.Columns {
				columns = append(columns, fmt.Sprintf("%s `%s`（%s）", c.Label, c.Key, typeNames[c.Type].ZH))
			}
			parts[0] += "：" + strings.Join(columns, "、")
		}
		if f.Help != "" {
			parts = append(parts, f.Help)
		}
		fmt.Fprintf(b, "| %s | %s | %s |\n", label, key, strings.Join(parts, "；"))
	}
}
