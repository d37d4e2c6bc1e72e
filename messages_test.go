package qinglian_test

import (
	"go/ast"
	"go/token"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"qinglian/internal/rules"
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

// TestNothingUnsaid: where the program speaks to people, in its commands and in the
// preview, no sentence is written that is not a diag.Text: prose of one language is
// found by the words in it. (A command's line is typed, not said.)
func TestNothingUnsaid(t *testing.T) {
	for _, f := range goFiles(t) {
		if f.folder != "cmd/qinglian" && f.folder != "internal/serve" {
			continue
		}
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				return !isSay(n.Fun)
			case *ast.CompositeLit:
				return !isText(n.Type)
			case *ast.BasicLit:
				if s := literal(n); n.Kind == token.STRING && sentence.MatchString(s) && !strings.HasPrefix(s, "qinglian ") {
					t.Errorf("%s: %q is no diag.Text", f.fset.Position(n.Pos()), s)
				}
			}
			return true
		})
	}
}

// sentence matches prose: Chinese, or three English words.
var sentence = regexp.MustCompile(`\p{Han}|[a-z]+ [a-z]+ [a-z]+`)

// isText reports the type diag.Text, and tables of it.
func isText(of ast.Expr) bool {
	switch of := of.(type) {
	case *ast.SelectorExpr:
		return of.Sel.Name == "Text"
	case *ast.MapType:
		return isText(of.Value)
	case *ast.ArrayType:
		return isText(of.Elt)
	}
	return false
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
	switch e := e.(type) {
	case *ast.BasicLit:
		s, _ := strconv.Unquote(e.Value)
		return s
	case *ast.BinaryExpr: // on two lines
		return literal(e.X) + literal(e.Y)
	}
	return ""
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
