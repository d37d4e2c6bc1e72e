package theme

import (
	"html"
	"html/template"
	"strconv"

	"qinglian/internal/diag"
	"qinglian/internal/view"
)

// img is a picture that says nothing which the text beside it does not: covers.
// sizes is how wide the theme shows it.
func img(p *view.Picture, sizes, more string) (template.HTML, error) {
	if p == nil {
		return "", diag.Failure{Text: diag.Say("img：没有图片；外面套上 {{with …}}",
			"img: there is no picture; put {{with …}} around it")}
	}
	b := append(make([]byte, 0, 256), `<img`...)
	b = append(AppendPicture(b, p, sizes), ` alt=""`...)
	return template.HTML(append(append(b, more...), '>')), nil
}

// AppendPicture adds the attributes of an <img> that say where a picture is and
// how large.
func AppendPicture(b []byte, p *view.Picture, sizes string) []byte {
	b = appendAttribute(b, "src", p.URL)
	if p.SrcSet != "" {
		b = appendAttribute(b, "srcset", p.SrcSet)
		b = appendAttribute(b, "sizes", sizes)
	}
	if p.Width > 0 {
		b = appendAttribute(b, "width", strconv.Itoa(p.Width))
	}
	if p.Height > 0 {
		b = appendAttribute(b, "height", strconv.Itoa(p.Height))
	}
	return b
}

func appendAttribute(b []byte, name, value string) []byte {
	b = append(append(append(b, ' '), name...), `="`...)
	return append(append(b, html.EscapeString(value)...), '"')
}
