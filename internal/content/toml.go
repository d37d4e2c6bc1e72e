package content

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"qinglian/internal/config"
	"qinglian/internal/diag"
	matter "qinglian/internal/front"
	"qinglian/internal/syntax"
)

func tomlFront(text []byte) ([]entry, *problem) {
	if entries, ok := ordinaryFront(text); ok {
		return entries, nil
	}
	return decodedFront(text)
}

// ordinaryFront reads front matter of which every line is an ordinary one, as
// [decodedFront] would but in a tenth of the time; ok is false for any other.
func ordinaryFront(text []byte) (entries []entry, ok bool) {
	for at := 0; at < len(text); {
		line, _, _ := bytes.Cut(text[at:], []byte("\n"))
		from := at
		at += len(line) + 1
		if matter.Remark(line) {
			continue
		}
		inLine, typed, value, _, ok := matter.Setting(line)
		if !ok {
			return nil, false
		}
		e := entry{name: string(typed), at: from + inLine}
		if e.value, ok = ordinaryValue(value); !ok ||
			slices.ContainsFunc(entries, func(other entry) bool { return other.name == e.name }) {
			return nil, false
		}
		if entries == nil {
			entries = make([]entry, 0, bytes.Count(text, []byte("\n"))+1)
		}
		entries = append(entries, e)
	}
	return entries, true
}

// ordinaryValue is the value of an ordinary line.
func ordinaryValue(typed []byte) (value any, ok bool) {
	switch typed[0] {
	case '"':
		return string(typed[1 : len(typed)-1]), true
	case 't', 'f':
		return typed[0] == 't', true
	case '[':
		parts := bytes.Split(typed, []byte(`"`)) // the texts are every second one
		list := make([]string, 0, len(parts)/2)
		for i := 1; i < len(parts); i += 2 {
			list = append(list, string(parts[i]))
		}
		return list, true
	}
	layout, zoned := time.DateOnly, len(typed) > len(time.DateOnly)
	if zoned {
		layout = time.RFC3339
	}
	t, err := time.Parse(layout, string(typed))
	return moment{t, zoned}, err == nil
}

func decodedFront(text []byte) ([]entry, *problem) {
	var table map[string]any
	if _, err := toml.Decode(string(text), &table); err != nil {
		return nil, tomlProblem(text, err)
	}
	entries, where := make([]entry, 0, len(table)), config.NewPlaces(text)
	for name, v := range table {
		at := where.Find([]string{name})
		if at < 0 {
			at = max(0, where.First(name))
		}
		entries = append(entries, entry{name, tomlValue(v, at), at})
	}
	slices.SortFunc(entries, func(a, b entry) int {
		return cmp.Or(a.at-b.at, strings.Compare(a.name, b.name)) // a name that is not found is at 0
	})
	return entries, nil
}

func tomlProblem(text []byte, err error) *problem {
	p := refused(syntax.TOML(text, err))
	e := toml.ParseError{}
	if errors.As(err, &e) && e.LastKey != "" && strings.Contains(e.Message, "already been defined") {
		p.Diagnostic = fieldTwice(diag.Text{ZH: e.LastKey, EN: e.LastKey})
	}
	return p
}

// tomlValue takes a value at a byte offset, which is also that of its parts:
// the decoder keeps no others.
func tomlValue(v any, at int) any {
	switch v := v.(type) {
	case time.Time:
		zone := v.Location().String()
		return moment{v, zone != "datetime-local" && zone != "date-local"}
	case int64, float64:
		return fmt.Sprint(v)
	case []any:
		if rows, ok := tables(v); ok {
			return tomlValue(rows, at)
		}
		list := make([]string, 0, len(v))
		for _, item := range v {
			s, ok := tomlValue(item, at).(string)
			if !ok {
				return v
			}
			list = append(list, s)
		}
		return list
	case []map[string]any:
		rows := make(table, len(v))
		for i, row := range v {
			rows[i] = tomlCells(row, at)
		}
		return rows
	case map[string]any:
		return tomlCells(v, at)
	}
	return v
}

func tomlCells(row map[string]any, at int) (out cells) {
	for _, name := range slices.Sorted(maps.Keys(row)) {
		out = append(out, entry{name, tomlValue(row[name], at), at})
	}
	return out
}

// tables is a list that holds nothing but tables.
func tables(list []any) ([]map[string]any, bool) {
	rows := make([]map[string]any, len(list))
	for i, item := range list {
		row, ok := item.(map[string]any)
		if !ok {
			return nil, false
		}
		rows[i] = row
	}
	return rows, len(rows) > 0
}
