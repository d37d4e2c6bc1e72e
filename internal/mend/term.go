package mend

import (
	"bytes"
	"maps"
	"slices"

	"qinglian/internal/content"
	"qinglian/internal/diag"
	"qinglian/internal/front"
)

// Others is what mending an article must know of the site's other ones.
type Others struct {
	Shared map[string]bool              // published paths that several articles have
	Terms  map[string]map[string]string // by field: terms as typed, and as they are meant
}

// respell writes an article's terms as they are meant. A term that is not found where
// its field is set, or a change by which the article would say anything else, is left
// to the writer.
func respell(c content.Compiler, file string, text []byte, card content.Card,
	terms map[string]map[string]string) []byte {
	for _, field := range slices.Sorted(maps.Keys(terms)) {
		for _, typed := range card.Values(field) {
			if meant, ok := terms[field][typed]; ok {
				text = speller{c, file, field, typed, meant}.respell(text)
			}
		}
	}
	return text
}

// speller writes one term of a field in another way.
type speller struct {
	content.Compiler
	file, field  string
	typed, meant string
}

func (s speller) respell(text []byte) []byte {
	kind := s.Kind(s.file)
	now := s.Front(s.file, text)
	var want []string
	for _, v := range now.Card.Values(s.field) {
		if v == s.typed {
			v = s.meant
		}
		if !slices.Contains(want, v) {
			want = append(want, v)
		}
	}
	m, _ := front.Read(text, kind)
	for i, f := range m.Fields {
		if field, ok := kind.Field(f.Name); !ok || field.Key != s.field {
			continue
		}
		end := max(f.Value, m.Top)
		if i+1 < len(m.Fields) {
			end = m.Fields[i+1].At
		}
		for _, e := range s.edits(text, f.Value, end, len(want) < len(now.Card.Values(s.field))) {
			respelled := slices.Concat(text[:e.At], []byte(e.Text), text[e.End:])
			then := s.Front(s.file, respelled)
			if slices.Equal(then.Card.Values(s.field), want) && len(then.Problems) == len(now.Problems) {
				return respelled
			}
		}
	}
	return text
}

// mostPlaces is how many places are tried: a term stands in its field, and perhaps in
// a remark.
const mostPlaces = 20

// edits are the ways to write the term anew between two offsets: each place where its
// characters stand may be it. If it is there twice then, one is taken out, unless it
// has a line of its own.
func (s speller) edits(text []byte, from, to int, twice bool) (all []diag.Edit) {
	for at := from; at < to && len(all) < mostPlaces; at++ {
		i := bytes.Index(text[at:to], []byte(s.typed))
		if i < 0 {
			break
		}
		at += i
		end := at + len(s.typed)
		if twice {
			if e, ok := item(text, at, end); ok {
				all = append(all, e)
			}
		}
		all = append(all, diag.Edit{At: at, End: end, Text: s.meant})
	}
	return all
}

// item takes what stands between two offsets out of a list on one line, with its
// quotes and a comma.
func item(text []byte, at, end int) (e diag.Edit, ok bool) {
	if c := text[at-1]; (c == '"' || c == '\'') && end < len(text) && text[end] == c {
		at, end = at-1, end+1
	}
	before := bytes.TrimRight(text[:at], " \t")
	if bytes.HasSuffix(before, []byte(",")) {
		return diag.Edit{At: len(before) - 1, End: end}, true
	}
	after := bytes.TrimLeft(text[end:], " \t")
	if rest, ok := bytes.CutPrefix(after, []byte(",")); ok {
		return diag.Edit{At: at, End: len(text) - len(bytes.TrimLeft(rest, " \t"))}, true
	}
	return e, false
}
