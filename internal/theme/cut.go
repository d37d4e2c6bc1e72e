package theme

import (
	"html/template"
	"io"
	"maps"
	"slices"
	"text/template/parse"

	"qinglian/internal/stencil"
	"qinglian/internal/view"
)

// newCutter knows what templates are executed with, and all methods of a view.
func newCutter() *stencil.Cutter {
	return stencil.NewCutter([]any{&view.Page{}, &view.Frame{}, &view.Card{}, view.Directive{}}, []stencil.Method{
		stencil.MethodOf("Field", (*view.Article).Field),
		stencil.MethodOf("Field", (*view.Card).Field),
		stencil.MethodOf("Field", (*view.Row).Field),
		stencil.MethodOf("Field", (*view.Term).Field),
		stencil.MethodOf("Arg", (*view.Directive).Arg),
		stencil.MethodOf("Link", (*view.Directive).Link),
	})
}

// cut makes a layout's templates ready to run: base, and those that are shown
// as fragments.
func (l *loader) cut(t *Theme, root *template.Template, trees map[string]*parse.Tree) *stencil.Set {
	names := map[string]bool{base: true}
	for _, tree := range trees {
		walk(tree.Root, func(n parse.Node) {
			if name, as := included(n); as == "frame" || as == "card" {
				names[name] = true
			}
		})
	}
	var set *stencil.Set
	own := functions(t, func(w io.Writer, name string, dot any) error { return set.Execute(w, name, dot) })
	set = l.cutter.Cut(root, slices.Sorted(maps.Keys(names)), own)
	return set
}
