package qinglian_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// imports is what each package may import of this module. Data flows one way:
// a package that is not in a line can't be reached from it.
var imports = map[string][]string{
	".":                       {},
	"themes":                  {},
	"internal/flat":           {},
	"internal/pattern":        {},
	"internal/pinyin":         {},
	"internal/diag":           {"flat", "pattern"},
	"internal/bounds":         {"diag"},
	"internal/syntax":         {"diag", "pattern"},
	"internal/digest":         {},
	"internal/hazard":         {},
	"internal/rooted":         {},
	"internal/cores":          {},
	"internal/recent":         {},
	"internal/qr":             {},
	"internal/rules":          {"diag"},
	"internal/address":        {"digest", "pattern", "pinyin"},
	"internal/search":         {"address", "digest", "flat"},
	"internal/view":           {},
	"internal/stencil":        {},
	"internal/palette":        {},
	"internal/config":         {"address", "bounds", "diag", "digest", "palette", "pattern", "syntax"},
	"internal/source":         {"diag", "digest", "flat"},
	"internal/cache":          {"digest", "flat", "rooted"},
	"internal/markdown":       {"diag", "pattern"},
	"internal/manuscript":     {"address", "config", "diag", "markdown", "pattern"},
	"internal/ooxml":          {"diag"},
	"internal/docx":           {"diag", "manuscript", "ooxml", "pattern"},
	"internal/xlsx":           {"diag", "manuscript", "ooxml", "pattern"},
	"internal/webpage":        {"diag", "manuscript", "pattern", "source"},
	"internal/image":          {"diag", "digest", "flat"},
	"internal/data":           {"bounds", "diag", "digest", "syntax"},
	"internal/front":          {"bounds", "config", "diag", "pattern"},
	"internal/headline":       {"pattern"},
	"internal/content":        {"address", "config", "diag", "digest", "flat", "front", "headline", "markdown", "pattern", "syntax"},
	"internal/mend":           {"config", "content", "diag", "front", "markdown"},
	"internal/site":           {"address", "config", "content", "cores", "diag", "digest", "image", "markdown"},
	"internal/theme":          {"address", "cores", "diag", "digest", "flat", "image", "markdown", "pattern", "qr", "recent", "search", "stencil", "view"},
	"internal/build":          {"cores", "diag", "digest"},
	"internal/publish":        {"build", "cache", "cores", "diag", "digest", "flat", "rooted", "source"},
	"internal/display":        {"address", "config", "content", "cores", "digest", "headline", "image", "markdown", "palette", "recent", "site", "view"},
	"internal/channel/web":    {"address", "build", "config", "content", "cores", "data", "diag", "digest", "display", "image", "markdown", "search", "site", "theme", "view"},
	"internal/channel/wechat": {"config", "diag", "digest", "display", "image", "markdown", "pattern", "qr", "site", "view"},
	"internal/channel/host":   {"address", "build", "config", "diag", "digest", "site"},
	"internal/channel/feed":   {"build", "content", "digest", "site"},
	"internal/snapshot": {"address", "build", "cache", "channel/feed", "channel/host", "channel/web", "check", "config", "content", "cores",
		"data", "diag", "digest", "flat", "hazard", "image", "published", "markdown", "search", "site", "source", "theme"},
	"internal/watch":         {"diag", "source"},
	"internal/deploy/target": {"diag", "digest", "pattern", "rooted"},
	"internal/deploy/kept":   {"deploy", "digest", "rooted"},
	"internal/deploy/live":   {"deploy", "digest"},
	"internal/deploy":        {"address", "build", "deploy/target", "diag", "digest", "publish"},
	"internal/desk":          {"address", "config", "content", "diag", "digest", "pattern", "rooted", "source"},
	"internal/imports":       {"address", "config", "content", "data", "desk", "diag", "digest", "docx", "manuscript", "markdown", "ooxml", "pattern", "source", "webpage", "xlsx"},
	// for tests alone: no package may import it
	"internal/deploy/target/targettest": {"rooted"},
	"internal/serve": {"address", "build", "cache", "channel/wechat", "check", "config", "content", "desk", "diag",
		"digest", "imports", "markdown", "pattern", "qr", "signoff", "site", "snapshot", "source", "watch"},
	"cmd/bench":       {},
	"cmd/screenshots": {},
	"cmd/qinglian": {"", "address", "build", "cache", "channel/host", "channel/wechat", "check", "config", "content", "cores", "deploy", "deploy/kept", "deploy/live", "deploy/target", "desk", "diag", "digest",
		"flat", "imports", "markdown", "mend", "online", "pattern", "publish", "published", "qr", "rooted", "rules", "serve", "signoff", "site", "snapshot", "source", "themes", "verdict", "watch"},
	"internal/check":     {"build", "config", "content", "diag", "digest", "docx", "flat", "pattern", "pinyin", "published", "manuscript", "markdown", "ooxml", "rules", "site", "source", "xlsx"},
	"internal/published": {"content", "site"},
	"internal/verdict":   {"check", "config", "content", "diag", "digest", "rules", "site"},
	"internal/online":    {"cache", "check", "digest", "flat"},
	"internal/signoff":   {"check", "config", "content", "diag", "site"},
}

// edges are the packages that may touch the machine; the rest is pure.
var edges = []string{"internal/source", "internal/rooted", "internal/publish", "internal/cache", "internal/deploy/kept", "internal/deploy/live", "internal/deploy/target", "internal/deploy/target/targettest", "internal/snapshot", "internal/desk", "internal/watch", "internal/online", "internal/serve", "cmd/qinglian", "cmd/bench", "cmd/screenshots"}

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
		if lines := f.fset.File(f.syntax.Pos()).LineCount(); lines > 400 {
			t.Errorf("%s has %d lines: it holds more than one idea", f.name, lines)
		}
	}
	for folder, ok := range documented {
		if !ok {
			t.Errorf("package %s has no doc comment", folder)
		}
	}
}

// TestColumns: no line has more than 120 columns, a tab being four, unless a text of more
// than 80 is in it: that stands whole, to be found.
func TestColumns(t *testing.T) {
	for _, f := range goFiles(t) {
		text, err := os.ReadFile(f.name)
		if err != nil {
			t.Fatal(err)
		}
		whole := longTexts(f)
		number := 0
		for line := range strings.Lines(string(text)) {
			number++
			if columns(strings.TrimSuffix(line, "\n")) <= 120 || whole[number] {
				continue
			}
			t.Errorf("%s:%d: more than 120 columns", f.name, number)
		}
	}
}

func columns(line string) int { return utf8.RuneCountInString(strings.ReplaceAll(line, "\t", "    ")) }

// longTexts is the lines of a file on which a literal of more than 80 columns stands, or
// one of several lines.
func longTexts(f goFile) map[int]bool {
	lines := map[int]bool{}
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		text, ok := n.(*ast.BasicLit)
		if !ok || text.Kind != token.STRING {
			return true
		}
		first, last := f.fset.Position(text.Pos()).Line, f.fset.Position(text.End()).Line
		if first < last || columns(text.Value) > 80 {
			for line := first; line <= last; line++ {
				lines[line] = true
			}
		}
		return true
	})
	return lines
}

var (
	han  = regexp.MustCompile(`\p{Han}`)
	verb = regexp.MustCompile(`%(?:\[(\d+)\])?[-+# 0]*[\d.]*([a-zA-Z%])`)
)

// TestTree: nothing stands at the top level but what is announced.
func TestTree(t *testing.T) {
	out, err := exec.Command("git", "ls-files").Output()
	if err != nil && os.Getenv("REQUIRE_ALL") == "" {
		t.Skip("not a git checkout: a copy of the source has no list of its files")
	}
	if err != nil {
		t.Fatal(err)
	}
	top := strings.Fields(".ci .github .gitignore .gitlab-ci.yml ARCHITECTURE.md CHANGELOG.md LICENSE Makefile README.md README.en.md arch_test.go cmd config.toml content data docs docs_test.go go.mod go.sum internal messages_test.go public pure_test.go release sample.go themes")
	for _, name := range strings.Fields(string(out)) {
		if first, _, _ := strings.Cut(name, "/"); !slices.Contains(top, first) {
			t.Errorf("%s stands at the top level", name)
		}
		if strings.HasPrefix(name, "public/") && name != "public/.gitkeep" {
			t.Errorf("%s is made by a build", name)
		}
	}
}
