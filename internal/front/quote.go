package front

import (
	"strings"
	"unicode/utf8"

	"qinglian/internal/config"
	"qinglian/internal/diag"
)

// chineseQuotes reports a text between quotes that are not those of ASCII.
func (s *scanner) chineseQuotes(open, closeAt int) {
	_, first := utf8.DecodeRune(s.text[open:])
	_, last := utf8.DecodeRune(s.text[closeAt:])
	edits := []diag.Edit{{At: open, End: open + first, Text: `"`}, {At: closeAt, End: closeAt + last, Text: `"`}}
	if strings.ContainsAny(string(s.text[open+first:closeAt]), "\"\\\n") {
		edits = nil
	}
	s.slip(open, closeAt+last, diag.Diagnostic{Rule: "full-width",
		Message: diag.Say("文字两边用了中文引号，应写英文引号 \"\"", "the text stands between Chinese quotes; write \"\""),
		Hint:    diag.Say("两边的引号都用英文半角", "use ASCII quotes on both sides")}, edits...)
}

// otherQuote reports a text that begins with an ASCII quote and ends with another
// one, and gives its end; -1 if it does not end.
func (s *scanner) otherQuote(f config.Field, open, end int, inList bool) int {
	closeAt := s.itemEnd(open+1, end)
	if closeAt < 0 {
		return -1
	}
	_, size := utf8.DecodeRune(s.text[closeAt:])
	quote, text := string(s.text[open:open+1]), string(s.text[open+1:closeAt])
	if inList || !s.quoted(f, open, closeAt+size, text) {
		s.wide(closeAt, closeAt+size, quote, quote)
	}
	return closeAt + size
}

// inChineseQuotes reports a name that begins with a Chinese quote and ends with
// any.
func inChineseQuotes(name string) bool {
	first, last := firstRune(name), lastRune(name)
	return len(name) > utf8.RuneLen(first) && first >= utf8.RuneSelf &&
		strings.ContainsRune(quotes, first) && strings.ContainsRune(quotes, last)
}

// unquoted reports a text that needs quotes.
func (s *scanner) unquoted(at, from, to int, message diag.Text) {
	text := string(s.text[from:to])
	edits := []diag.Edit{{At: from, End: from, Text: `"`}, {At: to, End: to, Text: `"`}}
	if strings.ContainsAny(text, `"\`) {
		edits = []diag.Edit{{At: from, End: to, Text: s.quote(text)}}
	}
	s.slip(at, to, diag.Diagnostic{Rule: "needs-quotes", Message: message,
		Hint: diag.Say("文字两边加英文引号 \"\"", "put the text between \"\"")}, edits...)
}

// quote writes a text of one line so that it is read as it is.
func (s *scanner) quote(text string) string {
	switch {
	case !strings.ContainsAny(text, `"\`):
		return `"` + text + `"`
	case s.fence == YAML:
		return "'" + strings.ReplaceAll(text, "'", "''") + "'"
	case !strings.Contains(text, "'"):
		return "'" + text + "'"
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}

// yamlQuoted goes over a text between ASCII quotes, which may have several
// lines, and reports what is wrong with the quotes.
func (s *scanner) yamlQuoted(f config.Field, from, end int) state {
	line := strings.TrimRight(string(s.text[from:end]), spaces)
	closeAt := yamlClosing([]byte(line))
	switch {
	case closeAt >= 0 && isRemark(line[closeAt+1:]):
		s.quoted(f, from, from+closeAt+1, line[1:closeAt])
		return done
	case closeAt >= 0:
		s.crossed(f, from, line)
		return done
	case s.otherClosing(f, from, line):
		return done
	}
	last := s.beforeField(end)
	if closeAt = yamlClosing(s.text[from:last]); closeAt < 0 {
		s.unclosed(f, from, line, last > end)
		s.at = min(last+1, s.end)
		return done
	}
	s.at = s.lineEnd(from+closeAt) + 1
	return done
}

// otherClosing reports a line whose last quote should be the one that it begins with.
func (s *scanner) otherClosing(f config.Field, from int, line string) bool {
	last := lastRune(line)
	if len(line) < 2 || !strings.ContainsRune(closers, last) {
		return false
	}
	at := from + len(line) - utf8.RuneLen(last)
	if !s.quoted(f, from, from+len(line), string(s.text[from+1:at])) {
		s.wide(at, from+len(line), line[:1], line[:1])
	}
	return true
}

// isRemark reports that nothing, or a comment, follows a value.
func isRemark(rest string) bool {
	text := strings.TrimLeft(rest, spaces)
	return text == "" || text[0] == '#' && text != rest
}

// beforeField is the end of the last line before the next field.
func (s *scanner) beforeField(end int) int {
	for end+1 < s.end && !s.fieldFollows(end) {
		end = s.lineEnd(end + 1)
	}
	return end
}

// unclosed reports a text whose closing quote is missing; several is of one that may
// have more lines.
func (s *scanner) unclosed(f config.Field, from int, line string, several bool) {
	text := line[1:]
	d := diag.Diagnostic{Rule: "needs-quotes",
		Message: diag.Say("引号只有一边，后面少了一个“%s”", "there is an opening %s and no closing one", line[:1]),
		Hint:    diag.Say("在文字末尾补上“%s”", "put %s behind the text", line[:1])}
	if several || !long(f) || text == "" || strings.ContainsAny(text, quotes+openers) || strings.Contains(text, " #") {
		s.slip(from, from+len(line), d)
		return
	}
	s.slip(from, from+len(line), d, diag.Edit{At: from, End: from + len(line), Text: s.quote(text)})
}

// crossed reports a value that begins with a quote that closes too early: there are
// quotes in the text, and perhaps around it, too.
func (s *scanner) crossed(f config.Field, from int, line string) {
	if f.Type == config.TypeList && s.quotedItems(f, from, line) {
		return
	}
	quote, to := line[0], from+len(line)
	d := diag.Diagnostic{Rule: "needs-quotes",
		Message: diag.Say("文字里也有引号“%c”，从哪里到哪里说不清", "there are %c in the text, too: where it ends is not clear", quote)}
	if text := strings.TrimRight(uncommented(line), spaces); text != line {
		d.Hint = diag.Say("写成 %s", "write %s", s.quote(text))
		s.slip(from, to, d)
		return
	}
	inner, around := line[1:len(line)-1], line[len(line)-1] == quote
	marks := strings.Count(line, string(quote)) - apostrophes(line)
	begins := line[yamlClosing([]byte(line))+1] != ' ' // what was quoted is a part of a sentence
	switch {
	case s.afterThought(from, line):
	case around && quote == '\'' && marks == 2:
		s.slip(from, to, d, diag.Edit{At: from, End: to, Text: s.quote(inner)})
	case !around && marks%2 == 0 && begins:
		s.slip(from, to, d, diag.Edit{At: from, End: to, Text: s.quote(line)})
	case around:
		d.Hint = diag.Say("写成 %s；两边的引号也要显示，就写 %s", "write %s, or %s to show the quotes around it",
			s.quote(inner), s.quote(line))
		s.slip(from, to, d)
	default:
		d.Hint = diag.Say("写成 %s", "write %s", s.quote(line))
		s.slip(from, to, d)
	}
}

// afterThought reports a quoted text behind which there is a comma, as other formats
// have it.
func (s *scanner) afterThought(from int, line string) bool {
	last, size := utf8.DecodeLastRuneInString(line)
	text := strings.TrimRight(line[:len(line)-size], spaces)
	if !strings.ContainsRune(",;，；。", last) || yamlClosing([]byte(text)) != len(text)-1 {
		return false
	}
	s.slip(from+len(text), from+len(line), diag.Diagnostic{Rule: "front-matter-syntax",
		Message: diag.Say("引号后面多了“%s”", "there is a %s behind the quotes", strings.TrimSpace(line[len(text):])),
		Hint:    diag.Say("删去它", "take it out")}, diag.Edit{At: from + len(text), End: from + len(line), Text: ""})
	return true
}

// apostrophes counts the ' between letters of ASCII: It's.
func apostrophes(line string) int {
	if line[0] != '\'' {
		return 0
	}
	n := 0
	for i := 1; i+1 < len(line); i++ {
		if line[i] == '\'' && isLetter(line[i-1]) && isLetter(line[i+1]) {
			n++
		}
	}
	return n
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// yamlClosing is where the quoted text that text begins with ends, or -1.
func yamlClosing(text []byte) int {
	for i := 1; i < len(text); i++ {
		switch {
		case text[i] == '\\' && text[0] == '"':
			i++
		case text[i] != text[0]:
		case text[0] == '\'' && i+1 < len(text) && text[i+1] == '\'':
			i++
		default:
			return i
		}
	}
	return -1
}

// yamlChineseQuoted reports a value that stands between Chinese quotes as a
// whole. In prose they may be meant to be seen.
func (s *scanner) yamlChineseQuoted(f config.Field, from int, text string) bool {
	first, last := firstRune(text), lastRune(text)
	closeAt := len(text) - utf8.RuneLen(last)
	start := utf8.RuneLen(first)
	if closeAt < start || !strings.ContainsRune(quotes, last) || strings.ContainsAny(text[start:closeAt], quotes) {
		return false
	}
	if last == '"' || last == '\'' || code(f) || f.Type.Names() {
		if !s.quoted(f, from, from+len(text), text[start:closeAt]) {
			s.chineseQuotes(from, from+closeAt)
		}
		return true
	}
	if f.Type == config.TypeList || f.Type == config.TypeTable {
		return false
	}
	s.slip(from, from+len(text), diag.Diagnostic{Rule: "quotes-kept",
		Message: diag.Say("两边的中文引号会一起显示出来", "the Chinese quotes around the text will be shown with it"),
		Hint: diag.Say("不要显示，就写 \"%[1]s\"；要显示，就写 '%[2]s'",
			"write \"%s\" to leave them out, or '%s' to show them", text[start:closeAt], text)})
	return true
}
