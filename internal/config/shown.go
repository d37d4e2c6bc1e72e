package config

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"
)

// Shown is a text of config.toml that readers see.
type Shown struct {
	Key      string // the last part of its dotted key
	Value    string
	From, To int  // where it was typed, as byte offsets
	Exact    bool // what stands there is the value itself, not the line of its key
}

// Shown are the texts of config.toml that readers see, with the whole that they stand in.
func (c Config) Shown() (text []byte, all []Shown) {
	var values map[string]any
	if _, err := toml.Decode(string(c.text), &values); err != nil {
		return c.text, nil // Parse said so, and took the defaults
	}
	l := lister{text: string(c.text), places: NewPlaces(c.text), behind: map[int]int{}}
	l.list(values, whole)
	return c.text, l.all
}

// lister goes through values along their forms.
type lister struct {
	text   string
	places Places
	behind map[int]int // where the last text ended that was found behind a place
	all    []Shown
}

func (l *lister) list(value any, f form, key ...string) {
	switch value := value.(type) {
	case string:
		if f.shown {
			l.add(value, key)
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(value)) {
			of, ok := f.keys[name]
			if !ok {
				of = f.keys["*"]
			}
			l.list(value[name], of, append(slices.Clone(key), name)...)
		}
	case []map[string]any:
		for i, item := range value {
			l.list(item, f, append(slices.Clone(key), strconv.Itoa(i))...)
		}
	case []any:
		for i, item := range value {
			l.list(item, f, append(slices.Clone(key), strconv.Itoa(i))...)
		}
	}
}

// add notes a text behind the place of its key, or of what is around that: within a list
// the decoder knows no places. The same text twice stands in two places, most often.
func (l *lister) add(value string, key []string) {
	s := Shown{Value: value}
	for n := len(key); n > 0; n-- {
		if s.From = l.places.Find(key[:n]); s.From >= 0 {
			break
		}
	}
	for i := len(key) - 1; s.Key == ""; i-- {
		if _, err := strconv.Atoi(key[i]); err != nil {
			s.Key = key[i]
		}
	}
	place := max(0, s.From)
	line, _, _ := strings.Cut(l.text[place:], "\n")
	s.From, s.To = place, place+len(line)
	for _, from := range []int{max(place, l.behind[place]), place} {
		if i := strings.Index(l.text[from:], value); i >= 0 && value != "" {
			s.From, s.To, s.Exact = from+i, from+i+len(value), true
			l.behind[place] = s.To
			break
		}
	}
	l.all = append(l.all, s)
}
