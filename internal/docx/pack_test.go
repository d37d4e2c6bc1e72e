package docx

import (
	"archive/zip"
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"
)

// The documents of these tests are made of their XML, so that what each is about can be
// read. open is how its parts begin: as Word and WPS write them.
const (
	open   = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`
	spaces = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"` +
		` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"` +
		` xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"` +
		` xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"` +
		` xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"` +
		` xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"` +
		` xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"` +
		` xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"` +
		` xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"` +
		` xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"`
	packageRelations = "http://schemas.openxmlformats.org/package/2006/relationships"
	typeBase         = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

type parts = map[string]string

// pack makes a document of the XML in its body and of further parts.
func pack(t testing.TB, body string, more parts) []byte {
	t.Helper()
	all := parts{"word/document.xml": "<w:document" + spaces + "><w:body>" + body + "</w:body></w:document>"}
	for name, content := range more {
		all[name] = content
	}
	if all["word/_rels/document.xml.rels"] == "" {
		all["word/_rels/document.xml.rels"] = related("")
	}
	return zipped(t, all)
}

func zipped(t testing.TB, all parts) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		content := all[name]
		method := zip.Store
		if len(content) > 1<<20 {
			method = zip.Deflate
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: method})
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, ".xml") || strings.HasSuffix(name, ".rels") {
			content = open + content
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

// related are the relations of the text: to the parts that it has as a rule, and more.
func related(more string) string {
	var out strings.Builder
	out.WriteString(`<Relationships xmlns="` + packageRelations + `">`)
	for _, kind := range []string{"styles", "numbering", "footnotes", "endnotes", "comments"} {
		out.WriteString(`<Relationship Id="` + kind + `" Type="` + typeBase + kind + `" Target="` + kind + `.xml"/>`)
	}
	return out.String() + more + "</Relationships>"
}

func relates(id, kind, target string) string {
	mode := ""
	if strings.Contains(target, ":") {
		mode = ` TargetMode="External"`
	}
	return `<Relationship Id="` + id + `" Type="` + typeBase + kind + `" Target="` + target + `"` + mode + `/>`
}

func part(name, inside string) string { return "<" + name + spaces + ">" + inside + "</" + name + ">" }

// p is a paragraph with properties; run one with a text.
func p(properties, inside string) string {
	return "<w:p><w:pPr>" + properties + "</w:pPr>" + inside + "</w:p>"
}

func run(text string) string { return `<w:r><w:t xml:space="preserve">` + text + `</w:t></w:r>` }

// styled is a run with properties.
func styled(properties, text string) string {
	return "<w:r><w:rPr>" + properties + "</w:rPr><w:t>" + text + "</w:t></w:r>"
}

// shows is a run with a picture.
func shows(id, description string) string {
	return `<w:r><w:drawing><wp:inline><wp:docPr id="1" name="图片 1" descr="` + description + `"/><a:graphic><a:graphicData>` +
		`<pic:pic><pic:blipFill><a:blip r:embed="` + id + `"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`
}

// beside is a run with a picture beside the text.
func beside(id string) string {
	return strings.NewReplacer("<wp:inline>", "<wp:anchor>", "</wp:inline>", "</wp:anchor>").Replace(shows(id, ""))
}
