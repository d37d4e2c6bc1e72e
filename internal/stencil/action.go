package stencil

import (
	"reflect"
	"slices"
	"strings"
	"text/template/parse"
)

// action is a node that is shown.
type action func(*state) flow

// flow is how a loop goes on after an action.
type flow uint8

const (
	onward flow = iota
	breaks
	continues
)

// writer compiles one template. Its variables live on a stack, whose names it
// keeps as they will be when a node is shown.
type writer struct {
	*compiler
	vars  []string
	slots int
}

func (w *writer) declare(name string) int {
	w.vars = append(w.vars, name)
	w.slots = max(w.slots, len(w.vars))
	return len(w.vars) - 1
}

// slot is where the variable last declared with a name is.
func (w *writer) slot(name string) int {
	for i, v := range slices.Backward(w.vars) {
		if v == name {
			return i
		}
	}
	w.dontKnow("there is no variable %s", name)
	return 0
}

// within compiles nodes whose variables end with them.
func (w *writer) within(compile func() action) action {
	mark := len(w.vars)
	defer func() { w.vars = w.vars[:mark] }()
	return compile()
}

func (w *writer) list(l *parse.ListNode) action {
	if l == nil {
		return func(*state) flow { return onward }
	}
	var actions []action
	for _, n := range l.Nodes {
		if a := w.node(n); a != nil {
			actions = append(actions, a)
		}
	}
	if len(actions) == 1 {
		return actions[0]
	}
	return func(s *state) flow {
		for _, a := range actions {
			if f := a(s); f != onward {
				return f
			}
		}
		return onward
	}
}

func (w *writer) node(n parse.Node) action {
	switch n := n.(type) {
	case *parse.TextNode:
		text := string(n.Text)
		return func(s *state) flow {
			s.out = append(s.out, text...)
			return onward
		}
	case *parse.CommentNode:
		return nil
	case *parse.ActionNode:
		return w.action(n)
	case *parse.IfNode:
		return w.within(func() action { return w.choose(&n.BranchNode) })
	case *parse.WithNode:
		return w.within(func() action { return w.with(&n.BranchNode) })
	case *parse.RangeNode:
		return w.within(func() action { return w.loop(n) })
	case *parse.TemplateNode:
		return w.include(n)
	case *parse.BreakNode:
		return func(*state) flow { return breaks }
	case *parse.ContinueNode:
		return func(*state) flow { return continues }
	}
	w.unknownNode(n)
	return nil
}

// action declares a variable, or prints through html/template's escapers.
func (w *writer) action(n *parse.ActionNode) action {
	if len(n.Pipe.Decl) > 0 {
		v := w.pipeline(n.Pipe)
		return func(s *state) flow {
			v(s)
			return onward
		}
	}
	first := len(n.Pipe.Cmds)
	var escapers []escaper
	for first > 0 && isEscaper(n.Pipe.Cmds[first-1]) {
		first--
		escapers = append(escapers, w.escaper(n.Pipe.Cmds[first].Args[0].String()))
	}
	slices.Reverse(escapers)
	if first == 0 || len(escapers) == 0 {
		w.dontKnow("%s is not escaped", n)
		return nil
	}
	v := w.commands(n.Pipe.Cmds[:first])
	return func(s *state) flow {
		s.print(v(s), escapers)
		return onward
	}
}

func isEscaper(c *parse.CommandNode) bool {
	name, ok := c.Args[0].(*parse.IdentifierNode)
	return ok && len(c.Args) == 1 && strings.HasPrefix(name.Ident, "_html_template_")
}

func (w *writer) choose(n *parse.BranchNode) action {
	v := w.pipeline(n.Pipe)
	yes := w.within(func() action { return w.list(n.List) })
	no := w.within(func() action { return w.list(n.ElseList) })
	return func(s *state) flow {
		if truth(v(s)) {
			return yes(s)
		}
		return no(s)
	}
}

func (w *writer) with(n *parse.BranchNode) action {
	v := w.pipeline(n.Pipe)
	yes := w.within(func() action { return w.list(n.List) })
	no := w.within(func() action { return w.list(n.ElseList) })
	return func(s *state) flow {
		dot := v(s)
		if !truth(dot) {
			return no(s)
		}
		outer := s.dot
		s.dot = dot
		f := yes(s)
		s.dot = outer
		return f
	}
}

// loop: a loop that declares variables gives them the value that it goes
// through first, which is what its else sees.
func (w *writer) loop(n *parse.RangeNode) action {
	v := w.pipeline(n.Pipe)
	each := iteration{index: -1, element: -1}
	switch decl := n.Pipe.Decl; len(decl) {
	case 0:
	case 1:
		each.element = w.slot(decl[0].Ident[0])
	default:
		each.index, each.element = w.slot(decl[0].Ident[0]), w.slot(decl[1].Ident[0])
	}
	each.show = w.within(func() action { return w.list(n.List) })
	none := w.within(func() action { return w.list(n.ElseList) })
	return func(s *state) flow {
		outer := s.dot
		some := each.all(s, v(s))
		s.dot = outer
		if !some {
			return none(s)
		}
		return onward
	}
}

// iteration is the body of a loop with the slots of its variables; -1 is none.
type iteration struct {
	index, element int
	show           action
}

// all goes through a value and reports whether there was something in it.
func (it iteration) all(s *state, v reflect.Value) bool {
	v, isNil := indirect(v)
	if isNil {
		fail("range over a nil %s", v.Type())
	}
	switch v.Kind() {
	case reflect.Invalid:
		return false
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			if it.one(s, i, reflect.Value{}, v.Index(i)) == breaks {
				break
			}
		}
		return v.Len() > 0
	case reflect.Map:
		keys := sortedKeys(v)
		for _, key := range keys {
			if it.one(s, 0, key, v.MapIndex(key)) == breaks {
				break
			}
		}
		return len(keys) > 0
	case reflect.Int:
		if it.index >= 0 {
			fail("range over a number with two variables")
		}
		for i := range int(v.Int()) {
			if it.one(s, i, reflect.Value{}, reflect.ValueOf(i).Convert(v.Type())) == breaks {
				break
			}
		}
		return v.Int() > 0
	}
	fail("range over %s", v.Type())
	return false
}

// one shows the body for one element; its key is its number if there is none.
func (it iteration) one(s *state, i int, key, element reflect.Value) flow {
	if it.index >= 0 {
		if !key.IsValid() {
			key = reflect.ValueOf(i)
		}
		s.vars[s.base+it.index] = key
	}
	if it.element >= 0 {
		s.vars[s.base+it.element] = element
	}
	s.dot = element
	return it.show(s)
}

func sortedKeys(v reflect.Value) []reflect.Value {
	if v.Type().Key().Kind() != reflect.String {
		fail("range over %s", v.Type())
	}
	keys := v.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
	return keys
}

func (w *writer) include(n *parse.TemplateNode) action {
	b := w.block(n.Name)
	if n.Pipe == nil {
		return func(s *state) flow {
			s.call(b, reflect.Value{})
			return onward
		}
	}
	v := w.pipeline(n.Pipe)
	return func(s *state) flow {
		s.call(b, v(s))
		return onward
	}
}
