package stencil

import (
	"fmt"
	"reflect"
	"text/template/parse"
)

// function is a call of one of the set's functions, or else of text/template's.
func (w *writer) function(n *parse.IdentifierNode, args []parse.Node, final value) value {
	if f, ok := w.functions[n.Ident]; ok {
		return w.own(n, f, args, final)
	}
	var in []value
	for _, a := range args {
		in = append(in, w.argument(a, nil))
	}
	if name := n.Ident; (name == "and" || name == "or") && len(in) > 0 {
		return logic(name == "or", in, final)
	}
	if final != nil {
		in = append(in, final)
	}
	switch name := n.Ident; {
	case len(in) == 1 && unary[name] != nil:
		f := unary[name]
		return func(s *state) reflect.Value { return f(in[0](s)) }
	case name == "eq" && len(in) > 1:
		return func(s *state) reflect.Value { return boolean(anyEqual(s, in[0](s), in[1:])) }
	case len(in) == 2 && comparisons[name] != nil:
		f := comparisons[name]
		return func(s *state) reflect.Value { return boolean(f(in[0](s), in[1](s))) }
	case len(in) > 0 && several[name] != nil:
		f := several[name]
		return func(s *state) reflect.Value {
			values := make([]reflect.Value, len(in))
			for i, v := range in {
				values[i] = v(s)
			}
			return f(values)
		}
	}
	return w.unknownNode(n)
}

func (w *writer) own(n parse.Node, f Function, args []parse.Node, final value) value {
	given := len(args)
	if final != nil {
		given++
	}
	if given != len(f.in) {
		return w.unknownNode(n)
	}
	in := []value{nil, func(*state) reflect.Value { return reflect.Value{} }}
	for i, typ := range f.in {
		if i < len(args) {
			in[i] = w.argument(args[i], typ)
		} else {
			in[i] = w.oneOf(nil, final, typ)
		}
	}
	a, b := in[0], in[1]
	return func(s *state) reflect.Value {
		v, err := f.call(a(s), b(s))
		if err != nil {
			fail("%v", err)
		}
		return v
	}
}

// logic gives the first argument that decides, or else the last one, which is
// what comes down the pipeline, if there is one.
func logic(or bool, in []value, final value) value {
	return func(s *state) reflect.Value {
		var last reflect.Value
		if final != nil {
			last = final(s)
		}
		for _, v := range in {
			v := v(s)
			if truth(v) == or {
				return v
			}
			if final == nil {
				last = v
			}
		}
		return last
	}
}

var yes, no = reflect.ValueOf(true), reflect.ValueOf(false)

func boolean(b bool) reflect.Value {
	if b {
		return yes
	}
	return no
}

var unary = map[string]func(reflect.Value) reflect.Value{
	"not": func(v reflect.Value) reflect.Value { return boolean(!truth(v)) },
	"len": func(v reflect.Value) reflect.Value {
		v, isNil := indirect(v)
		if isNil {
			fail("len of nil")
		}
		return reflect.ValueOf(v.Len())
	},
}

var comparisons = map[string]func(a, b reflect.Value) bool{
	"ne": func(a, b reflect.Value) bool { return !equal(a, b) },
	"lt": less,
	"le": func(a, b reflect.Value) bool { return less(a, b) || equal(a, b) },
	"gt": func(a, b reflect.Value) bool { return !less(a, b) && !equal(a, b) },
	"ge": func(a, b reflect.Value) bool { return !less(a, b) },
}

// anyEqual works out all values, since one that fails does so even after one
// that is equal.
func anyEqual(s *state, a reflect.Value, others []value) bool {
	found := false
	for _, b := range others {
		b := b(s)
		found = found || equal(a, b)
	}
	return found
}

// equal: of different kinds only text/template knows.
func equal(a, b reflect.Value) bool {
	a, b = alike(a, b)
	switch {
	case a.Kind() == reflect.String:
		return a.String() == b.String()
	case a.Kind() == reflect.Bool:
		return a.Bool() == b.Bool()
	case a.CanInt():
		return a.Int() == b.Int()
	case a.CanFloat():
		return a.Float() == b.Float()
	}
	fail("comparing %s", a.Kind())
	return false
}

func less(a, b reflect.Value) bool {
	a, b = alike(a, b)
	switch {
	case a.Kind() == reflect.String:
		return a.String() < b.String()
	case a.CanInt():
		return a.Int() < b.Int()
	case a.CanFloat():
		return a.Float() < b.Float()
	}
	fail("comparing %s", a.Kind())
	return false
}

func alike(a, b reflect.Value) (reflect.Value, reflect.Value) {
	if a.Kind() == reflect.Interface {
		a = a.Elem()
	}
	if b.Kind() == reflect.Interface {
		b = b.Elem()
	}
	if a.Kind() != b.Kind() && !(a.CanInt() && b.CanInt()) {
		fail("comparing %s and %s", a.Kind(), b.Kind())
	}
	return a, b
}

var several = map[string]func([]reflect.Value) reflect.Value{
	"index":   index,
	"slice":   slice,
	"print":   func(in []reflect.Value) reflect.Value { return reflect.ValueOf(fmt.Sprint(interfaces(in)...)) },
	"println": func(in []reflect.Value) reflect.Value { return reflect.ValueOf(fmt.Sprintln(interfaces(in)...)) },
	"printf": func(in []reflect.Value) reflect.Value {
		format := assigned(in[0], textType).String()
		return reflect.ValueOf(fmt.Sprintf(format, interfaces(in[1:])...))
	},
}

func interfaces(in []reflect.Value) []any {
	out := make([]any, len(in))
	for i, v := range in {
		if v.IsValid() {
			out[i] = v.Interface()
		}
	}
	return out
}

func index(in []reflect.Value) reflect.Value {
	v := in[0]
	if v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if !v.IsValid() {
		fail("index of nil")
	}
	for _, i := range in[1:] {
		of, isNil := indirect(v)
		if isNil {
			fail("index of nil")
		}
		switch of.Kind() {
		case reflect.Slice, reflect.Array, reflect.String:
			v = of.Index(place(i))
		case reflect.Map:
			if v = of.MapIndex(assigned(i, of.Type().Key())); !v.IsValid() {
				v = reflect.Zero(of.Type().Elem())
			}
		default:
			fail("index of %s", of.Kind())
		}
	}
	return v
}

func slice(in []reflect.Value) reflect.Value {
	v, isNil := indirect(in[0])
	if isNil || len(in) > 3 {
		fail("slice of nil, or with a capacity")
	}
	ends := []int{0, v.Len()}
	for i, end := range in[1:] {
		ends[i] = place(end)
	}
	return v.Slice(ends[0], ends[1])
}

// place is a place in a list; what is outside of it panics in reflect.
func place(v reflect.Value) int {
	if v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if !v.CanInt() {
		fail("a place that is a %s", v.Kind())
	}
	return int(v.Int())
}
