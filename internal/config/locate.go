package config

import (
	"slices"
	"strconv"
	"strings"
)

// Locate finds where a dotted key is set in a TOML text, as a byte offset, or
// -1. The decoder keeps no positions; a line-wise search is right for what
// people write in config.toml and never worse than no position. The tables of
// an array are numbered from 0: menu.0.title; without a number the key is that
// of the first table which has it.
func Locate(text []byte, key []string) int {
	var table, numbered []string
	count := map[string]int{}
	offset, best := 0, -1
	for line := range strings.Lines(string(text)) {
		at := offset + len(line) - len(strings.TrimLeft(line, " \t"))
		offset += len(line)
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "[") {
			name := strings.Trim(strings.SplitN(line, "#", 2)[0], "[] \t")
			table, numbered = split(name), nil
			if strings.HasPrefix(line, "[[") {
				numbered = append(slices.Clone(table), strconv.Itoa(count[name]))
				count[name]++
			}
			if slices.Equal(table, key) || slices.Equal(numbered, key) {
				best = at
			}
			continue
		}
		name, _, ok := strings.Cut(line, "=")
		if ok && (slices.Equal(append(slices.Clone(table), split(name)...), key) ||
			numbered != nil && slices.Equal(append(slices.Clone(numbered), split(name)...), key)) {
			return at
		}
	}
	return best
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
