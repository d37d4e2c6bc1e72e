// Package mend corrects what is certain in an article, writes its terms as the other
// articles do, and freezes its slug; it gives a site without an id one.
//
// It is what `qinglian fix` does to a text: text in, changes out. It changes
// whole lines of front matter and adds one; the lines of the prose stay byte
// for byte what they are. What is corrected is what package front is certain
// of, and what an article means does not change by it: the build takes the
// text as if it were corrected already.
//
// The slug that is written down is the one that the article has now, so that
// its address stays when its title or date is corrected. It is written only
// if nothing is wrong with the front matter: an address that comes from a
// mistake would be frozen with it. Nor is one that another article has too: the
// writer has to tell the two apart.
//
// Mending what is mended changes nothing.
package mend

import (
	"bytes"
	"slices"
	"strings"
	"unicode"

	"qinglian/internal/config"
	"qinglian/internal/content"
	"qinglian/internal/diag"
	"qinglian/internal/front"
)

// Change is a line that is replaced, or one that is added before it.
type Change struct {
	Line          int // from 1
	Before, After string
	Added         bool // Before is empty: the line stays, behind the new one
}

// Article is what to change in an article's text (UTF-8, lines ended by \n),
// in the order of its lines, and how many errors in its front matter are left.
func Article(c content.Compiler, others Others, file string, text []byte) (changes []Change, left int) {
	kind := c.Kind(file)
	_, slips := front.Read(text, kind)
	mended, _ := front.Apply(text, 0, len(text), front.Edits(slips, 0, len(text)))
	doc := c.Compile(file, mended)
	if respelled := respell(c, file, mended, doc.Card, others.Terms); !bytes.Equal(respelled, mended) {
		mended, doc = respelled, c.Compile(file, respelled)
	}
	m, _ := front.Read(mended, kind)
	if m.Fence == "" {
		return nil, 1
	}
	left = errorsBefore(doc.Problems, lineOf(mended, m.Body))
	frozen, added := mended, 0
	switch {
	case left > 0, doc.Index, doc.Section == config.TermsFolder: // a term's address is its name's
	case others.Shared[doc.Address()]:
		left = 1
	default:
		frozen, added = freeze(c, file, mended, m, &doc)
	}
	return between(text, frozen, added), left
}

// between is what to change in a text so that it becomes another with as many lines,
// or one more: added is its number, 0 if there is none.
func between(text, mended []byte, added int) (changes []Change) {
	before, after := lines(text), lines(mended)
	for i, line := range after {
		n := i + 1
		switch {
		case added > 0 && n > added:
			n--
		case n == added:
			changes = append(changes, Change{Line: n, After: line, Added: true})
			continue
		}
		if before[n-1] != line {
			changes = append(changes, Change{Line: n, Before: before[n-1], After: line})
		}
	}
	return changes
}

// Changed is the lines that differ between a text and another of as many lines.
func Changed(text, other []byte) (changes []Change) {
	before, after := lines(text), lines(other)
	for i, line := range after {
		if before[i] != line {
			changes = append(changes, Change{Line: i + 1, Before: before[i], After: line})
		}
	}
	return changes
}

// written is an article's front matter and a field to be written into it. ok is false if
// that has mistakes in it: what is added might not be read.
func written(c content.Compiler, file string, text []byte, key string) (m front.Matter, field config.Field, ok bool) {
	kind := c.Kind(file)
	m, _ = front.Read(text, kind)
	field, known := kind.Field(key)
	doc := c.Compile(file, text)
	return m, field, known && m.Fence != "" && errorsBefore(doc.Problems, lineOf(text, m.Body)) == 0
}

// errorsBefore counts the errors above a line.
func errorsBefore(l diag.List, line int) int {
	n := 0
	for _, d := range l {
		if d.Severity == diag.Error && d.Line < line {
			n++
		}
	}
	return n
}

// freeze writes the slug that an article has into its front matter, unless it
// has one written or something else would change by it. added is the line that
// is new, 0 if none is.
func freeze(c content.Compiler, file string, text []byte, m front.Matter, doc *content.Doc) (frozen []byte, added int) {
	at, insert := slugAt(c, file, text, m, doc.Card.Slug)
	if insert == "" {
		return text, 0
	}
	frozen = slices.Concat(text[:at], []byte(insert), text[at:])
	now := c.Compile(file, frozen)
	if now.CardDigest != doc.CardDigest || now.ProseDigest != doc.ProseDigest ||
		errorsBefore(now.Problems, lineOf(frozen, m.Body+len(insert))) > 0 {
		return text, 0
	}
	if strings.HasSuffix(insert, "\n") {
		added = lineOf(text, at)
	}
	return frozen, added
}

// slugAt is where a slug goes and what is written there: behind the empty
// field that waits for it, else on a line of its own, the last one. "" if the
// article has a slug.
func slugAt(c content.Compiler, file string, text []byte, m front.Matter, slug string) (at int, insert string) {
	field, ok := c.Kind(file).Field("slug")
	if !ok {
		return 0, ""
	}
	if f, ok := fieldOf(m, field); ok {
		return f.Value, waiting(text, f, slug)
	}
	if m.Fence == front.TOML {
		slug = `"` + slug + `"`
	}
	return newLine(text, m, field, slug)
}

// fieldOf is where front matter sets a field.
func fieldOf(m front.Matter, field config.Field) (f front.Field, ok bool) {
	i := slices.IndexFunc(m.Fields, func(f front.Field) bool { return field.Named(f.Name) })
	if i < 0 {
		return front.Field{}, false
	}
	return m.Fields[i], true
}

// newLine is where a field that is not there goes, the last of them, and its line. It
// is called as the others are, in Chinese or by its key; TOML knows keys alone.
func newLine(text []byte, m front.Matter, field config.Field, value string) (at int, line string) {
	if m.Fence == front.TOML {
		return m.Top, field.Key + " = " + value + "\n"
	}
	name, indent := field.Key, ""
	for _, f := range m.Fields {
		if strings.ContainsFunc(f.Name, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			name = field.Label
		}
	}
	if len(m.Fields) > 0 {
		at := m.Fields[0].At
		indent = string(text[bytes.LastIndexByte(text[:at], '\n')+1 : at])
	}
	return m.End, indent + name + ": " + value + "\n"
}

// waiting is what fills in a field that was left empty in YAML; "" for another.
func waiting(text []byte, f front.Field, slug string) string {
	rest, _, _ := bytes.Cut(text[f.Value:], []byte("\n"))
	switch {
	case text[f.Value-1] == ':' && len(rest) == 0:
		return " " + slug
	case text[f.Value-1] == ' ' && len(rest) == 0:
		return slug
	case text[f.Value-1] == ' ' && rest[0] == '#':
		return slug + "  "
	}
	return ""
}

// Apply makes changes in a text whose lines end in any way. All that is not
// changed stays byte for byte; a new line ends like the one before it, or the
// first one like the next.
func Apply(text []byte, changes []Change) []byte {
	var out []byte
	end := "\n"
	if i := bytes.IndexAny(text, "\r\n"); i >= 0 {
		end = lineEnd(text[i:])
	}
	for n := 1; len(text) > 0 || len(changes) > 0; n++ {
		line, rest := text, []byte(nil)
		if i := bytes.IndexAny(text, "\r\n"); i >= 0 {
			line, rest = text[:i], text[i:]
		}
		for len(changes) > 0 && changes[0].Line == n {
			if line = []byte(changes[0].After); changes[0].Added {
				out = append(append(out, line...), end...)
				line = text[:len(text)-len(rest)]
			}
			changes = changes[1:]
		}
		out = append(out, line...)
		end = lineEnd(rest)
		out = append(out, end...)
		text = rest[len(end):]
	}
	return out
}

// lineEnd is the line end that a text begins with.
func lineEnd(text []byte) string {
	switch {
	case bytes.HasPrefix(text, []byte("\r\n")):
		return "\r\n"
	case len(text) > 0:
		return string(text[:1])
	}
	return ""
}

// lines is a text's lines without their ends.
func lines(text []byte) []string { return strings.Split(string(text), "\n") }

// lineOf is the number of the line that an offset is in, from 1.
func lineOf(text []byte, at int) int { return bytes.Count(text[:at], []byte("\n")) + 1 }
