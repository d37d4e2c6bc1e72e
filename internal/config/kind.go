package config

import (
	_ "embed"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/BurntSushi/toml"

	"qinglian/internal/diag"
	"qinglian/internal/digest"
)

// Type is what may be written as the value of a field.
type Type string

// The types of fields.
const (
	TypeText      Type = "text"
	TypeLong      Type = "long" // a text of several lines
	TypeDate      Type = "date"
	TypeNumber    Type = "number"
	TypeSwitch    Type = "switch" // true or false
	TypeChoice    Type = "choice" // one of Choices
	TypeList      Type = "list"   // texts; of Choices, if there are any
	TypeURL       Type = "url"
	TypeTelephone Type = "telephone"
	TypeImage     Type = "image"     // paths of pictures, relative to the article
	TypeFile      Type = "file"      // paths of other files
	TypeReference Type = "reference" // paths of other articles
	TypeTable     Type = "table"     // rows of Columns
	TypeReason    Type = "reason"    // true, or a text that says why: of one common field
	TypeExtra     Type = "extra"     // texts and lists under names of their own: of one common field
)

// Types are all types that a field of a kind may have.
var Types = []Type{TypeText, TypeLong, TypeDate, TypeNumber, TypeSwitch, TypeChoice, TypeList, TypeURL, TypeTelephone,
	TypeImage, TypeFile, TypeReference, TypeTable}

// cellTypes are those that a column of a table may have.
var cellTypes = []Type{TypeText, TypeDate, TypeNumber, TypeChoice, TypeReference}

// Names reports whether values of the type name files of the site.
func (t Type) Names() bool { return t == TypeImage || t == TypeFile || t == TypeReference }

// Field is one field of a kind's front matter.
type Field struct {
	Key      string   `toml:"key"`
	Label    string   `toml:"label"`
	Type     Type     `toml:"type"`
	Also     []string `toml:"also"` // other keys under which it is accepted
	Required bool     `toml:"required"`
	Choices  []string `toml:"choices"`
	Columns  []Field  `toml:"columns"` // of a table
	Of       []string `toml:"of"`      // of a reference: the kinds of article to choose from; all without it
	Acyclic  bool     `toml:"acyclic"` // of a reference: following it never leads back
	Terms    bool     `toml:"terms"`   // of a list: 、 in an item stands between two of them
	New      New      `toml:"new"`     // what a new article has of it
	Engine   bool     `toml:"engine"`  // of a common field: it is for the program and shown to nobody
	Help     string   `toml:"help"`
}

// New is what a new article has of a field.
type New string

// What a new article has of a field.
const (
	NewAsked New = ""      // it is asked for, or laid out to be filled in
	NewGiven New = "given" // the program writes it: of a common field alone
	NewLater New = "later" // nothing: it is for what happens later, or for few
)

// Named reports whether name, as typed in front matter, is this field.
func (f Field) Named(name string) bool {
	return name == f.Key || name == f.Label || slices.Contains(f.Also, name)
}

// Kind is a sort of article: the fields that its front matter may have.
type Kind struct {
	Name     string   `toml:"-"`
	Label    string   `toml:"label"`
	Optional []string `toml:"optional"` // common fields that this kind need not have
	Headings []string `toml:"headings"` // what a new article's text is laid out by
	Clauses  bool     `toml:"clauses"`  // every 第…条 of the text is an anchor
	Official bool     `toml:"official"` // its texts greet and are signed as official ones are
	Fields   []Field  `toml:"fields"`   // the common ones first

	own       int                 // where the fields of its own begin
	elsewhere map[string][]string // what other systems call the common fields, by key
	idle      []string            // names that other systems have and this one has no use for
	layouts   []string            // what other systems call the layout of an ordinary article
	withheld  []string            // names by which other systems keep an article from the public
}

// Field finds a field by its key or its label.
func (k Kind) Field(name string) (Field, bool) { return fieldNamed(k.Fields, name) }

func fieldNamed(fields []Field, name string) (Field, bool) {
	for i := range fields { // a Field is large: none is copied to be asked
		if fields[i].Named(name) {
			return fields[i], true
		}
	}
	return Field{}, false
}

// Meant finds the field that a name certainly is of, though it is in other letters
// or what another system calls it. name is what to write here.
func (k Kind) Meant(typed string) (f Field, name string, ok bool) {
	if f, ok = k.Field(typed); ok {
		return f, typed, true
	}
	for _, f := range k.Fields {
		if anyFold(f.names(), typed) {
			return f, f.calledLike(typed), true
		}
	}
	for _, f := range k.Fields[:k.own] {
		if anyFold(k.elsewhere[f.Key], typed) {
			return f, f.calledLike(typed), true
		}
	}
	return Field{}, "", false
}

// names are those under which the field is accepted.
func (f Field) names() []string { return append([]string{f.Key, f.Label}, f.Also...) }

// calledLike is the field's name in the script of another one.
func (f Field) calledLike(typed string) string {
	if strings.ContainsFunc(typed, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return f.Label
	}
	return f.Key
}

// Idle reports a name that other systems have and this one has no use for.
func (k Kind) Idle(typed string) bool { return anyFold(k.idle, typed) }

// OrdinaryLayout reports what another system calls the layout of an ordinary article.
func (k Kind) OrdinaryLayout(typed string) bool { return anyFold(k.layouts, typed) }

// Withheld reports a name by which another system keeps an article from the public.
func (k Kind) Withheld(typed string) bool { return anyFold(k.withheld, typed) }

func anyFold(names []string, typed string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(name, typed) })
}

// Common is the fields that every kind has.
func (k Kind) Common() []Field { return k.Fields[:k.own] }

// CommonField finds a common field by its key or its label.
func (k Kind) CommonField(name string) (Field, bool) { return fieldNamed(k.Common(), name) }

// Own is the fields that only this kind has.
func (k Kind) Own() []Field { return k.Fields[k.own:] }

//go:embed kinds.toml
var kindsText string

// kindTable is the form of kinds.toml.
type kindTable struct {
	Common    Kind                `toml:"common"`
	Elsewhere map[string][]string `toml:"elsewhere"`
	Idle      []string            `toml:"idle"`
	Layouts   []string            `toml:"layouts"`
	Withheld  []string            `toml:"withheld"`
	Kinds     map[string]Kind     `toml:"kinds"`
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
		fields := slices.DeleteFunc(slices.Clone(table.Common.Fields), k.ownExtra)
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
		k.elsewhere, k.idle, k.layouts, k.withheld = table.Elsewhere, table.Idle, table.Layouts, table.Withheld
		k.Fields = append(fields, k.Fields...)
		table.Kinds[name] = k
	}
	return table.Kinds
}

// ownExtra reports whether a common field is the one that keeps what no kind knows, and
// a field of the kind has its name: that one is meant.
func (k Kind) ownExtra(common Field) bool {
	return common.Type == TypeExtra && slices.ContainsFunc(k.Fields, func(own Field) bool {
		return common.Named(own.Key) || common.Named(own.Label) || slices.ContainsFunc(own.Also, common.Named)
	})
}

// KindNamed finds a kind by its name or, if none has that name, by its label.
func (c Config) KindNamed(name string) (k Kind, refused diag.Text) {
	if k, ok := c.Kinds[name]; ok {
		return k, refused
	}
	var known []string
	for _, key := range slices.Sorted(maps.Keys(c.Kinds)) {
		k := c.Kinds[key]
		if k.Label == name {
			return k, refused
		}
		known = append(known, key+"（"+k.Label+"）")
	}
	return k, diag.Say("没有“%s”这种文章，可用的有：%s", "there is no kind %q, there are: %s",
		name, diag.Listed(known))
}

// digest adds all of the kind that the compiler of an article looks at.
func (k Kind) digest(h *digest.Hash) {
	h.String(k.Name, k.Label).Bool(k.Clauses).Bool(k.Official).Int(int64(k.own))
	digestFields(h, k.Fields)
}

func digestFields(h *digest.Hash, fields []Field) {
	h.Int(int64(len(fields)))
	for _, f := range fields {
		h.String(f.Key, f.Label, string(f.Type)).Bool(f.Required).Bool(f.Terms).Bool(f.Engine)
		h.Int(int64(len(f.Choices)), int64(len(f.Also))).String(f.Choices...).String(f.Also...)
		digestFields(h, f.Columns)
	}
}

// kinds validates those that a site declares.
func (p *parser) kinds(own, kinds map[string]Kind) {
	for name, k := range own {
		p.fieldTwice(kinds[name])
		for _, f := range k.Fields {
			p.field(name, f, Types)
			p.leads(name, f, kinds)
			for _, column := range f.Columns {
				p.field(name, column, cellTypes)
				p.leads(name, column, kinds)
			}
		}
	}
}

// fieldTwice reports a name in front matter that two fields of a kind share:
// the later one could never be set.
func (p *parser) fieldTwice(k Kind) {
	first := map[string]string{}
	for _, f := range k.Fields {
		for _, name := range slices.Compact(f.names()) {
			if other, taken := first[name]; taken && name != "" {
				p.report(diag.Diagnostic{Rule: "config-value",
					Message: diag.Say("文章类型“%s”的字段“%s”和“%s”都叫“%s”",
						"the fields %[2]q and %[3]q of kind %[1]q are both called %[4]q", k.Name, other, f.Key, name),
					Hint: diag.Say("给后一个另起 key 和 label；每种文章都已有标题、日期等字段",
						"give the later one another key and label; every kind has title, date and so on already"),
				}, "kinds", k.Name, "fields")
			}
			first[name] = f.Key
		}
	}
}

func (p *parser) field(kind string, f Field, allowed []Type) {
	key := []string{"kinds", kind, "fields"}
	if f.Key == "" || f.Label == "" {
		p.report(diag.Diagnostic{Rule: "config-value",
			Message: diag.Say("文章类型“%s”有一个字段缺 key 或 label", "kind %q has a field without key or label", kind),
			Hint: diag.Say("写成 { key = \"unit\", label = \"单位\", type = \"text\" }",
				"write { key = \"unit\", label = \"单位\", type = \"text\" }")}, key...)
	}
	if !slices.Contains(allowed, f.Type) {
		p.report(diag.Diagnostic{Rule: "config-value",
			Message: diag.Say("字段“%s”的 type“%s”不认得", "field %q has the unknown type %q", f.Key, f.Type),
			Hint:    diag.Say("可用的有：%s", "there are: %s", joinTypes(allowed))}, key...)
	}
	if f.Type == TypeChoice && len(f.Choices) == 0 {
		p.report(diag.Diagnostic{Rule: "config-value",
			Message: diag.Say("字段“%s”没有写可选的值", "field %q has no choices", f.Key),
			Hint:    diag.Say("加上 choices = [\"甲\", \"乙\"]", "add choices = [\"a\", \"b\"]")}, key...)
	}
	if f.New != NewAsked && f.New != NewLater {
		p.report(diag.Diagnostic{Rule: "config-value",
			Message: diag.Say("字段“%s”的 new“%s”不认得", "field %q has the unknown new %q", f.Key, f.New),
			Hint: diag.Say("写 new = \"later\"，新文章里就不列出来；要列出就不写",
				"write new = \"later\" for what a new article leaves out, else nothing")}, key...)
	}
	if (f.Type == TypeTable) != (len(f.Columns) > 0) {
		p.report(diag.Diagnostic{Rule: "config-value",
			Message: diag.Say("字段“%s”：表格要有 columns，别的没有", "field %q: a table has columns, nothing else has", f.Key),
			Hint:    diag.Say("写成 %s", "write %s", tableSample)}, key...)
	}
}

// leads checks which kinds a reference says that one chooses from.
func (p *parser) leads(kind string, f Field, kinds map[string]Kind) {
	if f.Type != TypeReference && len(f.Of) > 0 {
		p.report(diag.Diagnostic{Rule: "config-value",
			Message: diag.Say("字段“%s”不是 reference，不能写 of", "field %q is no reference and can't have of", f.Key),
			Hint:    diag.Say("去掉 of", "take of out")}, "kinds", kind, "fields")
		return
	}
	known := slices.Sorted(maps.Keys(kinds))
	for _, name := range f.Of {
		if slices.Contains(known, name) {
			continue
		}
		p.report(diag.Diagnostic{Rule: "config-value",
			Message: diag.Say("字段“%s”的 of 里，没有“%s”这种文章", "field %q: of names the unknown kind %q", f.Key, name),
			Hint:    diag.Say("可用的有：%s", "there are: %s", diag.Listed(known))}, "kinds", kind, "fields")
	}
}

// tableSample is how a field is declared that is a table.
const tableSample = `{ key = "…", label = "…", type = "table", ` +
	`columns = [{ key = "…", label = "…", type = "text" }] }`

func joinTypes(list []Type) string {
	names := make([]string, len(list))
	for i, t := range list {
		names[i] = string(t)
	}
	return strings.Join(names, "、")
}
