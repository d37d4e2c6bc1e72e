package front

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"qinglian/internal/config"
	"qinglian/internal/diag"
)

// betweenItems reports what people put between the items of a list.
func betweenItems(r rune) bool { return strings.ContainsRune(commas+",;", r) }

// plainList reports a list that is written as a text.
func (s *scanner) plainList(f config.Field, from int, text string) {
	if s.fence == YAML && (text == "~" || strings.EqualFold(text, "null")) {
		return // nothing
	}
	var edits []diag.Edit
	if items := itemsOf(f, text); items != nil {
		edits = []diag.Edit{{At: from, End: from + len(text), Text: s.listOf(items)}}
	}
	s.notList(f, from, from+len(text), edits...)
}

// notList reports what should be a list.
func (s *scanner) notList(f config.Field, at, end int, edits ...diag.Edit) {
	s.slip(at, end, diag.Diagnostic{Rule: "not-a-list",
		Message: diag.Say("“%s”可以有几个，要写成列表", "%s may be several and is written as a list",
			diag.Text{ZH: f.Label, EN: f.Key}),
		Hint: diag.Say("写成 %[1]s", "write %[1]s", s.listOf([]string{"党建", "普法"}))}, edits...)
}

// listOf writes a list.
func (s *scanner) listOf(items []string) string {
	if s.fence == TOML || strings.ContainsAny(strings.Join(items, ""), "?-&*!|>%@`#") {
		return s.quotedListOf(items)
	}
	return "[" + strings.Join(items, ", ") + "]"
}

// quotedListOf writes a list of texts between quotes.
func (s *scanner) quotedListOf(items []string) string {
	list := make([]string, len(items))
	for i, item := range items {
		list[i] = s.quote(item)
	}
	return "[" + strings.Join(list, ", ") + "]"
}

// brackets are what people put around a list, or around each item.
const brackets = "【】（）()〔〕〖〗{}"

// itemsOf is the items that were certainly meant by a text; nil if that is not
// certain. All may be in brackets, or each, or each is a #topic#.
func itemsOf(f config.Field, text string) []string {
	between := betweenItems
	switch first := firstRune(text); {
	case first == '#' || first == '＃':
		between = func(r rune) bool { return betweenItems(r) || strings.ContainsRune("#＃"+spaces, r) }
	case strings.HasPrefix(text, "- "):
		text = strings.ReplaceAll(text, " - ", ",")[2:]
	case strings.ContainsRune(brackets, first):
		text = withoutBrackets(text, first)
	case f.Terms && strings.IndexFunc(text, between) < 0 && spacedOut(text):
		between = func(r rune) bool { return strings.ContainsRune(spaces, r) }
	}
	text = strings.TrimLeft(text, "#＃")
	if !strings.ContainsAny(text, "[［") {
		text = strings.TrimRight(text, "]］"+spaces) // of which only the second was typed
	}
	if strings.ContainsAny(text, quotes+brackets+"[]:\\［］") || !between('#') && strings.Contains(text, " #") {
		return nil
	}
	var items []string
	for _, item := range strings.FieldsFunc(text, between) {
		if item = strings.Trim(item, spaces); item != "" {
			items = append(items, item)
		}
	}
	return items
}

// withoutBrackets is what stands in brackets, those between two items become commas. A
// text that does not end with the other bracket stays.
func withoutBrackets(text string, first rune) string {
	last, open := lastRune(text), string(first)
	_, after, _ := strings.Cut(brackets, open)
	if firstRune(after) != last {
		return text
	}
	inner := strings.TrimSuffix(strings.TrimPrefix(text, open), string(last))
	return strings.ReplaceAll(inner, string(last)+open, ",")
}

// spacedOut reports a text of Chinese words with spaces between.
func spacedOut(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool {
		return !strings.ContainsRune(spaces, r) && !unicode.Is(unicode.Han, r)
	}) < 0
}

// quotedItems reports a list whose items are quoted and whose brackets are missing.
func (s *scanner) quotedItems(f config.Field, from int, line string) bool {
	var items []string
	for rest := line; rest != ""; {
		if rest[0] != '"' && rest[0] != '\'' {
			return false
		}
		closeAt := yamlClosing([]byte(rest))
		if closeAt < 2 || strings.ContainsAny(rest[1:closeAt], `"'\`) {
			return false
		}
		items = append(items, rest[1:closeAt])
		rest = strings.TrimLeft(rest[closeAt+1:], spaces)
		if r, size := utf8.DecodeRuneInString(rest); rest != "" {
			if !betweenItems(r) {
				return false
			}
			rest = strings.TrimLeft(rest[size:], spaces)
		}
	}
	s.notList(f, from, from+len(line), diag.Edit{At: from, End: from + len(line), Text: s.quotedListOf(items)})
	return true
}

// quotedList reports a list that is written as one text between quotes.
func (s *scanner) quotedList(f config.Field, from, to int, text string) {
	items := []string{text}
	if strings.IndexFunc(text, betweenItems) >= 0 {
		items = nil
		if f.Terms {
			items = itemsOf(f, text)
		}
	}
	var edits []diag.Edit
	if items != nil && !strings.ContainsAny(text, `"'\`) {
		edits = []diag.Edit{{At: from, End: to, Text: s.quotedListOf(items)}}
	}
	s.notList(f, from, to, edits...)
}

// isTopic reports a # that begins an item and not a comment: a comma or a bracket ends
// it on the same line.
func (s *scanner) isTopic(at int) bool {
	line := string(s.text[at:s.lineEnd(at)])
	return len(line) > 1 && !strings.ContainsRune(spaces+"#,]", firstRune(line[1:])) &&
		strings.ContainsAny(line, ",]］"+commas) && s.current.Type == config.TypeList
}

// plainTopic reports an item on a line of its own that is written as a #topic.
func (s *scanner) plainTopic(at, end int) bool {
	line := strings.TrimRight(string(s.text[at:end]), spaces)
	name := strings.Trim(line, "#")
	if s.current.Type != config.TypeList || len(name) == len(line) || line[0] != '#' || name == "" ||
		strings.ContainsAny(name, spaces+quotes+openers+"{}[]:&*!|>%@`\\#-?"+commas) {
		return false
	}
	s.topicSlip(at, at+len(line), diag.Edit{At: at, End: at + len(line), Text: name})
	return true
}

// topic is the name in an item that is written as #topic or #topic#, and its end.
func (s *scanner) topic(at int) (name string, end int) {
	line := string(s.text[at:s.lineEnd(at)])
	name = strings.TrimRight(line[:strings.IndexAny(line, ",]］"+commas)], spaces)
	return strings.TrimRight(strings.Trim(name, "#"), spaces), at + len(name)
}

func (s *scanner) topicSlip(at, end int, edits ...diag.Edit) {
	s.slip(at, end, diag.Diagnostic{Rule: "needs-quotes",
		Message: diag.Say("“#”和它后面的文字会被当成注释丢掉", "the # and what follows would be left out, as a comment"),
		Hint:    diag.Say("标签不写 #", "write tags without #")}, edits...)
}
