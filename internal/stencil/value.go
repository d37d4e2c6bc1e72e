package stencil

import (
	"reflect"
	"strings"
	"text/template/parse"
)

// value is a part of a pipeline.
type value func(*state) reflect.Value

// pipeline is a whole pipeline with its variables.
func (w *writer) pipeline(p *parse.PipeNode) value {
	v := w.commands(p.Cmds)
	if len(p.Decl) == 0 {
		return v
	}
	var slots []int
	for _, d := range p.Decl {
		if p.IsAssign {
			slots = append(slots, w.slot(d.Ident[0]))
		} else {
			slots = append(slots, w.declare(d.Ident[0]))
		}
	}
	return func(s *state) reflect.Value {
		v := v(s)
		for _, slot := range slots {
			s.vars[s.base+slot] = v
		}
		return v
	}
}

// commands hand the value of each to the next, as its last argument.
func (w *writer) commands(cmds []*parse.CommandNode) value {
	var v value
	for _, c := range cmds {
		next := w.command(c, v)
		v = func(s *state) reflect.Value { return opened(next(s)) }
	}
	return v
}

// opened is what a value of type any holds.
func opened(v reflect.Value) reflect.Value {
	if v.Kind() == reflect.Interface && v.NumMethod() == 0 {
		return v.Elem()
	}
	return v
}

func (w *writer) command(c *parse.CommandNode, final value) value {
	first, args := c.Args[0], c.Args[1:]
	switch n := first.(type) {
	case *parse.FieldNode:
		return w.chain(current, n.Ident, args, final)
	case *parse.ChainNode:
		return w.chain(w.argument(n.Node, nil), n.Field, args, final)
	case *parse.VariableNode:
		if len(n.Ident) > 1 {
			return w.chain(w.variable(n.Ident[0]), n.Ident[1:], args, final)
		}
	case *parse.IdentifierNode:
		return w.function(n, args, final)
	case *parse.NilNode:
		return w.unknownNode(c)
	}
	if len(args) > 0 || final != nil {
		return w.unknownNode(c)
	}
	return w.argument(first, nil)
}

// current is dot.
func current(s *state) reflect.Value { return s.dot }

func constant(v any) value {
	fixed := reflect.ValueOf(v)
	return func(*state) reflect.Value { return fixed }
}

func (w *writer) variable(name string) value {
	slot := w.slot(name)
	return func(s *state) reflect.Value { return s.vars[s.base+slot] }
}

// argument is a node as a value of a type; a nil type takes it as it is.
func (w *writer) argument(n parse.Node, typ reflect.Type) value {
	var v value
	switch n := n.(type) {
	case *parse.DotNode:
		v = current
	case *parse.FieldNode:
		v = w.chain(current, n.Ident, nil, nil)
	case *parse.ChainNode:
		v = w.chain(w.argument(n.Node, nil), n.Field, nil, nil)
	case *parse.VariableNode:
		if v = w.variable(n.Ident[0]); len(n.Ident) > 1 {
			v = w.chain(v, n.Ident[1:], nil, nil)
		}
	case *parse.PipeNode:
		if len(n.Decl) > 0 {
			return w.unknownNode(n)
		}
		v = w.commands(n.Cmds)
	case *parse.IdentifierNode:
		v = w.function(n, nil, nil)
	default:
		return w.literal(n, typ)
	}
	if typ == nil {
		return v
	}
	return func(s *state) reflect.Value { return assigned(v(s), typ) }
}

// literal: a literal of no type is what Go takes it for. One of a type is known
// if that is the same.
func (w *writer) literal(n parse.Node, typ reflect.Type) value {
	var v any
	switch n := n.(type) {
	case *parse.BoolNode:
		v = n.True
	case *parse.StringNode:
		v = n.Text
	case *parse.NumberNode:
		switch {
		case n.IsComplex || strings.ContainsAny(n.Text, "xX'"):
		case n.IsFloat && strings.ContainsAny(n.Text, ".eEpP"):
			v = n.Float64
		case n.IsInt && int64(int(n.Int64)) == n.Int64:
			v = int(n.Int64)
		}
	}
	if v == nil || typ != nil && reflect.TypeOf(v) != typ {
		return w.unknownNode(n)
	}
	return constant(v)
}

// assigned is a value where a type is wanted.
func assigned(v reflect.Value, typ reflect.Type) reflect.Value {
	if v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if !v.IsValid() || v.Type() != typ {
		fail("a value that is no %s", typ)
	}
	return v
}

// chain follows names from a value; the last may be a method with an argument.
func (w *writer) chain(v value, names []string, args []parse.Node, final value) value {
	last := len(names)
	if len(args) > 0 || final != nil {
		last--
	}
	for _, name := range names[:last] {
		v = w.member(v, name)
	}
	if last < len(names) {
		v = w.method(v, names[last], args, final)
	}
	return v
}

// member is a field of a struct or an entry of a map.
func (w *writer) member(of value, name string) value {
	fields, key := w.types.fields[name], reflect.ValueOf(name)
	if w.types.methods[name] != nil || w.types.odd[name] {
		w.dontKnow("%s is a method", name)
	}
	return func(s *state) reflect.Value {
		v := held(of(s), name)
		for i := range fields {
			if f := &fields[i]; f.of == v.Type() {
				return f.in(v)
			}
		}
		return entry(v, key)
	}
}

// held is what a value with a member points to.
func held(v reflect.Value, name string) reflect.Value {
	v, isNil := indirect(v)
	if isNil || !v.IsValid() {
		fail("%s of nil", name)
	}
	return v
}

// entry: a map of a type with a name may have methods, which come first.
func entry(v, key reflect.Value) reflect.Value {
	if v.Kind() != reflect.Map || v.Type().Key() != textType || v.Type().Name() != "" {
		fail("%s of %s", key, v.Type())
	}
	e := v.MapIndex(key)
	if !e.IsValid() {
		fail("no entry %s", key)
	}
	return e
}

func (w *writer) method(of value, name string, args []parse.Node, final value) value {
	methods := w.types.methods[name]
	if len(methods) == 0 || len(args) > 1 || len(args) == 1 && final != nil {
		w.dontKnow("%s is not known as a method", name)
		return nil
	}
	arg := w.oneOf(args, final, textType)
	return func(s *state) reflect.Value {
		v, key := held(of(s), name), arg(s)
		for i := range methods {
			if m := &methods[i]; m.of == v.Type() {
				return m.call(v, key.String())
			}
		}
		fail("%s of %s", name, v.Type())
		return v
	}
}

// oneOf is the one argument that there is.
func (w *writer) oneOf(args []parse.Node, final value, typ reflect.Type) value {
	if len(args) == 1 {
		return w.argument(args[0], typ)
	}
	return func(s *state) reflect.Value { return assigned(final(s), typ) }
}

// indirect follows pointers and interfaces to their end, or to a nil.
func indirect(v reflect.Value) (end reflect.Value, isNil bool) {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		if v.IsNil() {
			return v, true
		}
		v = v.Elem()
	}
	return v, false
}

// truth: structs and what is not empty, zero or nil is true.
func truth(v reflect.Value) bool {
	if v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	switch v.Kind() {
	case reflect.Invalid:
		return false
	case reflect.String, reflect.Slice, reflect.Map, reflect.Array:
		return v.Len() > 0
	case reflect.Bool:
		return v.Bool()
	case reflect.Struct:
		return true
	case reflect.Float32, reflect.Float64:
		return v.Float() != 0 // of -0 IsZero says that it is not
	case reflect.Complex64, reflect.Complex128:
		fail("truth of a complex number")
	}
	return !v.IsZero()
}
