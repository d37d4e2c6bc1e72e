package theme

import (
	"bytes"
	"html/template"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"text/template/parse"

	"github.com/BurntSushi/toml"

	"qinglian/internal/address"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/markdown"
	"qinglian/internal/stencil"
	"qinglian/internal/view"
)

// Directive is the template of one directive, ready to be executed from all
// cores.
type Directive struct {
	Digest digest.Digest // of the template
	Data   []string      // tables of data/ that it needs
	name   string
	set    *stencil.Set
}

// Execute shows one use of the directive.
func (d *Directive) Execute(v view.Directive) ([]byte, error) {
	var b bytes.Buffer
	err := d.set.Execute(&b, d.name, v)
	return bytes.TrimSpace(b.Bytes()), failure(err)
}

// Directive finds the template of a directive.
func (t *Theme) Directive(name string) (*Directive, bool) {
	d, ok := t.directives[name]
	return d, ok
}

// directivesFile declares the directives that every theme shows, beside the
// built-in themes.
const directivesFile = "directives.toml"

// declaredDirective is a directive with the tables of data/ that its template needs.
type declaredDirective struct {
	markdown.DirectiveSpec
	Data []string `toml:"data"`
}

// Directives are those that articles may use whatever the theme is, in the order
// in which they are declared beside the built-in themes.
func Directives(builtIn fs.FS) ([]markdown.DirectiveSpec, error) {
	text, err := fs.ReadFile(builtIn, directivesFile)
	if err != nil {
		return nil, err
	}
	var c struct {
		Directives map[string]markdown.DirectiveSpec `toml:"directives"`
	}
	meta, err := toml.Decode(string(text), &c)
	if err != nil {
		return nil, err
	}
	var out []markdown.DirectiveSpec
	for _, key := range meta.Keys() {
		if len(key) == 2 {
			s := c.Directives[key[1]]
			s.Name = key[1]
			out = append(out, s)
		}
	}
	return out, nil
}

// ownDirectives reports what is wrong with the directives that the theme adds.
func (l *loader) ownDirectives(c contract) {
	where := l.files[contractFile].shown
	kinds := []string{markdown.TextArg, markdown.PictureArg, markdown.LinkArg, markdown.ArticleArg}
	for _, name := range slices.Sorted(maps.Keys(c.Directives)) {
		d := c.Directives[name]
		if !address.ValidSlug(name) {
			l.problem(where, 0, 0, diag.Say("directives.%s：名字只用小写字母、数字和连字符",
				"directives.%s: a name is lower-case letters, digits and hyphens", name))
		}
		for _, word := range []string{name, d.Label} {
			if markdown.OwnNamed(word) {
				l.problem(where, 0, 0, diag.Say("directives.%s：:::%s 是 Markdown 自己的写法，换一个名字",
					"directives.%s: :::%s is Markdown's own here; take another name or label", name, word))
			}
		}
		if !slices.Contains([]string{markdown.NoBody, markdown.MayBody, markdown.MustBody, markdown.QuizBody}, d.Body) {
			l.problem(where, 0, 0, diag.Say("directives.%s：body 写 \"may\"、\"must\" 或 \"quiz\"，或者不写",
				"directives.%s: body is \"may\", \"must\" or \"quiz\", or left out", name))
		}
		for _, a := range d.Args {
			if a.Key == "" || !slices.Contains(kinds, a.Kind) {
				l.problem(where, 0, 0, diag.Say("directives.%s：每个参数要有 key；kind 写 picture、link 或 article，文字不写",
					"directives.%s: an argument has a key, and the kind picture, link or article if it is no text",
					name))
			}
		}
		if _, ok := l.files["directives/"+name+".html"]; !ok {
			l.problem(where, 0, 0, missing("directives/"+name+".html"))
		}
	}
}

// specs are the directives that articles may use: the built-in ones, and those
// of the theme over them.
func specs(builtIn fs.FS, c contract) ([]markdown.DirectiveSpec, error) {
	all, err := Directives(builtIn)
	out := slices.DeleteFunc(all, func(s markdown.DirectiveSpec) bool { _, own := c.Directives[s.Name]; return own })
	for _, name := range slices.Sorted(maps.Keys(c.Directives)) {
		s := c.Directives[name].DirectiveSpec
		s.Name = name
		out = append(out, s)
	}
	return out, err
}

// templates loads and checks the templates of directives.
func (l *loader) directives(t *Theme, c contract, builtIn fs.FS) (err error) {
	if t.Specs, err = specs(builtIn, c); err != nil {
		return err
	}
	for _, name := range l.in("directives") {
		directive := strings.TrimSuffix(path.Base(name), ".html")
		i := slices.IndexFunc(t.Specs, func(s markdown.DirectiveSpec) bool { return s.Name == directive })
		if i < 0 {
			l.problem(l.files[name].shown, 0, 0, diag.Say("theme.toml 里没有声明“%s”",
				"theme.toml declares no directive %s", directive))
			continue
		}
		if d := l.directive(t, name, t.Specs[i], Needs{Data: c.Directives[directive].Data}); d != nil {
			t.directives[directive] = d
		}
	}
	return nil
}

func (l *loader) directive(t *Theme, name string, spec markdown.DirectiveSpec, needs Needs) *Directive {
	functions := map[string]stencil.Function{"asset": assetOf(t)}
	maps.Copy(functions, pictures())
	parse := func(text string) (*template.Template, error) {
		return template.New(name).Option("missingkey=error").Funcs(stencil.FuncMap(functions)).Parse(text)
	}
	plain, err := parse(l.files[name].text)
	if err == nil {
		err = checkTypes(plain, view.Directive{})
	}
	if err != nil {
		l.templateProblem(err)
		return nil
	}
	args, names, assets := l.checkArgs(plain.Tree, spec), l.checkNames(trees(plain), needs), l.checkAssets(t, plain)
	if !args || !names || !assets {
		return nil
	}
	small, err := l.minifier.template(l.files[name].text)
	if err != nil {
		l.problem(l.files[name].shown, 0, 0, unreadable(err.Error()))
		return nil
	}
	made, err := parse(small)
	if err != nil {
		l.templateProblem(err)
		return nil
	}
	h := digest.New("directive").String(name, small)
	digestAssets(h, t, made.Tree.Root.String())
	return &Directive{Digest: h.Sum(), Data: needs.Data, name: name, set: l.cutter.Cut(made, []string{name}, functions)}
}

// trees are the tree of a template that stands alone.
func trees(t *template.Template) map[string]*parse.Tree {
	return map[string]*parse.Tree{t.Name(): t.Tree}
}

// checkArgs reports arguments that the directive does not have.
func (l *loader) checkArgs(tree *parse.Tree, spec markdown.DirectiveSpec) bool {
	var keys []string
	for _, a := range spec.Args {
		keys = append(keys, a.Key)
	}
	ok := true
	walk(tree.Root, func(n parse.Node) {
		c, is := n.(*parse.CommandNode)
		if !is || len(c.Args) != 2 || last(c.Args[0]) != "Arg" && last(c.Args[0]) != "Link" {
			return
		}
		if wrong := unknownKey(c.Args[1], keys, noArgument); wrong != (diag.Text{}) {
			where, _ := tree.ErrorContext(n)
			l.templateProblem(flaw{where, wrong})
			ok = false
		}
	})
	return ok
}
