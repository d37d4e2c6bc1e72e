package rules

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"qinglian/internal/diag"
)

// nothingToType are the rules whose cure is not typed: a file is saved, copied
// or moved, the machine is put right, or another site decides.
var nothingToType = []string{"broken-picture", "cleaned-svg", "cmyk-picture", "control-character", "control-in-name",
	"file-author", "foreign-file", "foreign-site", "hidden-content", "huge-picture", "index-name", "line-ends", "linked-folder", "lost-journal", "machine",
	"many-deletions", "misnamed-picture", "no-template", "not-utf8", "outside-dead-link", "outside-link", "outside-moved-link", "outside-unreached-link", "private-picture",
	"stale-output", "unreadable", "unrecorded", "unsafe-svg", "wechat-contract", "wechat-cover", "wechat-limit",
	"wechat-picture", "wechat-style", "taken-back", "two-deliveries"}

var (
	han   = regexp.MustCompile(`\p{Han}`)
	latin = regexp.MustCompile(`[a-z]{2}`)
	code  = regexp.MustCompile("`[^`]+`")
)

// TestPages: each page is complete, in both languages.
func TestPages(t *testing.T) {
	for _, p := range All() {
		for _, s := range []struct {
			what, zh, en string
		}{{"title", p.Title.ZH, p.Title.EN}, {"text", p.Text.ZH, p.Text.EN}} {
			if !han.MatchString(s.zh) {
				t.Errorf("%s: no Chinese %s", p.Name, s.what)
			}
			if !latin.MatchString(s.en) {
				t.Errorf("%s: no English %s", p.Name, s.what)
			}
			if strings.Count(s.zh, "\n\n") != strings.Count(s.en, "\n\n") {
				t.Errorf("%s: the %s has not the same paragraphs in both languages", p.Name, s.what)
			}
			if bare := code.ReplaceAllString(s.zh+s.en, ""); strings.ContainsAny(bare, "*_`<\\") {
				t.Errorf("%s: the %s has a mark outside of backticks: %s", p.Name, s.what, bare)
			}
		}
		if strings.HasSuffix(p.Title.ZH, "。") || strings.HasSuffix(p.Title.EN, ".") {
			t.Errorf("%s: the title ends like a sentence", p.Name)
		}
		if !strings.HasSuffix(p.Text.ZH, "。") || !strings.HasSuffix(p.Text.EN, ".") {
			t.Errorf("%s: the text has no end", p.Name)
		}
		typed := !slices.Contains(nothingToType, p.Name)
		if typed != (len(p.Before) > 0) || typed != (len(p.After) > 0) {
			t.Errorf("%s: an example is missing, or there is nothing to type", p.Name)
		}
		for _, e := range slices.Concat(p.Before, p.After) {
			if strings.TrimSpace(e.Text) == "" || strings.HasSuffix(e.Text, "\n\n") {
				t.Errorf("%s: an example is empty or ends with an empty line", p.Name)
			}
		}
	}
}

const page = `error warning prose
-- zh --
题目

说明。
-- en --
Title

Text.
-- before --
甲

乙
-- before config.toml --
title = "丙"
-- after --
丁
`

func TestShow(t *testing.T) {
	p, err := parse("a-rule", page)
	if err != nil {
		t.Fatal(err)
	}
	for lang, want := range map[diag.Lang]string{
		diag.ZH: "a-rule  错误或警告  题目\n\n说明。\n\n改前\n    甲\n\n    乙\n改前，文件 config.toml\n    title = \"丙\"\n改后\n    丁\n",
		diag.EN: "a-rule  error or warning  Title\n\nText.\n\nBefore\n    甲\n\n    乙\nBefore, in config.toml\n    title = \"丙\"\nAfter\n    丁\n",
	} {
		if got := p.Show(lang); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	}
}

// TestParse: a slip in a page is reported, not left out.
func TestParse(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"error warning prose", "error warnings prose", `a-rule: the first line can't say "warnings"`},
		{"error warning prose", "error prose files", `a-rule: the first line can't say "files"`},
		{"error warning prose", "prose",
			"a-rule: the first line must say how severe the rule is and where it is mended"},
		{"error warning prose", "error",
			"a-rule: the first line must say how severe the rule is and where it is mended"},
		{"-- zh --", "-- cn --", `a-rule: there is no part "cn"`},
		{"-- zh --", "lost\n-- zh --", `a-rule: there is no part ""`},
	} {
		_, err := parse("a-rule", strings.Replace(page, c.from, c.to, 1))
		if err == nil || err.Error() != c.want {
			t.Errorf("%s: got %v, want %s", c.to, err, c.want)
		}
	}
}

func TestFind(t *testing.T) {
	if p, ok := Find("dead-link"); !ok || p.Name != "dead-link" {
		t.Errorf("got %v, %v", p, ok)
	}
	if _, ok := Find("dead"); ok {
		t.Error("a part of a name is none")
	}
}

// TestFence: an example may hold a fence itself.
func TestFence(t *testing.T) {
	for text, want := range map[string]string{"a": "```", "```\na\n```": "````", "`````": "``````"} {
		if got := fence(text); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

// TestChapter: every page is in the manual's chapter, once.
func TestChapter(t *testing.T) {
	chapter := Chapter()
	for _, p := range All() {
		if n := strings.Count(chapter, "\n### "+p.Name+"\n"); n != 1 {
			t.Errorf("%s is there %d times", p.Name, n)
		}
	}
}
