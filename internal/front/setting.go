package front

import (
	"bytes"
	"unicode/utf8"
)

// Setting takes an ordinary line of TOML apart: name = value, where the name is
// bare and the value a text between double quotes, a list of such texts, true,
// false, a date, or a moment with its zone; a comment may follow. Nearly all
// lines are. It has no slip and means the same to every reader, so it needs
// neither the scanner nor the decoder. For other lines ok is false. The two
// offsets are in the line, which is without its end.
//
// There are no escapes in a value, and no character that TOML forbids. That a
// day or an hour exists is not sure.
func Setting(line []byte) (at int, name, value []byte, valueAt int, ok bool) {
	at = skipBlanks(line, 0)
	end := at
	for end < len(line) && bare(line[end]) {
		end++
	}
	sep := skipBlanks(line, end)
	if end == at || sep == len(line) || line[sep] != '=' {
		return 0, nil, nil, 0, false
	}
	valueAt = skipBlanks(line, sep+1)
	after := ordinaryValue(line, valueAt)
	if after < 0 || !Remark(line[after:]) {
		return 0, nil, nil, 0, false
	}
	return at, line[at:end], line[valueAt:after], valueAt, true
}

// Remark reports a rest of a line, or a line, that says nothing: blanks, and
// perhaps a comment.
func Remark(rest []byte) bool {
	at := skipBlanks(rest, 0)
	return at == len(rest) || rest[at] == '#' && printable(rest[at:])
}

// printable reports text without the characters that TOML forbids.
func printable(text []byte) bool {
	for _, c := range text {
		if c < ' ' && c != '\t' || c == 0x7f {
			return false
		}
	}
	return utf8.Valid(text)
}

func bare(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '-'
}

func skipBlanks(line []byte, at int) int {
	for at < len(line) && (line[at] == ' ' || line[at] == '\t') {
		at++
	}
	return at
}

// ordinaryValue is where a value that begins at an offset ends; -1 if it is not
// an ordinary one.
func ordinaryValue(line []byte, at int) int {
	rest := line[at:]
	switch {
	case len(rest) == 0:
		return -1
	case rest[0] == '"':
		return ordinaryText(line, at)
	case rest[0] == '[':
		return ordinaryList(line, at)
	case bytes.HasPrefix(rest, []byte("true")):
		return at + len("true")
	case bytes.HasPrefix(rest, []byte("false")):
		return at + len("false")
	}
	end := 0
	for end < len(rest) && rest[end] != ' ' && rest[end] != '\t' && rest[end] != '#' {
		end++
	}
	if typed := string(rest[:end]); like(typed, "0000-00-00") || like(typed, "0000-00-00T00:00:00Z") ||
		like(typed, "0000-00-00T00:00:00+00:00") {
		return at + end
	}
	return -1
}

// Day reports a text that is a day by its digits, perhaps with an hour and a minute.
func Day(text string) bool { return like(text, "0000-00-00") || like(text, "0000-00-00 00:00") }

// like reports a text that has digits where a pattern has 0, and else the same.
func like(text, pattern string) bool {
	if len(text) != len(pattern) {
		return false
	}
	for i := range len(text) {
		switch c := text[i]; {
		case pattern[i] == '0':
			if c < '0' || c > '9' {
				return false
			}
		case pattern[i] == '+' && c == '-':
		case c != pattern[i]:
			return false
		}
	}
	return true
}

func ordinaryText(line []byte, at int) int {
	length := bytes.IndexByte(line[at+1:], '"')
	if length < 0 {
		return -1
	}
	text, after := line[at+1:at+1+length], at+length+2
	if bytes.IndexByte(text, '\\') >= 0 || !printable(text) || length == 0 && after < len(line) && line[after] == '"' {
		return -1
	}
	return after
}

func ordinaryList(line []byte, at int) int {
	for at = skipBlanks(line, at+1); at < len(line) && line[at] == '"'; {
		if at = ordinaryText(line, at); at < 0 {
			return -1
		}
		at = skipBlanks(line, at)
		if at < len(line) && line[at] == ',' {
			at = skipBlanks(line, at+1)
		} else {
			break
		}
	}
	if at == len(line) || line[at] != ']' {
		return -1
	}
	return at + 1
}
