package ooxml

import (
	"archive/zip"
	"bytes"
	"testing"
)

// zipped is a file of parts, given by name and content.
func zipped(t testing.TB, parts ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestNames: elements and attributes have the prefixes that they have as a rule, in both
// dialects, whatever they have in the file.
func TestNames(t *testing.T) {
	for _, c := range []struct{ xml, names string }{
		{`<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:id="1"/>`, "w:p id"},
		{`<p xmlns="http://purl.oclc.org/ooxml/wordprocessingml/main" id="1"/>`, "w:p id"},
		{`<row xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="1"/>`, "s:row r"},
		{`<a:b xmlns:a="urn:x" a:c="1"/>`, "x:b x:c"},
		{`<b c="1"/>`, "b c"},
		{`<x xmlns:q="http://schemas.openxmlformats.org/officeDocument/2006/relationships" q:id="1"/>`, "x r:id"},
	} {
		p, refused := Open(zipped(t, "A/B.XML", c.xml), Format{})
		if refused.ZH != "" {
			t.Fatal(refused)
		}
		n, refused := p.Tree("a/b.xml")
		if refused.ZH != "" {
			t.Fatal(refused)
		}
		names := n.Name
		for _, a := range n.Attrs {
			names += " " + a.Name
		}
		if names != c.names {
			t.Errorf("%s: %s", c.xml, names)
		}
	}
}
