package config

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/BurntSushi/toml"

	"qinglian/internal/diag"
	"qinglian/internal/pattern"
)

// exampleName is the kind that example.toml declares.
const exampleName = "visit"

//go:embed example.toml
var exampleText string

// setting is a key of config.toml with what it is for.
type setting struct {
	key   string
	about diag.Text
}

// kindSettings are what may be said of a kind, in the order in which it is written.
var kindSettings = []setting{
	{"label", diag.Say("中文名", "its name in Chinese")},
	{"optional", diag.Say("标题、日期、来源里，这种文章可以不写的", "which of title, date and source it need not have")},
	{"headings", diag.Say("新文章里先列好的小标题", "headings that a new article is laid out by")},
	{"clauses", diag.Say("true：正文里每个“第…条”都是可以链接的位置", "true: every 第…条 of its texts can be linked to")},
	{"official", diag.Say("true：认出称谓和落款", "true: a salutation and a signature are recognised")},
	{"fields", diag.Say("它自己的项目，每项一行", "the fields of its own, one a line")},
}

// fieldSettings are what may be said of a field.
var fieldSettings = []setting{
	{"key", diag.Say("英文名，模板和分类里用", "its name in templates and taxonomies")},
	{"label", diag.Say("中文名，文章里写哪个都行", "its name in Chinese; articles may use either")},
	{"type", diag.Say("写什么，见下", "what is written there, see below")},
	{"also", diag.Say("还可以叫的名字", "other names for it")},
	{"required", diag.Say("true：必填", "true: it must be there")},
	{"choices", diag.Say("可选的值：选项一定要有，列表可以有", "the values to choose from: of a choice, if wanted of a list")},
	{"columns", diag.Say("表格的各列，写法和项目一样", "the columns of a table, written as fields are")},
	{"of", diag.Say("引用哪几种文章，填表时从里面选；不写就是都行",
		"of a reference, the kinds of article to choose from in the form; without it all")},
	{"acyclic", diag.Say("true：一篇指一篇，不许绕回来", "true: of a reference, following it never leads back")},
	{"terms", diag.Say("true：列表的每一样里不能有顿号、逗号", "true: of a list, an item has no 、 or ，")},
	{"new", diag.Say("later：新文章里不列出来", "later: a new article leaves it out")},
	{"help", diag.Say("写什么的提示，新文章里有", "what to write, shown in a new article")},
}

// Example is a kind of article as config.toml declares it, with a field of every type
// and all that may be said of one.
func Example() string {
	var f file
	if _, err := toml.Decode(exampleText, &f); err != nil {
		panic("config: example.toml: " + err.Error()) // part of the program: a test decodes it
	}
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("# 自己的文章类型：抄进 config.toml，改成要的。")
	line("# A kind of article of your own: copy it into config.toml and change it.")
	line("#")
	line("# [kinds.英文名 NAME]")
	writeSettings(&b, kindSettings)
	line("#\n# fields")
	writeSettings(&b, fieldSettings)
	line("#\n# type")
	for _, t := range Types {
		cell := ""
		if slices.Contains(cellTypes, t) {
			cell = "；表格的列也可以 (columns may have it, too)"
		}
		line("#   %-10s %s %s%s", t, typeNames[t].ZH, typeNames[t].EN, cell)
	}
	writeKind(&b, exampleName, f.Kinds[exampleName])
	line("\n# 再给它一个栏目：content/visits/ 里的文章都是这一种。")
	line("# And a section for it: the articles in content/visits/ are of that kind.")
	line("# [sections.visits]\n# title = %q\n# kind = %q", f.Kinds[exampleName].Label, exampleName)
	return b.String()
}

// Example is the kind as it would be declared in config.toml.
func (k Kind) Example() string {
	var b strings.Builder
	b.WriteString("# 抄进 config.toml 再改，就代替自带的；标题、日期等各种文章都有的不用写。\n" +
		"# Copied into config.toml and changed, it replaces the built-in kind; " +
		"the fields of all kinds are not repeated.\n")
	own := k
	own.Fields = k.Own()
	writeKind(&b, k.Name, own)
	return b.String()
}

func writeSettings(b *strings.Builder, settings []setting) {
	for _, s := range settings {
		fmt.Fprintf(b, "#   %-10s %s (%s)\n", s.key, s.about.ZH, s.about.EN)
	}
}

// bareName is a name that needs no quotes in TOML.
var bareName = pattern.Of(`^[A-Za-z0-9_-]+$`)

// writeKind writes a kind as TOML, each field below what its type is called.
func writeKind(b *strings.Builder, name string, k Kind) {
	if !bareName().MatchString(name) {
		name = quoted(name)
	}
	fmt.Fprintf(b, "\n[kinds.%s]\nlabel = %s\n", name, quoted(k.Label))
	for _, list := range []struct {
		key   string
		items []string
	}{{"optional", k.Optional}, {"headings", k.Headings}} {
		if len(list.items) > 0 {
			fmt.Fprintf(b, "%s = %s\n", list.key, quotedList(list.items))
		}
	}
	for _, s := range []struct {
		key string
		on  bool
	}{{"clauses", k.Clauses}, {"official", k.Official}} {
		if s.on {
			fmt.Fprintf(b, "%s = true\n", s.key)
		}
	}
	if len(k.Fields) == 0 {
		return
	}
	b.WriteString("fields = [\n")
	for _, f := range k.Fields {
		fmt.Fprintf(b, "  # %s %s\n  ", typeNames[f.Type].ZH, typeNames[f.Type].EN)
		writeField(b, f)
	}
	b.WriteString("]\n")
}

// writeField writes a field with the columns that it may have.
func writeField(b *strings.Builder, f Field) {
	fmt.Fprintf(b, "{ key = %s, label = %s, type = %s", quoted(f.Key), quoted(f.Label), quoted(string(f.Type)))
	for _, list := range []struct {
		key   string
		items []string
	}{{"also", f.Also}, {"choices", f.Choices}, {"of", f.Of}} {
		if len(list.items) > 0 {
			fmt.Fprintf(b, ", %s = %s", list.key, quotedList(list.items))
		}
	}
	for _, s := range []struct {
		key string
		on  bool
	}{{"required", f.Required}, {"acyclic", f.Acyclic}, {"terms", f.Terms}} {
		if s.on {
			fmt.Fprintf(b, ", %s = true", s.key)
		}
	}
	if f.New != "" {
		fmt.Fprintf(b, ", new = %s", quoted(string(f.New)))
	}
	if f.Help != "" {
		fmt.Fprintf(b, ", help = %s", quoted(f.Help))
	}
	if len(f.Columns) > 0 {
		b.WriteString(", columns = [\n")
		for _, column := range f.Columns {
			b.WriteString("    ")
			writeField(b, column)
		}
		b.WriteString("  ]")
	}
	b.WriteString(" },\n")
}

// quoted writes a text on one line so that TOML reads it as it is.
func quoted(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '"', r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case unicode.IsControl(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return `"` + b.String() + `"`
}

func quotedList(items []string) string {
	list := make([]string, len(items))
	for i, item := range items {
		list[i] = quoted(item)
	}
	return "[" + strings.Join(list, ", ") + "]"
}
