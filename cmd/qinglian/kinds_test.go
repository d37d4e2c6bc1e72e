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
