package theme

import (
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"qinglian/internal/diag"
	"qinglian/internal/pattern"
)

// position is how template errors begin.
var position = pattern.Of(`^(?:html/)?template: ?([^:\s]+):(\d+)(?::(\d+))?: ?`)

func (l *loader) templateProblem(err error) {
	message := err.Error()
	m := position().FindStringSubmatch(message)
	if m == nil {
		l.problem("themes/"+l.name, 0, 0, said(message))
		return
	}
	line, _ := strconv.Atoi(m[2])
	name := m[1]
	if _, ok := l.files[name]; !ok {
		name = "partials/" + name + ".html"
	}
	shown := l.files[name].shown
	if shown == "" {
		shown = m[1]
	}
	what := said(strings.TrimPrefix(message, m[0]))
	if f := (flaw{}); errors.As(err, &f) {
		what = f.what
	}
	l.problem(shown, line, l.column(shown, line, m[3]), what)
}

// column turns the template package's column, in bytes from 0, into one in
// characters from 1. Errors of its parser have none: 0.
func (l *loader) column(shown string, line int, bytes string) int {
	n, err := strconv.Atoi(bytes)
	if err != nil {
		return 0
	}
	text := l.line(shown, line)
	return utf8.RuneCountInString(text[:min(n, len(text))]) + 1
}

// problem reports what is wrong at a place of a file; a line of 0 is all of it.
func (l *loader) problem(name string, line, column int, what diag.Text) {
	source := l.line(name, line)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.problems = append(l.problems, diag.Diagnostic{
		Rule: "theme", Severity: diag.Error, File: name, Line: line, Column: column,
		Message: diag.Say("主题有误：%s", "the theme has an error: %s", what),
		Hint: diag.Say("改这一行；怎样写见 qinglian theme export 写出的 themes.md 和 view.md",
			"mend this line; qinglian theme export writes how, in themes.md and view.md"),
		Source: source})
}

func noAsset(name string) diag.Text {
	return diag.Say("主题里没有 assets/%s", "the theme has no assets/%s", name)
}

func missing(file string) diag.Text { return diag.Say("缺少 %s", "there is no %s", file) }

// unreadable is what a decoder says, in English only.
func unreadable(said string) diag.Text { return diag.Say("读不懂：%s", "%s", said) }

func (l *loader) line(shown string, line int) string {
	for _, f := range l.files {
		if lines := strings.Split(f.text, "\n"); f.shown == shown && 0 < line && line <= len(lines) {
			return lines[line-1]
		}
	}
	return ""
}
