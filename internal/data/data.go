// Package data decodes the tables in a site's folder data/.
//
// data/honours.toml, .yaml, .yml, .json or .csv is the table honours, which a
// layout sees if theme.toml declares it. Values are plain: texts, numbers,
// true and false, lists, and maps by name; a date is the text that was typed.
// A CSV file is a list of rows, each a map by the names in the first row, and
// all its values are texts.
package data

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/goccy/go-yaml"

	"qinglian/internal/bounds"
	"qinglian/internal/diag"
	"qinglian/internal/digest"
	"qinglian/internal/syntax"
)

// Folder is where a site's tables are.
const Folder = "data"

// Table is one decoded file.
type Table struct {
	Value  any
	Digest digest.Digest
}

var decoders = map[string]func([]byte) (any, error){
	".toml": decodeTOML, ".yaml": decodeYAML, ".yml": decodeYAML, ".json": decodeJSON, ".csv": decodeCSV,
}

// Name is the name of the table in a file; ok is false for files that hold none.
func Name(file string) (name string, ok bool) {
	inside := strings.TrimPrefix(file, Folder+"/")
	ext := path.Ext(inside)
	if _, ok = decoders[strings.ToLower(ext)]; !ok || strings.Contains(inside, "/") {
		return "", false
	}
	return strings.TrimSuffix(inside, ext), true
}

// Decode decodes the text of a file (UTF-8, lines ended by \n) for which Name
// is ok.
func Decode(file string, text []byte) (Table, diag.List) {
	ext := strings.ToLower(path.Ext(file))
	if e := excess(ext, text); e != nil {
		return Table{}, diag.List{e.Diagnostic.At(file, text, e.At)}
	}
	v, err := decoders[ext](text)
	if err != nil {
		return Table{}, diag.List{problem(file, text, err)}
	}
	return Table{v, digest.New("data").String(path.Ext(file), string(text)).Sum()}, nil
}

// excess is what is too much for the decoder; nil if nothing is.
func excess(ext string, text []byte) *bounds.Excess {
	switch ext {
	case ".toml", ".json":
		return bounds.Data.TOML(text)
	case ".csv":
		return bounds.Data.CSV(text)
	}
	if e := bounds.Data.YAML(text); e != nil {
		return e
	}
	return expanded(text)
}

func problem(file string, text []byte, err error) diag.Diagnostic {
	var r syntax.Refusal
	switch several := (severalError{}); {
	case errors.As(err, &several):
		r = syntax.Values(several.at)
	default:
		r = refusals[strings.ToLower(path.Ext(file))](text, err)
	}
	return diag.Diagnostic{Rule: "data", Severity: diag.Error,
		Message: diag.Say("数据文件读不懂：%s", "the data file can't be read: %s", r.Why), Hint: r.Hint,
	}.At(file, text, r.At)
}

var refusals = map[string]func([]byte, error) syntax.Refusal{
	".toml": syntax.TOML, ".yaml": syntax.YAML, ".yml": syntax.YAML, ".json": syntax.JSON, ".csv": syntax.CSV,
}

// severalError is a JSON text with a second value, which begins at an offset.
type severalError struct{ at int }

func (severalError) Error() string { return "more than one value" }

func decodeTOML(text []byte) (any, error) {
	var v map[string]any
	if err := toml.Unmarshal(text, &v); err != nil {
		return nil, err
	}
	return plain(v), nil
}

func decodeYAML(text []byte) (any, error) {
	var v any
	if err := yaml.Unmarshal(text, &v); err != nil {
		return nil, err
	}
	return plain(v), nil
}

func decodeJSON(text []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	rest := text[d.InputOffset():]
	if next := bytes.TrimLeft(rest, " \t\n"); len(next) > 0 {
		return nil, severalError{len(text) - len(next)}
	}
	return v, nil
}

func decodeCSV(text []byte) (any, error) {
	records, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil || len(records) == 0 {
		return []any{}, err
	}
	rows := make([]any, 0, len(records)-1)
	for _, record := range records[1:] {
		row := map[string]any{}
		for i, name := range records[0] {
			row[name] = record[i]
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// plain turns what the decoders give into the same few types.
func plain(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for name := range v {
			v[name] = plain(v[name])
		}
		return v
	case []map[string]any:
		list := make([]any, len(v))
		for i := range v {
			list[i] = plain(v[i])
		}
		return list
	case []any:
		list := slices.Clone(v)
		for i := range list {
			list[i] = plain(list[i])
		}
		return list
	case time.Time:
		if h, m, s := v.Clock(); h+m+s == 0 {
			return v.Format("2006-01-02")
		}
		return v.Format("2006-01-02 15:04")
	}
	return v
}
