package bounds

import (
	"bytes"
	"slices"
)

// YAML measures a text in YAML; nil if it is within the limits.
func (l Limits) YAML(text []byte) *Excess {
	if e := l.bytes(text); e != nil {
		return e
	}
	y := yaml{tally: tally{Limits: l}, text: text}
	for at := 0; at < len(text); at++ {
		end := at + len(line(text[at:]))
		if e := y.line(at, end); e != nil {
			return e
		}
		at = max(end, y.quotedTo-1)
	}
	return nil
}

// yaml is where in a text of YAML one is.
type yaml struct {
	tally
	text     []byte
	indents  []int // of the lines around, each deeper than the one before
	block    int   // in a block, lines deeper than this are a text that is kept as typed
	inBlock  bool
	open     int // brackets
	quotedTo int // where a quoted text of several lines ends
}

// line measures one line.
func (y *yaml) line(at, end int) *Excess {
	from := at
	for from < end && text(y.text[from]) {
		from++
	}
	if from == end || y.text[from] == '#' {
		return nil
	}
	indent := from - at
	if y.inBlock {
		if indent > y.block {
			return nil
		}
		y.inBlock = false
	}
	if y.open == 0 {
		y.indents = slices.DeleteFunc(y.indents, func(outer int) bool { return outer >= indent })
		y.indents = append(y.indents, indent)
	}
	y.block, y.inBlock = indent, blockFollows(y.text[from:end])
	return y.content(from, end, len(y.indents))
}

// blockFollows reports a line whose value is the text on the lines below it: | or >.
func blockFollows(line []byte) bool {
	typed := bytes.TrimRight(line, " \t+-0123456789")
	before := bytes.TrimRight(bytes.TrimRight(typed, "|>"), " \t")
	return len(before) < len(typed) && (len(before) == 0 || bytes.IndexByte([]byte(":-"), before[len(before)-1]) >= 0)
}

// text reports what may stand between two things on a line.
func text(c byte) bool { return c == ' ' || c == '\t' }

// content measures what stands on a line behind its indentation.
func (y *yaml) content(from, end, around int) *Excess {
	y.values++
	begins := true // a value may begin here
	for at := from; at < end; at++ {
		if y.depth = around + y.open; y.depth > y.Depth || y.values > y.Values {
			return y.over(at)
		}
		switch c := y.text[at]; {
		case text(c):
			continue
		case begins && (c == '-' || c == '?') && (at+1 == end || text(y.text[at+1])):
			around++ // an item of a list, or a name that is more than a text
			y.values++
			continue
		case begins && (c == '&' || c == '!'): // the name or sort of what follows
			for at+1 < end && !text(y.text[at+1]) {
				at++
			}
			continue
		case begins && (c == '"' || c == '\''):
			after := yamlQuoted(y.text, at)
			if after > end { // of several lines
				y.quotedTo = after
				return nil
			}
			at, begins = after-1, false
			continue
		case c == '#' && at > from && text(y.text[at-1]):
			return nil
		case (begins || y.open > 0) && (c == '[' || c == '{'):
			y.open++
			y.values++
			begins = true
			continue
		case y.open > 0 && (c == ']' || c == '}'):
			y.open--
		case y.open > 0 && c == ',', c == ':' && (at+1 == end || text(y.text[at+1]) || y.open > 0):
			y.values++
			begins = true
			continue
		}
		begins = false
	}
	return nil
}

// yamlQuoted is where the text behind a quoted one begins.
func yamlQuoted(text []byte, at int) int {
	quote := text[at]
	for i := at + 1; i < len(text); i++ {
		switch {
		case text[i] == '\\' && quote == '"':
			i++
		case text[i] == quote:
			return i + 1
		}
	}
	return len(text)
}
