package stencil

import (
	"bytes"
	"fmt"
	"html/template"
	"strings"
	"sync"
	"testing"
)

// The types of the tests have what a view has, and what it could get.

type page struct {
	Text, Empty string
	HTML        template.HTML
	URL         template.URL
	JS          template.JS
	Number      int
	Zero        int
	Small       int8
	Big         uint64
	Half        float64
	Yes, No     bool
	*frame
	Sub     sub
	Pointer *sub
	Nil     *sub
	Subs    []sub
	Links   []*sub
	None    []sub
	Texts   []string
	Row     row
	Map     map[string]string
	Data    map[string]any
	Structs map[string]sub
	Any     any
	Error   error
	Named   named
	When    shown
}

type frame struct{ Root, Home string }

type sub struct {
	Title, Text string
	Count       int
	Next        *sub
	Row         row
}

func (s *sub) Field(key string) *sub {
	if key == s.Title {
		return s
	}
	return s.Next
}

type row []sub

func (r row) Field(key string) sub {
	for _, s := range r {
		if s.Title == key {
			return s
		}
	}
	return sub{Text: "none"}
}

// Other is not known.
func (r row) Other() string { return "other" }

type named string

type shown int

func (s shown) String() string { return fmt.Sprintf("<shown %d>", int(s)) }

var cutter = NewCutter([]any{&page{}}, []Method{MethodOf("Field", (*sub).Field), MethodOf("Field", (*row).Field)})

var functions = map[string]Function{
	"twice": One(func(s string) (string, error) { return s + s, nil }),
	"bold":  One(func(s string) (template.HTML, error) { return template.HTML("<b>" + s + "</b>"), nil }),
	"pick":  Two(func(s string, p *page) (*sub, error) { return p.Pointer.Field(s), nil }),
	"plus":  Two(func(a, b int) (int, error) { return a + b, nil }),
	"fails": One(func(s string) (string, error) { return "", fmt.Errorf("fails: %s", s) }),
	"panics": One(func(s string) (string, error) {
		var none *sub
		return none.Title, nil
	}),
}

// full is a page of which a text stands in every field.
func full(text string) *page {
	last := &sub{Title: "last", Text: text, Count: 3}
	s := sub{Title: "one", Text: text, Count: 1, Next: last, Row: row{{Title: "cell", Text: text}}}
	return &page{Text: text, HTML: template.HTML("<i>" + text + "</i>"), URL: template.URL(text), JS: "1+1", Number: 7, Small: -3, Big: 40, Half: 2.5, Yes: true,
		frame: &frame{Root: "../", Home: text}, Sub: s, Pointer: &s, Subs: []sub{s, *last}, Links: []*sub{&s, nil, last}, Texts: []string{"a", text, "c"},
		Row: s.Row, Structs: map[string]sub{"a": s}, Map: map[string]string{"b": text, "a": "1"}, Any: text, Named: named(text), When: 5, Error: fmt.Errorf("%s", text),
		Data: map[string]any{"list": []any{text, 1, int64(2), 2.5, true, nil, map[string]any{"year": int64(2024), "name": text}}, "nil": nil, "empty": map[string]any{}}}
}

func cut(t testing.TB, text string) (*Set, *template.Template, bool) {
	t.Helper()
	parsed := func() (*template.Template, error) {
		return template.New("root").Option("missingkey=error").Funcs(FuncMap(functions)).Parse(text)
	}
	html, err := parsed()
	if err != nil {
		return nil, nil, false
	}
	ours, err := parsed()
	if err != nil {
		t.Fatal(err)
	}
	return cutter.Cut(ours, []string{"root"}, functions), html, true
}

// compare holds a Set against html/template and reports whether it executed the
// template itself.
func compare(t *testing.T, text string, dot any) bool {
	t.Helper()
	set, html, ok := cut(t, text)
	if !ok {
		return false
	}
	var want, got bytes.Buffer
	wantErr := html.Execute(&want, dot)
	own, ownErr := set.Append(nil, "root", dot)
	if ownErr == nil && (wantErr != nil || string(own) != want.String()) {
		t.Errorf("%s\nstencil       %q\nhtml/template %q, %v", text, own, want.String(), wantErr)
	}
	if err := set.Execute(&got, "root", dot); fmt.Sprint(err) != fmt.Sprint(wantErr) || got.String() != want.String() {
		t.Errorf("%s\nExecute       %q, %v\nhtml/template %q, %v", text, got.String(), err, want.String(), wantErr)
	}
	return ownErr == nil
}

// known are templates that are executed here.
var known = []string{
	"", "text", "{{/* nothing */}}a", "{{.Text}}", "{{.HTML}}", "{{.Number}} {{.Small}} {{.Big}} {{.Half}} {{.Yes}}", "{{.Root}}{{.Home}}", "{{.Empty}}",
	"{{.Sub.Text}} {{.Pointer.Next.Text}}", "{{(.Sub.Next).Text}}", "{{.URL}} {{.JS}} {{.Named}} {{.When}} {{.Error}}", "{{.Sub.Count}}", "{{.}}{{.Texts}}", "{{.Pointer.Row}}",
	"{{1}} {{1.0}} {{1e3}} {{-2}} {{true}} {{\"a<b\"}} {{`raw`}}", "{{.Any}}{{.Data.nil}}", "{{.Map.a}}{{.Map.b}}",
	// Places.
	`<a href="{{.Text}}">`, `<a href="tel:{{.Text}}">`, `<a href="/{{.Text}}?q={{.Text}}#{{.Text}}">`, `<a title="{{.Text}}" class='x {{.HTML}}'>`, `<a title={{.Text}}>`,
	`<a {{if .Yes}}hidden{{end}}>`, `<a {{.Text}}="1">`, `<a href="{{.Root}}{{twice "x"}}">`, `<a href="{{.URL}}">`, `<img srcset="{{.Text}}">`, `<a onclick="f({{.Text}})">`,
	`<a onclick="f('{{.Text}}')">`, `<script>var a = {{.Text}}, b = {{.Sub}};</script>`, "<script>`{{.Text}}`</script>", `<script>/{{.Text}}/</script>`,
	`<style>a { color: {{.Text}} }</style>`, `<p style="background: url('{{.Text}}')">`, `<title>{{.Text}}{{.HTML}}</title>`, `<textarea>{{.Text}}</textarea>`, `<!-- {{.Text}} -->a`,
	`<time datetime="{{.Text}}">`, `<meta http-equiv="refresh" content="1;url={{.Text}}">`, `<img src="{{.Map.b}}" alt="{{.Any}}，{{.Number}}{{.Data.nil}}">`,
	// Branches.
	"{{if .Text}}a{{end}}", "{{if .Empty}}a{{else}}b{{end}}", "{{if .Zero}}a{{else if .No}}b{{else if .Yes}}c{{else}}d{{end}}", "{{if .Nil}}a{{else}}b{{end}}",
	"{{if .None}}a{{end}}{{if .Subs}}b{{end}}{{if .Map}}c{{end}}{{if .Sub}}d{{end}}{{if .Half}}e{{end}}{{if .Data.nil}}f{{end}}{{if .Pointer}}g{{end}}{{if .Any}}h{{end}}{{if .Error}}i{{end}}",
	"{{with .Pointer}}{{.Text}}{{end}}", "{{with .Nil}}a{{else}}{{.Text}}{{end}}", "{{with .Nil}}a{{else with .Pointer}}{{.Title}}{{end}}", "{{with $x := .Text}}{{$x}}{{.}}{{end}}",
	"{{if $x := .Text}}{{$x}}{{else}}{{$x}}{{end}}", "{{with .Data.nil}}a{{else}}b{{end}}", "{{with .Any}}{{.}}{{end}}",
	// Loops.
	"{{range .Subs}}{{.Title}},{{end}}", "{{range .None}}a{{else}}{{.Text}}{{end}}", "{{range $i, $s := .Subs}}{{$i}}{{$s.Title}}{{.Text}}{{end}}", "{{range $s := .Texts}}{{$s}}{{end}}",
	"{{range .Texts}}{{if eq . \"c\"}}{{break}}{{end}}{{.}}{{end}}|", "{{range .Texts}}{{if eq . \"a\"}}{{continue}}{{end}}{{.}}{{end}}|", "{{range .Links}}{{with .}}{{break}}{{end}}{{end}}{{.Text}}",
	"{{range .Map}}{{.}};{{end}}", "{{range $k, $v := .Map}}{{$k}}={{$v}};{{end}}", "{{range .Data.list}}{{.}};{{end}}", "{{range $k, $v := .Data}}{{$k}};{{end}}", "{{range 3}}{{.}}{{end}}", "{{range $i := .Number}}{{$i}}{{end}}",
	"{{range .Subs}}{{range .Row}}{{.Text}}{{break}}{{else}}none{{end}}{{$.Number}}{{end}}", "{{range .Data.nil}}a{{else}}b{{end}}", "{{range $i, $s := .None}}a{{else}}{{$i}}{{$s}}{{end}}",
	"{{range $i, $s := .Subs}}{{if $i}},{{end}}{{$x := $s.Title}}{{$x}}{{end}}", "{{$a := 1}}{{$b := 2}}{{range $a, $b = .Texts}}{{$a}}{{$b}}{{end}}{{$a}}{{$b}}", "{{$a := 1}}{{range $a = .Texts}}{{end}}{{$a}}",
	"{{range -1}}a{{else}}b{{end}}", "{{range .Row}}{{.Text}}{{end}}",
	// Variables.
	"{{$x := .Text}}{{$x}}", "{{$x := 1}}{{if .Yes}}{{$x = 2}}{{end}}{{$x}}", "{{$x := 1}}{{if .Yes}}{{$x := 2}}{{$x}}{{end}}{{$x}}", "{{$x := .Sub}}{{$x.Next.Text}}", "{{$x := 1}}{{$x = .Text}}{{$x}}",
	"{{$x := 1}}{{$x := \"a\"}}{{$x}}", "{{$l := index .Subs 0}}{{range .Subs}}{{$l = .}}{{end}}{{$l.Title}}", "{{$x := .Text}}{{with .Sub}}{{$x}}{{$.Text}}{{end}}",
	// Templates.
	`{{define "a"}}[{{.}}]{{end}}{{template "a" .Text}}{{template "a" 1}}`, `{{define "a"}}[{{$}}{{$x := 1}}{{$x}}]{{end}}{{$x := 2}}{{template "a"}}{{$x}}`, `{{block "b" .Sub}}{{.Title}}{{end}}`,
	`{{define "a"}}{{.Title}}{{with .Next}}{{template "a" .}}{{end}}{{end}}{{template "a" .Pointer}}`, `{{define "a"}}{{.Text}}{{end}}<p>{{template "a" .}}</p>{{template "a" .Sub}}`,
	`{{range .Subs}}{{template "a" .}}{{end}}{{define "a"}}{{range .Row}}{{break}}{{end}}{{.Title}}{{end}}`, `{{template "a" $x := .Text}}{{$x}}{{define "a"}}{{.}}{{end}}`,
	// Functions and methods.
	"{{and .Text .Number}}{{and .Text .Zero .Number}}{{or .Empty .Text}}{{or .Empty .Zero}}{{not .Text}}{{and .Yes}}", "{{or .Yes .Nil.Text}}", "{{.Number | or .Zero}}{{.Number | and .Text}}",
	"{{eq .Text .Text 1}}", "{{eq .Number 7}}{{eq .Text \"a\" .Text}}{{ne .Number 7}}{{eq .Small -3}}{{eq .HTML .Text}}{{eq .Yes true}}{{eq .Half 2.5}}", "{{lt 1 2}}{{le 2 2}}{{gt .Half 2.5}}{{ge .Half 1.0}}{{lt \"a\" .Text}}{{ge .Number 7}}",
	"{{len .Text}}{{len .Subs}}{{len .Map}}{{len .None}}{{len .Data.list}}", "{{ge (len .Texts) 3}}", "{{index .Texts 1}}{{(index .Subs 0).Title}}{{index .Map \"a\"}}{{index .Map \"none\"}}{{index .Data \"nil\"}}{{index .Data.list 0}}{{index .Text}}",
	"{{slice .Texts 1}}{{slice .Texts 1 2}}{{slice .Texts}}{{range slice .Subs 1}}{{.Title}}{{end}}{{slice \"abc\" 1 2}}", "{{print .Text 1 2.5 .Sub.Title}}{{println .Number}}{{printf \"%s-%d<%v>\" .Text .Number .Data.nil}}", "{{.Text | printf \"%q\"}}{{.Number | eq 7}}{{.Text | len}}",
	"{{twice .Text}}{{.Text | twice}}{{bold .Text}}{{.Text | bold | print}}{{plus 1 .Number}}{{.Number | plus 1}}{{twice (twice \"a\")}}{{(pick \"last\" .).Text}}",
	"{{(.Pointer.Field \"one\").Text}}{{(.Sub.Field \"x\").Text}}{{with .Pointer.Field \"one\"}}{{.Title}}{{end}}{{(.Row.Field \"cell\").Text}}{{(.Row.Field .Text).Text}}{{.Row.Field \"cell\" | print}}",
	"{{range .Subs}}{{with .Field \"last\"}}{{.Text}}{{end}}{{(.Row.Field \"cell\").Text}}{{end}}", "{{$s := .Pointer}}{{($s.Field \"one\").Title}}{{with \"one\" | .Pointer.Field}}{{.Title}}{{end}}", "{{with $.Pointer}}{{(.Next.Field \"last\").Title}}{{end}}",
	"{{range .Data.list}}{{if eq (printf \"%T\" .) \"map[string]interface {}\"}}{{.year}}{{.name}}{{end}}{{end}}",
}

// others are left to html/template: for what they use, for the values that they
// meet, or because they fail.
var others = []string{
	"{{html .Text}}", "{{.Text | html}}", "{{.Text | urlquery}}", "{{js .Text}}", "{{call .Any}}", "{{.Row.Other}}", "{{len (print)}}{{print}}", "{{(($x := 1))}}", "{{nil}}", "{{1i}}", "{{'a'}}", "{{0x10}}", "{{.Data.Field}}", "{{.Field}}",
	`<a href="{{template "a" .}}">{{define "a"}}{{.Text}}{{end}}`, `<p title="{{block "x" .}}{{.Text}}{{end}}">`, "{{eq .Nil nil}}", "{{eq .Pointer .Pointer}}", "{{eq .Big 1}}", "{{eq .Data.nil \"a\"}}", "{{range .Big}}{{break}}{{end}}", "{{plus 1.0 2}}", "{{.Named | twice}}",
	// Mistakes.
	"{{.Nil.Text}}", "{{.None.Text}}", "{{.Text.Text}}", "{{.Map.none}}", "{{.Data.none}}", "{{.Data.nil.x}}", "{{index .Texts 3}}", "{{index .Texts 9}}", "{{index .Texts -1}}", "{{index .Texts \"a\"}}", "{{index .Nil 1}}", "{{index .Data.nil}}", "{{index .Data.nil 1}}",
	"{{slice .Texts 2 1}}", "{{slice .Texts 9}}", "{{slice .Number}}", "{{len .Number}}", "{{len .Nil}}", "{{len .Data.nil}}", "{{eq .Text 1}}", "{{eq .Text}}", "{{lt .Yes .No}}", "{{lt .Text}}", "{{fails .Text}}", "{{panics .Text}}", "{{twice 1}}", "{{twice .Number}}", "{{twice}}", "{{twice \"a\" \"b\"}}",
	"{{.Text 1}}", "{{.Text | .Text}}", "{{.Nil.Field \"x\"}}", "{{.Pointer.Field 1}}", "{{.Pointer.Field}}", "{{.Pointer.Field \"a\" \"b\"}}", "{{(.Pointer.Field \"one\").None}}", "{{((.Row.Field \"cell\").Field \"cell\").Title}}", "{{range .Structs}}{{.Title}}{{(.Field \"x\").Title}}{{end}}", "{{range .Text}}{{end}}", "{{range .Nil}}{{end}}", "{{range .Half}}{{end}}", "{{range $a, $b := 3}}{{end}}", "{{template \"none\"}}",
	"{{pick \"x\" .Sub}}", "{{range .Links}}{{.Text}}{{end}}", "before {{.Nil.Text}}", "{{if .Number.x}}{{end}}", "{{with .Text}}{{.Text}}{{end}}", "{{not}}", "{{and}}", "{{1 2}}", "{{. | 1}}", "{{(.Text) 1}}", "<a href={{.Text}} b='{{.Text}}", "{{if .Yes}}<a title='{{end}}", "{{printf .Number}}", "{{printf}}",
}

// TestExecute: every construct gives what html/template gives, for a page with
// something in every field and for one with nothing.
func TestExecute(t *testing.T) {
	for _, text := range known {
		for _, s := range []string{"文", hostile} {
			if !compare(t, text, full(s)) {
				set, _, _ := cut(t, text)
				_, err := set.Append(nil, "root", full(s))
				t.Errorf("%s\nis left to html/template: %v", text, err)
			}
		}
		compare(t, text, &page{})
		compare(t, text, page{frame: &frame{}})
	}
	for _, text := range others {
		if compare(t, text, full("文")) {
			t.Errorf("%s\nis executed here", text)
		}
		compare(t, text, &page{})
	}
	for _, dot := range []any{nil, "文", 7, []string{"a"}, map[string]any{"Text": "文"}, map[string]string{"Text": hostile}, struct{ Text string }{"文"}, &[]any{1}} {
		for _, text := range append(known, others...) {
			compare(t, text, dot)
		}
	}
}

const hostile = "a\"><script>alert('1')</script>&amp;\x00+`%zz%41 \u2028\ufdd0\xff javascript:"

// TestEndless: a template that shows itself for ever is an error.
func TestEndless(t *testing.T) {
	if compare(t, `{{define "a"}}{{template "a"}}{{end}}{{template "a"}}`, nil) {
		t.Error("it came to an end")
	}
}

// TestNames: a name that was not compiled, or is not there, is html/template's
// matter.
func TestNames(t *testing.T) {
	set, _, _ := cut(t, `{{define "a"}}a{{end}}{{template "a"}}`)
	var b bytes.Buffer
	if err := set.Execute(&b, "a", nil); err != nil || b.String() != "a" {
		t.Errorf("got %q, %v", b.String(), err)
	}
	if err := set.Execute(&b, "none", nil); err == nil || !strings.HasPrefix(err.Error(), "html/template:") {
		t.Errorf("got %v", err)
	}
}

// TestParallel: executions do not see each other's variables, output or types.
func TestParallel(t *testing.T) {
	text := `{{define "a"}}{{$x := .Text}}{{range $i, $s := .Subs}}{{$x}}{{$i}}{{.Text}}{{end}}{{end}}{{template "a" .}}<a title="{{.HTML}}">{{html .Text}}</a>`
	for _, text := range []string{text, strings.Replace(text, "{{html", "{{print", 1)} {
		set, html, _ := cut(t, text)
		var all sync.WaitGroup
		for i := range 8 {
			all.Go(func() {
				dot := full(strings.Repeat("<", i))
				var want, got bytes.Buffer
				if err := html.Execute(&want, dot); err != nil {
					t.Error(err)
				}
				for range 50 {
					got.Reset()
					if err := set.Execute(&got, "root", dot); err != nil || got.String() != want.String() {
						t.Errorf("got %q, %v, want %q", got.String(), err, want.String())
					}
				}
			})
		}
		all.Wait()
	}
}
