package view

import (
	"bytes"
	"flag"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write docs/view.md")

// manual is the manual's page about what templates see, made from this package and zh.txt.
const manual = "../../docs/view.md"

// TestManual: docs/view.md is what this package and zh.txt say, and zh.txt says something of
// each name in it that a template can use, and of nothing else.
func TestManual(t *testing.T) {
	fset := token.NewFileSet()
	file := &ast.File{}
	for _, name := range []string{"view.go", "article.go"} { // in the order of the page
		f, err := parser.ParseFile(fset, name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		file.Decls = append(file.Decls, f.Decls...)
	}
	p := page{t: t, zh: chinese(t)}
	p.b.WriteString("# 模板看得到的数据\n\n" +
		"版式拿到的是 `Page`，`directives/` 里的拿到的是 `Directive`，`{{frame}}` 的片段拿到 `Frame`，`{{card}}` 的拿到 `Card`。" +
		"`[]` 开头的是几个，用 `range`；`*` 开头的可能没有，用 `with`。怎样做主题，见[主题](themes.md)。\n\n" +
		"*A layout gets a `Page`, a template of `directives/` a `Directive`, a partial shown by `frame` a `Frame`, " +
		"one shown by `card` a `Card`. " +
		"What begins with `[]` is several: use `range`; " +
		"what begins with `*` may be missing: use `with`. How a theme is made: [themes](themes.md).*\n")
	for _, d := range file.Decls {
		if types, ok := d.(*ast.GenDecl); ok && types.Tok == token.TYPE {
			p.declared(types, methods(file))
		}
	}
	for name := range p.zh {
		t.Errorf("zh.txt says something of %s, which is not there", name)
	}
	if *update {
		if err := os.WriteFile(manual, p.b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(manual); err != nil || string(got) != p.b.String() {
		t.Errorf("%s is not current (%v): go test ./internal/view -update", manual, err)
	}
}

// chinese is what zh.txt says of each name.
func chinese(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile("zh.txt")
	if err != nil {
		t.Fatal(err)
	}
	zh := map[string]string{}
	for line := range strings.Lines(string(text)) {
		name, about, _ := strings.Cut(strings.TrimSpace(line), " ")
		zh[name] = about
	}
	return zh
}

// methods is those of each type that templates can call.
func methods(file *ast.File) map[string][]*ast.FuncDecl {
	found := map[string][]*ast.FuncDecl{}
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Recv == nil || !f.Name.IsExported() {
			continue
		}
		of := f.Recv.List[0].Type
		if pointer, ok := of.(*ast.StarExpr); ok {
			of = pointer.X
		}
		name := of.(*ast.Ident).Name
		found[name] = append(found[name], f)
	}
	return found
}

// page is the page as far as it is written, and what zh.txt has not been asked for.
type page struct {
	t  *testing.T
	b  bytes.Buffer
	zh map[string]string
}

func (p *page) declared(d *ast.GenDecl, methods map[string][]*ast.FuncDecl) {
	for _, s := range d.Specs {
		spec := s.(*ast.TypeSpec)
		name := spec.Name.Name
		fmt.Fprintf(&p.b, "\n## %s\n\n%s。\n\n*%s*\n", name, p.about(name), oneLine(d.Doc.Text()))
		p.b.WriteString("\n| 名字 Name | 类型 Type | 是什么 What it is |\n|---|---|---|\n")
		if of, ok := spec.Type.(*ast.StructType); ok {
			for _, f := range of.Fields.List {
				p.field(name, f)
			}
		}
		for _, m := range methods[name] {
			p.row(name, m.Name.Name, `"…"`, m.Type.Results.List[0].Type, oneLine(m.Doc.Text()))
		}
	}
}

func (p *page) field(of string, f *ast.Field) {
	comment := oneLine(f.Comment.Text())
	for _, name := range f.Names {
		p.row(of, name.Name, "", f.Type, comment)
	}
	if len(f.Names) == 0 { // embedded
		p.row(of, f.Type.(*ast.StarExpr).X.(*ast.Ident).Name, "", f.Type, "its fields are used as if they were here")
	}
}

// row is a row of a table: .Field "…".
func (p *page) row(of, name, argument string, kind ast.Expr, en string) {
	var typed bytes.Buffer
	if err := format.Node(&typed, token.NewFileSet(), kind); err != nil {
		p.t.Fatal(err)
	}
	about := p.about(of + "." + name)
	if en != "" {
		about += "<br>*" + en + "*"
	}
	fmt.Fprintf(&p.b, "| `%s` | `%s` | %s |\n", strings.TrimSpace("."+name+" "+argument), typed.String(), about)
}

// about is what zh.txt says of a name.
func (p *page) about(name string) string {
	about, ok := p.zh[name]
	if !ok || about == "" {
		p.t.Errorf("zh.txt says nothing of %s", name)
	}
	delete(p.zh, name)
	return about
}

// oneLine is a comment as a line of Markdown.
func oneLine(s string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(s), " "), "<", "&lt;")
}
