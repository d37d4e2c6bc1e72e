package content

import (
	"fmt"
	"strings"

	"qinglian/internal/config"
	"qinglian/internal/pattern"
)

// Given is what is known of a new article, by the keys of its fields.
type Given struct {
	Values map[string]string
	Rows   map[string][]map[string]string // of tables, each row by the keys of its columns
}

// New is the text of a new article of a kind: the fields that it must have and
// those of its own, with what is given for them by key, laid out to be filled in.
func New(kind config.Kind, given Given) string {
	var b strings.Builder
	b.WriteString("---\n")
	for _, f := range kind.Fields {
		if f.New == config.NewLater {
			continue
		}
		value, rows, note := written(f, given.Values[f.Key]), writtenRows(f, given.Rows[f.Key]), f.Help
		if f.Key == "draft" {
			value, note = "true", "写好后删去这一行"
		}
		switch {
		case f.Type == config.TypeTable && rows == "":
			columns := make([]string, len(f.Columns))
			for i, c := range f.Columns {
				columns[i] = c.Label + ": …"
			}
			note = strings.TrimSpace(note + "，如 [{" + strings.Join(columns, ", ") + "}]")
		case len(f.Choices) > 0 && f.Type != config.TypeList:
			note = strings.TrimSpace("可选：" + strings.Join(f.Choices, " ") + "  " + note)
		}
		if f.Required && strings.Trim(value+rows, "[]") == "" {
			note = strings.TrimSpace("必填  " + note)
		}
		line := strings.TrimRight(f.Label+": "+value, " ")
		if note != "" {
			line += "  # " + note
		}
		fmt.Fprintln(&b, line+rows)
	}
	b.WriteString("---\n\n")
	for _, heading := range kind.Headings {
		fmt.Fprintf(&b, "## %s\n\n\n", heading)
	}
	return strings.TrimRight(b.String(), "\n") + "\n\n"
}

// written is a value as it stands in front matter.
func written(f config.Field, value string) string {
	switch {
	case f.Type == config.TypeList:
		return quotedList(strings.FieldsFunc(value, func(r rune) bool { return strings.ContainsRune("、，,;；\n", r) }))
	case f.Type == config.TypeFile && strings.Contains(value, "\n"):
		return quotedList(strings.Split(value, "\n"))
	case value == "", (f.Type != config.TypeText || f.Engine) && plain().MatchString(value):
		return value
	}
	return quote(value)
}

func quotedList(list []string) string {
	for i := range list {
		list[i] = quote(strings.TrimSpace(list[i]))
	}
	return "[" + strings.Join(list, ", ") + "]"
}

// writtenRows are the rows of a table as they stand in front matter; those without a
// cell that is filled in are left out.
func writtenRows(f config.Field, rows []map[string]string) string {
	var b strings.Builder
	for _, row := range rows {
		var cells []string
		for _, column := range f.Columns {
			if value := strings.TrimSpace(row[column.Key]); value != "" {
				cells = append(cells, column.Label+": "+written(column, value))
			}
		}
		if cells != nil {
			b.WriteString("\n  - {" + strings.Join(cells, ", ") + "}")
		}
	}
	return b.String()
}

// plain are values that need no quotation marks: a slug, a date, a number.
var plain = pattern.Of(`^[0-9a-z][0-9a-z-]*( [0-9:]+)?$`)

// quote writes a text so that YAML reads it as it is.
func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\r\n", `\n`, "\n", `\n`).Replace(s) + `"`
}
