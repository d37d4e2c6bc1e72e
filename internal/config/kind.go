package config

import (
	_ "embed"
	"slices"

	"github.com/BurntSushi/toml"
)

// Type is what may be written as the value of a field.
type Type string

// The types of fields.
const (
	TypeText      Type = "text"
	TypeDate      Type = "date"
	TypeNumber    Type = "number"
	TypeSwitch    Type = "switch" // true or false
	TypeChoice    Type = "choice" // one of Choices
	TypeList      Type = "list"   // texts
	TypeURL       Type = "url"
	TypeTelephone Type = "telephone"
	TypeImage     Type = "image" // a picture's path, relative to the article
)

var types = []Type{TypeText, TypeDate, TypeNumber, TypeSwitch, TypeChoice, TypeList, TypeURL, TypeTelephone, TypeImage}

// Field is one field of a kind's front matter.
type Field struct {
	Key      string   `toml:"key"`
	Label    string   `toml:"label"`
	Type     Type     `toml:"type"`
	Also     []string `toml:"also"` // other keys under which it is accepted
	Required bool     `toml:"required"`
	Choices  []string `toml:"choices"`
	Help     string   `toml:"help"`
}

// Named reports whether name, as typed in front matter, is this field.
func (f Field) Named(name string) bool {
	return name == f.Key || name == f.Label || slices.Contains(f.Also, name)
}

// Kind is a sort of article: the fields that its front matter may have.
type Kind struct {
	Name     string   `toml:"-"`
	Label    string   `toml:"label"`
	Optional []string `toml:"optional"` // common fields that this kind need not have
	Fields   []Field  `toml:"fields"`   // the common ones first

	own int // where the fields of its own begin
}

// Field finds a field by its key or its label.
func (k Kind) Field(name string) (Field, bool) {
	for _, f := range k.Fields {
		if f.Named(name) {
			return f, true
		}
	}
	return Field{}, false
}

// Own is the fields that only this kind has.
func (k Kind) Own() []Field { return k.Fields[k.own:] }

//go:embed kinds.toml
var kindsText string

// kindTable is the form of kinds.toml.
type kindTable struct {
	Common Kind            `toml:"common"`
	Kinds  map[string]Kind `toml:"kinds"`
}

// kinds gives every kind its name and the common fields: the built-in ones,
// and those of a site over them.
func kinds(site map[string]Kind) map[string]Kind {
	var table kindTable
	if _, err := toml.Decode(kindsText, &table); err != nil {
		panic("config: kinds.toml: " + err.Error()) // part of the program: a test decodes it
	}
	for name, k := range site {
		table.Kinds[name] = k
	}
	for name, k := range table.Kinds {
		fields := slices.Clone(table.Common.Fields)
		for i := range fields {
			if slices.Contains(k.Optional, fields[i].Key) {
				fields[i].Required = false
			}
		}
		k.Name = name
		if k.Label == "" {
			k.Label = name
		}
		k.own = len(fields)
		k.Fields = append(fields, k.Fields...)
		table.Kinds[name] = k
	}
	return table.Kinds
}
