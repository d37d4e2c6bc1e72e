package content

import (
	"bytes"

	"qinglian/internal/config"
	"qinglian/internal/diag"
	"qinglian/internal/markdown"
)

// Facts are what an article says, for whoever checks it. They are made with the Doc and
// not kept in it.
type Facts struct {
	markdown.Facts
	Fields   []Typed
	Excuses  []Excuse
	Reviewed Reviewed
}

// Reviewed is what an article says of its review; empty for most.
type Reviewed struct {
	Text  string
	Where diag.Diagnostic // its place
}

// Typed is the value of a field of front matter, as it stands in its place: with its
// quotes, brackets and further lines.
type Typed struct {
	markdown.Place
	Key string // of the field; what was typed if there is no such field
}

// Excuse is a rule that an article excuses itself from.
type Excuse struct {
	Rule, Reason string
	Where        diag.Diagnostic // its place
}

// typedFields are the values in the front matter, in the order in which they stand.
// What stands in tables of TOML is one, without a key.
func (f *fields) typedFields() (typed []Typed) {
	end := f.close
	if f.tables < end {
		end = f.tables
	}
	for i, t := range f.typed {
		next := end
		if i+1 < len(f.typed) {
			next = f.typed[i+1].At
		}
		key := t.Name
		if field, ok := f.kind.Field(t.Name); ok {
			key = field.Key
		}
		typed = f.typedValue(typed, key, t.Value, next)
	}
	return f.typedValue(typed, "", end, f.close)
}

// typedValue adds what stands between two offsets, without white space around it.
func (f *fields) typedValue(typed []Typed, key string, from, to int) []Typed {
	value := f.text[from:max(from, to)]
	from += len(value) - len(bytes.TrimLeft(value, " \t\n"))
	value = bytes.TrimSpace(value)
	if len(value) == 0 {
		return typed
	}
	return append(typed, Typed{markdown.Place{From: int32(from), To: int32(from + len(value))}, key})
}

// excuses are those of the article, also without a reason.
func (f *fields) excuses() (excuses []Excuse) {
	for _, e := range f.entries {
		field, ok := f.kind.Field(e.name)
		typed, are := e.value.(cells)
		if !ok || !are || field.Key != "allow" || field.Type != config.TypeExtra {
			continue
		}
		for _, cell := range typed {
			reason, _ := cell.value.(string)
			where := diag.Diagnostic{}.Over(f.file, f.text, cell.at, f.nameEnd(cell))
			excuses = append(excuses, Excuse{cell.name, reason, where})
		}
	}
	return excuses
}
