package content

import (
	"bytes"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"qinglian/internal/config"
	"qinglian/internal/diag"
	matter "qinglian/internal/front"
	"qinglian/internal/syntax"
)

// entry is one field as it was typed. Its value is a text, a list of texts, a
// bool, a moment, a table or cells; anything else is kept to be refused by its field.
type entry struct {
	name  string
	value any
	at    int // byte offset in the file
}

// says reports whether the value is more than the place for one: blanks, brackets
// with nothing between them, rows without a cell that is filled in.
func (e entry) says() bool {
	switch v := e.value.(type) {
	case string:
		return strings.TrimSpace(v) != ""
	case []string:
		return slices.ContainsFunc(v, func(item string) bool { return strings.TrimSpace(item) != "" })
	case table:
		return slices.ContainsFunc(v, func(row cells) bool { return slices.ContainsFunc(row, entry.says) })
	}
	return true
}

// moment is a TOML date: the digits that were typed, and whether they say in
// which zone.
type moment struct {
	time  time.Time
	zoned bool
}

// table is rows of cells.
type table []cells

// cells are named values in one pair of braces.
type cells []entry

// frontMatter is what stands at the beginning of a file.
type frontMatter struct {
	entries  []entry // what was meant where that is certain
	typed    []matter.Field
	tables   int // where the tables of TOML begin; nowhere in YAML
	close    int // where what stands between the fences ends
	body     int // where the prose begins
	problems diag.List
	complete bool         // no entry is missing
	doubted  map[int]bool // lines of which it is not certain what was meant
}

// hides reports whether a message about a field says nothing new: the field stands on a
// line whose slip was reported, or is missing where such a line may have been meant for it.
func (m frontMatter) hides(d diag.Diagnostic) bool {
	return m.doubted[d.Line] || !m.complete && d.Rule == "missing-field"
}

func front(file string, text []byte, kind config.Kind) frontMatter {
	where, slips := matter.Read(text, kind)
	m := frontMatter{typed: where.Fields, tables: where.Top, close: where.End, body: where.Body,
		complete: where.Fence != ""}
	if where.Fence == matter.YAML {
		m.tables = where.End
	}
	var slipped map[int]bool // lines with a slip
	if len(slips) > 0 {
		m.doubted, slipped = map[int]bool{}, map[int]bool{}
	}
	lines := diag.NewLines(file, text)
	for _, s := range slips {
		d := lines.Over(s.At, s.End, s.Diagnostic)
		m.problems = append(m.problems, d)
		slipped[d.Line] = true
		if d.Severity == diag.Error && s.Edits == "" {
			m.doubted[d.Line] = true
			m.complete = m.complete && s.Value
		}
	}
	if where.Fence == "" {
		return m
	}
	mended, origin := matter.Apply(text, where.Start, where.End, matter.Edits(slips, where.Start, where.End))
	entries, problem := decode(mended, where.Fence, len(slips) > 0)
	place(entries, origin)
	m.entries = entries
	if problem != nil {
		d := problem.Diagnostic.At(file, text, max(where.Start, min(origin(problem.at), where.End-1)))
		if len(m.doubted) == 0 && !slipped[d.Line] { // else it comes from a slip that is reported already
			m.problems = append(m.problems, d)
		}
		m.complete = false
	}
	return m
}

// decode decodes what stands between two fences. What may have been mended is measured
// anew: a full-width bracket has become one.
func decode(text []byte, fence string, mended bool) ([]entry, *problem) {
	if mended {
		if e := matter.Excess(text, fence); e != nil {
			return nil, &problem{e.Diagnostic, e.At}
		}
	}
	if fence == matter.TOML {
		return tomlFront(text)
	}
	return yamlFront(text)
}

// place puts entries that were decoded from a mended text to where they were
// typed.
func place(entries []entry, origin func(int) int) {
	for i, e := range entries {
		entries[i].at = origin(e.at)
		switch v := e.value.(type) {
		case table:
			for _, row := range v {
				place(row, origin)
			}
		case cells:
			place(v, origin)
		}
	}
}

// problem is what a decoder does not understand.
type problem struct {
	diag.Diagnostic
	at int // byte offset in the front matter
}

func decodedYAML(text []byte) ([]entry, *problem) {
	tree, err := parser.ParseBytes(text, 0, parser.AllowDuplicateMapKey()) // fields report them
	if err != nil {
		return nil, refused(syntax.YAML(text, err))
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
			return nil, refused(syntax.Refusal{
				Why:  diag.Say("没有“名字: 内容”这样的一项", "there is no field such as name: value"),
				Hint: diag.Say("每项写成 名字: 内容", "write each field as name: value")})
		}
	}
	return yamlText(text).entries(values), nil
}

// yamlText is the text that a syntax tree's positions are in.
type yamlText []byte

func (y yamlText) entries(values []*ast.MappingValueNode) []entry {
	var entries []entry
	for _, v := range values {
		p := v.Key.GetToken().Position
		entries = append(entries, entry{v.Key.GetToken().Value, y.value(v.Value), offset(y, p.Line, p.Column)})
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
	case *ast.MappingNode:
		return cells(y.entries(n.Values))
	case *ast.MappingValueNode:
		return cells(y.entries([]*ast.MappingValueNode{n}))
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

// refused is what a decoder does not understand, in our words.
func refused(r syntax.Refusal) *problem {
	return &problem{diag.Diagnostic{Rule: "front-matter-syntax", Severity: diag.Error,
		Message: diag.Say("文章开头读不懂：%s", "the front matter can't be read: %s", r.Why), Hint: r.Hint}, r.At}
}
