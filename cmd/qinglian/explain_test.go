package main

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"qinglian/internal/build"
	"qinglian/internal/config"
	"qinglian/internal/diag"
	"qinglian/internal/rules"
	"qinglian/internal/site"
	"qinglian/internal/snapshot"
	"qinglian/internal/source"
	"qinglian/themes"
)

// TestExamples builds a site around the example of each rule: before, the rule
// answers, as severely as its page says; after, nothing needs mending.
func TestExamples(t *testing.T) {
	for _, page := range rules.All() {
		if len(page.Before) == 0 {
			continue
		}
		t.Run(page.Name, func(t *testing.T) {
			t.Parallel()
			answered := false
			for _, d := range found(t, page, page.Before) {
				answered = answered || d.Rule == page.Name && slices.Contains(page.Severities, d.Severity)
			}
			if !answered {
				t.Errorf("before: the rule does not answer, but\n%v", found(t, page, page.Before))
			}
			for _, d := range found(t, page, page.After) {
				if d.Rule == page.Name || d.Severity > diag.Note {
					t.Errorf("after: %v", d)
				}
			}
		})
	}
}

// article is where a part of an example stands that names no file.
const article = "content/examples/a.md"

// around are the files that an example needs beside it, by its rule.
var around = map[string]map[string]string{
	"hidden-target":  {article: "---\n标题: 甲\n日期: 2026-05-01\n来源: 本站\n---\n见[柳河村的做法](柳河村.md)。\n"},
	"unused-file":    {"content/examples/办事指南.pdf": "%PDF"},
	"stale-home":     {"config.toml": sections + "[check]\nfresh = \"14天\"\n"},
	"stale-account":  {"config.toml": sections + "[wechat]\nfresh = \"14天\"\n"},
	"late-task":      {"config.toml": sections + "[sections.tasks]\nkind = \"task\"\n"},
	"retired-domain": {"config.toml": sections + "[check]\nretired = [\"old.example.org\"]\n"},
	"year-report":    {"config.toml": government},
	"thin-tags": {"config.toml": "description = \"乙\"" + government + "description = \"丙\"",
		article: "---\n标题: 甲\n日期: 2026-05-01\n来源: 本站\n---\n正文。\n"},
}

// beside are the files that examples refer to; each is there if it is named.
var beside = []string{"长图.png", "会场.jpg", "会场.png", "办事指南.pdf", "申请表.xlsx", "school.md"}

// besides is what such a file holds.
func besides(t *testing.T, name string) string {
	t.Helper()
	switch path.Ext(name) {
	case ".jpg":
		return photograph(t, 8, 8)
	case ".png":
		var b bytes.Buffer
		height := 8
		if path.Base(name) == "长图.png" {
			height = 1600
		}
		if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, height))); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	return whole(t, name, "", "正文。\n")
}

// sections has one for each kind that examples are of.
const sections = `
[sections.examples]
kind = "example"
[sections.model-sites]
kind = "model-site"
[sections.regulations]
kind = "regulation"
`

// government is the configuration of a government's site that lacks nothing.
const government = `
profile = "gov"
id_code = "bm00000000"
base_url = "https://www.example.gov.cn/"
[footer]
organizer = "清源县人民政府办公室"
contact = "0999-555-0100"
icp = "京ICP备12345678号-1"
police = "京公网安备11010502030143号"
[marks.organ]
paste = '<script src="https://dcs.conac.cn/js/1.js"></script>'
[marks.mistakes]
paste = '<script src="https://zfwzgl.www.gov.cn/exposure/jiucuo.js"></script>'
[check]
fresh = "不限"
[sections.examples]
kind = "example"
`

// found is what is said about a site with an example in it.
func found(t *testing.T, page rules.Page, parts []rules.Example) diag.List {
	t.Helper()
	dir := t.TempDir()
	files := map[string]string{"config.toml": sections}
	switch page.Name {
	case "no-site":
		delete(files, "config.toml")
	case "no-content":
	default:
		files["content/about.md"] = whole(t, "content/about.md", "", "正文。\n")
	}
	for name, text := range around[page.Name] {
		files[name] = text
	}
	for _, part := range parts {
		place(t, files, page, part)
	}
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s, err := source.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	now := time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	opt := snapshot.Options{Themes: themes.FS, Jobs: 1, Check: page.Check || page.Name == "bad-phrase", Selection: site.Selection{Now: now}}
	snap, _, err := snapshot.Of(s, 0, snapshot.State{}, opt)
	if err != nil {
		t.Fatal(err)
	}
	snap.Diagnostics = append(snap.Diagnostics, snap.Check.Diagnostics()...)
	if worst, _ := snap.Diagnostics.Worst(); worst < diag.Error {
		var more diag.List
		if err := build.Render(snap.Outputs, 1, func(build.Output, []byte) error { return nil }); err != nil && !errors.As(err, &more) {
			t.Fatal(err)
		}
		return append(snap.Diagnostics, more...)
	}
	return snap.Diagnostics
}

// place puts a part of an example into the files of a site.
func place(t *testing.T, files map[string]string, page rules.Page, part rules.Example) {
	t.Helper()
	name := part.File
	switch {
	case name == "" && page.Place == rules.Files && page.Name != "unused-file":
		for name := range strings.FieldsSeq(part.Text) {
			files[name] = ""
			if strings.HasSuffix(name, ".md") {
				files[name] = whole(t, name, "", "")
			}
		}
		return
	case name == "":
		name = article
	}
	for _, other := range beside {
		if strings.Contains(part.Text, other) {
			other = path.Join(path.Dir(name), other)
			files[other] = besides(t, other)
		}
	}
	switch {
	case !strings.HasSuffix(name, ".md"), strings.HasPrefix(part.Text, "---"), page.Name == "no-front-matter", page.Name == "text-before-front-matter":
		files[name] = part.Text
	case page.Place == rules.Article:
		files[name] = whole(t, name, part.Text, "正文。\n")
	default:
		files[name] = whole(t, name, "", part.Text)
	}
}

// kindIn is the kind of an article in a folder.
func kindIn(name string) string {
	for folder, kind := range map[string]string{"examples": "example", "model-sites": "model-site", "regulations": "regulation", "tasks": "task", "terms": "term"} {
		if strings.HasPrefix(name, "content/"+folder+"/") {
			return kind
		}
	}
	return "page"
}

// whole is the text of an article: these lines of front matter, and all that
// its kind must have besides.
func whole(t *testing.T, name, front, prose string) string {
	t.Helper()
	c, problems := config.Parse(nil)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	text := "---\n" + front
	for _, f := range c.Kinds[kindIn(name)].Fields {
		if !f.Required || strings.Contains("\n"+front, "\n"+f.Label+":") {
			continue
		}
		value := strings.TrimSuffix(path.Base(name), ".md")
		if f.Type == config.TypeDate {
			value = "2026-05-01"
		}
		if len(f.Choices) > 0 {
			value = f.Choices[0]
		}
		text += f.Label + ": " + value + "\n"
	}
	return text + "---\n\n" + prose
}
