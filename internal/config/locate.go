package config

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"qinglian/internal/diag"
)

// Places is where the keys of a TOML text are set. The decoder keeps no
// positions, so the lines are searched: that finds what people write in config.toml,
// and what it does not find has no position.
type Places struct {
	set, tables map[string]int // by name; a byte offset
}

// NewPlaces goes through a text once.
func NewPlaces(text []byte) Places {
	p := Places{map[string]int{}, map[string]int{}}
	var table, numbered []string
	count := map[string]int{}
	offset := 0
	for line := range strings.Lines(string(text)) {
		at := offset + len(line) - len(strings.TrimLeft(line, " \t"))
		offset += len(line)
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "[") {
			name, _, _ := strings.Cut(line, "#")
			name = strings.Trim(name, "[] \t")
			table, numbered = split(name), nil
			p.tables[joined(table)] = at
			for of := table[:len(table)-1]; len(of) > 0; of = of[:len(of)-1] {
				if _, known := p.tables[joined(of)]; known {
					break
				}
				p.tables[joined(of)] = at // as [section.routes] begins section
			}
			if strings.HasPrefix(line, "[[") {
				numbered = append(slices.Clone(table), strconv.Itoa(count[name]))
				count[name]++
				p.tables[joined(numbered)] = at
			}
			continue
		}
		name, _, ok := strings.Cut(line, "=")
		if !ok {
			continue
		}
		parts := split(name)
		p.note(append(slices.Clone(table), parts...), at)
		if numbered != nil {
			p.note(append(numbered[:len(numbered):len(numbered)], parts...), at)
		}
	}
	return p
}

// note keeps the first place of a key.
func (p Places) note(key []string, at int) {
	name := joined(key)
	if _, known := p.set[name]; !known {
		p.set[name] = at
	}
}

// joined is a key as the name of a place.
func joined(key []string) string { return strings.Join(key, "\x00") }

// Find is where a dotted key is set, as a byte offset, or -1. The tables of an
// array are numbered from 0: menu.0.title; without a number the key is that of
// the first table which has it.
func (p Places) Find(key []string) int {
	name := joined(key)
	if at, ok := p.set[name]; ok {
		return at
	}
	if at, ok := p.tables[name]; ok {
		return at
	}
	return -1
}

// First is where a table is first set by a key or a table within it, as in
// [menu.main], as a byte offset, or -1.
func (p Places) First(table string) int {
	first := -1
	for _, places := range []map[string]int{p.set, p.tables} {
		for name, at := range places {
			if strings.HasPrefix(name, joined([]string{table, ""})) && (first < 0 || at < first) {
				first = at
			}
		}
	}
	return first
}

// Where is the place of a dotted key, for messages about its value that the text
// alone does not show; the file as a whole if the key is not set.
func (c Config) Where(key string) diag.Diagnostic {
	at := NewPlaces(c.text).Find(split(key))
	if at < 0 {
		return diag.Diagnostic{File: File}
	}
	line, _, _ := bytes.Cut(c.text[at:], []byte("\n"))
	return diag.Diagnostic{}.Over(File, c.text, at, at+len(bytes.TrimRight(line, " \t\r")))
}

// split takes a dotted key apart. A dot in quotes is part of a name.
func split(key string) []string {
	var parts []string
	var part []rune
	quote := rune(0)
	for _, r := range key {
		switch {
		case r == quote:
			quote = 0
		case quote == 0 && (r == '"' || r == '\''):
			quote = r
		case quote == 0 && r == '.':
			parts, part = append(parts, string(part)), nil
		case quote != 0 || r != ' ' && r != '\t':
			part = append(part, r)
		}
	}
	return append(parts, string(part))
}
