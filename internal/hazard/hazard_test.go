package hazard

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"testing"
	"unicode/utf16"
)

const page = "<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"

// packed is a zip of empty files.
func packed(t *testing.T, names ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range names {
		if _, err := z.Create(name); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// filed is as much of a document of old Office as is looked at: its directory.
func filed(names ...string) string {
	b := make([]byte, 1024)
	copy(b, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	for _, name := range names {
		entry := make([]byte, 128)
		units := utf16.Encode([]rune(name + "\x00"))
		for i, u := range units {
			binary.LittleEndian.PutUint16(entry[2*i:], u)
		}
		binary.LittleEndian.PutUint16(entry[64:], uint16(2*len(units)))
		entry[66] = 2
		b = append(b, entry...)
	}
	return string(b)
}

func wide(text string) string {
	b := []byte("\xff\xfe")
	for _, u := range utf16.Encode([]rune(text)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return string(b)
}

func windows() string {
	b := make([]byte, 128)
	copy(b, "MZ")
	b[60] = 100
	copy(b[100:], "PE\x00\x00")
	return string(b)
}

func TestOf(t *testing.T) {
	const svg, xhtml = `<svg xmlns="http://www.w3.org/2000/svg">`, `<html xmlns="http://www.w3.org/1999/xhtml"/>`
	for _, c := range []struct {
		name, raw string
		kind      Kind
		what      string
	}{
		// By name.
		{"evil.html", page, Page, ".html"},
		{"EVIL.HTM", "", Page, ".htm"},
		{"a.xhtml", "", Page, ".xhtml"}, {"a.xht", "", Page, ".xht"}, {"a.shtml", "", Page, ".shtml"}, {"a.mht", "", Page, ".mht"},
		{"a.js", "", Page, ".js"}, {"a.mjs", "", Page, ".mjs"}, {"a.swf", "", Page, ".swf"}, {"a.xsl", "", Page, ".xsl"}, {"a.svgz", "", Page, ".svgz"},
		{"a.hta", "", Program, ".hta"}, {"a.exe", "", Program, ".exe"}, {"a.lnk", "", Program, ".lnk"}, {"a.url", "", Program, ".url"},
		{"a.bat", "", Program, ".bat"}, {"a.vbs", "", Program, ".vbs"}, {"a.scr", "", Program, ".scr"}, {"a.msi", "", Program, ".msi"},
		{"a.php", "", Program, ".php"}, {"a.PhP7", "", Program, ".php7"}, {"a.asp", "", Program, ".asp"}, {"a.aspx", "", Program, ".aspx"}, {"a.jsp", "", Program, ".jsp"},
		{"static/a.php.pdf", "%PDF-1.7", Program, ".php"}, {"static/a.asp;.jpg", "", Program, ".asp"},
		{"static/web.config", "", Program, "web.config"}, {"static/.htaccess", "", Program, ".htaccess"},
		{"a.html.", page, Page, ".html"}, {"a.html ", page, Page, ".html"},
		{"报名表.docm", "", Macros, ".docm"}, {"a.xlsm", "", Macros, ".xlsm"}, {"a.pptm", "", Macros, ".pptm"}, {"a.xlsb", "", Macros, ".xlsb"},
		{"a.html.docm", page, Page, "HTML"},

		// By content.
		{"a.pdf", page, Page, "HTML"}, {"a", page, Page, "HTML"}, {"a.doc", "\r\n <HTML>\r\n", Page, "HTML"}, {"a.xls", "<table>", Page, "HTML"},
		{"a.pdf", "\xef\xbb\xbf" + page, Page, "HTML"}, {"a.doc", wide(page), Page, "HTML"}, {"a.dat", "<!-- a --><script>", Page, "HTML"}, {"a.dat", "<script src=a>", Page, "HTML"},
		{"a.txt", page, Page, "HTML"}, {"a.csv", "<html>", Page, "HTML"}, {"a.md", " \n<!doctype HTML>", Page, "HTML"},
		{"a.xml", xhtml, Page, "HTML"}, {"a.xml", `<?xml version="1.0"?><a><h:b xmlns:h="http://www.w3.org/1999/xhtml"/></a>`, Page, "XHTML"},
		{"a.xml", `<a xmlns="http://www.w3.org/1999/xht&#109;l"/>`, Page, "XHTML"}, {"a.xml", wide(`<a xmlns="http://www.w3.org/1999/xhtml"/>`), Page, "XHTML"},
		{"a.xml", svg + `<script/></svg>`, Page, "<script>"}, {"a.xml", svg + `<g onload="a()"/></svg>`, Page, "onload=…"},
		{"a.svg", svg + `<a href=" java
script:a()"/></svg>`, Page, "href=…"}, {"a.rss", svg + `<foreignObject/></svg>`, Page, "<foreignObject>"},
		{"a.xml", `<?xml-stylesheet type="text/xsl" href="a.xml"?><a/>`, Page, "XSLT"},
		{"a.xml", `<!DOCTYPE a [<!ENTITY x "http://www.w3.org/1999/xhtml">]><a xmlns="&x;"/>`, Page, "<!DOCTYPE […]>"},
		{"a.xml", `<a>`, Page, "XML"}, {"a.dat", "<?xml version='1.0' encoding='ISO-2022-JP'?><a/>", Page, "XML"}, {"a.dat", "<?xml version='1.0'?>" + xhtml, Page, "XHTML"},
		{"a.pdf", windows(), Program, "EXE"}, {"a.pdf", "\x7fELF\x02", Program, "ELF"},
		{"a.pdf", "L\x00\x00\x00\x01\x14\x02\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00\x46", Program, "LNK"}, {"a.pdf", "CWS\x0a12345", Page, "SWF"},
		{"a.docx", packed(t, "[Content_Types].xml", "word/vbaProject.bin"), Macros, "VBA"}, {"a.xlsx", packed(t, "[Content_Types].xml", "xl/macrosheets/sheet1.xml"), Macros, "VBA"},
		{"a.doc", filed("Root Entry", "_VBA_PROJECT"), Macros, "VBA"}, {"a.et", filed("_VBA_PROJECT"), Macros, "VBA"},

		// What is only read.
		{"a.pdf", "%PDF-1.7 <html>", Inert, ""}, {"a.txt", "写网页：<html><script>alert(1)</script>", Inert, ""}, {"a.txt", "<script src=a></script>", Inert, ""},
		{"a.csv", "标签,意思\n<html>,网页\n", Inert, ""}, {"a.md", "<div align=\"center\">\n\n# 甲\n", Inert, ""}, {"a.md", "<svg onload=a>", Inert, ""}, {"a.txt", "MZ 是什么", Inert, ""},
		{"a.txt", "<?xml version=\"1.0\"?>" + xhtml, Inert, ""}, {"a.txt", "FWS\x06是什么", Inert, ""}, {"空", "", Inert, ""},
		{"a.zip", packed(t, "a.html", "vbaProject.bin"), Inert, ""}, {"a.docx", packed(t, "[Content_Types].xml", "word/document.xml"), Inert, ""}, {"a.zip", "PK\x03\x04", Inert, ""},
		{"a.doc", filed("Root Entry", "WordDocument", "_VBA_PROJECT_OTHER"), Inert, ""},
		{"a.xml", `<?xml version="1.0" encoding="GBK"?><table online="1">` + "\xc4\xda\xc8\xdd</table>", Inert, ""}, {"a.xml", "<!-- 甲 --><script/>", Inert, ""},
		{"a.xml", svg + `<style>.a{fill:red}</style></svg>`, Inert, ""}, {"a.xml", `<?xml-stylesheet type="text/css" href="a.css"?><a/>`, Inert, ""},
		{"2.asp课件.pdf", "%PDF", Inert, ""}, {"html", "网页", Inert, ""}, {"a.mp4", "\x00\x00\x00\x18ftyp", Inert, ""},
	} {
		if kind, what := Of(c.name, []byte(c.raw)); kind != c.kind || what != c.what {
			t.Errorf("%s %.80q\nis %d %q, want %d %q", c.name, c.raw, kind, what, c.kind, c.what)
		}
	}
}

// FuzzOf: no bytes make it fail, and no name that runs is let through.
func FuzzOf(f *testing.F) {
	f.Add([]byte(page))
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte(windows()))
	f.Add([]byte(filed("_VBA_PROJECT")))
	f.Add([]byte(wide("<?xml version='1.0'?><a/>")))
	f.Fuzz(func(t *testing.T, raw []byte) {
		for _, name := range []string{"a", "a.xml", "a.txt", "a.doc"} {
			Of(name, raw)
		}
		if k, _ := Of("a.html", raw); k < Page {
			t.Error("a page is let through")
		}
	})
}
