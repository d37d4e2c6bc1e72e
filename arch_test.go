package qinglian_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"qinglian/internal/rules"
)

// imports is what each package may import of this module. Data flows one way:
// a package that is not in a line can't be reached from it.
var imports = map[string][]string{
	".":                       {},
	"themes":                  {},
	"internal/flat":           {},
	"internal/diag":           {"flat"},
	"internal/bounds":         {"diag"},
	"internal/digest":         {},
	"internal/hazard":         {},
	"internal/recent":         {},
	"internal/qr":             {},
	"internal/rules":          {"diag"},
	"internal/address":        {},
	"internal/search":         {"address", "digest", "flat"},
	"internal/view":           {},
	"internal/stencil":        {},
	"internal/config":         {"address", "bounds", "diag", "digest"},
	"internal/source":         {"diag", "digest", "flat"},
	"internal/cache":          {"digest", "flat"},
	"internal/markdown":       {"diag"},
	"internal/image":          {"diag", "digest", "flat"},
	"internal/data":           {"bounds", "diag", "digest"},
	"internal/front":          {"bounds", "config", "diag"},
	"internal/content":        {"address", "config", "diag", "digest", "flat", "front", "markdown"},
	"internal/mend":           {"config", "content", "diag", "front"},
	"internal/site":           {"address", "config", "content", "diag", "digest", "image", "markdown"},
	"internal/theme":          {"address", "diag", "digest", "image", "markdown", "qr", "recent", "search", "stencil", "view"},
	"internal/build":          {"diag", "digest"},
	"internal/publish":        {"build", "cache", "diag", "digest", "flat", "source"},
	"internal/display":        {"address", "config", "content", "digest", "image", "markdown", "recent", "site", "view"},
	"internal/channel/web":    {"address", "build", "config", "data", "diag", "digest", "display", "image", "markdown", "search", "site", "theme", "view"},
	"internal/channel/wechat": {"config", "diag", "image", "markdown", "qr", "site"},
	"internal/channel/feed":   {"build", "content", "digest", "site"},
	"internal/snapshot": {"address", "build", "cache", "channel/feed", "channel/web", "config", "content", "data", "diag", "digest", "flat", "hazard", "image",
		"markdown", "search", "site", "source", "theme"},
	"internal/watch":  {"diag", "source"},
	"internal/desk":   {"address", "config", "content", "diag", "source"},
	"internal/serve":  {"address", "build", "channel/wechat", "config", "content", "desk", "diag", "digest", "markdown", "qr", "site", "snapshot", "source", "watch"},
	"cmd/bench":       {},
	"cmd/screenshots": {},
	"cmd/qinglian": {"", "themes", "build", "cache", "channel/wechat", "config", "content", "desk", "diag", "digest", "flat", "markdown", "mend", "publish", "qr", "rules",
		"serve", "site", "snapshot", "source", "watch"},
}

// edges are the packages that may touch the machine; the rest is pure.
var edges = []string{"internal/source", "internal/publish", "internal/cache", "internal/snapshot", "internal/desk", "internal/watch", "internal/serve", "cmd/qinglian", "cmd/bench", "cmd/screenshots"}

type goFile struct {
	folder, name string
	syntax       *ast.File
	fset         *token.FileSet
}

func goFiles(t *testing.T) []goFile {
	t.Helper()
	var files []goFile
	err := filepath.WalkDir(".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, name, nil, parser.ParseComments)
		files = append(files, goFile{filepath.ToSlash(filepath.Dir(name)), name, f, fset})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestImports(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range goFiles(t) {
		allowed, ok := imports[f.folder]
		if !ok {
			t.Errorf("%s: package %s is not in the table", f.name, f.folder)
		}
		seen[f.folder] = true
		for _, spec := range f.syntax.Imports {
			name, _ := strconv.Unquote(spec.Path.Value)
			if own, ok := strings.CutPrefix(name+"/", "qinglian/"); ok {
				own = strings.TrimPrefix(strings.TrimSuffix(own, "/"), "internal/")
				if !slices.Contains(allowed, own) {
					t.Errorf("%s imports %s", f.name, name)
				}
			}
			if name == "os" && !slices.Contains(edges, f.folder) {
				t.Errorf("%s imports os: only the edges touch the machine", f.name)
			}
		}
	}
	for folder := range imports {
		if !seen[folder] {
			t.Errorf("the table has %s, which is not there", folder)
		}
	}
}

func TestPackageDocs(t *testing.T) {
	documented := map[string]bool{}
	for _, f := range goFiles(t) {
		documented[f.folder] = documented[f.folder] || f.syntax.Doc != nil
		if lines := f.fset.File(f.syntax.Pos()).LineCount(); lines > 500 {
			t.Errorf("%s has %d lines: it holds more than one idea", f.name, lines)
		}
	}
	for folder, ok := range documented {
		if !ok {
			t.Errorf("package %s has no doc comment", folder)
		}
	}
}

var (
	han  = regexp.MustCompile(`\p{Han}`)
	verb = regexp.MustCompile(`%(?:\[(\d+)\])?[-+# 0]*[\d.]*([a-zA-Z%])`)
)

// TestMessagesInBothLanguages: every diag.Say has a Chinese and an English
// sentence that use the same arguments.
func TestMessagesInBothLanguages(t *testing.T) {
	count := 0
	for _, f := range goFiles(t) {
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || !isSay(call.Fun) {
				return true
			}
			count++
			where := f.fset.Position(call.Pos())
			zh, en := literal(call.Args[0]), literal(call.Args[1])
			if !han.MatchString(verb.ReplaceAllString(zh, "")) {
				t.Errorf("%s: no Chinese in %q", where, zh)
			}
			if strings.TrimSpace(en) == "" || !regexp.MustCompile(`[a-z]`).MatchString(en) {
				t.Errorf("%s: no English in %q", where, en)
			}
			for _, s := range []string{zh, en} {
				if got, want := used(s), len(call.Args)-2; got != want && call.Ellipsis == 0 {
					t.Errorf("%s: %q uses %d of %d arguments", where, s, got, want)
				}
			}
			return true
		})
	}
	if count < 50 {
		t.Errorf("found only %d messages: is the test looking at the right function?", count)
	}
}

func isSay(fun ast.Expr) bool {
	switch f := fun.(type) {
	case *ast.Ident:
		return f.Name == "Say"
	case *ast.SelectorExpr:
		return f.Sel.Name == "Say"
	}
	return false
}

func literal(e ast.Expr) string {
	lit, ok := e.(*ast.BasicLit)
	if !ok {
		return ""
	}
	s, _ := strconv.Unquote(lit.Value)
	return s
}

// used is how many arguments a format uses.
func used(format string) int {
	next, most := 0, 0
	for _, m := range verb.FindAllStringSubmatch(format, -1) {
		if m[2] == "%" {
			continue
		}
		next++
		if m[1] != "" {
			next, _ = strconv.Atoi(m[1])
		}
		most = max(most, next)
	}
	return most
}

// TestManual: the manual's pages about kinds, rules and WeChat are what the program says.
func TestManual(t *testing.T) {
	for page, command := range map[string][]string{
		"docs/kinds.md":  {"kinds"},
		"docs/rules.md":  {"explain", "--all"},
		"docs/wechat.md": {"wechat", "rules"},
	} {
		want, err := exec.Command("go", append([]string{"run", "./cmd/qinglian"}, command...)...).Output()
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != string(want) {
			t.Errorf("%s is not current: go run ./cmd/qinglian %s > %[1]s", page, strings.Join(command, " "))
		}
	}
}

// TestRulePages: every rule that a diagnostic can have has a page, and every
// page a rule. A rule is always a literal: it is what people look up.
func TestRulePages(t *testing.T) {
	named := map[string]bool{}
	for _, f := range goFiles(t) {
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			for _, value := range ruleValues(n) {
				rule := literal(value)
				if rule == "" {
					t.Errorf("%s: a rule that is not a literal", f.fset.Position(value.Pos()))
				}
				named[rule] = true
				if _, ok := rules.Find(rule); !ok {
					t.Errorf("%s: there is no internal/rules/pages/%s.txt", f.fset.Position(value.Pos()), rule)
				}
			}
			return true
		})
	}
	for _, page := range rules.All() {
		if !named[page.Name] {
			t.Errorf("internal/rules/pages/%s.txt is about a rule that no diagnostic has", page.Name)
		}
	}
}

// ruleValues are what a node makes the rule of a diagnostic.
func ruleValues(n ast.Node) []ast.Expr {
	switch n := n.(type) {
	case *ast.CompositeLit:
		var values []ast.Expr
		for _, e := range n.Elts {
			pair, ok := e.(*ast.KeyValueExpr)
			if !ok {
				continue
			}
			if key, ok := pair.Key.(*ast.Ident); ok && key.Name == "Rule" {
				values = append(values, pair.Value)
			}
		}
		return values
	case *ast.AssignStmt:
		for i, left := range n.Lhs {
			if field, ok := left.(*ast.SelectorExpr); ok && field.Sel.Name == "Rule" {
				return n.Rhs[i : i+1]
			}
		}
	}
	return nil
}

// TestTree: nothing stands at the top level but what is announced.
func TestTree(t *testing.T) {
	out, err := exec.Command("git", "ls-files").Output()
	if err != nil && os.Getenv("REQUIRE_ALL") == "" {
		t.Skip("not a git checkout: a copy of the source has no list of its files")
	}
	if err != nil {
		t.Fatal(err)
	}
	top := strings.Fields(".ci .gitignore ARCHITECTURE.md CHANGELOG.md LICENSE Makefile README.md README.en.md arch_test.go cmd config.toml content data docs docs_test.go go.mod go.sum internal public sample.go themes")
	for _, name := range strings.Fields(string(out)) {
		if first, _, _ := strings.Cut(name, "/"); !slices.Contains(top, first) {
			t.Errorf("%s stands at the top level", name)
		}
		if path.Dir(name) == "public" && name != "public/.gitignore" {
			t.Errorf("%s is a built file", name)
		}
	}
}

// TestPure: what is between the edges reads no clock and makes up no number, and no
// package has a variable that is written while the program runs.
func TestPure(t *testing.T) {
	files := goFiles(t)
	globals := map[string]map[string]bool{} // of each folder
	for _, f := range files {
		if globals[f.folder] == nil {
			globals[f.folder] = map[string]bool{}
		}
		for name := range variables(f.syntax) {
			globals[f.folder][name] = true
		}
	}
	for _, f := range files {
		own := variables(f.syntax)
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				if from, ok := n.X.(*ast.Ident); ok && slices.Contains(moments, from.Name+"."+n.Sel.Name) && !slices.Contains(edges, f.folder) {
					t.Errorf("%s: %s.%s between the edges", f.fset.Position(n.Pos()), from.Name, n.Sel.Name)
				}
			case *ast.ImportSpec:
				random := strings.HasPrefix(n.Path.Value, `"math/rand`) || n.Path.Value == `"crypto/rand"`
				if random && !slices.Contains(edges, f.folder) {
					t.Errorf("%s: %s between the edges", f.fset.Position(n.Pos()), n.Path.Value)
				}
			case *ast.AssignStmt:
				for _, to := range n.Lhs {
					if name := written(to); n.Tok != token.DEFINE && name != nil && isGlobal(name, own, globals[f.folder]) {
						t.Errorf("%s: the global %s is written", f.fset.Position(n.Pos()), name.Name)
					}
				}
			case *ast.IncDecStmt:
				if name := written(n.X); name != nil && isGlobal(name, own, globals[f.folder]) {
					t.Errorf("%s: the global %s is written", f.fset.Position(n.Pos()), name.Name)
				}
			}
			return true
		})
	}
}

// moments are what reads a clock.
var moments = strings.Fields("time.Now time.Since time.Until time.After time.AfterFunc time.Tick time.NewTimer time.NewTicker time.Sleep time.Local")

// variables are those that a file declares for its package.
func variables(f *ast.File) map[string]*ast.ValueSpec {
	found := map[string]*ast.ValueSpec{}
	for _, d := range f.Decls {
		declared, ok := d.(*ast.GenDecl)
		if !ok || declared.Tok != token.VAR {
			continue
		}
		for _, s := range declared.Specs {
			for _, name := range s.(*ast.ValueSpec).Names {
				found[name.Name] = s.(*ast.ValueSpec)
			}
		}
	}
	return found
}

// written is the variable that an assignment reaches: x of x.y[z] = 1.
func written(e ast.Expr) *ast.Ident {
	for {
		switch on := e.(type) {
		case *ast.Ident:
			return on
		case *ast.SelectorExpr:
			e = on.X
		case *ast.IndexExpr:
			e = on.X
		case *ast.StarExpr:
			e = on.X
		case *ast.ParenExpr:
			e = on.X
		default:
			return nil
		}
	}
}

// isGlobal reports whether a name is a package's variable: the parser resolves names
// within a file, so one that it leaves open is another file's, or an import's.
func isGlobal(name *ast.Ident, own map[string]*ast.ValueSpec, all map[string]bool) bool {
	if name.Obj == nil {
		return all[name.Name]
	}
	spec, ok := own[name.Name]
	return ok && name.Obj.Decl == spec
}

// TestBuiltins: no name of the language means anything else.
func TestBuiltins(t *testing.T) {
	for _, f := range goFiles(t) {
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			for _, name := range declared(n) {
				if slices.Contains(builtins, name.Name) {
					t.Errorf("%s: %s is the language's own", f.fset.Position(name.Pos()), name.Name)
				}
			}
			return true
		})
	}
}

var builtins = strings.Fields("any append bool byte cap clear close complex copy delete error false imag int iota len make max min new nil panic print println real recover rune string true")

// declared are the names that a node declares.
func declared(n ast.Node) []*ast.Ident {
	var names []*ast.Ident
	switch n := n.(type) {
	case *ast.AssignStmt:
		for _, to := range n.Lhs {
			if name, ok := to.(*ast.Ident); ok && n.Tok == token.DEFINE {
				names = append(names, name)
			}
		}
	case *ast.RangeStmt:
		for _, to := range []ast.Expr{n.Key, n.Value} {
			if name, ok := to.(*ast.Ident); ok && n.Tok == token.DEFINE {
				names = append(names, name)
			}
		}
	case *ast.ValueSpec:
		names = n.Names
	case *ast.TypeSpec:
		names = []*ast.Ident{n.Name}
	case *ast.FuncDecl:
		if n.Recv == nil {
			names = []*ast.Ident{n.Name}
		}
	case *ast.FuncType:
		for _, list := range []*ast.FieldList{n.Params, n.Results} {
			if list == nil {
				continue
			}
			for _, field := range list.List {
				names = append(names, field.Names...)
			}
		}
	}
	return names
}

// writers are the packages, or their files, that change what is on the disk, and what
// that is. A site's own files are desk's alone.
var writers = map[string]string{
	"internal/desk":           "the site's own files",
	"internal/publish":        "the output folder",
	"internal/cache":          "the cache folder",
	"cmd/qinglian/build.go":   "the cache folder, its lock and its clock",
	"cmd/qinglian/last.go":    "the cache folder: what the last build came to",
	"cmd/qinglian/clean.go":   "the cache folder: pictures that nothing uses",
	"cmd/qinglian/init.go":    "the folder of a site that is to be, and its empty static/",
	"cmd/qinglian/theme.go":   "a theme into an empty folder; a site for a check, in a folder that is gone then",
	"cmd/qinglian/wechat.go":  "the picture that --output names",
	"internal/watch/watch.go": "nothing: it stops watching a folder",
	"cmd/bench":               "sites of its own, and the manual's page about speed",
	"cmd/screenshots":         "pictures for the README",
}

// TestWriters: nothing else calls what changes the disk, and all of those do. A method
// is known by its name: an os.Root is reached without os being imported.
func TestWriters(t *testing.T) {
	wrote := map[string]bool{}
	for _, f := range goFiles(t) {
		key := f.folder
		if _, ok := writers[key]; !ok {
			key = filepath.ToSlash(f.name)
		}
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || !changesDisk(call, f.syntax.Imports) {
				return true
			}
			wrote[key] = true
			if _, ok := writers[key]; !ok {
				t.Errorf("%s: changes the disk; a site's own files are written by internal/desk", f.fset.Position(call.Pos()))
			}
			return true
		})
	}
	for key := range writers {
		if !wrote[key] {
			t.Errorf("the table has %s, which changes nothing", key)
		}
	}
}

var (
	rootWriters = strings.Fields("Chmod Chown Chtimes Create Lchown Link Mkdir MkdirAll OpenFile Remove RemoveAll Rename Symlink WriteFile")
	osWriters   = append(strings.Fields("CopyFS CreateTemp MkdirTemp Truncate"), rootWriters...)
)

// changesDisk reports whether a call is one of os, or a method that is called as one of
// an os.Root's is, but for the functions of other packages.
func changesDisk(call *ast.CallExpr, imported []*ast.ImportSpec) bool {
	f, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	from, ok := f.X.(*ast.Ident)
	if !ok || from.Obj != nil || !slices.ContainsFunc(imported, func(i *ast.ImportSpec) bool { return from.Name == importName(i) }) {
		return slices.Contains(rootWriters, f.Sel.Name)
	}
	return from.Name == "os" && slices.Contains(osWriters, f.Sel.Name)
}

// importName is how a file calls what it imports.
func importName(i *ast.ImportSpec) string {
	if i.Name != nil {
		return i.Name.Name
	}
	name, _ := strconv.Unquote(i.Path.Value)
	return path.Base(name)
}
