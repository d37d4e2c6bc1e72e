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

// TestEndless: behind a field that never ends the text goes on, and somebody is asked to
// look; fields in it are what they are.
func TestEndless(t *testing.T) {
	char := func(kind string) string { return `<w:r><w:fldChar w:fldCharType="` + kind + `"/></w:r>` }
	instruction := func(words string) string { return "<w:r><w:instrText>" + words + "</w:instrText></w:r>" }
	page := char("begin") + instruction(" PAGE ") + char("separate") + run("7") + char("end")
	note := part("w:footnotes", `<w:footnote w:id="2">`+p("", run("注")+char("begin")+instruction("PAGE")+run("文"))+"</w:footnote>")
	for _, c := range []struct {
		what, body, want string
		doubts, left     int
	}{
		{"no end", p("", run("甲")+char("begin")+instruction("TOC")+char("separate")+run("乙")) + p("", page+run("丙")), "甲乙\n\n丙", 1, 1},
		{"no result either", p("", run("甲")+char("begin")+instruction("PAGE")) + p("", run("乙")), "甲\n\n乙", 1, 0},
		{"two of them", p("", run("甲")+char("begin")+run("乙")+char("begin")) + p("", page+run("丙")), "甲乙\n\n丙", 2, 1},
		{"the end was deleted", p("", run("甲")+char("begin")+instruction("PAGE")+`<w:del w:author="李">`+char("end")+"</w:del>"+run("乙")), "甲乙", 1, 0},
		{"in a note", p("", run("甲")+`<w:r><w:footnoteReference w:id="2"/></w:r>`+run("乙")), "甲[^1]乙\n\n[^1]: 注文", 0, 0},
		{"all end", p("", run("甲")+page), "甲", 0, 1},
	} {
		raw := pack(t, c.body, parts{"word/footnotes.xml": note})
		m, refused := Read(raw)
		if got := strings.TrimSpace(m.Markdown(markdown.New())); refused.ZH != "" || got != c.want {
			t.Errorf("%s: %q, %s", c.what, got, refused.ZH)
		}
		left := len(m.Left)
		if c.what != "in a note" {
			left-- // the note, which nothing refers to
		}
		if len(m.Doubts) != c.doubts || left != c.left {
			t.Errorf("%s: doubts %v, left out %+v", c.what, m.Doubts, m.Left)
		}
		checkKept(t, raw)
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
