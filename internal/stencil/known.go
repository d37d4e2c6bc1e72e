package stencil

import (
	"html/template"
	"reflect"
	"slices"
)

var textType = reflect.TypeFor[string]()

// Method is a method of a type, with one text as its argument.
type Method struct {
	of   reflect.Type
	name string
	call func(of reflect.Value, key string) reflect.Value
}

// MethodOf makes a method known. A method of T is one of *T as well, but one of
// *T is not one of a T that has no address. R is no interface.
func MethodOf[T, R any](name string, f func(*T, string) R) Method {
	typ := reflect.TypeFor[T]()
	_, ofValues := typ.MethodByName(name)
	return Method{typ, name, func(of reflect.Value, key string) reflect.Value {
		if of.CanAddr() {
			return reflect.ValueOf(f(of.Addr().Interface().(*T), key))
		}
		if !ofValues {
			fail("%s of a %s without an address", name, typ)
		}
		t := of.Interface().(T)
		return reflect.ValueOf(f(&t, key))
	}}
}

// Function is a function of a set of templates.
type Function struct {
	Go   any // as the set has it
	in   []reflect.Type
	call func(a, b reflect.Value) (reflect.Value, error)
}

// One is a function of one argument. Neither A nor R is an interface.
func One[A, R any](f func(A) (R, error)) Function {
	return Function{f, []reflect.Type{reflect.TypeFor[A]()}, func(a, _ reflect.Value) (reflect.Value, error) {
		r, err := f(a.Interface().(A))
		return reflect.ValueOf(r), err
	}}
}

// Two is a function of two arguments. None of A, B and R is an interface.
func Two[A, B, R any](f func(A, B) (R, error)) Function {
	return Function{f, []reflect.Type{reflect.TypeFor[A](), reflect.TypeFor[B]()},
		func(a, b reflect.Value) (reflect.Value, error) {
			r, err := f(a.Interface().(A), b.Interface().(B))
			return reflect.ValueOf(r), err
		}}
}

// FuncMap is functions as html/template wants them.
func FuncMap(functions map[string]Function) template.FuncMap {
	m := template.FuncMap{}
	for name, f := range functions {
		m[name] = f.Go
	}
	return m
}

// types are all that names in templates can mean, by name.
type types struct {
	fields  map[string][]field
	methods map[string][]Method
	odd     map[string]bool // methods that are not known
}

// field is a field of a struct.
type field struct {
	of    reflect.Type
	index []int
}

func (f *field) in(v reflect.Value) reflect.Value {
	if len(f.index) == 1 {
		return v.Field(f.index[0])
	}
	v, err := v.FieldByIndexErr(f.index)
	if err != nil {
		fail("%v", err)
	}
	return v
}

// survey finds the types that are reached from those of dots.
func survey(dots []any, methods []Method) types {
	t := types{map[string][]field{}, map[string][]Method{}, map[string]bool{}}
	for _, m := range methods {
		t.methods[m.name] = append(t.methods[m.name], m)
	}
	seen := map[reflect.Type]bool{}
	for _, dot := range dots {
		t.visit(reflect.TypeOf(dot), seen)
	}
	return t
}

func (t types) visit(typ reflect.Type, seen map[reflect.Type]bool) {
	if seen[typ] {
		return
	}
	seen[typ] = true
	switch typ.Kind() {
	case reflect.Interface: // what it holds is not known
		return
	case reflect.Pointer:
		t.visit(typ.Elem(), seen)
		return
	case reflect.Slice, reflect.Array, reflect.Map:
		t.visit(typ.Elem(), seen)
	case reflect.Struct:
		for _, f := range reflect.VisibleFields(typ) {
			if one, ok := typ.FieldByName(f.Name); ok && f.IsExported() && len(one.Index) == len(f.Index) {
				t.fields[f.Name] = append(t.fields[f.Name], field{typ, f.Index})
				t.visit(f.Type, seen)
			}
		}
	}
	for m := range reflect.PointerTo(typ).Methods() {
		if !slices.ContainsFunc(t.methods[m.Name], func(known Method) bool { return known.of == typ }) {
			t.odd[m.Name] = true
		}
	}
}
