package theme

import (
	"html/template"
	"text/template/parse"

	"github.com/jba/templatecheck"

	"qinglian/internal/diag"
)

// checkTypes holds a template against the type of what it sees.
func checkTypes(t *template.Template, of any) error {
	return guarded(func() error { return templatecheck.CheckHTML(t, of) }, func() error { return emptyHanded(t) })
}

// guarded is what a check of templatecheck's comes to. It panics where a partial asks
// for a field and is shown without anything behind its name: then why says so.
func guarded(check, why func() error) (err error) {
	defer func() {
		if recover() != nil {
			err = why()
		}
	}()
	return check()
}

// emptyHanded finds the {{template "mark"}} that hands nothing to a partial which asks
// for a field.
func emptyHanded(root *template.Template) error {
	for _, t := range inOrder(root) {
		if t.Tree == nil {
			continue
		}
		var err error
		walk(t.Tree.Root, func(n parse.Node) {
			call, ok := n.(*parse.TemplateNode)
			if !ok || call.Pipe != nil || err != nil || !asks(root, call.Name) {
				return
			}
			where, _ := t.Tree.ErrorContext(n)
			err = flaw{where, diag.Say("%s 没有把数据交过去，%[2]s 里却要用：写成 {{template \"%[2]s\" .}}",
				"%s hands nothing over, but %[2]s asks for a field: write {{template \"%[2]s\" .}}",
				call.String(), call.Name)}
		})
		if err != nil {
			return err
		}
	}
	return nothingAsked(root.Name())
}

// asks reports whether a template, or one that it shows, asks for a field.
func asks(root *template.Template, name string) bool {
	t := root.Lookup(name)
	if t == nil || t.Tree == nil {
		return false
	}
	reached := map[string]*parse.Tree{}
	reach(root, t.Tree, reached)
	found := false
	for _, tree := range reached {
		walk(tree.Root, func(n parse.Node) {
			if _, ok := n.(*parse.FieldNode); ok {
				found = true
			}
		})
	}
	return found
}

func nothingAsked(name string) error {
	return flaw{name + ":1:1", diag.Say("这里没有数据，却要用里面的一项", "a field is asked for where there is nothing")}
}
