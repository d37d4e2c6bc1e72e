package theme

import (
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"text/template/parse"

	"github.com/BurntSushi/toml"

	"qinglian/internal/address"
	"qinglian/internal/diag"
	"qinglian/internal/image"
)

// Needs is what a layout wants beyond its own page, as theme.toml declares it.
type Needs struct {
	Lists map[string]List
	Terms []string // taxonomies
	Data  []string // tables of data/
}

// List is a wish for articles: of a section or of a kind, newest first or
// sorted by a field; Count 0 is all of them. By are the fields that they are
// counted by.
type List struct {
	Section string   `toml:"section"`
	Kind    string   `toml:"kind"`
	Count   int      `toml:"count"`
	Sort    string   `toml:"sort"`
	By      []string `toml:"by"`
}

// declared is one table of theme.toml.
type declared struct {
	Terms []string        `toml:"terms"`
	Data  []string        `toml:"data"`
	Lists map[string]List `toml:"lists"`

	// Of an output only:
	Layout   string `toml:"layout"`
	Template string `toml:"template"`
	Title    string `toml:"title"`
	About    string `toml:"description"`
}

func (d declared) needs() Needs { return Needs{d.Lists, d.Terms, d.Data} }

// contract is theme.toml.
type contract struct {
	Name     string              `toml:"name"`
	Contract int                 `toml:"contract"`
	Layouts  map[string]declared `toml:"layouts"`
	Outputs  map[string]declared `toml:"outputs"`

	Pictures struct {
		Cover string `toml:"cover"`
		Sizes string `toml:"sizes"`
	} `toml:"pictures"`

	Directives map[string]declaredDirective `toml:"directives"`
}

// allows is what a layout may name: what it needs itself, and what the outputs
// that it shows need.
func (c contract) allows(layout string) Needs {
	all := Needs{Lists: map[string]List{}}
	add := func(d declared) {
		maps.Copy(all.Lists, d.Lists)
		all.Data = append(all.Data, d.Data...)
	}
	add(c.Layouts[layout])
	for _, o := range c.Outputs {
		if o.Layout == layout {
			add(o)
		}
	}
	return all
}

// cover is the form of covers, the picture's own if none is given.
func (c contract) cover() (r image.Ratio, ok bool) {
	if c.Pictures.Cover == "" {
		return r, true
	}
	n, err := fmt.Sscanf(c.Pictures.Cover, "%d:%d", &r.Width, &r.Height)
	return r, err == nil && n == 2 && r.Width > 0 && r.Height > 0 && r.Width <= 100 && r.Height <= 100
}

// version is the contract that this program keeps.
const version = 1

const contractFile = "theme.toml"

func (l *loader) contract() contract {
	var c contract
	f, ok := l.files[contractFile]
	if !ok {
		return c
	}
	meta, err := toml.Decode(f.text, &c)
	if err != nil {
		l.tomlProblem(f, err)
		return contract{}
	}
	for _, key := range meta.Undecoded() {
		l.problem(f.shown, 0, 0, diag.Say("没有“%s”这一项设置", "unknown setting %s", key.String()))
	}
	if c.Contract > version {
		l.problem(f.shown, 0, 0, diag.Say("这个主题要用更新的 qinglian", "the theme is for a newer qinglian"))
	}
	for _, name := range slices.Sorted(maps.Keys(c.Layouts)) {
		if _, ok := l.files["layouts/"+name+".html"]; !ok {
			l.problem(f.shown, 0, 0, missing("layouts/"+name+".html"))
		}
		if d := c.Layouts[name]; d.Layout != "" || d.Template != "" || d.Title != "" || d.About != "" {
			l.problem(f.shown, 0, 0, diag.Say("layouts.%s：layout、template、title、description 只用在 outputs 里",
				"layouts.%s: layout, template, title and description are for outputs", name))
		}
		l.lists("layouts."+name, c.Layouts[name])
	}
	for _, p := range slices.Sorted(maps.Keys(c.Outputs)) {
		if !address.ValidPath(p) {
			l.problem(f.shown, 0, 0, diag.Say("%s 不能作发布的路径", "%s can't be a published path", p))
		}
		l.lists("outputs."+p, c.Outputs[p])
	}
	if _, ok := c.cover(); !ok {
		l.problem(f.shown, 0, 0, diag.Say("pictures.cover 写成 \"8:5\" 这样的比例",
			"pictures.cover: give a form such as \"8:5\""))
	}
	l.ownDirectives(c)
	return c
}

func (l *loader) lists(where string, d declared) {
	for _, name := range slices.Sorted(maps.Keys(d.Lists)) {
		if list := d.Lists[name]; (list.Section == "") == (list.Kind == "") || list.Count < 0 {
			l.problem(l.files[contractFile].shown, 0, 0, diag.Say("%s.lists.%s：写 section 或 kind 中的一个，count 不小于 0",
				"%s.lists.%s: name a section or a kind, and a count of 0 or more", where, name))
		}
		for _, key := range d.Lists[name].By {
			field, column, divided := strings.Cut(key, ".")
			if !slices.Contains(l.fields, field) || divided && !slices.Contains(l.fields, column) {
				l.problem(l.files[contractFile].shown, 0, 0, diag.Say("%s.lists.%s：没有哪一类文章有“%s”这一项",
					"%s.lists.%s: no kind has a field %s", where, name, key))
			}
		}
	}
}

func (l *loader) tomlProblem(f file, err error) {
	var pe toml.ParseError
	if !errors.As(err, &pe) {
		l.problem(f.shown, 0, 0, unreadable(err.Error()))
		return
	}
	d := diag.Diagnostic{}.At(f.shown, []byte(f.text), pe.Position.Start)
	l.problem(f.shown, d.Line, d.Column, unreadable(pe.Message))
}

// checkNames reports, in what a layout reaches, fields that no kind has and
// lists that theme.toml does not declare: the types alone do not show them.
func (l *loader) checkNames(trees map[string]*parse.Tree, needs Needs) bool {
	ok := true
	for _, name := range slices.Sorted(maps.Keys(trees)) {
		tree := trees[name]
		walk(tree.Root, func(n parse.Node) {
			if wrong := l.wrongName(n, needs); wrong != (diag.Text{}) {
				where, _ := tree.ErrorContext(n)
				l.templateProblem(flaw{where, wrong})
				ok = false
			}
		})
	}
	return ok
}

func (l *loader) wrongName(n parse.Node, needs Needs) (wrong diag.Text) {
	switch n := n.(type) {
	case *parse.CommandNode:
		if len(n.Args) == 2 && last(n.Args[0]) == "Field" {
			return unknownKey(n.Args[1], l.fields, noField)
		}
	case *parse.FieldNode:
		return undeclared(n.Ident, needs)
	case *parse.VariableNode:
		return undeclared(n.Ident[1:], needs)
	}
	return wrong
}

// flaw is what we find in a template ourselves, as an error in the form of those of the
// template packages.
type flaw struct {
	where string
	what  diag.Text
}

func (f flaw) Error() string { return "template: " + f.where + ": " + f.what.EN }

func noField(key string) diag.Text {
	return diag.Say("没有哪类文章有 %s 这一项", "no kind has a field %s", key)
}

func noArgument(key string) diag.Text {
	return diag.Say("这个指令没有 %s 这一项", "the directive has no argument %s", key)
}

// unknownKey is the message about a text in a template that is none of the
// known ones, or nothing.
func unknownKey(n parse.Node, known []string, unknown func(string) diag.Text) (wrong diag.Text) {
	key, ok := n.(*parse.StringNode)
	if !ok || slices.Contains(known, key.Text) {
		return wrong
	}
	wrong = unknown(key.Quoted)
	if near := diag.Nearest(key.Text, known); near != "" {
		return diag.Say("%s；是不是想写 \"%s\"？", "%s; did you mean \"%s\"?", wrong, near)
	}
	return wrong
}

func undeclared(idents []string, needs Needs) (wrong diag.Text) {
	if len(idents) < 2 {
		return wrong
	}
	name := idents[1]
	switch idents[0] {
	case "Lists":
		if _, ok := needs.Lists[name]; !ok {
			return diag.Say("theme.toml 没有给这个版式声明列表 %s", "theme.toml declares no list %s for this layout", name)
		}
	case "Counts":
		if len(needs.Lists[name].By) == 0 {
			return diag.Say("theme.toml 没有给这个版式声明按项目分的列表 %s",
				"theme.toml declares no list %s that is divided by fields for this layout", name)
		}
	case "Data":
		if !slices.Contains(needs.Data, name) {
			return diag.Say("theme.toml 没有给这个版式声明数据 %s", "theme.toml declares no data %s for this layout", name)
		}
	}
	return wrong
}

// last is the last name of a chain of fields: Field in .Article.Field.
func last(n parse.Node) string {
	var names []string
	switch n := n.(type) {
	case *parse.FieldNode:
		names = n.Ident
	case *parse.VariableNode:
		names = n.Ident[1:]
	case *parse.ChainNode:
		names = n.Field
	}
	if len(names) == 0 {
		return ""
	}
	return names[len(names)-1]
}

// form is what a file's ending says of how it is made.
func form(p string) string { return strings.TrimPrefix(path.Ext(p), ".") }
