package markdown

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// hard are inputs that take the parser time that grows with their square, each
// made of n pieces. They are known from the tests of other parsers.
var hard = map[string]func(n int) string{
	"quotations":         func(n int) string { return strings.Repeat("> ", n) + "a" },
	"quotations, tight":  func(n int) string { return strings.Repeat(">", n) + "a" },
	"lists":              func(n int) string { return strings.Repeat("* ", n) + "a" },
	"lists by steps":     func(n int) string { return lines(n, func(i int) string { return strings.Repeat("  ", i) + "* a" }) },
	"brackets":           func(n int) string { return strings.Repeat("[", n) },
	"brackets, closed":   func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) },
	"links in links":     func(n int) string { return strings.Repeat("[a](", n) },
	"pictures in links":  func(n int) string { return strings.Repeat("![[]()", n) },
	"brackets on lines":  func(n int) string { return strings.Repeat("[a\n", n) },
	"emphasis":           func(n int) string { return strings.Repeat("*a **a ", n) },
	"emphasis, unclosed": func(n int) string { return strings.Repeat("a**b", n) + strings.Repeat("c* ", n) },
	"mixed marks":        func(n int) string { return strings.Repeat("*a_ ", n) },
	"Chinese marks":      func(n int) string { return strings.Repeat("**甲乙。", n) },
	"highlights":         func(n int) string { return strings.Repeat("==甲。乙", n) },
	"foreign marks":      func(n int) string { return strings.Repeat("$x !!! a {% c $$ %% ", n) },
	"strikes":            func(n int) string { return strings.Repeat("~~a ", n) },
	"backticks":          func(n int) string { return lines(n, func(i int) string { return "e" + strings.Repeat("`", i) }) },
	"comments":           func(n int) string { return "a " + strings.Repeat("<!--a ", n) },
	"instructions":       func(n int) string { return "a " + strings.Repeat("<? ", n) },
	"tags":               func(n int) string { return "a " + strings.Repeat("<a ", n) },
	"elements":           func(n int) string { return "<div>" + strings.Repeat("<b>", n) + strings.Repeat("</i>", n) },
	"attributes": func(n int) string {
		return "<b " + strings.Join(strings.Fields(lines(n, func(i int) string { return fmt.Sprint(" a", i, "=b") })), " ") + ">"
	},
	"many tags":  func(n int) string { return "<div>\n" + strings.Repeat("<br>", 40*n) },
	"many links": func(n int) string { return strings.Repeat("[a](b)\n\n", 20*n) },
	"columns":    func(n int) string { return strings.Repeat("|a", n) + "\n" + strings.Repeat("|-", n) },
	"cells": func(n int) string {
		return strings.Repeat("|a", 90) + "\n" + strings.Repeat("|-", 90) + "\n" + strings.Repeat("a\n", n)
	},
	"directives":          func(n int) string { return strings.Repeat(":::callout\n", n) },
	"marks in a heading":  func(n int) string { return "# " + strings.Repeat("[", n) },
	"definitions":         func(n int) string { return strings.Repeat("[a]: b\n", n) },
	"notes":               func(n int) string { return strings.Repeat("a[^a]\n\n", n) + "[^a]: b" },
	"lines":               func(n int) string { return strings.Repeat("a\n", 50*n) },
	"bytes":               func(n int) string { return strings.Repeat("甲", 500*n) },
	"parentheses":         func(n int) string { return "[a](" + strings.Repeat("(", n) },
	"backslashes":         func(n int) string { return strings.Repeat(`\`, n) },
	"braces":              func(n int) string { return "# a " + strings.Repeat("{#a ", n) + "}" },
	"ideographic spaces":  func(n int) string { return strings.Repeat("　", n) },
	"one run of marks":    func(n int) string { return strings.Repeat("*", n) + "甲" + strings.Repeat("_", n) },
	"full-width brackets": func(n int) string { return strings.Repeat("［", n) + strings.Repeat("］", n) },
	"addresses":           func(n int) string { return strings.Repeat("见http://a.cn/x的-", n) },
	"mail":                func(n int) string { return "甲" + strings.Repeat("a@a.", n) },
	"ends of links":       func(n int) string { return "甲" + strings.Repeat("](a", n) },
	"full-width links":    func(n int) string { return strings.Repeat("【甲】(", n) },
	"full-width sources":  func(n int) string { return strings.Repeat("[甲]：https://a.cn\n\n", n) },
	"numbers":             func(n int) string { return strings.Repeat("一、甲。乙\n二、丙\n", n) },
	"the same heading":    func(n int) string { return strings.Repeat("# a\n", n) },
	"links to a heading":  func(n int) string { return strings.Repeat("# a\n[b](#a-9)\n[b](#A_a)\n\n", n) },
	"rows":                func(n int) string { return strings.Repeat("|甲|乙|\n\n|1|\n", n) },
	"tabs":                func(n int) string { return strings.Repeat("，\t甲\n", n) },
	"bullets":             func(n int) string { return strings.Repeat("●甲\n●乙\n丙\n", n) },
	"sentences on lines":  func(n int) string { return strings.Repeat("甲。\n", n) },
	"full-width bold":     func(n int) string { return strings.Repeat("＊＊甲乙＊＊", n) },
	"a line across":       func(n int) string { return strings.Repeat("- ", n) },
}

func lines(n int, line func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(line(i))
		b.WriteByte('\n')
	}
	return b.String()
}

// TestLimits: what is hard is either refused, with a message, or easy for us.
func TestLimits(t *testing.T) {
	easy := strings.Split("foreign marks, parentheses, backslashes, braces, ideographic spaces, one run of marks, full-width brackets, addresses, mail, ends of links, full-width links, full-width sources, numbers, the same heading, links to a heading, rows, tabs, bullets, sentences on lines, full-width bold, a line across", ", ")
	d := New()
	for name, input := range hard {
		refused := false
		for _, p := range d.Compile("a.md", []byte(input(3000)), 0, Options{}).Problems {
			refused = refused || p.Rule == "too-complex"
		}
		if refused == slices.Contains(easy, name) {
			t.Errorf("%s: refused is %v", name, refused)
		}
		for _, p := range d.Compile("a.md", []byte(input(40)), 0, Options{}).Problems {
			if p.Rule == "too-complex" {
				t.Errorf("%s: 40 are refused", name)
			}
		}
	}
}

// TestLimitsPlace: the message names the paragraph.
func TestLimitsPlace(t *testing.T) {
	c := New().Compile("a.md", []byte("甲\n\n乙\n\n"+strings.Repeat("[", 2000)+"\n\n丙"), 0, Options{})
	if got := fmt.Sprint(len(c.Problems), c.Problems[0].Line, c.HTML); got != "1 5<p>甲</p><p>乙</p><p>丙</p>" {
		t.Error(got)
	}
}
