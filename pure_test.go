package qinglian_test

import (
	"go/ast"
	"go/token"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

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
	"internal/rooted":                      "what the others delete and rename",
	"internal/desk":                        "the site's own files",
	"internal/publish":                     "the output folder",
	"internal/deploy/target/hostkey.go":    "the list of servers that were agreed to",
	"internal/deploy/target/sftp.go":       "nothing here: what is on a server",
	"internal/deploy/target/sftpwrite.go":  "nothing here: what is on a server",
	"internal/deploy/target/sshauth.go":    "nothing: it opens the pipe of an agent",
	"internal/deploy/target/targettest":    "keys and settings of servers for tests",
	"internal/cache":                       "the cache folder",
	"cmd/qinglian/build.go":                "the cache folder, its lock and its clock",
	"cmd/qinglian/last.go":                 "the cache folder: what the last build came to",
	"cmd/qinglian/clean.go":                "the cache folder: pictures that nothing uses",
	"cmd/qinglian/convert.go":              "a copy of a document for LibreOffice, in a folder that is gone then",
	"cmd/qinglian/init.go":                 "the folder of a site that is to be, and its empty folders",
	"cmd/qinglian/known.go":                "the list of the sites that were opened, in the user's folder for settings",
	"cmd/qinglian/theme.go":                "a theme into an empty folder; a site for a check, in a folder that is gone then",
	"cmd/qinglian/wechat.go":               "the picture that --output names",
	"internal/watch/watch.go":              "nothing: it stops watching a folder",
	"cmd/bench":                            "sites of its own, and the manual's page about speed",
	"cmd/screenshots":                      "pictures for the README and the manual",
	"internal/deploy/kept":                 "the cache folder: versions to go back to",
	"internal/deploy/target/folder.go":     "the folder that the site is carried to",
	"internal/deploy/target/zip.go":        "the archive, and the ledger of what was packed, in the cache folder",
	"cmd/qinglian/carriage.go":             "the cache folder: the lock of a place, and the folder for its ledger",
	"internal/deploy/target/ftpsession.go": "nothing here: what is on a server",
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
	osWriters   = append(strings.Fields("CopyFS CreateTemp MkdirTemp RemoveFolder Truncate"), rootWriters...)
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
	return (from.Name == "os" || from.Name == "rooted") && slices.Contains(osWriters, f.Sel.Name)
}

// importName is how a file calls what it imports.
func importName(i *ast.ImportSpec) string {
	if i.Name != nil {
		return i.Name.Name
	}
	name, _ := strconv.Unquote(i.Path.Value)
	return path.Base(name)
}

// TestRooted: nothing is deleted or renamed past internal/rooted, which knows the systems
// where os.Root and os.RemoveAll can't: no method has such a name, but fsnotify's
// and those that ask a server for it.
func TestRooted(t *testing.T) {
	for _, f := range goFiles(t) {
		if f.folder == "internal/rooted" || f.folder == "cmd/bench" || f.folder == "cmd/screenshots" {
			continue
		}
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			s, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || !slices.Contains([]string{"Remove", "RemoveAll", "Rename"}, s.Sel.Name) {
				return true
			}
			from := ""
			switch on := s.X.(type) {
			case *ast.Ident:
				from = on.Name
			case *ast.SelectorExpr:
				from = on.Sel.Name
			}
			plain := from == "os" && s.Sel.Name != "RemoveAll"
			if from != "rooted" && !plain && !(f.folder == "internal/watch" && from == "events") && !(f.folder == "internal/deploy/target" && from == "client") {
				t.Errorf("%s: %s.%s is not internal/rooted's", f.fset.Position(s.Pos()), from, s.Sel.Name)
			}
			return true
		})
	}
}
