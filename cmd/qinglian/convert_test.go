package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"qinglian/internal/imports"
)

// rtf is a document of two paragraphs, the first in the middle.
const rtf = `{\rtf1\ansi\deff0{\fonttbl{\f0 SimSun;}}\pard\qc\b \u22521?\u35757?\u36890?\u30693?\b0\par\pard \u27491?\u25991?\u12290?\par}`

// flatODT is a document of LibreOffice as one file; what it draws is elsewhere.
func flatODT(picture string) string {
	return `<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:body><office:text><text:h text:outline-level="1">活动简报</text:h><text:p>清源县开展活动。<draw:frame svg:width="5cm" svg:height="5cm" text:anchor-type="as-char"><draw:image xlink:href="` + picture + `" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p></office:text></office:body></office:document>`
}

// withOffice skips a test where LibreOffice is not installed.
func withOffice(t *testing.T) {
	t.Helper()
	if officeProgram() == "" && os.Getenv("REQUIRE_ALL") == "1" {
		t.Fatal("LibreOffice is not installed")
	}
	if officeProgram() == "" {
		t.Skip("LibreOffice is not installed")
	}
}

// officeSite is a site in a folder of its own, with documents beside it.
func officeSite(t *testing.T, documents map[string]string) (site string) {
	t.Helper()
	folder := t.TempDir()
	t.Chdir(folder)
	t.Setenv("LANG", "")
	t.Setenv("TMPDIR", t.TempDir())
	for name, content := range documents {
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	answer(t, exitDone, []string{"init", "site"})
	return filepath.Join(folder, "site")
}

// TestConvert: old formats come in by LibreOffice, which fetches nothing and leaves
// nothing behind; the article names the document that was handed in.
func TestConvert(t *testing.T) {
	withOffice(t)
	var fetched atomic.Int32
	host := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { fetched.Add(1) }))
	defer host.Close()
	site := officeSite(t, map[string]string{"通知.rtf": rtf, "简报.fodt": flatODT(host.URL + "/x.png"), "坏.odt": "PK\x03\x04"})
	said := answer(t, exitDone, []string{"import", "通知.rtf", "简报.fodt", "--source", site, "--convert"})
	for _, want := range []string{"标题：培训通知（", "标题：活动简报（", "由 LibreOffice 转换"} {
		if !strings.Contains(said, want) {
			t.Errorf("no %q in\n%s", want, said)
		}
	}
	if n := fetched.Load(); n > 0 {
		t.Errorf("LibreOffice fetched %d files", n)
	}
	article := oneFile(t, filepath.Join(site, "content/notices/*pei-xun-tong-zhi/index.md"))
	for _, want := range []string{"# 导入自 通知.rtf (", "\n正文。\n"} {
		if !strings.Contains(article, want) {
			t.Errorf("no %q in\n%s", want, article)
		}
	}
	if said = answer(t, exitUsage, []string{"import", "通知.rtf", "--source", site, "--convert"}); !strings.Contains(said, "已经导入过了") {
		t.Errorf("a second time: %s", said)
	}
	if said = answer(t, exitUsage, []string{"import", "坏.odt", "--source", site, "--convert"}); !strings.Contains(said, "LibreOffice 没能转换") {
		t.Errorf("a broken document: %s", said)
	}
	if left, _ := filepath.Glob(filepath.Join(os.TempDir(), "qinglian-convert-*")); len(left) > 0 {
		t.Errorf("left behind are %s", left)
	}
}

// oneFile is the content of the only file of a pattern.
func oneFile(t *testing.T, pattern string) string {
	t.Helper()
	found, err := filepath.Glob(pattern)
	if err != nil || len(found) != 1 {
		t.Fatalf("%s: %v, %v", pattern, found, err)
	}
	content, err := os.ReadFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// TestConvertOld: the format of Word before 2007.
func TestConvertOld(t *testing.T) {
	withOffice(t)
	site := officeSite(t, map[string]string{"通知.rtf": rtf})
	made := exec.Command(officeProgram(), "-env:UserInstallation=file://"+filepath.ToSlash(t.TempDir()), "--headless", "--convert-to", "doc", "通知.rtf")
	if out, err := made.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if err := os.Rename("通知.doc", "通知.wps"); err != nil { // as WPS names them
		t.Fatal(err)
	}
	if said := answer(t, exitDone, []string{"import", "通知.wps", "--source", site, "--convert"}); !strings.Contains(said, "标题：培训通知") {
		t.Error(said)
	}
}

// TestNoOffice: where LibreOffice is not installed, what to do instead.
func TestNoOffice(t *testing.T) {
	site := officeSite(t, map[string]string{"通知.rtf": rtf})
	t.Setenv("PATH", t.TempDir())
	switch {
	case officeProgram() != "" && os.Getenv("REQUIRE_ALL") == "1":
		t.Fatal("LibreOffice is installed outside of the path")
	case officeProgram() != "":
		t.Skip("LibreOffice is installed outside of the path")
	}
	if said := answer(t, exitUsage, []string{"import", "通知.rtf", "--source", site, "--convert"}); !strings.Contains(said, "--convert 要用 LibreOffice") {
		t.Error(said)
	}
}

// TestTogether: a program that is stopped ends with what it has started.
func TestTogether(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there is no sh")
	}
	alive := filepath.Join(t.TempDir(), "alive")
	ctx, stop := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer stop()
	c := exec.CommandContext(ctx, "sh", "-c", "(while sleep 0.1; do echo x >> "+alive+"; done) & wait")
	endTogether(c)
	if err := c.Run(); err == nil {
		t.Error("it ended by itself")
	}
	size := func() int64 {
		info, err := os.Stat(alive)
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
	before := size()
	if time.Sleep(500 * time.Millisecond); size() != before {
		t.Error("what it started goes on")
	}
}

// TestConvertible: what --convert takes is what is refused without it.
func TestConvertible(t *testing.T) {
	for _, name := range []string{"a.doc", "a.WPS", "a.rtf", "a.odt", "稿/a.docm"} {
		if refused := imports.Foreign(name); !imports.Convertible(name) || !strings.Contains(refused.ZH, "--convert") {
			t.Errorf("%s: %s", name, refused)
		}
	}
	for _, name := range []string{"a.docx", "a.html", "a.xlsx", "a", "doc"} {
		if imports.Convertible(name) {
			t.Errorf("%s is converted", name)
		}
	}
}
