package content

import (
	"bytes"
	"slices"

	"qinglian/internal/diag"
	"qinglian/internal/flat"
	matter "qinglian/internal/front"
)

// Linking and channels find things wrong with values of front matter that the file
// alone does not show. So a Doc keeps where each value was typed.

// valuePlace is where the value of a field was typed, with its line; not in which
// file.
type valuePlace struct {
	key   string
	where diag.Diagnostic
}

func tapePlace(t *flat.Tape, p *valuePlace) {
	t.String(&p.key)
	p.where.Tape(t)
}

// Where is the place of a field's value, for messages about it; the file as a whole
// if the field was not typed.
func (d *Doc) Where(key string) diag.Diagnostic {
	for t := flat.Play(d.Body().places); !t.Whole() && !t.Bad(); {
		var p valuePlace
		if tapePlace(t, &p); p.key == key {
			return p.where.In(d.Path)
		}
	}
	return diag.Diagnostic{File: d.Path}
}

// WhereAddress is the place of what gives the article an address: its slug or its
// old addresses; the file as a whole if neither was typed.
func (d *Doc) WhereAddress(published string) diag.Diagnostic {
	if slices.Contains(d.Card.Aliases, published) {
		return d.Where("aliases")
	}
	return d.Where("slug")
}

// recorded is the places of all values, in the order of the kind's fields.
func (f *fields) recorded() string {
	t := flat.Record(len(f.places) << 6)
	for i := range f.kind.Fields { // large, and most of them are not typed
		key := f.kind.Fields[i].Key
		at, ok := f.places[key]
		if !ok {
			e, blank := f.blank[key]
			if !blank {
				continue
			}
			at = e.at
		}
		from, to := at, at
		if typed, ok := f.setAt(at); ok {
			from, to = typed.Value, typed.End
		}
		tapePlace(t, &valuePlace{key, diag.Diagnostic{}.Over("", f.text, from, to)})
	}
	return string(t.Recorded())
}

// setAt is the field that is set at an offset; ok is false for a cell.
func (f *fields) setAt(at int) (field matter.Field, ok bool) {
	i := slices.IndexFunc(f.typed, func(t matter.Field) bool { return t.At == at })
	if i < 0 {
		return matter.Field{}, false
	}
	return f.typed[i], true
}

// over is the place of a field, from its name to the end of its value.
func (f *fields) over(key string) diag.Diagnostic {
	at := f.places[key]
	return diag.Diagnostic{}.Over(f.file, f.text, at, f.end(at))
}

// end is where the value ends of what is set at an offset; that offset if it is not
// known.
func (f *fields) end(at int) int {
	typed, _ := f.setAt(at)
	return max(at, typed.End)
}

// nameEnd is where the name of an entry ends; where it begins if that is not known.
func (f *fields) nameEnd(e entry) int {
	rest := f.text[e.at:]
	for _, name := range []string{`"` + e.name + `"`, "'" + e.name + "'", e.name} {
		if bytes.HasPrefix(rest, []byte(name)) {
			return e.at + len(name)
		}
	}
	return e.at
}

// path is the place of one of the paths in the value that is set at an offset. One
// that is not found as it was typed has the place of the name.
func (f *fields) path(at int, path string) diag.Diagnostic {
	from, to := at, f.body
	if typed, ok := f.setAt(at); ok {
		from = typed.Value
	}
	if i := slices.IndexFunc(f.typed, func(t matter.Field) bool { return t.At > at }); i >= 0 {
		to = f.typed[i].At
	}
	if i := bytes.Index(f.text[from:max(from, to)], []byte(path)); i >= 0 {
		return diag.Diagnostic{}.Over(f.file, f.text, from+i, from+i+len(path))
	}
	return diag.Diagnostic{}.At(f.file, f.text, at)
}
