package content

import (
	"slices"
	"strings"
	"unicode/utf8"

	"qinglian/internal/config"
	"qinglian/internal/diag"
	matter "qinglian/internal/front"
)

// guesses are names that may have been meant by one that is none.
type guesses []string

// most is how many names are a guess: of more, none is likelier than another.
const most = 3

// near is what was probably meant by a name that no field has: a longer one in which all
// its characters stand in their order (电话: 预约电话), else the one that is nearly the
// same. A field that is written already was not meant, nor one that can't have the value.
func (f *fields) near(e entry, among []config.Field) guesses {
	var longer guesses
	var known []string
	whole := slices.Contains(called(among), "extra") // and not the columns of one
	for _, field := range among {
		if whole && f.wrote(field) || len(field.Choices) > 0 && !takes(field, e.value) {
			continue
		}
		known = append(known, field.Key, field.Label)
		if utf8.RuneCountInString(e.name) > 1 && spread(e.name, field.Label) {
			longer = append(longer, field.Label)
		}
	}
	if 0 < len(longer) && len(longer) <= most {
		return longer
	}
	if near := diag.Nearest(e.name, known); near != "" {
		return guesses{near}
	}
	return nil
}

// wrote reports a field of the article that has a line.
func (f *fields) wrote(field config.Field) bool {
	return slices.ContainsFunc(f.typed, func(t matter.Field) bool { return field.Named(t.Name) })
}

// takes reports a value that is one of a field's choices.
func takes(field config.Field, value any) bool {
	text, ok := value.(string)
	return ok && slices.Contains(field.Choices, text)
}

// spread reports a word whose characters all stand in another, in their order.
func spread(word, in string) bool {
	for _, c := range word {
		_, rest, ok := strings.Cut(in, string(c))
		if !ok {
			return false
		}
		in = rest
	}
	return true
}

func (g guesses) quoted() diag.Text {
	return diag.Text{ZH: "“" + strings.Join(g, "”或“") + "”", EN: strings.Join(g, " or ")}
}

// listed are the names of fields as they are typed in this file: Chinese ones need quotes
// in TOML.
func (f *fields) listed(among []config.Field) diag.Text {
	keys, labels := called(among), make([]string, 0, len(among))
	for _, field := range among {
		labels = append(labels, strings.TrimRight(f.line(field, "", ""), " =:"))
	}
	return diag.Text{ZH: diag.Listed(labels).ZH, EN: diag.Listed(keys).EN}
}

// called is the names of fields.
func called(fields []config.Field) (names []string) {
	for _, field := range fields {
		names = append(names, field.Key)
	}
	return names
}
