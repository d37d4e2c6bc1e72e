package headline

import (
	"slices"
	"unicode/utf8"
)

// Names are those of a whole site: its terms, among them units and regions. Each is
// found by its first two characters.
type Names map[string][]string

// NewNames is for names of which one may be said twice. One that fits into no line is
// left out.
func NewNames(all []string) Names {
	names := Names{}
	for _, name := range all {
		first := pair(name)
		if first != "" && utf8.RuneCountInString(name) <= line && !slices.Contains(names[first], name) {
			names[first] = append(names[first], name)
		}
	}
	return names
}

// pair is the first two characters of a text; "" if it has fewer.
func pair(text string) string {
	_, n := utf8.DecodeRuneInString(text)
	_, m := utf8.DecodeRuneInString(text[n:])
	if m == 0 {
		return ""
	}
	return text[:n+m]
}

// Outside are those of a title's cuts that are in none of the names.
func (n Names) Outside(title string, cuts []int) []int {
	if len(cuts) == 0 {
		return nil
	}
	left := cuts
	for at := range title {
		for _, name := range n[pair(title[at:])] {
			end := at + len(name)
			if end > len(title) || title[at:end] != name {
				continue
			}
			inside := func(cut int) bool { return cut > at && cut < end }
			if slices.ContainsFunc(left, inside) {
				left = slices.DeleteFunc(slices.Clone(left), inside)
			}
		}
	}
	return left
}
