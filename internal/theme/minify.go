package theme

import (
	"path"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/html"
	"github.com/tdewolff/minify/v2/js"
	"github.com/tdewolff/minify/v2/json"
	"github.com/tdewolff/minify/v2/svg"
)

type minifier struct{ m *minify.M }

func newMinifier() *minifier {
	m := minify.New()
	m.Add("template", &html.Minifier{
		TemplateDelims: html.GoTemplateDelims,
		// Without quotes html/template escapes differently; without end tags
		// a template is no longer a whole piece of the page.
		KeepQuotes:          true,
		KeepEndTags:         true,
		KeepDocumentTags:    true,
		KeepDefaultAttrVals: true,
	})
	m.AddFunc(".css", css.Minify)
	m.AddFunc(".js", js.Minify)
	m.AddFunc(".svg", svg.Minify)
	m.AddFunc(".json", json.Minify)
	return &minifier{m}
}

func (m *minifier) template(text string) (string, error) { return m.m.String("template", text) }

// asset minifies a style sheet, script or drawing; other files stay as they are.
func (m *minifier) asset(name string, b []byte) ([]byte, error) {
	out, err := m.m.Bytes(path.Ext(name), b)
	if err == minify.ErrNotExist {
		return b, nil
	}
	return out, err
}
