package theme

import (
	"maps"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"qinglian/internal/markdown"
	"qinglian/themes"
)

// themeTOML is the example of theme.toml in the manual's page about themes.
var themeTOML = regexp.MustCompile("(?s)\n## theme.toml\n.*?```toml\n(.*?)```")

// TestManual: docs/themes.md has each function of templates and each setting of
// theme.toml, and its example of one is sound.
func TestManual(t *testing.T) {
	text, err := os.ReadFile("../../docs/themes.md")
	if err != nil {
		t.Fatal(err)
	}
	used := functions(load(t, none), nil)
	maps.Copy(used, pictures())
	for name := range used {
		if !strings.Contains(string(text), "`{{"+name+" ") && !strings.Contains(string(text), "`"+name+"`") {
			t.Errorf("there is nothing about the function %s", name)
		}
	}
	example := themeTOML.FindStringSubmatch(string(text))[1]
	var settings []string
	for _, of := range []reflect.Type{reflect.TypeFor[contract](), reflect.TypeFor[declared](), reflect.TypeFor[List](),
		reflect.TypeFor[declaredDirective](), reflect.TypeFor[markdown.ArgSpec]()} {
		for _, f := range reflect.VisibleFields(of) {
			if key := f.Tag.Get("toml"); key != "" && key != "-" {
				settings = append(settings, key)
			}
		}
	}
	for _, key := range settings {
		if !regexp.MustCompile(`\b` + key + `\b`).MatchString(example) {
			t.Errorf("the example has no %s", key)
		}
	}
	own := fstest.MapFS{
		"themes/lotus/theme.toml":          file1(example),
		"themes/lotus/directives/map.html": file1(`{{.Arg "src"}}{{.Data.places}}`),
	}
	th, problems, err := Load("lotus", themes.FS, own, keys(), Checked{})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range problems { // lotus's other layouts want what its own theme.toml declares
		if d.File == "themes/lotus/theme.toml" || strings.Contains(d.File, "map.html") {
			t.Error(d)
		}
	}
	if _, ok := th.Directive("map"); !ok || len(th.Outputs) != 3 {
		t.Errorf("the example makes %d outputs and the directive: %v", len(th.Outputs), ok)
	}
}
