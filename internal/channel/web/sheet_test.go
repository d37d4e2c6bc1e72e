package web

import (
	"reflect"
	"testing"
	"time"

	"qinglian/internal/display"
	"qinglian/internal/site"
)

// named are the fields that no part puts, with what stands for them in a key.
var named = map[string]string{
	"Page.Class": "address", "Page.Canonical": "address and frame", "Page.Head": "what the sheet has",
	"Page.Prose": "prose", "Article.Prose": "prose",
	"Article.Contents": "prose", "Heading.ID": "prose", "Heading.Title": "prose", "Heading.Level": "prose",
}

// TestPut: a page's key covers all that the page shows. Every field of every view,
// and of what a head is made of, is filled in on some page of a site that has
// everything; and when the same parts are digested no field is touched, so none can
// be filled in past its digest. (Each way to put a value moves a digest: display's
// TestSink.)
func TestPut(t *testing.T) {
	which := site.Selection{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Drafts: true}
	plan := wholeSite(t).plan(t, "engine", which)
	w := newPlanner(plan, 0)
	w.all()
	n := newNamer(plan)
	filled := map[string]bool{}
	for _, p := range w.pages {
		n.key(p)
		plan.put(display.Digesting("needs"), &n.scrap, p.paper.needs)
		untouched(t, reflect.ValueOf(n.scrap), p.path)
		note(filled, reflect.ValueOf(*plan.fillParts(p)))
	}
	all := map[string]bool{}
	fieldsOf(all, reflect.TypeFor[sheet]())
	for field := range all {
		if _, otherwise := named[field]; filled[field] == otherwise {
			t.Errorf("%s: put is %t, named otherwise is %t", field, filled[field], otherwise)
		}
	}
	for field := range named {
		if !all[field] {
			t.Errorf("there is no %s", field)
		}
	}
}

// untouched reports what is not zero of a value that was only digested: all but the
// room that lists had.
func untouched(t *testing.T, v reflect.Value, at string) {
	t.Helper()
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			untouched(t, v.Elem(), at)
		}
	case reflect.Slice:
		for i := range v.Len() {
			untouched(t, v.Index(i), at)
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			untouched(t, v.MapIndex(key), at)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			untouched(t, v.Field(i), at+"."+v.Type().Field(i).Name)
		}
	default:
		if !v.IsZero() {
			t.Errorf("%s was filled in while it was digested: %v", at, v)
		}
	}
}

// note notes the fields that are filled in.
func note(filled map[string]bool, v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			note(filled, v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			note(filled, v.Index(i))
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			note(filled, v.MapIndex(key))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if !v.Field(i).IsZero() {
				filled[v.Type().Name()+"."+v.Type().Field(i).Name] = true
			}
			note(filled, v.Field(i))
		}
	}
}

// fieldsOf names all fields that a value of a type may have in it.
func fieldsOf(all map[string]bool, t reflect.Type) {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		fieldsOf(all, t.Elem())
	case reflect.Struct:
		if t == reflect.TypeFor[time.Time]() {
			return
		}
		for i := range t.NumField() {
			name := t.Name() + "." + t.Field(i).Name
			if !all[name] {
				all[name] = true
				fieldsOf(all, t.Field(i).Type)
			}
		}
	}
}
