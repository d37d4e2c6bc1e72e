package content

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	matter "qinglian/internal/front"
)

func yamlFront(text []byte) ([]entry, *problem) {
	if entries, ok := ordinaryYAML(text); ok {
		return entries, nil
	}
	return decodedYAML(text)
}

// ordinaryYAML reads front matter of which every line is a name with a plain text, a day
// or a list of plain texts, as [decodedYAML] would but in a fraction of the time; ok is
// false for any other.
func ordinaryYAML(text []byte) (entries []entry, ok bool) {
	for at := 0; at < len(text); {
		line, _, _ := bytes.Cut(text[at:], []byte("\n"))
		name, typed, ok := strings.Cut(string(line), ": ")
		if !ok || !plainName(name) {
			return nil, false
		}
		e := entry{name: name, value: typed, at: at}
		if inside, listed := strings.CutPrefix(typed, "["); listed {
			e.value, ok = plainList(inside)
		} else {
			ok = plainText(typed) || matter.Day(typed)
		}
		if !ok {
			return nil, false
		}
		if entries == nil {
			entries = make([]entry, 0, bytes.Count(text, []byte("\n"))+1)
		}
		entries = append(entries, e)
		at += len(line) + 1
	}
	return entries, true
}

// plainName reports a name of letters, digits and underscores that begins with a letter,
// and is no word of YAML.
func plainName(name string) bool {
	first, _ := utf8.DecodeRuneInString(name)
	odd := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' }
	return unicode.IsLetter(first) && !strings.ContainsFunc(name, odd) && !yamlWord(name)
}

// plainList is the list behind its bracket.
func plainList(inside string) (list []string, ok bool) {
	inside, ok = strings.CutSuffix(inside, "]")
	if !ok {
		return nil, false
	}
	list = strings.Split(inside, ",")
	for i, item := range list {
		if list[i] = strings.TrimPrefix(item, " "); !plainText(list[i]) {
			return nil, false
		}
	}
	return list, true
}

// plainText reports a text that is itself in YAML: it begins with a letter, and has no
// sign that means something there, nor two spaces or one at its end.
func plainText(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	if !unicode.IsLetter(first) || yamlWord(text) || strings.HasSuffix(text, " ") || strings.Contains(text, "  ") {
		return false
	}
	for _, r := range text {
		switch {
		case r < utf8.RuneSelf && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(" -_./()%+", r),
			r >= utf8.RuneSelf && !unicode.IsPrint(r), r == utf8.RuneError:
			return false
		}
	}
	return true
}

// yamlWord reports a word that is no text in YAML, or might be none: true, null, NO.
func yamlWord(text string) bool {
	return len(text) <= len("false") && strings.Trim(strings.ToLower(text), "abcdefghijklmnopqrstuvwxyz") == ""
}
