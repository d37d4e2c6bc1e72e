package docx

import (
	"strings"
	"testing"

	"qinglian/internal/markdown"
)

// The limits of package ooxml, and how the old format begins.
const (
	maxParts = 10_000
	maxText  = 4 << 20
	maxPart  = 64 << 20
	cfb      = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
)

// TestRefused: what can't be read, or is made to harm, is refused with a sentence.
func TestRefused(t *testing.T) {
	many := parts{}
	for i := range maxParts {
		many["word/x"+strings.Repeat("x", i%40)+string(rune('a'+i%26))+string(rune('0'+i/1000))+string(rune('0'+i/100%10))+string(rune('0'+i/10%10))] = ""
	}
	for _, c := range []struct {
		what string
		raw  []byte
		want string
	}{
		{"nothing", nil, "这不是 .docx"},
		{"a text", []byte("通知"), "这不是 .docx"},
		{"the old format, or a password", []byte(cfb + "rest"), "这是加了密码的文件"},
		{"half of a file", pack(t, p("", ""), nil)[:300], "这不是 .docx"},
		{"another zip", zipped(t, parts{"xl/workbook.xml": "<workbook/>"}), "这不是 Word 文档"},
		{"XML that ends too early", zipped(t, parts{"word/document.xml": "<w:document"}), "文件坏了"},
		{"entities of its own", zipped(t, parts{"word/document.xml": `<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>`}), "文件坏了"},
		{"broken styles", pack(t, "", parts{"word/styles.xml": "<w:styles>"}), "文件坏了"},
		{"elements in each other", pack(t, strings.Repeat("<w:ins>", 500)+strings.Repeat("</w:ins>", 500), nil), "“word/document.xml”太复杂"},
		{"ways in each other", pack(t, p("", strings.Repeat("<mc:AlternateContent><mc:Choice>", 20)+strings.Repeat("</mc:Choice></mc:AlternateContent>", 20)), nil), "“word/document.xml”太复杂"},
		{"a text that expands", pack(t, p("", run(strings.Repeat("好", maxText))), nil), "“word/document.xml”太复杂"},
		{"a part that expands", pack(t, p("", "<w:r><w:t/></w:r>"+strings.Repeat(strings.Repeat(" ", 1<<20)+"<w:r/>", maxPart>>20)), nil), "展开后太大"},
		{"a text that is no text", pack(t, p("", strings.Repeat(" ", maxText+1)), nil), "“word/document.xml”太复杂"},
		{"attributes", pack(t, p("", "<w:r"+strings.Repeat(` w:a=""`, maxText/7+9)+"/>"), nil), "“word/document.xml”太复杂"},
		{"many parts", pack(t, "", many), "里面超过"},
	} {
		t.Run(c.what, func(t *testing.T) {
			if _, refused := Read(c.raw); !strings.HasPrefix(refused.ZH, c.want) || refused.EN == "" {
				t.Errorf("said %q, not %q", refused.ZH, c.want)
			}
		})
	}
}

// TestOdd: documents that are not as they should be, and are read all the same.
func TestOdd(t *testing.T) {
	for _, c := range []struct{ what, body, want string }{
		{"a field without an end in its paragraph", p("", run("甲")+`<w:r><w:fldChar w:fldCharType="end"/></w:r>`+run("乙")), "甲乙"},
		{"fields in each other", p("", strings.Repeat(`<w:r><w:fldChar w:fldCharType="begin"/><w:fldChar w:fldCharType="separate"/></w:r>`, 90)+run("甲")+
			strings.Repeat(`<w:r><w:fldChar w:fldCharType="end"/></w:r>`, 90)+run("乙")), "甲乙"},
		{"merged cells without a beginning", tbl(row(cell("<w:vMerge/>", "甲"), cell("", "乙"))), "| 甲 | 乙 |\n| --- | --- |"},
		{"spans that no page has", tbl(row(cell(`<w:gridSpan w:val="999999999"/>`, "甲"), cell(`<w:gridSpan w:val="-1"/>`, "乙"))),
			"<table>\n<tr><td colspan=\"1000\">甲</td><td>乙</td></tr>\n</table>"},
		{"levels and lists that there are not", p(numbered("1", "99"), run("甲")) + p(numbered("77", "0"), run("乙")) + p(style("none"), run("丙")), "甲\n\n乙\n\n丙"},
		{"notes and pictures that there are not", p("", run("甲")+`<w:r><w:footnoteReference w:id="9"/></w:r>`+shows("none", "")), "甲"},
		{"a text in no namespace", "<p><r><t>甲</t></r></p>", "甲"},
		{"no body text", "", ""},
	} {
		m, refused := Read(pack(t, c.body, parts{"word/numbering.xml": numbers}))
		if got := strings.TrimSpace(m.Markdown(markdown.New())); refused.ZH != "" || got != c.want {
			t.Errorf("%s: %q, %s", c.what, got, refused.ZH)
		}
	}
}

// FuzzRead: whatever the parts hold, a document is read or refused, and of what is read
// nothing is lost.
func FuzzRead(f *testing.F) {
	for _, x := range fixtures {
		f.Add(x.body, styleSheet, numbers, x.more["word/footnotes.xml"], x.more["word/_rels/document.xml.rels"])
	}
	d := markdown.New()
	f.Fuzz(func(t *testing.T, body, styles, numbering, footnotes, relations string) {
		raw := pack(t, body, parts{"word/styles.xml": styles, "word/numbering.xml": numbering, "word/footnotes.xml": footnotes, "word/_rels/document.xml.rels": relations,
			"word/media/image1.jpeg": jpeg})
		m, refused := Read(raw)
		if refused.ZH != "" {
			return
		}
		m.Head()
		m.Markdown(d)
		checkKept(t, raw)
	})
}
