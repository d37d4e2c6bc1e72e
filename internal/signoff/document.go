package signoff

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
)

// DocumentMark stands near the beginning of each document that nothing else has saved.
const DocumentMark = "<Application>qinglian slip</Application>"

// The parts of a document that are the same in each. The first two are stored as they
// are, so that a file can be told by its first bytes.
const (
	contentTypes = header + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/word/document.xml" ContentType="` + wordType + `document.main+xml"/>` +
		`<Override PartName="/word/styles.xml" ContentType="` + wordType + `styles+xml"/>` +
		`<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>`
	properties = header + `<Properties xmlns="` + office + `/extended-properties">` + DocumentMark + `</Properties>`
	relations  = header + relationships + `<Relationship Id="r1" Type="` + office +
		`/relationships/officeDocument" Target="word/document.xml"/>` +
		`<Relationship Id="r2" Type="` + office +
		`/relationships/extended-properties" Target="docProps/app.xml"/></Relationships>`
	ofDocument = header + relationships + `<Relationship Id="r1" Type="` + office +
		`/relationships/styles" Target="styles.xml"/></Relationships>`
	styles = header + `<w:styles xmlns:w="` + word + `"><w:docDefaults><w:rPrDefault><w:rPr>` +
		`<w:rFonts w:ascii="仿宋" w:hAnsi="仿宋" w:eastAsia="仿宋" w:cs="仿宋"/><w:sz w:val="23"/><w:szCs w:val="23"/>` +
		`<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr>` +
		`</w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style></w:styles>`

	header        = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	relationships = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	office        = "http://schemas.openxmlformats.org/officeDocument/2006"
	word          = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	wordType      = "application/vnd.openxmlformats-officedocument.wordprocessingml."
)

// Document is the sheet as a document of Word and WPS.
func (s Sheet) Document() ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range []struct {
		name, text string
		method     uint16
	}{
		{"[Content_Types].xml", contentTypes, zip.Store}, {"docProps/app.xml", properties, zip.Store},
		{"_rels/.rels", relations, zip.Deflate}, {"word/_rels/document.xml.rels", ofDocument, zip.Deflate},
		{"word/styles.xml", styles, zip.Deflate}, {"word/document.xml", s.document(), zip.Deflate},
	} {
		w, err := z.CreateHeader(&zip.FileHeader{Name: part.name, Method: part.method})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write([]byte(part.text)); err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return b.Bytes(), err
}

// The table's columns, in twentieths of a point: labels and what stands beside them.
const (
	labelWidth = 1500
	textWidth  = 3319
)

func (s Sheet) document() string {
	var b strings.Builder
	b.WriteString(header + `<w:document xmlns:w="` + word + `"><w:body>`)
	paragraph(&b, s.Heading(), `<w:jc w:val="center"/>`,
		`<w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/><w:b/><w:sz w:val="40"/><w:szCs w:val="40"/>`)
	paragraph(&b, s.Site, `<w:spacing w:after="120"/><w:jc w:val="center"/>`, "")
	b.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="9638" w:type="dxa"/><w:tblBorders>`)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		fmt.Fprintf(&b, `<w:%s w:val="single" w:sz="4" w:space="0" w:color="000000"/>`, side)
	}
	b.WriteString(`</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`)
	for _, width := range []int{labelWidth, textWidth, labelWidth, textWidth} {
		fmt.Fprintf(&b, `<w:gridCol w:w="%d"/>`, width)
	}
	b.WriteString(`</w:tblGrid>`)
	for _, row := range s.Rows {
		row.write(&b)
	}
	b.WriteString(`</w:tbl>`)
	paragraph(&b, s.Record(), `<w:spacing w:before="160"/>`, "")
	paragraph(&b, s.Line, "", `<w:b/>`)
	b.WriteString(`<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1021" w:right="1134" w:bottom="907" w:left="1134" ` +
		`w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>`)
	return b.String()
}

// signHeight is that of a row in which somebody writes.
const signHeight = 1134

func (r Row) write(b *strings.Builder) {
	b.WriteString(`<w:tr><w:trPr><w:cantSplit/>`)
	if r.Sign {
		fmt.Fprintf(b, `<w:trHeight w:val="%d" w:hRule="atLeast"/>`, signHeight)
	}
	b.WriteString(`</w:trPr>`)
	for i, c := range r.Cells {
		fmt.Fprintf(b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>`, labelWidth)
		paragraph(b, c.Label, `<w:jc w:val="center"/>`, "")
		width, span := textWidth, ""
		if len(r.Cells) == 1 {
			width, span = textWidth+labelWidth+textWidth, `<w:gridSpan w:val="3"/>`
		}
		fmt.Fprintf(b, `</w:tc><w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>%s</w:tcPr>`, width, span)
		place := ""
		if r.Sign && i > 0 {
			place = `<w:jc w:val="right"/>`
		}
		for _, line := range c.Lines {
			paragraph(b, line, place, "")
		}
		if len(c.Lines) == 0 {
			paragraph(b, "", "", "")
		}
		b.WriteString(`</w:tc>`)
	}
	b.WriteString(`</w:tr>`)
}

// paragraph writes a text with properties of its own.
func paragraph(b *strings.Builder, text, place, look string) {
	b.WriteString(`<w:p>`)
	if place != "" {
		b.WriteString(`<w:pPr>` + place + `</w:pPr>`)
	}
	if text != "" {
		b.WriteString(`<w:r>`)
		if look != "" {
			b.WriteString(`<w:rPr>` + look + `</w:rPr>`)
		}
		b.WriteString(`<w:t xml:space="preserve">`)
		xml.EscapeText(b, []byte(text)) //nolint:errcheck // a Builder never fails
		b.WriteString(`</w:t></w:r>`)
	}
	b.WriteString(`</w:p>`)
}
