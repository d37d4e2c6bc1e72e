package content

import (
	"strings"

	"qinglian/internal/config"
	"qinglian/internal/diag"
)

// extra is what has names of its writer's own: one row of texts and lists, whose keys
// and labels are their names.
func (f *fields) extra(field config.Field, e entry) (rows []Row, ok bool) {
	typed, ok := e.value.(cells)
	if !ok {
		f.wrong(field, e, diag.Say("几项文字，各有名字", "texts with names"))
		return nil, false
	}
	var row Row
	given := map[string]bool{}
	for _, cell := range typed {
		if given[cell.name] {
			f.twice(config.Field{Key: cell.name, Label: cell.name}, cell)
			continue
		}
		given[cell.name] = true
		if fact, ok := f.kept(field, cell); ok {
			row = append(row, fact)
		}
	}
	return []Row{row}, row != nil
}

// kept is one of them; ok is false if it is empty, or was reported.
func (f *fields) kept(in config.Field, e entry) (fact Fact, ok bool) {
	field := config.Field{Key: e.name, Label: e.name, Type: config.TypeText}
	switch v := e.value.(type) {
	case bool:
		e.value = "false"
		if v {
			e.value = "true"
		}
	case []string:
		field.Type = config.TypeList
	case string, moment:
	default:
		f.report(e, diag.Diagnostic{Rule: "wrong-type",
			Message: diag.Say("“%s”里的“%s”应该是一段文字或一个列表", "%s: %q must be a text or a list", name(in), e.name),
			Hint: diag.Say("写成 %[1]s: 文字 或 %[1]s: [文字, 文字]",
				"write %[1]s: text or %[1]s: [text, text]", strings.TrimSpace(e.name))})
		return fact, false
	}
	return f.fact(field, e)
}
