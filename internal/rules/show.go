package rules

import (
	"fmt"
	"strings"

	"qinglian/internal/diag"
)

// Show is the page for people, in one language:
//
//	dead-link  错误  链接指向的文章或文件不存在
//
//	说明……
//
//	改前
//	    见[另一篇](dat.md)。
//	改后
//	    见[另一篇](date.md)。
func (p Page) Show(lang diag.Lang) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s  %s  %s\n\n%s\n", p.Name, p.severities().In(lang), p.Title.In(lang), p.Text.In(lang))
	if p.Check {
		fmt.Fprintf(&b, "\n%s\n", p.rests().In(lang))
	}
	if len(p.Before) > 0 {
		b.WriteByte('\n')
	}
	for _, s := range p.sides() {
		for _, e := range s.examples {
			head := s.head
			if e.File != "" {
				head = diag.Say("%s，文件 %s", "%s, in %s", s.head, e.File)
			}
			fmt.Fprintln(&b, head.In(lang))
			for line := range strings.Lines(e.Text) {
				fmt.Fprintln(&b, strings.TrimRight("    "+line, " \n"))
			}
		}
	}
	return b.String()
}

// side is one half of a page's example.
type side struct {
	head     diag.Text
	examples []Example
}

func (p Page) sides() []side {
	return []side{{diag.Say("改前", "Before"), p.Before}, {diag.Say("改后", "After"), p.After}}
}

// severities are those that the rule's diagnostics can have.
func (p Page) severities() diag.Text {
	text := p.Severities[0].Text()
	for _, s := range p.Severities[1:] {
		text = diag.Say("%s或%s", "%s or %s", text, s.Text())
	}
	return text
}

// sureness is what the letters of how surely a rule is asked for stand for.
var sureness = map[string]diag.Text{
	"H":   diag.Say("两处以上文件写明", "said by two or more texts"),
	"M":   diag.Say("一处文件写明", "said by one text"),
	"L":   diag.Say("没有查到文件，只作提示", "no text was found: a hint at most"),
	"own": diag.Say("本程序的建议", "advice of this program"),
}

// rests is what a rule of the inspection rests on.
func (p Page) rests() diag.Text {
	return diag.Say("由 qinglian check 检查。依据：%s（%s）。", "Asked by qinglian check. It rests on: %s (%s).",
		p.Source, sureness[p.Sure])
}

// Summary has a line about each rule, in one language.
func Summary(lang diag.Lang) string {
	pages := All()
	widest := 0
	for _, p := range pages {
		widest = max(widest, len(p.Name))
	}
	var b strings.Builder
	for _, p := range pages {
		fmt.Fprintf(&b, "%-*s  %s  %s\n", widest, p.Name, p.severities().In(lang), p.Title.In(lang))
	}
	return b.String()
}

// Chapter is the manual's chapter of rules, as Markdown: Chinese first, English
// beside it.
func Chapter() string {
	var b strings.Builder
	b.WriteString("# 规则 Rules\n\n" +
		"生成网站时的每条消息后面，方括号里是一条规则的名字。这里逐条说明：什么意思，为什么要紧，应该怎么写。`qinglian explain 规则名` 显示其中一条。\n\n" +
		"*Every message of a build ends with the name of a rule in brackets. " +
		"This chapter says of each what it means, why it matters and what to type instead. " +
		"`qinglian explain RULE` prints one of them.*\n\n" +
		"有**错误**，什么都不发布；有**警告**，照常发布，加 `--strict` 才算错误；**提示**加 `-v` 才显示。没有生成的草稿，开头和正文里的错误只算警告。由 `qinglian check` 检查的，有错误也照常发布，除非 `config.toml` 写了 `[check]` 的 `gate = \"error\"`。\n\n" +
		"*With an error nothing is published. Warnings don't keep a site from being published, " +
		"unless you add `--strict`. " +
		"Notes are shown with `-v`. In a draft that is not built, " +
		"errors in its first lines and its text are only warnings. " +
		"What `qinglian check` asks for keeps nothing from being published, unless `config.toml` says `gate = \"error\"` in `[check]`.*\n")
	pages := All()
	for _, in := range places {
		fmt.Fprintf(&b, "\n## %s %s\n", in.title.ZH, in.title.EN)
		for _, p := range pages {
			if p.Place == in.place {
				p.chapter(&b)
			}
		}
	}
	return b.String()
}

// chapter writes the page as a section of the chapter.
func (p Page) chapter(b *strings.Builder) {
	fmt.Fprintf(b, "\n### %s\n\n**%s：%s。** %s\n\n", p.Name, p.severities().ZH, p.Title.ZH, p.Text.ZH)
	if p.Check {
		fmt.Fprintf(b, "%s\n\n", p.rests().ZH)
	}
	fmt.Fprintf(b, "*%s: %s.*\n", capital(p.severities().EN), p.Title.EN)
	for paragraph := range strings.SplitSeq(p.Text.EN, "\n\n") {
		fmt.Fprintf(b, "*%s*\n", paragraph)
	}
	if p.Check {
		fmt.Fprintf(b, "*%s*\n", p.rests().EN)
	}
	for _, s := range p.sides() {
		for _, e := range s.examples {
			fence := fence(e.Text)
			file := ""
			if e.File != "" {
				file = " `" + e.File + "`"
			}
			fmt.Fprintf(b, "\n%s *%s*%s\n\n%s\n%s%s\n", s.head.ZH, s.head.EN, file, fence, e.Text, fence)
		}
	}
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// fence is a fence of code that no line of a text ends.
func fence(text string) string {
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	return fence
}
