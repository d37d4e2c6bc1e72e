package main

import (
	"bytes"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"qinglian/internal/diag"
)

var (
	chinese = regexp.MustCompile(`\p{Han}`)
	english = regexp.MustCompile(`[a-z]{2,} [a-z]{2,}|\b(default|flags?|usage|string|int|true|false|help for|command|DIR|FILE|NAME|KIND|TITLE|ADDRESS)\b`)
)

// typed is what is typed in any language: commands, flags, names of files, and times.
func typed(root *cobra.Command) *regexp.Regexp {
	patterns := []string{`--?[a-z-]+`, `[^\s（）]*[./_][^\s（）]*`, `[0-9:-]+`}
	for _, c := range everyCommand(root) {
		patterns = append(patterns, `\b`+c.CommandPath()+`\b`)
		if c.HasParent() {
			patterns = append(patterns, `(?m)^  `+c.Name()+`\b`)
		}
	}
	slices.Reverse(patterns) // the longer ones of commands first
	return regexp.MustCompile(strings.Join(patterns, "|"))
}

func everyCommand(c *cobra.Command) []*cobra.Command {
	all := []*cobra.Command{c}
	for _, sub := range c.Commands() {
		all = append(all, everyCommand(sub)...)
	}
	return all
}

// TestHelp: the help of every command is in one language, whichever way it is asked for.
func TestHelp(t *testing.T) {
	root := (&program{stdout: io.Discard, stderr: io.Discard}).root()
	commands := everyCommand(root)
	if len(commands) < 15 {
		t.Errorf("there are %d commands", len(commands))
	}
	for _, c := range commands {
		path := strings.Fields(c.CommandPath())[1:]
		zh, again := answer(t, exitDone, append(path, "--help", "--lang", "zh")), answer(t, exitDone, append(append([]string{"help"}, path...), "--lang", "zh"))
		if zh != again {
			t.Errorf("help %s differs from %s --help: %s", path, path, again)
		}
		if rest := typed(root).ReplaceAllString(zh, "…"); english.MatchString(rest) {
			t.Errorf("%s: English %q in\n%s", path, english.FindString(rest), zh)
		}
		if !strings.Contains(zh, "用法：") || !strings.Contains(zh, "退出状态：") {
			t.Errorf("%s: no usage in\n%s", path, zh)
		}
		en := answer(t, exitDone, append(path, "--help", "--lang", "en"))
		if chinese.MatchString(en) || !strings.Contains(en, "Usage:") {
			t.Errorf("%s: Chinese in\n%s", path, en)
		}
	}
}

// TestWrongUsage: so is what is said about a command line that is wrong, for every
// command and every kind of flag.
func TestWrongUsage(t *testing.T) {
	root := (&program{stdout: io.Discard, stderr: io.Discard}).root()
	var lines [][]string
	for _, c := range everyCommand(root) {
		path := strings.Fields(c.CommandPath())[1:]
		for _, wrong := range []string{"--none", "-x", "---x", "--=x", "--lang=fr", "--help=maybe"} {
			lines = append(lines, append(slices.Clone(path), wrong))
		}
		c.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if f.Value.Type() == "string" || f.Value.Type() == "int" {
				lines = append(lines, append(slices.Clone(path), "--"+f.Name))
			}
			if f.Value.Type() != "string" {
				lines = append(lines, append(slices.Clone(path), "--"+f.Name+"=maybe"))
			}
		})
		if c.Name() != "fix" && c.Name() != "help" { // they take any number of names
			lines = append(lines, append(slices.Clone(path), "一", "二", "三"))
		}
	}
	lines = append(lines, []string{"help", "none"}, []string{"help", "theme", "none"}, []string{"completion"}, []string{"completion", "bash"})
	for _, line := range lines {
		zh := answer(t, exitUsage, append([]string{"--lang=zh"}, line...))
		if rest := typed(root).ReplaceAllString(zh, "…"); !chinese.MatchString(zh) || english.MatchString(rest) {
			t.Errorf("%s: English %q in %s", line, english.FindString(rest), zh)
		}
		en := answer(t, exitUsage, append([]string{"--lang=en"}, line...))
		if strings.ContainsAny(en, "，。：；“”") {
			t.Errorf("%s: Chinese in %s", line, en)
		}
	}
}

// TestPlaceholders: every word that stands for another in a command's line has a
// Chinese one.
func TestPlaceholders(t *testing.T) {
	for _, c := range everyCommand((&program{lang: diag.EN}).root()) {
		for _, word := range placeholder().FindAllString(c.Use, -1) {
			if placeholders[word].ZH == "" && word != "RULE" && word != "COMMAND" {
				t.Errorf("%s: %s has no Chinese", c.Use, word)
			}
		}
	}
}

// answer is what the program says, and that it ends with a status.
func answer(t *testing.T, status int, args []string) string {
	t.Helper()
	var out bytes.Buffer
	if got := run(args, &out, &out); got != status {
		t.Errorf("%s ended with %d, want %d: %s", args, got, status, out.String())
	}
	return out.String()
}
