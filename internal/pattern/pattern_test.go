package pattern_test

import (
	"errors"
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestPatterns: what is compiled when it is first asked for is a regular expression. Some
// are asked for once in a year.
func TestPatterns(t *testing.T) {
	fset := token.NewFileSet()
	folders := map[string][]*ast.File{}
	err := filepath.WalkDir("../..", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(fset, name, nil, 0)
		folders[filepath.Dir(name)] = append(folders[filepath.Dir(name)], f)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	constants, made := 0, 0
	for folder, files := range folders {
		known := types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
		check := types.Config{Importer: nothing{}, Error: func(error) {}}
		check.Check(folder, fset, files, &known) //nolint:errcheck // it knows no other package, and need not
		for _, f := range files {
			ast.Inspect(f, func(n ast.Node) bool {
				text, ok := patternOf(n)
				if !ok {
					return true
				}
				value := known.Types[text].Value
				if value == nil {
					made++
					return true
				}
				constants++
				if _, err := regexp.Compile(constant.StringVal(value)); err != nil {
					t.Errorf("%s: %v", fset.Position(text.Pos()), err)
				}
				return true
			})
		}
	}
	if constants < 150 || made > 10 {
		t.Errorf("%d patterns are constant, %d are not", constants, made)
	}
}

// patternOf is what a call of pattern.Of is given.
func patternOf(n ast.Node) (text ast.Expr, ok bool) {
	call, ok := n.(*ast.CallExpr)
	if !ok || len(call.Args) != 1 {
		return nil, false
	}
	of, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || of.Sel.Name != "Of" {
		return nil, false
	}
	from, ok := of.X.(*ast.Ident)
	return call.Args[0], ok && from.Name == "pattern"
}

// nothing imports no package.
type nothing struct{}

func (nothing) Import(string) (*types.Package, error) { return nil, errors.New("not looked at") }
