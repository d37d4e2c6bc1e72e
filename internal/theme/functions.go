package theme

import (
	"html/template"
	"maps"

	"qinglian/internal/diag"
	"qinglian/internal/stencil"
	"qinglian/internal/view"
)

// functions are all that a template of a set can call; the same input always
// gives the same output.
func functions(t *Theme, by show) map[string]stencil.Function {
	all := map[string]stencil.Function{
		"contents": stencil.One(contents),
		"frame": stencil.Two(func(partial string, p *view.Page) (template.HTML, error) {
			return t.fragment(by, fragment{partial, p.Frame})
		}),
		"card": stencil.Two(func(partial string, c *view.Card) (template.HTML, error) {
			return t.fragment(by, fragment{partial, c})
		}),
		"asset": assetOf(t),
	}
	maps.Copy(all, pictures())
	return all
}

// pictures are the functions that show one.
func pictures() map[string]stencil.Function {
	return map[string]stencil.Function{
		"img": stencil.Two(func(p *view.Picture, sizes string) (template.HTML, error) {
			return img(p, sizes, ` loading="lazy"`)
		}),
		"leadimg": stencil.Two(func(p *view.Picture, sizes string) (template.HTML, error) {
			return img(p, sizes, "")
		}),
		"qr": stencil.Two(qrImg),
	}
}

// assetOf gives the address of a file in assets/, from the site's root.
func assetOf(t *Theme) stencil.Function {
	return stencil.One(func(name string) (string, error) {
		for _, a := range t.Assets {
			if a.file == name {
				return a.Path, nil
			}
		}
		return "", diag.Failure{Text: noAsset(name)}
	})
}
