package main

import (
	"bytes"
	"fmt"
	"html"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"qinglian/internal/check"
	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/markdown"
)

// person is somebody whose numbers must not be published.
type person struct{ id, mobile, card string }

// people are a thousand of them, the same each time.
func people() []person {
	random := rand.New(rand.NewPCG(26, 1))
	weights := []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	all := make([]person, 1000)
	for i := range all {
		id := fmt.Sprintf("%s%02d%02d%04d%02d%02d%03d", []string{"11", "35", "44", "51", "62"}[random.IntN(5)], 1+random.IntN(30), 1+random.IntN(80),
			1940+random.IntN(80), 1+random.IntN(12), 1+random.IntN(28), random.IntN(1000))
		sum := 0
		for j, w := range weights {
			sum += w * int(id[j]-'0')
		}
		all[i].id = id + string("10X98765432"[sum%11])
		all[i].mobile = fmt.Sprintf("1%d%09d", 3+random.IntN(7), random.IntN(1e9))
		card := fmt.Sprintf("62%0*d", 13+random.IntN(4), random.Int64N(1e13))
		for last := range 10 {
			if numbered := card + string(rune('0'+last)); luhn(numbered) {
				all[i].card = numbered
			}
		}
	}
	return all
}

func luhn(number string) bool {
	sum := 0
	for i := range len(number) {
		n := int(number[len(number)-1-i] - '0')
		if i%2 == 1 {
			n = n*2/10 + n*2%10
		}
		sum += n
	}
	return sum%10 == 0
}

// planted is the numbers of people laid out in a file of each kind.
func planted(t *testing.T) map[string][]byte {
	t.Helper()
	var prose, csv, document, sheet, slide strings.Builder
	prose.WriteString("---\n标题: 名单\n日期: 2026-05-01\n来源: 县民政局\n---\n")
	csv.WriteString("证号,手机,银行卡号\n")
	cells := func(cells ...string) {
		sheet.WriteString("<row>")
		for _, c := range cells {
			fmt.Fprintf(&sheet, `<c t="inlineStr"><is><t>%s</t></is></c>`, c)
		}
		sheet.WriteString("</row>")
	}
	cells("证号", "手机", "银行卡号")
	for _, p := range people() {
		line := fmt.Sprintf("证号%s，%s，银行卡%s。", p.id, p.mobile, p.card)
		prose.WriteString(line + "\n\n")
		fmt.Fprintf(&csv, "%s,%s,%s\n", p.id, p.mobile, p.card)
		// Word divides runs wherever somebody stopped to type.
		fmt.Fprintf(&document, `<w:p><w:r><w:t>%s</w:t></w:r><w:r><w:t>%s</w:t></w:r></w:p>`, line[:15], line[15:])
		cells(p.id, p.mobile, p.card)
		fmt.Fprintf(&slide, `<a:p><a:r><a:t>%s</a:t></a:r><a:r><a:t>%s</a:t></a:r></a:p>`, line[:15], line[15:])
	}
	const office = "http://schemas.openxmlformats.org/"
	relations := func(kind, to string) []byte {
		return []byte(`<Relationships xmlns="` + office + `package/2006/relationships"><Relationship Id="r1" Type="` +
			office + `officeDocument/2006/relationships/` + kind + `" Target="` + to + `"/></Relationships>`)
	}
	zipped := func(parts map[string][]byte) []byte {
		var b bytes.Buffer
		if err := packed(&b, parts); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	return map[string][]byte{
		"a.md": []byte(prose.String()), "a.csv": []byte(csv.String()), "a.txt": []byte(prose.String()),
		"a.docx": zipped(map[string][]byte{"_rels/.rels": relations("officeDocument", "word/document.xml"),
			"word/document.xml": []byte(`<w:document xmlns:w="` + office + `wordprocessingml/2006/main"><w:body>` + document.String() + `</w:body></w:document>`)}),
		"a.xlsx": zipped(map[string][]byte{"_rels/.rels": relations("officeDocument", "xl/workbook.xml"),
			"xl/_rels/workbook.xml.rels": relations("worksheet", "worksheets/sheet1.xml"),
			"xl/workbook.xml": []byte(`<workbook xmlns="` + office + `spreadsheetml/2006/main" xmlns:r="` + office +
				`officeDocument/2006/relationships"><sheets><sheet name="名单" sheetId="1" r:id="r1"/></sheets></workbook>`),
			"xl/worksheets/sheet1.xml": []byte(`<worksheet xmlns="` + office + `spreadsheetml/2006/main"><sheetData>` + sheet.String() + `</sheetData></worksheet>`)}),
		"hidden.xlsx": zipped(map[string][]byte{"_rels/.rels": relations("officeDocument", "xl/workbook.xml"),
			"xl/_rels/workbook.xml.rels": relations("worksheet", "worksheets/sheet1.xml"),
			"xl/workbook.xml": []byte(`<workbook xmlns="` + office + `spreadsheetml/2006/main" xmlns:r="` + office +
				`officeDocument/2006/relationships"><sheets><sheet name="名单" state="hidden" sheetId="1" r:id="r1"/></sheets></workbook>`),
			"xl/worksheets/sheet1.xml": []byte(`<worksheet xmlns="` + office + `spreadsheetml/2006/main"><sheetData>` + sheet.String() + `</sheetData></worksheet>`)}),
		"a.pptx": zipped(map[string][]byte{"_rels/.rels": relations("officeDocument", "ppt/presentation.xml"),
			"ppt/presentation.xml":  []byte(`<p xmlns="urn:x"/>`),
			"ppt/slides/slide1.xml": []byte(`<sld xmlns="urn:x" xmlns:a="` + office + `drawingml/2006/main">` + slide.String() + `</sld>`)}),
	}
}

// numbersIn is how often each rule of numbers finds something in a file.
func numbersIn(t *testing.T, name string, raw []byte) map[string]int {
	t.Helper()
	c, problems := config.Parse(nil)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	checker := check.New(c, nil)
	looked := check.Looked{}
	if strings.HasSuffix(name, ".md") {
		compiler := content.Compiler{Config: c, Dialect: markdown.New()}
		doc, facts := compiler.CompileWithFacts("content/notices/"+name, raw)
		looked = checker.Article(raw, &doc, facts)
	} else {
		looked = checker.File("static/"+name, raw)
	}
	if looked.Unread.EN != "" {
		t.Fatalf("%s: %s", name, looked.Unread.EN)
	}
	found := map[string]map[string]bool{}
	for _, f := range looked.Findings {
		if found[f.Rule] == nil {
			found[f.Rule] = map[string]bool{}
		}
		found[f.Rule][f.Subject] = true
	}
	return map[string]int{"id-number": len(found["id-number"]), "mobile-number": len(found["mobile-number"]), "bank-card": len(found["bank-card"])}
}

// TestPlanted: of a thousand people none of whose numbers may be published, none escapes,
// whatever file they are in.
func TestPlanted(t *testing.T) {
	all := people()
	for name, raw := range planted(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for rule, n := range numbersIn(t, name, raw) {
				if n != len(all) {
					t.Errorf("%s: %d of %d", rule, n, len(all))
				}
			}
		})
	}
}

// TestPlantedPDF: nor in a PDF as LibreOffice writes it.
func TestPlantedPDF(t *testing.T) {
	if os.Getenv("REQUIRE_ALL") == "" {
		t.Skip("starting LibreOffice takes seconds")
	}
	office := tool(t, "soffice", "libreoffice-writer")
	dir := t.TempDir()
	var page strings.Builder
	page.WriteString("<meta charset=utf-8>")
	for _, p := range people() {
		fmt.Fprintf(&page, "<p>%s</p>", html.EscapeString("证号"+p.id+"，"+p.mobile+"，银行卡"+p.card))
	}
	if err := os.WriteFile(filepath.Join(dir, "a.html"), []byte(page.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	c := exec.Command(office, "-env:UserInstallation=file://"+filepath.ToSlash(dir)+"/profile", "--headless", "--convert-to", "pdf:writer_web_pdf_Export", "--outdir", dir, filepath.Join(dir, "a.html"))
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	raw, err := os.ReadFile(filepath.Join(dir, "a.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	for rule, n := range numbersIn(t, "a.pdf", raw) {
		if n != 1000 {
			t.Errorf("%s: %d of 1000", rule, n)
		}
	}
}
