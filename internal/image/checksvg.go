package image

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"qinglian/internal/diag"
)

// checkSVG refuses a drawing that could run a script or load something from
// elsewhere: as a file of its own, which a link opens, it is a page.
func checkSVG(file string, raw []byte) diag.List {
	d := xml.NewDecoder(bytes.NewReader(raw))
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	var sheet strings.Builder
	begins, depth := 0, 0 // of the style sheet that we are in
	drawing := false
	for {
		at := int(d.InputOffset())
		token, err := d.Token()
		if errors.Is(err, io.EOF) && drawing {
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
			drawing = drawing || t.Name.Local == "svg"
			if t.Name.Local == "style" {
				depth++
			}
			if depth == 1 && t.Name.Local == "style" {
				begins = at
				sheet.Reset()
			}
		case xml.CharData:
			sheet.Write(t)
		case xml.EndElement:
			if t.Name.Local != "style" {
				continue
			}
			if depth--; loads(sheet.String()) {
				return unsafe(file, raw, begins, diag.Say("含有 %s", "it holds %s", "<style>"))
			}
		case xml.Directive:
			// It could declare entities, and where it ends is read in more
			// than one way.
			if bytes.ContainsRune(t, '[') {
				return unsafe(file, raw, at, diag.Say("含有 %s", "it holds %s", "<!DOCTYPE […]>"))
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
	if strings.Contains(t.Name.Space, "xhtml") { // <meta>, <img>, <form>: a page's elements do all that a page does
		return "<" + t.Name.Local + ">"
	}
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
		case name == "href" && !strings.HasPrefix(value, "#") && !strings.HasPrefix(value, "data:image/png") &&
			!strings.HasPrefix(value, "data:image/jpeg"):
			return "href=…"
		case name == "attributename" &&
			strings.HasSuffix(value, "href"), strings.Contains(value, "javascript:"), a.Name.Space == "" &&
			loads(value):
			return a.Name.Local + "=…"
		}
	}
	return ""
}

// loads reports style that could load something: all addresses but those inside
// the drawing, and escapes, which could hide one.
func loads(css string) bool {
	css = strings.ToLower(strings.Join(strings.Fields(css), ""))
	if strings.Contains(css, "@import") || strings.Contains(css, "image-set(") || strings.Contains(css, `\`) &&
		strings.ContainsAny(css, "(@") {
		return true
	}
	for {
		_, rest, more := strings.Cut(css, "url(")
		if !more {
			return false
		}
		css = strings.TrimLeft(rest, `"'`)
		if !strings.HasPrefix(css, "#") && !strings.HasPrefix(css, "data:") {
			return true
		}
	}
}

func unsafe(file string, raw []byte, at int, why diag.Text) diag.List {
	d := diag.Diagnostic{Rule: "unsafe-svg", Severity: diag.Error,
		Message: diag.Say("这个 SVG 图片不能发布：%s", "this SVG can't be published: %s", why),
		Hint:    diag.Say("用绘图软件另存为普通 SVG 或 PNG", "save it again as a plain SVG or PNG"),
	}.At(file, raw, at)
	d.Source = ""
	return diag.List{d}
}
