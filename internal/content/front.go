package content

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"qinglian/internal/config"
	"qinglian/internal/diag"
)

// entry is one field as it was typed. Its value is a text, a list of texts, a
// bool, a moment or a table; anything else is kept to be refused by its field.
type entry struct {
	name  string
	value any
	at    int // byte offset in the file
}

// moment is a TOML date: the digits that were typed, and whether they say in
// which zone.
type moment struct {
	time  time.Time
	zoned bool
}

// table is rows of cells.
type table [][]entry

// front splits a file into the entries of its front matter and the offset
// where its prose begins.
func front(file string, text []byte) (entries []entry, body int, problem *diag.Diagnostic) {
	first, rest, _ := bytes.Cut(text, []byte("\n"))
	fence := strings.TrimSpace(string(first))
	if fence != "+++" && fence != "---" {
		d := diag.Diagnostic{Rule: "no-front-matter", Severity: diag.Error,
			Message: diag.Say("文章开头没有标题、日期等信息", "the article does not begin with its title and date"),
			Hint:    diag.Say("在最前面加几行：\n        ---\n        标题: 这里写标题\n        日期: 2024-05-01\n        来源: 供稿单位\n        ---", "begin with:\n        ---\n        title: …\n        date: 2024-05-01\n        source: …\n        ---"),
		}.At(file, text, 0)
		return nil, 0, &d
	}
	start := len(text) - len(rest)
	end, body := closing(text, start, fence)
	if end < 0 {
		d := diag.Diagnostic{Rule: "open-front-matter", Severity: diag.Error,
			Message: diag.Say("开头的 %s 没有配对的结束行", "the opening %s has no closing line", fence),
			Hint:    diag.Say("在标题、日期等写完之后，另起一行写 %s", "after the last field, write %s on a line of its own", fence),
		}.At(file, text, 0)
		return nil, len(text), &d
	}
	if fence == "+++" {
		entries, problem = tomlFront(file, text, start, end)
	} else {
		entries, problem = yamlFront(file, text, start, end)
	}
	return entries, body, problem
}

// closing finds the line that ends the front matter: where it starts, and
// where the line after it does.
func closing(text []byte, start int, fence string) (end, body int) {
	for at := start; at < len(text); {
		line, _, _ := bytes.Cut(text[at:], []byte("\n"))
		next := min(at+len(line)+1, len(text))
		if strings.TrimRight(string(line), " \t") == fence {
			return at, next
		}
		at = next
	}
	return -1, 0
}

func tomlFront(file string, text []byte, start, end int) ([]entry, *diag.Diagnostic) {
	matter := text[start:end]
	var table map[string]any
	if _, err := toml.Decode(string(matter), &table); err != nil {
		d := syntaxProblem(err.Error())
		at := start
		if pe := (toml.ParseError{}); errors.As(err, &pe) {
			d = syntaxProblem(pe.Message)
			at += pe.Position.Start
		}
		d = d.At(file, text, min(at, end-1))
		return nil, &d
	}
	entries := make([]entry, 0, len(table))
	for name, v := range table {
		at := max(0, config.Locate(matter, []string{name}))
		entries = append(entries, entry{name, tomlValue(v, start+at), start + at})
	}
	slices.SortFunc(entries, func(a, b entry) int { return a.at - b.at })
	return entries, nil
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
			for _, name := range slices.Sorted(maps.Keys(row)) {
				rows[i] = append(rows[i], entry{name, tomlValue(row[name], at), at})
			}
		}
		return rows
	}
	return v
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

func yamlFront(file string, text []byte, start, end int) ([]entry, *diag.Diagnostic) {
	tree, err := parser.ParseBytes(text[start:end], 0)
	if err != nil {
		d, at := syntaxProblem(err.Error()), start
		if ye := yaml.Error(nil); errors.As(err, &ye) {
			d = syntaxProblem(ye.GetMessage())
			at += offset(text[start:end], ye.GetToken().Position.Line, ye.GetToken().Position.Column)
		}
		d = d.At(file, text, at)
		return nil, &d
	}
	var values []*ast.MappingValueNode
	for _, doc := range tree.Docs {
		switch body := doc.Body.(type) {
		case nil, *ast.NullNode, *ast.CommentGroupNode:
		case *ast.MappingNode:
			values = append(values, body.Values...)
		case *ast.MappingValueNode:
			values = append(values, body)
		default:
			d := syntaxProblem("not a list of fields").At(file, text, start)
			return nil, &d
		}
	}
	y := yamlText{text: text, start: start, end: end}
	return y.entries(values), nil
}

// yamlText is the text that a syntax tree's positions are in.
type yamlText struct {
	text       []byte
	start, end int
}

func (y yamlText) entries(values []*ast.MappingValueNode) []entry {
	var entries []entry
	for _, v := range values {
		p := v.Key.GetToken().Position
		at := y.start + offset(y.text[y.start:y.end], p.Line, p.Column)
		entries = append(entries, entry{v.Key.GetToken().Value, y.value(v.Value), at})
	}
	return entries
}

// value takes scalars as they were typed: numbers stay the digits that they
// are, so that 010 is not 8 and 1.10 is not 1.1.
func (y yamlText) value(n ast.Node) any {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value
	case *ast.LiteralNode:
		return n.Value.Value
	case *ast.IntegerNode, *ast.FloatNode:
		return n.GetToken().Value
	case *ast.BoolNode:
		return n.Value
	case *ast.NullNode:
		return ""
	case *ast.SequenceNode:
		return y.sequence(n)
	}
	return n
}

// sequence is a list of texts or a table.
func (y yamlText) sequence(n *ast.SequenceNode) any {
	list := make([]string, 0, len(n.Values))
	var rows table
	for _, item := range n.Values {
		switch item := item.(type) {
		case *ast.MappingNode:
			rows = append(rows, y.entries(item.Values))
		case *ast.MappingValueNode:
			rows = append(rows, y.entries([]*ast.MappingValueNode{item}))
		default:
			s, ok := y.value(item).(string)
			if !ok {
				return n
			}
			list = append(list, s)
		}
	}
	switch {
	case rows == nil:
		return list
	case len(list) == 0:
		return rows
	}
	return n
}

// offset is the byte offset of a line and a column in characters, from 1.
func offset(text []byte, line, column int) int {
	at := 0
	for ; line > 1 && at < len(text); line-- {
		i := bytes.IndexByte(text[at:], '\n')
		if i < 0 {
			return len(text)
		}
		at += i + 1
	}
	for i := range string(text[at:]) {
		if column--; column <= 0 {
			return at + i
		}
	}
	return len(text)
}

func syntaxProblem(detail string) diag.Diagnostic {
	return diag.Diagnostic{Rule: "front-matter-syntax", Severity: diag.Error,
		Message: diag.Say("文章开头这一行读不懂（%s）", "this line of the front matter can't be read (%s)", detail),
		Hint:    diag.Say("标点用英文半角；--- 之间写成 标题: 文字，+++ 之间写成 title = \"文字\"", "between --- write title: text, between +++ write title = \"text\"")}
}
