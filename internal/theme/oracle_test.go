package theme

import (
	"bytes"
	"html/template"
	"io"
	"reflect"
	"testing"
	"text/template/parse"

	"qinglian/internal/stencil"
	"qinglian/internal/view"
	"qinglian/themes"
)

// oracles are html/template's own templates of each layout and directive, which
// share nothing with the theme.
func oracles(t testing.TB, th *Theme) map[string]*template.Template {
	t.Helper()
	l := loader{name: "lotus", files: map[string]file{}, minifier: newMinifier()}
	if err := l.read(themes.FS, "lotus", ""); err != nil {
		t.Fatal(err)
	}
	out := map[string]*template.Template{}
	for name := range classes {
		set := append([]string{base, "layouts/" + name + ".html"}, l.in("partials")...)
		out[name] = alone(t, &l, &Theme{Assets: th.Assets}, set, asMinified)
	}
	for _, name := range l.in("directives") {
		small, err := l.minifier.template(l.files[name].text)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = template.Must(template.New(name).Option("missingkey=error").Funcs(template.FuncMap{"asset": assetOf(th).Go}).Parse(small))
	}
	return out
}

// alone is a set of templates that html/template may execute.
func alone(t testing.TB, l *loader, th *Theme, set []string, as wording) *template.Template {
	t.Helper()
	l.templates = l.defined(th) // anew, since html/template writes into what it executes
	root, err := l.parse(th, set, as)
	if err != nil {
		t.Fatal(err)
	}
	trees := map[string]*parse.Tree{}
	reach(root, root.Tree, trees)
	if root, err = l.alone(th, trees); err != nil {
		t.Fatal(err)
	}
	return root
}

const hostile = "a\"><script>alert('1')</script>&amp;\x00+`%zz%41 \u2028\ufdd0\xff javascript:"

// fill puts a text into everything that v leads to. Of switches on and off the
// last half is on, so that a list has both.
func fill(v reflect.Value, text string, on bool, depth int) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Bool:
		v.SetBool(on)
	case reflect.Int:
		v.SetInt(3)
	case reflect.Float64:
		v.SetFloat(2.5)
	case reflect.Pointer:
		if depth > 0 {
			v.Set(reflect.New(v.Type().Elem()))
			fill(v.Elem(), text, on, depth-1)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), text, on, depth)
		}
	case reflect.Slice:
		if depth > 0 {
			v.Set(reflect.MakeSlice(v.Type(), 4, 4))
			for i := range v.Len() {
				fill(v.Index(i), text, i%2 == 1, depth-1)
			}
		}
	}
}

// pages are views for a layout: what a site has, nothing, and all that is bad.
func pages(class string) []*view.Page {
	list := []any{map[string]any{"year": int64(2024), "title": hostile, "name": template.HTML(hostile)}, map[string]any{"year": nil, "title": 2.5, "name": true}}
	bad := func(on bool) *view.Page {
		p := new(view.Page)
		fill(reflect.ValueOf(p).Elem(), hostile, on, 5)
		p.Data = map[string]any{"honours": map[string]any{"honours": list}}
		p.Lists = map[string][]*view.Card{"tasks": p.List.Cards}
		return p
	}
	named := sample(class)
	for i, key := range []string{"video", "audio", "long_picture", "state", "deadline", "lead", "progress", "stars", "indicators", "category", "status", "form", "level"} {
		f := view.Field{Key: key, Label: hostile, Text: hostile, Type: []string{"table", "file", "text"}[i%3], Number: float64(i), Links: []view.Link{{Title: hostile, URL: hostile, Kind: hostile}},
			Rows: []view.Row{{{Key: "year", Text: hostile}, {Key: "day", Text: hostile}, {Key: "count", Number: float64(i), Text: hostile}, {Key: "name", Text: hostile}}}, Heads: []string{hostile}, Values: []string{hostile, ""}}
		named.Article.Fields = append(named.Article.Fields, f)
		card := named.Article.Related[0]
		card.Fields = append(card.Fields, f)
	}
	return []*view.Page{sample(class), named, {}, bad(true), bad(false),
		{Class: class, Frame: &view.Frame{}, Article: &view.Article{}, List: &view.List{}, Term: &view.Term{}, Data: map[string]any{"honours": nil}, Lists: map[string][]*view.Card{"tasks": nil}}}
}

// TestOracle: what the built-in theme makes of any view is what html/template
// makes of it, and nothing is left to html/template but what fails there too.
func TestOracle(t *testing.T) {
	th := load(t, none)
	html := oracles(t, th)
	for name, class := range classes {
		for i, page := range pages(class) {
			set, err := th.layouts[name].set()
			if err != nil {
				t.Fatal(err)
			}
			same(t, set, base, html[name], page, i)
			if page.Frame != nil {
				for _, partial := range []string{"head", "header", "footer"} {
					same(t, set, partial, html[name], page.Frame, i)
				}
			}
		}
	}
	cards := map[string]string{"home": "card lead row", "section": "item", "page": "row", "ledger": "ledger-row"}
	for name, partials := range cards {
		set, err := th.layouts[name].set()
		if err != nil {
			t.Fatal(err)
		}
		for _, partial := range bytes.Fields([]byte(partials)) {
			for i, page := range pages("home") {
				if page.List != nil && len(page.List.Cards) > 0 {
					same(t, set, string(partial), html[name], page.List.Cards[0], i)
				}
			}
		}
	}
	for name, d := range th.directives {
		for i, v := range uses(t, th, name) {
			same(t, d.set, d.name, html[d.name], v, i)
		}
	}
}

// uses are uses of a directive: with nothing, and with bad texts in all its
// arguments, or in each alone.
func uses(t *testing.T, th *Theme, name string) []view.Directive {
	t.Helper()
	all := view.Directive{Name: name, Body: hostile, Card: &view.Card{Title: hostile, URL: hostile, Summary: hostile}, Count: 1}
	out := []view.Directive{{}}
	for _, s := range th.Specs {
		if s.Name != name {
			continue
		}
		for _, a := range s.Args {
			for _, text := range append(a.Choices, hostile) {
				arg := view.Arg{Key: a.Key, Text: text, Link: &view.Link{URL: text, Title: text, Kind: text, Outside: len(out)%2 == 0}}
				out = append(out, view.Directive{Args: []view.Arg{arg}, Card: all.Card})
				all.Args = append(all.Args, arg)
			}
		}
	}
	return append(out, all)
}

func same(t *testing.T, set *stencil.Set, name string, html *template.Template, dot any, number int) {
	t.Helper()
	var want bytes.Buffer
	wantErr := html.ExecuteTemplate(&want, name, dot)
	got, err := set.Append(nil, name, dot)
	switch {
	case wantErr == nil && err != nil:
		t.Errorf("%s, %d: left to html/template: %v", name, number, err)
	case wantErr != nil && err == nil:
		t.Errorf("%s, %d: html/template says %v", name, number, wantErr)
	case err == nil && string(got) != want.String():
		at := 0
		for at < min(len(got), want.Len()) && got[at] == want.Bytes()[at] {
			at++
		}
		t.Errorf("%s, %d: got …%.200q\nhtml/template makes …%.200q", name, number, got[max(0, at-50):], want.String()[max(0, at-50):])
	}
}

// BenchmarkExecute: pages whose header, footer and cards are made already, as
// nearly all pages of a site are.
func BenchmarkExecute(b *testing.B) {
	th, _, err := Load("lotus", themes.FS, none, keys(), Checked{})
	if err != nil {
		b.Fatal(err)
	}
	html := oracles(b, th)
	for _, name := range []string{"page", "model-site", "section", "home"} {
		page, layout := sample(classes[name]), th.layouts[name]
		run := func(execute func(io.Writer) error) func(*testing.B) {
			return func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if err := execute(io.Discard); err != nil {
						b.Fatal(err)
					}
				}
			}
		}
		b.Run(name+"/stencil", run(func(w io.Writer) error { return layout.Execute(w, page) }))
		b.Run(name+"/html", run(func(w io.Writer) error { return html[name].Execute(w, page) }))
	}
}

func BenchmarkLoad(b *testing.B) {
	fields := keys()
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := Load("lotus", themes.FS, none, fields, Checked{}); err != nil {
			b.Fatal(err)
		}
	}
}
