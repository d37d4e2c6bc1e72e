package theme

import (
	"encoding/base64"
	"html"
	"html/template"
	"strconv"

	"qinglian/internal/diag"
	"qinglian/internal/qr"
)

// qrImg is an address as a QR code: an <img>, since chat programs look for codes
// in pictures when a reader presses long on one, not in drawings that are part
// of the page. It is in the page itself: a file for each would double the files
// of a site.
func qrImg(address, alt string) (template.HTML, error) {
	if address == "" {
		return "", diag.Failure{Text: diag.Say("qr：没有网址；外面套上 {{if …}}",
			"qr: there is no address; put {{if …}} around it")}
	}
	code, err := qr.Of(address)
	if err != nil {
		return "", err
	}
	b := append(make([]byte, 0, 1024), `<img src="data:image/png;base64,`...)
	b = base64.StdEncoding.AppendEncode(b, code.PNG())
	size := strconv.Itoa(code.Pixels())
	b = append(b, `" width="`+size+`" height="`+size+`" alt="`...)
	b = append(b, html.EscapeString(alt)...)
	return template.HTML(append(b, `">`...)), nil
}
