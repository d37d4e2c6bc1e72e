package bounds

import "bytes"

// TOML measures a text in TOML, or in JSON, which has the same quotes and
// brackets; nil if it is within the limits.
func (l Limits) TOML(text []byte) *Excess {
	if e := l.bytes(text); e != nil {
		return e
	}
	t := tally{Limits: l}
	open, parts := 0, 0 // brackets, and dots of the name or number
	for at := 0; at < len(text); at++ {
		switch c := text[at]; c {
		case '"', '\'':
			at = quoted(text, at) - 1
			continue
		case '#':
			at += len(line(text[at:])) - 1
			continue
		case '[', '{':
			open++
			t.values++
			parts = 0
		case ']', '}':
			open = max(0, open-1)
		case '.':
			parts++
		case '\n', ',', '=', ':':
			parts = 0
			t.values++
		default:
			continue
		}
		if t.depth = open + parts; t.depth > l.Depth || t.values > l.Values {
			return t.over(at)
		}
	}
	return nil
}

// quoted is where the text behind a quoted one begins. One that has no end ends
// with its line, or, with three quotes, with the text.
func quoted(text []byte, at int) int {
	quote := text[at : at+1]
	if at+3 <= len(text) && text[at+1] == quote[0] && text[at+2] == quote[0] {
		quote = text[at : at+3]
	}
	for i := at + len(quote); i < len(text); i++ {
		switch {
		case text[i] == '\\' && quote[0] == '"':
			i++
		case text[i] == '\n' && len(quote) == 1:
			return i
		case text[i] == quote[0] && bytes.HasPrefix(text[i:], quote):
			return i + len(quote)
		}
	}
	return len(text)
}

// line is the line that a text begins with, without its end.
func line(text []byte) []byte {
	if i := bytes.IndexByte(text, '\n'); i >= 0 {
		return text[:i]
	}
	return text
}
