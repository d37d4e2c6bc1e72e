// Package image knows what a picture holds besides its picture.
package image

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"qinglian/internal/diag"
)

// CheckSVG refuses a drawing that could run a script or load something from
// elsewhere: as a file of its own, which a link opens, it is a page.
func CheckSVG(file string, raw []byte) diag.List {
	d := xml.NewDecoder(bytes.NewReader(raw))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	for {
		at := int(d.InputOffset())
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return unsafe(file, raw, at, diag.Say("不是完整的 SVG", "not a whole SVG"))
		}
		switch t := token.(type) {
		case xml.StartElement:
			if what := unsafeElement(t); what != "" {
				return unsafe(file, raw, at, diag.Say("含有 %s", "it holds %s", what))
			}
		case xml.Directive:
			if bytes.Contains(bytes.ToUpper(t), []byte("ENTITY")) {
				return unsafe(file, raw, at, diag.Say("含有 %s", "it holds %s", "<!ENTITY"))
			}
		case xml.ProcInst:
			if t.Target != "xml" {
				return unsafe(file, raw, at, diag.Say("含有 %s", "it holds %s", "<?"+t.Target))
			}
		}
	}
}

// unsafeElement names what is not allowed in a start tag, or is "".
func unsafeElement(t xml.StartElement) string {
	switch strings.ToLower(t.Name.Local) {
	case "script", "foreignobject", "iframe", "object", "embed", "handler", "listener":
		return "<" + t.Name.Local + ">"
	}
	for _, a := range t.Attr {
		name := strings.ToLower(a.Name.Local)
		value := strings.ToLower(strings.Join(strings.Fields(a.Value), ""))
		switch {
		case strings.HasPrefix(name, "on"):
			return a.Name.Local + "=…"
		case name == "href" && !strings.HasPrefix(value, "#") && !strings.HasPrefix(value, "data:image/png") && !strings.HasPrefix(value, "data:image/jpeg"):
			return "href=…"
		case name == "attributename" && strings.HasSuffix(value, "href"), strings.Contains(value, "javascript:"), strings.Contains(value, "url(http"):
			return a.Name.Local + "=…"
		}
	}
	return ""
}

func unsafe(file string, raw []byte, at int, why diag.Text) diag.List {
	d := diag.Diagnostic{Rule: "unsafe-svg", Severity: diag.Error,
		Message: diag.Say("这个 SVG 图片不能发布：%s", "this SVG can't be published: %s", why),
		Hint:    diag.Say("用绘图软件另存为普通 SVG 或 PNG", "save it again as a plain SVG or PNG"),
	}.At(file, raw, at)
	d.Source = ""
	return diag.List{d}
}
