package theme

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strings"
	"text/template"
	"text/template/parse"

	"github.com/jba/templatecheck"

	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/view"
)

// Output is a further file that the theme makes of the site.
type Output struct {
	Path   string
	Title  string
	About  string        // one sentence
	Digest digest.Digest // of the templates it reaches
	Needs  Needs
	made   func(io.Writer, *view.Page) error
}

// Execute writes the file.
func (o Output) Execute(w io.Writer, p *view.Page) error { return failure(o.made(w, p)) }

// HTML reports whether the file is a page.
func (o Output) HTML() bool { return form(o.Path) == "html" }

// quote writes one value as a format wants it.
type quote func(any) (string, error)

// formats are the endings of outputs that are no pages, with how what a
// template prints is quoted: as in html/template that is not left to the
// writer of the template.
var formats = map[string]quote{"json": quoteJSON, "csv": quoteCSV, "xml": quoteXML, "txt": quoteNothing}

func (l *loader) outputs(t *Theme, c contract) {
	for _, p := range slices.Sorted(maps.Keys(c.Outputs)) {
		d := c.Outputs[p]
		o := Output{Path: p, Title: d.Title, About: d.About, Needs: d.needs()}
		if o.HTML() {
			layout, ok := t.layouts[d.Layout]
			if !ok {
				if _, there := l.files["layouts/"+d.Layout+".html"]; !there {
					l.problem(l.files[contractFile].shown, 0, 0, diag.Say("%s：缺少 layouts/%s.html",
						"%s: there is no layouts/%s.html", p, d.Layout))
				}
				continue
			}
			o.Digest, o.made = layout.Digest, layout.Execute
		} else if !l.text(&o, "outputs/"+firstOf(d.Template, path.Base(p))) {
			continue
		}
		t.Outputs = append(t.Outputs, o)
	}
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// text makes an output that is no page ready to run.
func (l *loader) text(o *Output, name string) bool {
	f, ok := l.files[name]
	if !ok {
		l.problem(l.files[contractFile].shown, 0, 0, diag.Say("%s：缺少 %s", "%s: there is no %s", o.Path, name))
		return false
	}
	format := form(o.Path)
	quoted, ok := formats[format]
	if !ok {
		l.problem(f.shown, 0, 0, diag.Say("输出的名字以 .html、.json、.csv、.xml 或 .txt 结尾",
			"an output ends in .html, .json, .csv, .xml or .txt"))
		return false
	}
	made, err := template.New(name).Funcs(template.FuncMap{format: quoted}).Option("missingkey=error").Parse(f.text)
	if err == nil {
		err = guarded(func() error { return templatecheck.CheckText(made, &view.Page{}) },
			func() error { return nothingAsked(name) })
	}
	if err != nil {
		l.templateProblem(err)
		return false
	}
	if !l.checkNames(map[string]*parse.Tree{name: made.Tree}, o.Needs) {
		return false
	}
	o.Digest = digest.New("output").String(format, f.text).Sum()
	for _, each := range made.Templates() {
		quoteActions(each.Tree, format)
	}
	o.made = func(w io.Writer, p *view.Page) error {
		var b bytes.Buffer
		if format == "csv" {
			b.WriteString("\ufeff") // without it Excel takes UTF-8 for the system's code page
		}
		if err := made.Execute(&b, p); err != nil {
			return err
		}
		if format == "json" {
			if !json.Valid(b.Bytes()) {
				return diag.Failure{Text: diag.Say("模板做出来的不是 JSON", "what the template makes is not JSON")}
			}
			var compact bytes.Buffer
			if err := json.Compact(&compact, b.Bytes()); err != nil {
				return err
			}
			compact.WriteByte('\n')
			b = compact
		}
		_, err := w.Write(b.Bytes())
		return err
	}
	return true
}

// quoteActions appends the format's function to every action that prints.
func quoteActions(tree *parse.Tree, format string) {
	visitActions(tree.Root, func(a *parse.ActionNode) {
		if len(a.Pipe.Decl) > 0 {
			return
		}
		call := parse.NewIdentifier(format).SetTree(tree).SetPos(a.Pos)
		quoted := &parse.CommandNode{NodeType: parse.NodeCommand, Pos: a.Pos, Args: []parse.Node{call}}
		a.Pipe.Cmds = append(a.Pipe.Cmds, quoted)
	})
}

func visitActions(n parse.Node, visit func(*parse.ActionNode)) {
	branch := func(b *parse.BranchNode) {
		visitActions(b.List, visit)
		visitActions(b.ElseList, visit)
	}
	switch n := n.(type) {
	case *parse.ListNode:
		if n != nil {
			for _, c := range n.Nodes {
				visitActions(c, visit)
			}
		}
	case *parse.ActionNode:
		visit(n)
	case *parse.IfNode:
		branch(&n.BranchNode)
	case *parse.RangeNode:
		branch(&n.BranchNode)
	case *parse.WithNode:
		branch(&n.BranchNode)
	}
}

func quoteJSON(v any) (string, error) {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return strings.TrimSuffix(b.String(), "\n"), err
}

// quoteCSV follows RFC 4180. A text that a spreadsheet would take for a formula
// gets a quotation mark in front, as spreadsheets themselves write it.
func quoteCSV(v any) (string, error) {
	s := fmt.Sprint(v)
	if _, isText := v.(string); isText && s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		s = "'" + s
	}
	if strings.ContainsAny(s, "\",\r\n") {
		s = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s, nil
}

func quoteXML(v any) (string, error) {
	var b strings.Builder
	err := xml.EscapeText(&b, []byte(fmt.Sprint(v)))
	return b.String(), err
}

func quoteNothing(v any) (string, error) { return fmt.Sprint(v), nil }
