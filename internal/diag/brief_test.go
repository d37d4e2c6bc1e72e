package diag

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestBriefShared: what stands in many places in the same words is one entry, with its
// count and where else; of an error a few places are shown each.
func TestBriefShared(t *testing.T) {
	found := func(severity Severity, file string, line int, message string) Diagnostic {
		return Diagnostic{Rule: "r", Severity: severity, File: file, Line: line, Column: 1, Message: Say(message, message)}
	}
	many := func(severity Severity, files, lines int) (l List) {
		for f := range files {
			for n := range lines {
				l = append(l, found(severity, fmt.Sprintf("%c.md", 'a'+f), n+1, "字 x"))
			}
		}
		return l
	}
	for _, c := range []struct {
		name string
		list List
		want string
	}{
		{"three errors", many(Error, 3, 1), "a.md:1:1 字 x [r]\nb.md:1:1 字 x [r]\nc.md:1:1 字 x [r]\n"},
		{"four errors", many(Error, 4, 1), "a.md:1:1 字 x [r]\n    同样的还有 3 处，一共在 4 个文件里：b.md:1:1、c.md:1:1……\n"},
		{"two warnings", many(Warning, 2, 1), "a.md:1:1 字 x [r]\n    同样的还有 1 处，一共在 2 个文件里：b.md:1:1\n"},
		{"one file", many(Warning, 1, 3), "a.md:1:1 字 x [r]\n    这个文件里同样的还有 2 处：第 2、3 行\n"},
		{"many lines", many(Warning, 1, 12), "a.md:1:1 字 x [r]\n    这个文件里同样的还有 11 处：第 2、3、4、5、6、7、8、9、10…… 行\n"},
		{"whole files", List{found(Warning, "a", 0, "x"), found(Warning, "b", 0, "x")},
			"a x [r]\n    同样的还有 1 处，一共在 2 个文件里：b\n"},
		{"other words", List{found(Warning, "a", 1, "x"), found(Warning, "b", 1, "y")}, "a:1:1 x [r]\nb:1:1 y [r]\n"},
		{"another severity", List{found(Warning, "a", 1, "x"), found(Error, "b", 1, "x")}, "a:1:1 x [r]\nb:1:1 x [r]\n"},
	} {
		var b strings.Builder
		for _, e := range c.list.Brief(100).Entries {
			if err := e.Write(&b, ZH); err != nil {
				t.Fatal(err)
			}
		}
		if got := strings.NewReplacer("错误 ", "", "警告 ", "").Replace(b.String()); got != c.want {
			t.Errorf("%s: got\n%swant\n%s", c.name, got, c.want)
		}
	}
}

// TestBriefTurns: a screen has something of each rule, errors before all else, in the
// order of the list; what is left is counted by rule.
func TestBriefTurns(t *testing.T) {
	var l List
	add := func(severity Severity, rule string, n int) {
		for i := range n {
			message := fmt.Sprint(rule, i)
			l = append(l, Diagnostic{Rule: rule, Severity: severity, File: fmt.Sprint("f", len(l)), Message: Text{message, message}})
		}
	}
	add(Warning, "w", 5)
	add(Error, "many", 100)
	add(Error, "few", 2)
	for _, c := range []struct {
		most int
		want string
	}{
		{1, "many0; many 99, w 5, few 2"},
		{2, "many0 few0; many 99, w 5, few 1"},
		{6, "many0 many1 many2 many3 few0 few1; many 96, w 5"},
		{104, "w0 w1 many0"},
		{107, "w0 w1 w2 w3 w4 many0"},
	} {
		b := l.Brief(c.most)
		var shown, left []string
		for _, e := range b.Entries {
			shown = append(shown, e.Message.EN)
		}
		for _, r := range b.Left {
			left = append(left, fmt.Sprint(r.Rule, " ", r.Count))
		}
		got := strings.Join(shown, " ") + "; " + strings.Join(left, ", ")
		if len(shown) != c.most || !strings.HasPrefix(got, c.want) {
			t.Errorf("%d: got %d: %s, want %s", c.most, len(shown), got, c.want)
		}
	}
	l = nil
	for i := range 9 { // seven in one file, then two in others
		l = append(l, Diagnostic{Rule: "r", File: fmt.Sprint("f", max(0, i-6)), Line: i, Message: Say(fmt.Sprint("字", i), fmt.Sprint("word ", i))})
	}
	var lines []int
	for _, e := range l.Brief(4).Entries {
		lines = append(lines, e.Line)
	}
	if want := []int{0, 1, 7, 8}; !slices.Equal(lines, want) {
		t.Errorf("of three files the lines %v, want %v", lines, want)
	}
	if b := (List{}).Brief(30); len(b.Entries)+len(b.Left) > 0 {
		t.Errorf("of nothing: %v", b)
	}
}
