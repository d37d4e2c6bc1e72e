package config

import (
	"maps"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"qinglian/internal/bounds"
	"qinglian/internal/diag"
	"qinglian/internal/syntax"
)

// parser collects what is wrong with one config.toml.
type parser struct {
	text     []byte
	places   *Places // found when a place is asked for
	problems diag.Few
}

// where is the places of the text.
func (p *parser) where() Places {
	if p.places == nil {
		places := NewPlaces(p.text)
		p.places = &places
	}
	return *p.places
}

// report adds an error at the place where key is set, or else the nearest
// table around it.
func (p *parser) report(d diag.Diagnostic, key ...string) { p.add(diag.Error, d, key...) }

// add is report of what need not be an error.
func (p *parser) add(severity diag.Severity, d diag.Diagnostic, key ...string) {
	d.Severity = severity
	d = d.In(File)
	for ; len(key) > 0; key = key[:len(key)-1] {
		if at := p.where().Find(key); at >= 0 {
			d = d.At(File, p.text, at)
			break
		}
	}
	p.problems.Add(d)
}

// dotted is a key as messages name it.
func dotted(key []string) string { return strings.Join(key, ".") }

// decode reads the text into f, which holds the defaults. The decoder stops at the
// first value of a wrong type, gives no place for it and passes over others in
// silence. So all values are checked against their forms first; those that fit are
// encoded again, and that is decoded. ok is false if the text can't be read at all.
func (p *parser) decode(f *file) (ok bool) {
	if e := bounds.Config.TOML(p.text); e != nil {
		p.problems.Add(e.Diagnostic.At(File, p.text, e.At))
		return false
	}
	var table map[string]any
	if _, err := toml.Decode(string(p.text), &table); err != nil {
		p.syntax(err)
		return false
	}
	p.count(table)
	p.check(table, whole)
	fitting, err := toml.Marshal(table)
	if err == nil {
		err = toml.Unmarshal(fitting, f)
	}
	if err != nil {
		p.syntax(err)
	}
	return err == nil
}

// maxNamed is how many sections a site may have; as many entries of the menu,
// taxonomies and kinds. The work on every page grows with their number.
const maxNamed = 500

// count reports a table with more than maxNamed entries, and takes it out.
func (p *parser) count(table map[string]any) {
	for name, label := range map[string]string{"sections": "栏目", "menu": "菜单项", "taxonomies": "分类", "kinds": "文章类型",
		"deploy": "交付的地方"} {
		n, first := 0, "0"
		switch v := table[name].(type) {
		case map[string]any:
			n, first = len(v), slices.Min(append(slices.Collect(maps.Keys(v)), "\uffff"))
		case []map[string]any:
			n = len(v)
		case []any:
			n = len(v)
		}
		if n <= maxNamed {
			continue
		}
		delete(table, name)
		p.report(diag.Diagnostic{Rule: "too-much",
			Message: diag.Say("%[1]s有 %[3]d 个，最多 %[4]d 个",
				"%[2]s: there are %[3]d, %[4]d are the most", label, name, n, maxNamed),
			Hint: diag.Say("合并一些；细分的内容用标签和分类，不必每种都设栏目", "merge some; what is finer is for tags")}, name, first)
	}
}

func (p *parser) syntax(err error) {
	r := syntax.TOML(p.text, err)
	p.problems.Add(diag.Diagnostic{Rule: "config-syntax", Severity: diag.Error,
		Message: diag.Say("config.toml 写法有误：%s", "config.toml can't be read: %s", r.Why), Hint: r.Hint,
	}.At(File, p.text, r.At))
}
