// Package theme loads a theme, checks it and executes its layouts.
//
// A theme is theme.toml, layouts/, partials/, directives/, outputs/ and assets/,
// as package view describes. A file of the same name in the site's own
// themes/NAME/, or layouts/ for a layout, wins over the built-in one. When a
// theme loads, each template is checked against what it is executed with and
// the fields of the site's kinds, so that a name that does not exist is an error
// with file, line and column; then templates, style sheets and scripts are
// minified, and assets get their fingerprint into their names.
//
// Templates are html/template, which escapes what they print for its place;
// package stencil executes them. What the template packages say of a template, in
// English, is said in Chinese, too (sayings.go).
package theme

import (
	"cmp"
	"errors"
	"html"
	"html/template"
	"io"
	"io/fs"
	"iter"
	"maps"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"text/template/parse"

	"qinglian/internal/cores"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/image"
	"qinglian/internal/markdown"
	"qinglian/internal/recent"
	"qinglian/internal/stencil"
	"qinglian/internal/view"
)

// Theme is a loaded theme. It is not changed after loading.
type Theme struct {
	Name    string
	Assets  []Asset
	Outputs []Output // by path
	Specs   []markdown.DirectiveSpec
	Cover   image.Ratio // the form of covers in cards
	Sizes   string      // how wide a text shows a picture, for <img sizes>

	files      map[string]file
	layouts    map[string]*Layout
	directives map[string]*Directive
	checked    Checked
	fragments  recent.Map[fragment, template.HTML]
}

// Layout is one class of page, ready to be executed from all cores.
type Layout struct {
	Digest digest.Digest // of the templates it reaches and the assets they name
	Needs  Needs
	set    func() (*stencil.Set, error)
}

// Execute writes a page.
func (l *Layout) Execute(w io.Writer, p *view.Page) error {
	set, err := l.set()
	if err != nil {
		return err
	}
	return failure(set.Execute(w, base, p))
}

// Layout finds the first layout of those named that the theme has.
func (t *Theme) Layout(names ...string) (*Layout, bool) {
	for _, name := range names {
		if l, ok := t.layouts[name]; ok {
			return l, true
		}
	}
	return nil, false
}

// Layouts are all that the theme has.
func (t *Theme) Layouts() iter.Seq[*Layout] { return maps.Values(t.layouts) }

// File is a file of the theme that is for others than its pages, with the name
// that people know it by.
func (t *Theme) File(name string) (shown, text string, ok bool) {
	f, ok := t.files[name]
	return f.shown, f.text, ok
}

// base is the layout that all others fill in.
const base = "layouts/base.html"

// required layouts are those that every site needs.
var required = []string{"home", "section", "page", "terms", "term", "404"}

// file is a template with the name that people know it by.
type file struct {
	shown string // themes/lotus/layouts/home.html
	text  string
}

type loader struct {
	name      string
	files     map[string]file // by path in the theme
	fields    []string        // keys that kinds have
	minifier  *minifier
	templates map[string]defined // by path, of layouts and partials
	cutter    *stencil.Cutter

	mu       sync.Mutex // layouts are made ready at the same time
	problems diag.List
}

// Load loads the theme name from the built-in themes and from the site's
// folder over them. fields are the keys that the site's kinds have, known is what was
// kept of the theme when it was loaded before.
func Load(name string, builtIn, site fs.FS, fields []string, known Checked) (*Theme, diag.List, error) {
	l := loader{name: name, fields: fields, files: map[string]file{},
		minifier: newMinifier(), cutter: newCutter()}
	if !fs.ValidPath(name) || name == "." || strings.Contains(name, "/") {
		return nil, unknown(name), nil
	}
	for _, layer := range []struct {
		fsys   fs.FS
		dir    string
		within string // where the folder stands in the theme
	}{{builtIn, name, ""}, {site, "themes/" + name, ""}, {site, "layouts", "layouts"}} {
		if err := l.read(layer.fsys, layer.dir, layer.within); err != nil {
			return nil, nil, err
		}
	}
	if len(l.files) == 0 {
		return nil, unknown(name), nil
	}
	l.giveFinder()
	l.tagged()
	t := &Theme{Name: name, files: l.files, layouts: map[string]*Layout{}, directives: map[string]*Directive{}}
	l.templates = l.defined(t)
	c := l.contract()
	t.Cover, _ = c.cover()
	t.Sizes = cmp.Or(c.Pictures.Sizes, "100vw")
	l.make(t, c, known)
	for _, name := range required {
		if _, ok := l.files["layouts/"+name+".html"]; !ok {
			l.problem("themes/"+l.name, 0, 0, missing("layouts/"+name+".html"))
		}
	}
	l.outputs(t, c)
	err := l.directives(t, c, builtIn)
	return t, l.problems.Sort(), err
}

func unknown(name string) diag.List {
	return diag.List{{Rule: "unknown-theme", Severity: diag.Error,
		Message: diag.Say("没有名叫“%s”的主题", "there is no theme %q", name),
		Hint: diag.Say("用自带的 lotus 或 plain，或把主题放在 themes/ 里，写它的文件夹名",
			"use the built-in lotus or plain, or put the theme into themes/ and give the name of its folder")}}
}

func (l *loader) read(fsys fs.FS, dir, within string) error {
	err := fs.WalkDir(fsys, dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() || strings.HasPrefix(e.Name(), ".") {
			return err
		}
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		inside := strings.TrimPrefix(name, dir+"/")
		shown := name
		if within == "" {
			shown = path.Join("themes", l.name, inside)
		}
		l.files[path.Join(within, inside)] = file{shown, string(text)}
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// in lists the theme's files in a folder, by name.
func (l *loader) in(folder string) []string {
	var out []string
	for name := range l.files {
		if path.Dir(name) == folder {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// layouts makes those ready that are in order.
func (l *loader) layouts(t *Theme, c contract) {
	names := slices.DeleteFunc(l.in("layouts"), func(name string) bool { return name == base })
	made := make([]*Layout, len(names))
	cores.Together(len(names), func(from, to int) {
		for i := from; i < to; i++ {
			set, layout := l.set(names[i]), layoutOf(names[i])
			if !l.check(t, set, c.allows(layout)) {
				continue
			}
			if made[i] = l.layout(t, set); made[i] != nil {
				made[i].Needs = c.Layouts[layout].needs()
			}
		}
	})
	for i, name := range names {
		if made[i] != nil {
			t.layouts[layoutOf(name)] = made[i]
		}
	}
}

// layoutOf is the name of a layout in a file.
func layoutOf(name string) string { return strings.TrimSuffix(path.Base(name), ".html") }

// set is the files that a layout is made of.
func (l *loader) set(layout string) []string {
	return append([]string{base, layout}, l.in("partials")...)
}

// fragment is a partial with what it is executed with: a *view.Frame or a
// *view.Card, which many pages share and none changes.
type fragment struct {
	partial string
	dot     any
}

// show executes a template of a set.
type show func(w io.Writer, name string, dot any) error

// fragment shows a partial, made once.
func (t *Theme) fragment(by show, f fragment) (template.HTML, error) {
	return t.fragments.Get(f, func() (template.HTML, error) {
		var b strings.Builder
		err := by(&b, f.partial, f.dot)
		return template.HTML(b.String()), err
	})
}

// Begin is to be called before the theme shows another site: the parts that it keeps
// of one are known by their places in memory, and nobody asks for those again.
func (t *Theme) Begin() { t.fragments.Clear() }

// contents is a list of links to headings, the longest list that a page has. Written
// by hand it takes a fraction of the time that a template would.
func contents(headings []view.Heading) (template.HTML, error) {
	b := append(make([]byte, 0, 200*len(headings)+10), "<ol>"...)
	for _, h := range headings {
		b = append(b, `<li class="level-`...)
		b = strconv.AppendInt(b, int64(h.Level), 10)
		b = append(b, `"><a href="#`...)
		b = append(b, html.EscapeString(url.PathEscape(h.ID))...)
		b = append(b, `">`...)
		b = append(b, html.EscapeString(h.Title)...)
		b = append(b, "</a></li>"...)
	}
	return template.HTML(append(b, "</ol>"...)), nil
}

// check holds the templates, as they were written, against view.Page and what
// the layout needs.
func (l *loader) check(t *Theme, set []string, needs Needs) bool {
	root, err := l.parse(t, set, asWritten)
	if err == nil {
		err = checkTypes(root, &view.Page{})
	}
	if err == nil {
		err = checkFragments(root)
	}
	if err != nil {
		l.templateProblem(err)
		return false
	}
	trees := map[string]*parse.Tree{}
	reach(root, root.Tree, trees)
	names, assets := l.checkNames(trees, needs), l.checkAssets(t, root)
	return names && assets
}

// layout minifies the templates and makes them ready to run.
func (l *loader) layout(t *Theme, set []string) *Layout {
	root, err := l.parse(t, set, asMinified)
	if err != nil {
		l.templateProblem(err)
		return nil
	}
	h := digest.New("layout")
	trees := map[string]*parse.Tree{}
	reach(root, root.Tree, trees)
	if root, err = l.alone(t, trees); err != nil {
		l.templateProblem(err)
		return nil
	}
	var written []string
	for _, name := range slices.Sorted(maps.Keys(trees)) {
		text := trees[name].Root.String()
		h.String(name, text)
		written = append(written, text)
	}
	digestAssets(h, t, written...)
	cut := l.cut(t, root, trees)
	return &Layout{Digest: h.Sum(), set: func() (*stencil.Set, error) { return cut, nil }}
}
