package content

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"qinglian/internal/diag"
)

// meant is what a place of a text marks, with its line and column; the file alone is
// "file".
func meant(text string, d diag.Diagnostic) string {
	if d.Line == 0 {
		return "file"
	}
	line := []rune(strings.Split(text, "\n")[d.Line-1])
	end := d.Column
	if d.EndLine > 0 {
		end = d.EndColumn
	}
	return fmt.Sprintf("%d:%d %s", d.Line, d.Column, string(line[d.Column-1:end-1]))
}

// TestWhere: a Doc knows where each value was typed, also one that was mended, and
// still when it was kept.
func TestWhere(t *testing.T) {
	for _, c := range []struct{ text, key, want string }{
		{"---\n标题: 甲 乙  # 题\n日期: 2024-05-01\n来源: 丙\n---\n", "title", "2:5 甲 乙"},
		{"---\n标题: \"甲 # 乙\" # 题\n来源: 丙\n---\n", "title", `2:5 "甲 # 乙"`},
		{"---\n标题： “甲”\n来源: 丙\n---\n", "title", "2:5 “甲”"},
		{"---\ntitle:甲\n来源: 丙\n---\n", "title", "2:7 甲"},
		{"---\n\"标题\": 甲\n---\n", "title", "2:7 甲"},
		{"---\n标题: |\n  甲\n  乙\n---\n", "title", "2:5 |"},
		{"---\n摘要:\n标题: 甲\n---\n", "summary", "2:4 "},
		{"---\n标题: 甲\n---\n", "summary", "file"},
		{"---\n标题: 甲\n---\n", "nothing", "file"},
		{"---\n标签:\n  - 甲\n---\n", "tags", "2:4 "},
		{"+++\ntitle = \"甲\" # 题\n+++\n", "title", `2:9 "甲"`},
		{"+++\ntitle = \"甲\\u0041\"\n\"摘要\" = '乙 # 丙' # 题\n+++\n", "summary", "3:8 '乙 # 丙'"},
		{"+++\n标题 ＝ “甲”\n+++\n", "title", "2:6 “甲”"},
		{"+++\ntitle = \"\"\"甲\n乙\"\"\"\n+++\n", "title", `2:9 """甲`},
		{"没有\n", "title", "file"},
	} {
		d := defaults(t).Compile("content/examples/a.md", []byte(c.text))
		where := d.Where(c.key)
		if got := meant(c.text, where); got != c.want || where.File != d.Path {
			t.Errorf("%q: %s is at %s, want %s", c.text, c.key, got, c.want)
		}
		if kept, _ := again(d); kept.Where(c.key) != where {
			t.Errorf("%q: kept at %+v, was %+v", c.text, kept.Where(c.key), where)
		}
	}
}

// TestCompileWithFacts: the Doc is that of Compile, and facts have their places in the
// file, behind its front matter and as the text was typed.
func TestCompileWithFacts(t *testing.T) {
	text := []byte("---\n标题： 甲\n---\n## 一\n\n●见[乙](b.md)\n●丙\n")
	doc, facts := defaults(t).CompileWithFacts("content/examples/a.md", text)
	if plain := defaults(t).Compile("content/examples/a.md", text); !reflect.DeepEqual(plain, doc) {
		t.Errorf("got %+v, without facts %+v", doc, plain)
	}
	var runs []string
	lines := diag.NewLines("content/examples/a.md", text)
	for _, r := range facts.Runs {
		d := lines.Over(int(r.From), int(r.To), diag.Diagnostic{})
		runs = append(runs, meant(string(text), d))
		if string(text[r.From:r.To]) != r.Text {
			t.Errorf("%q stands at %q", r.Text, text[r.From:r.To])
		}
	}
	if got, want := strings.Join(runs, ", "), "4:4 一, 6:2 见, 6:4 乙, 7:2 丙"; got != want {
		t.Errorf("runs at %s, want %s", got, want)
	}
	if len(facts.Links) != 1 || len(facts.Headings) != 1 || doc.Refs[facts.Links[0].Ref].Dest != "b.md" {
		t.Errorf("links %+v, headings %+v", facts.Links, facts.Headings)
	}
}

// TestFacts: the values of front matter with all their lines, and what the article
// excuses itself from, with a reason or without.
func TestFacts(t *testing.T) {
	for _, c := range []struct{ text, fields, excuses string }{
		{"---\n标题: 甲\n标签:\n  - 乙\n  - 丙\n自拟: 丁 \n---\n", "title 甲, tags - 乙\n  - 丙, 自拟 丁", ""},
		{"---\n检查例外: {id-number: 示例, missing-alt: \"\"}\n---\n", "allow {id-number: 示例, missing-alt: \"\"}",
			"2:8 id-number 示例, 2:23 missing-alt "},
		{"+++\n[allow]\nid-number = \"示例\"\n+++\n", " [allow]\nid-number = \"示例\"", "2:1 id-number 示例"},
		{"---\n检查例外: 无\n---\n", "allow 无", ""},
	} {
		_, facts := defaults(t).CompileWithFacts("content/examples/a.md", []byte(c.text))
		var fields, excuses []string
		for _, f := range facts.Fields {
			fields = append(fields, f.Key+" "+c.text[f.From:f.To])
		}
		for _, e := range facts.Excuses {
			excuses = append(excuses, fmt.Sprintf("%d:%d %s %s", e.Where.Line, e.Where.Column, e.Rule, e.Reason))
		}
		if got := strings.Join(fields, ", "); got != c.fields {
			t.Errorf("%q: fields %q", c.text, got)
		}
		if got := strings.Join(excuses, ", "); got != c.excuses {
			t.Errorf("%q: excuses %q", c.text, got)
		}
	}
}

// TestWhereRefs: a path in front matter is marked itself, each of several.
func TestWhereRefs(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"---\n标题: 甲\n封面: a.jpg\n---\n", "3:5 a.jpg"},
		{"---\n标题: 甲\n封面: { src: \"a.jpg\", focus: [0.5, 0.3] }\n---\n", "3:13 a.jpg"},
		{"+++\ncover = \"a.jpg\"\n+++\n", "2:10 a.jpg"},
		{"---\n封面: \"\\u0061.jpg\"\n标题: a.jpg\n---\n", "2:1 "}, // not as it was typed: its field
		{"---\n附件: [a.pdf, b.pdf]\n标题: b.pdf\n---\n", "2:6 a.pdf, 2:13 b.pdf"},
		{"---\n附件:\n  - a.pdf\n  - b.pdf\n标题: 甲\n---\n", "3:5 a.pdf, 4:5 b.pdf"},
	} {
		d := defaults(t).Compile("content/notices/a.md", []byte(c.text))
		var got []string
		for _, ref := range d.Refs {
			got = append(got, meant(c.text, ref.Where))
		}
		if s := strings.Join(got, ", "); s != c.want {
			t.Errorf("%q: %s, want %s; %v", c.text, s, c.want, d.Problems)
		}
	}
}

// TestWhereAddress: what gives an article its address is its slug, or what it was
// called before.
func TestWhereAddress(t *testing.T) {
	text := "---\n标题: 甲\n旧网址: [old.html]\nslug: jia\n---\n"
	d := defaults(t).Compile("content/notices/a.md", []byte(text))
	if len(d.Card.Aliases) != 1 {
		t.Fatal(d.Problems)
	}
	for address, want := range map[string]string{d.Card.Aliases[0]: "3:6 [old.html]", "notices/jia.html": "4:7 jia"} {
		if got := meant(text, d.WhereAddress(address)); got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
}

// TestProblemEnds: what is wrong with a field is marked with its value, a wrong name
// alone.
func TestProblemEnds(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"---\n日期: 昨天 # 何时\n---\n", "2:5 昨天"},
		{"+++\ndate = \"昨天\"\n+++\n", "2:8 \"昨天\""},
		{"---\n题目名: 甲\n---\n", "2:1 题目名"},
		{"+++\n\"题目名\" = \"甲\"\n+++\n", "2:1 \"题目名\""},
		{"---\nslug: 甲\n---\n", "2:1 slug: 甲"},
		{"---\n版式: ../a\n---\n", "2:1 版式: ../a"},
	} {
		var got []string
		for _, p := range defaults(t).Compile("content/examples/a.md", []byte(c.text)).Problems {
			if p.Rule != "missing-field" {
				got = append(got, meant(c.text, p))
			}
		}
		if s := strings.Join(got, ", "); s != c.want {
			t.Errorf("%q: %s, want %s", c.text, s, c.want)
		}
	}
}
