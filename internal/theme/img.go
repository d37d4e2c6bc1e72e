package theme

import (
	"errors"
	"html"
	"html/template"
	"strconv"

	"qinglian/internal/view"
)

// img is a picture that says nothing which the text beside it does not: covers.
// sizes is how wide the theme shows it.
func img(p *view.Picture, sizes, more string) (template.HTML, error) {
	if p == nil {
		return "", errors.New("img: there is no picture; put {{with …}} around it")
	}
	b := append(make([]byte, 0, 256), `<img src="`...)
	b = append(b, html.EscapeString(p.URL)...)
	if p.SrcSet != "" {
		b = append(b, `" srcset="`...)
		b = append(b, html.EscapeString(p.SrcSet)...)
		b = append(b, `" sizes="`...)
		b = append(b, html.EscapeString(sizes)...)
	}
	if p.Width > 0 {
		b = append(b, `" width="`...)
		b = strconv.AppendInt(b, int64(p.Width), 10)
		b = append(b, `" height="`...)
		b = strconv.AppendInt(b, int64(p.Height), 10)
	}
	b = append(b, `" alt=""`...)
	return template.HTML(append(append(b, more...), '>')), nil
}
