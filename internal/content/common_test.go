package content

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"qinglian/internal/config"
)

// commonText is a text that shows what each of the fields does that say how it is read.
const commonText = `各单位：

甲
乙

一、子

丙

（一）丑

丁

清源县人民政府
2024年5月1日
`

// withField is an article of which one field is as given.
func withField(f config.Field, value string) string {
	lines := []string{"标题: 甲", "日期: 2024-05-01", "来源: 乙"}
	lines = slices.DeleteFunc(lines, func(line string) bool { return strings.HasPrefix(line, f.Label+":") })
	return "---\n" + strings.Join(append(lines, f.Key+": "+value), "\n") + "\n---\n" + commonText
}

// commonValue is a value that a common field can have.
func commonValue(t *testing.T, f config.Field) string {
	t.Helper()
	if f.Key == "title_breaks" {
		return "甲" // it has to be the title
	}
	switch f.Type {
	case config.TypeText:
		return "a-b"
	case config.TypeURL: // the only one is that of the article in WeChat
		return "https://mp.weixin.qq.com/s/x"
	case config.TypeLong:
		return "丙"
	case config.TypeDate:
		return "2023-01-02"
	case config.TypeList:
		return "[a/b.html]"
	case config.TypeSwitch:
		return "true"
	case config.TypeReason:
		return "因故撤下"
	case config.TypeChoice:
		return f.Choices[0]
	case config.TypeImage:
		return "a.png"
	case config.TypeExtra:
		return "{丁: 戊}"
	}
	t.Fatalf("%s: no value for the type %s", f.Key, f.Type)
	return ""
}

// TestCommonFields: each common field of kinds.toml changes what an article is, by its
// key as by its label, and those that readers see can be gathered by.
func TestCommonFields(t *testing.T) {
	c := defaults(t)
	base := c.Compile("content/examples/x.md", []byte(withField(config.Field{Key: "author"}, "")))
	if len(base.Problems) > 0 {
		t.Fatal(base.Problems)
	}
	for _, f := range c.Config.Kinds["example"].Common() {
		d := c.Compile("content/examples/x.md", []byte(withField(f, commonValue(t, f))))
		same := d.CardDigest == base.CardDigest && d.ProseDigest == base.ProseDigest
		switch _, facts := c.CompileWithFacts("content/examples/x.md", []byte(withField(f, commonValue(t, f)))); f.Key {
		case "allow": // it is for who checks the article, not for its page
			same = !same || len(facts.Excuses) == 0
		case "reviewed": // so is it
			same = !same || facts.Reviewed.Text != "a-b"
		}
		if len(d.Problems) > 0 || same {
			t.Errorf("%s does nothing: %v", f.Key, d.Problems)
		}
		if f.Gathers() && len(d.Card.Values(f.Key)) == 0 {
			t.Errorf("nothing can be gathered by %s", f.Key)
		}
		second := "\n\n---\ndate: 2024-05-01\n" + f.Key + ": x\n---\n"
		if f.Key == "date" {
			second = "\n\n---\n标题: x\n---\n"
		}
		d = c.Compile("content/examples/x.md", []byte(withField(config.Field{Key: "author"}, "")+second))
		if got := rules(d.Problems); !strings.Contains(got, "second-front-matter") {
			t.Errorf("%s is not known in a second front matter: %s", f.Key, got)
		}
	}
}

// TestNewFields: a new article has what the program writes, lays out what is asked for
// and leaves out the rest.
func TestNewFields(t *testing.T) {
	kind := defaults(t).Config.Kinds["example"]
	text := New(kind, Given{Values: map[string]string{"title": "甲", "slug": "a-b"}})
	for _, f := range kind.Fields {
		_, line, laidOut := strings.Cut(text, "\n"+f.Label+":")
		line, _, _ = strings.Cut(line, "\n")
		value, _, _ := strings.Cut(line, "#")
		if laidOut != (f.New != config.NewLater) || f.New == config.NewGiven && strings.TrimSpace(value) == "" {
			t.Errorf("%s, which is %q in a new article, is %q", f.Key, f.New, line)
		}
	}
}

// TestFieldsByName: each field that this package asks for by name is one of kinds.toml.
func TestFieldsByName(t *testing.T) {
	c := defaults(t)
	known := c.Config.FieldKeys()
	for _, f := range c.Config.Kinds["page"].Common() {
		known = append(known, f.Key)
	}
	named := map[string]bool{}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool { maps.Copy(named, fieldsAsked(n)); return true })
	}
	if len(named) < 20 {
		t.Errorf("only %d fields are asked for: %v", len(named), named)
	}
	for name := range named {
		if !slices.Contains(known, name) {
			t.Errorf("there is no field %q", name)
		}
	}
}

// fieldsAsked is the fields that a node of the syntax names: f.value("x"),
// f.facts["x"], field.Key == "x", and the cases of [Card.Values].
func fieldsAsked(n ast.Node) map[string]bool {
	var of ast.Expr
	var names []ast.Expr
	switch n := n.(type) {
	case *ast.CallExpr:
		of, names = n.Fun, n.Args
	case *ast.IndexExpr:
		of, names = n.X, []ast.Expr{n.Index}
	case *ast.BinaryExpr:
		if n.Op == token.EQL || n.Op == token.NEQ {
			of, names = n.X, []ast.Expr{n.Y}
		}
	case *ast.SwitchStmt:
		if tag, ok := n.Tag.(*ast.Ident); !ok || tag.Name != "key" {
			return nil
		}
		of = &ast.SelectorExpr{Sel: ast.NewIdent("Key")}
		for _, c := range n.Body.List {
			names = append(names, c.(*ast.CaseClause).List...)
		}
	}
	asks := []string{"value", "moment", "facts", "off", "places", "Key"}
	selector, ok := of.(*ast.SelectorExpr)
	if !ok || !slices.Contains(asks, selector.Sel.Name) {
		return nil
	}
	out := map[string]bool{}
	for _, name := range names {
		if literal, ok := name.(*ast.BasicLit); ok && literal.Kind == token.STRING && literal.Value != `""` {
			key, _ := strconv.Unquote(literal.Value)
			out[key] = true
		}
	}
	return out
}
