package markdown

import (
	"bytes"
	"strings"
)

// code knows which lines of a text are code, HTML or comments, going through them
// one after the other. Where code and lists are not closed as they should be it
// holds too many lines rather than too few.
type code struct {
	fence  []byte // what the code began with: ``` or ~~~
	indent int    // how far that is indented, in bytes
	depth  int    // in how many quotations
	end    string // what the HTML ends with; "\n" for an empty line
}

// open reports whether code or HTML has not ended yet.
func (c *code) open() bool { return c.end != "" || c.fence != nil }

// holds reports whether a line belongs to code or HTML.
func (c *code) holds(line []byte) bool {
	switch {
	case c.end != "":
		c.goOn(line)
		return true
	case c.fence != nil:
		if quote := quotation(line); c.depth == 0 || bytes.Count(line[:quote], []byte(">")) >= c.depth {
			c.close(line[quote:])
			return true
		}
		c.fence = nil // the quotation has ended
	}
	return c.opens(line)
}

// opens reports whether code or HTML begins with a line.
func (c *code) opens(line []byte) bool {
	rest := bytes.TrimLeft(line, " \t")
	if len(rest) == 0 || rest[0] >= 0x80 {
		return false // as most lines of Chinese
	}
	from := containers(line)
	rest = bytes.TrimLeft(line[from:], " \t")
	switch {
	case fences(rest):
		mark := rest[:len(rest)-len(bytes.TrimLeft(rest, string(rest[:1])))]
		if mark[0] == '`' && bytes.IndexByte(rest[len(mark):], '`') >= 0 {
			return false // code in a line
		}
		quote := line[:quotation(line)]
		c.fence, c.depth = mark, bytes.Count(quote, []byte(">"))
		c.indent = len(line) - len(rest) - len(quote)
		return true
	case len(rest) > 1 && rest[0] == '<':
		c.end = htmlEnd(rest)
		if c.end != "" {
			c.goOn(rest[1:])
			return true
		}
	}
	return false
}

// close ends code at a line of as many marks as it began with.
func (c *code) close(line []byte) {
	rest := bytes.TrimLeft(line, " \t")
	mark := len(rest) - len(bytes.TrimLeft(rest, string(c.fence[:1])))
	if mark >= len(c.fence) && blank(rest[mark:]) && len(line)-len(rest) < c.indent+4 {
		c.fence = nil
	}
}

// goOn ends HTML at the line that has its end.
func (c *code) goOn(line []byte) {
	if c.end == "\n" && blank(line) || c.end != "\n" && bytes.Contains(bytes.ToLower(line), []byte(c.end)) {
		c.end = ""
	}
}

// htmlEnd is what the HTML ends with that a line begins; "" if that is none.
func htmlEnd(line []byte) string {
	for _, pair := range [...][2]string{{"<!--", "-->"}, {"<?", "?>"}, {"<![cdata[", "]]>"}, {"<!", ">"},
		{"<script", "</script>"}, {"<pre", "</pre>"}, {"<style", "</style>"}, {"<textarea", "</textarea>"}} {
		if len(line) >= len(pair[0]) && strings.EqualFold(string(line[:len(pair[0])]), pair[0]) {
			return pair[1]
		}
	}
	if c := line[1] | 0x20; line[1] == '/' || 'a' <= c && c <= 'z' {
		return "\n"
	}
	return ""
}
