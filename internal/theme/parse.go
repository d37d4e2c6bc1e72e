package theme

import (
	"fmt"
	"html/template"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"text/template/parse"

	"qinglian/internal/cores"
	"qinglian/internal/stencil"
)

// wording is in which words a template is parsed.
type wording int

const (
	asWritten wording = iota
	asMinified
	wordings
)

// defined is what a file of templates defines, itself and what it names, in each wording.
// It is parsed once, by whoever asks first: all layouts that have the file share it, and
// only read it.
type defined [wordings]func() ([]*parse.Tree, error)

// defined is what all layouts and partials define, and base even if there is none.
func (l *loader) defined(t *Theme) map[string]defined {
	all := map[string]defined{}
	for _, name := range slices.Concat(l.in("partials"), l.in("layouts"), []string{base}) {
		text := l.files[name].text
		all[name] = defined{
			asWritten: sync.OnceValues(func() ([]*parse.Tree, error) { return treesOf(t, name, text) }),
			asMinified: sync.OnceValues(func() ([]*parse.Tree, error) {
				small, err := l.minifier.template(text)
				if err != nil {
					return nil, fmt.Errorf("template: %s: %w", name, err)
				}
				return treesOf(t, name, small)
			}),
		}
	}
	return all
}

// parseAll parses all templates in all wordings, on all cores. What is wrong with one is
// found again by the layouts that have it.
func (l *loader) parseAll() {
	all := slices.Collect(maps.Values(l.templates))
	cores.Together(len(all), func(from, to int) {
		for _, file := range all[from:to] {
			for _, trees := range file {
				_, _ = trees()
			}
		}
	})
}

// treesOf are the trees of all that a file defines.
func treesOf(t *Theme, name, text string) (all []*parse.Tree, err error) {
	if strings.HasPrefix(name, "partials/") {
		name = strings.TrimSuffix(path.Base(name), ".html")
	}
	of := template.New(name)
	if _, err := of.Funcs(stencil.FuncMap(functions(t, of.ExecuteTemplate))).Parse(text); err != nil {
		return nil, err
	}
	for _, named := range of.Templates() {
		if named.Tree != nil {
			all = append(all, named.Tree)
		}
	}
	return all, nil
}

// parse puts the templates of a set together, in one wording.
func (l *loader) parse(t *Theme, set []string, as wording) (*template.Template, error) {
	root := template.New(base).Option("missingkey=error")
	root.Funcs(stencil.FuncMap(functions(t, root.ExecuteTemplate)))
	for _, name := range set {
		trees, err := l.templates[name][as]()
		if err != nil {
			return nil, err
		}
		for _, tree := range trees {
			added, err := root.AddParseTree(tree.Name, tree)
			if err != nil {
				return nil, err
			}
			if tree.Name == base {
				root = added
			}
		}
	}
	return root, nil
}

// alone are templates of a set that share nothing with the other sets: escaping
// writes into them.
func (l *loader) alone(t *Theme, trees map[string]*parse.Tree) (root *template.Template, err error) {
	root = template.New(base).Option("missingkey=error")
	root.Funcs(stencil.FuncMap(functions(t, root.ExecuteTemplate)))
	for name, tree := range trees {
		trees[name] = tree.Copy()
		if _, err := root.AddParseTree(name, trees[name]); err != nil {
			return nil, err
		}
	}
	return root.Lookup(base), nil
}
