package theme

import (
	"cmp"
	"html/template"
	"slices"
	"text/template/parse"

	"qinglian/internal/diag"
	"qinglian/internal/view"
)

// reach collects the trees of a template and of all that it includes.
func reach(set *template.Template, tree *parse.Tree, into map[string]*parse.Tree) {
	if tree == nil || into[tree.Name] != nil {
		return
	}
	into[tree.Name] = tree
	walk(tree.Root, func(n parse.Node) {
		name, _ := included(n)
		if next := set.Lookup(name); next != nil {
			reach(set, next.Tree, into)
		}
	})
}

// hidden reports a call of frame or card that does not say which partial it
// shows: what a layout reaches must be known when it loads.
func hidden(n parse.Node, as string) bool {
	c, ok := n.(*parse.CommandNode)
	return ok && as == "" && (c.Args[0].String() == "frame" || c.Args[0].String() == "card")
}

// included is the template that a node shows, and as what: "template", "frame"
// or "card".
func included(n parse.Node) (name, as string) {
	switch n := n.(type) {
	case *parse.TemplateNode:
		return n.Name, "template"
	case *parse.CommandNode:
		if len(n.Args) != 3 || n.Args[0].String() != "frame" && n.Args[0].String() != "card" {
			return "", ""
		}
		if partial, ok := n.Args[1].(*parse.StringNode); ok {
			return partial.Text, n.Args[0].String()
		}
	}
	return "", ""
}

// inOrder are the templates of a set by their names: of several that have an error it is
// always the first that is told.
func inOrder(root *template.Template) []*template.Template {
	return slices.SortedFunc(slices.Values(root.Templates()), func(a, b *template.Template) int {
		return cmp.Compare(a.Name(), b.Name())
	})
}

// checkFragments holds the partials that are made once against the little that
// they see.
func checkFragments(root *template.Template) error {
	var err error
	for _, t := range inOrder(root) {
		if t.Tree == nil {
			continue
		}
		walk(t.Tree.Root, func(n parse.Node) {
			name, as := included(n)
			if hidden(n, as) && err == nil {
				where, _ := t.Tree.ErrorContext(n)
				err = flaw{where, diag.Say("frame 和 card 后面要写片段的名字，两边用双引号：{{frame \"header\" .}}",
					"frame and card want the name of a partial in quotes: {{frame \"header\" .}}")}
			}
			if as != "frame" && as != "card" || err != nil {
				return
			}
			partial := root.Lookup(name)
			switch {
			case partial == nil:
				where, _ := t.Tree.ErrorContext(n)
				err = flaw{where, missing("partials/" + name + ".html")}
			case as == "frame":
				err = checkTypes(partial, &view.Frame{})
			default:
				err = checkTypes(partial, &view.Card{})
			}
		})
	}
	return err
}

// checkAssets reports names of assets that the theme does not have.
func (l *loader) checkAssets(t *Theme, root *template.Template) bool {
	sound, known := true, map[string]bool{}
	for _, a := range t.Assets {
		known[a.file] = true
	}
	for _, set := range root.Templates() {
		if set.Tree == nil {
			continue
		}
		walk(set.Tree.Root, func(n parse.Node) {
			c, ok := n.(*parse.CommandNode)
			if !ok || len(c.Args) != 2 || c.Args[0].String() != "asset" {
				return
			}
			name, ok := c.Args[1].(*parse.StringNode)
			if ok && !known[name.Text] {
				where, _ := set.Tree.ErrorContext(n)
				l.templateProblem(flaw{where, noAsset(name.Text)})
				sound = false
			}
		})
	}
	return sound
}

// walk visits a node and all below it.
func walk(n parse.Node, visit func(parse.Node)) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n != nil {
			for _, c := range n.Nodes {
				walk(c, visit)
			}
		}
	case *parse.FieldNode, *parse.VariableNode:
		visit(n)
	case *parse.ChainNode:
		walk(n.Node, visit)
	case *parse.ActionNode:
		walk(n.Pipe, visit)
	case *parse.TemplateNode:
		visit(n)
		walk(n.Pipe, visit)
	case *parse.IfNode:
		walkBranch(&n.BranchNode, visit)
	case *parse.RangeNode:
		walkBranch(&n.BranchNode, visit)
	case *parse.WithNode:
		walkBranch(&n.BranchNode, visit)
	case *parse.PipeNode:
		if n != nil {
			for _, c := range n.Cmds {
				visit(c)
				for _, a := range c.Args {
					walk(a, visit)
				}
			}
		}
	}
}

func walkBranch(n *parse.BranchNode, visit func(parse.Node)) {
	walk(n.Pipe, visit)
	walk(n.List, visit)
	walk(n.ElseList, visit)
}
