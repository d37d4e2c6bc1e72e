package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestKindsExample: who has only the program makes a kind from what it prints, and an
// article of it.
func TestKindsExample(t *testing.T) {
	site := t.TempDir()
	qinglian := func(args ...string) string {
		t.Helper()
		var stdout, stderr bytes.Buffer
		if status := run(args, &stdout, &stderr); status != exitDone {
			t.Fatalf("%v: %d\n%s", args, status, stderr.String())
		}
		return stdout.String()
	}
	example := qinglian("kinds", "--example")
	_, section, _ := strings.Cut(example, "\n# [sections")
	settings := example + strings.ReplaceAll("\n# [sections"+section, "\n# ", "\n")
	if err := os.WriteFile(filepath.Join(site, "config.toml"), []byte(settings), 0o644); err != nil {
		t.Fatal(err)
	}
	made := strings.TrimSpace(qinglian("new", "visit", "清明参观", "--source", site, "--now", "2026-04-01"))
	file := filepath.Join(site, filepath.FromSlash(made))
	text, err := os.ReadFile(file)
	if err != nil || strings.Contains(string(text), "留言簿") || !strings.Contains(string(text), "## 经过") {
		t.Fatalf("%v\n%s", err, text)
	}
	filled := strings.NewReplacer("团体: ", "团体: 某校 ", "到达时间: ", "到达时间: 2026-04-01 ", "内容: []", "内容: [家风]")
	text = []byte(filled.Replace(string(text)))
	if err := os.WriteFile(file, text, 0o644); err != nil {
		t.Fatal(err)
	}
	qinglian("build", "--source", site, "--drafts", "--strict")
	name := strings.TrimSuffix(filepath.Base(file), ".md") + ".html"
	page, err := os.ReadFile(filepath.Join(site, "public", "visits", name))
	if err != nil || !strings.Contains(string(page), "某校") {
		t.Errorf("%v\n%s", err, page)
	}
}

// TestManualMoving: what the manual says of articles that come from elsewhere is so.
func TestManualMoving(t *testing.T) {
	manual, err := os.ReadFile("../../docs/manual.md")
	if err != nil {
		t.Fatal(err)
	}
	_, part, _ := strings.Cut(string(manual), "### 从别的网站搬来")
	part, _, _ = strings.Cut(part, "\n## 正文")
	_, settings, _ := strings.Cut(part, "```toml\n")
	settings, rest, _ := strings.Cut(settings, "```")
	_, article, _ := strings.Cut(rest, "```markdown\n")
	article, _, ok := strings.Cut(article, "```")
	if !ok {
		t.Fatal("the manual has no example")
	}
	site := t.TempDir()
	write(t, filepath.Join(site, "config.toml"), settings)
	write(t, filepath.Join(site, "content", "posts", "three-books.md"), article)
	mustRun(t, "build", "--source", site, "--strict")
	page, err := os.ReadFile(filepath.Join(site, "public", "posts", "three-books.html"))
	if err != nil || !strings.Contains(string(page), "收、支、存都上墙") || strings.Contains(string(page), "0123") {
		t.Errorf("%v\n%s", err, page)
	}
}
