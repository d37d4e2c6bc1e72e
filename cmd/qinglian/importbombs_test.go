package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// importBomb is a document of which one part is far more than anybody writes: n pieces
// of something. It is imported, or refused with a sentence, within a time and a peak of
// memory.
type importBomb struct {
	name    string
	ending  string
	parts   func(n int) map[string]string
	few     int     // pieces for `make test`
	many    int     // with REQUIRE_ALL=1
	refused string  // what is said of that many; "" if they are imported
	seconds float64 // for many
	mib     int     // the most memory, for many
}

const (
	wordSpace  = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	sheetSpace = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	relsSpace  = `xmlns="http://schemas.openxmlformats.org/package/2006/relationships"`
	relsBase   = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

// body is a document of n pieces.
func body(pieces func(n int) string) func(n int) map[string]string {
	return func(n int) map[string]string {
		return map[string]string{"word/document.xml": "<w:document " + wordSpace + "><w:body>" + pieces(n) + "</w:body></w:document>"}
	}
}

// withParts is a short document with n parts more.
func withParts(name string, content func(i int) string) func(n int) map[string]string {
	return func(n int) map[string]string {
		all := body(again("<w:p><w:r><w:t>甲</w:t></w:r></w:p>"))(1)
		for i := range n {
			all[fmt.Sprintf(name, i)] = content(i)
		}
		return all
	}
}

// illustrated is a document that shows n pictures.
func illustrated(n int) map[string]string {
	const picture = `<w:p><w:r><w:pict><v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" xmlns:r="%s" r:id="p%d"/></w:pict></w:r></w:p>`
	all := body(func(n int) string {
		return lines(n, func(i int) string { return fmt.Sprintf(picture, strings.TrimSuffix(relsBase, "/"), i) })
	})(n)
	relations := lines(n, func(i int) string {
		return fmt.Sprintf(`<Relationship Id="p%d" Type="%simage" Target="media/image%[1]d.png"/>`, i, relsBase)
	})
	all["word/_rels/document.xml.rels"] = "<Relationships " + relsSpace + ">" + relations + "</Relationships>"
	for i := range n {
		all[fmt.Sprintf("word/media/image%d.png", i)] = "\x89PNG\r\n\x1a\n" + strings.Repeat("\x00", 60<<20)
	}
	return all
}

// sheet is a workbook whose sheet has n pieces.
func sheet(pieces func(n int) string) func(n int) map[string]string {
	return func(n int) map[string]string {
		return map[string]string{
			"xl/workbook.xml":            "<workbook " + sheetSpace + ` xmlns:r="` + strings.TrimSuffix(relsBase, "/") + `"><sheets><sheet name="a" r:id="r"/></sheets></workbook>`,
			"xl/_rels/workbook.xml.rels": "<Relationships " + relsSpace + `><Relationship Id="r" Type="` + relsBase + `worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
			"xl/worksheets/sheet1.xml":   "<worksheet " + sheetSpace + ">" + pieces(n) + "</worksheet>",
		}
	}
}

var importBombs = []importBomb{
	{"a part that expands", ".docx", body(again(strings.Repeat(" ", 1<<20) + "<w:p/>")), 1, 70, "展开后太大", 15, 300},
	{"parts that expand", ".docx", withParts("word/header%d.xml", func(int) string {
		return "<w:hdr " + wordSpace + ">" + strings.Repeat(strings.Repeat(" ", 1<<20)+"<w:p/>", 60) + "</w:hdr>"
	}), 0, 20, "", 60, 400},
	{"parts", ".docx", withParts("word/header%d.xml", func(i int) string {
		return fmt.Sprintf("<w:hdr %s><w:p><w:r><w:t>甲%d</w:t></w:r></w:p></w:hdr>", wordSpace, i)
	}), 100, 9_900, "", 20, 300},
	{"too many parts", ".docx", withParts("word/x%d.xml", func(int) string { return "" }), 100, 10_001, "里面超过 10000 个部分", 10, 200},
	{"depth", ".docx", body(again("<w:ins>")), 101, 500_000, "太复杂", 10, 200},
	{"elements", ".docx", body(again("<w:p/>")), 1000, 3_000_000, "太复杂", 30, 600},
	{"attributes", ".docx", body(framed("<w:p", each(` a%d=""`), "/>")), 1000, 2_000_000, "太复杂", 30, 600},
	{"attributes of many", ".docx", body(again("<w:p" + strings.Repeat(` w:a=""`, 500) + "/>")), 10, 10_000, "太复杂", 30, 600},
	{"text", ".docx", body(framed("<w:p><w:r><w:t>", again("好"), "</w:t></w:r></w:p>")), 10_000, 1_500_000, "太复杂", 10, 300},
	{"paragraphs", ".docx", body(again("<w:p><w:r><w:t>正文。</w:t></w:r></w:p>")), 1000, 200_000, "", 30, 600},
	{"paragraphs with marks", ".docx", body(again("<w:p><w:r><w:t>**a* _b_ [c](d)</w:t></w:r></w:p>")), 200, 20_000, "", 60, 500},
	{"a paragraph of marks", ".docx", body(framed("<w:p><w:r><w:t>", again("*a_[`"), "</w:t></w:r></w:p>")), 500, 100_000, "", 60, 500},
	{"deletions", ".docx", body(again(`<w:p><w:del w:author="甲"><w:r><w:delText>删</w:delText></w:r></w:del></w:p>`)), 500, 100_000, "", 30, 600},
	{"fields that do not end", ".docx", body(again(`<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:t>甲</w:t></w:r></w:p>`)), 500, 100_000, "", 30, 600},
	{"a table", ".docx", body(framed("<w:tbl>", again("<w:tr><w:tc><w:p><w:r><w:t>a*b</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr>"), "</w:tbl>")), 200, 20_000, "", 60, 600},
	{"tables in tables", ".docx", body(func(n int) string {
		return strings.Repeat("<w:tbl><w:tr><w:tc>", n) + "<w:p><w:r><w:t>a</w:t></w:r></w:p>" + strings.Repeat("</w:tc></w:tr></w:tbl>", n)
	}), 10, 30, "", 10, 200},
	{"cells that span", ".docx", body(framed("<w:tbl>", again(`<w:tr><w:tc><w:tcPr><w:gridSpan w:val="1000000"/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr>`), "</w:tbl>")), 100, 20_000, "", 30, 400},
	{"pictures that expand", ".docx", illustrated, 1, 20, "", 60, 300},
	{"cells in the last column", ".xlsx", sheet(framed("<sheetData>", each(`<row r="5%05d"><c r="XFD5%05[1]d" t="str"><v>1</v></c></row>`), "</sheetData>")), 500, 90_000, "", 60, 600},
	{"cells that lie apart", ".xlsx", sheet(framed("<sheetData>", func(n int) string {
		return lines(n, func(i int) string { return fmt.Sprintf(`<row><c r="%s%d" t="str"><v>1</v></c></row>`, letters(i), i+1) })
	}, "</sheetData>")), 10, 10_000, "表太大", 10, 300},
	{"cells", ".xlsx", sheet(framed("<sheetData>", again(`<row><c t="str"><v>a</v></c><c t="str"><v>b</v></c></row>`), "</sheetData>")), 500, 100_000, "表太大", 30, 600},
	{"cells with marks", ".xlsx", sheet(framed("<sheetData>", again(`<row><c t="str"><v>a*b</v></c><c t="str"><v>[c]</v></c></row>`), "</sheetData>")), 200, 40_000, "", 90, 500},
	{"cells in which nothing stands", ".xlsx", sheet(framed("<sheetData>", again(`<row><c/><c/><c/></row>`), "</sheetData>")), 500, 900_000, "太复杂", 30, 600},
	{"merged cells", ".xlsx", sheet(framed(`<sheetData><row><c t="str"><v>a</v></c><c r="Z9" t="str"><v>b</v></c></row></sheetData><mergeCells>`,
		each(`<mergeCell ref="A%d:XFD1048576"/>`), "</mergeCells>")), 500, 600_000, "", 30, 600},
	{"hidden rows", ".xlsx", sheet(framed("<sheetData>", each(`<row hidden="1" r="%d"><c t="str"><v>密</v></c></row>`), "</sheetData>")), 500, 90_000, "", 30, 500},
	{"links", ".xlsx", sheet(framed(`<sheetData><row><c t="str"><v>a</v></c></row></sheetData><hyperlinks>`, again(`<hyperlink ref="A1:XFD1048576" r:id="x"/>`), "</hyperlinks>")), 500, 500_000, "", 30, 600},
}

// letters is the name of a column of two or three letters.
func letters(i int) string {
	return string([]rune{'A' + rune(i/676%20), 'A' + rune(i/26%26), 'A' + rune(i%26)})
}

// TestImportBombs imports each bomb with the real program, whose time and memory are
// measured; without REQUIRE_ALL all small ones in this process.
func TestImportBombs(t *testing.T) {
	all := os.Getenv("REQUIRE_ALL") == "1"
	site := inMemory(t)
	write(t, filepath.Join(site, "config.toml"), "title = \"甲\"\n[sections.notice]\ntitle = \"动态\"\nkind = \"notice\"\n")
	for _, b := range importBombs {
		t.Run(b.name, func(t *testing.T) {
			n := b.few
			if all {
				n = b.many
			}
			file := filepath.Join(site, "bomb"+b.ending)
			write(t, file, string(zippedParts(t, b.parts(n))))
			args := []string{"import", file, "--source", site, "--dry-run"}
			var got crater
			if all {
				got, _ = spend(t, b.seconds, b.mib, args...)
			} else {
				var out, errs bytes.Buffer
				begun := time.Now()
				got.status = run(args, &out, &errs)
				got.seconds, got.said = time.Since(begun).Seconds(), errs.String()
			}
			t.Logf("%d: status %d, %.2f s, %d MiB, %.200s", n, got.status, got.seconds, got.mib, got.said)
			switch {
			case got.killed:
				t.Errorf("%d pieces took %.1f s and %d MiB and went on", n, got.seconds, got.mib)
			case got.mib > b.mib:
				t.Errorf("%d pieces took %d MiB, %d are the most", n, got.mib, b.mib)
			case all && b.refused != "" && (got.status != exitUsage || !strings.Contains(got.said, b.refused)):
				t.Errorf("status %d, said %q, not %q", got.status, got.said, b.refused)
			case b.refused == "" && got.status != exitDone, got.status != exitDone && got.status != exitUsage:
				t.Errorf("status %d: %s", got.status, got.said)
			}
		})
	}
}

func zippedParts(t *testing.T, parts map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, content := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
