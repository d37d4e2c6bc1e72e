package content

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"time"

	"qinglian/internal/config"
	"qinglian/internal/diag"
	matter "qinglian/internal/front"
)

// fields is the front matter of one article, its values checked against the
// fields of its kind.
type fields struct {
	file     string
	text     []byte
	kind     config.Kind
	typed    []matter.Field // in their order
	entries  []entry
	tables   int  // where the tables of TOML begin; nowhere in YAML
	close    int  // where what stands between the fences ends
	body     int  // where the prose begins
	own      bool // pictures of other sites are errors
	zone     *time.Location
	facts    map[string]Fact  // by key; what is wrong or empty is not in it
	places   map[string]int   // by key, or by cellPlace
	blank    map[string]entry // those with nothing after their name, by key
	off      map[string]bool  // switches that are off, by key
	focus    Focus            // of the cover
	problems diag.List
}

func (c *compiler) fields(kind config.Kind, m frontMatter) *fields {
	f := &fields{file: c.file, text: c.text, kind: kind, typed: m.typed, entries: m.entries, tables: m.tables,
		close: m.close, body: m.body, zone: c.config.Zone,
		own:   c.config.Pictures.Outside == config.Refuse,
		facts: map[string]Fact{}, off: map[string]bool{}, places: map[string]int{}, blank: map[string]entry{}}
	for _, e := range m.entries {
		f.take(e)
	}
	for i := range kind.Fields { // large, and few are required
		field := &kind.Fields[i]
		if !field.Required {
			continue
		}
		if _, there := f.places[field.Key]; there {
			continue
		}
		if e, blank := f.blank[field.Key]; blank {
			f.unfilled(*field, e)
			continue
		}
		f.missing(*field)
	}
	return f
}

// cellPlace is the name of a cell's place: no key has a slash.
func cellPlace(table string, row int, column string) string {
	return table + "/" + strconv.Itoa(row) + "/" + column
}

// name is what a field is called in a message.
func name(f config.Field) diag.Text { return diag.Text{ZH: f.Label, EN: f.Key} }

func (f *fields) missing(field config.Field) {
	hint := diag.Say("在文章开头加一行 %s", "add a line %s to the front matter", f.sample(field))
	if len(field.Choices) > 0 {
		hint = diag.Say("在文章开头加一行 %s；可选：%s",
			"add a line %s to the front matter; choose one of: %s", f.sample(field), diag.Listed(field.Choices))
	}
	f.problems = append(f.problems, diag.Diagnostic{Rule: "missing-field", Severity: diag.Error,
		Message: diag.Say("缺少“%s”", "%s is missing", name(field)), Hint: hint}.At(f.file, f.text, 0))
}

// unfilled reports a field that must be there and has its line already: another line
// would set it twice.
func (f *fields) unfilled(field config.Field, e entry) {
	hint := diag.Say("在这一行写上，如 %s", "fill in this line, such as %s", f.sample(field))
	if len(field.Choices) > 0 {
		hint = diag.Say("在这一行写上，如 %s；可选：%s", "fill in this line, such as %s; choose one of: %s",
			f.sample(field), diag.Listed(field.Choices))
	}
	f.reportOver(e.at, f.nameEnd(e), diag.Diagnostic{Rule: "missing-field",
		Message: diag.Say("“%s”还空着", "%s is empty", name(field)), Hint: hint})
}

// sample is how a field is written in this file's front matter.
func (f *fields) sample(field config.Field) string { return f.sampleOf(field, "1") }

// sampleOf is a sample with a number in it.
func (f *fields) sampleOf(field config.Field, number string) string {
	yaml, toml := value(field, number)
	return f.line(field, yaml, toml)
}

// line is a field with a value that is written so in YAML and in TOML.
func (f *fields) line(field config.Field, yaml, toml string) string {
	if strings.HasPrefix(strings.TrimSpace(string(f.text)), "+++") {
		return field.Key + " = " + toml
	}
	return field.Label + ": " + yaml
}

// value is how a field's value is written, in YAML and in TOML; number is what stands
// where one is wanted.
func value(field config.Field, number string) (yaml, toml string) {
	switch {
	case field.Type == config.TypeDate:
		return "2024-05-01", "2024-05-01"
	case field.Type == config.TypeNumber && field.Key == "year":
		return "2024", "2024"
	case field.Type == config.TypeNumber:
		return number, number
	case field.Type == config.TypeTelephone:
		return "0999-555-0100", `"0999-555-0100"`
	case field.Type == config.TypeSwitch, field.Type == config.TypeReason:
		return "true", "true"
	case field.Type == config.TypeList:
		return "[…, …]", `["…", "…"]`
	case field.Type == config.TypeTable:
		return row(field, number)
	case field.Type == config.TypeExtra && field.Key == "allow":
		return "{id-number: 虚构的示例}", `{ id-number = "虚构的示例" }`
	case field.Type == config.TypeExtra:
		return `{名字: "…"}`, `{ "名字" = "…" }`
	case len(field.Choices) > 0:
		return field.Choices[0], `"` + field.Choices[0] + `"`
	}
	return "…", `"…"`
}

// row is how one row of a table is written, in YAML and in TOML.
func row(field config.Field, number string) (yaml, toml string) {
	var y, t []string
	for _, column := range field.Columns {
		inYAML, inTOML := value(column, number)
		y = append(y, column.Label+": "+inYAML)
		t = append(t, column.Key+" = "+inTOML)
	}
	return "[{" + strings.Join(y, ", ") + "}]", "[{ " + strings.Join(t, ", ") + " }]"
}

func (f *fields) report(e entry, d diag.Diagnostic) {
	f.reportOver(e.at, f.end(e.at), d)
}

func (f *fields) reportOver(from, to int, d diag.Diagnostic) {
	d.Severity = diag.Error
	f.problems = append(f.problems, d.Over(f.file, f.text, from, to))
}

func (f *fields) take(e entry) {
	field, ok := f.kind.Field(e.name)
	if header := f.header(e.at); !ok && header != "" && !f.kind.Withheld(e.name) && len(f.near(e, f.kind.Fields)) == 0 {
		f.unknownTable(e, header)
		return
	}
	if !ok {
		f.unknown(e, f.kindName(), f.kind.Fields)
		return
	}
	if !e.says() {
		f.blank[field.Key] = e
		return
	}
	if _, twice := f.places[field.Key]; twice {
		f.twice(field, e)
		return
	}
	f.places[field.Key] = e.at
	if fact, ok := f.fact(field, e); ok {
		f.facts[field.Key] = fact
	}
}

func (f *fields) twice(field config.Field, e entry) {
	f.reportOver(e.at, f.nameEnd(e), fieldTwice(name(field)))
}

func fieldTwice(name diag.Text) diag.Diagnostic {
	return diag.Diagnostic{Rule: "field-twice", Severity: diag.Error,
		Message: diag.Say("“%s”写了两次", "%s is set twice", name),
		Hint:    diag.Say("留下一行，删去另一行", "keep one of the lines")}
}

// unknown reports a name that is none of those that may stand there.
func (f *fields) unknown(e entry, where diag.Text, among []config.Field) {
	hint := diag.Say("可用的有：%s", "there are: %s", f.listed(among))
	if slices.Contains(called(among), "extra") {
		hint = diag.Say("%s；没有写错、要留着的，写在“其他”里",
			"%s; what is no slip and to be kept goes into extra", hint)
	}
	switch near := f.near(e, among); {
	case f.kind.Withheld(e.name):
		hint = diag.Say("不想公开，就写 %s；要公开，就删去这一行", "write %s to keep it back; to publish it take the line out",
			f.line(config.Field{Key: "draft", Label: "草稿"}, "true", "true"))
	case len(near) > 0:
		hint = diag.Say("是不是想写%s？", "did you mean %s?", near.quoted())
	case f.kind.Idle(e.name) && f.hasRows(e.at):
		hint = diag.Say("别的系统才用得着，删去这一行和下面属于它的各行",
			"this is for another system: take out the line and those below that belong to it")
	case f.kind.Idle(e.name):
		hint = diag.Say("别的系统才用得着，删去这一行", "this is for another system: take the line out")
	}
	f.reportOver(e.at, f.nameEnd(e), unknownField(where, e.name, hint))
}

// unknownTable reports a [table] of TOML that is none of the kind's fields.
func (f *fields) unknownTable(e entry, header string) {
	f.reportOver(e.at, e.at+len(header), unknownField(f.kindName(), e.name,
		diag.Say("删去这个表：从这一行起，到下一个 [ 开头的行或 +++ 之前",
			"take this table out: from this line to the next that begins with [, or to +++")))
}

func unknownField(where diag.Text, name string, hint diag.Text) diag.Diagnostic {
	return diag.Diagnostic{Rule: "unknown-field",
		Message: diag.Say("“%s”里没有“%s”这一项", "%s has no field %q", where, name), Hint: hint}
}

// hasRows reports whether the value of the field at an offset goes on in the next line
// of YAML.
func (f *fields) hasRows(at int) bool {
	_, rest, _ := bytes.Cut(f.text[at:], []byte("\n"))
	return bytes.HasPrefix(rest, []byte(" ")) || bytes.HasPrefix(rest, []byte("- "))
}

// header is the line of TOML at an offset that begins a [table]; "" for another.
func (f *fields) header(at int) string {
	line, _, _ := bytes.Cut(f.text[at:], []byte("\n"))
	if !bytes.HasPrefix(line, []byte("[")) {
		return ""
	}
	line, _, _ = bytes.Cut(line, []byte("#"))
	return string(bytes.TrimSpace(line))
}

func (f *fields) kindName() diag.Text { return diag.Text{ZH: f.kind.Label, EN: f.kind.Name} }

// value is the value of a field that holds one text, or "".
func (f *fields) value(key string) string {
	if v := f.facts[key].Values; len(v) > 0 {
		return v[0]
	}
	return ""
}

// moment is the value of a field that holds a date, or zero.
func (f *fields) moment(key string) time.Time {
	value := f.value(key)
	if value == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.RFC3339, value)
	if err != nil {
		return time.Time{}
	}
	return t.In(f.zone)
}
