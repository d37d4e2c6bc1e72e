package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestBrowserSlip: a slip is one sheet of A4, whatever it has to list.
func TestBrowserSlip(t *testing.T) {
	dir, _ := faulty(t)
	plain, crowded := filepath.Join(t.TempDir(), "plain.html"), filepath.Join(t.TempDir(), "crowded.html")
	mustRun(t, "slip", "--source", dir, "--output", plain, "content/notices/list-0.md")
	mustRun(t, "slip", "--source", crowd(t, dir), "--output", crowded, "content/notices/crowded.md")
	checkSheets(t, map[string]int{plain: 1, crowded: 1})
}

// crowd adds an article of which a slip can't say all, and six who sign.
func crowd(t *testing.T, dir string) string {
	t.Helper()
	config, err := os.ReadFile(filepath.Join(dir, "config.toml"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "config.toml"), string(config)+
		"[slip]\nstages = [\"初审：李四\", \"科室复审：王五\", \"分管领导：赵六\", \"保密审查：孙七\", \"法制审核\", \"终审：周八\"]\n")
	var b strings.Builder
	fmt.Fprintf(&b, "---\n标题: %s\n日期: 2026-05-01\n来源: %s\n作者: %s\n责任编辑: %[3]s\n摘要: %[1]s\n---\n",
		strings.Repeat("很长的标题", 30), strings.Repeat("民政局救助科", 6), strings.Repeat("张三李四", 8))
	for i := range 12 {
		write(t, filepath.Join(dir, "content", "notices", fmt.Sprintf("图%d.svg", i)),
			fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="20" height="1%d"><rect width="20" height="10"/></svg>`, i))
		write(t, filepath.Join(dir, "content", "notices", fmt.Sprintf("附件%d.csv", i)), "甲,乙\n")
		fmt.Fprintf(&b, "![%s](图%d.svg)\n\n[附件](附件%[2]d.csv)\n\n电话 139000011%02[2]d。\n\n", strings.Repeat("开会的人", 12), i)
	}
	write(t, filepath.Join(dir, "content", "notices", "crowded.md"), b.String())
	return dir
}

// TestSlipDocument: the document opens in an office program, as one sheet of A4 with all
// that stands on it.
func TestSlipDocument(t *testing.T) {
	soffice, pdftotext, pdfinfo := tool(t, "soffice", "libreoffice-writer-nogui"), tool(t, "pdftotext", "poppler-utils"), tool(t, "pdfinfo", "poppler-utils")
	dir, _ := faulty(t)
	to := t.TempDir()
	mustRun(t, "slip", "--source", dir, "--format", "docx", "--output", filepath.Join(to, "plain.docx"), "content/notices/list-0.md")
	mustRun(t, "slip", "--source", crowd(t, dir), "--format", "docx", "--output", filepath.Join(to, "crowded.docx"), "content/notices/crowded.md")
	convert := exec.Command(soffice, "-env:UserInstallation=file://"+filepath.ToSlash(t.TempDir()), "--headless", "--convert-to", "pdf", "--outdir", to,
		filepath.Join(to, "plain.docx"), filepath.Join(to, "crowded.docx"))
	if said, err := convert.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	for name, words := range map[string][]string{
		"plain.pdf":   {"信息发布审核单", "县民政局", "现场.svg", "初审", "终审", "审核: 姓名 年-月-日 "},
		"crowded.pdf": {"共 12 项", "法制审核", "审核: 姓名 年-月-日 "},
	} {
		about, err := exec.Command(pdfinfo, filepath.Join(to, name)).Output()
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(about, []byte("A4")) || !bytes.Contains(about, []byte("Pages:           1\n")) {
			t.Errorf("%s is not one sheet of A4:\n%s", name, about)
		}
		text, err := exec.Command(pdftotext, "-layout", filepath.Join(to, name), "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range words {
			if !bytes.Contains(text, []byte(word)) {
				t.Errorf("%s lacks %q:\n%s", name, word, text)
			}
		}
	}
}
